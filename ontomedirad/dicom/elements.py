"""The values of a data set as text, whether pydicom read it or it came as DICOM JSON.

Raw elements are read here without making pydicom's data elements of them: that is quicker, and
pydicom's warnings about bad values quote them. Sources: DICOM PS3.5, 6.2 (value representations),
and PS3.18, F.2 (JSON).
"""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import Any, Protocol

from pydicom import Dataset
from pydicom.charset import decode_bytes
from pydicom.datadict import dictionary_VR
from pydicom.dataelem import RawDataElement

from ontomedirad.descriptor.leaf import canonical_digits

ASCII = frozenset({"AE", "AS", "CS", "DA", "DS", "DT", "IS", "TM", "UI", "UR"})
CHARSET = frozenset({"LO", "LT", "PN", "SH", "ST", "UC", "UT"})
_SINGLE = frozenset({"LT", "ST", "UT", "UR"})
_NUMBERS = {"FD": "d", "FL": "f", "SL": "l", "SS": "h", "UL": "L", "US": "H", "SV": "q", "UV": "Q"}
_ESCAPE = b"\x1b"
_SPECIFIC_CHARACTER_SET = 0x00080005
_DELIMITERS = {0x09, 0x0A, 0x0C, 0x0D, 0x5C}
_PN_DELIMITERS = _DELIMITERS | {0x3D, 0x5E}
"""What ends an escape to another character set (PS3.5, 6.1.2.5.3)."""


class Elements(Protocol):
    """One data set or item: what is in it, and each value as text."""

    def tags(self) -> Collection[int]:
        """The tags that are there."""

    def representations(self) -> Iterable[tuple[int, str]]:
        """Each tag with its value representation, which is empty where it is unknown."""

    def texts(self, tag: int) -> tuple[str, ...]:
        """The values of an element, trimmed, without empty ones; none for a sequence or bytes."""

    def items(self, tag: int) -> list[Elements]:
        """The items of a sequence."""

    def raw(self, tag: int) -> bytes | None:
        """The bytes of an element, where they are still as they were in the file."""

    def may_name(self, tag: int) -> bool:
        """Whether a sequence may hold a person's name somewhere."""


class PydicomElements:
    """A pydicom data set, read raw where it still is."""

    def __init__(self, dataset: Dataset, charset: Any = None) -> None:
        self.dataset = dataset
        self._charset = charset
        self._elements: dict[int, Any] = {int(tag): element for tag, element in dataset.items()}

    @cached_property
    def charset(self) -> list[str]:
        """The Python encodings of the texts (PS3.3, C.12.1.1.2); of an item, else those around it."""
        own = self.dataset.original_character_set if _SPECIFIC_CHARACTER_SET in self._elements else None
        found = own or self._charset or self.dataset.original_character_set or "iso8859"
        return [found] if isinstance(found, str) else list(found)

    def tags(self) -> Collection[int]:
        """See `Elements.tags`."""
        return self._elements.keys()

    def representations(self) -> Iterable[tuple[int, str]]:
        """See `Elements.representations`."""
        return [(tag, element.VR or _vr(tag, element)) for tag, element in self._elements.items()]

    def texts(self, tag: int) -> tuple[str, ...]:
        """See `Elements.texts`."""
        element = self._elements.get(tag)
        if element is None:
            return ()
        value = element.value
        if not isinstance(element, RawDataElement):
            return tuple(t for t in map(_text, _several(value)) if t)
        vr = _vr(tag, element)
        if not isinstance(value, bytes) or not value:
            return ()
        if vr in _NUMBERS:
            return _unpacked(vr, value, element.is_little_endian)
        if vr not in ASCII and vr not in CHARSET:
            return ()
        return _split(self._decoded(vr, value), vr)

    def _decoded(self, vr: str, value: bytes) -> str:
        if value.isascii() and _ESCAPE not in value:
            return value.decode("ascii")
        if vr in ASCII:
            return value.decode("ascii", "replace")
        return decode_bytes(value, self.charset, _PN_DELIMITERS if vr == "PN" else _DELIMITERS)

    def items(self, tag: int) -> list[Elements]:
        """See `Elements.items`."""
        element = self._elements.get(tag)
        if element is None or _vr(tag, element) != "SQ":
            return []
        return [PydicomElements(item, self.charset) for item in self.dataset[tag].value or ()]

    def raw(self, tag: int) -> bytes | None:
        """See `Elements.raw`."""
        element = self._elements[tag]
        value = element.value
        return value if isinstance(element, RawDataElement) and isinstance(value, bytes) else None

    def may_name(self, tag: int) -> bool:
        """See `Elements.may_name`: explicit elements that hold names say PN somewhere in their bytes."""
        element = self._elements[tag]
        if not isinstance(element, RawDataElement) or element.is_implicit_VR:
            return True
        return not isinstance(element.value, bytes) or b"PN" in element.value


