"""The tables that translation reads: values, units, roles, studies; terms ready for N-Quads."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property

from ontomedirad import resources, terms
from ontomedirad.texts import plain


@cache
def term(curie: str) -> str:
    """A CURIE as an N-Quads term."""
    return f"<{terms.iri(curie)}>"


@dataclass(frozen=True)
class Role:
    """The predicates of a role, as N-Quads terms; empty where a reading has none."""

    forward: str
    backward: str
    prov_forward: str
    prov_backward: str

    @property
    def derives(self) -> bool:
        """Whether the role is a derivation, which only the process that made the node states."""
        return self.prov_forward == term("prov:wasDerivedFrom")

    @cached_property
    def spaced(self) -> tuple[str, str, str, str, bool]:
        """The predicates as they stand between two terms of N-Quads, and `derives`."""
        names = (self.forward, self.backward, self.prov_forward, self.prov_backward)
        forward, backward, prov_forward, prov_backward = (f" {name} " if name else "" for name in names)
        return forward, backward, prov_forward, prov_backward, self.derives


@dataclass(frozen=True)
class UnitTerms:
    """A unit: its class, UCUM code and QUDT unit as N-Quads terms, and the factor to the SI unit."""

    term: str
    ucum: str
    qudt: str
    factor: Decimal
    si: str

    @cached_property
    def statements(self) -> tuple[tuple[str, str], ...]:
        """Predicates and objects that a quantity in this unit has."""
        rows = (("obo:IAO_0000039", self.term), ("omx:has_UCUM_code", self.ucum), ("qudt:hasUnit", self.qudt))
        return tuple((term(p), o) for p, o in rows if o)

    @cached_property
    def tails(self) -> tuple[str, ...]:
        """The statements as they follow a quantity in N-Quads."""
        return tuple(f" {predicate} {object_}" for predicate, object_ in self.statements)


def _optional(curie: str) -> str:
    return term(curie) if curie else ""


@cache
def roles() -> dict[str, Role]:
    """translators/roles.tsv by role."""
    columns = ("forward", "backward", "prov_forward", "prov_backward")
    return {
        row["role"]: Role(*(_optional(row[c]) for c in columns))
        for row in resources.rows(resources.translators() / "roles.tsv")
    }


@cache
def units() -> dict[str, UnitTerms]:
    """translators/units.tsv by the unit's N-Quads term."""
    return {
        term(row["unit"]): UnitTerms(
            term(row["unit"]), f'"{row["ucum"]}"', _optional(row["qudt"]), Decimal(row["factor"]), row["si"]
        )
        for row in resources.rows(resources.translators() / "units.tsv")
    }


@cache
def values() -> dict[str, dict[str, str]]:
    """translators/descriptor/values.tsv: list, then value, then the class as N-Quads term."""
    found: dict[str, dict[str, str]] = {}
    for row in resources.rows(resources.translators() / "descriptor" / "values.tsv"):
        found.setdefault(row["list"], {})[row["value"]] = term(row["term"])
    return found


@cache
def unit_of(value: str) -> UnitTerms | None:
    """The unit that a value list's or a free text's spelling stands for; None where it is unknown."""
    named = values()["unit"].get(value) or values()["duration"].get(value) or _spellings().get(plain(value))
    return units().get(named) if named else None


@cache
def _spellings() -> dict[str, str]:
    rows = resources.rows(resources.translators() / "unit_spellings.tsv")
    return {plain(row["text"]): term(row["unit"]) for row in rows}


def unit_words() -> list[str]:
    """How units may be written: the values of the list, and the spellings of free texts."""
    return [*values()["unit"], *values()["duration"], *_spellings()]


@cache
def _codes() -> dict[str, str]:
    found = {}
    for name in ("dicom", "snomed"):
        for row in resources.rows(resources.ontology() / "mappings" / f"{name}.sssom.tsv"):
            found[row["object_id"]] = row["subject_id"]
    return found


def coded_term(code: str) -> str | None:
    """The class that a code such as `SCT:1368003` or `uid:1.2.840.10008.5.1.4.1.1.2` exactly matches."""
    curie = _codes().get(code)
    return term(curie) if curie else None


@cache
def studies() -> dict[str, str]:
    """Research studies' N-Quads terms by identifier and alias, in lower case."""
    found = {}
    for row in resources.rows(resources.translators() / "studies.tsv"):
        for text in (row["identifier"], *row["aliases"].split()):
            found[text.casefold()] = term(row["study"])
    return found
