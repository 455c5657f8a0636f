"""A reader who may see some graphs finds nothing of the others, whatever is asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from endpoint_server import answers, backed, serving

import ontomedirad
from ontomedirad import open_store, terms
from ontomedirad.demo.treatment import example_descriptor
from ontomedirad.errors import QueryError, StoreError
from ontomedirad.ontology import ONTOLOGY_GRAPH
from ontomedirad.query import queries
from ontomedirad.settings import Settings
from ontomedirad.store import Store
from ontomedirad.store.base import record_graph

MINE, THEIRS = "MINE-1", "THEIRS-2"


def treatment(patient: str, **settings: str) -> ontomedirad.Translation:
    return ontomedirad.translate(
        example_descriptor(patient), settings=Settings(file_set=patient, **settings), name=f"{patient}.xml"
    )


@pytest.fixture(params=["memory", "folder", "endpoint"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store with the treatments of two patients."""
    if request.param == "endpoint":
        with serving(backed(ox.Store())) as server, open_store(server.url) as held:
            yield filled(held)
        return
    with open_store(":memory:" if request.param == "memory" else tmp_path / "s") as held:
        yield filled(held)


def filled(store: Store) -> Store:
    store.put(treatment(MINE))
    store.put(treatment(THEIRS))
    return store


def everything(store: Store) -> str:
    """All that reads give, as one text."""
    texts = (
        "SELECT * { ?s ?p ?o }",
        "SELECT * { GRAPH ?g { ?s ?p ?o } }",
        "SELECT DISTINCT ?g { GRAPH ?g {} }",
        f"SELECT * FROM <{treatment(THEIRS).graph}> {{ ?s ?p ?o }}",
        f"SELECT * FROM NAMED <{treatment(THEIRS).graph}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        f"SELECT * {{ GRAPH <{treatment(THEIRS).graph}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ GRAPH <{record_graph(treatment(THEIRS).graph)}> {{ ?s ?p ?o }} }}",
        "SELECT * { { SELECT * { GRAPH ?g { ?s ?p ?o } } } }",
        "SELECT ?s ?o { ?s (!<urn:none>)+ ?o }",
    )
    rows = [str(row) for text in texts[:8] for row in store.select(text)]
    rows += [str(row) for row in store.select(f"{texts[8]} LIMIT 100000")]
    rows += map(str, store.quads())
    rows += [str(q) for node in {q.subject.value for q in treatment(THEIRS).quads} for q in store.about(node)]
    rows += [str(row) for query in queries().values() for row in query.run(store).terms()]
    rows += [*store.graphs(), repr(store.info())]
    return "\n".join(rows)


def test_nothing_of_what_is_not_allowed_is_there(store: Store) -> None:
    mine, theirs = treatment(MINE), treatment(THEIRS)
    only_theirs = {str(q.subject) for q in theirs.quads} - {str(q.subject) for q in mine.quads}
    assert only_theirs
    with store.allowed([mine.graph]) as view:
        seen = everything(view)
        assert MINE in seen
        assert THEIRS not in seen
        assert theirs.graph not in seen
        assert not any(node[1:-1] in seen for node in only_theirs)
        assert list(view.graphs()) == [mine.graph]


def test_a_view_answers_as_a_store_that_holds_just_those_graphs(store: Store) -> None:
    with open_store(":memory:") as alone, store.allowed([treatment(MINE).graph]) as view:
        alone.put(treatment(MINE))
        for query in queries().values():
            assert answers(query, view) == answers(query, alone), query.name
        triples = list(view.select("SELECT ?s ?p ?o { ?s ?p ?o }"))
        assert len(triples) == len(set(triples))
        assert set(triples) == set(alone.select("SELECT ?s ?p ?o { ?s ?p ?o }"))


def test_a_view_follows_the_store(store: Store) -> None:
    patients = f"SELECT ?i {{ ?h a <{terms.iri('om:human')}> ; <{terms.iri('om:has_id')}> ?i }}"

    def seen(view: Store) -> set[str]:
        return {row[0].value for row in view.select(patients) if isinstance(row[0], ox.Literal)}

    mine, theirs = treatment(MINE).graph, treatment(THEIRS).graph
    with store.allowed([mine, theirs]) as both, store.allowed([mine]) as one:
        assert (seen(both), seen(one)) == ({MINE, THEIRS}, {MINE})
        changed = example_descriptor("CHANGED-3")
        store.put(ontomedirad.translate(changed, settings=Settings(file_set=MINE)))
        assert (seen(both), seen(one)) == ({"CHANGED-3", THEIRS}, {"CHANGED-3"})
        store.remove(theirs)
        assert (seen(both), seen(one)) == ({"CHANGED-3"}, {"CHANGED-3"})
        store.remove(mine)
        assert (seen(both), seen(one)) == (set(), set())
        store.put(treatment(THEIRS))
        assert (seen(both), seen(one)) == ({THEIRS}, set())


def test_a_graph_without_record_is_looked_at_each_time(store: Store) -> None:
    line = "<urn:x-test:s> <urn:x-test:p> <urn:x-test:{}> <urn:x-test:g> .\n"
    with store.allowed(["urn:x-test:g"]) as view:
        for value in ("one", "two"):
            store.backend.replace(["urn:x-test:g"], line.format(value))
            (row,) = view.select("SELECT ?o { <urn:x-test:s> ?p ?o }")
            assert row == (ox.NamedNode(f"urn:x-test:{value}"),)


def test_what_allows_nothing_shows_the_ontology_only(store: Store) -> None:
    with store.allowed([]) as view:
        assert {q.graph_name.value for q in view.quads()} == {ONTOLOGY_GRAPH}


def test_a_view_is_for_reading(store: Store) -> None:
    with store.allowed([treatment(MINE).graph]) as view:
        with pytest.raises(StoreError, match="reading only"):
            view.remove(treatment(MINE).graph)
        with pytest.raises(QueryError, match="SERVICE"):
            view.select("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    assert store.backend.has_graph(treatment(MINE).graph)


def test_a_view_has_a_bound(store: Store) -> None:
    with store.allowed([treatment(MINE).graph], most=1000) as view, pytest.raises(StoreError, match="1,000"):
        view.select("SELECT * { ?s ?p ?o }")


@pytest.mark.parametrize("graph", [ONTOLOGY_GRAPH, record_graph("urn:x-test:g")])
def test_only_content_graphs_are_allowed_or_not(store: Store, graph: str) -> None:
    with pytest.raises(StoreError, match="content graphs"):
        store.allowed([graph])


def test_a_view_may_keep_its_copy_in_a_folder(store: Store, tmp_path: Path) -> None:
    graph = treatment(MINE).graph
    with store.allowed([graph], folder=tmp_path / "view") as view:
        assert list(view.graphs()) == [graph]
        (row,) = view.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", timeout=30)
        assert row[0] is not None
    with pytest.raises(StoreError, match="not empty"):
        store.allowed([graph], folder=tmp_path / "view")
