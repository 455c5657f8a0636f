"""Each shape finds what breaks it, names the right node, and both engines say the same."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from failing import EXAMPLES, Example
from small_treatment import changed, lines, term

from ontomedirad import check
from ontomedirad.checking import Rules, load_rules
from ontomedirad.checking.background import background
from ontomedirad.checking.engines import ENGINES, Result, Validate
from ontomedirad.report import Level

RULES = load_rules()
BY_CODE = {rule.code: rule for rule in RULES.by_shape.values()}
NAMES = [f"{example.rule}-{number}" for number, example in enumerate(EXAMPLES)]


def results(engine: str, graph: bytes, rules: Rules = RULES) -> set[Result]:
    """What an engine finds in a graph."""
    text = graph.decode()
    return set(prepared(engine, rules.text)(text + background(text, RULES.classes)))


@cache
def prepared(engine: str, text: str) -> Validate:
    return ENGINES[engine](replace(RULES, text=text))


@cache
def found(example: Example) -> set[Result]:
    return results("pyrudof", changed(*example.edits))


@cache
def statements() -> dict[str, list[str]]:
    """The lines of the shapes by their subject."""
    lines: dict[str, list[str]] = {}
    for line in RULES.text.splitlines():
        lines.setdefault(line.partition(" ")[0], []).append(line)
    return lines


def only(shape: str) -> Rules:
    """A single shape with all that it refers to: the reference engine takes long for all shapes."""
    kept: dict[str, None] = {}
    todo = [f"<{shape}>"]
    while todo:
        for line in statements().get(todo.pop(), []):
            if line not in kept:
                kept[line] = None
                todo.append(line[:-2].split(" ", 2)[2])
    return replace(RULES, text="".join(f"{line}\n" for line in kept))


def codes(found: set[Result], level: Level) -> set[str]:
    return {r.code for f in found if (r := RULES.by_shape[f.shape]).level >= level}


def test_the_unbroken_graph_conforms_at_every_level() -> None:
    assert check("".join(f"{line}\n" for line in lines()).encode(), level="may").findings == ()


def test_every_shape_has_a_failing_example() -> None:
    assert {example.rule for example in EXAMPLES} == set(BY_CODE)


@pytest.mark.parametrize("example", EXAMPLES, ids=NAMES)
def test_the_shape_finds_the_node(example: Example) -> None:
    rule = BY_CODE[example.rule]
    focus = {r.focus for r in found(example) if r.shape == rule.shape}
    assert focus == {term(name)[1:-1] for name in example.focus.split(",")}


@pytest.mark.parametrize("example", EXAMPLES, ids=NAMES)
def test_the_shape_fires_alone(example: Example) -> None:
    own = {example.rule} if BY_CODE[example.rule].level is Level.must else set()
    assert codes(found(example), Level.must) == own | set(example.also)


@pytest.mark.parametrize("example", EXAMPLES, ids=NAMES)
def test_the_reference_engine_agrees(example: Example) -> None:
    shape = BY_CODE[example.rule].shape
    reference = results("pyshacl", changed(*example.edits), only(shape))
    assert reference == {r for r in found(example) if r.shape == shape}
