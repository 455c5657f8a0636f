"""Synthetic DICOM objects, built in code: what no sample covers, and the smallest that shows a thing."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from pydicom import Dataset
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

ROOT = "1.2.826.0.1.3680043.10.1234"
STUDY = f"{ROOT}.1"
CT, ECT, PET, EPET, NM = "1.1.2", "1.1.2.1", "1.1.128", "1.1.130", "1.1.20"
CT_RDSR, RRDSR, PATIENT_SR, ENHANCED_RDSR = "1.1.88.67", "1.1.88.68", "1.1.88.73", "1.1.88.76"


def sop_class(tail: str) -> str:
    """A storage SOP class by the end of its UID."""
    return f"1.2.840.10008.5.1.4.{tail}"


def item(**values: Any) -> Dataset:
    """An item of a sequence."""
    made = Dataset()
    for keyword, value in values.items():
        setattr(made, keyword, value)
    return made


def code(value: str, scheme: str = "DCM", meaning: str = "a meaning that is not read") -> Dataset:
    return item(CodeValue=value, CodingSchemeDesignator=scheme, CodeMeaning=meaning)


def instance(kind: str, series: int = 1, number: int = 1, **values: Any) -> Dataset:
    """An instance of a pseudonymous patient that says that its identity was removed."""
    common: dict[str, Any] = {
        "SOPClassUID": sop_class(kind),
        "SOPInstanceUID": f"{ROOT}.{series}.{number}.9",
        "StudyInstanceUID": STUDY,
        "SeriesInstanceUID": f"{ROOT}.2.{series}",
        "StudyDate": "20240101",
        "StudyTime": "080000",
        "SeriesDate": "20240101",
        "SeriesTime": "090000",
        "SeriesNumber": str(series),
        "PatientID": "P-001",
        "PatientName": "P-001",
        "PatientBirthDate": "",
        "PatientSex": "F",
        "PatientIdentityRemoved": "YES",
        "Manufacturer": "Made in code",
        "ManufacturerModelName": "Synthetic 1",
    }
    return item(**(common | values))


def spoilt(dataset: Dataset, keyword: str, value: object) -> Dataset:
    """A data set with a value that pydicom would not let through."""
    if keyword not in dataset:
        setattr(dataset, keyword, None)
    dataset[keyword]._value = value
    return dataset


def ct(number: int = 1, series: int = 1, **values: Any) -> Dataset:
    image_type = values.pop("ImageType", ["ORIGINAL", "PRIMARY", "AXIAL"])
    settings = {"KVP": "120", "XRayTubeCurrent": "200", "ExposureTime": "500", "Exposure": "100"}
    return instance(CT, series, number, Modality="CT", ImageType=image_type, **(settings | values))


def administration(**values: Any) -> Dataset:
    given = {
        "RadionuclideTotalDose": "394000000",
        "RadionuclideHalfLife": "6586.2",
        "RadiopharmaceuticalStartDateTime": "20240101081500",
        "RadiopharmaceuticalCodeSequence": [code("35321007", "SCT")],
        "RadionuclideCodeSequence": [code("77004003", "SCT")],
    }
    return item(**(given | values))


def pet(number: int = 1, series: int = 3, kind: str = PET, **values: Any) -> Dataset:
    given = {
        "Modality": "PT",
        "ImageType": ["ORIGINAL", "PRIMARY"],
        "Units": "BQML",
        "CorrectedImage": ["ATTN", "SCAT", "DECY"],
        "ReconstructionMethod": "OSEM3D 4i5s",
        "RadiopharmaceuticalInformationSequence": [administration()],
    }
    return instance(kind, series, number, **(given | values))


def nm(image_type: str, series: int = 4, **values: Any) -> Dataset:
    window = item(
        EnergyWindowRangeSequence=[item(EnergyWindowLowerLimit="129", EnergyWindowUpperLimit="151")],
        EnergyWindowName="Tc99m",
    )
    given = {
        "Modality": "NM",
        "ImageType": ["ORIGINAL", "PRIMARY", *image_type.split("\\")],
        "EnergyWindowInformationSequence": [window],
        "DetectorInformationSequence": [item(CollimatorType="PARA"), item(CollimatorType="FANB")],
        "RadiopharmaceuticalInformationSequence": [
            administration(
                RadionuclideTotalDose="320",
                RadiopharmaceuticalCodeSequence=[],
                RadionuclideCodeSequence=[code("C-163A8", "SRT")],
            )
        ],
    }
    return instance(NM, series, **(given | values))


def enhanced_ct(frames: Iterable[tuple[tuple[str, str], tuple[str, str]]], **values: Any) -> Dataset:
    """Two X-ray sources a frame: ((kV, kV), (mA, mA)); the voltage is shared, the current per frame."""
    frames = list(frames)
    shared = item(
        CTAcquisitionTypeSequence=[item(AcquisitionType="SPIRAL")],
        CTXRayDetailsSequence=[item(KVP=frames[0][0][0])],
        IrradiationEventIdentificationSequence=[item(IrradiationEventUID=f"{ROOT}.7.1")],
    )
    each = [
        item(CTExposureSequence=[item(XRayTubeCurrentInmA=float(current)) for current in currents])
        for _, currents in frames
    ]
    given = {
        "Modality": "CT",
        "ImageType": ["ORIGINAL", "PRIMARY", "VOLUME", "NONE"],
        "NumberOfFrames": str(len(frames)),
        "SharedFunctionalGroupsSequence": [shared],
        "PerFrameFunctionalGroupsSequence": each,
    }
    return instance(ECT, 5, **(given | values))


# --- structured reports -------------------------------------------------------------------------


def content(kind: str, concept: Dataset, *children: Dataset, **values: Any) -> Dataset:
    made = item(RelationshipType="CONTAINS", ValueType=kind, ConceptNameCodeSequence=[concept], **values)
    if children:
        made.ContentSequence = list(children)
    return made


def num(concept: str | Dataset, value: str, unit: str, *children: Dataset) -> Dataset:
    measured = item(NumericValue=value, MeasurementUnitsCodeSequence=[code(unit, "UCUM")])
    return content("NUM", _concept(concept), *children, MeasuredValueSequence=[measured])


def coded(concept: str | Dataset, value: Dataset, *children: Dataset) -> Dataset:
    return content("CODE", _concept(concept), *children, ConceptCodeSequence=[value])


def uid(concept: str, value: str) -> Dataset:
    return content("UIDREF", code(concept), UID=value)


def moment(concept: str, value: str) -> Dataset:
    return content("DATETIME", code(concept), DateTime=value)


def text(concept: str, value: str) -> Dataset:
    return content("TEXT", code(concept), TextValue=value)


def container(concept: str | Dataset, *children: Dataset) -> Dataset:
    return content("CONTAINER", _concept(concept), *children)


def _concept(concept: str | Dataset) -> Dataset:
    return code(concept) if isinstance(concept, str) else concept


def report(kind: str, root: str, *children: Dataset, number: int = 1, **values: Any) -> Dataset:
    made = instance(kind, 8, number, Modality="SR", ValueType="CONTAINER", **values)
    made.ConceptNameCodeSequence = [code(root)]
    made.ContentSequence = list(children)
    return made


def ct_event(event: int, *sources: tuple[str, str, str], ctdi: str = "10.5", dlp: str = "300") -> Dataset:
    """A CT acquisition: its sources as (name, kV, mA), its dose for the body phantom."""
    read = [
        container("113831", text("113832", name), num("113733", kv, "kV"), num("113734", ma, "mA"))
        for name, kv, ma in sources
    ]
    return container(
        "113819",
        coded("113820", code("P5-08001", "SRT")),
        coded("123014", code("T-71000", "SRT"), coded(code("G-C171", "SRT"), code("G-A101", "SRT"))),
        uid("113769", f"{ROOT}.7.{event}"),
        container("113822", num("113824", "5.5", "s"), num("113828", "1.2", "{ratio}"), *read),
        container(
            "113829",
            num("113830", ctdi, "mGy"),
            coded("113835", code("113691")),
            num("113838", dlp, "mGycm"),
            num("113930", "14.1", "mGy", coded("113930", code("113988"))),
        ),
    )


def ct_report(*events: Dataset, number: int = 1, total: str = "600", **values: Any) -> Dataset:
    return report(
        CT_RDSR,
        "113701",
        coded("121058", code("77477000", "SCT")),
        uid("121012", f"{ROOT}.99"),
        coded("113705", code("113014"), uid("110180", STUDY)),
        moment("113809", "20240101090000"),
        moment("113810", "20240101091000"),
        container("113811", num("113812", str(len(events)), "{events}"), num("113813", total, "mGy.cm")),
        *events,
        number=number,
        **values,
    )


def rrdsr(
    agent: Dataset, nuclide: Dataset, activity: str, *more: Dataset, therapeutic: bool = True
) -> Dataset:
    intent = code("262202000", "SCT") if therapeutic else code("R-408C3", "SRT")
    given = container(
        "113502",
        coded(code("349358000", "SCT"), agent, coded(code("89457008", "SCT"), nuclide)),
        uid("113503", f"{ROOT}.6.1"),
        moment("123003", "20240101081500"),
        num("113507", activity, "MBq"),
        coded(code("410675002", "SCT"), code("26643006", "SCT")),
        *more,
    )
    procedure = coded(
        code("363589002", "SCT"), code("procedure", "99X"), coded(code("363703001", "SCT"), intent)
    )
    return report(RRDSR, "113500", procedure, given)


def patient_report(*doses: Dataset) -> Dataset:
    estimate = container(
        "128402",
        content(
            "COMPOSITE",
            code("128416"),
            ReferencedSOPSequence=[item(ReferencedSOPInstanceUID=f"{ROOT}.8.1.9")],
        ),
        uid("128429", f"{ROOT}.7.1"),
        coded("128415", code("128480")),
        *doses,
    )
    return report(PATIENT_SR, "128401", estimate)


def as_bytes(dataset: Dataset) -> bytes:
    """A DICOM file (PS3.10)."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = dataset.SOPClassUID
    meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    out = io.BytesIO()
    file = FileDataset(out, dataset, preamble=b"\0" * 128, file_meta=meta)
    file.save_as(out, enforce_file_format=True)
    return out.getvalue()
