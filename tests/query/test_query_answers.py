"""The answers, against an independent walk of the XML."""

from __future__ import annotations

from typing import Any

from lxml import etree
from query_walk import NS, Walk

from ontomedirad.api import translate
from ontomedirad.demo.treatment import example_descriptor
from ontomedirad.descriptor import AbsorbedDoseCalculationInVOI, NonDICOMData, ProcessExecutionContext
from ontomedirad.query import Result, queries
from ontomedirad.store import Store, open_store
from ontomedirad.terms import curie


def columns(result: Result, *names: str) -> list[tuple[Any, ...]]:
    """Those columns of all rows, IRIs as CURIEs."""
    return [tuple(curie(v) if isinstance(v := row[n], str) else v for n in names) for row in result]


def everything(store: Store) -> dict[str, set[tuple[Any, ...]]]:
    """All rows of all queries, none twice; but of the log of imports, which tells the time."""
    found = {}
    for name, query in queries().items():
        if name == "imports":
            continue
        given = {"without_handle": True} if name == "non-dicom-files" else {}
        rows = list(query.run(store, **given).terms())
        assert len(rows) == len(set(rows)), f"{name} has double rows"
        found[name] = set(rows)
    return found


DOSE = (
    "ClinResearchStudyId",
    "PatientId",
    "OrganOrTissueClass",
    "AbsorbedDoseInVOIValue",
    "AbsorbedDoseInVOIUnitLabel",
    "UncertaintyValue",
)


def test_absorbed_doses_are_one_row_a_dose_and_organ(asked: Store, walk: Walk) -> None:
    rows = columns(asked.query("absorbed-doses"), *DOSE)
    assert set(rows) == walk.doses()
    assert len(rows) == len(walk.doses())


def test_the_real_sample_has_twelve_doses_one_of_the_thyroid(sample: bytes) -> None:
    with open_store(":memory:") as store:
        store.put(translate(sample))
        rows = {row["OrganOrTissueClassLabel"]: row for row in store.query("absorbed-doses")}
        assert len(rows) == len(store.query("absorbed-doses")) == 12
    thyroid = rows["Thyroid gland"]
    assert (thyroid["AbsorbedDoseInVOIValue"], thyroid["AbsorbedDoseInVOIUnitLabel"]) == (11.63, "gray")
    assert thyroid["UncertaintyUnitLabel"] == "gray"
    assert thyroid["3DDosimetryOfTRTClassLabel"].startswith("3D dosimetry of TRT")


def test_volumes_of_interest_with_organ_process_and_images(asked: Store, walk: Walk) -> None:
    rows = columns(
        asked.query("volumes-of-interest"),
        *("VOIId", "MaterialEntityClassLabel", "TimepointId", "ProcessClass", "Date", "Time"),
        *("InputSeriesInstanceUID", "DatasetClass"),
    )
    doses = asked.query("absorbed-doses")
    of_organ = {curie(row["OrganOrTissueClass"]): row["OrganOrTissueClassLabel"] for row in doses}
    expected = {(v, of_organ[o], *rest) for v, o, *rest in walk.volumes()}
    assert set(rows) == expected
    assert len(rows) == len(expected)


def test_ct_images_used_by_segmentation_and_registration(asked: Store, walk: Walk) -> None:
    rows = columns(asked.query("ct-images-used"), "SeriesInstanceUID", "TimepointId")
    assert set(rows) == walk.ct_images()
    assert len(rows) == len(walk.ct_images())


def test_nm_images_used(asked: Store, walk: Walk) -> None:
    rows = columns(asked.query("nm-images-used"), "SeriesInstanceUID", "TimepointId")
    assert set(rows) == walk.nm_images()
    assert len(rows) == len(walk.nm_images())


def test_radiopharmaceutical_administrations(asked: Store, walk: Walk) -> None:
    (row,) = columns(
        asked.query("radiopharmaceutical-administrations"),
        *("ClinResearchStudyId", "PatientId", "NameRespInstitution"),
        *("AdministrationDate", "AdministrationTime"),
        *("PreAValuedministeredActivityValue", "PostAValuedministeredActivityValue"),
        *("AdministeredActivityUnitLabel", "PostAdministeredActivityUnitLabel", "RadionuclideClassLabel"),
    )
    study, patient, site, day, before, after, unit_before, unit_after, isotope = walk.administration()
    assert row[:9] == (study, patient, site, *day.split(" "), before, after, unit_before, unit_after)
    assert (isotope, row[9]) == ("iodine131", "Iodine-131 atom")


