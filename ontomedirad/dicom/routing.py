"""Which instance becomes what: `translators/dicom/routing.tsv`, by SOP class and Image Type."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ontomedirad.dicom.allowed import rows
from ontomedirad.dicom.instances import Instance


@dataclass(frozen=True, slots=True)
class Route:
    """A row: how instances of a SOP class and Image Type are handled, and their classes as CURIEs."""

    name: str
    modality: str
    handling: str
    acquisition: str
    dataset: str
    scanner: str
    protocol: str
    format: str


UNKNOWN = Route("object of another SOP class", "OT", "none", "", "", "", "", "")


@cache
def _table() -> dict[str, list[tuple[str, Route]]]:
    found: dict[str, list[tuple[str, Route]]] = {}
    for row in rows("routing.tsv"):
        parts = {k: v for k, v in row.items() if k not in ("sop_class", "image_type")}
        found.setdefault(row["sop_class"], []).append((row["image_type"], Route(**parts)))
    return found


def route(instance: Instance) -> Route:
    """The first row that fits an instance."""
    image_type = instance.header.values.get("ImageType", ())
    return chosen(instance.sop_class, image_type)


@cache
def chosen(sop_class: str, image_type: tuple[str, ...]) -> Route:
    """The first row for a SOP class whose condition an Image Type of any length meets."""
    said = tuple(" ".join(v.upper().split()) for v in image_type)
    for condition, found in _table().get(sop_class, []):
        if all(_meets(part, said) for part in condition.split(";") if part):
            return found
    return UNKNOWN


def _meets(condition: str, said: tuple[str, ...]) -> bool:
    position, _, wanted = condition.partition("=")
    if position == "*":
        return any(wanted in value for value in said)
    return int(position) < len(said) and said[int(position)] == wanted
