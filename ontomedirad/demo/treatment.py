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

from ontomedirad.descriptor import (
    VOI,
    AbsorbedDoseInVOI,
    AbsorbedDoseRatePerVOIAtTimePoint,
    AcquisitionSettings,
    AdministeredActivity,
    CTRelevantCalibrationReference,
    CurveFittingMethod,
    DataActivityPerVOIAtTimePoint,
    DICOMData,
    DoseRateCurveFitVOITimeIntegration,
    EnergyDepositionRateCalculationIn3DDosimetry,
    MassPerVOIAtTimePoint,
    NMRelevantCalibrationReference,
    NonDICOMData,
    NonDicomFileSetDescriptor,
    OrganMass,
    ProcessExecutionContext,
    ReferencedClinicalResearchStudy,
    Segmentation,
    SPECTAcqCTAcqAndReconstruction,
    SPECTDataAcquisitionAndReconstruction,
    SumAndScalingAbsorbedDoseRateCalculation,
    ThreeDimDosimetrySlide2workflow,
    TimePointDescriptionElement,
    VOIActivityDetermination,
    VOISegmentationEnergyDepositionCalculationAbsorbedDoseRateCalculation,
    VOISegmentationVOIMassDetermination,
)
from ontomedirad.descriptor.values import OrganOrTissue, TimePointCategory

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

TIME_POINTS: tuple[tuple[int, TimePointCategory], ...] = (
    (6, "6h plus or minus 2h post RAIT timepoint"),
    (24, "24h plus or minus 4h post RAIT timepoint"),
    (48, "48h plus or minus 4h post RAIT timepoint"),
    (96, "96h plus or minus 12h post RAIT timepoint"),
)


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


def voi_number(organ: Organ, hours: int) -> int:
    """The identifier of an organ's VOI at a time point."""
    return 1000 * (ORGANS.index(organ) + 1) + hours


def example_descriptor(patient: str = "DEMO-7F3A") -> NonDicomFileSetDescriptor:
    """The whole treatment as a descriptor."""
    return NonDicomFileSetDescriptor(
        study=ReferencedClinicalResearchStudy(
            identifier="755523-t33", title="Example of a thyroid treatment, made up for demonstration"
        ),
        patient_id=patient,
        acquisition=AcquisitionSettings(
            site="Example University Hospital",
            injected_at="2026-03-02 10:15:00",
            pre_activity=AdministeredActivity(value=ADMINISTERED, unit="megabecquerel"),
            post_activity=AdministeredActivity(value=12.5, unit="megabecquerel"),
            radiopharmaceutical="sodiumIodideI131",
            isotope="iodine131",
        ),
        slide2=ThreeDimDosimetrySlide2workflow(
            imaging=SPECTDataAcquisitionAndReconstruction(
                acquisitions=[_acquisition(hours, category) for hours, category in TIME_POINTS]
            ),
            time_points=[_time_point(hours) for hours, _ in TIME_POINTS],
            dose_fits=[_fit(organ) for organ in ORGANS],
        ),
    )


def _at(hours: int) -> str:
    return f"{hours}H"


def _when(day: int, hour: int, minute: int = 0) -> ProcessExecutionContext:
    return ProcessExecutionContext(
        started=f"2026-03-{day:02} {hour:02}:{minute:02}:00",
        institution="Example Institute of Medical Physics",
    )


def _nm(hours: int) -> DICOMData:
    return DICOMData(study_uid=f"{ROOT_UID}.1.{hours}", series_uid=f"{ROOT_UID}.1.{hours}.1")


def _ct(hours: int) -> DICOMData:
    return DICOMData(study_uid=f"{ROOT_UID}.1.{hours}", series_uid=f"{ROOT_UID}.1.{hours}.2")


def _camera() -> NMRelevantCalibrationReference:
    return NMRelevantCalibrationReference(date="2026-02-20 09:00:00", isotope="iodine131")


def _acquisition(hours: int, category: TimePointCategory) -> SPECTAcqCTAcqAndReconstruction:
    return SPECTAcqCTAcqAndReconstruction(
        time_points=[
            TimePointDescriptionElement(
                category=category, identifier=_at(hours), distance=hours, unit="hours"
            )
        ],
        nm_calibration=_camera(),
        ct_calibration=CTRelevantCalibrationReference(date="2026-02-20 11:30:00"),
        nm_produced=_nm(hours),
        ct_produced=_ct(hours),
    )


