"""Putting, replacing, removing; what a crash, a second writer and a dump leave behind."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

import ontomedirad
from ontomedirad import open_store, terms
from ontomedirad.demo.treatment import example_descriptor
from ontomedirad.descriptor import NonDicomFileSetDescriptor
from ontomedirad.errors import NotConforming, QueryError, StoreError, StoreLocked
from ontomedirad.ontology import ONTOLOGY_GRAPH
from ontomedirad.settings import Settings
from ontomedirad.store.base import record_graph

DOSES = f"SELECT ?d WHERE {{ ?d a <{terms.iri('om:total_absorbed_dose_per_VOI')}> }}"


def changed(example: NonDicomFileSetDescriptor) -> NonDicomFileSetDescriptor:
    other = example.model_copy(deep=True)
    assert other.slide2 is not None
    other.slide2.dose_fits[0].doses[0].value = 99.5  # type: ignore[assignment]
    return other


def content(store: ontomedirad.Store, graph: str) -> set[ox.Quad]:
    return set(store.quads(graph))


def test_put_twice_changes_nothing(example: NonDicomFileSetDescriptor) -> None:
    with open_store(":memory:") as store:
        translation = ontomedirad.translate(example)
        assert store.put(translation) is True
        before = set(store.quads())
        assert store.put(translation) is False
        assert set(store.quads()) == before


def test_put_replaces_the_whole_graph_of_its_file_set(example: NonDicomFileSetDescriptor) -> None:
    settings = Settings(file_set="one")
    with open_store(":memory:") as store:
        store.put(ontomedirad.translate(example, settings=settings))
        new = ontomedirad.translate(changed(example), settings=settings)
        assert store.put(new) is True
        assert list(store.graphs()) == [new.graph]
        assert content(store, new.graph) == set(new.quads)
        values = {q.object.value for q in store.quads(new.graph) if isinstance(q.object, ox.Literal)}
        assert "99.5" in values


def test_the_content_graph_holds_no_time_of_import_and_the_record_does(
    example: NonDicomFileSetDescriptor,
) -> None:
    with open_store(":memory:") as store:
        translation = ontomedirad.translate(example, name="treatment.xml")
        store.put(translation)
        beside = {q.predicate.value: q.object for q in store.quads(record_graph(translation.graph))}
        for name in ("prov:endedAtTime", "omx:has_package_version", "omx:has_ontology_version"):
            assert terms.iri(name) in beside
            assert not any(q.predicate.value == terms.iri(name) for q in store.quads(translation.graph))
        import hashlib

        from ontomedirad.descriptor import to_xml

        assert beside[terms.iri("omx:has_source_hash")].value == hashlib.sha256(to_xml(example)).hexdigest()
        assert beside[terms.iri("omx:has_source_name")].value == "treatment.xml"


def test_findings_at_must_keep_a_source_out(example: NonDicomFileSetDescriptor) -> None:
    assert example.slide2 is not None
    example.slide2.dose_fits[0].vois_used.append(99)  # type: ignore[arg-type]
    with open_store(":memory:") as store:
        before = set(store.quads())
        with pytest.raises(NotConforming) as caught:
            store.put(ontomedirad.translate(example))
        assert [f.code for f in caught.value.report] == ["R1"]
        assert set(store.quads()) == before


def test_remove_takes_graph_and_record(example: NonDicomFileSetDescriptor) -> None:
    with open_store(":memory:") as store:
        translation = ontomedirad.translate(example)
        store.put(translation)
        store.remove(translation.graph)
        assert {q.graph_name.value for q in store.quads()} == {ONTOLOGY_GRAPH}
        with pytest.raises(StoreError, match="no graph"):
            store.remove(translation.graph)


def test_a_folder_is_reopened_with_everything(tmp_path: Path, example: NonDicomFileSetDescriptor) -> None:
    with open_store(tmp_path / "s") as store:
        store.put(ontomedirad.translate(example))
        before = set(store.quads())
    with open_store(tmp_path / "s") as store:
        assert set(store.quads()) == before
        assert store.info().advice == ""


def test_a_second_writer_gets_a_clear_error_and_a_reader_a_snapshot(tmp_path: Path) -> None:
    code = "import sys, ontomedirad; ontomedirad.open_store(sys.argv[1])"
    with open_store(tmp_path / "s"):
        with pytest.raises(StoreLocked, match="another process is writing"):
            open_store(tmp_path / "s")
        done = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / "s")], capture_output=True, text=True, check=False
        )
        assert "StoreLocked" in done.stderr
        with open_store(tmp_path / "s", read_only=True) as reader:
            assert reader.info().quads > 1000


def test_a_file_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("x")
    with pytest.raises(StoreError, match="is a file"):
        open_store(tmp_path / "f")


def test_dump_and_load_give_the_same_store(tmp_path: Path, example: NonDicomFileSetDescriptor) -> None:
    with open_store(":memory:") as one, open_store(":memory:") as two:
        one.put(ontomedirad.translate(example))
        assert one.dump(tmp_path / "all.nq") == len(set(one.quads()))
        two.load(tmp_path / "all.nq")
        named = {q for q in one.quads() if q.graph_name.value != ONTOLOGY_GRAPH}
        assert {q for q in two.quads() if q.graph_name.value != ONTOLOGY_GRAPH} == named


def test_a_backup_opens_as_a_store(tmp_path: Path, example: NonDicomFileSetDescriptor) -> None:
    with open_store(tmp_path / "s") as store:
        store.put(ontomedirad.translate(example))
        before = set(store.quads())
        store.backup(tmp_path / "copy")
    with open_store(tmp_path / "copy") as copy:
        assert set(copy.quads()) == before


PUT = """
import sys, ontomedirad
from ontomedirad.settings import Settings
from ontomedirad.demo.treatment import example_descriptor
store = ontomedirad.open_store(sys.argv[1])
translations = []
for value in (1.0, 2.0):
    model = example_descriptor()
    model.slide2.dose_fits[0].doses[0].value = value
    translations.append(ontomedirad.translate(model, settings=Settings(file_set="one")))
