"""The plot of Bland and Altman (Lancet 1986; i: 307-310): difference against mean."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ontomedirad.errors import MissingExtra

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ontomedirad.lineage.compare import Comparison

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")


def bland_altman(comparison: Comparison) -> Figure:
    """One colour for each two ways, with its bias and limits of agreement; needs matplotlib."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        raise MissingExtra("matplotlib", "plot") from None
    figure = Figure(figsize=(7, 4.5), layout="constrained")
    axes = figure.subplots()
    unit = comparison.pairs[0].unit if comparison.pairs else ""
    for i, ((a, b), found) in enumerate(comparison.agreements().items()):
        colour = COLOURS[i % len(COLOURS)]
        pairs = [p for p in comparison.pairs if (p.first_way, p.second_way) == (a, b)]
        axes.scatter(
            [p.mean for p in pairs], [p.difference for p in pairs], color=colour, label=f"{a} less {b}"
        )
        axes.axhline(found.bias, color=colour)
        for limit in found.limits:
            if not math.isnan(limit):
                axes.axhline(limit, color=colour, linestyle="--")
    axes.set_xlabel(f"mean / {unit}")
    axes.set_ylabel(f"difference / {unit}")
    axes.set_title(comparison.quantity)
    if comparison.pairs:
        axes.legend(fontsize="small")
    return figure
