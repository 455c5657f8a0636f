"""What is kept of a data set: the values of allowed attributes as text. Pixels are never among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from ontomedirad.dicom.allowed import CODE, attributes, every_tag, sequences
from ontomedirad.dicom.elements import Elements

MAX_DEPTH = 32
"""Sequences nested deeper than this are not looked into; DICOM's own go to about ten."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code by scheme and value (PS3.3, 8.8)."""

    scheme: str
    value: str

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


@dataclass(slots=True)
class Header:
    """The allowed values of a data set or item, by keyword, and the items of its sequences."""

    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    items: dict[str, list[Header]] = field(default_factory=dict)
    codes: dict[str, list[Code]] = field(default_factory=dict)

    def text(self, keyword: str) -> str:
        """The first value, or nothing."""
        values = self.values.get(keyword)
        return values[0] if values else ""

    def everywhere(self, keyword: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The values at each place that counts as the image's own, with its X-ray source, if of several."""
        if keyword in self.values:
            yield "", self.values[keyword]
        for name in _frames() if self.items else ():
            items = self.items.get(name)
            if items:
                several = name == "CTExposureSequence" and len(items) > 1
                for number, item in enumerate(items, 1):
                    for source, values in item.everywhere(keyword):
                        yield (str(number) if several else source), values

    def codes_everywhere(self, keyword: str) -> list[Code]:
        """The codes at each place that counts as the image's own, each once."""
        found = list(self.codes.get(keyword, ()))
        for name in _frames():
            for item in self.items.get(name, ()):
                found += item.codes_everywhere(keyword)
        return list(dict.fromkeys(found))


@cache
def _frames() -> tuple[str, ...]:
    return tuple(keyword for keyword, item in sequences().values() if item == "frame")


def take(elements: Elements, tags: frozenset[int] | None = None, depth: int = 0) -> Header:
    """The header of a data set: its allowed attributes, or those of `tags`."""
    allowed, inside = attributes(), sequences()
    header = Header()
    for tag in (every_tag() if tags is None else tags).intersection(elements.tags()):
        if tag in allowed:
            values = elements.texts(tag)
            if values:
                header.values[allowed[tag]] = values
            continue
        keyword, kind = inside[tag]
        if depth >= MAX_DEPTH:
            continue
        if kind == "code":
            codes = [c for item in elements.items(tag) if (c := code(item)) is not None]
            if codes:
                header.codes[keyword] = codes
        else:
            items = [take(item, tags if kind == "frame" else None, depth + 1) for item in elements.items(tag)]
            if items:
                header.items[keyword] = items
    return header


def code(item: Elements) -> Code | None:
    """The code of an item; its schemes' older designators are made one (PS3.16, 8)."""
    told = {CODE[tag]: values[0] for tag in CODE if (values := item.texts(tag))}
    value = told.get("CodeValue") or told.get("LongCodeValue") or ""
    scheme = told.get("CodingSchemeDesignator", "")
    return Code(_SCHEMES.get(scheme, scheme), value) if value else None


_SCHEMES = {"SNM3": "SRT", "99SDM": "SRT", "NCIt": "NCIT", "SNOMED-RT": "SRT"}
