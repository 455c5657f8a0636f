"""Dose rates, fits and doses of regions in planar images."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from ontomedirad.descriptor.block import Block
from ontomedirad.descriptor.kinds import BED, DOSE_MAPS_USED, method
from ontomedirad.descriptor.leaf import Float
from ontomedirad.descriptor.marks import (
    Duration,
    Input,
    Instance,
    Integrates,
    Linked,
    Meaning,
    MeasuredHere,
    Method,
    Output,
    Process,
    Quantity,
    Tag,
    Text,
    TimePoint,
    Unit,
    Value,
    Wrapped,
)
from ontomedirad.descriptor.planar import ROI_REFERENCE, MeasuredInROI
from ontomedirad.descriptor.regions import MeasuredIn, OrganMass
from ontomedirad.descriptor.treatment import (
    TIME_POINT,
    CurveFittingMethod,
    Execution,
    PostActivity,
    PreActivity,
    TimePointUsed,
)
from ontomedirad.descriptor.values import (
    AbsorbedDoseRateUnit,
    AbsorbedDoseUnit,
    MassUnit,
    PlainText,
    TimeUnit,
)

MASS = ("om:patient_organ_mass_at_timepoint",)
MASS_OF_NO_TIME = ("obo:IAO_0000414",)
"""A mass that the wire format gives no time point."""

RATE_PER_ROI = "om:absorbed_dose_rate_per_ROI_at_timepoint"
ACTIVITY_PER_ROI = "om:radiopharmaceutical_activity_per_ROI_at_timepoint"

ROIsUsed = Annotated[
    list[PlainText],
    Field(min_length=1),
    Tag("ROIIdentifierUsed"),
    Wrapped("ROIIdentifierUsed"),
    ROI_REFERENCE,
    Input(),
]
TimePointsOfFit = Annotated[
    list[PlainText],
    Field(min_length=1),
    Tag("TimePointIdentifierUsedContainer"),
    Wrapped("TimePointIdentifierUsed"),
    TIME_POINT,
    TimePoint(),
]
SValues = Annotated[
    PlainText, Tag("OrganSValueUsed"), Instance(("om:source_of_organ_S_values",), kind="source"), Input()
]
MassReference = Annotated[OrganMass | None, Tag("OrganMassReference"), Input(MASS_OF_NO_TIME)]


class PatientOrganMassIn2DDosimetry(Block):
    """The mass of the organ that an ROI stands for."""

    meaning: ClassVar[Meaning] = Quantity(kind="measurement")

    value: Annotated[Float, Tag("PatientOrganMassValue"), Value()]
    unit: Annotated[MassUnit, Tag("MassUnit"), Unit()]
    roi: MeasuredInROI


class PatientOrganMassInHybridDosimetry(Block):
    """The mass of the organ that a VOI stands for."""

    meaning: ClassVar[Meaning] = Quantity(kind="measurement")

    value: Annotated[Float, Tag("PatientOrganMassValue"), Value()]
    unit: Annotated[MassUnit, Tag("MassUnit"), Unit()]
    voi: MeasuredIn


class MeanAbsorbedDoseRateInROI(Block):
    """The mean absorbed dose rate in an ROI, at the time point of its calculation."""

    meaning: ClassVar[Meaning] = Quantity((RATE_PER_ROI,), kind="measurement")

    value: Annotated[Float, Tag("MeanAbsorbedDoseRateInROIValue"), Value()]
    unit: Annotated[AbsorbedDoseRateUnit, Tag("AbsorbedDoseRateUnit"), Unit()]
    roi: MeasuredInROI


class MeanAbsorbedDoseInROI(Block):
    """The mean absorbed dose in an ROI."""

    meaning: ClassVar[Meaning] = Quantity(("om:total_absorbed_dose_per_ROI",), kind="measurement")

    value: Annotated[Float, Tag("MeanAbsorbedDoseInROIValue"), Value()]
    unit: Annotated[AbsorbedDoseUnit, Tag("AbsorbedDoseUnit"), Unit()]
    roi: MeasuredInROI


class TimeIntegratedActivityCoefficientPerROI(Block):
    """Time-integrated activity in an ROI per administered activity."""

    meaning: ClassVar[Meaning] = Quantity(("om:time_integrated_activity_coefficient",), kind="measurement")

    value: Annotated[Float, Tag("TimeIntegratedActivityCoefficientPerROIValue"), Duration("unit")]
    unit: Annotated[TimeUnit, Tag("TimeUnit")]
    roi: MeasuredInROI


class TimeIntegratedActivityPerROI(Block):
    """The number of decays in an ROI.

    The wire format gives it a unit of time where one of activity times time is meant. What was meant
    is not known, so the value stays under that unit of time and no other is made up.
    """

    meaning: ClassVar[Meaning] = Quantity(
        ("om:cumulated_activity", "om:cumulated_activity_per_ROI"), kind="measurement"
    )

    value: Annotated[Float, Tag("TimeIntegratedActivityPerROIValue"), Duration("unit")]
    unit: Annotated[TimeUnit, Tag("TimeUnit")]
    roi: MeasuredInROI


Doses = Annotated[
    list[MeanAbsorbedDoseInROI], Field(min_length=1), Wrapped("MeanAbsorbedDoseInROIProduced"), Output()
]


class AbsorbedDoseRateCalculationIn2DDosimetry(Block):
    """Mean absorbed dose rates in ROIs, from activities, S values and masses."""

    meaning: ClassVar[Meaning] = Process(
        ("om:calculation_of_mean_absorbed_dose_rates_in_ROIs",), treatment=True
    )

    execution: Execution
    time_point: TimePointUsed
    rois_used: Annotated[
        list[PlainText], Field(min_length=1), Tag("ROIIdentifierUsed"), ROI_REFERENCE, Input()
    ]
    pre_activity: Annotated[PreActivity, Tag("PreAdministeredActivityUsed")]
    post_activity: Annotated[PostActivity, Tag("PostAdministeredActivityUsed")]
    s_values: SValues
    reference_mass: Annotated[
        PlainText | None,
        Tag("ReferenceOrganMassUsed"),
        Instance(("om:source_of_reference_organ_mass",), kind="source"),
        Input(),
    ] = None
    masses: Annotated[
        Annotated[list[PatientOrganMassIn2DDosimetry], Field(min_length=1)] | None,
        Tag("PatientOrganMassUsed"),
        Wrapped("PatientOrganMassUsed"),
        Input(MASS),
        MeasuredHere("time_point", region=False),
    ] = None
    rates: Annotated[
        list[MeanAbsorbedDoseRateInROI],
        Field(min_length=1),
        Tag("MeanAbsorbedDoseRateInROIProduced"),
        Wrapped("MeanAbsorbedDoseRateInROIProduced"),
        Output(),
        MeasuredHere("time_point", region=False),
        Integrates(ACTIVITY_PER_ROI),
        Linked("rests on", ("s_values", "reference_mass")),
    ]


class TimeAbsorbedDoseCurveFit(Block):
    """Absorbed doses of ROIs, from dose rates fitted and integrated over time."""

    meaning: ClassVar[Meaning] = Process(("om:time_absorbed_dose_rate_curve_fitting",), treatment=True)

    execution: Execution
    rois_used: ROIsUsed
    time_points: TimePointsOfFit
    fitting: Annotated[CurveFittingMethod, Tag("PKAssessmentMethodUsed"), Method()]
    doses: Annotated[Doses, Tag("MeanAbsorbedDoseInROIcontainer"), Integrates(RATE_PER_ROI)]


class TimeActivityCurveFit(Block):
    """Activity in ROIs fitted and integrated over time."""

    meaning: ClassVar[Meaning] = Process(("om:time_activity_curve_fitting",), treatment=True)

    execution: Execution
    rois_used: ROIsUsed
    time_points: TimePointsOfFit
    pre_activity: Annotated[PreActivity, Tag("PreAdministeredActivityUsed")]
    post_activity: Annotated[PostActivity, Tag("PostAdministeredActivityUsed")]
    fitting: Annotated[CurveFittingMethod, Tag("PKAssessmentMethodUsed"), Method()]
    coefficients: Annotated[
        list[TimeIntegratedActivityCoefficientPerROI],
        Field(min_length=1),
        Tag("TimeIntegratedActivityCoefficientPerROIcontainer"),
        Wrapped("TimeIntegratedActivityCoefficientPerROIProduced"),
        Output(),
        Integrates(ACTIVITY_PER_ROI),
    ]
    activities: Annotated[
        list[TimeIntegratedActivityPerROI],
        Field(min_length=1),
        Tag("TimeIntegratedActivityPerROIcontainer"),
        Wrapped("TimeIntegratedActivityPerROIProduced"),
        Output(),
        Integrates(ACTIVITY_PER_ROI),
    ]


class AbsorbedDoseCalculationInROIIn2DDosimetry(Block):
    """Mean absorbed doses in ROIs, from time-integrated activities, S values and masses."""

    meaning: ClassVar[Meaning] = Process(("om:calculation_of_mean_absorbed_doses_in_ROIs",), treatment=True)

    execution: Execution
    rois_used: ROIsUsed
    s_values: SValues
    mass: Annotated[
        PatientOrganMassInHybridDosimetry | None, Tag("PatientOrganMassUsed"), Input(MASS_OF_NO_TIME)
    ] = None
    mass_reference: MassReference = None
    doses: Annotated[
        Doses,
        Tag("MeanAbsorbedDoseInROIProduced"),
        Integrates("om:cumulated_activity_per_ROI"),
        Linked("rests on", ("s_values", "mass", "mass_reference")),
    ]


class VOIIdentifierUsedContainer(Block):
    """An element that the wire format leaves empty, though regions were meant."""


class RadioBiologicalCalculation(Block):
    """The biological effective dose (ICRU Report 92) of a 2D dosimetry."""

    meaning: ClassVar[Meaning] = Process(("om:radio_biological_calculation",), treatment=True)

    execution: Execution
    vois_used: Annotated[VOIIdentifierUsedContainer, Tag("VOIIdentifierUsed")]
    dose_maps_used: Annotated[
        list[PlainText], Tag("VoxelAbsorbedDoseMapIdentifierUsedContainer"), *DOSE_MAPS_USED
    ]
    method: Annotated[PlainText, Tag("RadioBiologicalCalculationMethod"), *method("obo:OBI_0000272")]
    parameters: Annotated[PlainText, Tag("RadioBiologicalCalculationParameters"), Text("om:has_description")]
    biological_effective_dose: Annotated[
        PlainText, Tag("BiologicalEffectiveDose"), *BED, Linked("rests on", ("dose_maps_used",))
    ]
