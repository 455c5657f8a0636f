"""`ontomedirad import` on mixed trees, and the other commands on DICOM."""

from __future__ import annotations

from pathlib import Path

import made
import pytest

import ontomedirad
from ontomedirad.cli import run
from ontomedirad.demo.treatment import example_descriptor
from ontomedirad.descriptor import to_xml


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Descriptors, images, reports, and files of every bad kind, as archives have them."""
    folder = tmp_path / "tree"
    (folder / "CT").mkdir(parents=True)
    (folder / "more").mkdir()
    (folder / "treatment.xml").write_bytes(to_xml(example_descriptor()))
    for n in (1, 2, 3):
        (folder / "CT" / f"IM{n}").write_bytes(made.as_bytes(made.ct(n)))
    (folder / "more" / "IM4").write_bytes(made.as_bytes(made.ct(4)))
    (folder / "more" / "report.dcm").write_bytes(
        made.as_bytes(made.ct_report(made.ct_event(1, ("A", "120", "200"))))
    )
    (folder / "more" / "named.dcm").write_bytes(
        made.as_bytes(made.pet(PatientName="Doe^Jane", PatientID="Doe, Jane"))
    )
    (folder / "more" / "broken.dcm").write_bytes(made.as_bytes(made.nm("TOMO"))[:300])
    (folder / "more" / "screen.dcm").write_bytes(made.as_bytes(made.instance("1.1.7", 9, Modality="OT")))
    (folder / "notes.txt").write_text("by hand")
    return folder


def command(*arguments: object) -> int:
    return run([str(a) for a in arguments])


def test_a_mixed_tree_goes_in_and_the_rest_is_told(tree: Path, tmp_path: Path, capsys) -> None:
    store = tmp_path / "store"
    assert command("import", tree, "--store", store, "--study", "755523-t33") == 2
    said = capsys.readouterr().err
    summary = said.strip().splitlines()[-1]
    assert summary == f"{store}: 3 imported, 1 refused, 1 unreadable, 1 not carried, 1 neither XML nor DICOM"
    assert "PatientName (0010,0010) is no pseudonym" in said
    assert "Doe" not in said
    with ontomedirad.open_store(store, read_only=True) as opened:
        assert len(list(opened.graphs())) == 3


def test_a_second_run_translates_nothing(tree: Path, tmp_path: Path, capsys, monkeypatch) -> None:
    store = tmp_path / "store"
    command("import", tree, "--store", store)
    capsys.readouterr()
    import ontomedirad.checking
    import ontomedirad.translation.dicom as room

    refused = len(made.as_bytes(made.pet()))
    calls: list[str] = []
    real = room.translate_unit

    def counted(unit, settings):
        calls.append(unit.name)
        return real(unit, settings)

    monkeypatch.setattr(room, "translate_unit", counted)
    monkeypatch.setattr(ontomedirad.checking, "check", lambda *a, **k: pytest.fail("checked again"))
    assert refused
    assert command("import", tree, "--store", store) == 2
    assert "3 unchanged" in capsys.readouterr().err
    assert {Path(name).name for name in calls} == {"named.dcm", "screen.dcm"}


def test_a_changed_series_replaces_its_graph(tree: Path, tmp_path: Path, capsys) -> None:
    store = tmp_path / "store"
    command("import", tree / "CT", "--store", store)
    (tree / "CT" / "IM9").write_bytes(made.as_bytes(made.ct(9)))
    assert command("import", tree / "CT", "--store", store) == 0
    assert capsys.readouterr().err.strip().endswith("1 imported")
    with ontomedirad.open_store(store, read_only=True) as opened:
        (graph,) = opened.graphs()
        counts = {
            q.object.value for q in opened.quads(graph) if q.predicate.value.endswith("number_of_instances")
        }
    assert counts == {"4"}


def test_other_settings_translate_again(tree: Path, tmp_path: Path, capsys) -> None:
    store = tmp_path / "store"
    command("import", tree / "CT", "--store", store)
    command("import", tree / "CT", "--store", store, "--study", "755523-t33")
    assert capsys.readouterr().err.strip().splitlines()[-1].endswith("1 imported")


def test_validate_prints_what_would_be_refused_and_why(tree: Path, capsys) -> None:
    assert command("validate", tree) == 1
    said = capsys.readouterr().out
    assert "PatientID (0010,0020) is no pseudonym" in said
    assert "broken.dcm: must: " in said
    assert said.count("conforms") >= 3
    assert "Doe" not in said


def test_translate_writes_the_graphs_of_a_folder(tree: Path, tmp_path: Path, capsys) -> None:
    output = tmp_path / "out.nq"
    assert command("translate", tree / "CT", "-o", output) == 0
    assert output.read_text("utf-8") == ontomedirad.translate(tree / "CT").nquads
    assert command("translate", tree / "more" / "named.dcm") == 1
    assert capsys.readouterr().out == ""


def test_check_judges_a_dicom_file(tree: Path, capsys) -> None:
    assert command("check", tree / "CT" / "IM1") == 0


def test_the_privacy_file_of_the_environment_counts(tree: Path, tmp_path: Path, monkeypatch, capsys) -> None:
    path = tmp_path / "privacy.toml"
    path.write_text('pseudonym = "[A-Za-z^, ]+|P-[0-9]+"\n')
    monkeypatch.setenv("ONTOMEDIRAD_PRIVACY", str(path))
    assert command("validate", tree / "more" / "named.dcm") == 0
    path.write_text("pseudonym = 1\n")
    assert command("validate", tree / "more" / "named.dcm") == 2
    assert "privacy.toml: cannot be used" in capsys.readouterr().err


def test_a_place_in_a_store_names_the_tag(tree: Path, tmp_path: Path) -> None:
    from ontomedirad.checking.graphs import graphs

    with ontomedirad.open_store(tmp_path / "store") as store:
        translation = ontomedirad.translate(tree / "CT")
        store.put(translation)
        (graph,) = graphs(store)
        place = graph.locate(translation.individuals[0])
    assert (place.line, place.path) == (None, "PatientID (0010,0020)")
