"""Editors and type checkers see what a block asks for, and nothing else."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path
from typing import Any

import pytest
from random_author import begin

from ontomedirad.authoring.draft import Draft
from ontomedirad.authoring.signatures import STUB, stub
from ontomedirad.authoring.workflows import WORKFLOWS

USE = """
from datetime import datetime
from ontomedirad.authoring import CTMonteCarlo, Slide2

t = Slide2(study=("755523-t33", "A study"), patient_id="P-1")
t.AcquisitionSettings(
    "Hospital", datetime(2026, 3, 2), pre_activity=(3700, "megabecquerel"),
    radiopharmaceutical="sodiumIodideI131", isotope="iodine131",
)
day = t.TimePointDescriptionElement(24, "hours")
liver = t.VOI("liver", time_point=day)
t.MassPerVOIAtTimePoint("1.720", "kilogram", liver, day)
t.NMRelevantCalibrationReference(datetime(2026, 2, 20))
t.DoseRateCurveFitVOITimeIntegration(
    execution=(datetime(2026, 3, 3), "Institute"), vois_used=[liver], time_points=[day],
    fitting=("constant", "mono_exponential", "f"), doses=[(1.5, "gray", [liver])],
)
number: str = t.VOI("liver").organ
t.VOI("livr")  # wrong
t.VOI("liver", time_point="24 hours")  # wrong
t.VOI(organs="liver")  # wrong
t.VOI()  # wrong
t.MassPerVOIAtTimePoint(1.7, "MBq", liver, day)  # wrong
t.Segmentation(vois=[liver, day])  # wrong
t.AdministeredActivity([], "megabecquerel")  # wrong
t.DICOMData("1.2", 5)  # wrong
t.DoseRateCurveFit()  # wrong
CTMonteCarlo(study=("a", "b"), patient_id="P-1").AcquisitionSettings()  # wrong
CTMonteCarlo()  # wrong
"""
"""What a checker accepts, and lines that it refuses."""


def test_the_signatures_are_those_of_the_models() -> None:
    assert STUB.read_text("utf-8") == stub()


def test_a_type_checker_refuses_what_is_wrong_and_nothing_else(tmp_path: Path) -> None:
    api = pytest.importorskip("mypy.api")
    path = tmp_path / "use.py"
    path.write_text(USE)
    said, errors, _ = api.run(["--strict", "--config-file=", f"--cache-dir={tmp_path}", str(path)])
    assert errors == ""
    lines = {int(row.split(":")[1]) for row in said.splitlines() if ": error:" in row}
    assert lines == {i for i, row in enumerate(USE.splitlines(), 1) if row.endswith("# wrong")}


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda w: w.__name__)
def test_signatures_at_a_prompt_are_those_of_an_editor(workflow: type[Draft]) -> None:
    draft = begin(workflow)
    makers = {name: args for cls in bases(workflow.__name__) for name, args in methods(cls)}
    assert makers.keys() == workflow.blocks().keys()
    for name, args in makers.items():
        shown = inspect.signature(getattr(draft, name)).parameters.values()
        bare = [p.name for p in shown if p.kind is p.POSITIONAL_OR_KEYWORD]
        optional = [p.name for p in shown if p.default is None]
        assert [a.arg for a in args.args] == ["self", *bare]
        assert [a.arg for a in args.kwonlyargs] == [p.name for p in shown if p.name not in bare]
        assert [a.arg for a, d in zip(args.kwonlyargs, args.kw_defaults, strict=True) if d] == optional


def classes() -> dict[str, ast.ClassDef]:
    return {c.name: c for c in ast.parse(STUB.read_text("utf-8")).body if isinstance(c, ast.ClassDef)}


def bases(name: str) -> list[ast.ClassDef]:
    known = classes()
    named: list[Any] = known[name].bases
    return [known[b.id] for b in named if b.id.startswith("_")]


def methods(cls: ast.ClassDef) -> list[tuple[str, ast.arguments]]:
    return [(m.name, m.args) for m in cls.body if isinstance(m, ast.FunctionDef)]
