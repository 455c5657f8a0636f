"""The examples of the shapes, as `ontomedirad shapes test` tries them, and what that command tells."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ontomedirad.checking import ShapesError, load_rules
from ontomedirad.checking.engines import ENGINES
from ontomedirad.checking.examples import Example, examples, try_examples
from ontomedirad.cli import run

FOLDER = Path(__file__).parent
LISTED, LACKING = examples(FOLDER, load_rules())


def test_every_shape_has_a_conforming_and_a_failing_example() -> None:
    assert LACKING == []


@pytest.mark.parametrize("example", LISTED, ids=lambda e: e.file.relative_to(FOLDER).as_posix())
def test_both_engines_judge_the_example_as_its_name_says(example: Example) -> None:
    trials = list(try_examples([example], load_rules(), ENGINES))
    assert [t.engine for t in trials] == ["pyrudof", "pyshacl"]
    assert not [t.problem for t in trials if t.problem]


def test_failing_examples_say_what_is_found() -> None:
    assert not [e.file.name for e in LISTED if e.fails and not e.finds]


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    shutil.copytree(
        FOLDER / "time-points" / "time-point-of-patient", tmp_path / "time-points" / "time-point-of-patient"
    )
    return tmp_path


def tried(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = run(["shapes", "test", str(folder), "--rule", "time-point-of-patient"])
    return code, capsys.readouterr().out


def test_the_command_passes_good_examples(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tried(copied, capsys) == (0, "")


def test_the_command_tells_an_example_that_does_not_break_its_rule(
    copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = copied / "time-points" / "time-point-of-patient"
    shutil.copy(folder / "conforms.ttl", folder / "fails-2.ttl")
    code, said = tried(copied, capsys)
    assert code == 1
    assert said.count("should break the rule, and does not") == 2


def test_the_command_tells_an_example_that_breaks_its_rule_or_is_empty(
    copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = copied / "time-points" / "time-point-of-patient"
    shutil.copy(folder / "fails.ttl", folder / "conforms-2.ttl")
    (folder / "conforms-3.ttl").write_text("<http://a> <http://b> <http://c> .", "utf-8")
    code, said = tried(copied, capsys)
    assert code == 1
    assert said.count("should keep the rule") == 2
    assert said.count("looks at no node") == 2


def test_the_command_tells_a_rule_without_examples(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copied / "time-points" / "time-point-of-patient" / "fails.ttl").unlink()
    code, said = tried(copied, capsys)
    assert (code, said) == (1, "time-point-of-patient: has no conforming or no failing example\n")


def test_a_folder_without_a_rule_is_told(copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copied / "time-points" / "no-such-rule").mkdir()
    (copied / "time-points" / "no-such-rule" / "fails.ttl").write_text("", "utf-8")
    with pytest.raises(ShapesError, match="no-such-rule"):
        examples(copied, load_rules())
    assert tried(copied, capsys)[0] == 2
