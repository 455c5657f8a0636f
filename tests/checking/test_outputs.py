"""What `check` says: grouped text, SARIF, JUnit, counts of nodes, silenced rules."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from lxml import etree
from sarif_pydantic import Sarif

import ontomedirad
from ontomedirad.checking import ShapesError, check, load_rules
from ontomedirad.checking.outputs import grouped, junit, sarif
from ontomedirad.checking.ranges import shapes_of
from ontomedirad.cli import run
from ontomedirad.demo.treatment import example_descriptor
from ontomedirad.descriptor import to_xml
from ontomedirad.terms import iri
from ontomedirad.translation.result import Translation

HEAVY = "organ-mass-steady"


@pytest.fixture(scope="module")
def broken() -> Translation:
    """The made-up treatment with the mass of the thyroid at 6 h in grams for kilograms."""
    text = to_xml(example_descriptor()).decode()
    for element in ("OrganMass", "Mass"):
        text, found = re.subn(
            rf"(>0\.0021</irdbb:{element}Value>\s*<irdbb:{element}Unit>)kilogram", r"\1gram", text, count=1
        )
        assert found == 1
    return ontomedirad.translate(text.encode(), name="broken.xml")


def test_the_report_counts_the_nodes_that_each_shape_looked_at(broken: Translation) -> None:
    report = check(broken)
    by_type = broken.nquads.count(
        "#type> <http://medicis.univ-rennes1.fr/ontologies/ontospm/OntoMEDIRAD.owl#VOI>"
    )
    assert report.looked_at["voi-one-identifier"] == by_type > 0
    assert report.looked_at["residual-below-administered"] == 1
    assert set(report.looked_at) == {r.code for r in load_rules().by_shape.values()}
    assert json.loads(report.to_json())["looked_at"] == report.looked_at


def test_a_unit_that_slipped_is_found(broken: Translation) -> None:
    codes = {f.code for f in check(broken, level="should")}
    assert HEAVY in codes


def test_the_text_is_grouped_with_the_most_important_first(broken: Translation) -> None:
    spoiled = broken.serialize("nq").replace(b'"3700"^^', b'"-3700"^^')
    report = check(spoiled, level="may")
    levels = [line.partition(":")[0] for line in grouped(report, load_rules()).splitlines()]
    told = [level for level in levels if level in {"must", "should", "may"}]
    assert told == sorted(told, key=["must", "should", "may"].index)
    assert told[0] == "must"
    assert "should" in told


def test_sarif_holds_every_finding_at_its_line(broken: Translation) -> None:
    report = check(broken, level="should")
    log = Sarif.model_validate_json(sarif(report, load_rules()))
    (made,) = log.runs
    assert made.results is not None
    found = [
        (r.rule_id, r.locations[0].physical_location.region.start_line)  # type: ignore[index,union-attr]
        for r in made.results
    ]
    assert found == [(f.code, f.place.line) for f in report]
    assert len(found) > 0
    told = json.loads(sarif(report, load_rules()))
    listed = told["runs"][0]["tool"]["driver"]["rules"]
    for result in told["runs"][0]["results"]:
        assert listed[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] == "warning"


def test_junit_has_a_case_a_rule(broken: Translation) -> None:
    report = check(broken, level="should", silenced={"time-point-plausible": "no late images here"})
    root = etree.fromstring(junit(report, load_rules()).encode())
    cases = {case.get("name"): case for case in root.iter("testcase")}
    assert set(cases) == {r.code for r in load_rules().by_shape.values()}
    failed = {name for name, case in cases.items() if case.find("failure") is not None}
    assert failed == {f.code for f in report}
    assert cases["time-point-plausible"].find("skipped") is not None
    assert sum(int(s.get("failures", "")) for s in root.iter("testsuite")) == len(failed)


def test_topics_choose_rules(broken: Translation) -> None:
    report = check(broken, level="should", topics=["dosimetry"])
    assert {f.code for f in report} == {HEAVY}
    assert {load_rules().by_shape[s].topic for s in load_rules().by_shape} >= {"dosimetry"}
    with pytest.raises(ShapesError, match="is no topic: one of calibrations"):
        check(broken, topics=["dose"])


def test_a_silenced_rule_is_told_with_its_reason(broken: Translation) -> None:
    report = check(broken, level="should", silenced={HEAVY: "the VOI shrank"})
    assert HEAVY not in {f.code for f in report} | set(report.looked_at)
    assert f"silenced: {HEAVY}: the VOI shrank" in grouped(report, load_rules())
    with pytest.raises(ShapesError, match="there is no rule nothing"):
        check(broken, silenced={"nothing": "because"})
    with pytest.raises(ShapesError, match="give the reason"):
        check(broken, silenced={HEAVY: " "})


OWN = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix om: <http://medicis.univ-rennes1.fr/ontologies/ontospm/OntoMEDIRAD.owl#> .
<https://example.org/shapes/series-of-ours> a sh:PropertyShape ; sh:name "ours" ;
    sh:targetClass om:institution ;
    sh:path om:has_id ; sh:minCount 1 ; sh:severity sh:Warning ; sh:message "{$this} needs a number" ."""


