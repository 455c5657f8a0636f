"""PROV for other tools: every form says the same, and holds to PROV-CONSTRAINTS as our shapes do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from prov.model import ProvDocument, ProvEntity

import ontomedirad
from ontomedirad import open_store, terms
from ontomedirad.checking import check
from ontomedirad.demo.treatment import ROOT_UID, example_descriptor
from ontomedirad.descriptor import to_xml
from ontomedirad.errors import UnknownTerm
from ontomedirad.lineage.exchange import FORMS, export_prov, statements
from ontomedirad.lineage.prov_document import prov_document

WORKFLOWS = ("acquisition_only", "hybrid_full", "slide1_full", "slide2_full", "spectct_calibration_full",
             "twodim_full", "wp2_212_full")  # fmt: skip
READERS = {"provn": {"format": "provn"}, "provjson": {"format": "json"}, "provxml": {"format": "xml"},
           "provo": {"format": "rdf", "rdf_format": "turtle"}}  # fmt: skip
PREFIXES = "".join(f"PREFIX {p}: <{ns}> " for p, ns in terms.PREFIXES.items())


def read(text: str, form: str) -> ProvDocument:
    return ProvDocument.deserialize(content=text, **READERS[form])


@pytest.fixture(scope="module")
def two() -> Iterator[ontomedirad.Store]:
    with open_store(":memory:") as store:
        for i in range(2):
            text = to_xml(example_descriptor(f"P{i}")).replace(ROOT_UID.encode(), f"{ROOT_UID}.{i}".encode())
            store.put(ontomedirad.translate(text))
        yield store


def one(store: ontomedirad.Store, pattern: str) -> str:
    rows = store.select(f"{PREFIXES} SELECT DISTINCT ?n {{ {pattern} }} ORDER BY ?n LIMIT 1")
    return next(str(getattr(n, "value", "")) for (n,) in rows)


@pytest.mark.parametrize("name", WORKFLOWS)
def test_all_forms_of_a_workflow_are_equal_to_prov(shared: Path, name: str) -> None:
    translation = ontomedirad.translate(shared / f"samples/descriptors/synthetic/{name}.xml")
    triples = [q.triple for q in translation.quads]
    document = prov_document(triples)
    for form, write in FORMS.items():
        assert read(write(triples), form) == document, form


@pytest.mark.parametrize("of", ["dose", "patient", "study", "store"])
def test_all_forms_of_a_part_of_a_store_are_equal_to_prov(two: ontomedirad.Store, of: str) -> None:
    node = {
        "dose": lambda: one(two, "?n a om:total_absorbed_dose_per_VOI"),
        "patient": lambda: one(two, "?n om:has_id 'P1' ; a om:human"),
        "study": lambda: one(two, "?p om:part_of_study ?n"),
        "store": lambda: "",
    }[of]()
    documents = [read(export_prov(two, node, form), form) for form in FORMS]
    assert documents[0].get_records()
    assert all(document == documents[0] for document in documents[1:])


def test_a_dose_is_exported_with_just_what_it_rests_on(two: ontomedirad.Store) -> None:
    dose = one(two, "?n a om:total_absorbed_dose_per_VOI")
    entities = {r.identifier.uri for r in prov_document(statements(two, dose)).get_records(ProvEntity)}
    explanation = two.explain(dose)
    methods = {n for s in explanation for m in s.makers for n in m.around}
    assert set(explanation.steps) <= entities <= set(explanation.steps) | methods


def test_a_patient_is_exported_without_the_other(two: ontomedirad.Store) -> None:
    for mine, other in (("P0", "P1"), ("P1", "P0")):
        found = {t.subject.value for t in statements(two, one(two, f"?n om:has_id '{mine}' ; a om:human"))}
        not_mine = f"FILTER NOT EXISTS {{ ?n om:has_patient/om:has_id '{mine}' }}"
        theirs = f"?n om:has_patient/om:has_id '{other}' {not_mine}"
        rows = two.select(f"{PREFIXES} SELECT DISTINCT ?n {{ {theirs} }}")
        assert not found & {str(getattr(n, "value", "")) for (n,) in rows}


def test_the_export_holds_to_the_shapes_of_prov_constraints(two: ontomedirad.Store, tmp_path: Path) -> None:
    path = tmp_path / "prov.ttl"
    path.write_text(export_prov(two, one(two, "?n a om:total_absorbed_dose_per_VOI"), "provo"), "utf-8")
    found = check(path)
    assert [f for f in found if "prov" in f.code and f.level.name == "must"] == []


def test_what_the_store_does_not_know_is_a_clear_error(two: ontomedirad.Store) -> None:
    with pytest.raises(UnknownTerm, match="says nothing"):
        export_prov(two, "urn:nothing")


def test_numbers_keep_their_digits_and_types(sample: bytes) -> None:
    text = FORMS["provn"](q.triple for q in ontomedirad.translate(sample).quads)
    assert '"156.82969665527344" %% xsd:double' in text
