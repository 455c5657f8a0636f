"""What the reader takes: the attributes and sequences of `translators/dicom/`, and codes. Nothing else.

See docs/explanation/privacy.md and DICOM PS3.15, Annex E.
"""

from __future__ import annotations

from functools import cache

from ontomedirad import resources

CODE = {0x00080100: "CodeValue", 0x00080102: "CodingSchemeDesignator", 0x00080119: "LongCodeValue"}
"""The attributes of a code; its meaning is free text and is not read (PS3.3, 8.8)."""


def rows(name: str) -> list[dict[str, str]]:
    """A table of translators/dicom/ as one dict a row."""
    return resources.rows(resources.translators() / "dicom" / name)


def tag_of(text: str) -> int:
    """The number of a tag as the tables write it: `0018,0060`."""
    return int(text.replace(",", ""), 16)


def shown(tag: int) -> str:
    """A tag as people write it: `(0018,0060)`."""
    return f"({tag >> 16:04X},{tag & 0xFFFF:04X})"


@cache
def attributes() -> dict[int, str]:
    """Keywords of the attributes that may be read, by tag."""
    sequences_ = sequences()
    found = {tag_of(r["tag"]): r["keyword"] for r in rows("attributes.tsv")}
    return {tag: keyword for tag, keyword in found.items() if tag not in sequences_}


@cache
def sequences() -> dict[int, tuple[str, str]]:
    """Keyword and kind of item of the sequences that may be looked into, by tag."""
    return {tag_of(r["tag"]): (r["keyword"], r["item"]) for r in rows("sequences.tsv")}


@cache
def varying() -> frozenset[str]:
    """Keywords of what may differ from image to image of a series; the rest is read of its first."""
    hows = {"setting", "dose", "about", "event", "kind", "total", "joined", "start"}
    identifying = {"PatientID", "StudyInstanceUID", "SeriesInstanceUID", "SOPClassUID", "SOPInstanceUID"}
    return frozenset(r["keyword"] for r in rows("attributes.tsv") if r["how"] in hows) | identifying


@cache
def image_classes() -> frozenset[str]:
    """SOP classes of images whose series share what does not vary; other objects are read whole."""
    return frozenset(r["sop_class"] for r in rows("routing.tsv") if r["handling"] in ("image", "derived"))


@cache
def every_tag() -> frozenset[int]:
    """All tags that the reader takes at any level."""
    return frozenset(attributes()) | frozenset(sequences())


@cache
def varying_tags() -> frozenset[int]:
    """The tags of `varying`, and of the sequences of frames."""
    mine = {tag for tag, keyword in attributes().items() if keyword in varying()}
    return frozenset(mine | {tag for tag, (_, item) in sequences().items() if item == "frame"})
