"""The patterns of the predefined queries that DICOM feeds (originals 2 to 8 and 17 to 19).

Each text has the patterns that the original needs and the columns that can multiply its rows; the
expected rows are counted by hand, or by pydicom's own reading of the samples.
"""

from __future__ import annotations

from collections.abc import Callable

import made
import pydicom
import pytest
from graphs_read import cleaned, rows, store_of

Ask = Callable[..., list[tuple[str, ...]]]

COMMON = """?Human obo:BFO_0000087 ?RolePat . ?RolePat obo:BFO_0000054 ?Exam . ?Human om:has_name ?PatientName .
    ?Exam om:part_of_study ?S . ?S om:has_id ?Study . ?Acq obo:BFO_0000132 ?Exam .
    ?Dataset om:is_specified_output_of ?Acq ; om:has_DICOM_image_type_description ?ImageType ; rdf:type ?dc .
    ?dc skos:prefLabel ?DatasetClass ."""
SCANNER = """?Scanner rdf:type {} ; obo:BFO_0000087 ?AcqRole . ?AcqRole rdf:type om:image_acquisition_role ;
    obo:BFO_0000054 ?Acq . OPTIONAL {{ ?Scanner om:has_manufacturer_name ?Maker ; om:has_model_name ?Model }}"""
SUBJECT = """OPTIONAL { ?Exam om:has_beginning_date ?Date ; om:has_beginning_time ?Time }
    OPTIONAL { ?Human om:has_sex ?sex . ?sex rdfs:label ?Sex }
    OPTIONAL { ?age rdf:type om:age_of_patient_undergoing_medical_procedure ; om:is_about_procedure ?Exam ;
        om:is_about ?Human ; om:years ?Age }
    OPTIONAL { ?w rdf:type om:patient_weight ; om:is_about_procedure ?Exam ; om:is_about ?Human ;
        obo:IAO_0000004 ?Weight ; obo:IAO_0000039 ?wu . ?wu rdfs:label ?WeightUnit }"""
ORGAN = """OPTIONAL { ?Exam om:has_target_region ?r . ?r rdf:type ?oc . ?oc rdfs:label ?Organ }
    OPTIONAL { ?i rdf:type om:institution ; om:has_name ?Institution . ?role rdf:type om:role_of_responsible_organization ;
        obo:BFO_0000054 ?Acq ; obo:BFO_0000052 ?i }"""


def setting(name: str, class_: str) -> str:
    return f"""OPTIONAL {{ ?Acq om:has_setting ?x{name} . ?x{name} rdf:type {class_} ; obo:IAO_0000004 ?{name} ;
        obo:IAO_0000039 ?u{name} . ?u{name} rdfs:label ?{name}Unit }}"""


Q3 = f"""SELECT DISTINCT * WHERE {{ SELECT DISTINCT ?Study ?PatientName ?Sex ?Age ?Date ?Time ?CTAcqClass ?Kv ?KvUnit ?Ma ?MaUnit
    ?Focal ?Collimation ?Filter ?Exposure ?Organ ?Institution ?Modulation ?Dataset ?DatasetClass ?Maker ?Model WHERE {{
    {COMMON} {SCANNER.format("om:CT_scanner")} ?Acq rdf:type ?CTAcqClass ; om:has_protocol ?Protocol .
    ?CTAcqClass rdfs:subClassOf* om:CT_acquisition .
    {SUBJECT} {ORGAN} {setting("Kv", "dcm:113733")} {setting("Ma", "dcm:113734")} {setting("Focal", "om:focal_spot")}
    {setting("Collimation", "dcm:113827")} {setting("Exposure", "om:exposure")}
    OPTIONAL {{ ?mod obo:BFO_0000177 ?Protocol ; rdfs:subClassOf dcm:113842 ; skos:prefLabel ?Modulation }}
    OPTIONAL {{ ?f obo:BFO_0000177 ?Scanner ; rdf:type ?fc . ?fc rdfs:subClassOf* dcm:113771 ; skos:prefLabel ?Filter }} }} }}"""
