"""`ontomedirad ontology`: what it prints and how it ends; the reasoner."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from ontomedirad.cli import run
from ontomedirad.errors import OntomediradError
from ontomedirad.ontology import Kind, Ontology, open_ontology
from ontomedirad.terms import PREFIXES

HEAD = "".join(f"@prefix {p}: <{ns}> .\n" for p, ns in PREFIXES.items())
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def small(tmp_path: Path) -> str:
    (tmp_path / "one.ttl").write_text(
        f"""{HEAD} <urn:one> a owl:Ontology .
        omx:a a owl:Class ; rdfs:label "a"@en ; obo:IAO_0000115 "The first of all letters."@en .
        omx:b a owl:Class ; rdfs:label "b"@en ; rdfs:subClassOf omx:a .
        omx:c a owl:Class ; rdfs:label "c"@en ; rdfs:subClassOf omx:b ; om:DICOM-code-value "1" ;
              om:DICOM-CSD "DCM" ."""
    )
    return str(tmp_path)


def said(capsys: Captured, *arguments: str, ends: int = 0) -> str:
    assert run(["ontology", *arguments]) == ends
    return capsys.readouterr().out


def test_info_lists_modules(capsys: Captured, small: str, ontology: Ontology) -> None:
    assert "core" in said(capsys, "info")
    found = json.loads(said(capsys, "info", "--format", "json"))
    assert found["terms"] == len(ontology) and len(found["modules"]) == len(ontology.modules)
    assert said(capsys, "info", "--ontology", small, "--format", "tsv").splitlines()[1] == "one\t\t3\turn:one"


def test_term_shows_place_definition_and_uses(capsys: Captured) -> None:
    text = said(capsys, "term", "113508")
    assert text.startswith("pre-administration measured activity  dcm:113508  (class)\n")
    for part in (
        "code: DCM 113508",
        "is a radiopharmaceutical activity",
        "below data item",
        "used in shapes/",
    ):
        assert part in text
    facts = json.loads(said(capsys, "term", "113508", "--format", "json"))
    files = {use["file"].split("/")[0] for use in facts["uses"]}
    assert files >= {"shapes", "queries", "ontomedirad", "ontology"}
    assert "curie\tdcm:113508" in said(capsys, "term", "113508", "--format", "tsv").splitlines()


def test_term_shows_domain_range_and_replacement(capsys: Captured) -> None:
    assert "domain: om:human" in said(capsys, "term", "om:has_birthdate")
    assert "(class, deprecated)" in said(capsys, "term", "owl:nothing")
    assert "also called: Technetium Tc99c disofenin" in said(capsys, "term", "snmi:C-B1207")


def test_an_unknown_term_ends_with_2(capsys: Captured) -> None:
    assert run(["ontology", "term", "no such thing"]) == 2
    assert "no term" in capsys.readouterr().err


def test_tree_in_three_forms(capsys: Captured, small: str) -> None:
    place = ("--ontology", small)
    assert said(capsys, "tree", *place) == "a  omx:a\n  b  omx:b\n    c  omx:c\n"
    assert said(capsys, "tree", "b", *place) == "b  omx:b\n  c  omx:c\n"
    assert said(capsys, "tree", "--depth", "1", *place) == "a  omx:a\n  b  omx:b\n"
    (top,) = json.loads(said(capsys, "tree", "--format", "json", *place))
    assert top["children"][0]["children"][0]["curie"] == "omx:c"
    rows = said(capsys, "tree", "--format", "tsv", *place).splitlines()
    assert rows == ["depth\tterm\tlabel\tparent", "0\tomx:a\ta\t", "1\tomx:b\tb\tomx:a", "2\tomx:c\tc\tomx:b"]


def test_a_tree_with_a_cycle_ends(capsys: Captured, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(
        f"{HEAD} omx:a a owl:Class ; rdfs:subClassOf omx:b . omx:b a owl:Class ; rdfs:subClassOf omx:a ."
    )
    assert len(said(capsys, "tree", "omx:a", "--ontology", str(tmp_path)).splitlines()) == 3


def test_report_ends_with_1_where_something_counts(capsys: Captured, small: str) -> None:
    assert "conforms" in said(capsys, "report")
    assert "FMA_85802" in said(capsys, "report", "--level", "should", ends=1)
    found = json.loads(said(capsys, "report", "--ontology", small, "--format", "json", ends=1))
    assert not found["conforms"]
    rows = said(capsys, "report", "--ontology", small, "--format", "tsv", ends=1).splitlines()
    assert rows[0].startswith("level\tcode") and all(row.startswith("must\t") for row in rows[1:])


def test_another_place_that_holds_nothing_ends_with_2(capsys: Captured, tmp_path: Path) -> None:
    for command in (["info"], ["tree"], ["report"], ["export"]):
        assert run(["ontology", *command, "--ontology", str(tmp_path)]) == 2
        assert "no ontology module" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("form", "read_as"), [("ttl", "turtle"), ("owl", "xml"), ("nt", "nt"), ("jsonld", "json-ld")]
)
def test_export_is_the_whole_in_any_format(
    form: str, read_as: str, tmp_path: Path, small: str, capsys: Captured
) -> None:
    out = tmp_path / "whole"
    said(capsys, "export", "--ontology", small, "--format", form, "-o", str(out))
    graph = rdflib.Graph().parse(out, format=read_as)
    assert len(graph) == len(list(open_ontology(small).triples())) - 1  # the header of the only module


def test_the_merged_ontology_has_one_header_and_no_import(tmp_path: Path, capsys: Captured) -> None:
    out = tmp_path / "whole.nt"
    said(capsys, "export", "--format", "nt", "-o", str(out))
    triples = [quad.triple for quad in ox.parse(out.read_bytes(), ox.RdfFormat.N_TRIPLES)]
    headers = [t.subject.value for t in triples if t.object == ox.NamedNode(PREFIXES["owl"] + "Ontology")]
    assert headers == ["https://w3id.org/ontomedirad/ontomedirad"]
    assert not [t for t in triples if t.predicate.value.endswith("#imports")]


def test_a_module_is_exported_as_it_stands(capsys: Captured, ontology: Ontology) -> None:
    from ontomedirad import resources

    text = said(capsys, "export", "--module", "uo")
    assert text == (resources.ontology() / "uo.ttl").read_text("utf-8")
    assert run(["ontology", "export", "--module", "nowhere"]) == 2
    rows = said(capsys, "export", "--format", "tsv").splitlines()
    assert len(rows) == len(ontology) + 1 and rows[0].startswith("iri\tcurie\tkind\tlabel\tdefinition")


def test_a_mapping_is_exported_as_sssom(capsys: Captured) -> None:
    assert said(capsys, "export", "--format", "sssom", "--mapping", "units").startswith("#mapping_set_id:")
    assert run(["ontology", "export", "--format", "sssom"]) == 2


def test_the_reasoner_says_what_it_lacks(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured, small: str
) -> None:
    monkeypatch.setitem(sys.modules, "owlready2", None)
    assert run(["ontology", "classify", "--ontology", small]) == 2
    assert "ontomedirad[owl]" in capsys.readouterr().err


@pytest.fixture
def hermit() -> None:
    pytest.importorskip("owlready2")
    if not shutil.which("java"):
        pytest.skip("HermiT needs Java")


@pytest.mark.usefixtures("hermit")
def test_our_ontology_is_consistent_and_every_class_can_have_instances(ontology: Ontology) -> None:
    from ontomedirad.ontology.classify import classify

    found = classify(ontology)
    assert found.consistent and found.unsatisfiable == ()
    assert found.classes == sum(term.kind is Kind.class_ for term in ontology) > 1400


@pytest.mark.usefixtures("hermit")
def test_a_class_without_possible_instances_is_found(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "a.ttl").write_text(
        f"""{HEAD} omx:a a owl:Class . omx:b a owl:Class ; owl:disjointWith omx:a .
        omx:c a owl:Class ; rdfs:label "c"@en ; rdfs:subClassOf omx:a, omx:b ."""
    )
    text = said(capsys, "classify", "--ontology", str(tmp_path), ends=1)
    assert text.startswith("consistent\n1 of 3 classes") and PREFIXES["omx"] + "c" in text
    with (tmp_path / "a.ttl").open("a") as file:
        file.write("\n<urn:i> a omx:c .")
    assert json.loads(said(capsys, "classify", "--ontology", str(tmp_path), "--format", "json", ends=1)) == {
        "consistent": False,
        "unsatisfiable": [],
        "classes": 3,
    }


def test_without_java_the_reasoner_says_so(monkeypatch: pytest.MonkeyPatch, small: str) -> None:
    pytest.importorskip("owlready2")
    from ontomedirad.ontology import classify

    monkeypatch.setattr(classify.shutil, "which", lambda _: None)
    with pytest.raises(OntomediradError, match="Java"):
        classify.classify(open_ontology(small))
