"""What a review looks at: the ontology's statements, arranged once for all checks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import pyoxigraph as ox

from ontomedirad.ontology.model import KINDS, Kind, Ontology
from ontomedirad.ontology.uses import Use, by_term
from ontomedirad.terms import PREFIXES
from ontomedirad.terms import iri as expand

BUILT_IN = tuple(PREFIXES[p] for p in ("owl", "rdf", "rdfs", "xsd"))
"""Namespaces whose terms need no declaration in an ontology (OWL 2 Structural Specification, 5.1 to 5.6)."""

_TYPE, _DEPRECATED = expand("rdf:type"), expand("owl:deprecated")


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that a check saw: what it says of `term`, where the term is used, what to do."""

    term: str
    says: str
    hint: str = ""
    uses: tuple[Use, ...] = ()
    module: str = ""


@dataclass
class Subject:
    """An ontology under review, with the places outside that name its terms."""

    ontology: Ontology
    uses: tuple[Use, ...] = ()
    terms: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.terms = tuple(t.iri for t in self.ontology if not self.deprecated(t.iri))

    def deprecated(self, iri: str) -> bool:
        """Whether the term says that it must not be used any more."""
        return any(literal.value == "true" for literal in self.ontology.texts(iri, _DEPRECATED))

    @cached_property
    def used(self) -> dict[str, list[Use]]:
        """The places outside by the term that they name."""
        return by_term(self.uses)

    @cached_property
    def axioms(self) -> tuple[tuple[str, str, ox.Triple], ...]:
        """Module, the named term that a statement is about, and the statement, blank nodes followed."""
        found = []
        for module in self.ontology.modules:
            triples = list(self.ontology.triples(module.name))
            owner: dict[ox.BlankNode, str] = {}
            for triple in triples:
                if isinstance(triple.object, ox.BlankNode) and isinstance(triple.subject, ox.NamedNode):
                    owner[triple.object] = triple.subject.value
            inner = [(t.subject, t) for t in triples if isinstance(t.subject, ox.BlankNode)]
            grown = True
            while grown:  # lists and class expressions nest a few levels deep
                grown = False
                for blank, triple in inner:
                    above = owner.get(blank)
                    if above and isinstance(triple.object, ox.BlankNode) and triple.object not in owner:
                        owner[triple.object], grown = above, True
            for triple in triples:
                node = triple.subject
                about = owner.get(node, "") if isinstance(node, ox.BlankNode) else ""
                found.append((module.name, node.value if isinstance(node, ox.NamedNode) else about, triple))
        return tuple(found)

    @cached_property
    def kinds(self) -> dict[str, dict[Kind, set[str]]]:
        """Every kind that a term is declared to be, with the modules that say so."""
        found: dict[str, dict[Kind, set[str]]] = defaultdict(lambda: defaultdict(set))
        for module, about, triple in self.axioms:
            node = triple.object
            if triple.predicate.value != _TYPE or not isinstance(node, ox.NamedNode):
                continue
            if (kind := KINDS.get(node.value)) and isinstance(triple.subject, ox.NamedNode):
                found[about][kind].add(module)
        return found

    @cached_property
    def expressions(self) -> tuple[tuple[str, str, dict[str, list[ox.NamedNode | ox.Literal]]], ...]:
        """Module, owner and the statements of each anonymous class expression."""
        found: dict[ox.BlankNode, tuple[str, str, dict[str, list[ox.NamedNode | ox.Literal]]]] = {}
        for module, about, triple in self.axioms:
            if isinstance(triple.subject, ox.BlankNode) and isinstance(
                triple.object, (ox.NamedNode, ox.Literal)
            ):
                rows = found.setdefault(triple.subject, (module, about, {}))[2]
                rows.setdefault(triple.predicate.value, []).append(triple.object)
        return tuple(found.values())

    def is_data(self, node: ox.NamedNode | ox.Literal) -> bool:
        """Whether a filler, range or object is a literal or a datatype."""
        if isinstance(node, ox.Literal):
            return True
        data = (PREFIXES["xsd"], expand("rdfs:Literal"), expand("rdf:PlainLiteral"))
        return node.value.startswith(data)


def listed(iris: Iterable[str], limit: int = 5) -> str:
    """Names for a sentence: the first few, and how many more."""
    from ontomedirad.terms import curie

    names = [curie(i) for i in iris]
    more = f" and {len(names) - limit} more" if len(names) > limit else ""
    return ", ".join(names[:limit]) + more