Q5 = f"""SELECT DISTINCT ?Study ?PatientName ?Nuclide ?Dataset ?DatasetClass ?Institution ?Organ WHERE {{
    {COMMON} {SCANNER.format("om:PET_scanner")} ?Acq rdf:type om:PET_data_acquisition ; om:has_protocol ?Protocol .
    ?Dataset rdf:type om:PET_recon_tomo_dataset . {SUBJECT} {ORGAN}
    OPTIONAL {{ ?Acq om:has_target_radionuclide ?n . ?n rdfs:label ?Nuclide }} }}"""
Q7 = f"""SELECT DISTINCT ?Study ?PatientName ?Nuclide ?SPECTAcqClass ?Dataset ?Collimator ?Organ ?Institution WHERE {{
    {COMMON} {SCANNER.format("om:SPECT_scanner")} ?Acq rdf:type ?SPECTAcqClass .
    ?SPECTAcqClass rdfs:subClassOf* om:SPECT_data_acquisition . {SUBJECT} {ORGAN}
    OPTIONAL {{ ?Acq om:has_target_radionuclide ?n . ?n rdfs:label ?Nuclide }}
    OPTIONAL {{ ?k obo:BFO_0000177 ?Scanner ; rdf:type ?kc . ?kc rdfs:subClassOf* om:collimator ; skos:prefLabel ?Collimator }} }}"""
Q8 = f"SELECT DISTINCT ?Study ?PatientName ?Dataset ?DatasetClass ?Date ?Sex ?Age WHERE {{ {COMMON} {SUBJECT} ?Human rdf:type om:human }}"
Q17 = """SELECT DISTINCT ?Form ?Label ?Exam WHERE { ?Form rdf:type ?c . ?c rdfs:subClassOf* om:case_report_form ; skos:prefLabel ?Label
    FILTER(STRENDS(?Label, "version")) ?Form om:has_patient ?Human ; om:is_specified_output_of ?p .
    OPTIONAL { ?Form om:is_about_procedure ?Exam } }"""
Q18 = """SELECT DISTINCT ?Report ?ReportClass ?Exam ?Human ?PatientName ?Event ?Dose ?DoseClass ?Value ?Unit ?Kv ?Ma WHERE {
    ?Report om:has_dose ?Dose ; rdf:type ?rc . ?rc skos:prefLabel ?ReportClass .
    ?Dose om:is_about_irradiation_event ?Event . ?Event rdf:type ?ec ; obo:BFO_0000132 ?Exam . ?ec skos:prefLabel ?el .
    ?Dose obo:IAO_0000004 ?Value ; obo:IAO_0000039 ?u ; rdf:type ?dc . ?u rdfs:label ?Unit .
    ?dc skos:prefLabel ?DoseClass ; rdfs:subClassOf* obo:IAO_0000109 .
    ?Event om:has_setting ?k . ?k rdf:type dcm:113733 ; obo:IAO_0000004 ?Kv ; obo:IAO_0000039 ?ku . ?ku rdfs:label ?kl .
    ?Event om:has_setting ?m . ?m rdf:type dcm:113734 ; obo:IAO_0000004 ?Ma ; obo:IAO_0000039 ?mu . ?mu rdfs:label ?ml .
    ?Human obo:BFO_0000087 ?role ; om:has_name ?PatientName . ?role obo:BFO_0000054 ?Exam }"""
Q19 = """SELECT DISTINCT ?Report ?ReportClass ?Scope ?Human ?PatientName ?Sex ?Dose ?DoseClass ?Value ?Unit WHERE {
    ?Report om:has_dose ?Dose ; rdf:type ?rc ; om:has_scope_of_accumulation ?Scope . ?rc skos:prefLabel ?ReportClass .
    ?Dose obo:IAO_0000004 ?Value ; obo:IAO_0000039 ?u ; rdf:type ?dc . ?u rdfs:label ?Unit .
    ?dc skos:prefLabel ?DoseClass ; rdfs:subClassOf* om:accumulated_dose . ?Scope rdf:type ?sc . ?sc skos:prefLabel ?sl .
    ?Human obo:BFO_0000087 ?role . ?role obo:BFO_0000054 ?Scope . OPTIONAL { ?Human om:has_sex ?x ; om:has_name ?PatientName . ?x rdfs:label ?Sex } }"""

