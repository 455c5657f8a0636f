"""Energy deposition and dose rates of a hybrid dosimetry, time point by time point."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from ontomedirad.descriptor.block import Block
from ontomedirad.descriptor.data import DICOMData, NonDICOMData
from ontomedirad.descriptor.fits_2d import (
    MASS,
    PatientOrganMassInHybridDosimetry,
)
from ontomedirad.descriptor.kinds import CT_RESAMPLED, MATRIX
from ontomedirad.descriptor.leaf import Float
from ontomedirad.descriptor.marks import (
    Expects,
    Input,
    Integrates,
    Linked,
    Meaning,
    MeasuredHere,
    Output,
    Process,
    Quantity,
    Tag,
    TimePoint,
    Unit,
    Value,
    Wrapped,
)
from ontomedirad.descriptor.planar import ROI_REFERENCE
from ontomedirad.descriptor.regions import VOI_REFERENCE, MeasuredIn, VOIsUsed
from ontomedirad.descriptor.treatment import (
    TIME_POINT,
    Execution,
    MeasuredAt,
    PostActivity,
    PreActivity,
    TimePointUsed,
)
from ontomedirad.descriptor.values import (
    AbsorbedDoseRateUnit,
    EnergyDepositionRateUnit,
    PlainText,
)

ENERGY_RATE = "om:energy_deposition_rate_per_VOI_at_timepoint"
RATE_PER_VOI = "om:absorbed_dose_rate_per_VOI_at_timepoint"
_ACTIVITY_MAP = ("om:voxel_data_activity",)

TimePoints = Annotated[
    list[PlainText],
    Field(min_length=1),
    Tag("TimePointIdentifierUsed"),
    Wrapped("TimePointIdentifier"),
    TIME_POINT,
    TimePoint(),
]
ROIs = Annotated[
    list[PlainText],
    Field(min_length=1),
    Tag("ROIIdentifierUsed"),
    Wrapped("ROIIdentifier"),
    ROI_REFERENCE,
    Input(),
]


class EnergyDepositionRatePerVOIAtTimePoint(Block):
    """The energy deposited in a VOI a unit of time."""

    meaning: ClassVar[Meaning] = Quantity((ENERGY_RATE,), kind="measurement")

    value: Annotated[Float, Tag("EnergyDepositionRateValue"), Value()]
    unit: Annotated[EnergyDepositionRateUnit, Tag("EnergyDepositionRateUnit"), Unit()]
    voi: MeasuredIn
    time_point: MeasuredAt


class MeanAbsorbedDoseRateInVOI(Block):
    """The mean absorbed dose rate in a VOI, at the time point of its calculation."""

    meaning: ClassVar[Meaning] = Quantity((RATE_PER_VOI,), kind="measurement")

    value: Annotated[Float, Tag("MeanAbsorbedDoseRateInVOIValue"), Value()]
    unit: Annotated[AbsorbedDoseRateUnit, Tag("AbsorbedDoseRateUnit"), Unit()]
    voi: MeasuredIn


class EnergyDepositionRateCalculationInHybridDosimetry(Block):
    """The energy deposited a unit of time in each voxel."""

    meaning: ClassVar[Meaning] = Process(("om:calculation_of_energy_deposition_rate",), treatment=True)

    execution: Execution
    time_point: TimePointUsed
    activity_series_used: Annotated[
        DICOMData | None, Tag("VoxelDataActivityAtTimePointIdentifier"), Input(_ACTIVITY_MAP)
    ] = None
    activity_file_used: Annotated[
        NonDICOMData | None,
        Tag("NonDicomVoxelDataActivityAtTimePointIdentifier"),
        Input(_ACTIVITY_MAP),
        Expects(("voxel activity map",)),
    ] = None
    ct_used: Annotated[DICOMData, Tag("CTReconResampledOnSPECTUsed"), Input(CT_RESAMPLED)]
    matrix_series: Annotated[
        DICOMData,
        Tag("ThreeDimEnergyDepositionRateMatrixAtTimePointProduced"),
        Output(MATRIX),
        Linked("rests on", ("activity_series_used", "activity_file_used", "ct_used")),
    ]
    matrix: Annotated[
        NonDICOMData,
        Tag("NonDICOMThreeDimEnergyDepositionRateMatrixAtTimePointProduced"),
        Output(MATRIX),
        Expects(("3D Energy Deposition Rate Matrix",)),
        Linked("rests on", ("activity_series_used", "activity_file_used", "ct_used")),
    ]


class SumAndScalingEnergyDepositionRate(Block):
    """Energy deposition rates summed over VOIs."""

    meaning: ClassVar[Meaning] = Process(("om:summing_and_scaling_energy_deposition_rate",), treatment=True)

    execution: Execution
    time_points: TimePoints
    rois_used: ROIs
    voi_used: Annotated[PlainText, Tag("VOIInSPECTIdentifierUsed"), VOI_REFERENCE, Input()]
    rates: Annotated[
        list[EnergyDepositionRatePerVOIAtTimePoint],
        Field(min_length=1),
        Tag("EnergyDepositionRatePerVOIAtTimePointProduced"),
        Wrapped("EnergyDepositionRatePerVOIAtTimePoint"),
        Output(),
    ]


class AbsorbedDoseRateCalculationInHybridDosimetry(Block):
    """Mean absorbed dose rates in VOIs."""

    meaning: ClassVar[Meaning] = Process(
        ("om:calculation_of_mean_absorbed_dose_rates_in_VOIs",), treatment=True
    )

    execution: Execution
    time_point: TimePointUsed
    vois_used: VOIsUsed
    pre_activity: Annotated[PreActivity, Tag("PreAdministeredActivityUsed")]
    post_activity: Annotated[PostActivity, Tag("PostAdministeredActivityUsed")]
    masses: Annotated[
        Annotated[list[PatientOrganMassInHybridDosimetry], Field(min_length=1)] | None,
        Tag("PatientOrganMassUsed"),
        Wrapped("PatientOrganMassInHybridDosimetry"),
        Input(MASS),
        MeasuredHere("time_point", region=False),
    ] = None
    rates: Annotated[
        list[MeanAbsorbedDoseRateInVOI],
        Field(min_length=1),
        Tag("MeanAbsorbedDoseRateInVOIProduced"),
        Wrapped("MeanAbsorbedDoseRateInVOI"),
        Output(),
        MeasuredHere("time_point", region=False),
        Integrates(ENERGY_RATE),
    ]
