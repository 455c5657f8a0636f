"""Volumes of interest, segmentations, and what is measured in them."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from ontomedirad.descriptor.block import Block
from ontomedirad.descriptor.data import STORED_IN_SERIES, Files, Series
from ontomedirad.descriptor.leaf import Float, Integer
from ontomedirad.descriptor.marks import (
    Expects,
    Identifier,
    Input,
    Instance,
    Linked,
    Meaning,
    Measured,
    MeasuredHere,
    Output,
    Quantity,
    Reference,
    Role,
    Scope,
    StoredIn,
    Tag,
    Thing,
    Unit,
    Value,
    Wrapped,
)
from ontomedirad.descriptor.treatment import TIME_POINT, MeasuredAt
from ontomedirad.descriptor.values import (
    AbsorbedDoseRateUnit,
    AbsorbedDoseUnit,
    ActivityUnit,
    CountsUnit,
    MassUnit,
    OrganOrTissue,
    PlainText,
)

VOI_REFERENCE = Reference("VOI")

MeasuredIn = Annotated[Integer, Tag("VOIIdentifier"), VOI_REFERENCE, Role("measured in")]
VOIIdentifiers = Annotated[list[Integer], Field(min_length=1), Wrapped("VOIIdentifierUsed"), VOI_REFERENCE]
VOIsUsed = Annotated[VOIIdentifiers, Tag("VOIIdentifierUsed"), Input()]
VOIsUsedIfAny = Annotated[VOIIdentifiers | None, Tag("VOIIdentifierUsed"), Input()]

SEGMENTATION = Reference("Segmentation")

VOI_FILES = ("VOI", "VOI superimposed on images", "segmentation")


class OrganMass(Block):
    """The mass of what a VOI holds."""

    meaning: ClassVar[Meaning] = Quantity(kind="measurement")

    value: Annotated[Float, Tag("OrganMassValue"), Value()]
    unit: Annotated[MassUnit, Tag("OrganMassUnit"), Unit()]


class VOI(Block):
    """A volume of interest: the image region that stands for an organ or tissue."""

    meaning: ClassVar[Meaning] = Thing(("om:VOI",), scope=Scope.file_set, key=("identifier",))

    identifier: Annotated[Integer, Tag("VOIIdentifier"), Identifier()]
    organ: Annotated[
        OrganOrTissue,
        Tag("OrganOrTissue"),
        Instance(scope=Scope.patient, named=False, body_part=True, kind="organ"),
        Role("represents"),
    ]
    series: Annotated[Series | None, Tag("DICOMDataContainer"), STORED_IN_SERIES] = None
    files: Annotated[Files | None, Tag("NonDICOMDataContainer"), StoredIn(), Expects(VOI_FILES)] = None
    time_point: Annotated[PlainText | None, Tag("TimePointIdentifier"), TIME_POINT, Role("about")] = None
    mass: Annotated[
        OrganMass | None,
        Tag("OrganMass"),
        Output(("om:patient_organ_mass_at_timepoint",)),
        MeasuredHere("time_point"),
    ] = None


IMAGES_USED = ("nm_used", "ct_used", "static_used", "static_files_used")
"""The fields of a process that hold the images it used."""

VOIs = Annotated[
    list[VOI], Field(min_length=1), Wrapped("VOIProduced"), Output(), Linked("extracted from", IMAGES_USED)
]
"""VOIs in a container element: made by the process that declares them, drawn on its images."""


class Segmentation(Block):
    """A set of VOIs that one act of segmentation made."""

    meaning: ClassVar[Meaning] = Thing(
        ("om:segmentation_dataset",), scope=Scope.file_set, key=("identifier",)
    )

    identifier: Annotated[PlainText, Tag("SegmentationIdentifier"), Identifier()]
    vois: Annotated[VOIs, Tag("VOIContainer"), Role("part")]
    series: Annotated[Series | None, Tag("DICOMDataContainer"), STORED_IN_SERIES] = None
    files: Annotated[Files | None, Tag("NonDICOMDataContainer"), StoredIn(), Expects(VOI_FILES)] = None


class CountsPerVOIAtTimePoint(Block):
    """Decay events that the camera counted in a VOI."""

    meaning: ClassVar[Meaning] = Quantity(("om:counts_per_VOI_at_timepoint",), kind="measurement")

    value: Annotated[Float, Tag("CountsValue"), Value()]
    unit: Annotated[CountsUnit, Tag("CountsUnit"), Unit()] = "counts"
    voi: MeasuredIn
    time_point: MeasuredAt


class MassPerVOIAtTimePoint(Block):
    """The mass of what a VOI holds at a time point."""

    meaning: ClassVar[Meaning] = Quantity(("om:patient_organ_mass_at_timepoint",), kind="measurement")

    value: Annotated[Float, Tag("MassValue"), Value()]
    unit: Annotated[MassUnit, Tag("MassUnit"), Unit()]
    voi: MeasuredIn
    time_point: MeasuredAt


class DataActivityPerVOIAtTimePoint(Block):
    """The activity in a VOI at a time point."""

    meaning: ClassVar[Meaning] = Quantity(
        ("om:radiopharmaceutical_activity_per_VOI_at_timepoint",), kind="measurement"
    )

    value: Annotated[Float, Tag("DataActivityValue"), Value()]
    unit: Annotated[ActivityUnit, Tag("ActivityUnit"), Unit()]
    voi: MeasuredIn
    time_point: MeasuredAt


class AbsorbedDoseRatePerVOIAtTimePoint(Block):
    """The absorbed dose rate in a VOI at a time point."""

    meaning: ClassVar[Meaning] = Quantity(("om:absorbed_dose_rate_per_VOI_at_timepoint",), kind="measurement")

    value: Annotated[Float, Tag("AbsorbedDoseRateValue"), Value()]
    unit: Annotated[AbsorbedDoseRateUnit, Tag("AbsorbedDoseRateUnit"), Unit()]
    voi: MeasuredIn
    time_point: MeasuredAt


class AbsorbedDoseInVOI(Block):
    """The absorbed dose of one organ or tissue, over all VOIs that stand for it."""

    meaning: ClassVar[Meaning] = Quantity(("om:total_absorbed_dose_per_VOI",), kind="measurement")

    value: Annotated[Float, Tag("AbsorbedDoseInVOIValue"), Value()]
    unit: Annotated[AbsorbedDoseUnit, Tag("AbsorbedDoseUnit"), Unit()]
    uncertainty: Annotated[
        Float | None,
        Tag("AbsorbedDoseInVOIUncertainty"),
        Measured(("om:range_of_uncertainty_value",), unit="unit"),
        Role("uncertainty"),
    ] = None
    vois: Annotated[VOIIdentifiers, Tag("VOIIdentifierList"), Role("measured in")]

    @property
    def same_as(self) -> tuple[float, str, frozenset[str]]:
        """What two statements of one dose share: value, unit, VOIs."""
        return self.value, self.unit, frozenset(v.canonical for v in self.vois)
