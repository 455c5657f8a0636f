"""The keys of all kinds of individuals that the models describe."""

from __future__ import annotations

from ontomedirad.descriptor import marks
from ontomedirad.descriptor.marks import Scope
from reference_pages.mapping import blocks, held_by, key_of
from reference_pages.markdown import code, slug, table


def keys_table() -> str:
    """What the names of each block's individuals are made from."""
    rows = []
    link = {b: f"[{b.__name__}](../reference/mapping.md#{slug(b.__name__)})" for b in blocks()}
    for block in blocks():
        meaning, plan = block.meaning, block.plan()
        if isinstance(meaning, marks.Part):
            continue
        key = key_of(plan)
        if meaning.keyed_by_type or isinstance(meaning, marks.Quantity):
            key.append("classes")
        if isinstance(meaning, marks.Quantity):
            key.append("value, unit, regions, time points")
        rows.append((code(plan.kind), link[block], held_by(meaning.scope) or "nothing", ", ".join(key)))
    for block in blocks():
        for field in block.plan().fields:
            where = f"{code(field.tag)} of {link[block]}"
            for mark in field.marks:
                if isinstance(mark, marks.Instance):
                    rows.append((code(mark.kind or field.name), where, held_by(mark.scope), "its text"))
                if isinstance(mark, marks.Measured):
                    rows.append((code("measurement"), where, held_by(Scope.owner), "field, value, unit"))
    return table(("Kind", "Made from", "The key starts with", "Then"), rows)
