"""The CT number calibration curve, as treatments and calibrations write it."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from ontomedirad.descriptor.block import Block
from ontomedirad.descriptor.leaf import Float, Integer
from ontomedirad.descriptor.marks import (
    Identifier,
    Meaning,
    Measured,
    Role,
    Scope,
    Tag,
    Text,
    Thing,
    Wrapped,
)
from ontomedirad.descriptor.values import DateOrTime, DensityUnit, PlainText


class ElementOfCTNumberCalibrationCurve(Block):
    """One point of the curve: the CT number measured in a material of known density."""

    meaning: ClassVar[Meaning] = Thing(
        ("om:element_of_CT_number_calibration_curve",), kind="curve_element", of_patient=False
    )

    hounsfield: Annotated[
        Integer,
        Tag("HounsfieldMeasuredValue"),
        Measured(("om:image_derived_radiodensity_measurement_datum",), fixed_unit="hounsfield"),
        Role("part"),
    ]
    density: Annotated[
        Float,
        Tag("RealDensityOfMaterialValue"),
        Measured(("om:nominal_radiodensity_measurement_datum",), unit="density_unit"),
        Role("part"),
    ]
    density_unit: Annotated[DensityUnit, Tag("RealDensityOfMaterialUnit")] = "hounsfield"
    material: Annotated[PlainText | None, Tag("MaterialIdentifier"), Identifier()] = None


class CTNumberCalibrationCurve(Block):
    """CT numbers against densities, by the date of the calibration."""

    meaning: ClassVar[Meaning] = Thing(
        ("om:CT_number_calibration_curve",),
        scope=Scope.site,
        key=("date",),
        kind="calibration",
        keyed_by_type=True,
        of_patient=False,
    )

    elements: Annotated[
        list[ElementOfCTNumberCalibrationCurve],
        Field(min_length=1),
        Tag("ElementsOfCTNumberCalibrationCurve"),
        Wrapped("ElementOfCTNumberCalibrationCurve"),
        Role("part"),
    ]
    date: Annotated[DateOrTime, Tag("ReferenceCalibrationDate"), Text("om:has_reference_calibration_date")]
