"""`check`: what it accepts, where its findings lead, and what it never tells."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

import ontomedirad
from ontomedirad import resources
from ontomedirad.checking import ShapesError, check
from ontomedirad.demo.treatment import example_descriptor
from ontomedirad.descriptor import NonDicomFileSetDescriptor
from ontomedirad.errors import MissingExtra, OntomediradError, SourceError
from ontomedirad.report import Level, Report
from ontomedirad.terms import iri
from ontomedirad.translation.result import Translation

VOI_WITH_TWO_ORGANS = "voi-one-organ"
SHAPE = "https://w3id.org/ontomedirad/shapes#"


@pytest.fixture
def conforming(example: NonDicomFileSetDescriptor) -> Translation:
    return ontomedirad.translate(example)


def with_two_organs(descriptor: NonDicomFileSetDescriptor) -> Translation:
    """The first VOI is declared once more, with another organ."""
    assert descriptor.slide2 is not None
    segmentation = descriptor.slide2.time_points[0].segmentation.segmentation
    assert segmentation is not None
    again = segmentation.vois[0].model_copy(update={"organ": "spleen"})
    segmentation.vois.append(again)
    return ontomedirad.translate(descriptor)


@pytest.fixture
def broken() -> Translation:
    return with_two_organs(example_descriptor())


def codes(report: Report) -> set[str]:
    return {finding.code for finding in report}


def test_a_translation_that_holds_all_rules_conforms(conforming: Translation) -> None:
    report = check(conforming, level="may")
    assert report.findings == ()
    assert report.subject == conforming.document.name


def test_a_finding_leads_to_the_element(broken: Translation) -> None:
    (finding,) = check(broken)
    assert finding.code == VOI_WITH_TWO_ORGANS
    assert finding.level is Level.must
    voi = next(n for n in broken.individuals if "/VOI_" in n)
    assert finding.place == broken.locate(voi)
    assert finding.place.line
    assert finding.place.path.endswith("/VOIProduced[1]")
    assert finding.hint


def test_a_message_speaks_the_words_of_the_field(broken: Translation) -> None:
    (finding,) = check(broken)
    assert finding.message == "VOI 1006 must stand for exactly one organ or tissue"


def test_a_file_is_read_by_its_suffix(broken: Translation, tmp_path: Path) -> None:
    for suffix in ("nq", "nt", "ttl", "trig", "jsonld"):
        file = tmp_path / f"graph.{suffix}"
        file.write_bytes(broken.serialize(suffix))
        report = check(file)
        assert codes(report) == {VOI_WITH_TWO_ORGANS}, suffix
        assert report.subject == str(file)


def test_bytes_are_nquads(broken: Translation) -> None:
    assert codes(check(broken.serialize("nq"))) == {VOI_WITH_TWO_ORGANS}


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("absent.ttl", None, "cannot be read"),
        ("graph.csv", b"a,b", "no RDF file"),
        ("graph.nt", b"<http://a> <http://b> .", "graph.nt:1"),
    ],
)
def test_what_is_no_graph_is_refused(tmp_path: Path, name: str, data: bytes | None, said: str) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(SourceError, match=said):
        check(tmp_path / name)


def test_an_empty_file_has_nothing_to_find(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_bytes(b"")
    assert check(tmp_path / "graph.ttl", level="may").findings == ()


def test_a_store_is_checked_graph_by_graph(broken: Translation) -> None:
    other = ontomedirad.translate(example_descriptor("DEMO-OTHER"))
    with ontomedirad.open_store(":memory:") as store:
        for translation in (other, broken):
            # findings of the reference rules would keep the broken one out
            translation.report = Report()
            store.put(translation)
        report = check(store)
    assert codes(report) == {VOI_WITH_TWO_ORGANS}, "two patients in two graphs are no second patient"
    assert report.subject == ":memory:"


def test_threads_change_nothing(broken: Translation) -> None:
    with ontomedirad.open_store(":memory:") as store:
        for number in range(5):
            store.put(ontomedirad.translate(example_descriptor(f"DEMO-{number}")))
        broken.report = Report()
        store.put(broken)
        one, several = (check(store, level="may", workers=n) for n in (1, 3))
    assert one == several
    assert (one.graph, one.looked_at) == (several.graph, several.looked_at)
    assert len(one) > 0


def test_a_store_knows_where_its_nodes_came_from(broken: Translation) -> None:
    (expected,) = check(broken)
    broken.report = Report()
    with ontomedirad.open_store(":memory:") as store:
        store.put(broken)
        (finding,) = check(store)
    assert finding == expected


def test_graphs_do_not_run_into_each_other(broken: Translation, conforming: Translation) -> None:
    """The second graph is judged without what the first one holds."""
    quads = broken.serialize("nq") + conforming.serialize("nq").replace(
        conforming.graph.encode(), b"https://example.org/second"
    )
    assert len(check(quads)) == 1


def test_level_and_engine(broken: Translation) -> None:
    assert codes(check(broken, level="should")) >= codes(check(broken))
    regions = resources.shapes() / "vois-and-organs.ttl"
    assert check(broken, engine="pyshacl", shapes=regions) == check(broken, shapes=regions)
    with pytest.raises(OntomediradError, match="pyrudof, pyshacl"):
        check(broken, engine="other")


def test_a_missing_engine_names_its_extra(broken: Translation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyshacl", None)
    with pytest.raises(MissingExtra, match=r"ontomedirad\[pyshacl\]"):
        check(broken, engine="pyshacl")


def test_the_report_graph_is_a_shacl_report(broken: Translation) -> None:
    report = check(broken)
    store = ox.Store()
    store.load(report.graph.encode(), ox.RdfFormat.N_TRIPLES)
    rows = store.query(
        f"""SELECT ?focus ?severity WHERE {{ ?report a <{iri("sh:ValidationReport")}> ;
            <{iri("sh:conforms")}> false ; <{iri("sh:result")}> ?result .
            ?result <{iri("sh:sourceShape")}> <{SHAPE}{VOI_WITH_TWO_ORGANS}> ;
            <{iri("sh:focusNode")}> ?focus ; <{iri("sh:resultSeverity")}> ?severity }}"""
    )
    assert isinstance(rows, ox.QuerySolutions)
    ((focus, severity),) = ((row["focus"].value, row["severity"].value) for row in rows)  # type: ignore[union-attr]
    assert (focus, severity) == (report.findings[0].place.node, iri("sh:Violation"))


def test_a_patients_identity_is_never_told() -> None:
    named = example_descriptor()
    named.patient_id = "DOE^JANE"
    translation = ontomedirad.translate(named)
    report = check(translation, level="may")
    assert codes(report) == {"no-name-of-a-person"}
    assert "DOE" not in report.text() + report.to_json() + report.graph
    (finding,) = report
    assert (finding.place.line, finding.place.node) == (2, "")


def test_an_iri_with_the_identifier_is_not_told(conforming: Translation) -> None:
    spoiled = conforming.serialize("nq").replace(b"/id/human_", b"/id/DEMO-7F3A_")
    report = check(spoiled)
    assert codes(report) == {"no-identifier-in-iri"}
    assert "7F3A" not in report.text() + report.to_json() + report.graph


def test_values_are_not_told(conforming: Translation) -> None:
    spoiled = conforming.serialize("nq").replace(b'"3700"^^', b'"-3700.125"^^')
    report = check(spoiled)
    assert "quantity-not-negative" in codes(report)
    assert "3700.125" not in report.text() + report.to_json() + report.graph


def test_own_shapes_replace_those_of_the_package(broken: Translation, tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text(
        """@prefix sh: <http://www.w3.org/ns/shacl#> .
        @prefix om: <http://medicis.univ-rennes1.fr/ontologies/ontospm/OntoMEDIRAD.owl#> .
        <https://example.org/shapes/machine> a sh:NodeShape ; sh:targetClass om:institution ;
            sh:property [ sh:path om:has_id ; sh:minCount 1 ; sh:severity sh:Warning ;
                sh:message "{$this} needs a number" ] .""",
        "utf-8",
    )
    report = check(broken, shapes=tmp_path, level="should")
    assert codes(report) == {"machine.1"}
    said = {f.message for f in report}
    assert "institution Example University Hospital needs a number: there is none" in said
    assert {f.level for f in report} == {Level.should}


def test_property_shapes_may_stand_in_a_shape_without_a_name(broken: Translation, tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text(
        """@prefix sh: <http://www.w3.org/ns/shacl#> .
        @prefix om: <http://medicis.univ-rennes1.fr/ontologies/ontospm/OntoMEDIRAD.owl#> .
        <https://example.org/shapes/hospital> a sh:NodeShape ; sh:targetClass om:institution ;
            sh:message "{$this} needs a number" ;
            sh:and ( [ sh:property [ sh:path om:has_id ; sh:minCount 1 ] ] ) .""",
        "utf-8",
    )
    for engine in ("pyrudof", "pyshacl"):
        assert codes(check(broken, shapes=tmp_path, engine=engine)) == {"hospital"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("this is no Turtle", "bad.ttl:1: is not Turtle"),
        (
            "<http://s> a sh:PropertyShape ; sh:targetClass <http://c> .",
            "s: a property shape has exactly one",
        ),
        ("<http://s> a sh:NodeShape ; sh:severity <http://c> .", "sh:severity"),
        ('<http://s> a sh:NodeShape ; sh:sparql [ sh:select "SELECT what" ] .', "not a SPARQL query"),
        ('<http://s> a sh:PropertyShape ; sh:path <http://p> ; sh:minCount "x" .', "bad.ttl: .*integer"),
    ],
)
def test_malformed_shapes_are_refused_with_file_and_reason(
    conforming: Translation, tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "bad.ttl").write_text(f"@prefix sh: <http://www.w3.org/ns/shacl#> . {text}", "utf-8")
    (tmp_path / "good.ttl").write_text("<http://a> <http://b> <http://c> .", "utf-8")
    with pytest.raises(ShapesError, match=said) as raised:
        check(conforming, shapes=tmp_path)
    assert raised.value.file.startswith("bad.ttl")


def test_a_folder_without_shapes_is_refused(conforming: Translation, tmp_path: Path) -> None:
    with pytest.raises(ShapesError, match="holds no shapes"):
        check(conforming, shapes=tmp_path)


def test_one_name_in_two_files_is_refused(conforming: Translation, tmp_path: Path) -> None:
    shape = "<http://s> a <http://www.w3.org/ns/shacl#NodeShape> ."
    for name in ("one.ttl", "two.ttl"):
        (tmp_path / name).write_text(shape, "utf-8")
    with pytest.raises(ShapesError, match=r"two\.ttl: s: is in one\.ttl too"):
        check(conforming, shapes=tmp_path)


def test_shapes_are_read_again_when_a_file_changed(conforming: Translation, tmp_path: Path) -> None:
    file = tmp_path / "own.ttl"
    shape = "<http://s/{}> a <http://www.w3.org/ns/shacl#NodeShape> ."
    file.write_text(shape.format("first"), "utf-8")
    assert {r.code for r in ontomedirad.checking.load_rules(file).by_shape.values()} == {"first"}
    file.write_text(shape.format("second-name"), "utf-8")
    assert {r.code for r in ontomedirad.checking.load_rules(file).by_shape.values()} == {"second-name"}
