"""The few shapes that our pictures are made of, as SVG text.

Widths of text are estimated for DejaVu Sans, the widest of the faces asked for, so that no reader
sees text that leaves its box.
"""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

FONT = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"
INK, QUIET, LINE, PAPER = "#1f2933", "#616e7c", "#9aa5b1", "#ffffff"
_NARROW = frozenset("iljtfrI1.,:;'|()[] ")
_WIDE = frozenset("mwMW@%")


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text in pixels, as the widest face of `FONT` has it, or a little more."""
    units = sum(0.42 if c in _NARROW else 0.99 if c in _WIDE or ord(c) > 0x2E7F else 0.66 for c in text)
    return size * units * (1.12 if bold else 1.0)


def fit(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """The text, cut in its middle where it is wider than `room`."""
    if width(text, size, bold=bold) <= room:
        return text
    keep = min(len(text), int(room / size * 3))
    while keep > 4 and width(_cut(text, keep), size, bold=bold) > room:
        keep -= 1
    return _cut(text, keep)


def _cut(text: str, keep: int) -> str:
    head = keep * 2 // 3
    return f"{text[:head].rstrip()}…{text[len(text) - (keep - head) :].lstrip()}"


def words(
    x: float,
    y: float,
    text: str,
    size: float = 12,
    *,
    colour: str = INK,
    anchor: str = "start",
    bold: bool = False,
) -> str:
    """A line of text with its baseline at `y`."""
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{colour}" '
        f'text-anchor="{anchor}"{weight}>{escape(text)}</text>'
    )


def box(x: float, y: float, w: float, h: float, fill: str, stroke: str = "none", radius: float = 0) -> str:
    """A rectangle."""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" rx="{radius:g}" '
        f'fill="{fill}" stroke="{stroke}"/>'
    )


def line(x1: float, y1: float, x2: float, y2: float, colour: str = LINE, thick: float = 1) -> str:
    """A straight line."""
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" '
        f'stroke="{colour}" stroke-width="{thick:g}"/>'
    )


def flow(points: list[tuple[float, float]], colour: str = LINE) -> str:
    """A smooth connection through the points, level at each."""
    (x, y), *rest = points
    path = f"M{x:.1f},{y:.1f}"
    for x2, y2 in rest:
        bend = (x + x2) / 2
        path += (
            f" L{x2:.1f},{y2:.1f}"
            if y == y2
            else f" C{bend:.1f},{y:.1f} {bend:.1f},{y2:.1f} {x2:.1f},{y2:.1f}"
        )
        x, y = x2, y2
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="1.2"/>'


def curve(x1: float, y1: float, x2: float, y2: float, colour: str = LINE) -> str:
    """A smooth connection that leaves and arrives level."""
    bend = (x2 - x1) / 2
    return (
        f'<path d="M{x1:.1f},{y1:.1f} C{x1 + bend:.1f},{y1:.1f} {x2 - bend:.1f},{y2:.1f} '
        f'{x2:.1f},{y2:.1f}" fill="none" stroke="{colour}" stroke-width="1.2"/>'
    )


def page(w: float, h: float, title: str, parts: list[str]) -> str:
    """A whole picture; `title` is what a screen reader says."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w:.0f} {h:.0f}" width="{w:.0f}" '
        f'height="{h:.0f}" role="img" aria-label={quoteattr(title)} font-family={quoteattr(FONT)}>'
        f"<title>{escape(title)}</title>\n" + box(0, 0, w, h, PAPER) + "\n" + "\n".join(parts) + "\n</svg>\n"
    )
