"""The tables of translators/dicom/, against the standard as pydicom has it, and against the ontology."""

from __future__ import annotations

import re

import made
import pyoxigraph as ox
import pytest
from pydicom.datadict import keyword_for_tag
from pydicom.sr._concepts_dict import concepts as known_concepts
from pydicom.sr._snomed_dict import mapping
from pydicom.uid import UID

import ontomedirad
from ontomedirad.dicom.allowed import rows, tag_of
from ontomedirad.ontology import open_ontology
from ontomedirad.ontology.model import Kind
from ontomedirad.terms import PREFIXES, iri
from ontomedirad.translation.dicom.roles import ROLES
from ontomedirad.translation.dicom.rules import HOW
from ontomedirad.translation.dicom.vocabulary import unit

OURS = tuple(PREFIXES[p] for p in ("om", "omx", "dcm", "rn", "snmi", "obo"))
SSSOM = ("anatomy.sssom.tsv", "radionuclides.sssom.tsv", "radiopharmaceuticals.sssom.tsv")


@pytest.mark.parametrize("table", ["attributes.tsv", "sequences.tsv", "identity.tsv"])
def test_tags_and_keywords_are_those_of_the_standard(table: str) -> None:
    for row in rows(table):
        assert keyword_for_tag(tag_of(row["tag"])) == row["keyword"]


def test_sop_classes_are_those_of_the_standard() -> None:
    for row in rows("routing.tsv"):
        newer = row["sop_class"].endswith(".66.7")  # label maps are younger than pydicom 3.0's list
        assert newer or UID(row["sop_class"]).type == "SOP Class"


def test_codes_of_the_dicom_scheme_have_the_meaning_of_the_standard() -> None:
    meanings = {c: m for d in known_concepts["DCM"].values() for c, (m, _) in d.items()}
    for row in rows("concepts.tsv"):
        scheme, _, value = row["concept"].partition(":")
        if scheme == "DCM" and value in meanings:
            plain = re.sub(r"\W", "", row["meaning"].lower())
            assert plain == re.sub(r"\W", "", meanings[value].lower()), row


@pytest.mark.parametrize("table", SSSOM)
def test_codes_of_snomed_rt_stand_for_what_their_successors_stand_for(table: str) -> None:
    """pydicom's own table of equivalents is the second source."""
    found: dict[str, set[tuple[str, str]]] = {}
    for row in rows(table):
        found.setdefault(row["subject_id"], set()).add((row["object_id"], row.get("laterality", "")))
    compared = 0
    for subject, objects in found.items():
        scheme, _, value = subject.partition(":")
        same = f"SCT:{mapping['SRT'].get(value, '')}"
        if scheme == "SRT" and same in found:
            assert found[same] == objects, subject
            compared += 1
    assert compared > 50


@pytest.mark.parametrize(
    ("table", "cid", "least"),
    [("anatomy.sssom.tsv", 4031, 1.0), ("radionuclides.sssom.tsv", 18, 1.0), ("radionuclides.sssom.tsv", 4020, 1.0),
     ("radiopharmaceuticals.sssom.tsv", 25, 1.0), ("radiopharmaceuticals.sssom.tsv", 4021, 1.0)],
)  # fmt: skip
def test_the_context_groups_are_complete(table: str, cid: int, least: float) -> None:
    wanted = {
        f"{'NCIT' if scheme == 'NCIt' else scheme}:{code}"
        for scheme, names in known_concepts.items()
        for codes in names.values()
        for code, (_, cids) in codes.items()
        if cid in cids
    }
    have = {row["subject_id"] for row in rows(table)}
    missing = {w for w in wanted if w not in have}
    assert len(wanted) > 20
    assert 1 - len(missing) / len(wanted) >= least, sorted(missing)


@pytest.mark.parametrize(
    "table", [*SSSOM, "values.tsv", "routing.tsv", "concepts.tsv", "containers.tsv", "reports.tsv"]
)
def test_every_term_is_a_class_or_property_of_the_ontology(table: str) -> None:
    ontology, checked = open_ontology(), 0
    for row in rows(table):
        for cell in row.values():
            if re.fullmatch(r"(om|omx|dcm|rn|snmi|obo):\S+", cell or ""):
                assert ontology.kind(iri(cell)) in (
                    Kind.class_,
                    Kind.datatype_property,
                    Kind.object_property,
                ), cell
                checked += 1
    assert checked > 5


def test_every_rule_that_a_table_names_exists_and_every_rule_is_named() -> None:
    assert {r["how"] for r in rows("attributes.tsv")} - {"read"} == set(HOW)
    assert {r["role"] for r in rows("concepts.tsv")} == set(ROLES)


def test_lists_that_tables_name_exist() -> None:
    lists = {r["list"] for r in rows("values.tsv")}
    for table in ("attributes.tsv", "concepts.tsv"):
        assert {r["list"] for r in rows(table)} - {""} <= lists


def test_units_that_tables_name_are_known() -> None:
    for row in rows("attributes.tsv"):
        assert not row["unit"] or unit(row["unit"]) is not None, row


@pytest.mark.parametrize(
    ("text", "ucum", "factor"),
    [
        ("s", "s", 1),
        ("min", "s", 60),
        ("mGycm", "mGy.cm", 1),
        ("dGy.cm2", "Gy.cm2", 0.1),
        ("uGy.m2", "Gy.m2", 1e-6),
        ("MBq", "MBq", 1),
    ],
)
def test_units_have_the_factor_of_their_prefix(text: str, ucum: str, factor: float) -> None:
    found = unit(text)
    assert found is not None
    assert found.terms is not None
    assert (found.terms.ucum, float(found.factor)) == (f'"{ucum}"', pytest.approx(factor))


def test_cases_of_units_are_kept_apart() -> None:
    assert unit("mSv") is not None
    assert unit("MSv") is None
    assert unit("ms").terms.ucum == '"ms"'
    assert unit("Ms") is None


def test_what_graphs_state_is_declared_and_used_as_declared(settings) -> None:
    ontology = open_ontology()
    event = made.ct_event(1, ("A", "120", "200"), ("B", "100", "90"))
    sources = [
        made.ct(FilterType="FLAT", FilterMaterial="COPPER", CTDIvol=3.0, ConvolutionKernel="B", PatientAge="010Y",
                ExposureModulationType="Z", IrradiationEventUID="1.2", InstitutionName="General Hospital"),
        made.pet(),
        made.nm("TOMO"),
        made.ct(ImageType=["DERIVED"]),
        made.ct_report(event),
        made.rrdsr(made.code("395789007", "SCT"), made.code("1368003", "SCT"), "3700"),
        made.patient_report(made.num("128533", "1", "mGy")),
    ]  # fmt: skip
    checked = 0
    for source in sources:
        for quad in ontomedirad.translate(source, settings=settings).quads:
            predicate, node = quad.predicate.value, quad.object
            if predicate == iri("rdf:type"):
                term, wanted = node.value, Kind.class_
            else:
                literal = isinstance(node, ox.Literal)
                term, wanted = predicate, Kind.datatype_property if literal else Kind.object_property
            if term.startswith(OURS):
                assert ontology.kind(term) is wanted, term
                checked += 1
    assert checked > 500
