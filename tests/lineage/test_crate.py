"""A file set as a Workflow Run RO-Crate, judged by rocrate-validator."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from rocrate_validator import models, services
from rocrate_validator.utils.http import HttpRequester

import ontomedirad
from ontomedirad.demo.treatment import example_descriptor
from ontomedirad.descriptor import to_xml
from ontomedirad.errors import SourceError
from ontomedirad.lineage.crate import METADATA, write_crate

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
WHEN = datetime(2026, 3, 20, 12, tzinfo=UTC)


class Context:
    """The JSON-LD context of RO-Crate as the package `rocrate` ships it, in place of the network's."""

    status_code, ok, headers, from_cache = 200, True, {"Content-Type": "application/ld+json"}, True
    url = "https://w3id.org/ro/crate/1.1/context"
    text = files("rocrate").joinpath("data/ro-crate.jsonld").read_text("utf-8")
    content = text.encode()

    def json(self) -> Any:
        return json.loads(self.text)

    def raise_for_status(self) -> None:
        pass


def issues(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What rocrate-validator finds at its required level, without a network."""
    monkeypatch.setattr(HttpRequester, "__getattr__", lambda self, name: lambda *a, **k: Context())
    chosen = models.ValidationSettings(
        rocrate_uri=str(folder),
        profile_identifier="process-run-crate-0.5",
        requirement_severity=models.Severity.REQUIRED,
    )
    return [str(issue.message) for issue in services.validate(chosen).get_issues()]


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A descriptor with two of the files that it names beside it."""
    home = tmp_path / "desk"
    (home / "Data").mkdir(parents=True)
    (home / "descriptor.xml").write_bytes(to_xml(example_descriptor()))
    for name in ("activity-006h.nrrd", "energy-deposition-006h.nrrd"):
        (home / "Data" / name).write_bytes(name.encode())
    return home


@pytest.mark.filterwarnings("ignore")
def test_a_crate_passes_the_validator_and_a_broken_one_does_not(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crate = tmp_path / "crate"
    missing = write_crate(desk / "descriptor.xml", crate, LICENCE, WHEN)
    assert issues(crate, monkeypatch) == []
    assert "Data/activity-024h.nrrd" in missing
    assert "Data/activity-006h.nrrd" not in missing
    metadata = json.loads((crate / METADATA).read_text("utf-8"))
    for node in metadata["@graph"]:
        node.pop("instrument", None)
    (crate / METADATA).write_text(json.dumps(metadata), "utf-8")
    assert any("instrument" in issue for issue in issues(crate, monkeypatch))


@pytest.mark.filterwarnings("ignore")
def test_processes_whose_software_is_known_are_actions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The document is that of the page on CT doses, the one workflow that names software."""
    monkeypatch.chdir(tmp_path)
    page = Path(__file__).parents[2] / "docs" / "how-to" / "describe-ct-monte-carlo.md"
    exec("".join(re.findall(r"^```python\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)), {})
    write_crate(tmp_path / "chest-ct.xml", tmp_path / "crate", LICENCE, WHEN)
    graph = json.loads((tmp_path / "crate" / METADATA).read_text("utf-8"))["@graph"]
    assert [node for node in graph if node["@type"] == "CreateAction" and "instrument" in node]
    assert issues(tmp_path / "crate", monkeypatch) == []


def test_the_crate_holds_descriptor_graph_and_files_to_the_byte(desk: Path, tmp_path: Path) -> None:
    crate = tmp_path / "crate"
    write_crate(desk / "descriptor.xml", crate, LICENCE, WHEN)
    held = {p.relative_to(crate).as_posix() for p in crate.rglob("*") if p.is_file()}
    assert held == {METADATA, "graph.nq", "descriptor.xml", "Data/activity-006h.nrrd",
                    "Data/energy-deposition-006h.nrrd"}  # fmt: skip
    for name in held - {METADATA, "graph.nq"}:
        assert (crate / name).read_bytes() == (desk / name).read_bytes()
    graph = ontomedirad.translate(desk / "descriptor.xml").serialize("nq")
    assert (crate / "graph.nq").read_bytes() == graph


def test_a_name_that_leads_out_of_the_folder_is_not_followed(desk: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.nrrd").write_text("not of this file set")
    text = (desk / "descriptor.xml").read_text("utf-8")
    (desk / "descriptor.xml").write_text(text.replace("Data/activity-024h.nrrd", "../secret.nrrd"), "utf-8")
    missing = write_crate(desk / "descriptor.xml", tmp_path / "crate", LICENCE, WHEN)
    assert "../secret.nrrd" in missing
    assert not list((tmp_path / "crate").rglob("secret*"))


def test_a_folder_in_use_is_refused(desk: Path, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="holds something already"):
        write_crate(desk / "descriptor.xml", desk, LICENCE, WHEN)
