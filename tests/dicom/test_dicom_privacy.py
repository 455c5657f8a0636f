"""Identities: what is refused, what is never read, and what never gets out."""

from __future__ import annotations

import json
import logging
import re
import string
from pathlib import Path

import made
import pydicom
import pytest
from graphs_read import cleaned
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from pydicom import Dataset
from pydicom.datadict import tag_for_keyword

import ontomedirad
from ontomedirad.dicom.allowed import attributes, rows, sequences, tag_of
from ontomedirad.errors import NotConforming, SourceError
from ontomedirad.privacy import Privacy

IDENTIFIED = [
    "openrem__DX-RDSR-Canon_CXDI",
    "openrem__RF-RDSR-Siemens-Zee",
    "openrem__CT-ESR-GE_Optima",
    "openrem__CT-RDSR-GEPixelMed",
    "pydicom-data__eCT_Supplemental",
    "openrem__CT-RDSR-Toshiba_DoseCheck",
    "pydicom__CT_small",
]
EMPTIED = [
    "openrem__NM-PetIm-Siemens",
    "openrem__NM-PetIm-Siemens-3",
    "openrem__NM-NmIm-Siemens",
    "openrem__NM-NmIm-Siemens-s1-1",
    "openrem__NM-CT-RDSR-Siemens",
]
PERSONS = [
    ("PatientName", "PN"), ("ReferringPhysicianName", "PN"), ("PerformingPhysicianName", "PN"),
    ("OperatorsName", "PN"), ("PhysiciansOfRecord", "PN"), ("NameOfPhysiciansReadingStudy", "PN"),
    ("RequestingPhysician", "PN"), ("OtherPatientNames", "PN"), ("PatientBirthName", "PN"),
    ("ResponsiblePerson", "PN"), ("PatientMotherBirthName", "PN"), ("ConsultingPhysicianName", "PN"),
    ("PatientID", "LO"), ("OtherPatientIDs", "LO"), ("PatientAddress", "LO"), ("PatientTelephoneNumbers", "SH"),
    ("AccessionNumber", "SH"), ("InstitutionName", "LO"), ("InstitutionAddress", "ST"), ("StationName", "SH"),
    ("StudyID", "SH"), ("PatientComments", "LT"), ("ImageComments", "LT"), ("AdditionalPatientHistory", "LT"),
    ("Occupation", "SH"), ("AdmissionID", "LO"), ("StudyDescription", "LO"), ("SeriesDescription", "LO"),
    ("ProtocolName", "LO"), ("RequestedProcedureDescription", "LO"), ("InstitutionalDepartmentName", "LO"),
    ("CurrentPatientLocation", "LO"), ("IssuerOfPatientID", "LO"), ("DerivationDescription", "ST"),
]  # fmt: skip


def told(name: str, samples: Path, **changes: object) -> ontomedirad.Report:
    """What the gate says of a sample as it is."""
    chosen = ontomedirad.Settings(privacy=Privacy(**changes))
    return ontomedirad.validate(samples / f"{name}.dcm", settings=chosen, level="may")


def everything_about_a_person(dataset: Dataset) -> set[str]:
    """Names, birth dates, operators, addresses and comments of a file, by pydicom's own reading."""
    keywords = {k for k, vr in PERSONS if vr != "PN"} - {
        "StudyID",
        "StudyDescription",
        "SeriesDescription",
        "ProtocolName",
    }
    keywords |= {"PatientBirthDate", "DeviceSerialNumber"}
    found: set[str] = set()
    for element in dataset.iterall():
        if element.VR == "PN" or element.keyword in keywords:
            values = (
                element.value if isinstance(element.value, pydicom.multival.MultiValue) else [element.value]
            )
            for value in values:
                text = str(value or "")
                found |= {text, *text.split("^")}
    return {t for t in found if len(t) > 4 and "removed" not in t.lower()}


@pytest.mark.parametrize("name", IDENTIFIED)
def test_a_source_with_an_identity_is_refused_without_telling_it(samples: Path, name: str) -> None:
    report = told(name, samples)
    assert "dicom-identity" in {f.code for f in report.at("must")}
    with pytest.raises(NotConforming) as caught:
        ontomedirad.translate(samples / f"{name}.dcm")
    said = report.text() + report.to_json() + str(caught.value) + repr(caught.value)
    said = re.sub(r"\w+ \([0-9A-F]{4},[0-9A-F]{4}\)", "", said.replace(str(samples), "").replace(name, ""))
    for secret in everything_about_a_person(
        pydicom.dcmread(samples / f"{name}.dcm", stop_before_pixels=True)
    ):
        assert secret not in said


