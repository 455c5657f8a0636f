"""Real servers give what an embedded store gives. Run by `make servers`; skipped where none runs."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

import ontomedirad
from ontomedirad import open_store
from ontomedirad.demo.treatment import example_descriptor
from ontomedirad.errors import EndpointError, StoreError
from ontomedirad.query import queries
from ontomedirad.settings import Settings
from ontomedirad.store import Endpoint, Store

GIVEN = json.loads(os.environ.get("ONTOMEDIRAD_TEST_SERVERS", "{}"))
pytestmark = pytest.mark.skipif(not GIVEN, reason="no servers run: make servers")

ALL = "SELECT ?s ?p ?o { ?s ?p ?o }"
FULL = ("oxigraph", "fuseki-memory", "fuseki-disk")
"""Servers whose default graph is a graph of its own: for them every promise holds."""


def rows(found: Any) -> list[str]:
    """Sorted, with every literal as it is spelled: Fuseki keeps doubles on disk in its own spelling."""
    return sorted(repr([*map(str, row)]) for row in found)


def quads(store: Store) -> list[str]:
    parts = ((q.subject, q.predicate, q.object, q.graph_name) for q in store.quads())
    return rows(p for p in parts if not any(isinstance(t, ox.BlankNode) for t in p))


def endpoint(name: str, **more: Any) -> Endpoint:
    return Endpoint.model_validate({"url": GIVEN["addresses"][name]} | more)


@contextmanager
def emptied(name: str, **more: Any) -> Iterator[Store]:
    with open_store(endpoint(name, **more), read_only=True) as store:
        at = store.backend
        at.read_only = False  # type: ignore[attr-defined]
        at._update("DROP ALL")  # type: ignore[attr-defined]
    with open_store(endpoint(name, **more)) as store:
        yield store


def translations(shared: Path | None) -> list[ontomedirad.Translation]:
    """Two patients, one of them in two file sets; every sample, whatever its findings."""
    found = [
        ontomedirad.translate(example_descriptor(patient), settings=Settings(file_set=f"{patient}-{i}"))
        for patient, i in (("P-1", 1), ("P-1", 2), ("P-2", 1))
    ]
    folder = shared / "samples" / "descriptors" if shared else None
    if folder and folder.is_dir():
        paths = [folder / "3d-slide2-v105.xml", *sorted((folder / "synthetic").glob("*.xml"))]
        found += [ontomedirad.translate(p) for p in paths]
    return found


@dataclass
class Filled:
    """A store, and the folder's store that holds the same."""

    store: Store
    same: Store


def fill(store: Store, shared: Path | None) -> None:
    for translation in translations(shared):
        if translation.report.conforms():
            store.put(translation)
        else:
            store.backend.replace([translation.graph], translation.nquads)


@pytest.fixture(scope="module")
def shared_or_none() -> Path | None:
    found = Path(__file__).resolve().parents[3] / "shared"
    return found if found.is_dir() else None


@pytest.fixture(scope="module")
def folder(shared_or_none: Path | None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("store") / "s") as store:
        fill(store, shared_or_none)
        yield store


@pytest.fixture(scope="module", params=FULL)
def filled(request: pytest.FixtureRequest, shared_or_none: Path | None, folder: Store) -> Iterator[Filled]:
    with emptied(request.param, silence=300, answer=600) as store:
        fill(store, shared_or_none)
        yield Filled(store, folder)


def test_the_default_graph_is_the_merge(filled: Filled) -> None:
    assert rows(filled.store.select(ALL)) == rows(filled.same.select(ALL))


def test_the_named_graphs_are_equal(filled: Filled) -> None:
    """But for the import records, whose times differ."""
    ours, theirs = ([q for q in quads(s) if "_import" not in q] for s in (filled.same, filled.store))
    assert ours == theirs


@pytest.mark.parametrize("name", queries() if GIVEN else ())
def test_each_query_answers_the_same(filled: Filled, name: str) -> None:
    query = queries()[name]
    for given in ({}, query.header.example):
        theirs, ours = (
            rows(
                [t for c, t in zip(query.columns, row, strict=True) if c.name != "Imported"]
                for row in query.run(store, **given).terms()
            )
            for store in (filled.store, filled.same)
        )
        assert theirs == ours


def test_a_view_holds_the_same(filled: Filled) -> None:
    graph = next(iter(filled.same.graphs()))
    with filled.store.allowed([graph]) as view, filled.same.allowed([graph]) as other:
        assert rows(view.select(ALL)) == rows(other.select(ALL))