class JsonElements:
    """A data set in the DICOM JSON model."""

    def __init__(self, members: Mapping[str, Any]) -> None:
        self.members = {int(k, 16): v for k, v in members.items() if isinstance(v, dict) and len(k) == 8}

    def tags(self) -> Collection[int]:
        """See `Elements.tags`."""
        return self.members.keys()

    def representations(self) -> Iterable[tuple[int, str]]:
        """See `Elements.representations`."""
        return [(tag, str(member.get("vr", ""))) for tag, member in self.members.items()]

    def raw(self, tag: int) -> bytes | None:
        """See `Elements.raw`."""
        return None

    def _values(self, tag: int) -> list[Any]:
        values = self.members.get(tag, {}).get("Value", [])
        return values if isinstance(values, list) else []

    def texts(self, tag: int) -> tuple[str, ...]:
        """See `Elements.texts`."""
        if self.members.get(tag, {}).get("vr") == "SQ":
            return ()
        found = (_text(_person(v) if isinstance(v, dict) else v) for v in self._values(tag))
        return tuple(t for t in found if t)

    def items(self, tag: int) -> list[Elements]:
        """See `Elements.items`."""
        if self.members.get(tag, {}).get("vr") != "SQ":
            return []
        return [JsonElements(item) for item in self._values(tag) if isinstance(item, dict)]

    def may_name(self, tag: int) -> bool:
        """See `Elements.may_name`."""
        return True


def _person(value: dict[str, Any]) -> str:
    """A person's name of the JSON model as DICOM writes it."""
    return "=".join(str(value[k]) for k in ("Alphabetic", "Ideographic", "Phonetic") if value.get(k))


def _vr(tag: int, element: Any) -> str:
    vr = getattr(element, "VR", None)
    if not vr or vr == "UN":
        try:
            return dictionary_VR(tag)
        except KeyError:
            return str(vr or "")
    return str(vr)


def _several(value: Any) -> Iterable[Any]:
    if value is None or isinstance(value, (bytes, Dataset)):
        return ()
    if isinstance(value, str) or not isinstance(value, Iterable) or hasattr(value, "components"):
        return (value,)
    return () if any(isinstance(v, Dataset) for v in value) else value


def _text(value: Any) -> str:
    """One value as its source writes it; a number without digits of its own by its shortest ones."""
    if value is None:
        return ""
    if type(value) is float:
        return canonical_digits(value)
    written = getattr(value, "original_string", None)
    return str(written if isinstance(written, str) and written else value).strip(" \0\t\r\n")


def _split(text: str, vr: str) -> tuple[str, ...]:
    values = (text,) if vr in _SINGLE else text.split("\\")
    return tuple(t for v in values if (t := v.strip(" \0\t\r\n")))


def _unpacked(vr: str, value: bytes, little: bool) -> tuple[str, ...]:
    code = _NUMBERS[vr]
    size = struct.calcsize("<" + code)
    count = len(value) // size
    numbers = struct.unpack(f"{'<' if little else '>'}{count}{code}", value[: count * size])
    return tuple(_single(n) if vr == "FL" else _text(n) for n in numbers)


def _single(number: float) -> str:
    """The shortest digits that give the same 32-bit number."""
    for digits in range(6, 10):
        text = f"{number:.{digits}g}"
        if struct.pack("<f", float(text)) == struct.pack("<f", number):
            return text
    return repr(number)
