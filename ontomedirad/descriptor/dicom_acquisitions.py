"""How the series of a DICOM file set were made: CT, nuclear medicine, PET, structured reports."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, ClassVar

from ontomedirad import resources, vocabulary
from ontomedirad.descriptor.block import Block
from ontomedirad.descriptor.marks import Meaning, Process, Role, Scope, Tag, Text, Thing
from ontomedirad.descriptor.values import PlainText
from ontomedirad.texts import plain

if TYPE_CHECKING:
    from ontomedirad.translation.build import Build

_ACQUISITION_TYPES = {
    "SEQUENCED": "dcm:113804",
    "SPIRAL": "om:spiral_acquisition",
    "CONSTANT_ANGLE": "dcm:113805",
    "STATIONARY": "dcm:113806",
    "FREE": "dcm:113807",
}
"""Values of Acquisition Type (0018,9302)."""

_TEXT = PlainText | None


@cache
def _settings() -> list[dict[str, str]]:
    return resources.rows(resources.translators() / "descriptor" / "acquisition_settings.tsv")


def _when(build: Build, node: str, date: str | None, time: str | None) -> None:
    """The date and time of an acquisition, as its images write them (DICOM PS3.5, 6.2: DA, TM)."""
    if date or time:
        build.text(node, "omx:time_as_written", f"{date or ''} {time or ''}".strip())


class DICOMCodeSequenceType(Block):
    """A code: its scheme, its value, its meaning (DICOM PS3.3, 8.8)."""

    scheme: Annotated[PlainText, Tag("CodingSchemeDesignator-00080102")]
    value: Annotated[PlainText, Tag("CodeValue-00080100")]
    meaning_of_code: Annotated[PlainText, Tag("CodeMeaning-00080104")]

    @property
    def key(self) -> str:
        """The code as mapping tables write it: `SCT:1368003`."""
        return f"{self.scheme.strip()}:{self.value.strip()}"


class StructuredReportDescriptorType(Block):
    """The template and the title of a structured report (DICOM PS3.3, C.17.3)."""

    template: Annotated[DICOMCodeSequenceType | None, Tag("ContentTemplateSequence-0040a504")] = None
    title: Annotated[DICOMCodeSequenceType | None, Tag("ConceptNameCodeSequence-0040a043")] = None


class CTImageAcquisitionDescriptorType(Block):
    """The CT acquisition of a series (DICOM PS3.3, C.8.2.1 and C.8.15.3)."""

    meaning: ClassVar[Meaning] = Process(("om:CT_acquisition",), scope=Scope.owner, kind="acquisition")

    frame_of_reference: Annotated[PlainText, Tag("FrameOfReferenceUID-00200052")]
    image_type: Annotated[_TEXT, Tag("ImageType-00080008")] = None
    date: Annotated[_TEXT, Tag("AcquisitionDate-00080022")] = None
    time: Annotated[_TEXT, Tag("AcquisitionTime-00080032")] = None
    acquisition_type: Annotated[_TEXT, Tag("AcquisitionType-00189302")] = None
    revolution_time: Annotated[_TEXT, Tag("RevolutionTime-00189305")] = None
    total_collimation: Annotated[_TEXT, Tag("TotalCollimationWidth-00189307")] = None
    tilt: Annotated[_TEXT, Tag("GantryDetectorTilt-00181120")] = None
    table_feed: Annotated[_TEXT, Tag("TableFeedPerRotation-00189310")] = None
    pitch: Annotated[_TEXT, Tag("SpiralPitchFactor-00189311")] = None
    kvp: Annotated[_TEXT, Tag("KVP-00180060")] = None
    exposure_time: Annotated[_TEXT, Tag("ExposureTime-00181150")] = None
    tube_current: Annotated[_TEXT, Tag("XRayTubeCurrent-00181151")] = None
    exposure: Annotated[_TEXT, Tag("ExposureInMicroAs-00181153")] = None
    filter_type: Annotated[_TEXT, Tag("FilterType-00181160")] = None
    focal_spots: Annotated[_TEXT, Tag("FocalSpots-00181190")] = None
    modulation: Annotated[_TEXT, Tag("ExposureModulationType-00189323")] = None

    def dataset_class(self) -> str:
        """The class of the data set: a localizer, or CT images."""
        localizer = "LOCALIZER" in (self.image_type or "").upper()
        return "om:CT_localizer" if localizer else "om:CT_image_dataset"

    def also(self, build: Build, node: str) -> None:
        """Settings by the table, the type of the acquisition, the modulation of the tube current."""
        _when(build, node, self.date, self.time)
        kind = _ACQUISITION_TYPES.get((self.acquisition_type or "").strip().upper())
        if kind:
            build.type(node, kind)
        by_tag = {f.tag: f.name for f in self.plan().fields}
        for row in _settings():
            value = getattr(self, by_tag[row["element"]])
            if value is not None and value.strip():
                made = build.measure(node, row["element"], row["class"], value, row["unit"])
                build.link("setting", node, made)
                build.mention(made, self)
                if row["class"] == "om:device_setting":
                    build.text(made, "om:has_name", row["element"].partition("-")[0])
        if self.modulation is not None and self.modulation.strip():
            off = self.modulation.strip().upper() == "NONE"
            class_ = "om:no_use_of_X_ray_modulation" if off else "om:use_of_X_ray_modulation"
            build.say_class(node, "om:has_setting", class_)


class EnergyWindowType(Block):
    """A range of photon energies that the camera counted (DICOM PS3.3, C.8.4.10)."""

    meaning: ClassVar[Meaning] = Thing(
        ("om:energy_window",),
        scope=Scope.owner,
        key=("name", "lower", "upper"),
        kind="energy_window",
        of_patient=False,
    )

    name: Annotated[PlainText, Tag("EnergyWindowName-00540018"), Text("om:has_name")]
    lower: Annotated[PlainText, Tag("EnergyWindowLowerLimit-00540014"), Text("om:has_lower_limit")]
    upper: Annotated[PlainText, Tag("EnergyWindowUpperLimit-00540015"), Text("om:has_upper_limit")]

    def also(self, build: Build, node: str) -> None:
        """Limits are in keV."""
        unit = vocabulary.unit_of("kiloelectronvolt")
        assert unit is not None
        build.punned(unit.term)
        for predicate, object_ in unit.statements:
            build.add(node, predicate, object_)


class RadiopharmaceuticalType(Block):
    """What was administered before the images were made (DICOM PS3.3, C.8.4.10 and C.8.9.2)."""

    name: Annotated[PlainText, Tag("Radiopharmaceutical-00180031")]
    code: Annotated[DICOMCodeSequenceType, Tag("RadiopharmaceuticalCodeSequence-00540304")]
    radionuclide: Annotated[DICOMCodeSequenceType, Tag("RadionuclideCodeSequence-005400300")]
    volume: Annotated[PlainText, Tag("RadiopharmaceuticalVolume-00181071")]
    started: Annotated[PlainText, Tag("RadiopharmaceuticalStartTime-00181072")]
    stopped: Annotated[PlainText, Tag("RadiopharmaceuticalStopTime-00181073")]
    total_dose: Annotated[PlainText, Tag("RadionuclideTotalDose-00181074")]
    event_uid: Annotated[PlainText, Tag("RadiopharmaceuticalAdministrationEventUID-00083012")]

    def given(self, build: Build, acquisition: str, unit: str) -> None:
        """The administration before an acquisition, its activity in `unit`, and the radionuclide.

        It is an action, not a treatment's administration, of which shapes ask for site and date.
        """
        key = (plain(self.event_uid),) if self.event_uid.strip() else (acquisition,)
        event = build.names.name("administration_event", *key)
        build.type(event, "om:action")
        build.type(event, "prov:Activity")
        build.say(event, "om:has_patient", build.patient)
        build.mention(event, self)
        for predicate, text in (
            ("om:has_DICOM_UID", self.event_uid),
            ("om:has_beginning_time", self.started),
            ("om:has_end_time", self.stopped),
        ):
            if text.strip():
                build.text(event, predicate, text)
        drug = build.names.name("radiopharmaceutical", event)
        build.type(drug, "snmi:radiopharmaceutical")
        build.type(drug, "prov:Entity")
        build.mention(drug, self)
        build.text(drug, "om:has_name", self.name)
        for code in (self.code, self.radionuclide):
            if code.value.strip():
                build.text(drug, "om:has_id", f"{code.key} {code.meaning_of_code.strip()}".strip())
        build.link("input", event, drug)
        for class_, value, of in (
            ("dcm:113507", self.total_dose, unit),
            (_VOLUME, self.volume, "milliliter"),
        ):
            if value.strip():
                made = build.measure(event, class_, class_, value, of)
                build.link("measures for", made, event)
                build.mention(made, self)
        nuclide = vocabulary.coded_term(self.radionuclide.key)
        if nuclide:
            build.say(acquisition, "om:has_target_radionuclide", nuclide)
            build.punned(nuclide)


_VOLUME = "om:volume_measurement_datum"

EnergyWindows = Annotated[
    list[EnergyWindowType] | None, Tag("EnergyWindowInformationSequence-00540012"), Role("setting")
]
Given = Annotated[RadiopharmaceuticalType | None, Tag("RadiopharmaceuticalInformationSequence-00540016")]


class NMImageAcquisitionDescriptorType(Block):
    """The nuclear medicine acquisition of a series (DICOM PS3.3, C.8.4)."""

    meaning: ClassVar[Meaning] = Process(("om:image_acquisition",), scope=Scope.owner, kind="acquisition")

    frame_of_reference: Annotated[_TEXT, Tag("FrameOfReferenceUID-00200052")] = None
    image_type: Annotated[_TEXT, Tag("ImageType-00080008")] = None
    date: Annotated[_TEXT, Tag("AcquisitionDate-00080022")] = None
    time: Annotated[_TEXT, Tag("AcquisitionTime-00080032")] = None
    energy_windows: EnergyWindows = None
    radiopharmaceutical: Given = None
    reconstruction: Annotated[_TEXT, Tag("ReconstructionMethod-00541103"), Text("om:has_description")] = None

    def dataset_class(self) -> str:
        """The class of the data set, by Image Type (DICOM PS3.3, C.8.4.9.1.1); empty where it says none."""
        said = (self.image_type or "").upper()
        return next((class_ for word, class_, _ in _NM_KINDS if word in said), "")

    def also(self, build: Build, node: str) -> None:
        """Tomographic or planar, by Image Type; the activity administered is in MBq."""
        _when(build, node, self.date, self.time)
        said = (self.image_type or "").upper()
        kind = next((class_ for word, _, class_ in _NM_KINDS if word in said), "")
        if kind:
            build.type(node, kind)
        if self.radiopharmaceutical is not None:
            self.radiopharmaceutical.given(build, node, "megabecquerel")


_NM_KINDS = (
    ("RECON", "om:NM_recon_tomo_dataset", "om:SPECT_data_acquisition"),
    ("TOMO", "om:NM_tomo_dataset", "om:SPECT_data_acquisition"),
    ("STATIC", "om:NM_static_dataset", "om:planar_NM_data_acquisition"),
    ("WHOLE BODY", "om:NM_whole_body_dataset", "om:planar_NM_data_acquisition"),
)
"""A word of Image Type, the data set's class, the acquisition's; the first that is met counts."""


class PETImageAcquisitionDescriptorType(Block):
    """The PET acquisition of a series (DICOM PS3.3, C.8.9)."""

    meaning: ClassVar[Meaning] = Process(("om:PET_data_acquisition",), scope=Scope.owner, kind="acquisition")

    frame_of_reference: Annotated[_TEXT, Tag("FrameOfReferenceUID-00200052")] = None
    image_type: Annotated[_TEXT, Tag("ImageType-00080008")] = None
    date: Annotated[_TEXT, Tag("AcquisitionDate-00080022")] = None
    time: Annotated[_TEXT, Tag("AcquisitionTime-00080032")] = None
    energy_windows: EnergyWindows = None
    radiopharmaceutical: Given = None
    reconstruction: Annotated[_TEXT, Tag("ReconstructionMethod-00541103"), Text("om:has_description")] = None

    def dataset_class(self) -> str:
        """The class of the data set."""
        return "om:PET_recon_tomo_dataset"

    def also(self, build: Build, node: str) -> None:
        """The activity administered is in Bq."""
        _when(build, node, self.date, self.time)
        if self.radiopharmaceutical is not None:
            self.radiopharmaceutical.given(build, node, "becquerel")
