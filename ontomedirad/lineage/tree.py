"""An explanation as a tree for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ontomedirad.lineage.explain import Explanation
    from ontomedirad.lineage.steps import Maker, Step


def tree(explanation: Explanation) -> str:
    """Each thing with what made it, and below it what it rests on; a thing's sources stand once."""
    steps, seen = explanation.steps, set[str]()
    lines: list[str] = []
    waiting = [(explanation.root, "", "")]
    while waiting:
        node, lead, below = waiting.pop()
        step = steps[node]
        again = node in seen
        seen.add(node)
        lines.append(f"{lead}{step.title}{_named(step)}" + (" (see above)" if again and step.sources else ""))
        if again:
            continue
        known = [s for s in step.sources if s in steps]
        bar = "│ " if known else "  "
        lines += [f"{below}{bar}{said}" for said in _said(step)]
        for i, source in reversed(list(enumerate(known))):
            last = i == len(known) - 1
            waiting.append(
                (source, f"{below}{'└─' if last else '├─'} ", f"{below}{'   ' if last else '│  '}")
            )
    odd = explanation.odd
    return "\n".join([*lines, *([""] if odd else []), *(f"odd: {o}" for o in odd)])


def _named(step: Step) -> str:
    named = [t for t in (step.name, ", ".join(step.times)) if t]
    return f" [{'; '.join(named)}]" if named else ""


def _said(step: Step) -> list[str]:
    made = [line for maker in step.makers for line in _made(maker)]
    return made + [f"at {place}" for place in step.places]


def _made(maker: Maker) -> list[str]:
    parts = (("method", maker.methods), ("setting", maker.settings), ("software", maker.software))
    return [
        f"by {maker.heading or maker.node}",
        *(f"{what}: {said}" for what, all_said in parts for said in all_said),
    ]
