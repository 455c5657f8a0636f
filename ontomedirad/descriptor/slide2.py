"""3D dosimetry of a targeted radionuclide therapy by integrating absorbed dose rates over time.

The workflow that its schema calls "3D Slide 2": images at several time points, segmentation and
masses, energy deposition rates, absorbed dose rates a VOI, a fit over time, absorbed doses.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from ontomedirad.descriptor.block import Block
from ontomedirad.descriptor.calibration import CTNumberCalibrationCurve
from ontomedirad.descriptor.data import DICOMData, Files, NonDICOMData, Series, Transformations
from ontomedirad.descriptor.leaf import Float
from ontomedirad.descriptor.marks import (
    Expects,
    Input,
    Instance,
    Integrates,
    Linked,
    Meaning,
    Measured,
    Method,
    Output,
    Process,
    Quantity,
    Role,
    Scope,
    States,
    Tag,
    Text,
    TimePoint,
    Unit,
    Value,
    Wrapped,
)
from ontomedirad.descriptor.regions import (
    IMAGES_USED,
    SEGMENTATION,
    AbsorbedDoseInVOI,
    AbsorbedDoseRatePerVOIAtTimePoint,
    CountsPerVOIAtTimePoint,
    DataActivityPerVOIAtTimePoint,
    MassPerVOIAtTimePoint,
    Segmentation,
    VOIs,
    VOIsUsed,
    VOIsUsedIfAny,
)
from ontomedirad.descriptor.treatment import (
    CTRelevantCalibrationReference,
    CurveFittingMethod,
    Execution,
    NMRelevantCalibrationReference,
    PostActivity,
    PreActivity,
    TimePointDescriptionElement,
    TimePointsUsed,
    TimePointUsed,
)
from ontomedirad.descriptor.values import CalculationAlgorithm, LengthUnit, PlainText

NM_TOMO = ("om:NM_tomo_dataset",)
NM_RECON = ("om:NM_recon_tomo_dataset",)
CT = ("om:CT_image_dataset",)
CT_RESAMPLED = ("om:resampled_CT_image_dataset", "om:CT_image_dataset")
NM_RESAMPLED = ("om:resampled_NM_recon_tomo_dataset",)
COEFFICIENT = ("om:SPECT_calibration_coefficient",)
RECOVERY_CURVE = ("om:SPECT_recovery_coefficient_curve",)
CT_CURVE = ("om:CT_number_calibration_curve",)

RESTS_ON_IMAGES = Linked("rests on", IMAGES_USED)

Counts = Annotated[
    list[CountsPerVOIAtTimePoint], Field(min_length=1), Wrapped("CountsPerVOIAtTimePointProduced"), Output()
]


def method(*types: str) -> tuple[Instance, Method]:
    """Marks of a text that names a method of one of our classes."""
    return Instance(types, kind="method"), Method()


class SPECTAcqCTAcqAndReconstruction(Block):
    """The acquisition of a SPECT and its CT at one time point or more."""

    meaning: ClassVar[Meaning] = Process(("om:SPECT_data_acquisition",), treatment=True)

    time_points: Annotated[
        list[TimePointDescriptionElement],
        Field(min_length=1),
        Tag("TimePointDescription"),
        Wrapped("TimePointDescriptionElement"),
        TimePoint(),
    ]
    nm_calibration: Annotated[
        NMRelevantCalibrationReference,
        Tag("NMRelevantCalibrationReference"),
        Input(COEFFICIENT),
        Input(RECOVERY_CURVE),
    ]
    ct_calibration: Annotated[
        CTRelevantCalibrationReference, Tag("CTRelevantCalibrationReference"), Input(CT_CURVE)
    ]
    nm_produced: Annotated[DICOMData, Tag("NMTomoProduced"), Output(NM_TOMO)]
    ct_produced: Annotated[DICOMData, Tag("CTReconProduced"), Output(CT)]


class SPECTReconstruction(Block):
    """The reconstruction of a SPECT from its projections."""

    meaning: ClassVar[Meaning] = Process(("om:SPECT_data_reconstruction",), treatment=True)

    execution: Execution
    time_point: TimePointUsed
    nm_used: Annotated[DICOMData, Tag("NMTomoUsed"), Input(NM_TOMO)]
    ct_used: Annotated[DICOMData, Tag("CTReconUsed"), Input(CT)]
    method: Annotated[PlainText, Tag("ReconstructionMethodAndCorrectionsUsed"), *method("dcm:113961")]
    ct_curve: Annotated[CTNumberCalibrationCurve | None, Tag("CTNumberCalibrationCurveUsed"), Input()] = None
    ct_curve_reference: Annotated[
        CTRelevantCalibrationReference | None, Tag("CTNumberCalibrationCurveReference"), Input(CT_CURVE)
    ] = None
    nm_produced: Annotated[
        DICOMData,
        Tag("NMTomoReconProduced"),
        Output(NM_RECON),
        RESTS_ON_IMAGES,
        Linked("rests on", ("ct_curve", "ct_curve_reference")),
    ]


class SPECTDataAcquisitionAndReconstruction(Block):
    """All acquisitions of the treatment, and their reconstructions where they were done apart."""

    acquisitions: Annotated[
        list[SPECTAcqCTAcqAndReconstruction],
        Field(min_length=1),
        Tag("SPECTAcqCTAcqAndReconstructionContainer"),
        Wrapped("SPECTAcqCTAcqAndReconstruction"),
    ]
    reconstructions: Annotated[
        list[SPECTReconstruction] | None,
        Field(min_length=1),
        Tag("SPECTReconstructionContainer"),
        Wrapped("SPECTReconstruction"),
    ] = None


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


_MATRIX = ("om:3D_energy_deposition_rate_at_timepoint",)
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
        Output(_MATRIX),
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
        NonDICOMData, Tag("ThreeDimEnergyDepositionRateMatrixAtTimePointUsed"), Input(_MATRIX), _MATRIX_FILE
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


Doses = Annotated[
    list[AbsorbedDoseInVOI], Field(min_length=1), Wrapped("AbsorbedDoseInVOIProduced"), Output()
]


class DoseRateCurveFitVOITimeIntegration(Block):
    """The absorbed dose of an organ, from its dose rates fitted and integrated over time.

    It computes mean absorbed doses in VOIs, and carries that class too: the original query of
    absorbed doses asks for it.
    """

    meaning: ClassVar[Meaning] = Process(
        ("om:time_absorbed_dose_rate_curve_fitting", "om:calculation_of_mean_absorbed_doses_in_VOIs"),
        treatment=True,
    )

    execution: Execution
    vois_used: VOIsUsed
    time_points: TimePointsUsed
    fitting: Annotated[CurveFittingMethod, Tag("PKAssessmentMethodUsed"), Method()]
    pre_activity: Annotated[PreActivity, Tag("PreAdministeredActivityUsed")]
    post_activity: Annotated[PostActivity, Tag("PostAdministeredActivityUsed")]
    doses: Annotated[
        Doses, Tag("AbsorbedDoseInVOIProduced"), Integrates("om:absorbed_dose_rate_per_VOI_at_timepoint")
    ]


class RadioBiologicalCalculationInHybridOr3DSlide2Dosimetry(Block):
    """The biological effective dose (ICRU Report 92) of the VOIs."""

    meaning: ClassVar[Meaning] = Process(("om:radio_biological_calculation",), treatment=True)

    execution: Execution
    vois_used: VOIsUsed
    method: Annotated[PlainText, Tag("RadioBiologicalCalculationMethod"), *method("obo:OBI_0000272")]
    parameters: Annotated[PlainText, Tag("RadioBiologicalCalculationParameters"), Text("om:has_description")]
    biological_effective_dose: Annotated[
        PlainText,
        Tag("BiologicalEffectiveDose"),
        Measured(("omx:biological_effective_dose",)),
        Output(),
        Linked("measured in", ("vois_used",)),
    ]


class RegistrationVOISegmentationAndPropagation(Block):
    """Images brought into one space, segmented there, and the VOIs carried over."""

    meaning: ClassVar[Meaning] = Process(
        ("om:registration_VOI_segmentation_and_propagation",), treatment=True
    )

    execution: Execution
    time_point: TimePointUsed
    counts: Annotated[
        Counts | None, Tag("CountsPerVOIAtTimePointProducedContainer"), Linked("rests on", ("nm_used",))
    ] = None
    nm_used: Annotated[Series, Tag("NMTomoReconUsed"), Input(NM_RECON)]
    ct_used: Annotated[Series, Tag("CTReconUsed"), Input(CT)]
    method: Annotated[
        PlainText, Tag("ImageProcessingMethodMethodUsed"), *method("om:image_processing_method")
    ]
    segmentation: Annotated[Segmentation, Tag("Segmentation"), Output(), RESTS_ON_IMAGES]
    ct_resampled: Annotated[
        Series | None,
        Tag("CTReconResampledOnCommonReferenceProduced"),
        Output(CT_RESAMPLED),
        Linked("resampling of", ("ct_used",)),
    ] = None
    nm_resampled: Annotated[
        Series | None,
        Tag("NMTomoReconResampledOnCommonReferenceProduced"),
        Output(NM_RESAMPLED),
        Linked("resampling of", ("nm_used",)),
    ] = None
    ct_resampled_files: Annotated[
        Files | None,
        Tag("NonDICOMCTReconResampledOnCommonReferenceProduced"),
        Output(("om:resampled_CT_image_dataset",)),
        Expects(("CT Reconstruction",)),
        Linked("resampling of", ("ct_used",)),
    ] = None
    nm_resampled_files: Annotated[
        Files | None,
        Tag("NonDICOMNMTomoReconResampledOnCommonReferenceProduced"),
        Output(NM_RESAMPLED),
        Expects(("NM Tomo Reconstruction",)),
        Linked("resampling of", ("nm_used",)),
    ] = None
    density_images: Annotated[
        Files | None,
        Tag("DensityImageProduced"),
        Output(("om:density_image",)),
        Expects(("Density Image",)),
        Linked("rests on", ("ct_used",)),
    ] = None
    transformations: Annotated[
        Transformations | None, Tag("GeometricalTransformationContainer"), RESTS_ON_IMAGES
    ] = None


class AbsorbedDoseCalculationInVOI(Block):
    """Absorbed doses of VOIs, and the dose map they were taken from."""

    meaning: ClassVar[Meaning] = Process(("om:calculation_of_mean_absorbed_doses_in_VOIs",), treatment=True)

    execution: Execution
    segmentation_used: Annotated[
        PlainText | None, Tag("SegmentationIdentifierUsed"), SEGMENTATION, Input()
    ] = None
    method: Annotated[
        PlainText, Tag("AbsorbedDoseCalculationMethodUsed"), *method("om:absorbed_dose_estimate_method")
    ]
    dose_maps: Annotated[
        Files | None,
        Tag("VoxelAbsorbedDoseMapProduced"),
        Output(("dcm:128487",)),
        Expects(("3D absorbed dose map",)),
        Linked("rests on", ("segmentation_used",)),
        States("obo:IAO_0000039", "obo:UO_0000134"),
        States("obo:BFO_0000172", "dcm:128513"),
    ] = None
    doses: Annotated[
        Doses | None,
        Tag("AbsorbedDoseInVOIContainer"),
        Linked("rests on", ("segmentation_used", "dose_maps")),
    ] = None


class ThreeDimDosimetrySlide2workflow(Block):
    """A 3D dosimetry that integrates absorbed dose rates over time."""

    meaning: ClassVar[Meaning] = Process(
        ("om:3D_dosimetry_of_TRT_using_time_integration_on_absorbed_dose_rates",),
        scope=Scope.box,
        kind="dosimetry",
        treatment=True,
    )

    imaging: Annotated[SPECTDataAcquisitionAndReconstruction, Tag("SPECTDataAcquisitionAndReconstruction")]
    time_points: Annotated[
        list[VOISegmentationEnergyDepositionCalculationAbsorbedDoseRateCalculation],
        Field(min_length=1),
        Tag("VOISegmentationEnergyDepositionCalculationAbsorbedDoseRateCalculationContainer"),
        Wrapped("VOISegmentationEnergyDepositionCalculationAbsorbedDoseRateCalculation"),
    ]
    dose_fits: Annotated[
        list[DoseRateCurveFitVOITimeIntegration],
        Field(min_length=1),
        Tag("DoseRateCurveFitVOITimeIntegrationContainer"),
        Wrapped("DoseRateCurveFitVOITimeIntegration"),
    ]
    radiobiology: Annotated[
        RadioBiologicalCalculationInHybridOr3DSlide2Dosimetry | None,
        Tag("RadioBiologicalCalculationInHybridOr3DSlide2Dosimetry"),
    ] = None
    registrations: Annotated[
        list[RegistrationVOISegmentationAndPropagation] | None,
        Field(min_length=1),
        Tag("RegistrationVOISegmentationAndPropagationContainer"),
        Wrapped("RegistrationVOISegmentationAndPropagation"),
    ] = None
    dose_calculation: Annotated[AbsorbedDoseCalculationInVOI | None, Tag("AbsorbedDoseCalculationInVOI")] = (
        None
    )