@pytest.mark.parametrize("name", EMPTIED)
def test_an_emptied_source_passes(samples: Path, name: str) -> None:
    assert told(name, samples).conforms("must")
    assert ontomedirad.check(ontomedirad.translate(samples / f"{name}.dcm")).conforms()


def test_a_physician_who_was_overlooked_refuses_the_report(samples: Path) -> None:
    report = told("openrem__NM-RRDSR-Siemens", samples)
    assert [f.place.path for f in report.at("must")] == ["ReferringPhysicianName (0008,0090)"]


@pytest.mark.parametrize("name", [*IDENTIFIED, *EMPTIED, "openrem__CT-RDSR-Siemens_Flash-TAP-SS"])
def test_test_data_are_told_and_their_identity_stays_out(samples: Path, name: str) -> None:
    chosen = ontomedirad.Settings(privacy=Privacy(test_data=True))
    dataset = pydicom.dcmread(samples / f"{name}.dcm", stop_before_pixels=True)
    try:
        translation = ontomedirad.translate(samples / f"{name}.dcm", settings=chosen)
    except NotConforming as refused:
        assert {f.code for f in refused.report.at("must")} == {"dicom-identity-in-graph"}
        return
    lines = [line for line in translation.nquads.splitlines() if "_UID>" not in line and "WADO" not in line]
    for secret in everything_about_a_person(dataset):
        assert not [line for line in lines if f'"{secret}"' in line or f" {secret} " in line]


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({}, []),
        ({"PatientIdentityRemoved": "NO"}, ["dicom-identity-removed"]),
        ({"PatientName": "Doe^Jane"}, ["dicom-identity"]),
        ({"PatientName": "Doe Jane"}, ["dicom-identity"]),
        ({"PatientID": "Doe, Jane"}, ["dicom-identity"]),
        ({"PatientBirthDate": "19701231"}, ["dicom-identity"]),
        ({"PatientBirthDate": "19000101"}, []),
        ({"OperatorsName": "Doe^Jane"}, ["dicom-identity"]),
        ({"OperatorsName": "REMOVED"}, []),
        ({"OperatorsName": ["", "^"]}, []),
        ({"PatientTelephoneNumbers": "+33 1 23"}, ["dicom-identity"]),
        ({"OtherPatientIDs": "12345"}, ["dicom-identity"]),
        ({"AccessionNumber": "A-7731"}, []),
    ],
)
def test_the_gate_asks_what_the_profile_asks(change: dict[str, object], codes: list[str], settings) -> None:
    report = ontomedirad.validate(made.ct(**change), settings=settings)
    assert [f.code for f in report] == codes


def test_persons_are_found_at_any_depth(settings) -> None:
    nested = made.item(RequestAttributesSequence=[made.item(ScheduledPerformingPhysicianName="Doe^Jane")])
    image = made.ct(ProcedureStepDiscontinuationReasonCodeSequence=[nested])
    for source in (image, made.as_bytes(image), image.to_json_dict()):
        report = ontomedirad.validate(source, settings=settings)
        assert [f.place.path for f in report] == ["ScheduledPerformingPhysicianName (0040,0006)"]
    person = made.content("PNAME", made.code("113870"), PersonName="Doe^Jane")
    assert not ontomedirad.validate(made.ct_report(person), settings=settings).conforms()


def test_no_attribute_about_a_person_is_on_the_list_of_what_is_read() -> None:
    """PatientID is the pseudonym; institution and serial number enter no text (PS3.15, Table E.1-1)."""
    known = {"PatientID", "InstitutionName", "DeviceSerialNumber"}
    listed = {tag_of(r["tag"]) for r in rows("identity.tsv")}
    read = set(attributes()) | set(sequences())
    assert {attributes().get(t) for t in listed & read} == known
    assert not [k for k, vr in PERSONS if vr == "PN" and tag_for_keyword(k) in read]


secrets = st.text(alphabet=string.ascii_letters, min_size=6, max_size=12).map(lambda t: "Zq" + t)


