"""Tables that curators change agree with the ontology and with the value lists of the models."""

from __future__ import annotations

import re

import pytest
from reference_pages import PAGES
from reference_pages.mapping import blocks, roles
from reference_pages.values import value_lists

from ontomedirad import Ontology, open_ontology, resources, terms
from ontomedirad.descriptor import marks


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return open_ontology()


def _rows(*name: str) -> list[dict[str, str]]:
    return resources.rows(resources.translators().joinpath(*name))


def test_every_value_stands_for_a_term_of_the_ontology(ontology: Ontology) -> None:
    found = [(name, r["value"], r["term"]) for name, rows in value_lists().items() for r in rows]
    assert [x for x in found if not ontology.declared(terms.iri(x[2]))] == []


def test_every_value_of_a_list_has_one_row() -> None:
    lists = value_lists()
    for name, rows in lists.items():
        values = [r["value"] for r in rows]
        assert len(values) == len(set(values)), name
    for block in blocks():
        for field in block.plan().fields:
            if field.leaf is not None and field.leaf.vocabulary:
                known = {r["value"] for r in lists[field.leaf.vocabulary]}
                assert set(field.leaf.values) <= known, f"{block.__name__}.{field.name}"


def test_every_table_is_in_the_reference() -> None:
    names = ("values", "mapping", "upgrades", "dicom")
    page = "".join(PAGES[f"reference/{name}.md"]() for name in names)
    for path in resources.translators().rglob("*.tsv"):
        for row in resources.rows(path):
            first = next(iter(row.values()))
            assert first in page, f"{path.name}: {first}"


def test_every_unit_that_a_descriptor_writes_is_described() -> None:
    described = {r["unit"] for r in _rows("units.tsv")}
    lists = value_lists()
    assert [r for r in (*lists["unit"], *lists["duration"]) if r["term"] not in described] == []


def test_every_predicate_of_a_role_is_a_property_of_the_ontology_or_of_prov(ontology: Ontology) -> None:
    columns = ("forward", "backward", "prov_forward", "prov_backward")
    said = {row[c] for row in roles() for c in columns} - {""}
    strange = [c for c in said if not c.startswith("prov:") and not ontology.declared(terms.iri(c))]
    assert strange == []


def test_every_role_that_a_model_names_is_a_row() -> None:
    known = {row["role"] for row in roles()}
    for block in blocks():
        for field in block.plan().fields:
            for mark in (*field.all_marks(marks.Role), *field.all_marks(marks.Linked)):
                assert mark.name in known, f"{block.__name__}.{field.name}"


def test_every_class_that_a_model_names_is_of_the_ontology(ontology: Ontology) -> None:
    for block in blocks():
        named = [*block.meaning.types]
        named += [t for f in block.plan().fields for m in f.marks for t in getattr(m, "types", ())]
        assert [t for t in named if not ontology.declared(terms.iri(t))] == [], block.__name__


def test_every_research_study_is_of_the_ontology(ontology: Ontology) -> None:
    studies = _rows("studies.tsv")
    assert [r for r in studies if not ontology.declared(terms.iri(r["study"]))] == []
    texts = [t.casefold() for r in studies for t in (r["identifier"], *r["aliases"].split())]
    assert len(texts) == len(set(texts))


def test_factors_of_units_are_numbers_and_ucum_codes_have_no_blank() -> None:
    for row in _rows("units.tsv"):
        assert float(row["factor"]) > 0
        assert re.fullmatch(r"\S+", row["ucum"])
        assert row["si"]