FULL = {
    "ProtocolName": "CT Thorax",
    "SeriesDescription": "CT body",
    "PatientAge": "063Y",
    "PatientWeight": "80",
    "BodyPartExamined": "CHEST",
    "InstitutionName": "General Hospital",
    "FocalSpots": "0.7",
    "TotalCollimationWidth": 38.4,
    "FilterType": "FLAT",
    "ExposureModulationType": "NONE",
    "DeviceSerialNumber": "4711",
}


def test_a_ct_series_is_one_row_with_all_its_columns(ask: Ask) -> None:
    series = [made.ct(n, XRayTubeCurrent=str(100 * n), **FULL) for n in (1, 2, 3)]
    ((*row,),) = ask(Q3, series)
    assert "" not in row
    assert {
        "755523-t33",
        "P-001",
        "120",
        "200",
        "kilovolt",
        "milliampere",
        "38.4",
        "flat filter",
        "Thorax",
        "Site A",
    } <= set(row)


def test_scanners_that_several_acquisitions_share_mix_no_filters(ask: Ask) -> None:
    flat, wedge = made.ct(1, 1, **FULL), made.ct(1, 2, **(FULL | {"FilterType": "WEDGE", "KVP": "80"}))
    found = ask("SELECT ?Kv ?Filter WHERE { " + Q3.partition("WHERE { ")[2], flat, wedge)
    assert [f for f in found if "" not in f] == [("120", "flat filter"), ("80", "wedge filter")]
    assert len(ask("SELECT ?d WHERE { ?d a om:medical_imaging_device }", flat, wedge)) == 1


def test_an_image_and_its_dose_report_mix_no_rows(ask: Ask) -> None:
    """They meet at the irradiation event; neither's settings and protocols get into the other's rows."""
    event = f"{made.ROOT}.7.1"
    images = [
        [made.ct(n, s, IrradiationEventUID=event, XRayTubeCurrent=str(100 * n)) for n in (1, 2)]
        for s in (1, 2)
    ]
    report = made.ct_report(made.ct_event(1, ("A", "100", "300"), ("B", "140", "60")))
    assert len(ask(Q3, *images, report)) == 2
    assert ask(Q3, *images, report) == ask(Q3, *images)
    assert ask(Q18, *images, report) == ask(Q18, report)
    meet = """SELECT DISTINCT ?v WHERE { ?data a om:CT_image_dataset ; om:is_specified_output_of/obo:BFO_0000132 ?e .
        ?d a dcm:113838 ; om:is_about_irradiation_event ?e ; obo:IAO_0000004 ?v }"""
    assert ask(meet, *images, report) == [("300",)]


def test_each_dose_of_an_event_is_one_row_whatever_the_number_of_tubes(ask: Ask) -> None:
    two = made.ct_report(
        made.ct_event(1, ("A", "100", "300"), ("B", "140", "60")), made.ct_event(2, ("A", "120", "200"))
    )
    found = ask(Q18, two)
    assert len(found) == 6  # CTDIvol, DLP and size specific dose, of two events
    assert {row[-2:] for row in found} == {("120", "180"), ("120", "200")}


def test_a_report_that_includes_an_earlier_one_repeats_no_dose_and_no_total(ask: Ask) -> None:
    first = made.ct_report(made.ct_event(1, ("A", "120", "200")))
    second = made.ct_report(
        made.ct_event(1, ("A", "120", "200")), made.ct_event(2, ("A", "120", "250")), number=2, total="900"
    )
    assert len({(row[5], row[6]) for row in ask(Q18, first, second)}) == 6
    totals = ask(Q19, first, second)
    assert sorted(row[8] for row in totals) == ["600", "900"]
    assert len({row[0] for row in totals}) == 2


