"""What all tests share: the reference folder beside the checkout, its real descriptor, our example."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from ontomedirad.demo.treatment import example_descriptor
from ontomedirad.descriptor import NonDicomFileSetDescriptor, read, to_xml

settings.register_profile("ontomedirad", deadline=None)
settings.load_profile("ontomedirad")
# No test is timed: how long an example takes says nothing of what is right.

_SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The reference folder; tests that need it skip where it is absent."""
    if not _SHARED.is_dir():
        pytest.skip("the reference folder ../shared is not here")
    return _SHARED


@pytest.fixture(scope="session")
def sample_path(shared: Path) -> Path:
    """The real descriptor of a 3D Slide 2 workflow."""
    return shared / "samples" / "descriptors" / "3d-slide2-v105.xml"


@pytest.fixture(scope="session")
def sample(sample_path: Path) -> bytes:
    """The bytes of the real descriptor."""
    return sample_path.read_bytes()


@pytest.fixture
def example() -> NonDicomFileSetDescriptor:
    """Our made-up treatment, as it is read: each mention of a thing is a model of its own."""
    return read(to_xml(example_descriptor())).root
