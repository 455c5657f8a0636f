"""Plausible ranges: a table that curators edit, a shape a row.

Each row becomes a property shape of SHACL core (sh:minInclusive and sh:maxInclusive, W3C SHACL,
section 4.3) on the SI value, so that a bound holds whatever unit a value is written in.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from pathlib import Path

from ontomedirad import resources, vocabulary
from ontomedirad.report import Level
from ontomedirad.translation.literals import text as literal
from ontomedirad.vocabulary import term

SHAPES = "https://w3id.org/ontomedirad/shapes#"
"""What the IRIs of the package's shapes start with."""

COLUMNS = ("code", "classes", "minimum", "maximum", "unit", "level", "name", "why", "source")
SEVERITIES = {Level.must: "sh:Violation", Level.should: "sh:Warning", Level.may: "sh:Info"}
_VERBS = {Level.must: "must", Level.should: "should", Level.may: "could"}


def shapes_of(table: Path) -> str:
    """The shapes of a table of ranges as N-Triples; ValueError says which row cannot be used."""
    try:
        rows = resources.rows(table)
    except (ValueError, IndexError):
        raise ValueError("a row has another number of columns than the header") from None
    made = []
    for row in rows:
        missing = [c for c in COLUMNS if c not in row]
        if missing:
            raise ValueError(f"has no column {', '.join(missing)}")
        try:
            made.append(_shape(row))
        except (KeyError, InvalidOperation):
            raise ValueError(
                f"{row['code']}: classes and unit are CURIEs of known terms, bounds are numbers, "
                "the level is must, should or may"
            ) from None
    return "".join(made)


def _shape(row: dict[str, str]) -> str:
    level = Level[row["level"]]
    shape = f"<{SHAPES}{row['code']}>"
    facts = [
        (term("rdf:type"), term("sh:PropertyShape")),
        *((term("sh:targetClass"), term(c)) for c in row["classes"].split()),
        (term("sh:path"), term("omx:has_SI_value" if row["unit"] else "obo:IAO_0000004")),
        (term("sh:severity"), term(SEVERITIES[level])),
        (term("sh:name"), literal(row["name"])),
        (term("sh:description"), literal(row["why"])),
        (term("sh:message"), literal(f"the {{$this}} {_VERBS[level]} be {_words(row)}")),
        (term("dcterms:source"), literal(row["source"])),
        (term("omx:hint"), literal("check the number and its unit")),
    ]
    for column, constraint in (("minimum", "sh:minInclusive"), ("maximum", "sh:maxInclusive")):
        if row[column]:
            facts.append((term(constraint), f'"{_bound(row, column)!r}"^^{term("xsd:double")}'))
    return "".join(f"{shape} {p} {o} .\n" for p, o in facts)


def _bound(row: dict[str, str], column: str) -> float:
    factor = vocabulary.units()[term(row["unit"])].factor if row["unit"] else Decimal(1)
    return float(Decimal(row[column]) * factor)


def _words(row: dict[str, str]) -> str:
    unit = vocabulary.units()[term(row["unit"])].ucum.strip('"') if row["unit"] else ""
    low, high = (f"{row[c]} {unit}".rstrip() if row[c] else "" for c in ("minimum", "maximum"))
    return f"between {low} and {high}" if low and high else f"at least {low}" if low else f"at most {high}"
