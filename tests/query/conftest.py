"""Stores to ask: the real descriptor where it is here, and always our made-up treatment."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from query_walk import Walk

from ontomedirad.api import translate
from ontomedirad.demo.treatment import example_descriptor
from ontomedirad.descriptor.write import to_xml
from ontomedirad.store import Store, open_store


@pytest.fixture(scope="session", params=["example", "sample"])
def document(request: pytest.FixtureRequest) -> bytes:
    """A descriptor's XML."""
    if request.param == "example":
        return to_xml(example_descriptor())
    xml = request.getfixturevalue("sample")
    assert isinstance(xml, bytes)
    return xml


@pytest.fixture(scope="session")
def walk(document: bytes) -> Walk:
    """What the answers about `document` must be."""
    return Walk(document)


@pytest.fixture(scope="session")
def asked(document: bytes) -> Iterator[Store]:
    """A store that holds `document`."""
    with open_store(":memory:") as store:
        store.put(translate(document))
        yield store


@pytest.fixture(scope="session")
def other(document: bytes, walk: Walk) -> bytes:
    """The same descriptor of another patient, treated a day later: all local identifiers are equal."""
    text = document.decode().replace(walk.patient, "OTHER-0002")
    day = walk.administration()[3]
    return text.replace(day, f"{day[:8]}28{day[10:]}").encode()


@pytest.fixture(scope="session")
def small() -> Iterator[Store]:
    """A store that holds our made-up treatment."""
    with open_store(":memory:") as store:
        store.put(translate(example_descriptor()))
        yield store
