"""From absorbed dose rates to absorbed doses, and what follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from ontomedirad.descriptor.block import Block
from ontomedirad.descriptor.data import Files
from ontomedirad.descriptor.kinds import (
    BED,
    method,
)
from ontomedirad.descriptor.marks import (
    Expects,
    Input,
    Integrates,
    Linked,
    Meaning,
    Method,
    Output,
    Process,
    States,
    Tag,
    Text,
    Wrapped,
)
from ontomedirad.descriptor.regions import (
    SEGMENTATION,
    AbsorbedDoseInVOI,
    VOIsUsed,
)
from ontomedirad.descriptor.treatment import (
    CurveFittingMethod,
    Execution,
    PostActivity,
    PreActivity,
    TimePointsUsed,
)
from ontomedirad.descriptor.values import PlainText

if TYPE_CHECKING:
    from ontomedirad.translation.build import Build


Doses = Annotated[
    list[AbsorbedDoseInVOI], Field(min_length=1), Wrapped("AbsorbedDoseInVOIProduced"), Output()
]


class DoseRateCurveFitVOITimeIntegration(Block):
    """The absorbed dose of an organ, from its dose rates fitted and integrated over time."""

    meaning: ClassVar[Meaning] = Process(("om:time_absorbed_dose_rate_curve_fitting",), treatment=True)

    execution: Execution
    vois_used: VOIsUsed
    time_points: TimePointsUsed
    fitting: Annotated[CurveFittingMethod, Tag("PKAssessmentMethodUsed"), Method()]
    pre_activity: Annotated[PreActivity, Tag("PreAdministeredActivityUsed")]
    post_activity: Annotated[PostActivity, Tag("PostAdministeredActivityUsed")]
    doses: Annotated[
        Doses, Tag("AbsorbedDoseInVOIProduced"), Integrates("om:absorbed_dose_rate_per_VOI_at_timepoint")
    ]

    def also(self, build: Build, node: str) -> None:
        """Where no calculation states its doses, the fit is the calculation of mean absorbed doses.

        Queries find doses through that class; two processes of it would give a dose two rows.
        """
        workflow = build.document.root.slide2
        restated = workflow.restated_doses if workflow is not None else frozenset()
        if any(dose.same_as not in restated for dose in self.doses):
            build.type(node, "om:calculation_of_mean_absorbed_doses_in_VOIs")


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
        *BED,
        Linked("measured in", ("vois_used",)),
    ]


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
        Integrates("om:cumulated_activity_per_VOI"),
    ] = None
