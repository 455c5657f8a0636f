"""Hybrid dosimetry of a targeted radionuclide therapy: planar images over time, one SPECT for scale."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from ontomedirad.descriptor.block import Block
from ontomedirad.descriptor.doses import RadioBiologicalCalculationInHybridOr3DSlide2Dosimetry
from ontomedirad.descriptor.fits_2d import (
    MASS_OF_NO_TIME,
    MassReference,
    PatientOrganMassInHybridDosimetry,
    SValues,
    TimeActivityCurveFit,
)
from ontomedirad.descriptor.hybrid_rates import (
    RATE_PER_VOI,
    AbsorbedDoseRateCalculationInHybridDosimetry,
    EnergyDepositionRateCalculationInHybridDosimetry,
    ROIs,
    SumAndScalingEnergyDepositionRate,
    TimePoints,
)
from ontomedirad.descriptor.imaging import (
    RegistrationVOISegmentationAndPropagation,
    SPECTAcqCTAcqAndReconstruction,
    SPECTReconstruction,
)
from ontomedirad.descriptor.leaf import Float
from ontomedirad.descriptor.marks import (
    Input,
    Integrates,
    Linked,
    Meaning,
    Method,
    Output,
    Process,
    Quantity,
    Tag,
    TimePoint,
    Unit,
    Value,
    Wrapped,
)
from ontomedirad.descriptor.planar import DataActivityPerROIAtTimePoint, PlanarData
from ontomedirad.descriptor.rates import VOIActivityDetermination
from ontomedirad.descriptor.regions import MeasuredIn, VOIsUsed
from ontomedirad.descriptor.treatment import (
    TIME_POINT,
    CurveFittingMethod,
    Execution,
)
from ontomedirad.descriptor.values import (
    AbsorbedDoseUnit,
    PlainText,
)


class MeanAbsorbedDoseInVOI(Block):
    """The mean absorbed dose in a VOI."""

    meaning: ClassVar[Meaning] = Quantity(("om:total_absorbed_dose_per_VOI",), kind="measurement")

    value: Annotated[Float, Tag("MeanAbsorbedDoseInVOIValue"), Value()]
    unit: Annotated[AbsorbedDoseUnit, Tag("AbsorbedDoseUnit"), Unit()]
    voi: MeasuredIn


Doses = Annotated[
    list[MeanAbsorbedDoseInVOI], Field(min_length=1), Wrapped("MeanAbsorbedDoseInVOI"), Output()
]


class TimeAbsorbedDoseRateCurveFit(Block):
    """Absorbed doses of VOIs, from dose rates fitted and integrated over time."""

    meaning: ClassVar[Meaning] = Process(
        ("om:time_absorbed_dose_rate_curve_fitting", "om:calculation_of_mean_absorbed_doses_in_VOIs"),
        treatment=True,
    )

    execution: Execution
    vois_used: VOIsUsed
    time_points: TimePoints
    fitting: Annotated[CurveFittingMethod, Tag("PKAssessmentMethodUsed"), Method()]
    doses: Annotated[Doses, Tag("MeanAbsorbedDoseInVOIProduced"), Integrates(RATE_PER_VOI)]


class ActivityScaling(Block):
    """Planar activities scaled to those of the SPECT."""

    meaning: ClassVar[Meaning] = Process(("om:activity_scaling",), treatment=True)

    execution: Execution
    time_points: TimePoints
    vois_used: VOIsUsed
    rois_used: ROIs
    activities: Annotated[
        list[DataActivityPerROIAtTimePoint],
        Field(min_length=1),
        Tag("DataActivityPerROIAtTimePoint"),
        Wrapped("DataActivityPerROIAtTimePointProduced"),
        Output(),
        Linked("rests on", ("vois_used",)),
    ]


class AbsorbedDoseCalculationInROIInHybridDosimetry(Block):
    """Mean absorbed doses; the wire format takes ROIs in and gives doses of VOIs out."""

    meaning: ClassVar[Meaning] = Process(
        ("om:calculation_of_mean_absorbed_doses_in_ROIs", "om:calculation_of_mean_absorbed_doses_in_VOIs"),
        treatment=True,
    )

    execution: Execution
    rois_used: ROIs
    s_values: SValues
    mass: Annotated[
        PatientOrganMassInHybridDosimetry | None, Tag("PatientOrganMassUsed"), Input(MASS_OF_NO_TIME)
    ] = None
    mass_reference: MassReference = None
    doses: Annotated[
        Doses,
        Tag("MeanAbsorbedDoseInVOIProduced"),
        Linked("rests on", ("rois_used", "s_values", "mass", "mass_reference")),
    ]


class SPECTDataAcquisitionAndProcessing(Block):
    """The one SPECT: acquired, reconstructed, registered, its activities determined."""

    acquisition: Annotated[SPECTAcqCTAcqAndReconstruction | None, Tag("SPECTAcqCTAcqAndReconstruction")] = (
        None
    )
    reconstruction: Annotated[SPECTReconstruction | None, Tag("SPECTReconstruction")] = None
    registration: Annotated[RegistrationVOISegmentationAndPropagation, Tag("RegistrationVOISegmentation")]
    activity: Annotated[VOIActivityDetermination, Tag("VOIActivityDetermination")]
    time_point: Annotated[PlainText, Tag("TimePointIdentifierUsed"), TIME_POINT, TimePoint()]


class HybridDosimetryPerTimePoint(Block):
    """From the activities of one time point to dose rates."""

    energy_deposition: Annotated[
        EnergyDepositionRateCalculationInHybridDosimetry,
        Tag("EnergyDepositionRateCalculationInHybridDosimetry"),
    ]
    energy_rates: Annotated[SumAndScalingEnergyDepositionRate, Tag("SumAndScalingEnergyDepositionRate")]
    dose_rates: Annotated[
        AbsorbedDoseRateCalculationInHybridDosimetry, Tag("AbsorbedDoseRateCalculationInHybridDosimetry")
    ]


class HybridDosimetryViaAbsorbedDoseRateCalculation(Block):
    """Doses by way of dose rates."""

    time_points: Annotated[
        list[HybridDosimetryPerTimePoint],
        Field(min_length=1),
        Tag("HybridDosimetryPerTimePointContainer"),
        Wrapped("HybridDosimetryPerTimePoint"),
    ]
    fit: Annotated[TimeAbsorbedDoseRateCurveFit, Tag("TimeAbsorbedDoseRateCurveFit")]


class HybridDosimetryViaTimeActivityCurveFit(Block):
    """Doses by way of time-integrated activities."""

    scaling: Annotated[ActivityScaling, Tag("ActivityScaling")]
    fit: Annotated[TimeActivityCurveFit, Tag("TimeActivityCurveFit")]
    dose_calculation: Annotated[
        AbsorbedDoseCalculationInROIInHybridDosimetry, Tag("AbsorbedDoseCalculationInROIInHybridDosimetry")
    ]


class HybridDosimetryworkflow(Block):
    """A dosimetry from planar images and one SPECT."""

    meaning: ClassVar[Meaning] = Process(("om:hybrid_dosimetry_of_TRT",), kind="dosimetry", treatment=True)

    planar: PlanarData
    spect: Annotated[SPECTDataAcquisitionAndProcessing, Tag("SPECTDataAcquisitionAndProcessing")]
    by_dose_rates: Annotated[
        HybridDosimetryViaAbsorbedDoseRateCalculation | None,
        Tag("HybridDosimetryViaAbsorbedDoseRateCalculation"),
    ] = None
    by_activities: Annotated[
        HybridDosimetryViaTimeActivityCurveFit | None, Tag("HybridDosimetryViaTimeActivityCurveFit")
    ] = None
    radiobiology: Annotated[
        RadioBiologicalCalculationInHybridOr3DSlide2Dosimetry | None,
        Tag("RadioBiologicalCalculationInHybridOr3DSlide2Dosimetry"),
    ] = None
