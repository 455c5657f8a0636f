"""One VOI at one time point, from image to dose; and edits of its graph."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pyoxigraph as ox

import ontomedirad
from ontomedirad.checking.graphs import unnamed
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
    GeometricalTransformation,
    KernelLimitForConvolutions,
    MassPerVOIAtTimePoint,
    NMRelevantCalibrationReference,
    NonDICOMData,
    NonDicomFileSetDescriptor,
    ProcessExecutionContext,
    RadioBiologicalCalculationInHybridOr3DSlide2Dosimetry,
    ReferencedClinicalResearchStudy,
    RegistrationVOISegmentationAndPropagation,
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
from ontomedirad.terms import iri

TRANSFORMATION = "TO CT"
NM, CT = (DICOMData(study_uid="1.2.3", series_uid=f"1.2.3.{n}") for n in (1, 2))
RESAMPLED = DICOMData(study_uid="1.2.3", series_uid="1.2.3.3")
CAMERA = NMRelevantCalibrationReference(date="2020-01-01 08:00:00", isotope="iodine131")
PRE = AdministeredActivity(value=1000.0, unit="megabecquerel")
POST = AdministeredActivity(value=10.0, unit="megabecquerel")


def at(hour: int) -> ProcessExecutionContext:
    """A step on the day of processing."""
    return ProcessExecutionContext(started=f"2020-02-01 {hour:02}:00:00", institution="Institute of Physics")


def file(data_class: str, name: str, transformed: bool = False) -> NonDICOMData:
    """A file of the file set."""
    return NonDICOMData.model_validate(
        {
            "data_class": data_class,
            "format": "NRRD format",
            "file_name": name,
            "transformations": [TRANSFORMATION] if transformed else None,
        }
    )


def model() -> NonDicomFileSetDescriptor:
    """The descriptor."""
    matrix = file("3D Energy Deposition Rate Matrix", "rate.nrrd", transformed=True)
    voi = VOI(identifier=1, organ="liver", time_point="T24")
    step = VOISegmentationEnergyDepositionCalculationAbsorbedDoseRateCalculation(
        segmentation=VOISegmentationVOIMassDetermination(
            execution=at(9),
            time_point="T24",
            nm_used=NM,
            ct_used=CT,
            method="by hand",
            segmentation=Segmentation(
                identifier="S1", vois=[voi], files=[file("segmentation", "segmentation.nrrd")]
            ),
            ct_resampled=[RESAMPLED],
            masses=[MassPerVOIAtTimePoint(value=1.5, unit="kilogram", voi=1, time_point="T24")],
        ),
        activity=VOIActivityDetermination(
            execution=at(10),
            segmentation_used="S1",
            time_point="T24",
            coefficient_used=CAMERA,
            recovery_curve_used=CAMERA,
            activities=[
                DataActivityPerVOIAtTimePoint(value=50.0, unit="megabecquerel", voi=1, time_point="T24")
            ],
            activity_map=[file("voxel activity map", "activity.nrrd")],
        ),
        energy_deposition=EnergyDepositionRateCalculationIn3DDosimetry(
            execution=at(11),
            time_point="T24",
            ct_used=RESAMPLED,
            nm_used=NM,
            algorithm="FFT convolution",
            kernel_limit=KernelLimitForConvolutions(value=40.0, unit="millimeter"),
            matrix=matrix,
        ),
        dose_rates=[
            SumAndScalingAbsorbedDoseRateCalculation(
                execution=at(12),
                time_point="T24",
                segmentation_used="S1",
                matrix_used=matrix,
                rates=[
                    AbsorbedDoseRatePerVOIAtTimePoint(
                        value=20.0, unit="milligray per hour", voi=1, time_point="T24"
                    )
                ],
            )
        ],
    )
    registration = RegistrationVOISegmentationAndPropagation(
        execution=at(10),
        time_point="T24",
        nm_used=[NM],
        ct_used=[CT],
        method="rigid",
        segmentation=Segmentation(identifier="S1", vois=[voi]),
        transformations=[
            GeometricalTransformation(
                files=[file("Linear transformation matrix", "to-ct.h5")],
                type="Linear transformation matrix",
                identifier=TRANSFORMATION,
                nm_source=[NM],
                ct_destination=[CT],
            )
        ],
    )
    return NonDicomFileSetDescriptor(
        study=ReferencedClinicalResearchStudy(identifier="755523-t33", title="A study"),
        patient_id="PSEUDONYM-42",
        acquisition=AcquisitionSettings(
            site="Hospital",
            injected_at="2020-01-10 10:00:00",
            pre_activity=PRE,
            post_activity=POST,
            radiopharmaceutical="sodiumIodideI131",
            isotope="iodine131",
        ),
        slide2=ThreeDimDosimetrySlide2workflow(
            imaging=SPECTDataAcquisitionAndReconstruction(
                acquisitions=[
                    SPECTAcqCTAcqAndReconstruction(
                        time_points=[
                            TimePointDescriptionElement(
                                category="24h plus or minus 4h post RAIT timepoint",
                                identifier="T24",
                                distance=24,
                                unit="hours",
                            )
                        ],
                        nm_calibration=CAMERA,
                        ct_calibration=CTRelevantCalibrationReference(date="2020-01-01 09:00:00"),
                        nm_produced=NM,
                        ct_produced=CT,
                    )
                ]
            ),
            time_points=[step],
            dose_fits=[
                DoseRateCurveFitVOITimeIntegration(
                    execution=at(13),
                    vois_used=[1],
                    time_points=["T24"],
                    fitting=CurveFittingMethod(
                        incorporation="constant", integration="trapezoid", function="none"
                    ),
                    pre_activity=PRE,
                    post_activity=POST,
                    doses=[AbsorbedDoseInVOI(value=2.5, unit="gray", uncertainty=0.25, vois=[1])],
                )
            ],
            radiobiology=RadioBiologicalCalculationInHybridOr3DSlide2Dosimetry(
                execution=at(14),
                vois_used=[1],
                method="linear-quadratic",
                parameters="alpha/beta 10 Gy",
                biological_effective_dose="2.6 Gy",
            ),
            registrations=[registration],
        ),
    )


KINDS = {
    "patient": "om:human",
    "descriptor": "omx:file_set_descriptor",
    "radiotherapy": "om:internal_radiotherapy",
    "administration": "om:radiopharmaceutical_administration",
    "before": "dcm:113508",
    "after": "dcm:113509",
    "voi": "om:VOI",
    "organ": "obo:FMA_7197",
    "segmentation": "om:segmentation_dataset",
    "nm": "om:NM_tomo_dataset",
    "ct": "om:CT_image_dataset",
    "resampled": "om:resampled_CT_image_dataset",
    "activity map": "om:voxel_data_activity",
    "matrix": "om:3D_energy_deposition_rate_at_timepoint",
    "transformation": "om:linear_transformation_matrix",
    "time point": "om:24h_plus_or_minus_4h_post_RAIT_timepoint",
    "mass": "om:patient_organ_mass_at_timepoint",
    "activity": "om:radiopharmaceutical_activity_per_VOI_at_timepoint",
    "rate": "om:absorbed_dose_rate_per_VOI_at_timepoint",
    "dose": "om:total_absorbed_dose_per_VOI",
    "uncertainty": "om:range_of_uncertainty_value",
    "effective dose": "omx:biological_effective_dose",
    "kernel limit": "omx:kernel_limit_for_convolutions",
    "acquisition": "om:SPECT_data_acquisition",
    "segmenting": "om:VOI_segmentation_VOI_mass_determination",
    "quantifying": "om:VOI_activity_determination",
    "depositing": "om:calculation_of_energy_deposition_rate",
    "scaling": "om:summing_and_scaling_absorbed_dose_rate_calculation",
    "fitting": "om:time_absorbed_dose_rate_curve_fitting",
    "registering": "om:registration_VOI_segmentation_and_propagation",
    "curve": "om:curve_fitting_method",
    "institution": "om:institution",
    "role": "om:role_of_responsible_organization",
    "association": "prov:Association",
    "method": "om:image_segmentation_method",
    "calibration": "om:SPECT_calibration_coefficient",
    "dosimetry": "om:3D_dosimetry_of_TRT_using_time_integration_on_absorbed_dose_rates",
}
"""What the individuals of the small graph are called here, and the class that tells them."""


@cache
def lines() -> tuple[str, ...]:
    """The graph as N-Triples lines."""
    made = ontomedirad.translate(model())
    return tuple(unnamed(made.nquads, made.graph).splitlines())


@cache
def nodes() -> dict[str, str]:
    """The IRI of each individual in `KINDS`; the first of its class in the order of the source."""
    typed: dict[str, str] = {}
    for triple in ox.parse("\n".join(lines()).encode(), ox.RdfFormat.N_TRIPLES):
        if triple.predicate.value == iri("rdf:type") and isinstance(triple.object, ox.NamedNode):
            typed.setdefault(triple.object.value, triple.subject.value)  # type: ignore[union-attr]
    return {name: typed[iri(class_)] for name, class_ in KINDS.items()}


def term(text: str) -> str:
    """An N-Triples term: a name of `KINDS`, a CURIE, `new:something`, or a literal with its quotes."""
    if text.startswith('"'):
        value, mark, datatype = text.rpartition("^^")
        return f"{value}^^<{iri(datatype)}>" if mark else text
    if text in KINDS:
        return f"<{nodes()[text]}>"
    if text.startswith("new:"):
        return f"<https://w3id.org/ontomedirad/id/{text[4:]}>"
    return f"<{iri(text)}>"


def changed(*edits: str) -> bytes:
    """The graph after edits, each `+ s | p | o` or `- s | p | o`; `*` stands for anything."""
    kept: list[str] = list(lines())
    for edit in edits:
        sign, _, rest = edit.partition(" ")
        parts = [p.strip() for p in rest.split("|")]
        if sign == "+":
            kept.append(" ".join(term(p) for p in parts) + " .")
            continue
        before = len(kept)
        kept = [line for line in kept if not _matches(line, parts)]
        assert len(kept) < before, f"nothing to take out: {edit}"
    return "".join(f"{line}\n" for line in kept).encode()


def _matches(line: str, parts: Iterable[str]) -> bool:
    subject, predicate, object_ = line[:-2].split(" ", 2)
    pairs = zip((subject, predicate, object_), parts, strict=True)
    return all(part == "*" or found == term(part) for found, part in pairs)
