"""What the DICOM tests share: a deployment, and helpers that read graphs without the translator."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from graphs_read import rows, store_of

import ontomedirad
from ontomedirad.privacy import Privacy

STUDY_NAME = "755523-t33"


@pytest.fixture
def settings() -> ontomedirad.Settings:
    """A deployment that knows one hospital and lets protocol names of CT through."""
    privacy = Privacy(sites={"General Hospital": "Site A"}, texts=("CT *", "Thorax*"))
    return ontomedirad.Settings(study=STUDY_NAME, privacy=privacy)


@pytest.fixture(scope="session")
def samples(shared: Path) -> Path:
    """The folder of DICOM samples."""
    return shared / "samples" / "dicom"


@pytest.fixture
def ask(settings: ontomedirad.Settings) -> Callable[..., list[tuple[str, ...]]]:
    """Translates sources into one store and asks it."""

    def asked(text: str, *sources: Any) -> list[tuple[str, ...]]:
        return rows(store_of(sources, settings), text)

    return asked