def test_files_are_listed_with_a_handle_or_on_request(asked: Store, walk: Walk) -> None:
    assert len(asked.query("non-dicom-files")) == 0
    result = asked.query("non-dicom-files", without_handle=True)
    assert sorted(result.column("FileName")) == sorted(walk.files())
    assert set(result.column("PatientId")) == {walk.patient}
    assert all(result.column("DatasetClassLabel"))


def test_a_file_with_a_handle_is_one_row(document: bytes, walk: Walk) -> None:
    name = sorted(walk.files())[0]
    root = etree.fromstring(document)
    for element in root.xpath("//d:NonDICOMDataFileName[. = $name]", namespaces=NS, name=name):
        handle = etree.Element(f"{{{NS['d']}}}FHIRIdentifier")
        handle.text = "77"
        element.addnext(handle)
    with open_store(":memory:") as store:
        store.put(translate(etree.tostring(root)))
        (row,) = store.query("non-dicom-files")
    assert (row["FileName"], row["FHIRHandle"]) == (name, "/fhir/Binary/77")


def test_dose_maps_of_descriptors_without_maps(asked: Store) -> None:
    assert len(asked.query("dose-maps")) == 0


def test_a_dose_map_is_one_row_with_unit_quantity_and_process() -> None:
    described = example_descriptor()
    assert described.slide2 is not None
    voxels = NonDICOMData(data_class="3D absorbed dose map", format="NRRD format", file_name="Data/dose.nrrd")
    described.slide2.dose_calculation = AbsorbedDoseCalculationInVOI(
        execution=ProcessExecutionContext(started="2026-03-18 08:05:00", institution="Example Institute"),
        method="Integration of dose rates",
        dose_maps=[voxels],
    )
    with open_store(":memory:") as store:
        store.put(translate(described))
        (row,) = store.query("dose-maps", patient="DEMO-7F3A")
    assert (row["DoseMapClassLabel"], row["FileName"]) == ("3D absorbed dose map", "Data/dose.nrrd")
    assert (row["DoseUnitClassLabel"], row["DoseInVoxelClassLabel"]) == ("gray", "absorbed dose")
    assert (row["DoseMapFormatTypeLabel"], row["Date"], row["Time"]) == ("NRRD format", "20260318", "0805")


def test_the_seven_studies_come_from_the_ontology(small: Store) -> None:
    result = small.query("research-studies")
    assert len(result) == 7
    assert "755523-t33" in result.column("StudyId")
    assert all(result.column("StudyName")) and all(result.column("StudyDescription"))


def test_no_row_twice_also_when_put_twice(document: bytes) -> None:
    with open_store(":memory:") as store:
        store.put(translate(document))
        once = everything(store)
        store.put(translate(document))
        assert everything(store) == once


def test_two_patients_with_the_same_local_identifiers_stay_apart(
    document: bytes, other: bytes, walk: Walk
) -> None:
    alone = []
    for one in (document, other):
        with open_store(":memory:") as store:
            store.put(translate(one))
            alone.append(everything(store))
    with open_store(":memory:") as store:
        store.put(translate(document))
        store.put(translate(other))
        together = everything(store)
        assert together == {n: alone[0][n] | alone[1][n] for n in together}
        doses = columns(store.query("absorbed-doses", patient="OTHER-0002"), *DOSE)
        assert {row[1] for row in doses} == {"OTHER-0002"}
        assert len(doses) == len(walk.doses())


def test_a_treatment_described_in_three_files_is_one_treatment(document: bytes, walk: Walk) -> None:
    started = walk.text(walk.root, "//d:DateTimeProcessStarted").encode()
    with open_store(":memory:") as store:
        store.put(translate(document))
        once = everything(store)
        for year in (b"2031", b"2032"):
            store.put(translate(document.replace(started, year + started[4:], 1)))
        thrice = everything(store)
    assert len(thrice["absorbed-doses"]) == 3 * len(once["absorbed-doses"]), "a dose belongs to its file"
    for name in ("radiopharmaceutical-administrations", "ct-images-used", "nm-images-used"):
        assert thrice[name] == once[name]