@given(planted=st.dictionaries(st.sampled_from(PERSONS), secrets, min_size=1, max_size=8), data=st.data())
@examples(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_planted_identity_gets_nowhere(caplog, capsys, planted, data) -> None:
    """Whatever attribute holds it, whatever the source: not in a graph, a message, a log or an error."""
    build = data.draw(st.sampled_from([made.ct, made.pet, lambda **v: made.nm("TOMO", **v), _report]))
    image = build(**{keyword: value for (keyword, _), value in planted.items()})
    source = data.draw(st.sampled_from([lambda d: d, made.as_bytes, lambda d: d.to_json_dict()]))(image)
    chosen = ontomedirad.Settings(privacy=Privacy(pseudonym=r"P-\d+", texts=("CT *",)))
    caplog.set_level(logging.DEBUG)
    said = ontomedirad.validate(source, settings=chosen, level="may").to_json()
    try:
        translation = ontomedirad.translate(source, settings=chosen)
        said += translation.nquads + translation.report.text() + repr(translation)
    except NotConforming as refused:
        said += str(refused)
    said += caplog.text + "".join(capsys.readouterr())
    for secret in planted.values():
        assert secret not in said


def _report(**values: object) -> Dataset:
    return made.ct_report(made.ct_event(1, ("A", "120", "200")), made.text("121106", "Zqcomment"), **values)


def test_a_text_that_repeats_an_identity_is_caught_before_it_gets_out() -> None:
    chosen = ontomedirad.Settings(privacy=Privacy(texts=("CT *",)))
    with pytest.raises(NotConforming) as caught:
        ontomedirad.translate(
            made.ct(AccessionNumber="Gantry7", ProtocolName="CT for gantry7"), settings=chosen
        )
    assert [f.code for f in caught.value.report.at("must")] == ["dicom-identity-in-graph"]
    assert "antry7" not in str(caught.value)


def test_placeholders_join_no_patients(settings) -> None:
    """All that is removed is called REMOVED: it names nobody, and the study alone tells the patient."""

    def patients(*images: Dataset) -> set[str]:
        made_ = [ontomedirad.translate(i, settings=settings).nquads for i in images]
        return {line.split()[0] for text in made_ for line in text.splitlines() if "#human>" in line}

    removed = {"PatientID": "REMOVED", "PatientName": "REMOVED"}
    other = {"PatientID": "REMOVED1", "PatientName": "REMOVED1"}
    assert len(patients(made.ct(**removed), made.pet(**other))) == 1
    assert len(patients(made.ct(**removed), made.ct(series=2, StudyInstanceUID="1.2.3", **removed))) == 2


def test_institutions_are_carried_by_the_deployments_name_alone(ask) -> None:
    text = "SELECT ?n WHERE { ?i a om:institution ; om:has_name ?n }"
    assert ask(text, made.ct(InstitutionName="general  HOSPITAL")) == [("Site A",)]
    assert ask(text, made.ct(InstitutionName="Elsewhere Clinic")) == []


def test_without_dates_no_moment_is_carried() -> None:
    chosen = ontomedirad.Settings(privacy=Privacy(keep_dates=False))
    for source in (made.ct(), made.pet(), made.ct_report(made.ct_event(1, ("A", "120", "200")))):
        assert "2024" not in ontomedirad.translate(source, settings=chosen).nquads


def test_no_iri_holds_an_identifier_or_serial_number(settings) -> None:
    translation = ontomedirad.translate(
        made.ct(PatientID="P-77319", DeviceSerialNumber="SN-5521"), settings=settings
    )
    assert "SN-5521" not in translation.nquads
    assert not [n for n in translation.individuals if "77319" in n.rpartition("_")[2] and "P-77319" in n]


def test_a_privacy_file_is_read_and_refused_with_reasons(tmp_path: Path) -> None:
    path = tmp_path / "privacy.toml"
    path.write_text('pseudonym = "P[0-9]+"\ntexts = ["CT *"]\n[sites]\n"General Hospital" = "Site A"\n')
    read = Privacy.from_file(path)
    assert (read.pseudonym, read.site("general hospital"), read.allows("CT abdomen")) == (
        "P[0-9]+",
        "Site A",
        True,
    )
    for text in ('pseudonym = "("', "unknown = 1", "= ="):
        path.write_text(text)
        with pytest.raises(SourceError):
            Privacy.from_file(path)
    with pytest.raises(SourceError):
        Privacy.from_file(tmp_path / "none.toml")


def test_findings_are_json_and_name_the_tag(settings) -> None:
    report = ontomedirad.validate(made.ct(PatientName="Doe^Jane"), settings=settings)
    (finding,) = json.loads(report.to_json())["findings"]
    assert finding["place"]["path"] == "PatientName (0010,0010)"
    assert "Doe" not in report.to_json()


def test_cleaning_a_sample_is_enough(samples: Path, settings) -> None:
    dataset = cleaned(pydicom.dcmread(samples / "openrem__CT-RDSR-GEPixelMed.dcm"))
    assert ontomedirad.validate(dataset, settings=settings).conforms()
