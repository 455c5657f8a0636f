"""Dose reports, against a walk of the same tree that shares nothing with the translator."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import made
import pydicom
import pytest
from graphs_read import cleaned, rows, store_of
from pydicom import Dataset

import ontomedirad
from ontomedirad import resources

OM = "http://medicis.univ-rennes1.fr/ontologies/ontospm/OntoMEDIRAD.owl#"
DCM = "http://dicom.nema.org/resources/ontology/DCM/"
FMA = "http://purl.obolibrary.org/obo/FMA_"
REPORTS = [
    "openrem__CT-RDSR-Siemens_Flash-TAP-SS",
    "openrem__CT-RDSR-Siemens_Flash-QA-DS",
    "openrem__CT-RDSR-Siemens-Continued-1",
    "openrem__CT-RDSR-Siemens-Continued-2",
    "openrem__CT-ESR-GE_Optima",
    "openrem__CT-RDSR-GEPixelMed",
    "openrem__CT-RDSR-Philips_BigBore4DCT",
    "openrem__CT-RDSR-Toshiba_DoseCheck",
    "openrem__NM-CT-RDSR-Siemens",
    "openrem__NM-RRDSR-Siemens",
    "openrem__RF-RDSR-Siemens-Zee",
    "openrem__DX-RDSR-Canon_CXDI",
]
UNITS = {"mGycm": "mGy.cm", "Gym2": "Gy.m2", "uAs": "uA.s", "{ratio}": "", "1": ""}
UNCARRIED = {"{events}", "{X-Ray sources}", "X-ray sources", "a"}
"""Counts and ages, which are no quantities."""


def concept(item: Dataset) -> str:
    name = item.get("ConceptNameCodeSequence")
    return str(name[0].CodeValue) if name else ""


def numbers(item: Dataset, event: str = "") -> Iterator[tuple[str, str, float, str]]:
    """Event UID, concept, value and unit of every NUM with a value."""
    children = item.get("ContentSequence", [])
    event = next((str(c.UID) for c in children if concept(c) in ("113769", "113503")), event)
    for child in children:
        if child.ValueType == "NUM" and child.get("MeasuredValueSequence"):
            measured = child.MeasuredValueSequence[0]
            unit = str(measured.MeasurementUnitsCodeSequence[0].CodeValue)
            yield event, concept(child), float(measured.NumericValue), unit
        yield from numbers(child, event)


def listed() -> dict[str, str]:
    """The classes of the NUM concepts of concepts.tsv, by code value."""
    table = resources.rows(resources.translators() / "dicom" / "concepts.tsv")
    return {r["concept"].partition(":")[2]: r["term"] for r in table if r["type"] == "NUM" and r["term"]}


def carried(store: Any, term: str) -> set[tuple[str, float, str]]:
    """Event UID, value and unit of the quantities of a class, by every way that leads to an event."""
    text = f"""SELECT ?uid ?v ?u WHERE {{ ?q a {term} ; obo:IAO_0000004 ?v . FILTER NOT EXISTS {{ ?q a om:mean }}
        OPTIONAL {{ ?q omx:has_UCUM_code ?u }}
        OPTIONAL {{ ?e om:has_DICOM_UID ?uid .
            {{ ?e om:has_setting|omx:has_source_setting ?q }} UNION
            {{ ?q om:is_about_irradiation_event|om:is_about ?e }} UNION
            {{ ?q om:is_device_setting_of/om:used_as_instrument_in ?e }} }} }}"""
    return {(uid, float(v), u) for uid, v, u in rows(store, text)}


@pytest.mark.parametrize("name", REPORTS)
def test_every_listed_number_of_a_sample_is_carried_with_event_and_unit(samples, settings, name: str) -> None:
    report = cleaned(pydicom.dcmread(samples / f"{name}.dcm"))
    store, classes, checked = store_of([report], settings), listed(), 0
    wanted = [n for n in numbers(report) if n[1] in classes and n[3] not in UNCARRIED]
    half_lives = {value for _, code, value, _ in wanted if code == "R-42806"}
    wanted = [n for n in wanted if n[1] != "R-42806"]
    assert {float(v) for (v,) in rows(store, "SELECT ?v WHERE { ?h om:seconds ?v }")} == half_lives
    for event, code, value, unit in wanted:
        expected = (value, UNITS.get(unit, unit))
        found = carried(store, classes[code])
        assert expected in {(v, u) for _, v, u in found}, (code, unit)
        if event and code not in ("8302-2", "29463-7"):
            assert (event, *expected) in found, (code, event)
        checked += 1
    assert checked >= 9


@pytest.mark.parametrize("name", REPORTS)
def test_every_number_is_carried_or_counted(samples, settings, name: str) -> None:
    report = cleaned(pydicom.dcmread(samples / f"{name}.dcm"))
    told = ontomedirad.translate(report, settings=settings).report.text()
    for _, code, _, _ in numbers(report):
        assert code in listed() or f"{code}: " in told, code


@pytest.mark.parametrize(
    ("name", "class_", "events", "sources"),
    [
        ("openrem__CT-RDSR-Siemens_Flash-TAP-SS", "CT_irradiation_event", 4, 4),
        ("openrem__CT-RDSR-Siemens_Flash-QA-DS", "CT_irradiation_event", 9, 18),
        ("openrem__CT-ESR-GE_Optima", "CT_irradiation_event", 6, 6),
        ("openrem__CT-RDSR-Philips_BigBore4DCT", "CT_irradiation_event", 1, 1),
        ("openrem__NM-RRDSR-Siemens", "radiopharmaceutical_administration", 1, 0),
    ],
)
def test_events_and_sources_are_as_many_as_the_manifest_says(
    samples, settings, name: str, class_: str, events: int, sources: int
) -> None:
    store = store_of([cleaned(pydicom.dcmread(samples / f"{name}.dcm"))], settings)
    assert len(rows(store, f"SELECT DISTINCT ?e WHERE {{ ?e a om:{class_} }}")) == events
    assert (
        len(
            rows(
                store,
                "SELECT DISTINCT ?s WHERE { ?s a om:X-Ray_source }".replace(
                    "om:X-Ray_source", f"<{OM}X-Ray_source>"
                ),
            )
        )
        == sources
    )


@pytest.mark.parametrize("name", REPORTS)
def test_shapes_hold_on_samples(samples, settings, name: str) -> None:
    translation = ontomedirad.translate(cleaned(pydicom.dcmread(samples / f"{name}.dcm")), settings=settings)
    assert ontomedirad.check(translation).conforms()


# --- made reports -------------------------------------------------------------------------------


def test_doses_of_an_event_have_its_phantom_and_its_event(ask) -> None:
    report = made.ct_report(made.ct_event(1, ("A", "120", "200")))
    text = """SELECT ?c ?v ?u ?p WHERE { ?r om:has_dose ?d . ?d a ?c ; obo:IAO_0000004 ?v ; omx:has_UCUM_code ?u ;
        om:is_about_irradiation_event ?e . ?e a om:CT_irradiation_event
        OPTIONAL { ?d om:estimated_from_phantom ?p } FILTER(STRSTARTS(STR(?c), STR(dcm:))) }"""
    body = DCM + "113691"
    assert ask(text, report) == [
        (DCM + "113830", "10.5", "mGy", body),
        (DCM + "113838", "300", "mGy.cm", body),
        (DCM + "113930", "14.1", "mGy", body),
    ]


def test_a_size_specific_dose_has_its_method(ask) -> None:
    text = (
        "SELECT ?m WHERE { ?d a dcm:113930 ; om:is_about ?p . ?p a ?m FILTER(STRSTARTS(STR(?m), STR(dcm:))) }"
    )
    assert ask(text, made.ct_report(made.ct_event(1, ("A", "120", "200")))) == [(DCM + "113988",)]


def test_the_interval_of_a_report_is_not_that_of_its_events(ask) -> None:
    text = "SELECT ?c ?b ?e WHERE { ?x om:has_beginning ?b ; om:has_end ?e ; a ?c FILTER(STRSTARTS(STR(?c), STR(om:))) }"
    report = made.ct_report(made.ct_event(1, ("A", "120", "200")))
    assert ask(text, report) == [(OM + "accumulated_irradiation_event", "20240101T090000", "20240101T091000")]


def test_regions_of_events_have_their_side(ask) -> None:
    text = "SELECT ?c WHERE { ?e a om:CT_irradiation_event ; om:has_target_region/rdf:type ?c }"
    assert ask(text, made.ct_report(made.ct_event(1, ("A", "120", "200")))) == [(FMA + "7205",)]


SETTINGS = """SELECT ?c ?v WHERE {{ ?e {} ?s . ?s obo:IAO_0000004 ?v ; a ?c .
    VALUES ?c {{ dcm:113733 dcm:113734 }} }}"""


def test_two_tubes_stay_apart_and_the_event_has_their_means(ask) -> None:
    report = made.ct_report(made.ct_event(1, ("A", "100", "300"), ("B", "140", "60")))
    own = SETTINGS.format("omx:has_source_setting")
    kv, ma = DCM + "113733", DCM + "113734"
    assert ask(own, report) == [(kv, "100"), (kv, "140"), (ma, "300"), (ma, "60")]
    assert ask(SETTINGS.format("om:has_setting"), report) == [(kv, "120"), (ma, "180")]
    pairs = """SELECT ?kv ?ma WHERE { ?k om:is_device_setting_of ?s ; a dcm:113733 ; obo:IAO_0000004 ?kv .
        ?m om:is_device_setting_of ?s ; a dcm:113734 ; obo:IAO_0000004 ?ma }"""
    assert ask(pairs, report) == [("100", "300"), ("140", "60")]


def test_labels_do_not_count(ask) -> None:
    report = made.ct_report(made.ct_event(1, ("A", "120", "200")))
    text = "SELECT ?c ?v WHERE { ?d a ?c ; obo:IAO_0000004 ?v }"
    before = ask(text, report)

    def relabel(of: Dataset, element: Any) -> None:
        if element.keyword == "CodeMeaning":
            element.value = "another LABEL"

    report.walk(relabel)
    assert len(before) > 12
    assert ask(text, report) == before


@pytest.mark.parametrize(
    ("written", "value", "ucum"),
    [
        ("mGy.cm", "600", "mGy.cm"),
        ("mGycm", "600", "mGy.cm"),
        ("mGy*cm", "600", "mGy.cm"),
        ("Gy.cm", "600000", "mGy.cm"),
    ],
)
def test_units_are_read_as_makers_spell_them(ask, written: str, value: str, ucum: str) -> None:
    report = made.ct_report(made.ct_event(1, ("A", "120", "200")))
    total = report.ContentSequence[5].ContentSequence[1]
    total.MeasuredValueSequence[0].MeasurementUnitsCodeSequence[0].CodeValue = written
    text = "SELECT ?v ?u ?si WHERE { ?d a dcm:113813 ; obo:IAO_0000004 ?v ; omx:has_UCUM_code ?u ; omx:has_SI_value ?si }"
    ((found, unit, si),) = ask(text, report)
    assert (found, unit) == (value, ucum)
    assert float(si) == pytest.approx(float(value) * 1e-5)


def test_an_unknown_unit_is_carried_as_written_and_told(settings) -> None:
    report = made.report(
        made.CT_RDSR,
        "113701",
        made.container("113706", made.uid("113769", "1.2.3"), made.num("113738", "2", "furlong")),
    )
    translation = ontomedirad.translate(report, settings=settings)
    assert [f.code for f in translation.report.at("should")] == ["dicom-unit"]
    assert '"furlong"' in translation.nquads


def test_unknown_containers_are_walked_through(ask) -> None:
    wrapped = made.container(made.code("220001", "99SHS"), made.num("113839", "7.5", "mSv"))
    report = made.rrdsr(made.code("35321007", "SCT"), made.code("77004003", "SCT"), "394", wrapped)
    text = "SELECT ?v WHERE { ?d a om:effective_dose ; obo:IAO_0000004 ?v ; om:is_effective_dose_received_by ?h . ?h a om:human }"
    assert ask(text, report) == [("7.5",)]


def test_an_event_in_a_container_that_no_table_knows_is_still_an_event(ask) -> None:
    """TID 10040 keeps its events in containers of its own."""
    report = made.report(
        made.ENHANCED_RDSR,
        "113701",
        made.container("130001", made.uid("113769", "1.2.3"), made.num("113738", "0.02", "Gy")),
    )
    text = "SELECT ?v WHERE { ?r om:has_dose ?d . ?d a dcm:113738 ; obo:IAO_0000004 ?v ; om:is_about_irradiation_event/om:has_DICOM_UID '1.2.3' }"
    assert ask(text, report) == [("0.02",)]


@pytest.mark.parametrize(
    ("agent", "nuclide", "class_", "activity"),
    [
        (made.code("395789007", "SCT"), made.code("1368003", "SCT"), "iodine_131_atom", "3700"),
        (made.code("781259000", "SCT"), made.code("C-101ED", "SRT"), "lutetium_177_atom", "7400"),
    ],
)
def test_a_therapy_is_an_internal_radiotherapy(ask, agent, nuclide, class_: str, activity: str) -> None:
    text = """SELECT ?n ?v ?r WHERE { ?t a om:internal_radiotherapy ; om:treats ?h ; obo:BFO_0000117 ?a .
        ?a a om:radiopharmaceutical_administration ; om:has_specified_input ?n ; om:has_protocol/rdf:type ?r .
        ?q a dcm:113507 ; om:is_about ?a ; obo:IAO_0000004 ?v . ?n rdfs:subClassOf* rn:radionuclide
        FILTER(STRSTARTS(STR(?r), STR(omx:))) }"""
    rn = "http://medicis.univ-rennes1.fr/ontologies/ontospm/Radionuclides_for_OntoMEDIRAD.owl#"
    oral = "https://w3id.org/ontomedirad/terms#oral_route"
    assert ask(text, made.rrdsr(agent, nuclide, activity)) == [(rn + class_, activity, oral)]
    diagnostic = made.rrdsr(agent, nuclide, activity, therapeutic=False)
    assert ask("SELECT ?t WHERE { ?t a om:internal_radiotherapy }", diagnostic) == []


def test_the_catalogue_lists_therapies_of_dose_reports(settings) -> None:
    report = made.rrdsr(made.code("395789007", "SCT"), made.code("1368003", "SCT"), "3700")
    with ontomedirad.open_store(":memory:") as store:
        store.put(ontomedirad.translate(report, settings=settings))
        (row,) = store.query("radiopharmaceutical-administrations").to_pandas().to_dict("records")
    assert row["RadionuclideClassLabel"] == "Iodine-131 atom"
    assert (row["AdministrationDate"], row["PatientId"]) == ("20240101", "P-001")


def test_an_agent_without_class_is_named_by_its_code(ask) -> None:
    text = "SELECT ?n WHERE { ?a om:has_specified_input ?x . ?x a snmi:radiopharmaceutical ; om:has_name ?n }"
    report = made.rrdsr(made.code("781259000", "SCT"), made.code("447553000", "SCT"), "7400")
    assert ask(text, report) == [("Lutetium^177^ DOTATATE",)]


def test_unknown_codes_are_told(settings) -> None:
    report = made.rrdsr(made.code("X", "99ACME"), made.code("Y", "99ACME"), "100")
    codes = {f.code for f in ontomedirad.validate(report, settings=settings, level="may")}
    assert {"dicom-radiopharmaceutical", "dicom-radionuclide"} <= codes


def test_organ_doses_reach_their_organ_on_its_side(ask) -> None:
    dose = made.container(
        "113517",
        made.coded(made.code("363698007", "SCT"), made.code("64033007", "SCT")),
        made.coded(made.code("272741003", "SCT"), made.code("24028007", "SCT")),
        made.num("113518", "25.3", "mGy", made.text("121406", "ICRP Publication 128")),
    )
    report = made.rrdsr(made.code("35321007", "SCT"), made.code("77004003", "SCT"), "394", dose)
    text = "SELECT ?o ?v ?s WHERE { ?d a dcm:128533 ; obo:IAO_0000004 ?v ; om:is_dose_absorbed_by/rdf:type ?o ; om:is_about ?s }"
    right = "https://w3id.org/ontomedirad/terms#ICRP_Publication_128"
    assert ask(text, report) == [(FMA + "7204", "25.3", right)]


def test_a_patient_report_tells_doses_of_organs_and_what_they_rest_on(ask) -> None:
    site = made.coded(made.code("363698007", "SCT"), made.code("80891009", "SCT"))
    report = made.patient_report(made.container("128413", site, made.num("128533", "12", "mGy")))
    text = """SELECT ?v ?o ?uid ?m WHERE { ?e a om:radiation_dose_estimation ; om:has_specified_output ?d ;
        om:has_specified_input/om:has_DICOM_SOP_instance_UID ?uid ; om:has_protocol/rdf:type ?m .
        ?d a dcm:128533 ; obo:IAO_0000004 ?v ; om:is_dose_absorbed_by/rdf:type ?o FILTER(STRSTARTS(STR(?m), STR(dcm:))) }"""
    assert ask(text, report) == [("12", FMA + "7088", f"{made.ROOT}.8.1.9", DCM + "128480")]


def test_mammography_doses_are_per_breast(ask) -> None:
    event = made.container(
        "113706",
        made.uid("113769", "1.2.3"),
        made.moment("111526", "20240101101500"),
        made.num("111631", "1.4", "mGy"),
        made.num("111633", "52", "mm"),
        made.container(
            "113771",
            made.coded("113772", made.code("113653")),
            made.coded("113757", made.code("105877002", "SCT")),
            made.num("113758", "0.05", "mm"),
        ),
    )
    report = made.report(made.CT_RDSR, "113701", made.coded("121058", made.code("71651007", "SCT")), event)
    text = """SELECT ?v ?t ?b ?m WHERE { ?d a dcm:111631 ; obo:IAO_0000004 ?v ; om:is_about_irradiation_event ?e .
        ?e om:has_setting ?s ; om:has_beginning ?b . ?s a dcm:111633 ; obo:IAO_0000004 ?t .
        ?f om:used_as_instrument_in ?e ; a dcm:113653 ; obo:BFO_0000110 ?m }"""
    assert ask(text, report) == [("1.4", "52", "20240101T101500", OM + "rhodium_or_rhodium_compound")]


def test_a_case_report_form_is_typed_and_tells_no_author(ask) -> None:
    form = made.report("1.1.88.22", "CRF_IUCT", made.text("121106", "free text"))
    assert ask(
        "SELECT ?r WHERE { ?r a om:CRF_WP3_IUCT_version ; om:has_patient ?h ; om:is_specified_output_of ?p }",
        form,
    )
    assert ask("SELECT ?a WHERE { ?a a om:author }", form) == []


def test_a_later_report_supersedes_the_one_that_it_names(ask) -> None:
    earlier = made.item(
        StudyInstanceUID=made.STUDY,
        ReferencedSeriesSequence=[
            made.item(
                SeriesInstanceUID="1.2",
                ReferencedSOPSequence=[made.item(ReferencedSOPInstanceUID=f"{made.ROOT}.8.1.9")],
            )
        ],
    )
    first = made.ct_report(made.ct_event(1, ("A", "120", "200")))
    second = made.ct_report(
        made.ct_event(1, ("A", "120", "200")), made.ct_event(2, ("A", "120", "250")), number=2, total="900",
        PredecessorDocumentsSequence=[earlier],
    )  # fmt: skip
    assert len(ask("SELECT ?a ?b WHERE { ?a omx:supersedes ?b . ?b om:has_dose ?d }", first, second)) > 0
    totals = "SELECT ?r ?v WHERE { ?r om:has_dose ?d . ?d a dcm:113813 ; obo:IAO_0000004 ?v }"
    assert sorted(v for _, v in ask(totals, first, second)) == ["600", "900"]
    doses = "SELECT ?d WHERE { ?d a dcm:113838 ; om:is_about_irradiation_event ?e }"
    assert len(ask(doses, first, second)) == 2
