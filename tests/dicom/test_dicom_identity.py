"""Which individuals meet, and which never do."""

from __future__ import annotations

import subprocess
import sys

import made
import pytest

import ontomedirad
from ontomedirad.demo.treatment import ROOT_UID, example_descriptor
from ontomedirad.descriptor import to_xml
from ontomedirad.privacy import Privacy


def nodes(source: object, settings: ontomedirad.Settings) -> set[str]:
    """The IRIs of our own that a graph speaks of."""
    return set(ontomedirad.translate(source, settings=settings).individuals)


def kinds(found: set[str]) -> set[str]:
    return {n.rpartition("/")[2].rpartition("_")[0] for n in found}


def another(**values: object) -> dict[str, object]:
    return {"PatientID": "P-002", "PatientName": "P-002", "StudyInstanceUID": "1.2.840.99.1", **values}


def test_two_patients_share_institutions_and_devices_alone(settings) -> None:
    shared = {"InstitutionName": "General Hospital", "DeviceSerialNumber": "4711"}
    ours = nodes(made.ct(**shared), settings) | nodes(made.pet(**shared), settings)
    ours |= nodes(made.ct_report(made.ct_event(1, ("A", "120", "200")), **shared), settings)
    theirs = nodes(made.ct(**another(SeriesInstanceUID="1.2.9", **shared)), settings)
    event = made.ct_event(2, ("A", "120", "200"))
    theirs |= nodes(made.ct_report(event, number=7, **another(SeriesInstanceUID="1.2.8", **shared)), settings)
    assert kinds(ours & theirs) == {"institution", "responsible_organization", "device"}


def test_reports_side_by_side_keep_their_patients(settings) -> None:
    """The existing system gives the second patient's doses to the first."""
    first = made.ct_report(made.ct_event(1, ("A", "120", "200")))
    second = made.ct_report(made.ct_event(2, ("A", "120", "200")), number=2, **another())
    alone = [ontomedirad.translate(r, settings=settings).nquads for r in (first, second)]
    for order in ((second, first), (first, second, first)):
        again = [ontomedirad.translate(r, settings=settings).nquads for r in order]
        assert set(again) == set(alone)
    assert '"P-001"' not in alone[1]


def test_another_process_computes_the_same_graph(tmp_path, settings) -> None:
    path = tmp_path / "image.dcm"
    path.write_bytes(made.as_bytes(made.pet()))
    script = (
        "import sys, ontomedirad; "
        "s = ontomedirad.Settings(study='755523-t33'); "
        f"sys.stdout.write(ontomedirad.translate({str(path)!r}, settings=s).nquads)"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert said == ontomedirad.translate(path, settings=ontomedirad.Settings(study="755523-t33")).nquads


def test_a_series_that_a_descriptor_names_is_the_series_that_is_read(settings) -> None:
    """One treatment, one picture: the descriptor's data set and the images' are one individual."""
    descriptor = example_descriptor()
    text = to_xml(descriptor)
    named = ontomedirad.translate(text, settings=settings)
    uids = {
        q.object.value for q in named.quads if q.predicate.value.endswith("has_DICOM_series_instance_UID")
    }
    study = next(
        q.object.value for q in named.quads if q.predicate.value.endswith("has_DICOM_study_instance_UID")
    )
    uid = sorted(uids)[0]
    assert uid.startswith(ROOT_UID)
    image = made.ct(
        SeriesInstanceUID=uid,
        StudyInstanceUID=study,
        PatientID=descriptor.patient_id,
        PatientName=descriptor.patient_id,
    )
    read = ontomedirad.translate(image, settings=settings)
    assert {"series", "human"} <= kinds(set(named.individuals) & set(read.individuals))
    dumps = []
    for order in ((named, read), (read, named)):
        with ontomedirad.open_store(":memory:") as store:
            for translation in order:
                assert store.put(translation)
                assert not store.put(translation)
            dumps.append({str(q) for g in store.graphs() for q in store.quads(g)})
            (row,) = store.select(
                f"SELECT (COUNT(DISTINCT ?d) AS ?n) WHERE {{ ?d <http://medicis.univ-rennes1.fr/ontologies/ontospm/"
                f'OntoMEDIRAD.owl#has_DICOM_series_instance_UID> "{uid}" ; a <http://www.w3.org/ns/prov#Entity> }}'
            )
            assert row[0].value == "1"
    assert dumps[0] == dumps[1]


def test_pet_images_and_their_report_meet_at_the_administration(settings) -> None:
    uid = f"{made.ROOT}.6.1"
    image = made.pet(
        RadiopharmaceuticalInformationSequence=[
            made.administration(RadiopharmaceuticalAdministrationEventUID=uid)
        ]
    )
    report = made.rrdsr(made.code("35321007", "SCT"), made.code("77004003", "SCT"), "394", therapeutic=False)
    assert "administration" in kinds(nodes(image, settings) & nodes(report, settings))


def test_without_event_uid_images_of_one_injection_meet(settings) -> None:
    first, second = made.pet(1, 3), made.pet(1, 4)
    other = made.pet(
        1,
        5,
        RadiopharmaceuticalInformationSequence=[
            made.administration(RadiopharmaceuticalStartDateTime="20240101100000")
        ],
    )
    assert "administration" in kinds(nodes(first, settings) & nodes(second, settings))
    assert "administration" not in kinds(nodes(first, settings) & nodes(other, settings))


def test_a_secret_hides_patients_and_devices() -> None:
    image = made.ct(DeviceSerialNumber="4711")
    plain = nodes(image, ontomedirad.Settings())
    keyed = nodes(image, ontomedirad.Settings(secret="s"))
    assert {"human", "device"} & kinds(plain & keyed) == set()
    assert "imaging_study" in kinds(plain & keyed)


@pytest.mark.parametrize(
    "change", [{"study": "755523-t32"}, {"privacy": Privacy(texts=("x",))}, {"secret": "s"}]
)
def test_other_settings_have_another_fingerprint(change: dict[str, object]) -> None:
    assert ontomedirad.Settings(**change).fingerprint != ontomedirad.Settings().fingerprint
    assert "s" * 3 not in ontomedirad.Settings(secret="sss").fingerprint
