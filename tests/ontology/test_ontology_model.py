"""Browsing: hierarchy, labels, definitions, and terms found by what people write."""

from __future__ import annotations

from pathlib import Path

import pytest

from ontomedirad.errors import UnknownTerm
from ontomedirad.ontology import Kind, Ontology, open_ontology
from ontomedirad.terms import PREFIXES, iri


@pytest.mark.parametrize("name", ["obo:IAO_0000100", "om:dosimetry_of_TRT", "rn:radionuclide", "om:VOI"])
def test_a_closure_is_what_sparql_finds(name: str, ontology: Ontology) -> None:
    rows = ontology.store.query(
        f"SELECT DISTINCT ?c WHERE {{ ?c <{PREFIXES['rdfs']}subClassOf>* <{iri(name)}> FILTER(isIRI(?c)) }}"
    )
    assert ontology.closure(iri(name)) == {row["c"].value for row in rows}


def test_a_closure_holds_the_term_itself_even_where_nothing_is_below(ontology: Ontology) -> None:
    assert ontology.closure(iri("omx:hint")) == {iri("omx:hint")}


def test_superclasses_come_nearest_first(ontology: Ontology) -> None:
    above = ontology.superclasses(iri("om:VOI_superimposed_on_images"))
    assert above[:3] == (iri("om:VOI"), iri("obo:IAO_0000100"), iri("obo:IAO_0000027"))
    assert above[-1] == iri("obo:BFO_0000001")


def test_children_and_parents_are_each_others_inverse(ontology: Ontology) -> None:
    for term in ontology:
        assert all(term.iri in ontology.children(parent) for parent in term.parents)


def test_children_are_sorted_by_label(ontology: Ontology) -> None:
    labels = [ontology.label(c) for c in ontology.children(iri("om:absorbed_dose_rate_unit"))]
    per_second_or_hour = ["gray per hour", "gray per second", "microgray per hour", "milligray per hour"]
    assert labels == [*per_second_or_hour, "milligray per second"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("http://dicom.nema.org/resources/ontology/DCM/113508", "dcm:113508"),
        ("<http://dicom.nema.org/resources/ontology/DCM/113508>", "dcm:113508"),
        ("dcm:113508", "dcm:113508"),
        ("113508", "dcm:113508"),
        ("DCM:113508", "dcm:113508"),
        ("SCT:2705002", "rn:arsenic_72_atom"),
        ("ontomedirad:VOI", "om:VOI"),
        ("purl:UO_0000134", "obo:UO_0000134"),
        ("VOI", "om:VOI"),
        (" voi ", "om:VOI"),
        ("milligray per hour", "omx:milligray_per_hour"),
        ("element of SPECT recovery coefficient curve", "om:element_of_recovery_coefficient_curve"),
        ("quality", "obo:BFO_0000019"),
        ("Technetium Tc99c disofenin", "snmi:C-B1207"),
    ],
)
def test_a_term_is_found_by_what_people_write(written: str, meant: str, ontology: Ontology) -> None:
    assert ontology.term(written).curie == meant


def test_an_unknown_term_is_answered_with_the_nearest_labels(ontology: Ontology) -> None:
    with pytest.raises(UnknownTerm, match=r"absorbed dose rate"):
        ontology.term("absorbd dose rate")
    for text in ("", "nowhere:VOI", "om:", "http://example.org/x", "(", "\x00"):
        with pytest.raises(UnknownTerm):
            ontology.term(text)


def test_a_term_is_a_value_that_cannot_change(ontology: Ontology) -> None:
    term = ontology.term("dcm:128533")
    assert (term.kind, term.code, term.scheme) == (Kind.class_, "128533", "DCM")
    assert term.parents == ontology.parents(term.iri) and term == ontology.term("128533")
    with pytest.raises(AttributeError):
        term.label = "other"  # type: ignore[misc]


def test_what_is_not_declared_has_no_label_kind_or_hierarchy(ontology: Ontology) -> None:
    other = "https://example.org/x"
    assert not ontology.declared(other) and ontology.kind(other) is None
    assert ontology.label(other) == ontology.definition(other) == ""
    assert ontology.parents(other) == ontology.children(other) == ontology.superclasses(other) == ()
    assert ontology.closure(other) == {other}
    assert not ontology.declared(other)


def test_every_term_of_the_ontology_is_found_by_its_iri(ontology: Ontology) -> None:
    assert all(ontology.term(term.iri) == term for term in ontology)


def test_a_notebook_shows_modules_and_version(ontology: Ontology) -> None:
    terms, modules = len(ontology), len(ontology.modules)
    assert repr(ontology) == f"<Ontology {ontology.version}: {terms} terms in {modules} modules>"
    assert "<td>core</td>" in ontology._repr_html_()


def test_english_is_shown_before_other_languages(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(
        f"<http://e/a> a <{PREFIXES['owl']}Class> ; <{PREFIXES['skos']}prefLabel> "
        '"homme"@fr, "human"@en, "Mensch"@de .'
    )
    assert open_ontology(path).label("http://e/a") == "human"
