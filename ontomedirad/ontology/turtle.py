"""Turtle text that is always the same for the same graph: how the modules in `ontology/` are kept.

Subjects, predicates and objects are sorted, every block stands on its own, and blank nodes are written
where they are used, so that a change of one term is a change of a few lines. rdflib's `longturtle` was
tried: without canonicalisation its bytes change from run to run, and with it a term moves in the file
when another one starts to refer to it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from ontomedirad.terms import PREFIXES, iri

_RDF, _XSD = PREFIXES["rdf"], PREFIXES["xsd"]
_FIRST, _REST, _NIL = _RDF + "first", _RDF + "rest", _RDF + "nil"
_TYPE = _RDF + "type"
_LEADING = [
    *("rdf:type", "rdfs:label", "skos:prefLabel", "skos:altLabel", "obo:IAO_0000115", "dcterms:source"),
    *("rdfs:subClassOf", "rdfs:subPropertyOf", "rdfs:domain", "rdfs:range", "owl:inverseOf"),
    "owl:onProperty",
]
_LEAD = {iri(c): n for n, c in enumerate(_LEADING)}
"""Predicates that open a block, in this order; all others follow by name."""

_LOCAL = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_-])?\Z")
_BARE = {
    _XSD + "integer": re.compile(r"[+-]?[0-9]+\Z"),
    _XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+\Z"),
    _XSD + "boolean": re.compile(r"(true|false)\Z"),
}
_ESCAPES = {'"': r"\"", "\\": r"\\", "\n": r"\n", "\r": r"\r", "\t": r"\t"}
_ESCAPED = re.compile(r'["\\\x00-\x1f\x7f]')

_BLOCK, _INLINE = " ;\n    ", " ; "

_Node = ox.NamedNode | ox.BlankNode
_Term = _Node | ox.Literal | ox.Triple


def write_turtle(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> str:
    """The graph as Turtle, sorted, with a final newline; only those of `prefixes` that it uses.

    Raises ValueError for a blank node that two statements point to, or that lies on a circle of blank
    nodes: such a node has no place where it alone belongs (OWL 2 Mapping to RDF, 3.2, excludes it).
    """
    return _Writer(triples, prefixes).text()


class _Writer:
    def __init__(self, triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> None:
        self._about: dict[_Node, dict[str, list[_Term]]] = {}
        self._prefixes = sorted(prefixes.items(), key=lambda row: -len(row[1]))
        self._used: set[str] = set()
        uses: Counter[ox.BlankNode] = Counter()
        for triple in set(triples):
            subject, object_ = triple.subject, triple.object
            if isinstance(subject, ox.Triple) or isinstance(object_, ox.Triple):
                raise ValueError("a quoted triple cannot be kept in a module")
            self._about.setdefault(subject, {}).setdefault(triple.predicate.value, []).append(object_)
            if isinstance(object_, ox.BlankNode):
                uses[object_] += 1
        if shared := [node for node, n in uses.items() if n > 1]:
            raise ValueError(f"{len(shared)} blank nodes are used in more than one place")
        self._inner = set(uses)

    def text(self) -> str:
        named = [s for s in self._about if isinstance(s, ox.NamedNode)]
        free = [s for s in self._about if isinstance(s, ox.BlankNode) and s not in self._inner]
        self._refuse_circles([*named, *free])
        header = iri("owl:Ontology")
        first = {s for s in named if any(_value(o) == header for o in self._about[s].get(_TYPE, []))}
        named.sort(key=lambda s: (s not in first, s.value))
        blocks = [f"{self._iri(s.value)} {self._statements(s, _BLOCK)} ." for s in named]
        blocks += sorted(f"[] {self._statements(s, _BLOCK)} ." for s in free)
        lines = [f"@prefix {p}: <{ns}> ." for p, ns in sorted(self._prefixes) if p in self._used]
        return "\n\n".join(["\n".join(lines), *blocks] if lines else blocks) + "\n"

    def _refuse_circles(self, tops: list[_Node]) -> None:
        reached, todo = set(tops), list(tops)
        while todo:
            for objects in self._about.get(todo.pop(), {}).values():
                inner = [o for o in objects if isinstance(o, ox.BlankNode)]
                reached.update(inner)
                todo += inner
        if lost := self._about.keys() - reached:
            raise ValueError(f"{len(lost)} blank nodes refer to each other in a circle")

    def _statements(self, subject: _Node, sep: str) -> str:
        rows = self._about.get(subject, {})
        order = sorted(rows, key=lambda p: (_LEAD.get(p, len(_LEAD)), p))
        return sep.join(self._statement(p, rows[p], wrap=sep is _BLOCK) for p in order)

    def _statement(self, predicate: str, objects: list[_Term], wrap: bool) -> str:
        verb = "a" if predicate == _TYPE else self._iri(predicate)
        # names before literals before blank nodes: parents first, restrictions after them
        texts = sorted((self._object(o) for o in objects), key=lambda t: (t[:1] in '[("', t))
        if wrap and sum(map(len, texts)) > 90:
            return f"{verb} " + ",\n        ".join(texts)
        return f"{verb} " + ", ".join(texts)

    def _object(self, node: _Term) -> str:
        if isinstance(node, ox.NamedNode):
            return "()" if node.value == _NIL else self._iri(node.value)
        if isinstance(node, ox.Literal):
            return self._literal(node)
        assert isinstance(node, ox.BlankNode)
        if (items := self._items(node)) is not None:
            return "( " + " ".join(self._object(item) for item in items) + " )"
        inside = self._statements(node, _INLINE)
        return f"[ {inside} ]" if inside else "[]"

    def _items(self, node: _Term) -> list[_Term] | None:
        """The members of a well-formed rdf:List, None where `node` is not the head of one."""
        found: list[_Term] = []
        while not (isinstance(node, ox.NamedNode) and node.value == _NIL):
            rows = self._about.get(node, {}) if isinstance(node, ox.BlankNode) else {}
            if rows.keys() != {_FIRST, _REST} or len(rows[_FIRST]) != 1 or len(rows[_REST]) != 1:
                return None
            found.append(rows[_FIRST][0])
            node = rows[_REST][0]
        return found

    def _iri(self, value: str) -> str:
        for prefix, namespace in self._prefixes:
            if value.startswith(namespace) and _LOCAL.match(value[len(namespace) :]):
                self._used.add(prefix)
                return f"{prefix}:{value[len(namespace) :]}"
        return f"<{value}>"

    def _literal(self, node: ox.Literal) -> str:
        if node.language:
            return f"{_quoted(node.value)}@{node.language}"
        datatype = node.datatype.value
        if datatype == _XSD + "string":
            return _quoted(node.value)
        if (bare := _BARE.get(datatype)) and bare.match(node.value):
            return node.value
        return f"{_quoted(node.value)}^^{self._iri(datatype)}"


def _quoted(text: str) -> str:
    return '"' + _ESCAPED.sub(lambda m: _ESCAPES.get(m[0], f"\\u{ord(m[0]):04X}"), text) + '"'


def _value(node: _Term) -> str:
    return node.value if isinstance(node, ox.NamedNode) else ""
