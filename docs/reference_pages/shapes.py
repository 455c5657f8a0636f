"""The SHACL shapes: an overview, and a page a topic with a section a rule."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from ontomedirad import terms
from ontomedirad.checking import Rule, load_rules
from reference_pages.markdown import heading, iri, plain, table

EXAMPLES = Path(__file__).resolve().parents[2] / "tests" / "shapes"
TARGETS = {
    "targetClass": "every",
    "targetSubjectsOf": "what has",
    "targetObjectsOf": "each value of",
    "targetNode": "the node",
}


@cache
def _topics() -> dict[str, list[Rule]]:
    found: dict[str, list[Rule]] = {}
    for rule in load_rules().by_shape.values():
        if rule.targets:
            found.setdefault(rule.topic, []).append(rule)
    return dict(sorted(found.items()))


def _comment(topic: str) -> str:
    """What the file of a topic says of itself."""
    file = next(f for f in load_rules().files if f.stem == topic)
    if file.suffix == ".tsv":
        remarks = [line[2:] for line in file.read_text("utf-8").splitlines() if line.startswith("# ")]
        return " ".join(remarks)
    for quad in ox.parse(file.read_bytes(), ox.RdfFormat.TURTLE):
        if quad.predicate.value == terms.iri("rdfs:comment") and isinstance(quad.object, ox.Literal):
            return quad.object.value
    return ""


def shapes_page() -> str:
    parts = [
        "# Shapes\n\n"
        "What `ontomedirad check` asks of a graph. Each row is a SHACL shape; a finding carries its code. "
        "Findings of confidential shapes name neither the node nor a value.\n"
    ]
    for topic, rules in _topics().items():
        rows = [(f"[`{r.code}`](shapes/{topic}.md#{r.code})", r.level.name, plain(r.name)) for r in rules]
        parts += [heading(2, topic, topic), f"{plain(_comment(topic))}\n\n"]
        parts.append(table(("Code", "Level", "What holds"), rows))
    return "".join(parts)


def _page(topic: str) -> Callable[[], str]:
    def make() -> str:
        title = topic.replace("-", " ").replace("vois", "VOIs").replace("ct ", "CT ")
        intro = f"# Shapes: {title}\n\n{plain(_comment(topic))}\n"
        return intro + "".join(_section(rule) for rule in _topics()[topic])

    return make


def _section(rule: Rule) -> str:
    looks = ", ".join(f"{TARGETS[kind]} {iri(node)}" for kind, node in rule.targets)
    rows = [
        ("Code", f"`{rule.code}`" + (" (confidential)" if rule.confidential else "")),
        ("Level", rule.level.name),
        ("Looks at", looks),
        ("Why", plain(rule.why)),
        *([("Source", plain(rule.source))] if rule.source else []),
        ("A finding says", plain(rule.message)),
        ("What to do", plain(rule.hint)),
    ]
    return heading(2, plain(rule.name), rule.code) + table(("", ""), rows) + _examples(rule)


def _examples(rule: Rule) -> str:
    shown = []
    for name, title in (("fails.ttl", "A graph that breaks it"), ("conforms.ttl", "A graph that keeps it")):
        file = EXAMPLES / rule.topic / rule.code / name
        if file.is_file():
            lines = [line for line in file.read_text("utf-8").splitlines() if not line.startswith("@prefix")]
            shown.append(f'\n??? example "{title}"\n\n    ```turtle\n')
            shown += [f"    {line}".rstrip() + "\n" for line in "\n".join(lines).strip().splitlines()]
            shown.append("    ```\n")
    return "".join(shown)


PAGES: dict[str, Callable[[], str]] = {f"reference/shapes/{topic}.md": _page(topic) for topic in _topics()}
"""A page a topic."""
