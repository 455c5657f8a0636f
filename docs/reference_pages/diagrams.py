"""Pictures of the schemas: each block a box of its elements, drawn once, with lines to what they hold.

`python docs/reference_pages/diagrams.py` writes them to docs/assets/; a test compares.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ontomedirad.descriptor import marks
from ontomedirad.descriptor.block import Block
from ontomedirad.descriptor.outline import Row, outline
from ontomedirad.descriptor.xsd import SCHEMAS
from ontomedirad.lineage import svg

DRAWN = tuple(name for name in SCHEMAS if name != "non-dicom-file-set-descriptor")
"""The schemas that have a picture: all but the one that holds every workflow."""

KINDS: tuple[tuple[type[marks.Meaning], str, str], ...] = (
    (marks.Process, "process", "#cfe5f5"),
    (marks.Thing, "thing", "#cdebdd"),
    (marks.Quantity, "quantity", "#fbe3bd"),
    (marks.Part, "part of what is around it", "#e4e7eb"),
)
"""What an individual of a block is, and the colour of its box's head."""

_MARGIN, _WIDTH, _GAP, _ROW, _HEAD, _SPACE = 24.0, 500.0, 70.0, 18.0, 24.0, 16.0
_TOP = 84.0
_SMALL = 11.0


@dataclass
class _Picture:
    """The boxes placed so far: where each block is, and how far each column is filled."""

    blocks: dict[type[Block], list[Row]]
    placed: dict[type[Block], tuple[int, float]] = field(default_factory=dict)
    filled: dict[int, float] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)

    def place(self, block: type[Block], column: int, wanted: float) -> None:
        """Put a block's box, and those of what it holds to its right, each block once."""
        y = max(wanted, self.filled.get(column, _TOP))
        rows = self.blocks[block]
        self.placed[block] = (column, y)
        self.filled[column] = y + _HEAD + _ROW * len(rows) + _SPACE
        x = _left(column)
        led: set[int] = set()
        for i, row in enumerate(rows):
            held, at = row.field.block, y + _HEAD + _ROW * i
            if held is None or held in self.placed:
                continue
            self.place(held, column + 1, at - _HEAD)
            _, top = self.placed[held]
            here, there = at + _ROW / 2, top + _HEAD / 2
            self.lines.append(svg.curve(x + _WIDTH, here, _left(column + 1), there, svg.QUIET))
            led.add(i)
        self.boxes.append(_box(block, rows, x, y, led))


def _left(column: int) -> float:
    return _MARGIN + column * (_WIDTH + _GAP)


def _box(block: type[Block], rows: list[Row], x: float, y: float, led: set[int]) -> str:
    colour = next(c for kind, _, c in KINDS if isinstance(block.meaning, kind))
    height = _HEAD + _ROW * len(rows) + 4
    parts = [
        svg.box(x, y, _WIDTH, height, svg.PAPER, svg.LINE, 3),
        svg.box(x, y, _WIDTH, _HEAD, colour, svg.LINE, 3),
        svg.words(x + 8, y + 16, svg.fit(block.__name__, 12, _WIDTH - 60), bold=True),
    ]
    for i, row in enumerate(rows):
        base = y + _HEAD + _ROW * i + 13
        again = row.field.block is not None and i not in led
        room = _WIDTH - 34 - svg.width(row.field.tag, _SMALL)
        right = svg.fit(f"↗ {row.holds}, {row.occurs}", _SMALL, max(room, 110)) if again else _short(row)
        room = _WIDTH - 34 - svg.width(right, _SMALL)
        parts.append(svg.words(x + 8, base, svg.fit(row.field.tag, _SMALL, room), _SMALL))
        end = x + _WIDTH - 8
        parts.append(svg.words(end, base, right, _SMALL, colour=svg.QUIET, anchor="end"))
    return "\n".join(parts)


def _short(row: Row) -> str:
    leaf = row.field.leaf
    if leaf is None:
        return row.occurs
    kind = "list of values" if leaf.values else row.holds
    return kind if row.occurs == "1" else f"{kind}, {row.occurs}"


def diagram(name: str) -> str:
    """The picture of a schema as SVG text; the same at every call."""
    blocks = outline(name)
    picture = _Picture(blocks)
    picture.place(next(iter(blocks)), 0, _TOP)
    wide = _left(max(picture.filled)) + _WIDTH + _MARGIN
    high = max(picture.filled.values()) + _MARGIN
    title = f"Schema {name}"
    head = [svg.words(_MARGIN, 32, title, 17, bold=True)]
    x = _MARGIN
    for _, word, colour in KINDS:
        head += [svg.box(x, 46, 14, 14, colour, svg.LINE, 2), svg.words(x + 20, 57, word, _SMALL)]
        x += 40 + svg.width(word, _SMALL)
    note = "0..1: may be left out · 1..n: repeats · ↗: its box is elsewhere in the picture"
    head.append(svg.words(x + 10, 57, note, _SMALL, colour=svg.QUIET))
    return svg.page(wide, high, title, [*head, *picture.lines, *picture.boxes])


def main() -> None:
    """Write all pictures."""
    assets = Path(__file__).resolve().parents[1] / "assets"
    for name in DRAWN:
        (assets / f"schema-{name}.svg").write_text(diagram(name), "utf-8")


if __name__ == "__main__":
    main()
