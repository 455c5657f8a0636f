"""What cannot be right is refused at its line: every reference, part and value list of every workflow."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import currentframe
from pathlib import Path
from typing import Any

import pytest
from random_author import begin

from ontomedirad.authoring import CTMonteCarlo, Slide1, Slide2
from ontomedirad.authoring.draft import Draft
from ontomedirad.authoring.parameters import Parameter, parameters
from ontomedirad.authoring.workflows import WORKFLOWS
from ontomedirad.descriptor import VOI, Block
from ontomedirad.descriptor.block import make
from ontomedirad.errors import NotConforming
from ontomedirad.report import Finding

FIELDS = [
    pytest.param(workflow, block, p, id=f"{workflow.__name__}-{block.__name__}-{p.name}")
    for workflow in WORKFLOWS
    for block in workflow.blocks().values()
    for p in parameters(block, workflow.treatment())
]
REFERENCES = [f for f in FIELDS if f.values[2].targets]  # type: ignore[union-attr]
PARTS = [f for f in FIELDS if f.values[2].field.block is not None]  # type: ignore[union-attr]
LISTS = [f for f in FIELDS if f.values[2].field.leaf and f.values[2].field.leaf.values]  # type: ignore[union-attr]


def refused(draft: Draft, block: type[Block], p: Parameter, value: Any) -> Finding:
    """What is said of the field where it is given `value`."""
    with pytest.raises(NotConforming) as found:
        getattr(draft, block.__name__)(**{p.name: [value] if p.field.many else value})
    where = f"{block.__name__}.{p.name}" + ("[0]" if p.field.many else "")
    said = [f for f in found.value.report if f.place.path == where]
    assert len(said) == 1, found.value
    assert said[0].place.file == Path(__file__).name
    return said[0]


def thing(block: type[Block], identifier: Any) -> Block:
    """A model made by hand, of which only the identifier is there."""
    return make(block, block.plan().blank | {block.meaning.key[0]: identifier})


def adopted(draft: Draft, block: type[Block]) -> Block:
    """A thing that `draft` takes for one that it made."""
    model = thing(block, "1")
    draft._keep(model, None)  # type: ignore[arg-type]
    return model


@pytest.mark.parametrize(("workflow", "block", "p"), REFERENCES)
def test_a_reference_to_what_this_file_set_did_not_make_is_refused(
    workflow: type[Draft], block: type[Block], p: Parameter
) -> None:
    draft, other = begin(workflow), begin(workflow)
    for target in p.targets:
        mine = adopted(draft, target)
        foreign = adopted(other, target)
        for value in (foreign, thing(target, "1"), mine.model_copy()):
            finding = refused(draft, block, p, value)
            assert finding.code.startswith("R")
            assert "did not make" in finding.message
            assert f".{target.__name__}(...)" in finding.hint


@pytest.mark.parametrize(("workflow", "block", "p"), REFERENCES)
def test_an_identifier_in_place_of_a_thing_is_refused(
    workflow: type[Draft], block: type[Block], p: Parameter
) -> None:
    for value in ("1", 1, begin(workflow)):
        assert p.targets[0].__name__ in refused(begin(workflow), block, p, value).hint


@pytest.mark.parametrize(("workflow", "block", "p"), PARTS)
def test_a_part_that_this_file_set_did_not_make_is_refused(
    workflow: type[Draft], block: type[Block], p: Parameter
) -> None:
    part = p.field.block
    assert part is not None
    foreign = make(part, part.plan().blank)
    begin(workflow)._keep(foreign, None)
    finding = refused(begin(workflow), block, p, foreign)
    assert (finding.code, f".{part.__name__}(...)" in finding.hint) == ("xsd-element", True)


@pytest.mark.parametrize(("workflow", "block", "p"), LISTS)
def test_a_misspelt_value_of_a_list_is_refused_and_the_nearest_is_named(
    workflow: type[Draft], block: type[Block], p: Parameter
) -> None:
    leaf = p.field.leaf
    assert leaf is not None
    for value in leaf.values:
        if len(value) > 3:
            finding = refused(begin(workflow), block, p, value[:-1])
            assert finding.code == "xsd-value"
            assert repr(value) in finding.hint or any(v in finding.hint for v in leaf.values)


def line() -> int:
    """The line of the caller."""
    frame = currentframe()
    assert frame is not None
    assert frame.f_back is not None
    return frame.f_back.f_lineno


def findings(call: Any) -> list[tuple[str, str]]:
    with pytest.raises(NotConforming) as found:
        call()
    return [(f.code, f.place.path) for f in found.value.report]


def test_the_line_of_python_is_told() -> None:
    draft, other = begin(Slide2), begin(Slide2)
    liver = other.VOI("liver")
    day = draft.TimePointDescriptionElement(24, "hours")
    with pytest.raises(NotConforming) as found:
        here = line() + 1
        draft.MassPerVOIAtTimePoint(1.7, "kilogram", liver, day)
    (finding,) = found.value.report
    assert (finding.code, finding.place.line) == ("R1", here)
    assert finding.place.path == "MassPerVOIAtTimePoint.voi"


def test_all_that_is_wrong_is_told_at_once() -> None:
    draft = begin(Slide2)
    assert findings(lambda: draft.VOI("livr", maas=3, time_point="24H", identifier="x", series=5)) == [
        ("xsd-type", "VOI.series"),
        ("R4", "VOI.time_point"),
        ("xsd-element", "VOI.maas"),
        ("xsd-type", "VOI.identifier"),
        ("xsd-value", "VOI.organ"),
    ]


def test_a_unit_by_its_code_is_refused_with_the_word_of_the_list() -> None:
    with pytest.raises(NotConforming, match=r"did you mean 'megabecquerel'\?"):
        begin(Slide2).AdministeredActivity(3700, "MBq")
    with pytest.raises(NotConforming, match=r"did you mean 'milligray per hour'\?"):
        begin(Slide2).AbsorbedDoseRatePerVOIAtTimePoint(1, "mGy/h")


def wrong_parts() -> Iterator[Any]:
    """Calls that break one rule each, on a treatment; with its code."""
    yield "R13", lambda t: t.NMRelevantCalibrationReference("2026-02-20", isotope="lutetium177")
    yield "R14", lambda t: t.DICOMData("1.2.x", "1.2.3")
    yield "R14", lambda t: (t.DICOMData("1.2", "1.2.3"), t.DICOMData("1.9", "1.2.3"))
    yield "R17", lambda t: t.AbsorbedDoseInVOI(1, "milligray per (100 milliampere second)", [t.VOI("liver")])
    yield "R18", lambda t: t.AcquisitionSettings(
        "Hospital", "2026-03-02", pre_activity=(1, "curie"), radiopharmaceutical="sodiumIodideI131",
        isotope="lutetium177",
    )  # fmt: skip
    yield "R19", lambda t: t.ProcessExecutionContext("yesterday", "Institute")
    yield (
        "R21",
        lambda t: t.Segmentation(
            vois=[t.VOI("liver")], files=[t.NonDICOMData("voxel activity map", "NRRD format", "a.nrrd")]
        ),
    )
    yield "R2", lambda t: (t.VOI("liver", identifier=7), t.VOI("spleen", identifier="+07"))
    yield (
        "R7",
        lambda t: [
            t.NonDICOMData("voxel activity map", form, "a.nrrd") for form in ("NRRD format", "STL format")
        ],
    )
    yield "identity", lambda t: t.Segmentation(vois=[t.VOI("liver")], identifier=" ")


@pytest.mark.parametrize(("code", "call"), list(wrong_parts()))
def test_a_rule_that_a_part_can_break_is_judged_when_it_is_made(code: str, call: Any) -> None:
    with pytest.raises(NotConforming) as found:
        call(begin(Slide2))
    assert {f.code for f in found.value.report} == {code}
    assert {f.place.file for f in found.value.report} == {Path(__file__).name}


def test_a_series_cannot_stand_for_two_kinds_of_image() -> None:
    draft = begin(Slide1)
    day = draft.TimePointDescriptionElement(24, "hours")
    series = ("1.2", "1.2.3")
    assert findings(
        lambda: draft.SPECTReconstruction(
            execution=("2026-03-03 10:00", "Institute"),
            time_point=day,
            nm_used=series,
            ct_used=series,
            method="OSEM",
            nm_produced=("1.2", "1.2.4"),
        )
    ) == [("R14", "DICOMData.series_uid")]


def test_an_unknown_study_and_a_name_in_place_of_a_pseudonym_are_refused() -> None:
    with pytest.raises(NotConforming) as found:
        Slide2(study=("no study", "A study"), patient_id="Jane Doe")
    assert {f.code for f in found.value.report} == {"study", "privacy"}
    assert "Jane" not in str(found.value)
    assert findings(lambda: Slide2(study=("755523-t33", "A"), patient_id=7)) == [  # type: ignore[arg-type]
        ("xsd-type", "NonDicomFileSetDescriptor.patient_id")
    ]


def test_a_workflow_has_only_its_own_blocks() -> None:
    draft: Any = CTMonteCarlo(study=("755523-st212", "A"), patient_id="P-1")
    assert "DoseRateCurveFitVOITimeIntegration" not in dir(draft)
    with pytest.raises(AttributeError, match="CTMonteCarlo descriptor has no block") as found:
        draft.DoseRateCurveFitVOITimeIntegration()
    assert found.value.name == "DoseRateCurveFitVOITimeIntegration"


def test_too_many_values_without_names_are_refused() -> None:
    draft = begin(Slide2)
    assert findings(lambda: draft.VOI("liver", 5)) == [("xsd-element", "VOI")]
    assert findings(lambda: draft.Segmentation([])) == [
        ("xsd-element", "Segmentation"),
        ("xsd-missing", "Segmentation.vois"),
    ]


def test_a_value_given_twice_is_refused() -> None:
    draft = begin(Slide2)
    assert findings(lambda: draft.VOI("liver", organ="spleen")) == [("xsd-element", "VOI.organ")]


def test_a_model_made_by_hand_is_no_part() -> None:
    draft = begin(Slide2)
    assert findings(lambda: draft.Segmentation(vois=[VOI(identifier=1, organ="liver")])) == [
        ("xsd-element", "Segmentation.vois[0]")
    ]


def test_a_text_is_no_list_of_texts() -> None:
    draft: Any = CTMonteCarlo(study=("755523-st212", "A"), patient_id="P-1")
    assert findings(lambda: draft.MonteCarloMethodType("GATE", software="Geant4")) == [
        ("xsd-type", "MonteCarloMethodType.software")
    ]