store.put(translations[0])
print("ready", flush=True)
while True:
    for translation in translations:
        store.put(translation)
"""


@pytest.mark.parametrize("seed", range(4))
def test_killed_in_the_middle_the_old_graph_or_the_new_one_is_there(tmp_path: Path, seed: int) -> None:
    expected = []
    for value in (1.0, 2.0):
        model = example_descriptor()
        assert model.slide2 is not None
        model.slide2.dose_fits[0].doses[0].value = value  # type: ignore[assignment]
        expected.append(set(ontomedirad.translate(model, settings=Settings(file_set="one")).quads))
    env = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    process = subprocess.Popen(
        [sys.executable, "-c", PUT, str(tmp_path / "s")], stdout=subprocess.PIPE, text=True, env=env
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(random.Random(seed).uniform(0.15, 0.6))
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    with open_store(tmp_path / "s") as store:
        (graph,) = store.graphs()
        assert content(store, graph) in expected
        hashes = [
            q
            for q in store.quads(record_graph(graph))
            if q.predicate.value == terms.iri("omx:has_graph_hash") and q.subject == ox.NamedNode(graph)
        ]
        assert len(hashes) == 1


def test_updates_are_impossible_through_select() -> None:
    with open_store(":memory:") as store:
        before = set(store.quads())
        for text in ("DROP ALL", "INSERT DATA { <a:a> <a:a> <a:a> }", "CLEAR ALL", "ASK {}", "nonsense"):
            with pytest.raises(QueryError):
                store.select(text)
        assert set(store.quads()) == before


def test_a_triple_that_several_graphs_hold_counts_once(example: NonDicomFileSetDescriptor) -> None:
    """Two file sets of one treatment share patient, administration and images."""
    with open_store(":memory:") as store:
        for name in ("one", "two"):
            store.put(ontomedirad.translate(example, settings=Settings(file_set=name)))
        human, name = terms.iri("om:human"), terms.iri("om:has_id")
        assert len(list(store.select(f"SELECT ?i {{ ?h a <{human}> ; <{name}> ?i }}"))) == 1


def test_removing_a_graph_leaves_what_others_say(example: NonDicomFileSetDescriptor) -> None:
    with open_store(":memory:") as store:
        one, two = (ontomedirad.translate(example, settings=Settings(file_set=n)) for n in ("one", "two"))
        store.put(one)
        before = set(store.select("SELECT ?s ?p ?o { ?s ?p ?o }"))
        store.put(two)
        assert set(store.select("SELECT ?s ?p ?o { ?s ?p ?o }")) > before
        store.remove(two.graph)
        assert set(store.select("SELECT ?s ?p ?o { ?s ?p ?o }")) == before
        store.remove(one.graph)
        assert not list(store.select(DOSES))


def test_records_of_imports_are_not_in_what_queries_see(example: NonDicomFileSetDescriptor) -> None:
    with open_store(":memory:") as store:
        store.put(ontomedirad.translate(example))
        assert not store.ask(f"ASK {{ ?s <{terms.iri('omx:has_source_hash')}> ?o }}")
        assert store.ask(f"ASK {{ GRAPH ?g {{ ?s <{terms.iri('omx:has_source_hash')}> ?o }} }}")


def test_no_query_reaches_out() -> None:
    with open_store(":memory:") as store:
        for text in (
            "SELECT * { SERVICE <http://localhost:9/> { ?s ?p ?o } }",
            "ASK { service ?x { ?s ?p ?o } }",
        ):
            with pytest.raises(QueryError, match="SERVICE"):
                store.ask(text)
        assert store.ask('ASK { BIND ("SERVICE" AS ?x) }')


@pytest.mark.parametrize("text", ["one\u2028two", "one\u0085two", "one\x1ctwo", "a _:b", 'a" .\\n_:b <g> .'])
def test_a_text_with_any_character_reaches_the_queries(example: NonDicomFileSetDescriptor, text: str) -> None:
    """Line separators of Unicode end no line of N-Quads (RDF 1.1 N-Quads §2), and text is no blank node."""
    place, name = "urn:x-test:s", "urn:x-test:p"
    quad = ox.Quad(ox.NamedNode(place), ox.NamedNode(name), ox.Literal(text), ox.NamedNode("urn:x-test:g"))
    nquads = ox.serialize([quad], format=ox.RdfFormat.N_QUADS)
    assert nquads is not None
    with open_store(":memory:") as store:
        before = set(store.select("SELECT ?s ?p ?o { ?s ?p ?o }"))
        for _ in range(2):
            store.backend.replace(["urn:x-test:g"], nquads.decode())
            assert list(store.quads("urn:x-test:g")) == [quad]
            assert list(store.select(f"SELECT ?o {{ <{place}> <{name}> ?o }}")) == [(quad.object,)]
        store.remove("urn:x-test:g")
        assert set(store.select("SELECT ?s ?p ?o { ?s ?p ?o }")) == before


def test_a_dump_with_statements_in_no_graph_is_refused(tmp_path: Path) -> None:
    dump = tmp_path / "all.nq"
    dump.write_text("<urn:x-test:s> <urn:x-test:p> <urn:x-test:o> .\n")
    with open_store(":memory:") as store:
        before = set(store.quads())
        with pytest.raises(StoreError, match="in no graph"):
            store.load(dump)
        assert set(store.quads()) == before


def test_a_file_that_is_no_dump_is_refused(tmp_path: Path) -> None:
    dump = tmp_path / "all.nq"
    dump.write_text("not RDF\n")
    with open_store(":memory:") as store, pytest.raises(StoreError, match="N-Quads"):
        store.load(dump)
