"""What a treatment's boxes share: administration, time points, execution, methods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from ontomedirad.descriptor.block import Block
from ontomedirad.descriptor.leaf import Float, Integer
from ontomedirad.descriptor.marks import (
    Agent,
    Beginning,
    Coded,
    Duration,
    Identifier,
    Input,
    Instance,
    Kind,
    Meaning,
    Process,
    Quantity,
    Reference,
    Role,
    Scope,
    Tag,
    Text,
    Thing,
    TimePoint,
    Unit,
    Value,
    Wrapped,
)
from ontomedirad.descriptor.values import (
    ActivityUnit,
    DateOrTime,
    IncorporationFunction,
    IntegrationAlgorithm,
    Isotope,
    PlainText,
    Radiopharmaceutical,
    TimePointCategory,
    TimeUnit,
)

if TYPE_CHECKING:
    from ontomedirad.translation.build import Build


class ProcessExecutionContext(Block):
    """When a process began and which institution answers for it."""

    started: Annotated[DateOrTime, Tag("DateTimeProcessStarted"), Beginning()]
    institution: Annotated[PlainText, Tag("PerformingInstitution"), Agent()]


Execution = Annotated[ProcessExecutionContext, Tag("ProcessExecutionContext")]


class AdministeredActivity(Block):
    """A radiopharmaceutical activity measured for one administration."""

    meaning: ClassVar[Meaning] = Quantity(scope=Scope.administration, keyed_by_type=True, kind="activity")

    value: Annotated[Float, Tag("AdministeredActivityValue"), Value()]
    unit: Annotated[ActivityUnit, Tag("ActivityUnit"), Unit()]

    def also(self, build: Build, node: str) -> None:
        """The activity belongs to the administration, and was measured when that began."""
        build.link("measures for", node, build.administration)
        if build.injected_at:
            build.text(node, "om:has_measurement_date_and_time", build.injected_at)


PreActivity = Annotated[AdministeredActivity, Input(("dcm:113508",))]
PostActivity = Annotated[AdministeredActivity, Input(("dcm:113509",))]


class AcquisitionSettings(Block):
    """The administration of the radiopharmaceutical, with which the internal radiotherapy began."""

    meaning: ClassVar[Meaning] = Process(
        ("om:radiopharmaceutical_administration",),
        scope=Scope.patient,
        key=("site", "injected_at"),
        kind="administration",
        treatment=True,
    )

    site: Annotated[PlainText, Tag("Siteadministeringthetreatment"), Agent()]
    injected_at: Annotated[DateOrTime, Tag("Dateandtimeofinjection"), Beginning()]
    pre_activity: Annotated[
        AdministeredActivity, Tag("PreAdministeredActivity"), Role("measured for", ("dcm:113508",))
    ]
    post_activity: Annotated[
        AdministeredActivity | None, Tag("PostAdministeredActivity"), Role("measured for", ("dcm:113509",))
    ] = None
    radiopharmaceutical: Annotated[Radiopharmaceutical, Tag("Radiopharmaceutical"), Coded(), Input()]
    isotope: Annotated[Isotope, Tag("Isotope"), Coded(), Input()]

    def also(self, build: Build, node: str) -> None:
        """Identity and times as the original queries read them, and the radiotherapy itself."""
        date, _, time = self.injected_at.partition(" ")
        build.text(node, "om:has_id", f"{self.site}_{self.injected_at}")
        build.text(node, "om:has_beginning_date", date)
        build.text(node, "om:has_beginning_time", time or date)
        build.institution(self.site, build.radiotherapy)


class TimePointDescriptionElement(Block):
    """A time point of a treatment: its distance from the administration, and the window it stands for."""

    meaning: ClassVar[Meaning] = Thing(scope=Scope.administration, key=("identifier",), kind="timepoint")

    category: Annotated[TimePointCategory, Tag("TimePointCategory"), Kind()]
    identifier: Annotated[PlainText, Tag("TimePointIdentifier"), Identifier()]
    distance: Annotated[Integer, Tag("TimePointDistanceFromReferenceEventValue"), Duration("unit")]
    unit: Annotated[TimeUnit, Tag("TimeUnit")]

    def also(self, build: Build, node: str) -> None:
        """The reference event of every time point is the radiotherapy."""
        build.link("reference event", node, build.radiotherapy)


TimePointsDescribed = Annotated[
    list[TimePointDescriptionElement],
    Field(min_length=1),
    Tag("TimePointDescription"),
    Wrapped("TimePointDescriptionElement"),
    TimePoint(),
]

TIME_POINT = Reference("TimePointDescriptionElement")

TimePointUsed = Annotated[PlainText, Tag("TimePointIdentifierUsed"), TIME_POINT, TimePoint()]
TimePointsUsed = Annotated[
    list[PlainText],
    Field(min_length=1),
    Tag("TimePointIdentifierUsed"),
    Wrapped("TimePointIdentifierUsed"),
    TIME_POINT,
    TimePoint(),
]
MeasuredAt = Annotated[PlainText, Tag("TimePointIdentifier"), TIME_POINT, Role("measured at")]


class NMRelevantCalibrationReference(Block):
    """A SPECT calibration named by date and isotope; its own descriptor computes the same name."""

    meaning: ClassVar[Meaning] = Thing(
        scope=Scope.site, key=("date", "isotope"), kind="calibration", keyed_by_type=True, of_patient=False
    )

    date: Annotated[DateOrTime, Tag("ReferenceCalibrationDate"), Text("om:has_reference_calibration_date")]
    isotope: Annotated[Isotope, Tag("Isotope"), Coded(), Role("about")]


class CTRelevantCalibrationReference(Block):
    """A CT number calibration named by its date."""

    meaning: ClassVar[Meaning] = Thing(
        scope=Scope.site, key=("date",), kind="calibration", keyed_by_type=True, of_patient=False
    )

    date: Annotated[DateOrTime, Tag("ReferenceCalibrationDate"), Text("om:has_reference_calibration_date")]


class CurveFittingMethod(Block):
    """How a time curve was fitted and integrated."""

    meaning: ClassVar[Meaning] = Thing(("om:curve_fitting_method",), kind="method", of_patient=False)

    incorporation: Annotated[
        IncorporationFunction, Tag("IncorporationFunction"), Instance(named=False), Role("part")
    ]
    integration: Annotated[
        IntegrationAlgorithm, Tag("IntegrationAlgorithm"), Instance(named=False), Role("part")
    ]
    function: Annotated[
        PlainText,
        Tag("FittingFunction"),
        Text("om:has_name"),
        Instance(("om:fitting_function",)),
        Role("part"),
    ]
