"""The log of a store: what was put when, by whom, from which bytes, and what replaced it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import ontomedirad
from ontomedirad import Settings, __version__, open_store
from ontomedirad.demo.treatment import example_descriptor
from ontomedirad.descriptor import to_xml

FIRST = to_xml(example_descriptor())
SECOND = FIRST.replace(b"Example Institute", b"Other Institute")


def put(store: ontomedirad.Store, content: bytes, name: str, by: str = "", file_set: str = "one") -> None:
    translation = ontomedirad.translate(content, settings=Settings(file_set=file_set), name=name)
    assert store.put(translation, by=by)


def test_an_import_is_told_with_all_that_made_it() -> None:
    with open_store(":memory:") as store:
        put(store, FIRST, "a.xml", by="archive of Example")
        (found,) = store.log()
        (graph,) = store.graphs()
        assert found.graph == graph
        assert (found.source, found.by, found.package) == ("a.xml", "archive of Example", __version__)
        assert found.source_hash == hashlib.sha256(FIRST).hexdigest()
        assert found.ontology == store.info().ontology_version
        assert found.schema == "108"
        assert int(found.statements) == sum(1 for _ in store.quads(graph))
        assert found.replaced == found.replaced_by == ""


def test_what_was_replaced_is_named_with_what_replaced_it() -> None:
    with open_store(":memory:") as store:
        put(store, FIRST, "a.xml", by="first")
        put(store, SECOND, "b.xml")
        put(store, FIRST, "c.xml", by="third")
        put(store, SECOND, "other.xml", file_set="two")
        log = store.log()
        assert [i.source for i in log] == ["a.xml", "b.xml", "c.xml", "other.xml"]
        assert [i.by for i in log] == ["first", "", "third", ""]
        hashes = [hashlib.sha256(c).hexdigest() for c in (FIRST, SECOND, FIRST, SECOND)]
        assert [i.source_hash for i in log] == hashes
        assert [i.replaced_by for i in log] == [hashes[1], hashes[2], "", ""]
        assert [i.replaced for i in log[:2]] == [i.time for i in log[1:3]]
        assert store.log(log[3].graph) == (log[3],)
        assert log.text().count("replaced") == 2


def test_putting_the_same_twice_is_one_import() -> None:
    with open_store(":memory:") as store:
        put(store, FIRST, "a.xml")
        assert not store.put(ontomedirad.translate(FIRST, settings=Settings(file_set="one")))
        assert len(store.log()) == 1


def test_the_log_survives_a_dump(tmp_path: Path) -> None:
    with open_store(":memory:") as store, open_store(":memory:") as other:
        put(store, FIRST, "a.xml")
        put(store, SECOND, "b.xml")
        store.dump(tmp_path / "all.nq")
        other.load(tmp_path / "all.nq")
        assert other.log() == store.log()


def test_no_query_sees_the_log() -> None:
    with open_store(":memory:") as store:
        put(store, FIRST, "a.xml", by="somebody")
        put(store, SECOND, "b.xml")
        assert not store.ask('ASK { ?s ?p "somebody" }')
