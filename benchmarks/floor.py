"""The floor of translation: parse, validate, and build the same quads as pyoxigraph objects."""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox
from lxml import etree

import ontomedirad
from ontomedirad.descriptor.schema import schema_text

_Term = tuple[str, str | None]


class Floor:
    """What no translator into pyoxigraph can undercut: ready tuples, cached nodes, one pass."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.gate = etree.XMLSchema(etree.fromstring(schema_text()))
        quads = ontomedirad.translate(content).quads
        self.ready = [
            (q.subject.value, q.predicate.value, _ready(q.object), q.graph_name.value) for q in quads
        ]

    def run(self) -> list[ox.Quad]:
        """Parse, validate, build."""
        assert self.gate.validate(etree.fromstring(self.content))

        @cache
        def node(iri: str) -> ox.NamedNode:
            return ox.NamedNode(iri)

        @cache
        def term(text: str, datatype: str | None) -> ox.NamedNode | ox.Literal:
            return node(text) if datatype is None else ox.Literal(text, datatype=node(datatype))

        return [ox.Quad(node(s), node(p), term(*o), node(g)) for s, p, o, g in self.ready]


def _ready(term: object) -> _Term:
    if isinstance(term, ox.Literal):
        return term.value, term.datatype.value
    assert isinstance(term, ox.NamedNode)
    return term.value, None
