"""Where a value comes from, as a picture: columns from the images on the left to the value.

A node stands one column to the right of the last thing that it rests on. Connections that
others imply are left out (transitive reduction), so that each arrow says one thing.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ontomedirad.lineage.svg import INK, LINE, QUIET, box, curve, fit, page, width, words

if TYPE_CHECKING:
    from ontomedirad.lineage.explain import Explanation, Step

BOX_W, BOX_H, GAP_X, GAP_Y, MARGIN = 236.0, 58.0, 56.0, 14.0, 28.0
HEAD = 62.0

KINDS: tuple[tuple[str, str, str], ...] = (
    ("calibration", "#F0E442", "calibration"),
    ("recovery coefficient", "#F0E442", "calibration"),
    ("dose rate", "#D55E00", "dose rate"),
    ("absorbed dose", "#CC3311", "dose"),
    ("effective dose", "#CC3311", "dose"),
    ("energy deposition", "#E69F00", "energy deposition"),
    ("transformation", "#999999", "transformation"),
    ("segmentation", "#009E73", "segmentation, VOI"),
    ("VOI", "#009E73", "segmentation, VOI"),
    ("dataset", "#0072B2", "image"),
    ("image", "#0072B2", "image"),
)
"""Part of a label, its colour, and what the legend calls it; the first that fits counts."""

OTHER = ("#CC79A7", "other")
_ORDER = (
    "calibration",
    "image",
    "transformation",
    "segmentation, VOI",
    "energy deposition",
    "dose rate",
    "dose",
    "other",
)


def _kind(step: Step) -> tuple[str, str]:
    label = step.label
    return next(((colour, name) for part, colour, name in KINDS if part in label), OTHER)


def lineage_figure(explanation: Explanation) -> str:
    """The explanation as SVG."""
    title = f"Where {explanation.steps[explanation.root].title} comes from"
    w, h, parts = lineage_parts(explanation)
    return page(w, h, title, parts)


def lineage_parts(explanation: Explanation) -> tuple[float, float, list[str]]:
    """Width, height and shapes of the picture."""
    edges = _reduced(_acyclic(explanation))
    columns = _columns(explanation, edges)
    places = _places(explanation, columns, edges)
    right = max(x for x, _ in places.values()) + BOX_W + MARGIN
    bottom = max(y for _, y in places.values()) + BOX_H + MARGIN
    root = explanation.steps[explanation.root]
    parts = [words(MARGIN, 30, f"Where this comes from: {root.title}", 17, bold=True)]
    parts += _legend(explanation)
    for node, sources in edges.items():
        x, y = places[node]
        for source in sources:
            sx, sy = places[source]
            parts.append(curve(sx + BOX_W, sy + BOX_H / 2, x, y + BOX_H / 2, LINE))
    parts += [_box(explanation.steps[node], x, y) for node, (x, y) in places.items()]
    return max(right, 640), bottom, parts


def _box(step: Step, x: float, y: float) -> str:
    colour, _ = _kind(step)
    room = BOX_W - 22
    what = step.label or "unknown"
    value = f"{_short(step.value)} {step.symbol or step.unit}".strip()
    second = " · ".join(p for p in (", ".join(step.organs), value) if p) or step.name
    when = ", ".join(step.times)
    made = step.maker.start[:10] if step.maker and step.maker.start else ""
    third = " · ".join(p for p in (when, made, step.maker.institution if step.maker else "") if p)
    return (
        box(x, y, BOX_W, BOX_H, "#ffffff", LINE, 6)
        + box(x, y, 6, BOX_H, colour, "none", 3)
        + words(x + 14, y + 18, fit(what, 11, room), 11, colour=QUIET)
        + words(x + 14, y + 35, fit(second, 12.5, room * 0.9), 12.5, colour=INK, bold=True)
        + words(x + 14, y + 50, fit(third, 10.5, room), 10.5, colour=QUIET)
    )


def _short(value: str) -> str:
    try:
        return f"{float(value):.4g}"
    except ValueError:
        return value


def _legend(explanation: Explanation) -> list[str]:
    seen = sorted({_kind(step) for step in explanation}, key=lambda k: _ORDER.index(k[1]))
    parts, x = [], MARGIN
    for colour, name in seen:
        parts += [box(x, 42, 11, 11, colour, "none", 2), words(x + 16, 52, name, 11, colour=QUIET)]
        x += 40 + width(name, 11)
    return parts


def _acyclic(explanation: Explanation) -> dict[str, list[str]]:
    """Sources of each step without the edges that would close a circle."""
    edges: dict[str, list[str]] = {}
    done: set[str] = set()
    stack: list[tuple[str, list[str]]] = [
        (explanation.root, list(explanation.steps[explanation.root].sources))
    ]
    path = {explanation.root}
    edges[explanation.root] = []
    while stack:
        node, todo = stack[-1]
        if not todo:
            stack.pop()
            path.discard(node)
            done.add(node)
            continue
        source = todo.pop(0)
        if source in path or source not in explanation.steps:
            continue
        edges[node].append(source)
        if source not in done:
            edges.setdefault(source, [])
            path.add(source)
            stack.append((source, list(explanation.steps[source].sources)))
    return edges


def _reduced(edges: dict[str, list[str]]) -> dict[str, list[str]]:
    """The edges that no longer way implies."""
    reach: dict[str, frozenset[str]] = {}

    def reached(node: str) -> frozenset[str]:
        if node not in reach:
            reach[node] = frozenset().union(*({s} | reached(s) for s in edges[node]))
        return reach[node]

    return {
        node: [s for s in sources if not any(s in reached(o) for o in sources if o != s)]
        for node, sources in edges.items()
    }


def _columns(explanation: Explanation, edges: dict[str, list[str]]) -> list[list[str]]:
    """Nodes by column, the asked one last; each stands as far right as its uses allow."""
    depth: dict[str, int] = {explanation.root: 0}
    for node in _uses_first(explanation.root, edges):
        for source in edges[node]:
            depth[source] = max(depth.get(source, 0), depth[node] + 1)
    columns: list[list[str]] = [[] for _ in range(max(depth.values()) + 1)]
    for node, at in depth.items():
        columns[-1 - at].append(node)
    return columns


def _uses_first(root: str, edges: dict[str, list[str]]) -> list[str]:
    """A topological order: each node after everything that rests on it."""
    waiting = Counter(source for sources in edges.values() for source in sources)
    order, ready = [], [root]
    while ready:
        node = ready.pop(0)
        order.append(node)
        for source in edges[node]:
            waiting[source] -= 1
            if not waiting[source]:
                ready.append(source)
    return order


def _hours(step: Step) -> float:
    digits = "".join(c for c in (step.times or [""])[0] if c.isdigit())
    return float(digits[:9]) if digits else 0.0


def _places(
    explanation: Explanation, columns: list[list[str]], edges: dict[str, list[str]]
) -> dict[str, tuple[float, float]]:
    """Left top corners: each column evenly spread, in the order of what rests on its nodes."""
    slot = BOX_H + GAP_Y
    height = max(len(c) for c in columns) * slot
    users: dict[str, list[str]] = {node: [] for node in edges}
    for node, sources in edges.items():
        for source in sources:
            users[source].append(node)
    rows: dict[str, float] = {}

    def wish(node: str) -> tuple[float, float, list[str], str]:
        step = explanation.steps[node]
        placed = [rows[user] for user in users[node]] or [0.0]
        return round(sum(placed) / len(placed), 3), _hours(step), step.labels, node

    for column in reversed(columns):
        column.sort(key=wish)
        if len(column) > 1 and all(explanation.steps[n].times for n in column):
            column.sort(key=lambda n: (_hours(explanation.steps[n]), wish(n)))
        share = max(slot, min(height / len(column), 2.2 * slot))
        top = (height - share * len(column)) / 2
        rows |= {node: top + share * (i + 0.5) for i, node in enumerate(column)}
    return {
        node: (MARGIN + i * (BOX_W + GAP_X), HEAD + rows[node] - BOX_H / 2)
        for i, column in enumerate(columns)
        for node in column
    }
