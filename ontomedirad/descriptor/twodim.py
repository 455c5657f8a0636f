"""2D dosimetry of a targeted radionuclide therapy, from planar images."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from ontomedirad.descriptor.block import Block
from ontomedirad.descriptor.fits_2d import (
    AbsorbedDoseCalculationInROIIn2DDosimetry,
    AbsorbedDoseRateCalculationIn2DDosimetry,
    RadioBiologicalCalculation,
    TimeAbsorbedDoseCurveFit,
    TimeActivityCurveFit,
)
from ontomedirad.descriptor.marks import Meaning, Process, Tag, Wrapped
from ontomedirad.descriptor.planar import PlanarData


class TwoDimDosimetryViaAbsorbedDoseRateCalculation(Block):
    """Doses by way of dose rates."""

    dose_rates: Annotated[
        list[AbsorbedDoseRateCalculationIn2DDosimetry],
        Field(min_length=1),
        Tag("AbsorbedDoseRateCalculationIn2DDosimetryContainer"),
        Wrapped("AbsorbedDoseRateCalculationIn2DDosimetry"),
    ]
    fit: Annotated[TimeAbsorbedDoseCurveFit, Tag("TimeAbsorbedDoseCurveFit")]


class TwoDimDosimetryViaTimeActivityCurveFit(Block):
    """Doses by way of time-integrated activities."""

    fit: Annotated[TimeActivityCurveFit, Tag("TimeActivityCurveFit")]
    dose_calculation: Annotated[
        AbsorbedDoseCalculationInROIIn2DDosimetry, Tag("AbsorbedDoseCalculationInROIIn2DDosimetry")
    ]


class TwoDimDosimetryworkflow(Block):
    """A dosimetry from planar images."""

    meaning: ClassVar[Meaning] = Process(("om:2D_dosimetry_of_TRT",), kind="dosimetry", treatment=True)

    planar: PlanarData
    by_dose_rates: Annotated[
        TwoDimDosimetryViaAbsorbedDoseRateCalculation | None,
        Tag("TwoDimDosimetryViaAbsorbedDoseRateCalculation"),
    ] = None
    by_activities: Annotated[
        TwoDimDosimetryViaTimeActivityCurveFit | None, Tag("TwoDimDosimetryViaTimeActivityCurveFit")
    ] = None
    radiobiology: Annotated[RadioBiologicalCalculation | None, Tag("RadioBiologicalCalculation")] = None
