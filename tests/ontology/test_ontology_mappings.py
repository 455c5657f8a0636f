"""Mappings: written from the tables that translators read, valid SSSOM, subjects declared."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from ontomedirad import resources, vocabulary
from ontomedirad.ontology import Ontology
from ontomedirad.ontology.mappings import CURATED, FOREIGN, TABLES, sssom
from ontomedirad.terms import PREFIXES, iri

FOLDER = resources.ontology() / "mappings"
FILES = sorted(FOLDER.glob("*.sssom.tsv"))


def rows(name: str) -> list[dict[str, str]]:
    return resources.rows(FOLDER / f"{name}.sssom.tsv")


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_what_its_sources_say(name: str, ontology: Ontology) -> None:
    assert (FOLDER / f"{name}.sssom.tsv").read_text("utf-8") == sssom(name, ontology)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_subjects_are_declared_under_the_label_that_the_table_says(path: Path, ontology: Ontology) -> None:
    found = resources.rows(path)
    assert len(found) > 50
    for row in found:
        assert ontology.label(iri(row["subject_id"])) == row["subject_label"]
        assert row["mapping_justification"] == CURATED
        assert row["object_id"].partition(":")[0] in {**PREFIXES, **FOREIGN}
    keys = [(row["subject_id"], row["object_id"]) for row in found]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_table_is_valid_for_the_tools_of_sssom(path: Path) -> None:
    parsers = pytest.importorskip("sssom.parsers")
    validators = pytest.importorskip("sssom.validators")
    table = parsers.parse_sssom_table(str(path))
    assert len(table.df) == len(resources.rows(path))
    validators.validate(table, validation_types=list(validators.DEFAULT_VALIDATION_TYPES))


def test_units_have_the_codes_and_factors_that_translators_use() -> None:
    known = vocabulary.units()
    said = {row["subject_id"]: row for row in rows("units") if row["object_id"].startswith("ucum:")}
    assert len(said) == len(known)
    for subject, row in said.items():
        unit = known[vocabulary.term(subject)]
        assert unit.ucum == f'"{row["object_label"]}"'
        assert (unit.factor, unit.si) == (Decimal(row["factor"]), row["si_unit"])


@pytest.mark.parametrize(
    ("table", "subject", "object_"),
    [
        ("units", "omx:milligray_per_hour", "ucum:mGy/h"),
        ("units", "obo:UO_0000142", "unit:MilliGRAY"),
        ("dicom", "dcm:113508", "DCM:113508"),
        ("dicom", "omx:holmium_166_atom", "NCIT:C1943"),
        ("dicom", "om:DICOM_CT_image_storage_SOP_class", "uid:1.2.840.10008.5.1.4.1.1.2"),
        ("snomed", "rn:fluorine_18_atom", "SCT:77004003"),
        ("snomed", "omx:intravenous_route", "SCT:47625008"),
        ("anatomy", "obo:FMA_7197", "UBERON:0002107"),
    ],
)
def test_well_known_pairs_are_mapped(table: str, subject: str, object_: str) -> None:
    assert (subject, object_) in {(row["subject_id"], row["object_id"]) for row in rows(table)}
