"""The rows of the tables of reports, and what the items of a container speak of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ontomedirad.dicom.allowed import rows
from ontomedirad.dicom.trees import Item

EVENT_UID, ADMINISTRATION_UID = "DCM:113769", "DCM:113503"


@dataclass(frozen=True, slots=True)
class Concept:
    """A row of concepts.tsv."""

    role: str
    term: str
    list: str


@dataclass(frozen=True, slots=True)
class Owner:
    """What the items of a container speak of: the individual, and those around it that roles link to."""

    kind: str
    node: str
    container: Item
    event: str = ""
    accumulated: str = ""
    administration: str = ""
    scanner: str = ""
    device: str = ""
    protocol: str = ""
    sources: int = 1


@cache
def concepts() -> dict[tuple[str, str], Concept]:
    """concepts.tsv by concept and value type."""
    return {(r["concept"], r["type"]): Concept(r["role"], r["term"], r["list"]) for r in rows("concepts.tsv")}


@cache
def containers() -> dict[str, dict[str, str]]:
    """containers.tsv by concept."""
    return {r["concept"]: r for r in rows("containers.tsv")}
