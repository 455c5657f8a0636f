"""The elements of a schema as rows: what a table or a picture of it shows."""

from __future__ import annotations

from dataclasses import dataclass

from ontomedirad.descriptor.block import Block, FieldPlan
from ontomedirad.descriptor.xsd import root_fields, root_of

_MANY = 4
"""A value list up to this length is shown whole."""


@dataclass(frozen=True, slots=True)
class Row:
    """One element: the block it stands in, how often it does, what it holds."""

    block: type[Block]
    field: FieldPlan
    required: bool

    @property
    def path(self) -> str:
        """The element, with that of its items."""
        return f"{self.field.tag}/{self.field.item}" if self.field.item else self.field.tag

    @property
    def occurs(self) -> str:
        """How often the element stands there, and its items in it: `1`, `0..1`, `1..n`."""
        if self.block.choice:
            return "one of these"
        if not self.field.many:
            return "1" if self.required else "0..1"
        if self.field.item is None:
            return "1..n" if self.required else "0..n"
        inner = "1..n" if self.field.filled else "0..n"
        return inner if self.required else f"0..1, of {inner}"

    @property
    def holds(self) -> str:
        """The block, the kind of text, or the values."""
        if self.field.block is not None:
            return self.field.block.__name__
        leaf = self.field.leaf
        assert leaf is not None
        if not leaf.values:
            return {"string": "text", "float": "number", "integer": "whole number"}[leaf.xsd]
        return " | ".join(leaf.values) if len(leaf.values) <= _MANY else f"one of {len(leaf.values)} values"


def outline(name: str) -> dict[type[Block], list[Row]]:
    """The rows of each block of that schema, blocks as they are first met; KeyError where there is none."""
    root = root_of(name)
    found = {root: [Row(root, f, required) for f, required in root_fields(name)]}
    todo = [root]
    while todo:
        for row in found[todo.pop(0)]:
            block = row.field.block
            if block is not None and block not in found:
                found[block] = [Row(block, f, f.required) for f in block.plan().fields]
                todo.append(block)
    return found


def outline_table(name: str) -> str:
    """The rows as tab-separated text, with a header."""
    lines = ["block\telement\toccurs\tholds"]
    for block, rows in outline(name).items():
        lines += [f"{block.__name__}\t{r.path}\t{r.occurs}\t{r.holds}" for r in rows]
    return "\n".join(lines) + "\n"