def _time_point(hours: int) -> VOISegmentationEnergyDepositionCalculationAbsorbedDoseRateCalculation:
    when, segmentation = _at(hours), f"SEGMENTATION {_at(hours)}"
    matrix = NonDICOMData(
        data_class="3D Energy Deposition Rate Matrix",
        format="NRRD format",
        file_name=f"Data/energy-deposition-{hours:03}h.nrrd",
    )
    resampled = DICOMData(study_uid=f"{ROOT_UID}.1.{hours}", series_uid=f"{ROOT_UID}.1.{hours}.3")
    vois = [
        VOI(
            identifier=voi_number(o, hours),
            organ=o.name,
            time_point=when,
            mass=OrganMass(value=o.mass, unit="kilogram"),
        )
        for o in ORGANS
    ]
    return VOISegmentationEnergyDepositionCalculationAbsorbedDoseRateCalculation(
        segmentation=VOISegmentationVOIMassDetermination(
            execution=_when(16, 9, hours // 2),
            time_point=when,
            nm_used=_nm(hours),
            ct_used=_ct(hours),
            method="Contours drawn on CT, propagated to SPECT",
            segmentation=Segmentation(
                identifier=segmentation,
                vois=vois,
                files=[
                    NonDICOMData(
                        data_class="segmentation",
                        format="NRRD format",
                        file_name=f"Data/segmentation-{hours:03}h.nrrd",
                    )
                ],
            ),
            ct_resampled=[resampled],
            masses=[
                MassPerVOIAtTimePoint(
                    value=o.mass, unit="kilogram", voi=voi_number(o, hours), time_point=when
                )
                for o in ORGANS
            ],
        ),
        activity=VOIActivityDetermination(
            execution=_when(16, 10, hours // 2),
            segmentation_used=segmentation,
            time_point=when,
            coefficient_used=_camera(),
            recovery_curve_used=_camera(),
            activities=[
                DataActivityPerVOIAtTimePoint(
                    value=_digits(activity(o, hours)),
                    unit="megabecquerel",
                    voi=voi_number(o, hours),
                    time_point=when,
                )
                for o in ORGANS
            ],
            activity_map=[
                NonDICOMData(
                    data_class="voxel activity map",
                    format="NRRD format",
                    file_name=f"Data/activity-{hours:03}h.nrrd",
                )
            ],
        ),
        energy_deposition=EnergyDepositionRateCalculationIn3DDosimetry(
            execution=_when(16, 11, hours // 2),
            time_point=when,
            ct_used=resampled,
            nm_used=_nm(hours),
            algorithm="local energy deposition",
            matrix=matrix,
        ),
        dose_rates=[
            SumAndScalingAbsorbedDoseRateCalculation(
                execution=_when(16, 12, hours // 2),
                time_point=when,
                segmentation_used=segmentation,
                matrix_used=matrix,
                rates=[
                    AbsorbedDoseRatePerVOIAtTimePoint(
                        value=_digits(dose_rate(o, hours)),
                        unit="milligray per hour",
                        voi=voi_number(o, hours),
                        time_point=when,
                    )
                    for o in ORGANS
                ],
            )
        ],
    )


def _fit(organ: Organ) -> DoseRateCurveFitVOITimeIntegration:
    vois = [voi_number(organ, hours) for hours, _ in TIME_POINTS]
    rate = dose_rate(organ, 0)
    return DoseRateCurveFitVOITimeIntegration(
        execution=_when(17, 14),
        vois_used=vois,
        time_points=[_at(hours) for hours, _ in TIME_POINTS],
        fitting=CurveFittingMethod(
            incorporation="constant",
            integration="mono_exponential",
            function=f"y = {rate:.4g} mGy/h * exp(-ln2 * t / {organ.half_life:g} h)",
        ),
        pre_activity=AdministeredActivity(value=ADMINISTERED, unit="megabecquerel"),
        post_activity=AdministeredActivity(value=12.5, unit="megabecquerel"),
        doses=[
            AbsorbedDoseInVOI(
                value=_digits(dose(organ)),
                unit="gray",
                uncertainty=_digits(dose(organ) * organ.uncertainty),
                vois=vois,
            )
        ],
    )
