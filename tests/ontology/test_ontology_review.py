"""The review: each rule sees what it is for, ours passes, the published files show their known faults."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ontomedirad.ontology import Ontology, open_ontology
from ontomedirad.ontology.present import report_tsv
from ontomedirad.ontology.reviewing import RULES, review
from ontomedirad.ontology.uses import Use, find_uses
from ontomedirad.report import Level
from ontomedirad.terms import PREFIXES, iri

RESTRICTS = "rdfs:subClassOf [ owl:onProperty omx:p ;"
HEAD = "".join(f"@prefix {p}: <{ns}> .\n" for p, ns in PREFIXES.items())
LABELS = 'rdfs:label "thing"@en ; skos:prefLabel "thing"@en'
DEFINED = f'{LABELS} ; obo:IAO_0000115 "Something that is used to try a rule."@en ; dcterms:source "ours"@en'

FAULTS = {
    "label-missing": "omx:a a owl:Class .",
    "label-single": 'omx:a a owl:Class ; rdfs:label "a"@en .',
    "label-double": 'omx:a a owl:Class ; rdfs:label "a"@en, "b"@en .',
    "label-contradictory": 'omx:a a owl:Class ; rdfs:label "a"@en ; skos:prefLabel "b"@en .',
    "label-shared": f"omx:a a owl:Class ; {LABELS} . omx:b a owl:Class ; {LABELS} .",
    "label-ambiguous": f"omx:a a owl:Class ; {LABELS} . om:b a owl:Class ; {LABELS} .",
    "definition-missing": "omx:a a owl:Class .",
    "definition-double": 'omx:a a owl:Class ; obo:IAO_0000115 "One."@en, "Two."@en .',
    "definition-circular": 'omx:a a owl:Class ; rdfs:label "a dose"@en ; obo:IAO_0000115 "The dose."@en .',
    "definition-shared": f"omx:a a owl:Class ; {DEFINED} . omx:b a owl:Class ; {DEFINED} .",
    "source-missing": 'omx:a a owl:Class ; obo:IAO_0000115 "Something."@en .',
    "reference-broken": "omx:a a owl:Class ; rdfs:subClassOf [ owl:onProperty omx:nothing ] .",
    "kind-double": "omx:a a owl:Class, owl:ObjectProperty .",
    "kind-misused": "omx:a a owl:ObjectProperty ; rdfs:range xsd:string .",
    "cycle": "omx:a a owl:Class ; rdfs:subClassOf omx:b . omx:b a owl:Class ; rdfs:subClassOf omx:a .",
    "orphan": "omx:a a owl:Class .",
    "misplaced": "omx:gold_1_atom a owl:Class .",
    "namespace-case": "omx:a a owl:Class . <https://w3id.org/OntoMedirad/terms#b> a owl:Class .",
    "deprecated-used": "omx:a a owl:Class ; owl:deprecated true . omx:b rdfs:subClassOf omx:a .",
    "unit-unmapped": "obo:UO_0000000 a owl:Class . omx:a a owl:Class ; rdfs:subClassOf obo:UO_0000000 .",
}


def codes(place: Path, uses: tuple[Use, ...] = ()) -> set[str]:
    return {finding.code for finding in review(open_ontology(place), uses)}


@pytest.mark.parametrize("code", FAULTS)
def test_a_fault_is_found(code: str, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(HEAD + FAULTS[code])
    assert code in codes(tmp_path)


def test_a_sound_term_is_not_remarked_on(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(f"{HEAD} omx:a a owl:Class ; {DEFINED} ; rdfs:subClassOf owl:Thing .")
    assert codes(tmp_path) == {"orphan"}


@pytest.mark.parametrize(
    "axiom",
    [
        "omx:p a owl:DatatypeProperty ; rdfs:range omx:a .",
        "omx:p a owl:ObjectProperty ; rdfs:subPropertyOf omx:q . omx:q a owl:DatatypeProperty .",
        'omx:p a owl:ObjectProperty . omx:i a owl:NamedIndividual ; omx:p "text" .',
        "omx:p a owl:DatatypeProperty . omx:i a owl:NamedIndividual ; omx:p omx:a .",
        f"omx:p a owl:ObjectProperty . omx:c {RESTRICTS} owl:hasValue 3 ] .",
        f"omx:p a owl:DatatypeProperty . omx:c {RESTRICTS} owl:allValuesFrom omx:a ] .",
        f"omx:p a owl:AnnotationProperty . omx:c {RESTRICTS} owl:hasValue omx:a ] .",
    ],
)
def test_a_property_used_against_its_kind_is_found(axiom: str, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(f"{HEAD} omx:a a owl:Class . {axiom}")
    assert "kind-misused" in codes(tmp_path)


def test_modules_that_do_not_import_each_other_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(f"{HEAD} <urn:a> a owl:Ontology . omx:a a owl:Class .")
    (tmp_path / "b.ttl").write_text(f"{HEAD} omx:a a owl:Class . omx:b a owl:Class ; rdfs:subClassOf omx:a .")
    assert codes(tmp_path) >= {"import-missing", "declared-twice"}
    (tmp_path / "b.ttl").write_text(
        f"{HEAD} <urn:b> a owl:Ontology ; owl:imports <urn:a> . omx:b a owl:Class ; rdfs:subClassOf omx:a ."
    )
    assert not codes(tmp_path) & {"import-missing", "declared-twice"}


def test_a_term_that_is_named_and_not_declared_is_found_where_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(f"{HEAD} omx:a a owl:Class .")
    uses = (Use("queries/x.rq", 3, iri("omx:b")), Use("shapes/y.ttl", 4, iri("omx:b")))
    (found,) = [f for f in review(open_ontology(tmp_path), uses) if f.code == "undeclared-used"]
    assert found.level is Level.must and found.message == "omx:b is used and not declared"
    assert (str(found.place), str(found.also[0])) == ("queries/x.rq:3", "shapes/y.ttl:4")


def test_a_deprecated_term_in_a_table_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(f"{HEAD} omx:a a owl:Class ; owl:deprecated true .")
    assert codes(tmp_path) == set()
    assert codes(tmp_path, (Use("translators/x.tsv", 1, iri("omx:a")),)) == {"deprecated-used"}


def test_our_ontology_has_no_finding_at_must_and_one_known_at_should(ontology: Ontology) -> None:
    report = review(ontology)
    assert [f.message for f in report.at("must")] == []
    assert [f.message for f in report.at("should")] == ["obo:FMA_85802 has no parent"]
    assert {f.code for f in report} <= {"orphan", "label-ambiguous"}


def test_the_published_files_show_their_known_faults(reference: Path) -> None:
    report = review(open_ontology(reference), ())
    found = {(f.code, f.message.partition(" ")[0]) for f in report}
    assert found >= {
        ("misplaced", "dcm:113507"),
        ("misplaced", "dcm:113508"),
        ("misplaced", "dcm:113509"),
        ("misplaced", "rn:copper_67_atom"),
        ("misplaced", "rn:sodium_24_atom"),
        ("label-missing", "om:model_setting"),
        ("label-single", "obo:UO_0000132"),
        ("label-single", "obo:UO_0000145"),
        ("label-double", "obo:IAO_0000117"),
        ("definition-missing", "om:DICOM-CSD"),
    }
    (spelling,) = [f for f in report if f.code == "namespace-case"]
    assert "ontomedirad.owl#" in spelling.message
    assert sum(f.code == "label-missing" for f in report) == 76
    assert {f.code for f in report} >= {"import-missing", "declared-twice", "definition-shared"}


def test_every_name_in_tables_shapes_queries_and_code_is_declared(ontology: Ontology) -> None:
    assert [use for use in find_uses() if not ontology.declared(use.iri)] == []


def test_uses_are_where_the_text_names_the_term() -> None:
    root = Path(__file__).resolve().parents[2]
    for use in find_uses()[::50]:
        line = (root / use.file).read_text("utf-8").splitlines()[use.line - 1]
        local = re.split(r"[#/]", use.iri)[-1]
        assert local in line.replace("\\", "") or '"""' in line, use


def test_a_report_is_a_table_too(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text(HEAD + FAULTS["label-missing"])
    head, *rows = report_tsv(review(open_ontology(tmp_path), (), level="must")).splitlines()
    assert head.split("\t")[:4] == ["level", "code", "module", "term"]
    assert rows[0].split("\t")[:5] == ["must", "label-missing", "a", "omx:a", "omx:a has no label"]


def test_rules_have_codes_of_their_own() -> None:
    names = [code for code, *_ in RULES]
    assert len(set(names)) == len(names) and set(FAULTS) <= set(names)
