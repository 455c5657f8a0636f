"""What a file set knows by itself, what it takes, and what it says of the whole."""

from __future__ import annotations

import inspect
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from lxml import etree
from random_author import begin

import ontomedirad
from ontomedirad import Settings
from ontomedirad.authoring import Calibration, CTMonteCarlo, CTNumberCalibration, Slide1, Slide2
from ontomedirad.descriptor import NAMESPACE, read
from ontomedirad.errors import NotConforming

HERE = Path(__file__).name


@pytest.fixture
def treatment() -> Any:
    return begin(Slide2)


# --- identifiers ----------------------------------------------------------------------------


def test_identifiers_of_the_file_set_are_allotted(treatment: Any) -> None:
    assert [treatment.VOI("liver").identifier for _ in range(3)] == [1, 2, 3]
    voi = treatment.VOI("spleen")
    assert treatment.Segmentation(vois=[voi]).identifier == "Segmentation 1"
    assert treatment.Segmentation(vois=[voi]).identifier == "Segmentation 2"


def test_an_identifier_of_the_author_is_kept_and_not_allotted_again(treatment: Any) -> None:
    assert treatment.VOI("liver", identifier=2).identifier == 2
    assert treatment.VOI("liver", identifier="0001").identifier.text == "0001"
    assert [int(treatment.VOI("liver").identifier) for _ in range(2)] == [3, 4]


def test_an_allotted_identifier_never_meets_one_of_the_author() -> None:
    draft = begin(Slide2)
    assert draft.VOI("liver", identifier=2) is not draft.VOI("liver")
    assert [str(v.identifier) for v in (draft.VOI("liver"), draft.VOI("liver"))] == ["4", "5"]
    assert draft.Segmentation(vois=[draft.VOI("liver")], identifier="Segmentation 2")
    assert draft.Segmentation(vois=[draft.VOI("liver")]).identifier == "Segmentation 3"


def test_a_time_point_is_called_by_its_distance_so_that_file_sets_of_one_treatment_agree() -> None:
    for draft in (begin(Slide1), begin(Slide2)):
        draft.TimePointDescriptionElement(6, "hours")
        assert draft.TimePointDescriptionElement("+024", "hours").identifier == "24 hours"


def test_parts_of_a_phantom_share_their_identifiers() -> None:
    calibration = begin(Calibration)
    cold = [calibration.ColdInsert(26.5, "milliliter").identifier for _ in range(2)]
    assert cold == ["phantom part 1", "phantom part 2"]
    with pytest.raises(NotConforming, match="stands for a ColdInsert already"):
        calibration.Tank(
            9.7, "milliliter", 900, "megabecquerel", "2026-02-20 08:00", 0, "megabecquerel",
            "2026-02-20 09:00", "lutetium177", identifier=cold[0],
        )  # fmt: skip


def test_what_is_known_beyond_the_file_set_is_identified_by_the_author() -> None:
    with pytest.raises(NotConforming, match="identifier is missing"):
        begin(Calibration).DensityPhantom("Phantom with inserts")


@pytest.mark.parametrize(
    ("distance", "unit", "category"),
    [
        (6, "hours", "6h plus or minus 2h post RAIT timepoint"),
        (360, "minutes", "6h plus or minus 2h post RAIT timepoint"),
        (20, "hours", "24h plus or minus 4h post RAIT timepoint"),
        (19, "hours", "additional timepoint"),
        (2, "days", "48h plus or minus 4h post RAIT timepoint"),
        (83, "hours", "72h plus or minus 12h post RAIT timepoint"),
        (85, "hours", "96h plus or minus 12h post RAIT timepoint"),
        (7, "days", "168h plus or minus 24h post RAIT timepoint"),
        (1, "months", "additional timepoint"),
        (-6, "hours", "additional timepoint"),
        ("9" * 5000, "hours", "additional timepoint"),
    ],
)
def test_the_category_of_a_time_point_follows_from_its_distance(
    treatment: Any, distance: Any, unit: str, category: str
) -> None:
    assert treatment.TimePointDescriptionElement(distance, unit).category == category


def test_a_category_of_the_author_is_kept(treatment: Any) -> None:
    point = treatment.TimePointDescriptionElement(24, "hours", category="additional timepoint")
    assert point.category == "additional timepoint"


