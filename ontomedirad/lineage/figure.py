"""Where a value comes from, as a picture: boxes in columns, sources to the left."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ontomedirad.lineage.kinds import LEGEND, kind_of
from ontomedirad.lineage.layout import Layout, arrange
from ontomedirad.lineage.svg import INK, LINE, QUIET, box, fit, flow, page, width, words

if TYPE_CHECKING:
    from ontomedirad.lineage.explain import Explanation
    from ontomedirad.lineage.steps import Step

LEAST_BOX, BOX_H, GAP_X, GAP_Y, MARGIN = 288.0, 58.0, 64.0, 14.0, 28.0
HEAD, LEAST = 66.0, 720.0


def lineage_figure(explanation: Explanation) -> str:
    """The explanation as SVG."""
    title = f"Where {explanation.steps[explanation.root].title} comes from"
    w, h, parts = lineage_parts(explanation)
    return page(w, h, title, parts)


def lineage_parts(explanation: Explanation) -> tuple[float, float, list[str]]:
    """Width, height and shapes of the picture."""
    steps = explanation.steps
    layout = arrange(
        explanation.root,
        {node: step.sources for node, step in steps.items()},
        lambda node: steps[node].label,
        lambda node: _moment(steps[node]),
        BOX_H + GAP_Y,
    )
    wide = _box_width(explanation)
    legend, legend_width = _legend(explanation)
    w = max(2 * MARGIN + len(layout.columns) * (wide + GAP_X) - GAP_X, legend_width, LEAST)
    title = fit(f"Where this comes from: {steps[explanation.root].title}", 17, w - 2 * MARGIN, bold=True)
    parts = [words(MARGIN, 30, title, 17, bold=True), *legend]
    parts += [_line(line, layout, wide) for line in layout.lines]
    for node, step in steps.items():
        if node in layout.column_of:
            x = MARGIN + layout.column_of[node] * (wide + GAP_X)
            parts.append(_box(step, x, HEAD + layout.middle[node] - BOX_H / 2, wide))
    bottom = HEAD + layout.height + MARGIN
    odd = explanation.odd
    if odd:
        note = f"{len(odd)} thing{'s are' if len(odd) > 1 else ' is'} odd here: {'; '.join(odd)}"
        parts.append(words(MARGIN, bottom, fit(note, 11, w - 2 * MARGIN), 11, colour=QUIET))
        bottom += MARGIN
    return w, bottom, parts


def _moment(step: Step) -> tuple[float, str]:
    return math.inf if step.hours is None else step.hours, step.title


def _line(line: list[str], layout: Layout, wide: float) -> str:
    """A connection from box to box, level through the columns that it passes."""
    points = []
    for i, node in enumerate(line):
        x, y = MARGIN + layout.column_of[node] * (wide + GAP_X), HEAD + layout.middle[node]
        points += [(x, y)] if i else []
        points += [(x + wide, y)] if i < len(line) - 1 else []
    return flow(points)


def _box(step: Step, x: float, y: float, wide: float) -> str:
    room = wide - 22
    amount = _amount(step)
    organs = fit(", ".join(step.organs), 12.5, room - width(f" · {amount}", 12.5, bold=True), bold=True)
    second = " · ".join(p for p in (organs, amount or step.name) if p)
    maker = step.maker
    made = [maker.start[:10], *maker.institutions] if maker else []
    third = " · ".join(p for p in (", ".join(step.times), *made) if p)
    return (
        box(x, y, wide, BOX_H, "#ffffff", LINE, 6)
        + box(x, y, 6, BOX_H, kind_of(step.label).colour, "none", 3)
        + words(x + 14, y + 18, fit(step.label or step.title, 11, room), 11, colour=QUIET)
        + words(x + 14, y + 35, fit(second, 12.5, room, bold=True), 12.5, colour=INK, bold=True)
        + words(x + 14, y + 50, fit(third, 10.5, room), 10.5, colour=QUIET)
    )


def _box_width(explanation: Explanation) -> float:
    """Wide enough for the longest amount beside some of its organ's name: no number is cut."""
    amounts = (_amount(step) for step in explanation)
    return math.ceil(max([LEAST_BOX, *(width(f" · {a}", 12.5, bold=True) + 112 for a in amounts)]))


def _amount(step: Step) -> str:
    """Value, uncertainty and unit, short enough to be read."""
    unit = step.symbol or step.unit
    spread = step.uncertainty
    if spread and spread.endswith(f" {step.unit}"):
        return f"{short(step.value)} ± {_spread(spread.removesuffix(step.unit).strip())} {unit}".strip()
    said = f"{short(step.value)} {unit}".strip() if step.value else ""
    return f"{said} ± {spread}" if spread else said


def _spread(value: str) -> str:
    """An uncertainty to two significant digits, a zero at its end kept."""
    said = short(value, 2)
    return f"{said}.0" if len(said) == 1 and said.isdigit() and said != "0" else said


_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def short(value: str, digits: int = 4) -> str:
    """A number to some digits, its power of ten raised; other text as it is."""
    try:
        number = float(value)
    except ValueError:
        return value
    if number and math.isfinite(number) and not 1e-3 <= abs(number) < 1e7:
        head, _, power = f"{number:.{digits - 1}e}".partition("e")
        return f"{head}·10{str(int(power)).translate(_RAISED)}"
    return f"{number:,.0f}" if abs(number) >= 10**digits else f"{number:.{digits}g}"


def _legend(explanation: Explanation) -> tuple[list[str], float]:
    """The kinds that occur, in the order in which results come to be, and how wide that is."""
    seen = {kind_of(step.label) for step in explanation}
    parts, x = [], MARGIN
    for kind in sorted(seen, key=lambda k: LEGEND.index(k.name)):
        label = words(x + 16, 52, kind.name, 11, colour=QUIET)
        parts += [box(x, 42, 11, 11, kind.colour, "none", 2), label]
        x += 40 + width(kind.name, 11)
    return parts, x + MARGIN