def test_pet_and_spect_series_are_rows_and_planar_ones_are_not(ask: Ask) -> None:
    ((study, patient, nuclide, *_),) = ask(Q5, made.pet())
    assert (study, patient, nuclide) == ("755523-t33", "P-001", "Fluorine-18 atom")
    assert ask(Q5, made.pet(kind=made.EPET, ImageType=["ORIGINAL", "PRIMARY", "AXIAL", "NONE"])) != []
    collimators = sorted(row[5] for row in ask(Q7, made.nm("TOMO")))
    assert collimators == ["fan-beam collimator", "parallel collimator"]
    assert ask(Q7, made.nm("STATIC")) == []


def test_all_data_sets_of_a_study_are_listed_once(ask: Ask) -> None:
    sources = [made.ct(), made.pet(), made.nm("TOMO"), made.ct_report(made.ct_event(1, ("A", "120", "200")))]
    assert len(ask(Q8, *sources)) == 3


def test_case_report_forms_are_listed(ask: Ask) -> None:
    ((_, label, exam),) = ask(Q17, made.report("1.1.88.22", "CRF_UKW", made.text("121106", "x")))
    assert label.endswith("version")
    assert exam


# --- samples ------------------------------------------------------------------------------------


def doses(report: pydicom.Dataset) -> int:
    """CTDIvol and DLP of the acquisitions whose voltage and current are stated, by pydicom alone."""

    def below(item: pydicom.Dataset) -> list[str]:
        found = []
        for child in item.get("ContentSequence", []):
            stated = child.ValueType != "NUM" or bool(child.get("MeasuredValueSequence"))
            if stated and child.get("ConceptNameCodeSequence"):
                found.append(str(child.ConceptNameCodeSequence[0].CodeValue))
            found += below(child)
        return found

    events = [i for i in report.ContentSequence if str(i.ConceptNameCodeSequence[0].CodeValue) == "113819"]
    told = [set(below(event)) for event in events]
    return sum(len({"113830", "113838"} & t) for t in told if {"113733", "113734"} <= t)


@pytest.mark.parametrize(
    "name",
    ["openrem__CT-RDSR-Siemens_Flash-TAP-SS", "openrem__CT-RDSR-Siemens_Flash-QA-DS", "openrem__CT-ESR-GE_Optima",
     "openrem__CT-RDSR-GEPixelMed", "openrem__CT-RDSR-Philips_BigBore4DCT", "openrem__CT-RDSR-Toshiba_DoseCheck",
     "openrem__NM-CT-RDSR-Siemens"],
)  # fmt: skip
def test_samples_give_one_row_a_dose_and_one_a_total(samples, settings, name: str) -> None:
    report = cleaned(pydicom.dcmread(samples / f"{name}.dcm"))
    store = store_of([report], settings)
    found = rows(store, Q18)
    assert len(found) == doses(report) == len({row[6] for row in found}) > 0
    assert len(rows(store, Q19)) == 1


def test_the_sample_of_two_reports_of_one_study_has_a_total_each(samples, settings) -> None:
    reports = [
        cleaned(pydicom.dcmread(samples / f"openrem__CT-RDSR-Siemens-Continued-{n}.dcm")) for n in (1, 2)
    ]
    store = store_of(reports, settings)
    found = rows(store, Q18)
    assert len({row[6] for row in found}) == sum(map(doses, reports))
    assert len(rows(store, Q19)) == 2


@pytest.mark.parametrize(
    ("name", "query", "expected"),
    [
        ("openrem__NM-PetIm-Siemens", Q5, 1),
        ("openrem__NM-NmIm-Siemens-s1-1", Q7, 1),
        ("openrem__NM-NmIm-Siemens", Q7, 0),
        ("pydicom__77654033_CT2_17106", Q3, 1),
        ("pydicom__98892001_CT2N_6293", Q3, 1),
    ],
)
def test_sample_images_give_one_row(samples, settings, name: str, query: str, expected: int) -> None:
    image = cleaned(pydicom.dcmread(samples / f"{name}.dcm", stop_before_pixels=True))
    assert len(rows(store_of([image], settings), query)) == expected
