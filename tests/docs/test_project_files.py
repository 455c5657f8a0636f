"""The files at the root say the same as the package."""

from __future__ import annotations

import re
import tomllib

import yaml
from fenced import ROOT

import ontomedirad


def test_the_citation_is_of_this_version() -> None:
    said = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert said["cff-version"] == "1.2.0"
    assert str(said["version"]) == ontomedirad.__version__
    assert said["authors"]
    assert said["message"]
    assert said["title"]


def test_the_license_is_that_of_the_package_and_of_the_citation() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    said = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert project["license"] == said["license"] == "MIT"
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert text.startswith("MIT License\n\nCopyright (c) 2026 The ontomedirad developers\n")


def test_the_changelog_tells_of_this_version() -> None:
    headings = re.findall(
        r"^## \[?([^\]\n]+?)\]?(?: - .*)?$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M
    )
    assert headings[0] == "Unreleased" or headings[0] == ontomedirad.__version__
    assert ontomedirad.__version__ in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_extras_that_the_docs_name_exist() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    files = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    named = {x for f in files for x in re.findall(r"ontomedirad\[([\w,]+)\]", f.read_text("utf-8"))}
    assert {x for group in named for x in group.split(",")} <= extras.keys()


def test_the_readme_names_the_two_commands_that_do_everything() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"^make (\w+)", readme + (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.M):
        assert re.search(rf"^{target}:", makefile, re.M), target
    assert "make demo" in readme
    assert "make test" in readme
