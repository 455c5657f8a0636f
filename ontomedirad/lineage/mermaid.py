"""An explanation as a Mermaid flowchart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ontomedirad.lineage.kinds import kind_of
from ontomedirad.lineage.layout import acyclic, reduced

if TYPE_CHECKING:
    from ontomedirad.lineage.explain import Explanation
    from ontomedirad.lineage.steps import Step


def flowchart(explanation: Explanation) -> str:
    """Sources to the left; one class of style a kind."""
    steps = explanation.steps
    edges = reduced(acyclic(explanation.root, {n: s.sources for n, s in steps.items()}))
    number = {node: f"n{i}" for i, node in enumerate(edges)}
    kinds = {n: kind_of(steps[n].label) for n in edges}
    style = {kind: f"k{i}" for i, kind in enumerate(dict.fromkeys(kinds.values()))}
    lines = ["flowchart LR"]
    lines += [f'  {number[n]}["{_label(steps[n])}"]:::{style[kinds[n]]}' for n in edges]
    lines += [f"  {number[s]} --> {number[n]}" for n, sources in edges.items() for s in sources]
    lines += [f"  classDef {name} fill:#fff,stroke:{k.colour},stroke-width:3px" for k, name in style.items()]
    return "\n".join(lines) + "\n"


def _label(step: Step) -> str:
    parts = [step.title, step.name, ", ".join(step.times), step.maker.heading if step.maker else ""]
    return "<br/>".join(_escaped(p) for p in parts if p)


def _escaped(text: str) -> str:
    """Characters that end a label or mean something in it, as Mermaid's entity codes."""
    return "".join(c if c.isalnum() or c in " .,:-±()/…" else f"#{ord(c)};" for c in text)