def test_explanations_are_equal(filled: Filled) -> None:
    (dose, *_) = (row.AbsorbedDose for row in queries()["absorbed-doses"].run(filled.same, patient="P-1"))
    assert filled.store.explain(dose).text() == filled.same.explain(dose).text()


@pytest.mark.parametrize("name", FULL)
def test_a_store_moves_there_and_back(name: str, tmp_path: Path, folder: Store) -> None:
    folder.dump(tmp_path / "there.nq")
    with emptied(name, piece_bytes=1 << 20) as store:
        store.load(tmp_path / "there.nq")
        assert quads(store) == quads(folder)
        store.dump(tmp_path / "back.nq")
    with open_store(":memory:") as back:
        back.load(tmp_path / "back.nq")
        assert quads(back) == quads(folder)
        assert rows(back.select(ALL)) == rows(folder.select(ALL))


@pytest.mark.parametrize("name", FULL)
def test_replacing_and_removing_leave_what_other_graphs_say(name: str) -> None:
    one, two, other = translations(None)
    with emptied(name) as store, open_store(":memory:") as local:
        for held in (store, local):
            for translation in (one, two, other):
                assert held.put(translation)
            assert not held.put(two)
            held.remove(one.graph)
            held.load_ontology()
        assert rows(store.select(ALL)) == rows(local.select(ALL))
        assert list(store.graphs()) == list(local.graphs())


@pytest.mark.parametrize("name", FULL)
def test_what_the_server_offers(name: str) -> None:
    with emptied(name) as store:
        offers = store.info().offers
    assert offers is not None
    assert (offers.union_default_graph, offers.inference) == (False, False)
    assert (offers.writable, offers.transactions) == (True, True)


@pytest.mark.parametrize("name", ["oxigraph-union", "fuseki-union"])
def test_a_union_default_graph_is_found_out(name: str) -> None:
    one, two, _ = translations(None)
    with emptied(name) as store:
        store.put(one)
        store.put(two)
        offers = store.info().offers
        assert offers is not None
        assert offers.union_default_graph
        found = list(store.select(ALL))
    # Fuseki's union holds a statement once; Oxigraph's as often as graphs hold it.
    assert (len(found) == len(set(found))) == (name == "fuseki-union")


def test_an_endpoint_without_updates_says_so() -> None:
    with open_store(endpoint("fuseki-readonly"), read_only=True) as store:
        offers = store.info().offers
        assert offers is not None
        assert not offers.writable
    with pytest.raises(EndpointError, match=r"no SPARQL endpoint|does not take|refused"):
        open_store(endpoint("fuseki-readonly"))


def test_credentials_open_what_they_should() -> None:
    with emptied("fuseki-guarded", user=GIVEN["user"], password=GIVEN["password"]) as store:
        assert store.put(translations(None)[0])
    for wrong in ({}, {"user": GIVEN["user"], "password": "wrong"}, {"token": "wrong"}):
        with pytest.raises(StoreError, match="credentials"):
            open_store(endpoint("fuseki-guarded", **wrong))


@pytest.mark.parametrize("name", FULL)
def test_a_foreign_client_reads_what_we_store(name: str) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper")
    with emptied(name) as store:
        store.put(translations(None)[0])
        query = queries()["absorbed-doses"]
        client = wrapper.SPARQLWrapper(f"{GIVEN['addresses'][name]}/query")
        client.setQuery(query.bind(patient="P-1"))
        client.setMethod(wrapper.POST)
        client.setReturnFormat(wrapper.JSON)
        body = client.query().response.read()
        names = [c.name for c in query.columns]
        found = json.loads(body)["results"]["bindings"]
        theirs = sorted([plain(row.get(n, {}).get("value")) for n in names] for row in found)
        ours = sorted([plain(getattr(t, "value", None)) for t in row] for row in query.run(store).terms())
    assert theirs == ours
    assert len(ours) > 2


def plain(value: str | None) -> str:
    """A value as text; numbers by value, since a server may spell them its own way."""
    try:
        return repr(float(value or ""))
    except ValueError:
        return value or ""


@pytest.mark.parametrize("name", FULL)
def test_a_server_that_ends_a_query_gives_an_error(name: str) -> None:
    with emptied(name) as store:
        store.put(translations(None)[0])
        runaway = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
        with pytest.raises(StoreError, match=r"silent|no whole answer"):
            store.select(runaway, timeout=1)
        assert store.ask("ASK { ?s ?p ?o }")
