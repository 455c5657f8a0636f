"""3D dosimetry of a targeted radionuclide therapy by integrating absorbed dose rates over time.

The workflow that its schema calls "3D Slide 2": images at several time points, segmentation and
masses, energy deposition rates, absorbed dose rates a VOI, a fit over time, absorbed doses.
"""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, ClassVar

from pydantic import Field

from ontomedirad.descriptor.block import Block
from ontomedirad.descriptor.doses import (
    AbsorbedDoseCalculationInVOI,
    DoseRateCurveFitVOITimeIntegration,
    RadioBiologicalCalculationInHybridOr3DSlide2Dosimetry,
)
from ontomedirad.descriptor.imaging import (
    RegistrationVOISegmentationAndPropagation,
    SPECTDataAcquisitionAndReconstruction,
)
from ontomedirad.descriptor.marks import (
    Meaning,
    Process,
    Scope,
    Tag,
    Wrapped,
)
from ontomedirad.descriptor.rates import VOISegmentationEnergyDepositionCalculationAbsorbedDoseRateCalculation


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

    @cached_property
    def restated_doses(self) -> frozenset[tuple[float, str, frozenset[str]]]:
        """The doses that the calculation of absorbed doses states, whoever computed them."""
        stated = self.dose_calculation.doses if self.dose_calculation else None
        return frozenset(dose.same_as for dose in stated or ())
