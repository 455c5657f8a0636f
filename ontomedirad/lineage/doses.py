"""Absorbed dose an organ as a bar chart, with uncertainties."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ontomedirad.lineage.svg import INK, LINE, QUIET, box, fit, line, page, width, words

BAR, GAP, MARGIN, PLOT, HEAD = 20.0, 10.0, 28.0, 560.0, 62.0
DOSE = "#CC3311"


@dataclass(frozen=True, slots=True)
class OrganDose:
    """One bar: an organ, its dose and uncertainty in `unit`."""

    organ: str
    dose: float
    uncertainty: float | None
    unit: str


def dose_figure(doses: Sequence[OrganDose], title: str) -> str:
    """The chart as SVG."""
    w, h, parts = dose_parts(doses, title)
    return page(w, h, title, parts)


def dose_parts(doses: Sequence[OrganDose], title: str) -> tuple[float, float, list[str]]:
    """Width, height and shapes of the chart; the largest dose on top."""
    rows = sorted(doses, key=lambda d: (-d.dose, d.organ))
    unit = rows[0].unit if rows else ""
    label = 12 + max((width(d.organ, 12.5) for d in rows), default=0)
    left = MARGIN + min(label, 240)
    top = max((d.dose + (d.uncertainty or 0) for d in rows), default=1.0) or 1.0
    tick = _tick(top)
    end = math.ceil(top / tick) * tick
    scale = PLOT / end
    bottom = HEAD + len(rows) * (BAR + GAP)
    parts = [
        words(MARGIN, 30, title, 17, bold=True),
        words(
            MARGIN, 50, f"mean of the organ in {unit}; whiskers are the stated uncertainty", 11, colour=QUIET
        ),
    ]
    for i in range(round(end / tick) + 1):
        x = left + i * tick * scale
        parts += [
            line(x, HEAD - 4, x, bottom, "#e4e7eb"),
            words(x, bottom + 16, f"{i * tick:g}", 11, colour=QUIET, anchor="middle"),
        ]
    parts.append(words(left + PLOT, bottom + 34, f"absorbed dose / {unit}", 11, colour=QUIET, anchor="end"))
    for i, dose in enumerate(rows):
        y = HEAD + i * (BAR + GAP)
        middle = y + BAR / 2
        parts.append(words(left - 8, middle + 4, fit(dose.organ, 12.5, 232), 12.5, anchor="end"))
        parts.append(box(left, y, max(dose.dose * scale, 1), BAR, DOSE, radius=2))
        reach = dose.dose + (dose.uncertainty or 0)
        if dose.uncertainty:
            low, high = left + max(dose.dose - dose.uncertainty, 0) * scale, left + reach * scale
            parts += [line(low, middle, high, middle, INK, 1.4)]
            parts += [line(x, middle - 4, x, middle + 4, INK, 1.4) for x in (low, high)]
        spread = f" ± {dose.uncertainty:#.2g}".rstrip(".") if dose.uncertainty else ""
        parts.append(
            words(left + reach * scale + 8, middle + 4, f"{dose.dose:.4g}{spread}", 11.5, colour=INK)
        )
    parts.append(line(left, HEAD - 4, left, bottom, LINE, 1.4))
    return left + PLOT + 130, bottom + 44, parts


def _tick(top: float) -> float:
    """A round step that gives four to nine marks."""
    power = 10.0 ** math.floor(math.log10(top / 4))
    return next(m * power for m in (1, 2, 2.5, 5, 10) if top / (m * power) <= 8)


def stacked(title: str, *pictures: tuple[float, float, list[str]]) -> str:
    """Pictures one above the other, as one SVG."""
    parts, y = [], 0.0
    for _, height, shapes in pictures:
        parts += [f'<g transform="translate(0 {y:.0f})">', *shapes, "</g>"]
        y += height + 24
    return page(max(w for w, _, _ in pictures), y, title, parts)