# --- values ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "written"),
    [
        (11.63, "11.63"), ("11.630", "11.630"), (3, "3"), (1e-7, "0.0000001"), (Decimal("1.50"), "1.50"),
        (np.float32(0.1), "0.1"), (np.float64(0.1), "0.1"), (np.int64(7), "7"),
    ],
)  # fmt: skip
def test_numbers_keep_their_digits(treatment: Any, given: Any, written: str) -> None:
    assert treatment.AdministeredActivity(given, "megabecquerel").value.text == written
    draft = begin(CTMonteCarlo)
    assert draft.MethodSettingType(name="KVP", value=given, unit="kilovolt").value == written


@pytest.mark.parametrize("given", [True, "1,5", "1_0", None, [1]])
def test_what_is_no_number_is_refused(treatment: Any, given: Any) -> None:
    with pytest.raises(NotConforming, match=r"AdministeredActivity\.value"):
        treatment.AdministeredActivity(given, "megabecquerel")


@pytest.mark.parametrize(
    ("given", "written"),
    [
        (datetime(2026, 3, 2, 10, 15), "2026-03-02 10:15:00"),
        (datetime(2026, 3, 2, 10, 15, 1, 500000), "2026-03-02 10:15:01.500000"),
        (
            datetime(2026, 3, 2, 10, 15, tzinfo=timezone(timedelta(hours=1))),
            "2026-03-02 10:15:00+01:00",
        ),
        (date(2026, 3, 2), "2026-03-02"),
        ("20260302101500", "20260302101500"),
    ],
)
def test_times_are_written_as_rules_read_them(treatment: Any, given: Any, written: str) -> None:
    assert treatment.ProcessExecutionContext(given, "Institute").started == written


def test_a_date_is_no_text(treatment: Any) -> None:
    with pytest.raises(NotConforming, match="expected text"):
        treatment.NonDICOMData("segmentation", "NRRD format", date(2026, 3, 2))


def test_a_block_of_plain_values_may_be_given_as_a_tuple(treatment: Any) -> None:
    voi, day = treatment.VOI("liver"), treatment.TimePointDescriptionElement(24, "hours")
    fit = treatment.DoseRateCurveFitVOITimeIntegration(
        execution=("2026-03-16 10:00:00", "Institute"),
        vois_used=[voi],
        time_points=[day],
        fitting=("constant", "mono_exponential", "a exp(-bt)"),
        doses=[(2.5, "gray", [voi])],
    )
    assert fit.doses[0] == treatment.AbsorbedDoseInVOI(2.5, "gray", [voi])
    assert fit.execution == treatment.ProcessExecutionContext("2026-03-16 10:00:00", "Institute")


def test_what_the_administration_states_is_restated(treatment: Any) -> None:
    voi, day = treatment.VOI("liver"), treatment.TimePointDescriptionElement(24, "hours")
    fit = treatment.DoseRateCurveFitVOITimeIntegration(
        execution=("2026-03-16 10:00:00", "Institute"),
        vois_used=(v for v in [voi]),
        time_points=[day],
        fitting=("constant", "mono_exponential", "a exp(-bt)"),
        doses=[(2.5, "gray", [voi])],
    )
    assert (fit.pre_activity.value, fit.post_activity.value) == (3700, 12.5)
    assert treatment.NMRelevantCalibrationReference("2026-02-20").isotope == "iodine131"


def test_without_an_administration_nothing_is_restated() -> None:
    draft = Slide2(study=("755523-t33", "A study"), patient_id="P-001")
    with pytest.raises(NotConforming, match="make AcquisitionSettings, which states it, before"):
        draft.NMRelevantCalibrationReference("2026-02-20")


def test_a_calibration_says_its_isotope() -> None:
    with pytest.raises(NotConforming, match="isotope is missing"):
        begin(Calibration).NMRelevantCalibrationReference("2026-02-20")


# --- the whole ------------------------------------------------------------------------------


