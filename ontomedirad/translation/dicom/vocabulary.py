"""The tables of `translators/dicom/`: values, regions, agents, units; terms ready for N-Quads."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache

from ontomedirad import vocabulary
from ontomedirad.dicom.allowed import rows
from ontomedirad.dicom.header import Code
from ontomedirad.vocabulary import UnitTerms, term


@cache
def _values() -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for row in rows("values.tsv"):
        found.setdefault((row["list"], row["value"]), []).append(row["term"])
    return found


def value(list_: str, text: str) -> list[str]:
    """What a defined term or code stands for; [""] where it says that there is nothing, [] if unknown."""
    table = _values()
    return table.get((list_, text)) or table.get((list_, text.upper())) or table.get((list_, "*"), [])


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a code stands for: class as CURIE, name of the concept, side of the body, and how exactly."""

    class_: str
    name: str
    side: str
    exact: bool


@cache
def _mapping(name: str) -> dict[str, list[Mapped]]:
    found: dict[str, list[Mapped]] = {}
    for row in rows(f"{name}.sssom.tsv"):
        exact = row["predicate_id"] != "skos:broadMatch"
        mapped = Mapped(row["object_id"], row["subject_label"], row.get("laterality", ""), exact)
        found.setdefault(row["subject_id"], []).append(mapped)
    return found


def regions(code: Code, side: str = "") -> list[Mapped]:
    """The body regions of a code on that side; those without side where the table has none for it."""
    found = _mapping("anatomy").get(str(code), [])
    return [m for m in found if side and m.side == side] or [m for m in found if not m.side]


def coded(mapping: str, code: Code) -> Mapped | None:
    """What a code of `radionuclides` or `radiopharmaceuticals` stands for."""
    return next(iter(_mapping(mapping).get(str(code), [])), None)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that a report writes: what it is in the ontology, and the factor to that."""

    terms: UnitTerms | None
    factor: Decimal = Decimal(1)


@cache
def _units() -> dict[str, Unit]:
    known = vocabulary.units()
    found: dict[str, Unit] = {}
    for unit in known.values():
        found.setdefault(unit.ucum.strip('"'), Unit(unit))
    for row in rows("units.tsv"):
        terms = known[term(row["unit"])] if row["unit"] else None
        found[row["text"]] = Unit(terms, Decimal(row["factor"]))
    return found


def unit(text: str) -> Unit | None:
    """The unit that a text stands for, by case; None where no table knows it."""
    return _units().get(text) or _units().get(text.replace(" ", ""))


def scaled(number: str, factor: Decimal) -> str:
    """A number times a factor, with plain digits; as it is where it is none."""
    if factor == 1:
        return number
    try:
        return format((Decimal(number.strip()) * factor).normalize(), "f")
    except InvalidOperation:
        return number
