"""The rows of attributes.tsv."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ontomedirad.dicom.allowed import rows


@dataclass(frozen=True, slots=True)
class Row:
    """A row of attributes.tsv."""

    keyword: str
    at: str
    modality: tuple[str, ...]
    scope: str
    how: str
    class_: str
    property: str
    unit: str
    list: str


@cache
def attribute_rows(modality: str) -> tuple[Row, ...]:
    """The rows for a modality that do something, in the order of the table."""
    found = []
    for r in rows("attributes.tsv"):
        modalities = tuple(m for m in r["modality"].split(",") if m)
        if r["how"] != "read" and (not modalities or modality in modalities):
            at = f"{r['keyword']} ({r['tag']})"
            parts = (modalities, r["scope"], r["how"], r["class"], r["property"], r["unit"], r["list"])
            found.append(Row(r["keyword"], at, *parts))
    return tuple(found)