def curve(draft: Any) -> Any:
    """A CT calibration with the least that it needs."""
    return draft.CTCalibrationWorkflow(
        acquisition=draft.CTAcqForCTNumberCalibrationCurve(
            phantom=("Phantom with inserts", "SN 17"), ct_produced=("1.2.3", "1.2.3.1")
        ),
        calculation=draft.CalculationOfCTNumberCalibrationCurve(
            execution=(datetime(2026, 2, 20, 9), "Institute"),
            ct_used=("1.2.3", "1.2.3.1"),
            curve=draft.CTNumberCalibrationCurve(
                elements=[(-985, -1000), (4, 0), (840, 1160)], date=datetime(2026, 2, 20, 11, 30)
            ),
        ),
    )


def test_a_ct_calibration_is_a_document_of_its_own(tmp_path: Path) -> None:
    draft = CTNumberCalibration()
    curve(draft)
    assert len(draft.write(tmp_path / "curve.xml")) == 0
    root = read(tmp_path / "curve.xml").tree
    assert etree.QName(root).localname == "CTNumberCalibrationWorkfow"
    assert ontomedirad.validate(draft.descriptor, level="may").findings == ()
    translation = ontomedirad.translate(draft.descriptor)
    for engine in ("pyrudof", "pyshacl"):
        assert ontomedirad.check(translation, level="should", engine=engine).findings == ()


def test_a_document_without_its_workflow_is_not_written(treatment: Any, tmp_path: Path) -> None:
    for draft, name in ((treatment, "ThreeDimDosimetrySlide2workflow"), (CTNumberCalibration(), "CTCal")):
        with pytest.raises(NotConforming, match=rf"the workflow is missing[\s\S]*\.{name}"):
            draft.write(tmp_path / "none.xml")
    assert list(tmp_path.iterdir()) == []


def part_of_slide1(draft: Any, segmented: list[Any], used: Any, matrix: Any = None) -> int:
    """A Slide 1 workflow in which an activity is measured in `used`; the line of that."""
    day = draft.TimePointDescriptionElement(24, "hours")
    when, camera = ("2026-03-16 09:00:00", "Institute"), draft.NMRelevantCalibrationReference("2026-02-20")
    nm, ct = ("1.2.3", "1.2.3.1"), ("1.2.3", "1.2.3.2")
    segmentation = draft.Segmentation(vois=segmented)
    here = inspect.currentframe().f_lineno + 1  # type: ignore[union-attr]
    activity = draft.DataActivityPerVOIAtTimePoint(50, "megabecquerel", used, day)
    draft.ThreeDimDosimetrySlide1workflow(
        imaging=draft.SPECTDataAcquisitionAndReconstruction(
            acquisitions=[
                draft.SPECTAcqCTAcqAndReconstruction(
                    time_points=[day],
                    nm_calibration=camera,
                    ct_calibration=draft.CTRelevantCalibrationReference("2026-02-20"),
                    nm_produced=nm,
                    ct_produced=ct,
                )
            ]
        ),
        registrations=[
            draft.RegistrationVOISegmentationAndPropagation(
                execution=when, time_point=day, nm_used=[nm], ct_used=[ct], method="rigid",
                segmentation=segmentation,
            )
        ],
        activities=[
            draft.VOIActivityDetermination(
                execution=when,
                segmentation_used=segmentation,
                time_point=day,
                coefficient_used=camera,
                recovery_curve_used=camera,
                activities=[activity],
                activity_map=[draft.NonDICOMData("voxel activity map", "NRRD format", "activity.nrrd")],
            )
        ],
        fits=[
            draft.TimeActivityCurveFitIn3DDosimetry(
                execution=when,
                activity=draft.TimeIntegratedActivityPerVOI(
                    residence_time=0.5, time_unit="hours", value=1850, unit="MegabecquerelXHour",
                    vois=segmented, fitting=("constant", "mono_exponential", "a exp(-bt)"),
                ),
            )
        ],
        dose_calculation=draft.AbsorbedDoseCalculationInVOI(execution=when, method="local"),
    )  # fmt: skip
    return here


