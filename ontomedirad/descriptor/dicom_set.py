"""The second kind of descriptor: the DICOM studies and series of a file set, and whose they are.

Texts that may identify are read and not carried into the graph: birth date, institution, protocol
name, study and series descriptions (DICOM PS3.15, Annex E).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field, model_validator

from ontomedirad import vocabulary
from ontomedirad.descriptor.block import Block
from ontomedirad.descriptor.dicom_acquisitions import (
    CTImageAcquisitionDescriptorType,
    NMImageAcquisitionDescriptorType,
    PETImageAcquisitionDescriptorType,
    StructuredReportDescriptorType,
)
from ontomedirad.descriptor.marks import Meaning, Process, Scope, Tag, Text, Thing
from ontomedirad.descriptor.values import PlainText
from ontomedirad.texts import plain

if TYPE_CHECKING:
    from ontomedirad.translation.build import Build

_AGE = re.compile(r"(\d{3})([DWMY])")
_AGES = {"D": "om:days", "W": "om:weeks", "M": "om:months", "Y": "om:years"}
_OLDEST = 90
_SEXES = {"M": "obo:PATO_0000384", "F": "obo:PATO_0000383"}
_SCANNERS = {"CT": "om:CT_scanner", "NM": "om:SPECT_scanner", "PT": "om:PET_scanner"}
_PROTOCOLS = {
    "CT": "om:CT_acquisition_protocol",
    "NM": "om:NM_acquisition_protocol",
    "PT": "om:PET_acquisition_protocol",
}


class ClinicalStudyType(Block):
    """The research study that the file set belongs to."""

    identifier: Annotated[PlainText, Tag("ClinicalStudyID"), Text("omx:study_identifier_as_written")]
    title: Annotated[PlainText, Tag("ClinicalStudyTitle"), Text("omx:study_title_as_written")]


class PatientDescriptorType(Block):
    """The patient as the images describe the person (DICOM PS3.3, C.7.1.1 and C.7.2.2)."""

    identifier: Annotated[PlainText, Tag("PatientID-00100020")]
    birth_date: Annotated[PlainText, Tag("PatientBirthDate-00100030")]
    sex: Annotated[PlainText, Tag("PatientSex-00100040")]
    age: Annotated[PlainText, Tag("PatientAge-00101010")]
    size: Annotated[PlainText, Tag("PatientSize-00101020")]
    weight: Annotated[PlainText, Tag("PatientWeight-00101030")]

    def describe(self, build: Build, studies: list[str]) -> None:
        """Sex, age, height and weight of the patient at these imaging studies; never the birth date.

        Ages of 90 years and more are told as 90. A height or weight of zero states none.
        """
        sex = _SEXES.get(self.sex.strip().upper())
        if sex:
            build.say_class(build.patient, "om:has_sex", sex)
        found = _AGE.fullmatch(self.age.strip().upper())
        if found and int(found[1]):
            number = min(int(found[1]), _OLDEST) if found[2] == "Y" else int(found[1])
            age = build.names.name("age", build.patient, found[2], str(number), *studies)
            build.type(age, "om:age_of_patient_undergoing_medical_procedure")
            build.add(age, vocabulary.term(_AGES[found[2]]), f'"{number}"^^{vocabulary.term("xsd:decimal")}')
            self._about(build, age, studies)
        for class_, value, unit in (
            ("om:patient_height", self.size, "meter"),
            ("om:patient_weight", self.weight, "kilogram"),
        ):
            if value.strip(" 0."):
                made = build.measure(build.patient, class_, class_, value, unit)
                self._about(build, made, studies)

    def _about(self, build: Build, node: str, studies: list[str]) -> None:
        build.type(node, "prov:Entity")
        build.link("about", node, build.patient)
        build.mention(node, self)
        for study in studies:
            build.say(node, "om:is_about_procedure", study)


class DICOMStudyDescriptorType(Block):
    """The imaging study (DICOM PS3.3, C.7.2.1)."""

    uid: Annotated[PlainText, Tag("StudyInstanceUID-0020000d"), Text("om:has_DICOM_study_instance_UID")]
    date: Annotated[PlainText, Tag("StudyDate-00080020"), Text("om:has_beginning_date")]
    time: Annotated[PlainText, Tag("StudyTime-00080030"), Text("om:has_beginning_time")]
    body_part: Annotated[PlainText, Tag("BodyPartExamined-00180015")]
    description: Annotated[PlainText, Tag("StudyDescription-00081030")]


class DICOMSeriesDescriptorType(Block):
    """The series (DICOM PS3.3, C.7.3.1) and the equipment that made it (C.7.5.1)."""

    number: Annotated[PlainText, Tag("SeriesNumber-00200011")]
    uid: Annotated[PlainText, Tag("SeriesInstanceUID-0020000e"), Text("om:has_DICOM_series_instance_UID")]
    date: Annotated[PlainText, Tag("SeriesDate-00080021")]
    time: Annotated[PlainText, Tag("SeriesTime-00080031")]
    modality: Annotated[PlainText, Tag("Modality-00080060")]
    manufacturer: Annotated[PlainText, Tag("Manufacturer-00080070")]
    model: Annotated[PlainText, Tag("ManufacturersModelName-00081090")]
    institution: Annotated[PlainText, Tag("InstitutionName-00080080")]
    protocol: Annotated[PlainText, Tag("ProtocolName-00181030")]
    description: Annotated[PlainText, Tag("SeriesDescription-0008103e")]


class DICOMSOPInstanceDescriptorType(Block):
    """How objects of a series were made: one of four descriptions."""

    choice: ClassVar[bool] = True

    ct: Annotated[CTImageAcquisitionDescriptorType | None, Tag("CTImageAcquisitionDescriptor")] = None
    nm: Annotated[NMImageAcquisitionDescriptorType | None, Tag("NMImageAcquisitionDescriptor")] = None
    pet: Annotated[PETImageAcquisitionDescriptorType | None, Tag("PETImageAcquisitionDescriptor")] = None
    report: Annotated[StructuredReportDescriptorType | None, Tag("StructuredReportDescriptor")] = None

    @model_validator(mode="after")
    def _one(self) -> DICOMSOPInstanceDescriptorType:
        if sum(value is not None for value in (self.ct, self.nm, self.pet, self.report)) != 1:
            raise ValueError("just one of ct, nm, pet and report is given")
        return self


class DICOMSOPInstanceType(Block):
    """One object of a series (DICOM PS3.3, C.12.1)."""

    uid: Annotated[PlainText, Tag("DICOMSOPInstanceUID"), Text("om:has_DICOM_SOP_instance_UID")]
    class_uid: Annotated[PlainText, Tag("DICOMSOPClassUID"), Text("om:has_DICOM_SOP_class_UID")]


class DICOMSeriesType(Block):
    """One series: the individual that a descriptor of results names by the same UID."""

    meaning: ClassVar[Meaning] = Thing(scope=Scope.world, key=("series_uid",), kind="series")

    descriptor: Annotated[DICOMSeriesDescriptorType, Tag("DICOMSeriesDescriptor")]
    made: Annotated[
        list[DICOMSOPInstanceDescriptorType], Field(min_length=1), Tag("DICOMSOPInstanceDescriptor")
    ]
    instances: Annotated[list[DICOMSOPInstanceType], Field(min_length=1), Tag("DICOMSOPInstance")]

    @property
    def series_uid(self) -> str | None:
        """The Series Instance UID (0020,000E)."""
        return self.descriptor.uid if self.descriptor else None

    def also(self, build: Build, node: str) -> None:
        """The class of the data set, its formats, and the acquisition that made it."""
        for class_uid in dict.fromkeys(i.class_uid.strip() for i in self.instances):
            form = vocabulary.coded_term(f"uid:{class_uid}")
            if form:
                build.say(node, "om:has_format", form)
                build.punned(form)
        for made in self.made:
            if made.report is not None:
                self._report(build, node, made.report)
                continue
            image = made.ct or made.nm or made.pet
            if image is None:
                continue
            class_ = image.dataset_class()
            if class_:
                build.type(node, class_)
            if image.image_type:
                build.text(node, "om:has_DICOM_image_type_description", image.image_type)
            if image.frame_of_reference:
                build.text(node, "om:has_DICOM_frame_of_reference_UID", image.frame_of_reference)
            self._acquired(build, node, build.names.name("acquisition", node))

    def _report(self, build: Build, node: str, report: StructuredReportDescriptorType) -> None:
        build.type(node, "om:structured_report_of_imaging_study")
        for code in (report.title, report.template):
            if code is not None and code.value.strip():
                build.text(node, "om:has_title", f"{code.key} {code.meaning_of_code.strip()}".strip())
        act = build.names.name("acquisition", node)
        build.type(act, "om:action")
        build.type(act, "prov:Activity")
        build.link("part of process", act, build.enclosing[-1])
        build.mention(act, report)
        self._acquired(build, node, act)

    def _acquired(self, build: Build, node: str, acquisition: str) -> None:
        build.link("output", acquisition, node)
        said, device = self.descriptor, build.names.name("device", acquisition)
        for predicate, text in (
            ("om:has_id", said.number),
            ("om:has_beginning_date", said.date),
            ("om:has_beginning_time", said.time),
        ):
            if text.strip():
                build.text(acquisition, predicate, text)
        modality = said.modality.strip().upper()
        build.type(device, _SCANNERS.get(modality, "om:medical_imaging_device"))
        build.text(device, "om:has_manufacturer_name", said.manufacturer)
        build.text(device, "om:has_model_name", said.model)
        build.say(device, "om:used_as_instrument_in", acquisition)
        build.mention(device, said)
        if modality in _PROTOCOLS:
            protocol = build.names.name("protocol", acquisition)
            build.type(protocol, _PROTOCOLS[modality])
            build.link("method", acquisition, protocol)
            build.mention(protocol, said)


class DICOMStudyType(Block):
    """One imaging study and its series."""

    meaning: ClassVar[Meaning] = Process(
        ("om:imaging_study",), scope=Scope.world, key=("study_uid",), kind="imaging_study"
    )

    descriptor: Annotated[DICOMStudyDescriptorType, Tag("DICOMStudyDescriptor")]
    series: Annotated[list[DICOMSeriesType], Field(min_length=1), Tag("DICOMSeries")]

    @property
    def study_uid(self) -> str | None:
        """The Study Instance UID (0020,000D)."""
        return self.descriptor.uid if self.descriptor else None

    def also(self, build: Build, node: str) -> None:
        """What the study says of its series, and which part of the body it shows."""
        uid = self.descriptor.uid
        for series in self.series:
            dataset = build.names.name("series", plain(series.descriptor.uid))
            build.text(dataset, "om:has_DICOM_study_instance_UID", uid)
            place = f"/pacs/studies/{uid.strip()}/series/{series.descriptor.uid.strip()}"
            build.text(dataset, "om:has_IRDBB_WADO_handle", place)
        part = plain(self.descriptor.body_part)
        if part:
            organ = vocabulary.values()["organ"].get(part)
            region = build.names.name("organ" if organ else "body_part", build.patient, part)
            if organ:
                build.add(region, vocabulary.term("rdf:type"), organ)
            else:
                build.type(region, "obo:FMA_67135")
                build.text(region, "om:has_name", self.descriptor.body_part)
            build.link("body part", region, build.patient)
            build.say(node, "om:has_target_region", region)
            build.mention(region, self)


class DicomFileSetDescriptor(Block):
    """The DICOM studies of a file set: one patient."""

    meaning: ClassVar[Meaning] = Thing(("omx:file_set_descriptor",), scope=Scope.file_set, kind="descriptor")

    study: Annotated[ClinicalStudyType, Tag("ReferencedClinicalStudy")]
    patient: Annotated[PatientDescriptorType, Tag("PatientDescriptor")]
    studies: Annotated[list[DICOMStudyType], Field(min_length=1), Tag("DICOMStudy")]

    def also(self, build: Build, node: str) -> None:
        """The patient and the research study that all of the document speaks of."""
        build.subjects(build.document.root, node)
        found = [build.names.name("imaging_study", plain(s.descriptor.uid)) for s in self.studies]
        self.patient.describe(build, found)
