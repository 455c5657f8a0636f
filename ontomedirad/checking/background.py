"""What shapes need beside the data: class hierarchy, facts of units, half-lives.

SHACL looks for rdfs:subClassOf in the data graph (W3C SHACL, section 1.3). Only the steps from a
class in use up to a class that a shape names are handed over.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from ontomedirad import resources, vocabulary
from ontomedirad.ontology import Ontology, open_ontology
from ontomedirad.vocabulary import term

_TYPED = re.compile(r" <http://www\.w3\.org/1999/02/22-rdf-syntax-ns#type> <([^>]*)> ")
_SUBCLASS = term("rdfs:subClassOf")


@lru_cache(maxsize=1)
def ontology() -> Ontology:
    """The package's ontology, read once."""
    return open_ontology()


def background(ntriples: str, classes: frozenset[str]) -> str:
    """N-Triples that the shapes naming `classes` need to judge `ntriples`."""
    steps = {step for used in set(_TYPED.findall(ntriples)) for step in _steps(used, classes)}
    return units() + half_lives() + "".join(sorted(steps))


@lru_cache(maxsize=4096)
def _steps(used: str, classes: frozenset[str]) -> tuple[str, ...]:
    """All rdfs:subClassOf statements on the ways from a class up to one of `classes`."""
    known = ontology()
    above = {used, *known.superclasses(used)}
    wanted = {c for c in above if c in classes or not classes.isdisjoint(known.superclasses(c))}
    return tuple(
        f"<{c}> {_SUBCLASS} <{parent}> .\n" for c in wanted for parent in known.parents(c) if parent in wanted
    )


@lru_cache(maxsize=1)
def units() -> str:
    """Codes and factor of every unit: what a quantity's own codes and SI value must agree with."""
    ucum, qudt, factor = term("omx:has_UCUM_code"), term("qudt:hasUnit"), term("qudt:conversionMultiplier")
    lines = []
    for unit in vocabulary.units().values():
        lines.append(f"{unit.term} {ucum} {unit.ucum} .\n")
        lines.append(f'{unit.term} {factor} "{float(unit.factor)!r}"^^{term("xsd:double")} .\n')
        lines += [f"{unit.term} {qudt} {unit.qudt} .\n"] if unit.qudt else []
    return "".join(lines)


@lru_cache(maxsize=1)
def half_lives() -> str:
    """The half-life of each radionuclide, in seconds (translators/half_lives.tsv)."""
    lines = []
    for row in resources.rows(resources.translators() / "half_lives.tsv"):
        seconds = Decimal(row["half_life"]) * vocabulary.units()[term(row["unit"])].factor
        lines.append(
            f"{term(row['radionuclide'])} {term('omx:has_half_life')} "
            f'"{float(seconds)!r}"^^{term("xsd:double")} .\n'
        )
    return "".join(lines)