def test_what_stands_nowhere_is_told_with_the_lines_that_made_and_used_it() -> None:
    draft = begin(Slide1)
    liver = draft.VOI("liver")
    spleen = draft.VOI("spleen")
    here = part_of_slide1(draft, [liver], spleen)
    found = {f.code: f for f in draft.report("should")}
    assert found.keys() == {"R1", "unplaced"}
    assert (found["R1"].place.file, found["R1"].place.line) == (HERE, here)
    assert found["R1"].place.path.endswith("/DataActivityPerVOIAtTimePointProduced/VOIIdentifier")
    made = found["unplaced"].place
    assert (made.file, "vois of Segmentation" in found["unplaced"].hint) == (HERE, True)
    with pytest.raises(NotConforming) as refused:
        draft.to_xml()
    assert [f.code for f in refused.value.report] == ["R1"]


def test_a_whole_document_has_no_findings_and_is_translated() -> None:
    draft = begin(Slide1)
    liver = draft.VOI("liver")
    part_of_slide1(draft, [liver], liver)
    assert draft.report("should").findings == ()
    translation = ontomedirad.translate(draft.descriptor)
    assert ontomedirad.check(translation, level="should").findings == ()
    assert draft.to_xml() == ontomedirad.descriptor.to_xml(draft.descriptor)  # type: ignore[attr-defined]


def test_a_block_made_again_takes_the_place_of_the_first() -> None:
    draft = CTNumberCalibration()
    curve(draft)
    second = curve(draft)
    second.calculation.curve.date = "2026-02-21"
    assert draft.descriptor == second


def test_a_change_of_the_descriptor_at_one_place_leaves_the_others() -> None:
    draft = begin(Slide1)
    liver = draft.VOI("liver")
    part_of_slide1(draft, [liver], liver)
    descriptor = draft.descriptor
    assert (
        descriptor.slide1.activities[0].recovery_curve_used
        == draft.descriptor.slide1.activities[0].coefficient_used
    )
    descriptor.slide1.activities[0].coefficient_used.date = "2026-02-21"
    assert descriptor.slide1.activities[0].recovery_curve_used.date == "2026-02-20"
    assert draft.descriptor.slide1.activities[0].coefficient_used.date == "2026-02-20"
    descriptor.slide1.registrations[0].segmentation.vois.clear()
    assert draft.report("must").conforms()


def test_a_later_change_of_a_part_is_judged_with_the_whole() -> None:
    draft = begin(Calibration)
    ct = curve(draft)
    draft.CalibrationWorkflow(ct=ct)
    assert draft.report("should").conforms("should")
    ct.calculation.execution.started = "yesterday"
    (finding,) = draft.report("must")
    assert (finding.code, finding.place.file) == ("R19", HERE)


def test_settings_of_the_deployment_know_its_studies() -> None:
    settings = Settings(studies={"our-study": "https://archive.example.org/study/7"})
    draft = Calibration(study=("our-study", "Ours"), patient_id="P-1", settings=settings)
    draft.CalibrationWorkflow(ct=curve(draft))
    assert draft.report("should").conforms("should")


def test_findings_hold_no_folder_of_the_machine() -> None:
    with pytest.raises(NotConforming) as found:
        begin(Slide2).VOI("x")
    assert str(Path(__file__).parent) not in str(found.value)


def test_a_draft_shows_what_it_is_and_no_patient(treatment: Any) -> None:
    treatment.VOI("liver")
    assert repr(treatment) == "<Slide2: 5 blocks made, ThreeDimDosimetrySlide2workflow still to be made>"
    draft = CTNumberCalibration()
    curve(draft)
    assert repr(draft).startswith("<CTNumberCalibration: ")
    assert "still" not in repr(draft)


def test_a_reader_at_a_prompt_sees_what_a_block_asks_for(treatment: Any) -> None:
    assert "VOI" in dir(treatment)
    assert str(inspect.signature(treatment.MassPerVOIAtTimePoint)) == "(value, unit, voi, time_point)"
    assert str(inspect.signature(treatment.AdministeredActivity)) == "(value, unit)"
    assert "identifier=None" in str(inspect.signature(treatment.VOI))
    assert treatment.VOI.__doc__.startswith("A volume of interest")


def test_namespace_is_that_of_the_wire_format() -> None:
    draft = CTNumberCalibration()
    curve(draft)
    assert etree.QName(etree.fromstring(draft.to_xml())).namespace == NAMESPACE
