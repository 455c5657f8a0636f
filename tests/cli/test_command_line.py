"""The command line as a person or a script meets it: streams, exit codes, files."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ontomedirad.cli import _COMMANDS, _SUMMARIES, run
from ontomedirad.demo.treatment import ORGANS, dose
from ontomedirad.descriptor import NonDicomFileSetDescriptor, to_xml

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.delenv("ONTOMEDIRAD_STORE", raising=False)

    def call(*arguments: object) -> tuple[int, str, str]:
        capfdbinary.readouterr()
        code = run([str(a) for a in arguments])
        out, err = capfdbinary.readouterr()
        return code, out.decode(), err.decode()

    return call


@pytest.fixture
def descriptor(tmp_path: Path, example: NonDicomFileSetDescriptor) -> Path:
    path = tmp_path / "treatment.xml"
    path.write_bytes(to_xml(example))
    return path


@pytest.fixture
def store(tmp_path: Path, descriptor: Path, command: Run) -> Path:
    assert command("import", descriptor, "--store", tmp_path / "store")[0] == 0
    return tmp_path / "store"


def test_validate_says_conforms(command: Run, descriptor: Path) -> None:
    assert command("validate", descriptor) == (0, f"{descriptor}: conforms\n", "")


def test_four_breaks_of_the_real_sample_are_four_findings_on_their_lines(
    command: Run, sample: bytes, tmp_path: Path
) -> None:
    breaks = [
        (b"<irdbb:OrganMassValue>45.52375030517578<", b"<irdbb:OrganMassValue>heavy<"),
        (b"<irdbb:AbsorbedDoseUnit>gray<", b"<irdbb:AbsorbedDoseUnit>grey<"),
        (b"<irdbb:SegmentationUsed>J2SEGM SPECT 48HR<", b"<irdbb:SegmentationUsed>J9SEGM SPECT 48HR<"),
        (
            b"<irdbb:VOISegmentationMethodUsed>Semi-automatic segmentation</irdbb:VOISegmentationMethodUsed>",
            b"<irdbb:SegmentationMethod>Semi-automatic segmentation</irdbb:SegmentationMethod>",
        ),
    ]
    expected = set()
    for old, new in breaks:
        assert old in sample
        expected.add(sample[: sample.index(old)].count(b"\n") + 1)
        sample = sample.replace(old, new, 1)
    path = tmp_path / "broken.xml"
    path.write_bytes(sample)
    code, out, _ = command("validate", path, "--format", "json")
    (report,) = json.loads(out)
    assert code == 1
    assert [f["level"] for f in report["findings"]] == ["must"] * 4
    assert {f["place"]["line"] for f in report["findings"]} == expected
    assert command("import", path, "--store", tmp_path / "s")[0] == 1


@pytest.mark.parametrize("form", ["nq", "trig", "ttl", "nt", "jsonld"])
def test_translate_writes_each_format_that_reads_back(
    command: Run, descriptor: Path, tmp_path: Path, form: str
) -> None:
    import pyoxigraph as ox

    from ontomedirad.translation.result import FORMATS

    target = tmp_path / f"graph.{form}"
    assert command("translate", descriptor, "--format", form, "-o", target)[0] == 0
    assert command("translate", descriptor, "--format", form)[1].encode() == target.read_bytes()
    triples = {q.triple for q in ox.parse(target.read_bytes(), FORMATS[form])}
    _, nquads, _ = command("translate", descriptor)
    assert triples == {q.triple for q in ox.parse(nquads.encode(), ox.RdfFormat.N_QUADS)}


def test_translate_takes_a_base_and_refuses_nonsense(command: Run, descriptor: Path) -> None:
    _, out, _ = command("translate", descriptor, "--base", "https://example.org/d/")
    assert "<https://example.org/d/VOI_" in out
    code, out, err = command("translate", descriptor, "--base", "not an iri")
    assert (code, out) == (2, "")
    assert "expected an IRI" in err


def test_a_dash_is_standard_input(descriptor: Path, command: Run) -> None:
    env = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    done = subprocess.run(
        [sys.executable, "-m", "ontomedirad", "translate", "-"],
        input=descriptor.read_bytes(),
        capture_output=True,
        env=env,
        check=True,
    )
    assert done.stdout.decode() == command("translate", descriptor)[1]


def test_import_query_and_import_again(command: Run, store: Path, descriptor: Path) -> None:
    code, out, _ = command("query", "run", "absorbed-doses", "--store", store, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert sorted(float(r["AbsorbedDoseInVOIValue"]) for r in rows) == pytest.approx(
        sorted(dose(o) for o in ORGANS), rel=1e-4
    )
    code, _, err = command("import", descriptor, "--store", store)
    assert (code, "1 unchanged" in err) == (0, True)
    assert command("query", "run", "absorbed-doses", "--store", store, "--format", "csv")[1] == out


def test_the_real_sample_gives_twelve_doses_once_and_twice(
    command: Run, sample_path: Path, tmp_path: Path
) -> None:
    for _ in range(2):
        assert command("import", sample_path, "--store", tmp_path / "s")[0] == 0
        _, out, _ = command("query", "run", "absorbed-doses", "--store", tmp_path / "s", "--format", "csv")
        rows = list(csv.DictReader(io.StringIO(out)))
        assert len(rows) == len({r["OrganOrTissueClassLabel"] for r in rows}) == 12
        (thyroid,) = (r for r in rows if r["OrganOrTissueClassLabel"] == "Thyroid gland")
        assert (thyroid["AbsorbedDoseInVOIValue"], thyroid["AbsorbedDoseInVOIUnitLabel"]) == ("11.63", "gray")
        assert thyroid["ClinResearchStudyId"] == "755523-t33"
        assert thyroid["UncertaintyValue"]


def test_a_bad_file_is_left_out_and_the_others_go_in(command: Run, descriptor: Path, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    (folder / "a.xml").write_bytes(descriptor.read_bytes())
    (folder / "b.xml").write_bytes(b"<a>")
    (folder / "c.xml").write_bytes(descriptor.read_bytes().replace(b">gray<", b">grey<", 1))
    code, _, err = command("import", folder, "--store", tmp_path / "s")
    assert code == 2
    assert "1 imported, 1 refused, 1 unreadable" in err
    assert "b.xml:1" in err and "did you mean 'gray'" in err


def test_a_corrected_descriptor_replaces_the_one_of_its_file_set(
    command: Run, descriptor: Path, tmp_path: Path
) -> None:
    for text in (
        descriptor.read_bytes(),
        descriptor.read_bytes().replace(b"Contours drawn", b"Contours made"),
    ):
        descriptor.write_bytes(text)
        command("import", descriptor, "--store", tmp_path / "s", "--file-set", "archive-7")
    _, out, _ = command("store", "info", "--store", tmp_path / "s")
    assert out.startswith(f"{tmp_path / 's'}: 1 graphs")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("validate",), "Missing argument"),
        (("nonsense",), "No such command"),
        (("validate", "/no/such/file"), "does not exist"),
        (("query", "run", "absorbed-doses"), "--store"),
        (("query", "run", "absorbed-doses", "--store", "/no/such/store"), "there is no store here"),
        (("query", "show", "absorbed-dose"), "absorbed-doses"),
        (("ontology", "term", "thyroyd gland"), "Thyroid gland"),
        (("schema", "show", "nothing"), "one of"),
        (("explain", "om:nothing", "--store", "/no/such/store"), "there is no store here"),
        (("check", "/no/such/file.ttl"), "file.ttl"),
    ],
)
def test_wrong_use_is_one_clear_message_and_exit_2(
    command: Run, arguments: tuple[str, ...], message: str
) -> None:
    code, out, err = command(*arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert "Traceback" not in err


def test_query_run_says_which_parameters_exist(command: Run, store: Path) -> None:
    code, _, err = command("query", "run", "absorbed-doses", "--store", store, "-p", "patiant=x")
    assert code == 2
    assert "patient" in err and "organ" in err


def test_query_run_takes_parameters_and_every_format(command: Run, store: Path) -> None:
    chosen = ("query", "run", "absorbed-doses", "--store", store, "-p", "organ=obo:FMA_9603", "--format")
    rows = list(csv.DictReader(io.StringIO(command(*chosen, "csv")[1])))
    assert [r["OrganOrTissueClassLabel"] for r in rows] == ["Thyroid gland"]
    assert len(json.loads(command(*chosen, "json")[1])["results"]["bindings"]) == 1
    assert len(command(*chosen, "tsv")[1].strip().splitlines()) == 2
    table = command(*chosen, "table")[1]
    assert "Thyroid" in table
    assert max(map(len, table.splitlines())) <= 80


def test_sparql_reads_and_never_writes(command: Run, store: Path, tmp_path: Path) -> None:
    text = tmp_path / "q.rq"
    text.write_text("SELECT (COUNT(?v) AS ?n) { ?v a om:VOI }")
    assert command("sparql", text, "--store", store, "--format", "csv")[1].split() == ["n", "20"]
    text.write_text("DROP ALL")
    assert command("sparql", text, "--store", store)[0] == 2


@pytest.mark.parametrize(
    ("form", "start"), [("text", "total"), ("svg", "<svg"), ("json", "{"), ("provn", "document")]
)
def test_explain_in_every_form(command: Run, store: Path, form: str, start: str) -> None:
    _, out, _ = command("query", "run", "absorbed-doses", "--store", store, "--format", "csv")
    node = next(csv.DictReader(io.StringIO(out)))["AbsorbedDose"]
    code, out, _ = command("explain", node, "--store", store, "--format", form)
    assert code == 0
    assert out.lstrip().startswith(start)


def test_check_judges_descriptor_graph_and_store(
    command: Run, descriptor: Path, store: Path, tmp_path: Path
) -> None:
    graph = tmp_path / "g.nq"
    command("translate", descriptor, "-o", graph)
    for target in (descriptor, graph, store):
        code, out, _ = command("check", target)
        assert code == 0, out
        assert "conforms" in out
    broken = tmp_path / "broken.nq"
    lines = graph.read_text().splitlines(keepends=True)
    broken.write_text("".join(x for x in lines if "OntoMEDIRAD.owl#represents>" not in x))
    code, out, _ = command("check", broken)
    assert code == 1
    assert "VOI" in out


def test_store_dump_load_backup_remove(command: Run, store: Path, tmp_path: Path) -> None:
    dump = tmp_path / "all.nq"
    assert command("store", "dump", dump, "--store", store)[0] == 0
    assert command("store", "load", dump, "--store", tmp_path / "two")[0] == 0
    assert command("store", "backup", tmp_path / "copy", "--store", store)[0] == 0
    ask = ("query", "run", "volumes-of-interest", "--format", "csv", "--store")
    answers = {command(*ask, place)[1] for place in (store, tmp_path / "two", tmp_path / "copy")}
    assert len(answers) == 1
    graph = command("store", "info", "--store", store)[1].split()[-1]
    assert command("store", "remove", graph, "--store", store)[0] == 0
    assert len(command(*ask, store)[1].splitlines()) == 1


def test_the_environment_names_the_store(command: Run, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONTOMEDIRAD_STORE", str(store))
    assert command("query", "run", "research-studies", "--format", "csv")[0] == 0


def test_ontology_and_schema(command: Run) -> None:
    assert "core" in command("ontology", "info")[1]
    assert "FMA_9603" in command("ontology", "term", "Thyroid gland")[1]
    assert "Thyroid gland" in command("ontology", "tree", "obo:FMA_9603")[1]
    assert "3d-slide2-workflow" in command("schema", "list")[1]
    assert command("schema", "show", "3d-slide2-workflow")[1].startswith("<?xml")


def test_the_demo_makes_everything(command: Run, tmp_path: Path) -> None:
    code, out, _ = command("demo", tmp_path / "demo")
    assert code == 0
    made = {p.name for p in (tmp_path / "demo").iterdir()}
    assert made == {
        "descriptor.xml",
        "graph.trig",
        "store",
        "absorbed-doses.csv",
        "volumes-of-interest.csv",
        "radiopharmaceutical-administrations.csv",
        "doses.svg",
    }
    assert "ontomedirad explain https://" in out
    again = command("demo", tmp_path / "demo")
    assert again[0] == 0


def test_help_is_quick_to_load_and_names_every_command(command: Run) -> None:
    """No heavy import on the way to --help: what it loads is counted, not timed."""
    assert set(_COMMANDS) == set(_SUMMARIES)
    code = (
        "import sys, ontomedirad.cli as c; c.run(['--help']); "
        "heavy = {'lxml', 'pydantic', 'pyoxigraph', 'rdflib', 'rich', 'pyrudof', 'prov'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    env = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    for name in _COMMANDS:
        assert name in done.stdout
        assert command(name, "--help")[0] == 0


def test_a_descriptor_comes_back_from_a_store_and_from_a_file(
    command: Run, store: Path, descriptor: Path, tmp_path: Path
) -> None:
    graph, back = tmp_path / "graph.ttl", tmp_path / "back.xml"
    assert command("translate", descriptor, "--format", "ttl", "-o", graph)[0] == 0
    assert command("export-descriptor", graph, "-o", back)[0] == 0
    assert back.read_bytes() == descriptor.read_bytes()
    assert command("export-descriptor", "--store", store) == (0, descriptor.read_text("utf-8"), "")
    code, _, err = command("export-descriptor", "urn:none", "--store", store)
    assert code == 2 and "holds no graph <urn:none>" in err
    assert "name a file of RDF, or a store" in command("export-descriptor")[2]
