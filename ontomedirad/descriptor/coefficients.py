"""What a calibration of a gamma camera yields: a coefficient, and a recovery coefficient curve."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from ontomedirad import resources
from ontomedirad.descriptor.block import Block
from ontomedirad.descriptor.leaf import Float
from ontomedirad.descriptor.marks import (
    Coded,
    Meaning,
    Measured,
    Reference,
    Role,
    Scope,
    Tag,
    Text,
    Thing,
    Unit,
    UnitOf,
    Value,
    Wrapped,
)
from ontomedirad.descriptor.values import (
    CalibrationCoefficientUnit,
    DateOrTime,
    Isotope,
    PlainText,
    VolumeUnit,
)

if TYPE_CHECKING:
    from ontomedirad.translation.build import Build

_DATE = Annotated[DateOrTime, Tag("ReferenceCalibrationDate"), Text("om:has_reference_calibration_date")]
_ISOTOPE = Annotated[Isotope, Tag("Isotope"), Coded(), Role("about")]


def _result() -> Thing:
    """Named as a treatment's reference to it is: by hospital, date, isotope and class."""
    return Thing(
        scope=Scope.site, key=("date", "isotope"), kind="calibration", keyed_by_type=True, of_patient=False
    )


class CalibrationCoefficient(Block):
    """Counts a second for each unit of activity."""

    meaning: ClassVar[Meaning] = _result()

    value: Annotated[Float, Tag("CalibrationCoefficientValue"), Value()]
    unit: Annotated[CalibrationCoefficientUnit, Tag("CalibrationCoefficientUnit"), Unit()]
    date: _DATE
    isotope: _ISOTOPE

    @property
    def calibration_identifier(self) -> str:
        """Date and isotope, as existing data identify calibrations."""
        return f"{self.date}_{_identifiers().get(self.isotope, self.isotope)}"


@cache
def _identifiers() -> dict[str, str]:
    table = resources.translators() / "descriptor" / "isotopes.tsv"
    return {row["isotope"]: row["identifier"] for row in resources.rows(table)}


class ElementOfSPECTRecoveryCoefficientCurve(Block):
    """One point of the curve: the share of the activity seen in a hot insert of known volume."""

    meaning: ClassVar[Meaning] = Thing(
        ("om:element_of_recovery_coefficient_curve",), kind="curve_element", of_patient=False
    )

    ratio: Annotated[
        Float,
        Tag("RatioMeasuredActivityToTrueActivity"),
        Measured(("om:ratio_measured_activity_to_true_activity",)),
        Role("part"),
    ]
    volume: Annotated[Float, Tag("HotInsertVolumeValue")]
    volume_unit: Annotated[VolumeUnit, Tag("HotInsertVolumeUnit"), UnitOf("volume")]
    insert: Annotated[PlainText, Tag("HotInsertIdentifier"), Reference("HotInsert")]

    def also(self, build: Build, node: str) -> None:
        """The volume of the insert: the individual that the phantom states, where the values agree."""
        insert = build.refer("HotInsert", self.insert, self)
        volume = build.measure(
            insert, "volume", "om:nominal_volume_measurement_datum", self.volume, self.volume_unit
        )
        build.link("measures for", volume, insert)
        build.link("part", node, volume)
        build.mention(volume, self)
        build.measured_as(volume, self, self.plan().by_name["volume"], self.volume)


class SPECTRecoveryCoefficientCurveInCalibration(Block):
    """Recovery coefficients by volume."""

    meaning: ClassVar[Meaning] = _result()

    elements: Annotated[
        list[ElementOfSPECTRecoveryCoefficientCurve],
        Field(min_length=1),
        Tag("ElementsOfSPECTRecoveryCoefficientCurve"),
        Wrapped("ElementOfSPECTRecoveryCoefficientCurve"),
        Role("part"),
    ]
    date: _DATE
    isotope: _ISOTOPE