def test_a_deployment_has_shapes_of_its_own(broken: Translation, tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text(OWN, "utf-8")
    (tmp_path / "silenced.tsv").write_text(f"rule\treason\n{HEAVY}\tknown\n", "utf-8")
    report = check(broken, level="should", beside=tmp_path)
    codes = {f.code for f in report}
    assert "series-of-ours" in codes
    assert HEAVY not in codes
    assert report.silenced == {HEAVY: "known"}
    assert len(report.looked_at) == len(load_rules().by_shape)


def test_a_folder_may_only_silence(broken: Translation, tmp_path: Path) -> None:
    (tmp_path / "silenced.tsv").write_text(f"rule\treason\n{HEAVY}\tknown\n", "utf-8")
    assert HEAVY not in {f.code for f in check(broken, level="should", beside=tmp_path)}
    (tmp_path / "silenced.tsv").write_text("what\n", "utf-8")
    (tmp_path / "silenced.tsv").write_text(f"name\twhy\n{HEAVY}\tknown\n", "utf-8")
    with pytest.raises(ShapesError, match="columns rule and reason"):
        check(broken, beside=tmp_path)


RANGES = "code\tclasses\tminimum\tmaximum\tunit\tlevel\tname\twhy\tsource\n"


def test_a_range_holds_in_any_unit(broken: Translation, tmp_path: Path) -> None:
    """A liver of 1.72 kg is outside 100 g to 1 kg, whatever unit either is written in."""
    row = "liver\tom:patient_organ_mass_at_timepoint\t0\t1000\tobo:UO_0000021\tmust\tlight\twhy\tsource\n"
    (tmp_path / "ranges.tsv").write_text(RANGES + row, "utf-8")
    report = check(broken, shapes=tmp_path)
    assert {f.code for f in report} == {"liver"}
    assert "must be between 0 g and 1000 g" in report.findings[0].message
    liver = broken.nquads.count('/IAO_0000004> "1.72"')
    assert len(report) in {liver, liver - 1}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("x\tom:VOI\tlow\t\t\tmust\tn\tw\ts", "x: classes and unit"),
        ("x\tom:VOI\t\t1\tom:parsec\tmust\tn\tw\ts", "x: classes and unit"),
        ("x\tom:VOI\t\t1\t\tmaybe\tn\tw\ts", "x: classes and unit"),
        ("x\tom:VOI", "another number of columns"),
    ],
)
def test_a_range_that_says_nothing_is_refused(tmp_path: Path, row: str, said: str) -> None:
    (tmp_path / "ranges.tsv").write_text(RANGES + row + "\n", "utf-8")
    with pytest.raises(ValueError, match=said):
        shapes_of(tmp_path / "ranges.tsv")
    with pytest.raises(ShapesError, match=rf"ranges\.tsv: .*{said}"):
        load_rules(tmp_path)


def test_the_form_of_a_source_is_not_loaded(broken: Translation) -> None:
    from ontomedirad.checking.graphs import graphs

    (graph,) = graphs(broken)
    assert "ontomedirad/form#" in broken.nquads
    assert "ontomedirad/form#" not in graph.ntriples
    facts = [line for line in broken.nquads.split("\n") if "ontomedirad/form#" not in line]
    assert graph.ntriples.count("\n") == len(facts) - 1


def test_curators_list_show_and_ask_what_is_unseen(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(["shapes", "list", "--topic", "dosimetry"]) == 0
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert {row[0] for row in rows} == {"dosimetry"}
    assert ["dosimetry", "should", HEAVY, "an organ keeps its mass"] in rows
    assert run(["shapes", "show", HEAVY]) == 0
    shown = capsys.readouterr().out
    assert "source: EANM" in shown
    assert "level: should" in shown
    assert run(["shapes", "show", "nothing"]) == 2
    (tmp_path / "graph.nt").write_text(
        "<http://s> <http://example.org/p> <http://o> .\n"
        f"<http://s> <{iri('om:has_patient')}> <http://o> .\n",
        "utf-8",
    )
    capsys.readouterr()
    assert run(["shapes", "unseen", str(tmp_path / "graph.nt")]) == 0
    assert capsys.readouterr().out == "1\thttp://example.org/p\n"


@pytest.mark.parametrize("form", ["text", "json", "sarif", "junit", "shacl"])
def test_check_prints_each_form(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "own.ttl").write_text(OWN, "utf-8")
    file = tmp_path / "descriptor.xml"
    file.write_bytes(to_xml(example_descriptor()))
    code = run(["check", str(file), "--level", "should", "--format", form, "--shapes", str(tmp_path)])
    said = capsys.readouterr().out
    assert code == 1
    assert "series-of-ours" in said
