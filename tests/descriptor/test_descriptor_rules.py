"""Every rule: the smallest break of the example gives its code, where it stands, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import pytest
from lxml import etree

import ontomedirad
from ontomedirad.descriptor import (
    NAMESPACE,
    VOI,
    AbsorbedDoseCalculationInVOI,
    AcquisitionSettings,
    Float,
    GeometricalTransformation,
    Integer,
    NonDICOMData,
    NonDicomFileSetDescriptor,
    RegistrationVOISegmentationAndPropagation,
    ThreeDimDosimetrySlide2workflow,
    TimePointDescriptionElement,
    read,
    to_xml,
)
from ontomedirad.descriptor.references import general_rules, refer
from ontomedirad.descriptor.rules import RULES
from ontomedirad.descriptor.slide1 import (
    RadioBiologicalCalculationIn3DSlide1Dosimetry,
    ThreeDimDosimetrySlide1workflow,
    TimeActivityCurveFitIn3DDosimetry,
    TimeIntegratedActivityPerVOI,
)
from ontomedirad.descriptor.values import TransformationType
from ontomedirad.report import Level

D = NonDicomFileSetDescriptor
MUST, SHOULD, MAY = Level.must, Level.should, Level.may

ACQUISITION = "(//i:SPECTAcqCTAcqAndReconstruction)[1]"
POINT = "(//i:VOISegmentationEnergyDepositionCalculationAbsorbedDoseRateCalculation)[{}]"
SEGMENTATION = POINT + "/i:VOISegmentationVOIMassDetermination"
MATRIX_USED = POINT.format(1) + "//i:ThreeDimEnergyDepositionRateMatrixAtTimePointUsed"
FIT = "(//i:DoseRateCurveFitVOITimeIntegration)[1]"
REGISTRATION = "(//i:RegistrationVOISegmentationAndPropagation)"


@dataclass(frozen=True)
class Case:
    """A break, the rule that finds it, and XPaths of its place and of what it points back to."""

    name: str
    code: str
    level: Level
    edit: Callable[[D], None]
    place: str
    also: str = ""


def slide2(d: D) -> ThreeDimDosimetrySlide2workflow:
    assert d.slide2 is not None
    return d.slide2


def settings_of(d: D) -> AcquisitionSettings:
    assert d.acquisition is not None
    return d.acquisition


def wrong_voi(d: D) -> None:
    slide2(d).dose_fits[0].vois_used[0] = Integer(9)


def misspelt_voi(d: D) -> None:
    slide2(d).dose_fits[0].vois_used[0] = Integer(10066)


def other_organ(d: D) -> None:
    segmentation = slide2(d).time_points[1].segmentation.segmentation
    assert segmentation is not None
    segmentation.vois.append(VOI(identifier=1006, organ="liver"))


def other_time_point_of_voi(d: D) -> None:
    segmentation = slide2(d).time_points[1].segmentation.segmentation
    assert segmentation is not None
    segmentation.vois.append(VOI(identifier="+01006", organ="thyroid", time_point="24H"))


def wrong_time_point(d: D) -> None:
    slide2(d).dose_fits[0].time_points[0] = "elsewhere"


def misspelt_time_point(d: D) -> None:
    slide2(d).dose_fits[0].time_points[1] = "24HH"


def other_distance(d: D) -> None:
    slide2(d).imaging.acquisitions[1].time_points.append(
        TimePointDescriptionElement(
            category="6h plus or minus 2h post RAIT timepoint", identifier=" 6H ", distance=7, unit="hours"
        )
    )


def wrong_transformation(d: D) -> None:
    slide2(d).imaging.acquisitions[0].nm_produced.transformations = ["T9"]


def transformation(
    file: str, kind: TransformationType, data_class: TransformationType
) -> GeometricalTransformation:
    return GeometricalTransformation(
        files=[NonDICOMData(data_class=data_class, format="NRRD format", file_name=file)],
        type=kind,
        identifier="T1",
    )


def register(d: D, *transformations: GeometricalTransformation) -> RegistrationVOISegmentationAndPropagation:
    """A registration of the first time point that declares its segmentation again, unchanged."""
    first = slide2(d).time_points[0].segmentation
    assert first.segmentation is not None
    registration = RegistrationVOISegmentationAndPropagation(
        execution=first.execution,
        time_point=first.time_point,
        nm_used=[first.nm_used],
        ct_used=[first.ct_used],
        method="rigid",
        segmentation=first.segmentation.model_copy(deep=True),
        transformations=list(transformations) or None,
    )
    slide2(d).registrations = [*(slide2(d).registrations or ()), registration]
    return registration


def transformation_twice(d: D) -> None:
    linear: TransformationType = "Linear transformation matrix"
    register(d, transformation("Data/a.nrrd", linear, linear), transformation("Data/b.nrrd", linear, linear))


def transformation_of_another_type(d: D) -> None:
    register(d, transformation("Data/a.nrrd", "BSpline transformation", "Linear transformation matrix"))


def wrong_segmentation(d: D) -> None:
    activity = slide2(d).time_points[0].activity
    assert activity is not None
    activity.segmentation_used = "X"


def segmentation_with_fewer_vois(d: D) -> None:
    del register(d).segmentation.vois[0]


def file_of_another_format(d: D) -> None:
    rates = slide2(d).time_points[0].dose_rates[0]
    rates.matrix_used = rates.matrix_used.model_copy(update={"format": "HDF5 format"})


def file_of_another_fhir_identifier(d: D) -> None:
    point = slide2(d).time_points[0]
    point.energy_deposition.matrix = point.energy_deposition.matrix.model_copy(
        update={"fhir_identifier": "7"}
    )
    rates = point.dose_rates[0]
    rates.matrix_used = rates.matrix_used.model_copy(update={"fhir_identifier": "8"})


def matrix_nobody_made(d: D) -> None:
    rates = slide2(d).time_points[0].dose_rates[0]
    rates.matrix_used = rates.matrix_used.model_copy(update={"file_name": "Data/other.nrrd"})


def matrix_of_another_time_point(d: D) -> None:
    points = slide2(d).time_points
    points[0].dose_rates[0].matrix_used = points[1].energy_deposition.matrix


def calibration_of_another_isotope(d: D) -> None:
    slide2(d).imaging.acquisitions[0].nm_calibration.isotope = "lutetium177"


def no_uid(d: D) -> None:
    slide2(d).imaging.acquisitions[0].nm_produced.series_uid = "1.2.x"


def series_of_another_study(d: D) -> None:
    slide2(d).time_points[0].segmentation.nm_used.study_uid = "1.2.3"


def series_of_two_kinds(d: D) -> None:
    first = slide2(d).imaging.acquisitions[0]
    first.ct_produced.series_uid = first.nm_produced.series_uid


def other_activity(d: D) -> None:
    slide2(d).dose_fits[0].pre_activity.value = Float(3699)


def outside_the_window(d: D) -> None:
    slide2(d).imaging.acquisitions[0].time_points[0].distance = Integer(9)


def far_outside_the_window(d: D) -> None:
    slide2(d).imaging.acquisitions[0].time_points[0].distance = Integer("7" * 5000)


def dose_per_tube_load(d: D) -> None:
    slide2(d).dose_fits[0].doses[0].unit = "milligray per (100 milliampere second)"


def other_radiopharmaceutical(d: D) -> None:
    settings_of(d).isotope = "lutetium177"
    for acquisition in slide2(d).imaging.acquisitions:
        acquisition.nm_calibration.isotope = "lutetium177"
    for point in slide2(d).time_points:
        assert point.activity is not None
        point.activity.coefficient_used.isotope = "lutetium177"
        point.activity.recovery_curve_used.isotope = "lutetium177"


def no_date(d: D) -> None:
    slide2(d).dose_fits[0].execution.started = "yesterday"


def before_the_administration(d: D) -> None:
    slide2(d).dose_fits[0].execution.started = "2026-03-02 10:14:59"


def no_workflow(d: D) -> None:
    d.slide2 = None


def no_settings(d: D) -> None:
    d.acquisition = None


def map_of_another_class(d: D) -> None:
    activity = slide2(d).time_points[0].activity
    assert activity is not None
    activity.activity_map[0].data_class = "VOI"


def blank_patient(d: D) -> None:
    d.patient_id = " "


def named_patient(d: D) -> None:
    d.patient_id = "Doe^Jane"


def unknown_study(d: D) -> None:
    d.study.identifier = "000000-none"


def blank_calibration(d: D) -> None:
    slide2(d).imaging.acquisitions[0].ct_calibration.date = " "


def wrong_dose_map(d: D) -> None:
    """The example as a 3D Slide 1 workflow, whose last box uses a dose map that no box makes."""
    points, fit = slide2(d).time_points, slide2(d).dose_fits[0]
    for point in points:
        register(d).segmentation = point.segmentation.segmentation  # type: ignore[assignment]
    registrations = slide2(d).registrations
    assert registrations is not None
    for registration, point in zip(registrations, points, strict=True):
        registration.time_point = point.segmentation.time_point
    d.slide1 = ThreeDimDosimetrySlide1workflow(
        imaging=slide2(d).imaging,
        registrations=registrations,
        activities=[point.activity for point in points],
        fits=[
            TimeActivityCurveFitIn3DDosimetry(
                execution=fit.execution,
                pre_activity=fit.pre_activity,
                post_activity=fit.post_activity,
                activity=TimeIntegratedActivityPerVOI(
                    residence_time=1.5,
                    time_unit="hours",
                    value=2.5,
                    unit="MegabecquerelXHour",
                    vois=[1006],
                    fitting=fit.fitting,
                ),
            )
        ],
        dose_calculation=AbsorbedDoseCalculationInVOI(execution=fit.execution, method="S values"),
        radiobiology=RadioBiologicalCalculationIn3DSlide1Dosimetry(
            execution=fit.execution,
            voi_used=1006,
            dose_maps_used=["31"],
            method="linear-quadratic",
            parameters="alpha/beta 10 Gy",
            biological_effective_dose="31 Gy",
        ),
    )
    d.slide2 = None


def path_out(d: D) -> None:
    segmentation = slide2(d).time_points[0].segmentation.segmentation
    assert segmentation is not None
    assert segmentation.files is not None
    segmentation.files[0].file_name = "Data/../../x.nrrd"


VOIS_USED = FIT + "/i:VOIIdentifierUsed/i:VOIIdentifierUsed[1]"
FIRST_VOI = "(//i:VOIProduced[i:VOIIdentifier='1006'])[1]"
CASES = (
    Case("undeclared VOI", "R1", MUST, wrong_voi, VOIS_USED),
    Case("misspelt VOI", "R1", MUST, misspelt_voi, VOIS_USED, FIRST_VOI + "/i:VOIIdentifier"),
    Case(
        "VOI of two organs",
        "R2",
        MUST,
        other_organ,
        SEGMENTATION.format(2) + "//i:VOIProduced[last()]/i:OrganOrTissue",
        FIRST_VOI + "/i:OrganOrTissue",
    ),
    Case(
        "VOI of two time points",
        "R2",
        MUST,
        other_time_point_of_voi,
        SEGMENTATION.format(2) + "//i:VOIProduced[last()]/i:TimePointIdentifier",
        FIRST_VOI + "/i:TimePointIdentifier",
    ),
    Case(
        "undeclared time point",
        "R4",
        MUST,
        wrong_time_point,
        FIT + "/i:TimePointIdentifierUsed/i:TimePointIdentifierUsed[1]",
    ),
    Case(
        "misspelt time point",
        "R4",
        MUST,
        misspelt_time_point,
        FIT + "/i:TimePointIdentifierUsed/i:TimePointIdentifierUsed[2]",
        "//i:TimePointDescriptionElement/i:TimePointIdentifier[.='24H']",
    ),
    Case(
        "time point of two distances",
        "R4",
        MUST,
        other_distance,
        "(//i:TimePointDescriptionElement)[3]/i:TimePointDistanceFromReferenceEventValue",
        "(//i:TimePointDescriptionElement)[1]/i:TimePointDistanceFromReferenceEventValue",
    ),
    Case(
        "undeclared transformation",
        "R5",
        MUST,
        wrong_transformation,
        ACQUISITION + "/i:NMTomoProduced//i:TransformationIdentifier",
    ),
    Case(
        "transformation of two files",
        "R5",
        MUST,
        transformation_twice,
        REGISTRATION + "//i:GeometricalTransformation[2]/i:GeometricalTransformationValue",
        REGISTRATION + "//i:GeometricalTransformation[1]/i:GeometricalTransformationValue",
    ),
    Case(
        "undeclared segmentation",
        "R6",
        MUST,
        wrong_segmentation,
        POINT.format(1) + "//i:SegmentationIdentifierUsed",
    ),
    Case(
        "segmentation with fewer VOIs",
        "R6",
        MUST,
        segmentation_with_fewer_vois,
        REGISTRATION + "/i:Segmentation/i:VOIContainer",
        SEGMENTATION.format(1) + "/i:SegmentationProduced/i:VOIContainer",
    ),
    Case(
        "file of two formats",
        "R7",
        MUST,
        file_of_another_format,
        MATRIX_USED + "/i:NonDICOMDataFormat",
        POINT.format(1) + "//i:ThreeDimEnergyDepositionRateMatrixAtTimePointProduced/i:NonDICOMDataFormat",
    ),
    Case(
        "R8: file of two FHIR identifiers",
        "R8",
        MUST,
        file_of_another_fhir_identifier,
        MATRIX_USED + "/i:FHIRIdentifier",
        POINT.format(1) + "//i:ThreeDimEnergyDepositionRateMatrixAtTimePointProduced/i:FHIRIdentifier",
    ),
    Case("matrix that nobody made", "R9", MUST, matrix_nobody_made, MATRIX_USED + "/i:NonDICOMDataFileName"),
    Case(
        "matrix of another time point",
        "R9",
        MUST,
        matrix_of_another_time_point,
        MATRIX_USED + "/i:NonDICOMDataFileName",
        POINT.format(2) + "//i:ThreeDimEnergyDepositionRateMatrixAtTimePointProduced/i:NonDICOMDataFileName",
    ),
    Case(
        "undeclared dose map",
        "R10",
        MUST,
        wrong_dose_map,
        "//i:VoxelAbsorbedDoseMapIdentifierUsed/i:VoxelAbsorbedDoseMapIdentifierUsed",
    ),
    Case(
        "calibration of another isotope",
        "R13",
        MUST,
        calibration_of_another_isotope,
        ACQUISITION + "/i:NMRelevantCalibrationReference/i:Isotope",
        "//i:AcquisitionSettings/i:Isotope",
    ),
    Case("no UID", "R14", MUST, no_uid, ACQUISITION + "/i:NMTomoProduced/i:DICOMSeriesUID"),
    Case(
        "series of two studies",
        "R14",
        MUST,
        series_of_another_study,
        SEGMENTATION.format(1) + "/i:NMTomoReconUsed/i:DICOMStudyUID",
        ACQUISITION + "/i:NMTomoProduced/i:DICOMStudyUID",
    ),
    Case(
        "series of two kinds",
        "R14",
        MUST,
        series_of_two_kinds,
        ACQUISITION + "/i:CTReconProduced/i:DICOMSeriesUID",
        ACQUISITION + "/i:NMTomoProduced/i:DICOMSeriesUID",
    ),
    Case(
        "other activity",
        "R15",
        MUST,
        other_activity,
        FIT + "/i:PreAdministeredActivityUsed",
        "//i:AcquisitionSettings/i:PreAdministeredActivity",
    ),
    Case(
        "outside the window",
        "R16",
        SHOULD,
        outside_the_window,
        "(//i:TimePointDistanceFromReferenceEventValue)[1]",
    ),
    Case(
        "far outside the window",
        "R16",
        SHOULD,
        far_outside_the_window,
        "(//i:TimePointDistanceFromReferenceEventValue)[1]",
    ),
    Case("dose per tube load", "R17", MUST, dose_per_tube_load, FIT + "//i:AbsorbedDoseUnit"),
    Case(
        "other radiopharmaceutical",
        "R18",
        MUST,
        other_radiopharmaceutical,
        "//i:AcquisitionSettings/i:Isotope",
    ),
    Case("no date", "R19", MUST, no_date, FIT + "//i:DateTimeProcessStarted"),
    Case(
        "before the administration",
        "R19",
        SHOULD,
        before_the_administration,
        FIT + "//i:DateTimeProcessStarted",
        "//i:Dateandtimeofinjection",
    ),
    Case("no workflow", "R20", SHOULD, no_workflow, "/*"),
    Case("no AcquisitionSettings", "R20", MUST, no_settings, "/*"),
    Case(
        "map of another class",
        "R21",
        MUST,
        map_of_another_class,
        POINT.format(1) + "//i:VoxelActivityMapProduced//i:NonDICOMDataClass",
    ),
    Case(
        "transformation of another type",
        "R21",
        MUST,
        transformation_of_another_type,
        REGISTRATION + "//i:NonDICOMDataClass[.='Linear transformation matrix']",
        REGISTRATION + "//i:TransformationType",
    ),
    Case("blank patient", "patient", MUST, blank_patient, "//i:PatientId"),
    Case("named patient", "privacy", MUST, named_patient, "//i:PatientId"),
    Case("unknown study", "study", MUST, unknown_study, "//i:ClinicalResearchStudyID"),
    Case(
        "blank calibration",
        "identity",
        MUST,
        blank_calibration,
        ACQUISITION + "/i:CTRelevantCalibrationReference/i:ReferenceCalibrationDate",
    ),
    Case(
        "path out of the file set",
        "paths",
        SHOULD,
        path_out,
        SEGMENTATION.format(1) + "//i:NonDICOMDataFileName",
    ),
)


def line(content: bytes, path: str) -> int:
    (found,) = cast(
        "list[etree._Element]", etree.fromstring(content).xpath(path, namespaces={"i": NAMESPACE})
    )
    assert found.sourceline is not None
    return found.sourceline


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_smallest_break_gives_just_its_rule(case: Case, example: D) -> None:
    broken = example.model_copy(deep=True)
    case.edit(broken)
    content = to_xml(broken)
    (finding,) = ontomedirad.validate(content, level="should", name="d.xml")
    assert (finding.code, finding.level) == (case.code, case.level)
    assert (finding.place.file, finding.place.line) == ("d.xml", line(content, case.place))
    assert [p.line for p in finding.also] == ([line(content, case.also)] if case.also else [])
    assert finding.message
    assert finding.hint


PLANAR = f"""<NonDicomFileSetDescriptor xmlns="{NAMESPACE}">
<TwoDimDosimetryworkflow>
<PlanarDataAcquisitionAndProcessingContainer><PlanarDataAcquisitionAndProcessing>
<PlanarDataSegmentationWithoutRegistration><ROIProduced>
<ROI><ROIIdentifier>left</ROIIdentifier>
<OrganOrTissue>left kidney</OrganOrTissue></ROI>
<ROI><ROIIdentifier> left </ROIIdentifier>
<OrganOrTissue>right kidney</OrganOrTissue></ROI>
</ROIProduced></PlanarDataSegmentationWithoutRegistration>
</PlanarDataAcquisitionAndProcessing></PlanarDataAcquisitionAndProcessingContainer>
<TwoDimDosimetryViaAbsorbedDoseRateCalculation>
<AbsorbedDoseRateCalculationIn2DDosimetryContainer><AbsorbedDoseRateCalculationIn2DDosimetry>
<ROIIdentifierUsed>left</ROIIdentifierUsed>
<ROIIdentifierUsed>elsewhere</ROIIdentifierUsed>
<ROIIdentifierUsed>left</ROIIdentifierUsed>
</AbsorbedDoseRateCalculationIn2DDosimetry></AbsorbedDoseRateCalculationIn2DDosimetryContainer>
</TwoDimDosimetryViaAbsorbedDoseRateCalculation>
</TwoDimDosimetryworkflow>
</NonDicomFileSetDescriptor>"""
"""What the rule of ROIs needs of a 2D workflow; rules work on what could be read."""


def test_regions_of_planar_images_are_declared_and_agree() -> None:
    found = [f for f in refer(read(PLANAR.encode())) if f.code == "R3"]
    rows = PLANAR.splitlines()
    lines = {f.place.line: [p.line for p in f.also] for f in found}
    left, right = (
        rows.index(f"<OrganOrTissue>{side} kidney</OrganOrTissue></ROI>") + 1 for side in ("left", "right")
    )
    assert lines == {right: [left], rows.index("<ROIIdentifierUsed>elsewhere</ROIIdentifierUsed>") + 1: []}
    assert {f.level for f in found} == {MUST}


CALIBRATION = f"""<NonDicomFileSetDescriptor xmlns="{NAMESPACE}">
<CalibrationWorkflow><SPECTCTCalibrationWorkflow>
<SPECTAcqCTAcqAndReconstructionInCalibration><PhantomUsed>
<NMPhantomIdentifier>NEMA</NMPhantomIdentifier>
<HotInsertContainer><HotInsert>
<HotInsertIdentifier>S1</HotInsertIdentifier>
</HotInsert></HotInsertContainer>
<Tank>
<TankIdentifier>S1</TankIdentifier>
</Tank></PhantomUsed></SPECTAcqCTAcqAndReconstructionInCalibration>
<CTSegmentationInCalibration><VOIInCTProduced><VOIInCT><VOIIdentifier>1</VOIIdentifier>
<PhantomPartIdentifier>S1</PhantomPartIdentifier></VOIInCT></VOIInCTProduced>
<VOIInSPECTProduced><VOIInSPECT><VOIIdentifier>1</VOIIdentifier>
<PhantomPartIdentifier>S9</PhantomPartIdentifier></VOIInSPECT></VOIInSPECTProduced>
</CTSegmentationInCalibration>
<SPECTRecoveryCoefficientCurveCalculation>
<PhantomIdentifierUsed>NEMO</PhantomIdentifierUsed>
</SPECTRecoveryCoefficientCurveCalculation>
</SPECTCTCalibrationWorkflow></CalibrationWorkflow>
</NonDicomFileSetDescriptor>"""
"""What the rule of phantoms needs of a calibration."""


def test_phantoms_and_their_parts_are_declared_once_and_referred_to() -> None:
    found = [f for f in refer(read(CALIBRATION.encode())) if f.code == "R11"]
    rows = CALIBRATION.splitlines()

    def at(text: str) -> int:
        return next(i for i, row in enumerate(rows, 1) if text in row)

    assert {f.place.line: [p.line for p in f.also] for f in found} == {
        at("<TankIdentifier>"): [at("<HotInsertIdentifier>")],
        at("S9"): [],
        at("NEMO"): [at("NEMA")],
    }
    assert {f.level for f in found} == {MUST}
    assert not [f for f in refer(read(CALIBRATION.encode())) if f.code in ("R1", "R2")]


def test_every_rule_is_broken_here() -> None:
    known = {(r.code, r.level) for r in (*RULES, *general_rules())}
    assert {(c.code, c.level) for c in CASES} | {
        ("R3", MUST),
        ("R11", MUST),
        ("R12", MAY),
        ("unit", SHOULD),
    } == known


def test_every_rule_says_what_holds() -> None:
    for rule in (*RULES, *general_rules()):
        assert rule.says.endswith(".")


def test_the_example_keeps_all_rules_but_the_advice(example: D) -> None:
    assert len(ontomedirad.validate(example, level="should")) == 0
    assert {f.code for f in ontomedirad.validate(example, level="may")} == {"R12"}


def test_a_calibration_is_asked_for_once(example: D) -> None:
    (finding,) = ontomedirad.validate(example, level="may")
    assert finding.level is MAY
    assert finding.place.line == line(to_xml(example), ACQUISITION + "/i:NMRelevantCalibrationReference")


def test_the_real_sample_keeps_all_rules_at_must(sample: bytes) -> None:
    assert len(ontomedirad.validate(sample)) == 0


def test_a_registration_may_repeat_a_segmentation(example: D) -> None:
    register(example)
    assert len(ontomedirad.validate(example, level="should")) == 0


def test_what_one_declaration_leaves_out_is_no_contradiction(example: D) -> None:
    register(example).segmentation.files = None
    assert len(ontomedirad.validate(example, level="should")) == 0


@pytest.mark.parametrize(
    ("distance", "unit"),
    [(4, "hours"), (8, "hours"), (28800, "seconds"), (14400, "seconds"), (480, "minutes")],
)
def test_the_window_includes_its_ends(example: D, distance: int, unit: str) -> None:
    point = slide2(example).imaging.acquisitions[0].time_points[0]
    point.distance, point.unit = Integer(distance), unit  # type: ignore[assignment]
    assert len(ontomedirad.validate(example, level="should")) == 0


@pytest.mark.parametrize("spelling", ["NaN", "3700", "3.7e3", " 3700.00 "])
def test_activities_agree_by_value_not_by_spelling(example: D, spelling: str) -> None:
    """NaN once differed from itself."""
    settings_of(example).pre_activity.value = Float("NaN" if spelling == "NaN" else "3700")
    for fit in slide2(example).dose_fits:
        fit.pre_activity.value = Float(spelling)
    assert len(ontomedirad.validate(example, level="should")) == 0


def test_identifiers_agree_but_for_white_space_and_spelling(example: D) -> None:
    """A time point with a blank around it once was another one, for the file made at it (R9)."""
    for point in slide2(example).time_points:
        point.dose_rates[0].time_point = f" {point.dose_rates[0].time_point}\n"
    slide2(example).dose_fits[0].vois_used[0] = Integer("+0001006")
    assert len(ontomedirad.validate(example, level="should")) == 0


def test_a_flood_of_references_is_told_in_part_and_soon(example: D) -> None:
    used = slide2(example).dose_fits[0].vois_used
    used += [Integer(n) for n in range(10**6, 10**6 + 50_000)]
    found = [f for f in refer(read(to_xml(example))) if f.code == "R1"]
    assert len(found) == 1000
