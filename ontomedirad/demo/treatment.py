"""A made-up treatment: I-131 for a thyroid, five organs, four time points.

The numbers follow from a small model, so that they hang together: each organ takes up a share
of the activity and loses it mono-exponentially; its dose rate is activity times a self-dose
S value (absorbed dose per decay) of local deposition of the beta energy; its dose is the
integral. Source: MIRD Pamphlet No. 21 (2009), equations 4 and 7; I-131 mean beta energy 0.192
MeV per decay and half-life 8.02 d (MIRD radionuclide data).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

from ontomedirad.authoring import Slide2
from ontomedirad.descriptor import (
    DICOMData,
    DoseRateCurveFitVOITimeIntegration,
    NonDicomFileSetDescriptor,
    SPECTAcqCTAcqAndReconstruction,
    VOISegmentationEnergyDepositionCalculationAbsorbedDoseRateCalculation,
)
from ontomedirad.descriptor.values import OrganOrTissue

ADMINISTERED = 3700.0
"""Megabecquerel."""

_ENERGY = 0.192 * 1.602176634e-13
"""Joule that one decay leaves where it happens."""

_DECAY = math.log(2) / (8.02 * 24)
"""Per hour."""

ROOT_UID = "2.25.329800735698586629295641978511506172918"
"""What all UIDs of the example start with."""


@dataclass(frozen=True, slots=True)
class Organ:
    """An organ of the model: kilogram, share of the activity taken up, effective half-life in hours."""

    name: OrganOrTissue
    mass: float
    uptake: float
    half_life: float
    uncertainty: float


ORGANS = (
    Organ("thyroid", 0.0021, 0.00051, 78.0, 0.09),
    Organ("salivary glands", 0.081, 0.0131, 11.5, 0.16),
    Organ("stomach", 0.158, 0.0286, 14.0, 0.14),
    Organ("bladder", 0.21, 0.079, 9.0, 0.22),
    Organ("liver", 1.72, 0.052, 21.0, 0.12),
)

TIME_POINTS = (6, 24, 48, 96)
"""Hours after the administration."""


def activity(organ: Organ, hours: float) -> float:
    """Megabecquerel in the organ, `hours` after the administration."""
    return ADMINISTERED * organ.uptake * math.exp(-math.log(2) * hours / organ.half_life)


def dose_rate(organ: Organ, hours: float) -> float:
    """Milligray per hour."""
    return activity(organ, hours) * 1e6 * _ENERGY / organ.mass * 3600 * 1000


def dose(organ: Organ) -> float:
    """Gray: the dose rate integrated from the administration on."""
    return dose_rate(organ, 0) * organ.half_life / math.log(2) / 1000


def _digits(value: float) -> float:
    return float(f"{value:.5g}")


def example_descriptor(patient: str = "DEMO-7F3A") -> NonDicomFileSetDescriptor:
    """The whole treatment as a descriptor."""
    treatment = Slide2(
        study=("755523-t33", "Example of a thyroid treatment, made up for demonstration"), patient_id=patient
    )
    treatment.AcquisitionSettings(
        "Example University Hospital",
        datetime(2026, 3, 2, 10, 15),
        pre_activity=(ADMINISTERED, "megabecquerel"),
        post_activity=(12.5, "megabecquerel"),
        radiopharmaceutical="sodiumIodideI131",
        isotope="iodine131",
    )
    visits = [Visit(treatment, hours) for hours in TIME_POINTS]
    treatment.ThreeDimDosimetrySlide2workflow(
        imaging=treatment.SPECTDataAcquisitionAndReconstruction(acquisitions=[v.acquired() for v in visits]),
        time_points=[v.quantified() for v in visits],
        dose_fits=[_fit(treatment, organ, visits) for organ in ORGANS],
    )
    return treatment.descriptor


def _when(day: int, hour: int, minute: int = 0) -> tuple[datetime, str]:
    return datetime(2026, 3, day, hour, minute), "Example Institute of Medical Physics"


class Visit:
    """The images of one time point, and what was measured in them."""

    def __init__(self, treatment: Slide2, hours: int) -> None:
        self.treatment, self.hours = treatment, hours
        self.when = treatment.TimePointDescriptionElement(hours, "hours", identifier=f"{hours}H")
        self.camera = treatment.NMRelevantCalibrationReference(datetime(2026, 2, 20, 9))
        self.nm, self.ct, self.resampled = (self._series(number) for number in (1, 2, 3))
        self.vois = {
            o: treatment.VOI(
                o.name, time_point=self.when, mass=(o.mass, "kilogram"), identifier=1000 * number + hours
            )
            for number, o in enumerate(ORGANS, 1)
        }
        self.segmentation = treatment.Segmentation(
            vois=self.vois.values(),
            files=[treatment.NonDICOMData("segmentation", "NRRD format", self._file("segmentation"))],
            identifier=f"SEGMENTATION {hours}H",
        )
        self.energy = treatment.NonDICOMData(
            "3D Energy Deposition Rate Matrix", "NRRD format", self._file("energy-deposition")
        )

    def _series(self, number: int) -> DICOMData:
        study = f"{ROOT_UID}.1.{self.hours}"
        return self.treatment.DICOMData(study, f"{study}.{number}")

    def _file(self, name: str) -> str:
        return f"Data/{name}-{self.hours:03}h.nrrd"

    def acquired(self) -> SPECTAcqCTAcqAndReconstruction:
        """The acquisition of SPECT and CT."""
        return self.treatment.SPECTAcqCTAcqAndReconstruction(
            time_points=[self.when],
            nm_calibration=self.camera,
            ct_calibration=self.treatment.CTRelevantCalibrationReference(datetime(2026, 2, 20, 11, 30)),
            nm_produced=self.nm,
            ct_produced=self.ct,
        )

    def quantified(self) -> VOISegmentationEnergyDepositionCalculationAbsorbedDoseRateCalculation:
        """From the images to absorbed dose rates."""
        treatment, vois, minute = self.treatment, self.vois.items(), self.hours // 2
        return treatment.VOISegmentationEnergyDepositionCalculationAbsorbedDoseRateCalculation(
            segmentation=treatment.VOISegmentationVOIMassDetermination(
                execution=_when(16, 9, minute),
                time_point=self.when,
                nm_used=self.nm,
                ct_used=self.ct,
                method="Contours drawn on CT, propagated to SPECT",
                segmentation=self.segmentation,
                ct_resampled=[self.resampled],
                masses=[(o.mass, "kilogram", voi, self.when) for o, voi in vois],
            ),
            activity=treatment.VOIActivityDetermination(
                execution=_when(16, 10, minute),
                segmentation_used=self.segmentation,
                time_point=self.when,
                coefficient_used=self.camera,
                recovery_curve_used=self.camera,
                activities=[
                    (_digits(activity(o, self.hours)), "megabecquerel", voi, self.when) for o, voi in vois
                ],
                activity_map=[
                    treatment.NonDICOMData("voxel activity map", "NRRD format", self._file("activity"))
                ],
            ),
            energy_deposition=treatment.EnergyDepositionRateCalculationIn3DDosimetry(
                execution=_when(16, 11, minute),
                time_point=self.when,
                ct_used=self.resampled,
                nm_used=self.nm,
                algorithm="local energy deposition",
                matrix=self.energy,
            ),
            dose_rates=[
                treatment.SumAndScalingAbsorbedDoseRateCalculation(
                    execution=_when(16, 12, minute),
                    time_point=self.when,
                    segmentation_used=self.segmentation,
                    matrix_used=self.energy,
                    rates=[
                        (_digits(dose_rate(o, self.hours)), "milligray per hour", voi, self.when)
                        for o, voi in vois
                    ],
                )
            ],
        )


def _fit(treatment: Slide2, organ: Organ, visits: list[Visit]) -> DoseRateCurveFitVOITimeIntegration:
    vois = [v.vois[organ] for v in visits]
    function = f"y = {dose_rate(organ, 0):.4g} mGy/h * exp(-ln2 * t / {organ.half_life:g} h)"
    return treatment.DoseRateCurveFitVOITimeIntegration(
        execution=_when(17, 14),
        vois_used=vois,
        time_points=[v.when for v in visits],
        fitting=("constant", "mono_exponential", function),
        doses=[
            treatment.AbsorbedDoseInVOI(
                _digits(dose(organ)), "gray", vois, uncertainty=_digits(dose(organ) * organ.uncertainty)
            )
        ],
    )
