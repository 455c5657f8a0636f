"""3D dosimetry of a targeted radionuclide therapy by integrating activity over time ("3D Slide 1")."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from ontomedirad.descriptor.block import Block
from ontomedirad.descriptor.doses import AbsorbedDoseCalculationInVOI
from ontomedirad.descriptor.imaging import (
    RegistrationVOISegmentationAndPropagation,
    SPECTDataAcquisitionAndReconstruction,
)
from ontomedirad.descriptor.kinds import BED, DOSE_MAPS_USED, method
from ontomedirad.descriptor.leaf import Float, Integer
from ontomedirad.descriptor.marks import (
    Duration,
    Input,
    Integrates,
    Linked,
    Meaning,
    Measured,
    Method,
    Output,
    Process,
    Quantity,
    Role,
    Tag,
    Text,
    TimePoint,
    Unit,
    Value,
    Wrapped,
)
from ontomedirad.descriptor.rates import VOIActivityDetermination
from ontomedirad.descriptor.regions import SEGMENTATION, VOI_REFERENCE, VOIIdentifiers
from ontomedirad.descriptor.treatment import (
    TIME_POINT,
    CurveFittingMethod,
    Execution,
    PostActivity,
    PreActivity,
)
from ontomedirad.descriptor.values import PlainText, TimeIntegratedActivityUnit, TimeUnit

_COEFFICIENT = ("om:time_integrated_activity_coefficient",)


class TimeIntegratedActivityCoefficientPerVOI(Block):
    """Time-integrated activity in VOIs per administered activity (MIRD Pamphlet No. 21)."""

    meaning: ClassVar[Meaning] = Quantity(_COEFFICIENT, kind="measurement")

    value: Annotated[Float, Tag("TimeIntegratedActivityCoefficientPerVOIValue"), Duration("unit")]
    unit: Annotated[TimeUnit, Tag("TimeUnit")]
    vois: Annotated[VOIIdentifiers, Tag("VOIIdentifierList"), Role("measured in")]


class TimeIntegratedActivityPerVOI(Block):
    """The number of decays in VOIs, as activity times time, and the residence time beside it."""

    meaning: ClassVar[Meaning] = Quantity(
        ("om:cumulated_activity", "om:cumulated_activity_per_VOI"), kind="measurement"
    )

    residence_time: Annotated[
        Float,
        Tag("ResidenceTimePerVOIValue"),
        Measured(_COEFFICIENT, unit="time_unit", time=True, regions="vois"),
        Output(),
    ]
    time_unit: Annotated[TimeUnit, Tag("TimeUnit")]
    value: Annotated[Float, Tag("TimeIntegratedActivityPerVOIValue"), Value()]
    unit: Annotated[TimeIntegratedActivityUnit, Tag("TimeIntegratedActivityPerVOIUnit"), Unit()]
    vois: Annotated[VOIIdentifiers, Tag("VOIIdentifierList"), Role("measured in")]
    fitting: Annotated[CurveFittingMethod, Tag("PKAssessmentMethodUsed"), Method()]


class TimeActivityCurveFitIn3DDosimetry(Block):
    """Activity fitted and integrated over time."""

    meaning: ClassVar[Meaning] = Process(("om:time_activity_curve_fitting",), treatment=True)

    execution: Execution
    voi_used: Annotated[Integer | None, Tag("VOIIdentifierUsed"), VOI_REFERENCE, Input()] = None
    segmentation_used: Annotated[PlainText | None, Tag("SegmentationIdentifier"), SEGMENTATION, Input()] = (
        None
    )
    time_point: Annotated[PlainText | None, Tag("TimePointIdentifierUsed"), TIME_POINT, TimePoint()] = None
    pre_activity: Annotated[PreActivity, Tag("PreAdministeredActivityUsed")]
    post_activity: Annotated[PostActivity, Tag("PostAdministeredActivityUsed")]
    fitting: Annotated[CurveFittingMethod | None, Tag("PKAssessmentMethodUsed"), Method()] = None
    coefficient: Annotated[
        TimeIntegratedActivityCoefficientPerVOI | None,
        Tag("TimeIntegratedActivityCoefficientPerVOIProduced"),
        Output(),
        Integrates("om:radiopharmaceutical_activity_per_VOI_at_timepoint"),
    ] = None
    activity: Annotated[
        TimeIntegratedActivityPerVOI,
        Tag("TimeIntegratedActivityPerVOIProduced"),
        Output(),
        Integrates("om:radiopharmaceutical_activity_per_VOI_at_timepoint"),
    ]


class RadioBiologicalCalculationIn3DSlide1Dosimetry(Block):
    """The biological effective dose (ICRU Report 92) of a VOI."""

    meaning: ClassVar[Meaning] = Process(("om:radio_biological_calculation",), treatment=True)

    execution: Execution
    voi_used: Annotated[Integer, Tag("VOIIdentifierUsed"), VOI_REFERENCE, Input()]
    dose_maps_used: Annotated[
        Annotated[list[PlainText], Field(min_length=1)] | None,
        Tag("VoxelAbsorbedDoseMapIdentifierUsed"),
        *DOSE_MAPS_USED,
    ] = None
    method: Annotated[PlainText, Tag("RadioBiologicalCalculationMethod"), *method("obo:OBI_0000272")]
    parameters: Annotated[PlainText, Tag("RadioBiologicalCalculationParameters"), Text("om:has_description")]
    biological_effective_dose: Annotated[
        PlainText,
        Tag("BiologicalEffectiveDose"),
        *BED,
        Linked("measured in", ("voi_used",)),
        Linked("rests on", ("dose_maps_used",)),
    ]


class ThreeDimDosimetrySlide1workflow(Block):
    """A 3D dosimetry that integrates activity over time."""

    meaning: ClassVar[Meaning] = Process(
        ("om:3D_dosimetry_of_TRT_using_time_integration_on_activity",), kind="dosimetry", treatment=True
    )

    imaging: Annotated[SPECTDataAcquisitionAndReconstruction, Tag("SPECTDataAcquisitionAndReconstruction")]
    registrations: Annotated[
        list[RegistrationVOISegmentationAndPropagation],
        Field(min_length=1),
        Tag("RegistrationVOISegmentationAndPropagationContainer"),
        Wrapped("RegistrationVOISegmentationAndPropagation"),
    ]
    activities: Annotated[
        list[VOIActivityDetermination],
        Field(min_length=1),
        Tag("VOIActivityDeterminationContainer"),
        Wrapped("VOIActivityDetermination"),
    ]
    fits: Annotated[
        list[TimeActivityCurveFitIn3DDosimetry],
        Field(min_length=1),
        Tag("TimeActivityCurveFitIn3DDosimetryContainer"),
        Wrapped("TimeActivityCurveFitIn3DDosimetry"),
    ]
    dose_calculation: Annotated[AbsorbedDoseCalculationInVOI, Tag("AbsorbedDoseCalculationInVOI")]
    radiobiology: Annotated[
        RadioBiologicalCalculationIn3DSlide1Dosimetry | None,
        Tag("RadioBiologicalCalculationIn3DSlide1Dosimetry"),
    ] = None
