"""From the images of one time point to absorbed dose rates: segmentation, activity, energy."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from ontomedirad.descriptor.block import Block
from ontomedirad.descriptor.data import DICOMData, Files, NonDICOMData, Series
from ontomedirad.descriptor.kinds import (
    COEFFICIENT,
    CT,
    CT_RESAMPLED,
    MATRIX,
    NM_RECON,
    RECOVERY_CURVE,
    RESTS_ON_IMAGES,
    Counts,
    method,
)
from ontomedirad.descriptor.leaf import Float
from ontomedirad.descriptor.marks import (
    Expects,
    Input,
    Linked,
    Meaning,
    Output,
    Process,
    Quantity,
    Role,
    Scope,
    Tag,
    Unit,
    Value,
    Wrapped,
)
from ontomedirad.descriptor.regions import (
    SEGMENTATION,
    AbsorbedDoseRatePerVOIAtTimePoint,
    DataActivityPerVOIAtTimePoint,
    MassPerVOIAtTimePoint,
    Segmentation,
    VOIs,
    VOIsUsedIfAny,
)
from ontomedirad.descriptor.treatment import (
    Execution,
    NMRelevantCalibrationReference,
    TimePointUsed,
)
from ontomedirad.descriptor.values import CalculationAlgorithm, LengthUnit, PlainText


class VOISegmentationVOIMassDetermination(Block):
    """The segmentation of one time point's images, and the masses found."""

    meaning: ClassVar[Meaning] = Process(("om:VOI_segmentation_VOI_mass_determination",), treatment=True)

    execution: Execution
    time_point: TimePointUsed
    nm_used: Annotated[DICOMData, Tag("NMTomoReconUsed"), Input(NM_RECON)]
    ct_used: Annotated[DICOMData, Tag("CTReconUsed"), Input(CT)]
    method: Annotated[PlainText, Tag("VOISegmentationMethodUsed"), *method("om:image_segmentation_method")]
    counts: Annotated[
        Counts | None, Tag("CountsPerVOIAtTimePointContainer"), Linked("rests on", ("nm_used",))
    ] = None
    vois: Annotated[VOIs | None, Tag("VOIProduced")] = None
    segmentation: Annotated[Segmentation | None, Tag("SegmentationProduced"), Output(), RESTS_ON_IMAGES] = (
        None
    )
    ct_resampled: Annotated[
        Series,
        Tag("CTReconResampledOnNMReferenceProduced"),
        Output(CT_RESAMPLED),
        Linked("resampling of", ("ct_used",)),
        Linked("resampled on", ("nm_used",)),
    ]
    masses: Annotated[
        list[MassPerVOIAtTimePoint],
        Field(min_length=1),
        Tag("MassPerVOIAtTimePointContainer"),
        Wrapped("MassPerVOIAtTimePointProduced"),
        Output(),
    ]


class VOIActivityDetermination(Block):
    """The activity in each VOI, from the counts and the camera's calibration."""

    meaning: ClassVar[Meaning] = Process(("om:VOI_activity_determination",), treatment=True)

    execution: Execution
    segmentation_used: Annotated[PlainText, Tag("SegmentationIdentifierUsed"), SEGMENTATION, Input()]
    time_point: TimePointUsed
    coefficient_used: Annotated[
        NMRelevantCalibrationReference, Tag("SPECTCalibrationFactorReferenceUsed"), Input(COEFFICIENT)
    ]
    recovery_curve_used: Annotated[
        NMRelevantCalibrationReference,
        Tag("SPECTRecoveryCoefficientCurveReferenceUsed"),
        Input(RECOVERY_CURVE),
    ]
    activities: Annotated[
        list[DataActivityPerVOIAtTimePoint] | None,
        Field(min_length=1),
        Tag("DataActivityPerVOIAtTimePointContainer"),
        Wrapped("DataActivityPerVOIAtTimePointProduced"),
        Output(),
        Linked("rests on", ("coefficient_used", "recovery_curve_used")),
    ] = None
    activity_map: Annotated[
        Files,
        Tag("VoxelActivityMapProduced"),
        Output(("om:voxel_data_activity",)),
        Expects(("voxel activity map",)),
        Linked("rests on", ("segmentation_used", "coefficient_used", "recovery_curve_used")),
    ]


