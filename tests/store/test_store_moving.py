"""Dump, load, backup, rebuild: whole or not at all, and the same on the other side."""

from __future__ import annotations

from pathlib import Path

import pytest

import ontomedirad
from benchmarks import kills
from ontomedirad import open_store, terms
from ontomedirad.demo.treatment import example_descriptor
from ontomedirad.errors import StoreError
from ontomedirad.rebuild import rebuild
from ontomedirad.settings import Settings

FORM = "https://w3id.org/ontomedirad/form#order"
ALL = "SELECT ?s ?p ?o { ?s ?p ?o }"


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("action", kills.STEPS)
def test_a_kill_loses_nothing_acknowledged(tmp_path: Path, action: str, seed: int) -> None:
    kills.kill_once(action, tmp_path / "f", seed)


def test_a_memory_store_is_backed_up_too(tmp_path: Path) -> None:
    with open_store(":memory:") as store:
        store.put(ontomedirad.translate(example_descriptor()))
        store.backup(tmp_path / "copy")
        with open_store(tmp_path / "copy", read_only=True) as copy:
            assert set(copy.select(ALL)) == set(store.select(ALL))
            assert set(copy.graphs()) == set(store.graphs())
        with pytest.raises(StoreError, match="there already"):
            store.backup(tmp_path / "copy")


def test_a_backup_that_was_cut_off_is_told(tmp_path: Path) -> None:
    (tmp_path / "copy.part").mkdir()
    with open_store(tmp_path / "s") as store, pytest.raises(StoreError, match="cut off"):
        store.backup(tmp_path / "copy")


def test_a_dump_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with open_store(":memory:") as store:
        with pytest.raises(StoreError, match="cannot be written"):
            store.dump(tmp_path / "absent" / "all.nq")
        (tmp_path / "all.nq").mkdir()
        with pytest.raises(StoreError, match="cannot be written"):
            store.dump(tmp_path / "all.nq")
    assert [p.name for p in tmp_path.iterdir()] == ["all.nq"]


def test_a_dump_that_names_a_graph_by_a_blank_node_is_refused(tmp_path: Path) -> None:
    (tmp_path / "all.nq").write_text("<urn:x-test:s> <urn:x-test:p> <urn:x-test:o> _:g .\n")
    with open_store(":memory:") as store, pytest.raises(StoreError, match="in no graph"):
        store.load(tmp_path / "all.nq")


def test_what_another_version_made_is_told_and_made_again() -> None:
    with open_store(":memory:") as store:
        kills.fill_as_old_version(store)
        before = set(store.select(ALL))
        assert {o.package_version for o in store.outdated()} == {kills.OLD}
        assert store.info().outdated == len(kills.PATIENTS)
        assert "rebuild" in store.info().advice
        first = kills.sources()[:1]
        outcomes = [r.outcome for r in rebuild(store, first)]
        assert sorted(outcomes) == ["made again", *["source not given"] * (len(kills.PATIENTS) - 1)]
        assert store.info().outdated == len(kills.PATIENTS) - 1
        assert {r.outcome for r in rebuild(store, kills.sources())} == {"made again"}
        assert not list(store.outdated())
        assert store.info().advice == ""
        assert set(store.select(ALL)) == before


def test_a_graph_that_these_settings_name_otherwise_is_left_alone() -> None:
    with open_store(":memory:") as store:
        kills.fill_as_old_version(store)
        settings = Settings(base="https://example.org/id/")
        before = set(store.quads())
        assert {r.outcome for r in rebuild(store, kills.sources(), settings=settings)} == {"named otherwise"}
        assert set(store.quads()) == before


def test_the_same_content_by_another_version_renews_the_record_only() -> None:
    with open_store(":memory:") as store:
        kills.fill_as_old_version(store)
        name, content = kills.sources()[0]
        translation = ontomedirad.translate(content, name=name)
        assert store.put(translation) is False
        assert translation.graph not in {o.graph for o in store.outdated()}
        assert set(store.quads(translation.graph)) == set(translation.quads)


def test_a_graph_may_take_the_place_of_another_in_one_transaction() -> None:
    one, two = (
        ontomedirad.translate(example_descriptor(), settings=Settings(file_set=n)) for n in ("one", "two")
    )
    with open_store(":memory:") as store, open_store(":memory:") as other:
        store.put(one)
        store.put(two, instead_of=one.graph)
        other.put(two)
        assert list(store.graphs()) == [two.graph]
        assert set(store.select(ALL)) == set(other.select(ALL))


def test_statements_of_form_stay_in_their_graph() -> None:
    line = f'<urn:x-test:s> <{FORM}> "1" <urn:x-test:g> .\n'
    with open_store(":memory:") as store:
        store.backend.replace(["urn:x-test:g"], line)
        assert not store.ask(f"ASK {{ ?s <{FORM}> ?o }}")
        assert store.ask(f"ASK {{ GRAPH ?g {{ ?s <{FORM}> ?o }} }}")
        store.backend.replace(["urn:x-test:g"], line.replace('"1"', '"2"'))
        assert len(list(store.quads("urn:x-test:g"))) == 1
        assert not store.ask(f"ASK {{ ?s <{FORM}> ?o }}")


def test_the_merge_can_be_made_again() -> None:
    """As after an upgrade whose merge leaves out more."""
    with open_store(":memory:") as store:
        store.put(ontomedirad.translate(example_descriptor()))
        before = set(store.select(ALL))
        quads = store.quads(next(store.graphs()))
        lost = next(q for q in quads if terms.PREFIXES["form"] not in str(q))
        store.backend.store.update(f"DELETE DATA {{ {lost.triple} }}")  # type: ignore[attr-defined]
        assert set(store.select(ALL)) != before
        assert set(store.merge_again()) >= set(store.graphs())
        assert set(store.select(ALL)) == before
