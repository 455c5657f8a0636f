"""Planar imaging of a treatment: acquisition, correction, segmentation into ROIs, activity."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from ontomedirad.descriptor.block import Block
from ontomedirad.descriptor.data import STORED_IN_SERIES, DICOMData, Files, NonDICOMData, Series
from ontomedirad.descriptor.kinds import RESTS_ON_IMAGES, method
from ontomedirad.descriptor.leaf import Float
from ontomedirad.descriptor.marks import (
    Expects,
    Identifier,
    Input,
    Instance,
    Linked,
    Meaning,
    Output,
    Process,
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
from ontomedirad.descriptor.regions import IMAGES_USED, VOI_FILES, Segmentation
from ontomedirad.descriptor.treatment import (
    Execution,
    MeasuredAt,
    NMRelevantCalibrationReference,
    TimePointsDescribed,
    TimePointUsed,
)
from ontomedirad.descriptor.values import ActivityUnit, CountsUnit, OrganOrTissue, PlainText

NM_STATIC = ("om:NM_static_dataset",)
CORRECTED = ("om:corrected_NM_static_dataset", "om:NM_static_dataset")
RESAMPLED = ("omx:resampled_NM_static_dataset", "om:corrected_NM_static_dataset")
PLANAR_COEFFICIENT = ("om:planar_NM_calibration_coefficient",)

ROI_REFERENCE = Reference("ROI")
MeasuredInROI = Annotated[PlainText, Tag("ROIIdentifier"), ROI_REFERENCE, Role("measured in")]


class ROI(Block):
    """A region of interest: the region of a planar image that stands for an organ or tissue."""

    meaning: ClassVar[Meaning] = Thing(("om:ROI",), scope=Scope.file_set, key=("identifier",))

    identifier: Annotated[PlainText, Tag("ROIIdentifier"), Identifier()]
    organ: Annotated[
        OrganOrTissue,
        Tag("OrganOrTissue"),
        Instance(scope=Scope.patient, named=False, body_part=True, kind="organ"),
        Role("represents"),
    ]
    series: Annotated[DICOMData | None, Tag("DICOMROIContainer"), STORED_IN_SERIES] = None
    file: Annotated[NonDICOMData | None, Tag("NonDICOMROIContainer"), StoredIn(), Expects(VOI_FILES)] = None


class CountsPerROIAtTimePoint(Block):
    """Decay events that the camera counted in an ROI."""

    meaning: ClassVar[Meaning] = Quantity(("om:counts_per_ROI_at_timepoint",), kind="measurement")

    value: Annotated[Float, Tag("CountsValue"), Value()]
    unit: Annotated[CountsUnit, Tag("CountsUnit"), Unit()] = "counts"
    roi: MeasuredInROI
    time_point: MeasuredAt


class DataActivityPerROIAtTimePoint(Block):
    """The activity in an ROI at a time point."""

    meaning: ClassVar[Meaning] = Quantity(
        ("om:radiopharmaceutical_activity_per_ROI_at_timepoint",), kind="measurement"
    )

    value: Annotated[Float, Tag("DataActivityValue"), Value()]
    unit: Annotated[ActivityUnit, Tag("ActivityUnit"), Unit()]
    roi: MeasuredInROI
    time_point: MeasuredAt


class PlanarDataAcquisition(Block):
    """The acquisition of a planar image at one time point or more."""

    meaning: ClassVar[Meaning] = Process(("om:planar_NM_data_acquisition",), treatment=True)

    time_points: TimePointsDescribed
    calibration: Annotated[
        NMRelevantCalibrationReference, Tag("NMRelevantCalibrationReference"), Input(PLANAR_COEFFICIENT)
    ]
    static_produced: Annotated[DICOMData | None, Tag("NMStaticProduced"), Output(NM_STATIC)] = None
    static_file_produced: Annotated[
        NonDICOMData | None, Tag("NonDicomNMStaticProduced"), Output(NM_STATIC)
    ] = None


class PlanarDataCorrections(Block):
    """The correction of a planar image, for scatter, attenuation and the like."""

    meaning: ClassVar[Meaning] = Process(("om:planar_NM_data_correction",), treatment=True)

    execution: Execution
    time_point: TimePointUsed
    static_used: Annotated[DICOMData, Tag("NMStaticUsed"), Input(NM_STATIC)]
    corrections: Annotated[PlainText, Tag("CorrectionsUsed"), *method("om:correction_method")]
    corrected: Annotated[DICOMData, Tag("NMStaticCorrectedProduced"), Output(CORRECTED), RESTS_ON_IMAGES]


Counts = Annotated[
    list[CountsPerROIAtTimePoint],
    Field(min_length=1),
    Tag("CountsPerROIAtTimePointContainer"),
    Wrapped("CountsPerROIAtTimePointProduced"),
    Output(),
    RESTS_ON_IMAGES,
]
StaticUsed = Annotated[Series | None, Tag("NMStaticCorrectedUsed"), Input(CORRECTED)]
StaticFilesUsed = Annotated[Files | None, Tag("NonDICOMNMStaticCorrectedUsed"), Input(CORRECTED)]
SegmentationMethod = Annotated[
    PlainText, Tag("SegmentationMethodUsed"), *method("om:image_segmentation_method")
]
ROIs = Annotated[
    Annotated[list[ROI], Field(min_length=1)] | None,
    Tag("ROIProduced"),
    Wrapped("ROI"),
    Output(),
    Linked("extracted from", IMAGES_USED),
]
SegmentationProduced = Annotated[Segmentation | None, Tag("SegmentationProduced"), Output(), RESTS_ON_IMAGES]


class PlanarDataSegmentationWithoutRegistration(Block):
    """Regions drawn on the planar image of one time point."""

    meaning: ClassVar[Meaning] = Process(("om:planar_data_segmenation_without_registration",), treatment=True)

    execution: Execution
    time_point: TimePointUsed
    static_used: StaticUsed = None
    static_files_used: StaticFilesUsed = None
    method: SegmentationMethod
    counts: Counts
    rois: ROIs = None
    segmentation: SegmentationProduced = None


class PlanarDataSegmentationWithRegistrationAndPropagation(Block):
    """Regions drawn once and carried over to planar images that were registered."""

    meaning: ClassVar[Meaning] = Process(
        ("om:planar_image_segmentation_with_registration_and_propagation",), treatment=True
    )

    execution: Execution
    time_point: TimePointUsed
    static_used: StaticUsed = None
    static_files_used: StaticFilesUsed = None
    method: SegmentationMethod
    counts: Counts
    rois: ROIs = None
    segmentation: SegmentationProduced = None
    resampled: Annotated[
        Series | None,
        Tag("NMStaticCorrectedResampledOnCommonReferenceProduced"),
        Output(RESAMPLED),
        Linked("resampling of", ("static_used",)),
    ] = None
    resampled_files: Annotated[
        Files | None,
        Tag("NonDICOMNMStaticCorrectedResampledOnCommonReferenceProduced"),
        Output(RESAMPLED),
        Linked("resampling of", ("static_used", "static_files_used")),
    ] = None


class ROIPlanarActivityDetermination(Block):
    """The activity in an ROI, from the counts and the camera's planar calibration."""

    meaning: ClassVar[Meaning] = Process(("om:ROI_planar_activity_determination",), treatment=True)

    execution: Execution
    time_point: TimePointUsed
    roi_used: Annotated[PlainText, Tag("ROIIdentifierUsed"), ROI_REFERENCE, Input()]
    coefficient_used: Annotated[
        NMRelevantCalibrationReference, Tag("PlanarCalibrationFactorReference"), Input(PLANAR_COEFFICIENT)
    ]
    activities: Annotated[
        list[DataActivityPerROIAtTimePoint],
        Field(min_length=1),
        Tag("DataActivityPerROIAtTimePointContainer"),
        Wrapped("DataActivityPerROIAtTimePointProduced"),
        Output(),
        Linked("rests on", ("coefficient_used",)),
    ]


class PlanarDataAcquisitionAndProcessing(Block):
    """From the planar image of a time point to the activity in its regions."""

    acquisition: Annotated[PlanarDataAcquisition | None, Tag("PlanarDataAcquisition")] = None
    corrections: Annotated[PlanarDataCorrections, Tag("PlanarDataCorrections")]
    segmentation: Annotated[
        PlanarDataSegmentationWithoutRegistration | None, Tag("PlanarDataSegmentationWithoutRegistration")
    ] = None
    registration: Annotated[
        PlanarDataSegmentationWithRegistrationAndPropagation | None,
        Tag("PlanarDataSegmentationWithRegistrationAndPropagation"),
    ] = None
    activity: Annotated[ROIPlanarActivityDetermination | None, Tag("ROIPlanarActivityDetermination")] = None


PlanarData = Annotated[
    list[PlanarDataAcquisitionAndProcessing],
    Field(min_length=1),
    Tag("PlanarDataAcquisitionAndProcessingContainer"),
    Wrapped("PlanarDataAcquisitionAndProcessing"),
]
