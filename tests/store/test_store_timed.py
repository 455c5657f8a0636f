"""A query that runs away is ended, and harms neither the store nor the caller."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import ontomedirad
from ontomedirad import open_store
from ontomedirad.demo.treatment import example_descriptor
from ontomedirad.errors import MissingExtra, QueryError, StoreError
from ontomedirad.query import queries

ALL = "SELECT ?s ?p ?o { ?s ?p ?o }"
RUNAWAY = {
    "counts": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "keeps": "SELECT DISTINCT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "floods": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
}


@pytest.mark.parametrize("kind", RUNAWAY)
def test_a_runaway_query_on_a_folder_is_ended(tmp_path: Path, kind: str) -> None:
    with open_store(tmp_path / "s") as store:
        store.put(ontomedirad.translate(example_descriptor()))
        start = time.monotonic()
        with pytest.raises(StoreError, match="1 s"):
            list(store.select(RUNAWAY[kind], timeout=1))
        assert time.monotonic() - start < 20
        assert store.put(ontomedirad.translate(example_descriptor("OTHER")))
        assert list(store.query("absorbed-doses", patient="OTHER"))


def test_a_runaway_query_in_memory_ends_between_rows() -> None:
    with open_store(":memory:") as store:
        with pytest.raises(StoreError, match=r"longer than 0\.2 s"):
            for _ in store.select(RUNAWAY["floods"], timeout=0.2):
                pass
        assert store.ask("ASK { ?s ?p ?o }")


def test_a_timed_query_answers_as_any_other_and_sees_what_was_put(tmp_path: Path) -> None:
    with open_store(tmp_path / "s") as store:
        for patient in ("ONE", "TWO"):
            store.put(ontomedirad.translate(example_descriptor(patient)))
            assert set(store.select(ALL, timeout=60)) == set(store.select(ALL))
        timed = list(store.query("absorbed-doses", timeout=60))
        assert timed == list(store.query("absorbed-doses"))
        with pytest.raises(QueryError):
            store.select("ASK {}", timeout=60)
        with pytest.raises(QueryError, match="SERVICE"):
            store.select("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", timeout=60)
    with pytest.raises(StoreError, match="closed"):
        store.select(ALL, timeout=60)


def test_too_much_memory_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ontomedirad.store.timed.MEMORY_BYTES", 1 << 30)
    with open_store(tmp_path / "s") as store:
        with pytest.raises(StoreError, match="memory"):
            list(store.select(RUNAWAY["keeps"], timeout=120))
        assert store.ask("ASK { ?s ?p ?o }")


def test_a_limit_holds_and_says_that_there_was_more() -> None:
    with open_store(":memory:") as store:
        store.put(ontomedirad.translate(example_descriptor()))
        everything = [tuple(row) for row in store.query("absorbed-doses")]
        assert len(everything) > 2
        for limit in (1, 2, len(everything), len(everything) + 1):
            result = store.query("absorbed-doses", limit=limit)
            assert [tuple(row) for row in result] == everything[:limit]
            assert result.cut == (limit < len(everything))
        with pytest.raises(QueryError, match="at least 1"):
            store.query("absorbed-doses", limit=0)


def test_arrow_and_parquet_hold_typed_columns_with_units(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    with open_store(":memory:") as store:
        store.put(ontomedirad.translate(example_descriptor()))
        result = store.query("absorbed-doses")
        result.to_parquet(tmp_path / "doses.parquet")
        table = parquet.read_table(tmp_path / "doses.parquet")
        assert table == result.to_arrow()
        assert table.schema.names == list(result.names)
        field = table.schema.field("AbsorbedDoseInGray")
        assert field.type == pa.float64()
        assert field.metadata[b"unit"] == b"gray"
        assert table.column("AbsorbedDoseInGray").to_pylist() == result.column("AbsorbedDoseInGray")
        assert len(store.query("dose-maps").to_arrow()) == 0
    assert [p.name for p in tmp_path.iterdir()] == ["doses.parquet"]


def test_without_arrow_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with open_store(":memory:") as store:
        result = queries()["research-studies"].run(store)
        for call in (result.to_arrow, lambda: result.to_parquet(tmp_path / "x.parquet")):
            with pytest.raises(MissingExtra, match=r"pip install 'ontomedirad\[parquet\]'"):
                call()


def test_xml_results_are_those_that_another_reader_finds() -> None:
    import pyoxigraph as ox

    with open_store(":memory:") as store:
        store.put(ontomedirad.translate(example_descriptor()))
        result = store.query("absorbed-doses")
        read = ox.parse_query_results(result.to_xml(), ox.QueryResultsFormat.XML)
        assert isinstance(read, ox.QuerySolutions)
        assert [tuple(row[n] for n in result.names) for row in read] == list(result.terms())


@pytest.mark.parametrize("text", ["a\rb\nc\td", "<&>\"'", "\x01\x1f", "\ufffe"])
def test_any_text_is_well_formed_xml(text: str) -> None:
    import pyoxigraph as ox
    from lxml import etree

    from ontomedirad.query import formats

    xml = "".join(formats.xml_lines(("x",), [(ox.Literal(text),)]))
    (found,) = etree.fromstring(xml.encode()).xpath("//*[local-name()='literal']/text()")
    expected = "".join(c if c in "\t\n\r" or "\x20" <= c <= "\ufffd" else "\ufffd" for c in text)
    assert found == expected


def test_a_runaway_query_ends_also_when_nobody_waits_for_it(tmp_path: Path) -> None:
    with open_store(tmp_path / "s") as store:
        store.put(ontomedirad.translate(example_descriptor()))
    order = {"location": str(tmp_path / "s"), "text": RUNAWAY["counts"], "seconds": 0.5, "memory": 0}
    worker = Path(ontomedirad.__file__).parent / "store" / "worker.py"
    done = subprocess.run(
        [sys.executable, "-P", str(worker)],
        input=json.dumps(order),
        text=True,
        timeout=120,
        check=False,
        capture_output=True,
    )
    assert done.returncode == -signal.SIGALRM
