"""No circle, no gap and no contradiction makes an explanation hang or fail: it says what is odd."""

from __future__ import annotations

import json

from ontomedirad import open_store, terms
from ontomedirad.lineage import Explanation, explain
from ontomedirad.lineage.explain import MAX_STEPS

PROV = terms.PREFIXES["prov"]
VALUE = terms.iri("obo:IAO_0000004")


def explained(*said: str, root: str = "urn:a") -> Explanation:
    """The explanation of `root` in a store that says `subject predicate object`, PROV unless a literal."""
    lines = []
    for line in said:
        s, p, o = line.split(" ", 2)
        value = o if o.startswith(('"', "_")) else f"<urn:{o}>"
        lines.append(f"<urn:{s}> <{p if ':' in p else PROV + p}> {value} <urn:g> .\n")
    with open_store(":memory:") as store:
        store.backend.replace(["urn:g"], "".join(lines))
        explanation = explain(store, root)
        for form in (explanation.text, explanation.to_svg, explanation.to_mermaid, explanation.to_json):
            assert form()
        return explanation


def test_a_circle_is_told() -> None:
    explanation = explained("a wasDerivedFrom b", "b wasDerivedFrom c", "c wasDerivedFrom b")
    assert set(explanation.steps) == {"urn:a", "urn:b", "urn:c"}
    assert not explanation.steps["urn:a"].odd
    for node in ("urn:b", "urn:c"):
        assert any("rests on itself" in odd for odd in explanation.steps[node].odd)


def test_a_source_of_which_nothing_is_said_is_told() -> None:
    explanation = explained("a wasDerivedFrom b")
    assert explanation.steps["urn:b"].odd == ["is named as a source, and nothing is said of it"]


def test_two_makers_are_both_told() -> None:
    explanation = explained("a wasGeneratedBy p", "a wasGeneratedBy q", "p used b", "q used c")
    assert [m.node for m in explanation.steps["urn:a"].makers] == ["urn:p", "urn:q"]
    assert "was made by 2 processes" in explanation.steps["urn:a"].odd
    assert set(explanation.steps) == {"urn:a", "urn:b", "urn:c"}


def test_two_values_are_both_told() -> None:
    explanation = explained("a wasDerivedFrom b", f'a {VALUE} "1"', f'a {VALUE} "2"')
    assert explanation.steps["urn:a"].value == "1 or 2"
    assert any("has 2 values: 1, 2" in odd for odd in explanation.odd)


def test_two_beginnings_are_both_told() -> None:
    explanation = explained(
        "a wasGeneratedBy p", 'p startedAtTime "2020-01-01T00:00:00"', 'p startedAtTime "2020-01-02T00:00:00"'
    )
    assert any("2020-01-01T00:00:00 and at 2020-01-02T00:00:00" in odd for odd in explanation.odd)


def test_literals_and_blank_nodes_as_sources_are_passed_over() -> None:
    explanation = explained('a wasDerivedFrom "text"', "a wasDerivedFrom _:x", "a wasDerivedFrom b")
    assert list(explanation.steps) == ["urn:a", "urn:b"]


def test_a_chain_without_end_is_cut_and_says_so() -> None:
    said = [f"{'a' if not i else f'n{i}'} wasDerivedFrom n{i + 1}" for i in range(1500)]
    explanation = explained(*said)
    assert len(explanation.steps) == 1501
    assert not explanation.cut


def test_too_many_steps_are_cut_and_said() -> None:
    lines = [f"<urn:a> <{PROV}wasDerivedFrom> <urn:n{i}> <urn:g> .\n" for i in range(MAX_STEPS + 1)]
    with open_store(":memory:") as store:
        store.backend.replace(["urn:g"], "".join(lines))
        explanation = explain(store, "urn:a")
    assert explanation.cut
    assert "left out" in json.loads(explanation.to_json())["odd"][-1]
