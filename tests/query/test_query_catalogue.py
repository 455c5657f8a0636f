"""The catalogue: headers that say the truth, texts that any engine takes."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

import pytest
import rdflib.namespace as ns
from rdflib import URIRef
from rdflib.plugins.sparql import prepareQuery

from ontomedirad import open_ontology
from ontomedirad.cli import run
from ontomedirad.errors import QueryError, UnknownQuery
from ontomedirad.query import Query, queries
from ontomedirad.store import Store
from ontomedirad.terms import PREFIXES

ORIGINALS = {
    1: ("research-studies", "ClinResearchStudy StudyId StudyName StudyDescription"),
    9: (
        "dose-maps",
        "ClinResearchStudyId PatientName PatientId DoseMap DoseMapClassLabel DoseMapFormatTypeLabel "
        "DoseInVoxelClassLabel DoseUnitClassLabel Process Date Time ValueKVP LabelXRayModulationType "
        "FHIRHandle InputCTDataset",
    ),
    10: (
        "volumes-of-interest",
        "ClinResearchStudyId PatientName Filename MaterialEntityClassLabel VOIClass Format ProcessClass "
        "MethodClassLabel Date Time FHIRHandle InputDataset DatasetClass",
    ),
    12: ("non-dicom-files", "PatientName Dataset DatasetClassLabel FHIRHandle"),
    13: (
        "radiopharmaceutical-administrations",
        "ClinResearchStudyId InternalRadiotherapy PatientName NameRespInstitution "
        "RadiopharmaceuticalClassLabel RadionuclideClassLabel PreAValuedministeredActivityValue "
        "PostAValuedministeredActivityValue "
        "AdministeredActivityUnitLabel",
    ),
    14: (
        "absorbed-doses",
        "ClinResearchStudyId InternalRadiotherapy PatientName 3DDosimetryOfTRTClassLabel "
        "AbsorbedDoseInVOIValue AbsorbedDoseInVOIUnitLabel OrganOrTissueClassLabel",
    ),
    15: (
        "ct-images-used",
        "ClinResearchStudyId InternalRadiotherapy PatientName RadiopharmaceuticalAdminDate "
        "RadiopharmaceuticalAdminTime CTDataset TimepointClassLabel",
    ),
    16: (
        "nm-images-used",
        "ClinResearchStudyId InternalRadiotherapy PatientName RadiopharmaceuticalAdminDate "
        "RadiopharmaceuticalAdminTime DosimetryOfTRTClassLabel SPECTDataset TimepointClassLabel",
    ),
    20: (
        "spect-calibration-coefficients",
        "CalibrationCoefficient RadionuclideLabel ReferenceCalibrationDate InstitutionName "
        "CalibrationCoefficientValue CalibrationCoefficientUnitLabel CalibrationCoefficientCalculation",
    ),
    21: (
        "recovery-coefficient-curves",
        "RecoveryCoefficientCurve RadionuclideLabel ReferenceCalibrationDate InstitutionName "
        "RecoveryCoefficientCurveCalculation",
    ),
    22: (
        "recovery-coefficient-curve-elements",
        "RecoveryCoefficientCurve RadionuclideLabel ReferenceCalibrationDate InstitutionName "
        "RecoveryCoefficientCurveCalculation ElementOfRecoveryCoefficientCurve "
        "RatioMeasuredActivityToTrueActivityValue VolumeHotInsertValue VolumeHotInsertUnitLabel HotInsertId",
    ),
    23: ("ct-number-calibration-curves", "CTNumberCalibrationCurve ReferenceCalibrationDate"),
    24: (
        "ct-number-calibration-curve-elements",
        "CTNumberCalibrationCurve ReferenceCalibrationDate ElementOfCTNumberCalibrationCurve "
        "HounsfieldMeasuredValue HounsfieldMeasuredUnitLabel RealDensityOfMaterialValue "
        "RealDensityOfMaterialUnitLabel MaterialId",
    ),
    26: ("ct-calibrations", "CTCalibration ReferenceCalibrationDate CTNumberCalibrationCurve"),
    27: (
        "spect-calibrations",
        "SPECTCalibration ReferenceCalibrationDate Radionuclide RadionuclideLabel CalibrationCoefficient "
        "RecoveryCoefficientCurve IdOfSPECTCalibration",
    ),
}
W3C = {"rdf": ns.RDF, "rdfs": ns.RDFS, "owl": ns.OWL, "skos": ns.SKOS, "xsd": ns.XSD, "prov": ns.PROV}
PYTHON = {
    "text": str,
    "iri": str,
    "integer": int,
    "decimal": Decimal,
    "double": float,
    "boolean": bool,
    "date": datetime.date,
    "dateTime": datetime.datetime,
}

every_query = pytest.mark.parametrize("query", queries().values(), ids=list(queries()))


@pytest.mark.parametrize("number", ORIGINALS)
def test_a_continued_query_starts_with_the_originals_columns(number: int) -> None:
    name, columns = ORIGINALS[number]
    query = queries().by_legacy_id(number)
    assert query.name == name
    names = [c.name for c in query.columns]
    assert names[: len(columns.split())] == columns.split()


@every_query
def test_every_example_runs_and_gives_the_declared_columns(query: Query, small: Store) -> None:
    examples = {p.name: p.example for p in query.parameters}
    for given in ({}, query.header.example, examples, *({n: v} for n, v in examples.items())):
        result = query.run(small, **given)
        assert result.names == small.select(query.bind(**given)).variables
        for row in result:
            assert len(row) == len(query.columns)


@every_query
def test_values_are_of_the_declared_types(query: Query, asked: Store) -> None:
    given = {"without_handle": True} if query.name == "non-dicom-files" else {}
    for row in query.run(asked, **given):
        for value, column in zip(row, query.columns, strict=True):
            assert value is None or isinstance(value, PYTHON[column.type]), column.name
            assert column.type != "iri" or value is None or "://" in value


@every_query
def test_every_term_is_declared(query: Query) -> None:
    ontology = open_ontology()
    for iri in query.iris:
        prefix = next(p for p, namespace in PREFIXES.items() if iri.startswith(namespace))
        known = URIRef(iri) in W3C[prefix] if prefix in W3C else ontology.declared(iri)
        assert known, f"{query.name} names {iri}"


@every_query
def test_another_engine_parses_every_query(query: Query) -> None:
    for given in ({}, {p.name: p.example for p in query.parameters}):
        assert prepareQuery(query.bind(**given)).algebra.name == "SelectQuery"


@every_query
def test_headers_say_what_people_need(query: Query) -> None:
    header = query.header
    assert len(header.summary) < 90 and not header.summary.endswith(".")
    assert header.legacy_id is None or header.differences
    for column in header.columns:
        number = column.type in {"integer", "decimal", "double"}
        assert not number or column.unit or column.unit_column, column.name


def test_unknown_names_and_numbers_name_what_there_is() -> None:
    with pytest.raises(UnknownQuery, match="absorbed-doses"):
        queries()["absorbed-dose"]
    with pytest.raises(UnknownQuery, match="research-studies"):
        queries()["q"]
    with pytest.raises(UnknownQuery, match="14"):
        queries().by_legacy_id(99)


def test_the_catalogue_is_a_mapping_read_once() -> None:
    catalogue = queries()
    assert catalogue is queries()
    assert list(catalogue) == sorted(catalogue)
    assert catalogue.get("absorbed-doses") is catalogue["absorbed-doses"]
    assert catalogue.get("nothing") is None
    assert "nothing" not in catalogue


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        ("", "has no header"),
        ("#+ summary: [", "not YAML"),
        ("#+ summary: x", "columns: Field required"),
        ("#+ {summary: x, description: x, topic: x, columns: [], author: me}", "author"),
        (
            "#+ {summary: x, description: x, topic: x, columns: [{name: x, description: x}],"
            " parameters: [{name: store, description: x, example: x}]}",
            "taken by the call",
        ),
        (
            "#+ {summary: x, description: x, topic: x, columns: [{name: x, description: x}],"
            " parameters: [{name: a, type: integer, description: x, example: x}]}",
            "its example is not a whole number",
        ),
        (
            "#+ {summary: x, description: x, topic: x, columns: [{name: x, description: x, unit_column: y}]}",
            "unit column is no column",
        ),
    ],
)
def test_a_header_that_is_wrong_says_where(header: str, problem: str) -> None:
    with pytest.raises(QueryError, match=problem):
        Query("wrong", f"{header}\nSELECT ?x WHERE {{ ?x a om:VOI }}\n")


OWN = """#+ summary: Volumes of interest
#+ description: All of them.
#+ topic: regions
#+ columns:
#+   - {{name: voi, type: iri, description: the volume}}
SELECT ?voi WHERE {{ ?voi a {term} }}
"""


def test_a_folder_of_a_deployment_comes_beside_the_package(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "our-volumes.rq").write_text(OWN.format(term="om:VOI"))
    assert queries(tmp_path)["our-volumes"].iris == {PREFIXES["om"] + "VOI"}
    assert run(["query", "list", "--queries", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "our-volumes" in said and "absorbed-doses" in said
    assert run(["query", "show", "our-volumes", "--queries", str(tmp_path)]) == 0


@pytest.mark.parametrize("term", ["om:VOl", "<https://example.org/VOI>", "obo:FMA_0"])
def test_a_query_that_names_an_undeclared_term_is_refused(tmp_path: Path, term: str) -> None:
    (tmp_path / "our-volumes.rq").write_text(OWN.format(term=term))
    with pytest.raises(QueryError, match="does not declare"):
        queries(tmp_path)


def test_a_second_query_of_the_same_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "absorbed-doses.rq").write_text(OWN.format(term="om:VOI"))
    with pytest.raises(QueryError, match="two folders"):
        queries(tmp_path)