class KernelLimitForConvolutions(Block):
    """The distance beyond which a dose kernel counts as zero."""

    meaning: ClassVar[Meaning] = Quantity(
        ("omx:kernel_limit_for_convolutions",), scope=Scope.owner, kind="setting", of_patient=False
    )

    value: Annotated[Float, Tag("KernelLimitForConvolutionsValue"), Value()]
    unit: Annotated[LengthUnit, Tag("KernelLimitForConvolutionsUnit"), Unit()]


_MATRIX_FILE = Expects(("3D Energy Deposition Rate Matrix",))


class EnergyDepositionRateCalculationIn3DDosimetry(Block):
    """The energy deposited a unit of time in each voxel."""

    meaning: ClassVar[Meaning] = Process(("om:calculation_of_energy_deposition_rate",), treatment=True)

    execution: Execution
    vois_used: VOIsUsedIfAny = None
    time_point: TimePointUsed
    ct_used: Annotated[DICOMData, Tag("CTReconResampledOnNMReferenceUsed"), Input(CT_RESAMPLED)]
    nm_used: Annotated[DICOMData, Tag("NMTomoReconUsed"), Input(NM_RECON)]
    algorithm: Annotated[
        CalculationAlgorithm, Tag("CalculationAlgorithmUsed"), *method("om:absorbed_dose_estimate_method")
    ]
    kernel_limit: Annotated[
        KernelLimitForConvolutions | None,
        Tag("KernelLimitForConvolutionsUsed"),
        Role("setting"),
        Linked("part of", ("algorithm",)),
    ] = None
    matrix: Annotated[
        NonDICOMData,
        Tag("ThreeDimEnergyDepositionRateMatrixAtTimePointProduced"),
        Output(MATRIX),
        _MATRIX_FILE,
        RESTS_ON_IMAGES,
        Linked("rests on", ("vois_used",)),
    ]


class SumAndScalingAbsorbedDoseRateCalculation(Block):
    """Absorbed dose rates: energy deposition summed over each VOI, scaled by its mass."""

    meaning: ClassVar[Meaning] = Process(
        ("om:summing_and_scaling_absorbed_dose_rate_calculation",), treatment=True
    )

    execution: Execution
    vois_used: VOIsUsedIfAny = None
    time_point: TimePointUsed
    segmentation_used: Annotated[PlainText | None, Tag("SegmentationUsed"), SEGMENTATION, Input()] = None
    matrix_used: Annotated[
        NonDICOMData, Tag("ThreeDimEnergyDepositionRateMatrixAtTimePointUsed"), Input(MATRIX), _MATRIX_FILE
    ]
    rates: Annotated[
        list[AbsorbedDoseRatePerVOIAtTimePoint],
        Field(min_length=1),
        Tag("AbsorbedDoseRatePerVOIAtTimePointProduced"),
        Wrapped("AbsorbedDoseRatePerVOIAtTimePointProduced"),
        Output(),
        Linked("rests on", ("matrix_used", "segmentation_used")),
    ]


class VOISegmentationEnergyDepositionCalculationAbsorbedDoseRateCalculation(Block):
    """From one time point's images to its absorbed dose rates."""

    segmentation: Annotated[VOISegmentationVOIMassDetermination, Tag("VOISegmentationVOIMassDetermination")]
    activity: Annotated[VOIActivityDetermination | None, Tag("VOIActivityDetermination")] = None
    energy_deposition: Annotated[
        EnergyDepositionRateCalculationIn3DDosimetry, Tag("EnergyDepositionRateCalculationIn3DDosimetry")
    ]
    dose_rates: Annotated[
        list[SumAndScalingAbsorbedDoseRateCalculation],
        Field(min_length=1),
        Tag("SumAndScalingAbsorbedDoseRateCalculationContainer"),
        Wrapped("SumAndScalingAbsorbedDoseRateCalculation"),
    ]
