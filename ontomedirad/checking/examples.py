"""Examples of shapes: small graphs that keep a rule and small graphs that break it.

A folder of examples holds `<topic>/<rule>/conforms*.ttl` and `<topic>/<rule>/fails*.ttl`. A line
`# finds: <IRI> ...` of a failing example names the nodes that the rule must find.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ontomedirad.checking.background import background
from ontomedirad.checking.engines import ENGINES
from ontomedirad.checking.graphs import graphs
from ontomedirad.checking.rules import Rule, Rules, ShapesError
from ontomedirad.checking.targets import looked_at

_FINDS = re.compile(r"^# finds: (.*)$", re.MULTILINE)
_IRI = re.compile(r"<([^>]*)>")


@dataclass(frozen=True, slots=True)
class Example:
    """A graph that keeps or breaks a rule, and the nodes that the rule must find in it."""

    rule: Rule
    file: Path
    fails: bool
    finds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Trial:
    """What an engine made of an example; `problem` is empty where that is what it should."""

    example: Example
    engine: str
    problem: str


def examples(folder: Path, rules: Rules) -> tuple[list[Example], list[str]]:
    """The examples of a folder, and the codes of rules that lack one of either kind.

    Raises ShapesError where the folder is absent, or an example's folder is not named after a rule.
    """
    if not folder.is_dir():
        raise ShapesError(str(folder), "there is no folder of examples here")
    by_code = {(rule.topic, rule.code): rule for rule in rules.by_shape.values() if rule.targets}
    found, seen = [], set()
    for file in sorted(folder.glob("*/*/*.ttl")):
        kind = re.match(r"conforms|fails", file.name)
        rule = by_code.get((file.parent.parent.name, file.parent.name))
        if kind is None or rule is None:
            raise ShapesError(
                str(file.relative_to(folder)), "expected TOPIC/RULE/conforms*.ttl or TOPIC/RULE/fails*.ttl"
            )
        named = _FINDS.search(file.read_text("utf-8"))
        finds = frozenset(_IRI.findall(named[1])) if named else frozenset[str]()
        found.append(Example(rule, file, kind[0] == "fails", finds))
        seen.add((rule.code, kind[0]))
    lacking = [r.code for r in by_code.values() if not {(r.code, "conforms"), (r.code, "fails")} <= seen]
    return found, sorted(lacking)


def try_examples(listed: Iterable[Example], rules: Rules, engines: Iterable[str]) -> Iterator[Trial]:
    """Each example with each engine, judged by the shape that it is for."""
    alone: dict[str, Rules] = {}
    for example in listed:
        shape = example.rule.shape
        if shape not in alone:
            alone[shape] = only(rules, shape)
        text = "".join(graph.ntriples for graph in graphs(example.file))
        data = text + background(text, rules.classes)
        for engine in engines:
            found = {r.focus for r in ENGINES[engine](alone[shape])(data) if r.shape == shape}
            yield Trial(example, engine, _problem(example, found, text))


def _problem(example: Example, found: set[str], text: str) -> str:
    if example.fails and not found:
        return "should break the rule, and does not"
    if example.fails and example.finds and found != example.finds:
        return f"finds {', '.join(sorted(found))} in place of {', '.join(sorted(example.finds))}"
    if not example.fails and found:
        return f"should keep the rule, which finds {', '.join(sorted(found))}"
    if not example.fails and not looked_at(text, {example.rule.shape: example.rule})[example.rule.code]:
        return "keeps the rule only because the rule looks at no node of it"
    return ""


def only(rules: Rules, shape: str) -> Rules:
    """A single shape with all that it refers to: the reference engine takes long for all shapes."""
    lines: dict[str, list[str]] = {}
    for line in rules.text.split("\n"):
        lines.setdefault(line.partition(" ")[0], []).append(line)
    kept: dict[str, None] = {}
    todo = [f"<{shape}>"]
    while todo:
        for line in lines.get(todo.pop(), []):
            if line not in kept:
                kept[line] = None
                todo.append(line[:-2].split(" ", 2)[2])
    others = set(rules.by_shape) - {shape}
    fewer = rules.without(others)
    return Rules("".join(f"{line}\n" for line in kept), fewer.by_shape, rules.classes, rules.files)
