"""The content of structured reports as trees of coded items (PS3.3, C.17.3; PS3.16).

Taken by construction: numbers with their unit, codes, UIDs, moments, references to instances, and
texts of the concepts that `translators/dicom/report_texts.tsv` allows, where they have the form
told there. Names of persons and any other text are left where they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from ontomedirad.dicom.allowed import rows
from ontomedirad.dicom.elements import Elements
from ontomedirad.dicom.header import Code, code

MAX_DEPTH = 64
"""Content nested deeper than this is left; dose reports go to about ten."""

_CONTENT, _TYPE, _NAME, _CODE = 0x0040A730, 0x0040A040, 0x0040A043, 0x0040A168
_MEASURED, _NUMBER, _UNIT, _QUALIFIER = 0x0040A300, 0x0040A30A, 0x004008EA, 0x0040A301
_UID, _TEXT, _SOP_REFERENCE = 0x0040A124, 0x0040A160, 0x00081199
_MOMENTS = {"DATETIME": 0x0040A120, "DATE": 0x0040A121, "TIME": 0x0040A122}


@dataclass(slots=True)
class Item:
    """A content item: its concept, what it says, and the items below it.

    `type` is the value type. `value` is the text of a number, UID, moment, allowed text, or of the
    SOP Instance UID of a reference; `code` the code of a CODE; `unit` that of a NUM.
    """

    type: str
    concept: Code | None
    path: str
    value: str = ""
    code: Code | None = None
    unit: Code | None = None
    withheld: bool = False
    children: list[Item] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The concept as text."""
        return str(self.concept) if self.concept else ""

    def find(self, *names: str) -> Item | None:
        """The first child of one of these concepts."""
        return next((child for child in self.children if child.name in names), None)

    def below(self) -> Iterator[Item]:
        """All items of the tree, this one first."""
        yield self
        for child in self.children:
            yield from child.below()


@cache
def _texts() -> dict[str, re.Pattern[str] | None]:
    """The form of each allowed text by concept; None where the deployment's allow-list decides."""
    return {r["concept"]: re.compile(r["form"]) if r["form"] else None for r in rows("report_texts.tsv")}


def tree(elements: Elements, path: str = "", depth: int = 0) -> Item:
    """The tree of a report from its root, or of one content item."""
    concept = _first_code(elements, _NAME)
    kind = _first(elements, _TYPE)
    where = f"{path}/{concept or kind}" if path else str(concept or "report")
    item = Item(kind, concept, where)
    _value(item, elements)
    if depth < MAX_DEPTH:
        counted: dict[str, int] = {}
        for below in elements.items(_CONTENT):
            child = tree(below, where, depth + 1)
            counted[child.path] = number = counted.get(child.path, 0) + 1
            if number > 1:
                _renumber(child, number)
            item.children.append(child)
    return item


def _renumber(item: Item, number: int) -> None:
    """Set the items of a repeated concept apart: `.../DCM:113819[2]`."""
    before = item.path
    for inner in item.below():
        inner.path = f"{before}[{number}]{inner.path[len(before) :]}"


def _value(item: Item, elements: Elements) -> None:
    match item.type:
        case "NUM":
            measured = elements.items(_MEASURED)
            if measured:
                item.value = _first(measured[0], _NUMBER)
                item.unit = _first_code(measured[0], _UNIT)
        case "CODE":
            item.code = _first_code(elements, _CODE)
        case "UIDREF":
            item.value = _first(elements, _UID)
        case "DATETIME" | "DATE" | "TIME":
            item.value = _first(elements, _MOMENTS[item.type])
        case "TEXT":
            text = _first(elements, _TEXT)
            form = _texts().get(item.name, _NEVER)
            item.withheld = bool(text) and form is not None and form.fullmatch(text) is None
            item.value = "" if item.withheld else text
        case "IMAGE" | "COMPOSITE" | "WAVEFORM":
            references = elements.items(_SOP_REFERENCE)
            item.value = _first(references[0], 0x00081155) if references else ""
        case "PNAME":
            item.withheld = True


_NEVER = re.compile(r"(?!)")


def _first(elements: Elements, tag: int) -> str:
    return next(iter(elements.texts(tag)), "")


def _first_code(elements: Elements, tag: int) -> Code | None:
    items = elements.items(tag)
    return code(items[0]) if items else None
