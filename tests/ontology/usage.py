"""How a graph uses the ontology: kinds that do not fit, domains and ranges that it goes beyond."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

import pyoxigraph as ox

from ontomedirad.ontology import Kind, Ontology
from ontomedirad.ontology.uses import VOCABULARIES
from ontomedirad.terms import PREFIXES, curie, iri

NAMESPACES = tuple(PREFIXES[p] for p in VOCABULARIES)
TYPE = iri("rdf:type")
SIDES = {"domain": iri("rdfs:domain"), "range": iri("rdfs:range")}
DERIVED = {iri("xsd:integer"): {iri("xsd:decimal")}}
"""Datatypes that others are derived from (XML Schema Part 2)."""


class Usage:
    """The declarations of an ontology, asked again and again."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self.above = cache(lambda i: frozenset({i, *ontology.superclasses(i)}))
        self.expected = cache(self._expected)
        self.given = defaultdict(set)
        for triple in ontology.triples():
            if triple.predicate.value == TYPE and isinstance(triple.object, ox.NamedNode):
                self.given[triple.subject].add(triple.object.value)

    def wrong_kinds(self, quads: Iterable[ox.Quad]) -> Iterator[tuple[str, str]]:
        """Terms in our namespaces that are not declared, or used as what they are not."""
        kind = self.ontology.kind
        for quad in quads:
            predicate, node = quad.predicate.value, quad.object
            if predicate == TYPE:
                if node.value.startswith(NAMESPACES) and kind(node.value) is not Kind.class_:
                    yield curie(node.value), "is used as a class"
            elif predicate.startswith(NAMESPACES):
                wanted = Kind.datatype_property if isinstance(node, ox.Literal) else Kind.object_property
                if kind(predicate) is not wanted:
                    yield curie(predicate), f"is used as {wanted}"

    def beyond(self, quads: Iterable[ox.Quad]) -> Iterator[tuple[str, str, str]]:
        """Property, side and class, wherever a typed node is of no class that the property asks for."""
        quads = list(quads)
        types = defaultdict(set)
        for quad in quads:
            if quad.predicate.value == TYPE and quad.object.value.startswith(NAMESPACES):
                types[quad.subject].add(quad.object.value)
        for quad in quads:
            predicate = quad.predicate.value
            if predicate.startswith(NAMESPACES) and predicate != TYPE:
                for side, node in (("domain", quad.subject), ("range", quad.object)):
                    is_ = self._is(node, types)
                    for wanted in self.expected(predicate, side):
                        if is_ and not wanted & is_:
                            yield curie(predicate), side, " or ".join(sorted(map(curie, wanted)))

    def _is(self, node: ox.NamedNode | ox.Literal, types: dict[ox.NamedNode, set[str]]) -> set[str]:
        if isinstance(node, ox.Literal):
            datatype = node.datatype.value
            return {datatype} | DERIVED.get(datatype, set())
        named = types[node] | {t for t in self.given[node] if t.startswith(NAMESPACES)}
        if self.ontology.kind(node.value) is Kind.class_:
            named.add(node.value)  # a class that stands for its only instance, such as a unit
        return set().union(*map(self.above, named)) if named else set()

    def _expected(self, predicate: str, side: str) -> list[frozenset[str]]:
        """What the property and those above it ask for: sets of classes of which one is enough."""
        found = []
        for property_ in self.above(predicate):
            node = ox.NamedNode(property_)
            for quad in self.ontology.store.quads_for_pattern(node, ox.NamedNode(SIDES[side]), None):
                if isinstance(quad.object, ox.NamedNode):
                    found.append(frozenset({quad.object.value}))
                elif members := self._union(quad.object):
                    found.append(members)
        return found

    def _union(self, node: ox.BlankNode) -> frozenset[str]:
        rows = list(
            self.ontology.store.quads_for_pattern(node, ox.NamedNode(iri("owl:unionOf")), None),
        )
        members: list[ox.Term] = []
        head = rows[0].object if rows else ox.NamedNode(iri("rdf:nil"))
        while isinstance(head, ox.BlankNode):
            for quad in self.ontology.store.quads_for_pattern(head, None, None):
                if quad.predicate.value == iri("rdf:first"):
                    members.append(quad.object)
                elif quad.predicate.value == iri("rdf:rest"):
                    following = quad.object
            head = following
        named = [m.value for m in members if isinstance(m, ox.NamedNode)]
        return frozenset(named) if len(named) == len(members) else frozenset()
