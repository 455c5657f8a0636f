"""What the pages show runs, and says what they show."""

from __future__ import annotations

import runpy
import shutil
from pathlib import Path

import pytest
from fenced import ROOT, compare, fences, run_page

import ontomedirad

PAGES = ["docs/tutorial.md", *(f"docs/how-to/{p.name}" for p in sorted((ROOT / "docs/how-to").glob("*.md")))]
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))


@pytest.mark.parametrize("name", PAGES)
def test_blocks_of_a_page_run_in_order(name: str, desk: Path, request: pytest.FixtureRequest) -> None:
    page = ROOT / name
    if "<!-- prepare: demo -->" in page.read_text("utf-8"):
        shutil.copytree(request.getfixturevalue("demo_folder"), desk / "demo")
    assert run_page(page) > 1


@pytest.mark.parametrize(
    ("calibration", "file", "treatment"),
    [
        ("spect-ct-calibration", "calibration.xml", "3d-slide2"),
        ("planar-calibration", "calibration.xml", "2d"),
        ("ct-number-calibration", "curve.xml", "3d-slide1"),
    ],
)
def test_the_treatments_of_the_pages_rest_on_their_calibrations(
    calibration: str, file: str, treatment: str, desk: Path
) -> None:
    for name in (calibration, treatment):
        run_page(ROOT / f"docs/how-to/describe-{name}.md")
    described, named = (ontomedirad.translate(f) for f in (file, "treatment.xml"))
    shared = set(described.individuals) & set(named.individuals)
    found = [node for node in shared if (place := named.locate(node)) and "Calibration" in place.path]
    assert found
    with ontomedirad.open_store(":memory:") as store:
        store.put(named)
        assert {len(store.explain(node).steps) for node in found} == {1}
        store.put(described)
        assert any("calculation" in store.explain(node).text() for node in found)


def test_the_example_of_the_readme_runs(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    python = [f for f in fences((ROOT / "README.md").read_text("utf-8")) if f.kind == "python"]
    assert len(python) == 1
    exec(compile(python[0].body, "README.md", "exec", dont_inherit=True), {})
    said = capsys.readouterr().out
    assert said.splitlines()[0] == "descriptor: conforms"
    assert "gray" in said
    assert "time absorbed dose rate curve fitting" in said


@pytest.mark.parametrize("path", EXAMPLES, ids=[p.name for p in EXAMPLES])
def test_examples_run(path: Path, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(path), run_name="__main__")
    assert capsys.readouterr().out.strip()


def test_the_picture_of_the_demo_is_in_the_docs() -> None:
    picture = (ROOT / "docs/assets/doses.svg").read_text("utf-8")
    assert "Absorbed dose per organ" in picture
    assert "Thyroid gland" in picture


def test_output_is_compared_loosely() -> None:
    compare("a  b\nc\n", "a b\n...", "here")
    with pytest.raises(AssertionError, match=r"page\.md:3"):
        compare("a", "b", "page.md:3")


def test_a_block_that_fails_is_told_with_page_and_line(desk: Path) -> None:
    page = desk / "page.md"
    page.write_text("# Page\n\n```console\n$ ontomedirad validate absent.xml\n```\n")
    with pytest.raises(AssertionError, match=r"page\.md:3: ontomedirad validate absent.xml ended with 2"):
        run_page(page)
