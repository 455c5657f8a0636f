"""The way back: the descriptor that a graph was made of.

Blocks and values are read from what the graph says of its individuals, by the marks that wrote them;
where each stands, and texts that facts do not give back to the letter, from the `form` vocabulary.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from typing import Any

import pyoxigraph as ox

from ontomedirad import vocabulary
from ontomedirad.descriptor import marks
from ontomedirad.descriptor.block import Block, BlockPlan, FieldPlan, blocks_by_name, make
from ontomedirad.descriptor.document import ROOTS
from ontomedirad.descriptor.leaf import Float, Integer
from ontomedirad.descriptor.root import Descriptor
from ontomedirad.errors import SourceError
from ontomedirad.translation import form
from ontomedirad.vocabulary import term


class Facts:
    """The statements of one graph by subject and predicate; IRIs are plain."""

    def __init__(self, quads: Iterable[ox.Quad | ox.Triple]) -> None:
        self.said: dict[tuple[str, str], list[str]] = {}
        self.at: dict[str, list[str]] = {}
        self.leaves: dict[str, str | None] = {}
        leaves, stands_at = set(), _iri("form:stands_at")
        for quad in quads:
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, (ox.NamedNode, ox.Literal)):
                subject, predicate, value = quad.subject.value, quad.predicate.value, quad.object.value
                self.said.setdefault((subject, predicate), []).append(value)
                if predicate == stands_at:
                    self.at.setdefault(value, []).append(subject)
                elif value == _LEAF:
                    leaves.add(subject)
        for path, nodes in list(self.at.items()):
            for node in leaves.intersection(nodes):
                self.leaves[path] = self.one(node, "form:has_text")
                nodes.remove(node)
            nodes.sort()

    def all(self, node: str, curie: str) -> list[str]:
        """All objects of a predicate."""
        return self.said.get((node, _iri(curie)), [])

    def one(self, node: str, curie: str) -> str | None:
        """The object of a predicate that is said once or never; SourceError where it is said twice."""
        found = self.all(node, curie)
        if len(found) > 1:
            raise SourceError(
                "the graph", f"says {curie} of one individual twice", "export the graph of one descriptor"
            )
        return found[0] if found else None


@cache
def _iri(curie: str) -> str:
    return term(curie)[1:-1]


_LEAF, _DESCRIPTOR = _iri("form:Leaf"), _iri("omx:file_set_descriptor")


def restore(quads: Iterable[ox.Quad | ox.Triple]) -> Block:
    """The descriptor, or the calibration that was a document of its own, whose graph `quads` are.

    Raises SourceError where they are not the graph of one descriptor.
    """
    facts = Facts(quads)
    roots = [path for path in facts.at if path.count("/") == 1 and path[1:] in ROOTS]
    nodes = [n for path in roots for n in facts.at[path] if _DESCRIPTOR in facts.all(n, "rdf:type")]
    if len(nodes) != 1:
        problem = "several descriptors" if nodes else "no statement of how a descriptor is written"
        raise SourceError("the graph", f"holds {problem}", "name the graph of one descriptor")
    block = ROOTS[roots[0][1:]]
    if not issubclass(block, Descriptor):
        problem = f"is of a {block.__name__}, whose texts that may identify a patient it does not hold"
        raise SourceError("the graph", problem, "keep the document itself")
    return _Reader(facts).block(block.plan(), nodes[0], roots[0])


class _Reader:
    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.process = ""

    def block(self, plan: BlockPlan, node: str, path: str) -> Block:
        """The block of the element at `path`, which speaks of `node`."""
        around = self.process
        if isinstance(plan.meaning, marks.Process):
            self.process = node
        values = {f.name: self._field(f, plan, node, f"{path}/{f.tag}") for f in plan.fields}
        self.process = around
        return make(plan.block, values)

    def _field(self, field: FieldPlan, plan: BlockPlan, node: str, path: str) -> Any:
        if not field.many:
            return self._item(field, plan, node, path)
        found: list[Any] = []
        inner = f"{path}/{field.item}" if field.item else path
        while (item := self._item(field, plan, node, f"{inner}[{len(found) + 1}]")) is not None:
            found.append(item)
        return found if found or path in self.facts.leaves else None

    def _item(self, field: FieldPlan, plan: BlockPlan, node: str, path: str) -> Any:
        if field.block is None:
            text = self._text(field, plan, node, path)
            assert field.leaf is not None
            return None if text is None else field.leaf.parse(text)
        inner = field.block.plan()
        if not isinstance(inner.meaning, marks.Part):
            nodes = self.facts.at.get(path)
            return self.block(inner, nodes[0], path) if nodes else None
        part = self.block(inner, node, path)
        empty = all(value is None for value in part.__dict__.values())
        return None if empty and path not in self.facts.leaves else part

    def _text(self, field: FieldPlan, plan: BlockPlan, node: str, path: str) -> str | None:
        facts = self.facts
        if path in facts.leaves:
            return facts.leaves[path] or ""
        if (sibling := form.unit_beside(field, plan)) is not None:
            made = facts.at.get(f"{path.rpartition('/')[0]}/{sibling.tag}")
            return self._unit(field, sibling, made[0] if made else node)
        if (time := field.mark(marks.TimeOf)) is not None:
            made = facts.at.get(f"{path.rpartition('/')[0]}/{plan.by_name[time.field].tag}")
            return facts.one(made[0], "om:has_measurement_date_and_time") if made else None
        if (nodes := facts.at.get(path)) is not None:
            return self._of_node(field, nodes[0])
        if facts.all(node, "form:is_told_apart") or not form.is_told(field):
            return None
        return self._told(field, plan, node)

    def _of_node(self, field: FieldPlan, node: str) -> str | None:
        """The text that stands for a node."""
        assert field.leaf is not None
        if (reference := field.mark(marks.Reference)) is not None:
            keys = {key.strip() for key in self.facts.all(node, _key(reference.target))}
            return keys.pop() if len(keys) == 1 else None
        if field.leaf.values:
            told = _values(field)
            found = [told[c] for c in (node, *self.facts.all(node, "rdf:type")) if c in told]
            return found[0] if found else None
        if field.leaf.xsd != "string" or field.mark(marks.Measured):
            return self._value(field, node)
        return self.facts.one(node, "om:has_name")

    def _told(self, field: FieldPlan, plan: BlockPlan, node: str) -> str | None:
        """The text of what is said of the individual itself."""
        facts = self.facts
        if (role := form.follows(field)) is not None:
            predicate = vocabulary.roles()[role.name].forward[1:-1]
            nodes = facts.said.get((node, predicate), [])
            return self._of_node(field, nodes[0]) if len(nodes) == 1 else None
        if (text := form.exact_text(field)) is not None:
            return facts.one(node, text.predicate)
        for kind, read in _TELLINGS.items():
            if field.mark(kind) is not None:
                return read(self, field, node)
        return None

    def _identifier(self, field: FieldPlan, node: str) -> str | None:
        return self.facts.one(node, "om:has_id")

    def _value(self, field: FieldPlan, node: str) -> str | None:
        written = self.facts.one(node, "omx:value_as_written")
        if written is not None:
            return written
        found = self.facts.one(node, "obo:IAO_0000004")
        return self._duration(field, node) if found is None else _number(field, found)

    def _duration(self, field: FieldPlan, node: str) -> str | None:
        """A length of time, which stands under the property of its unit."""
        if (written := self.facts.one(node, "omx:value_as_written")) is not None:
            return written
        found = [v for p in _durations() for v in self.facts.said.get((node, p), [])]
        return _number(field, found[0]) if len(found) == 1 else None

    def _unit(self, field: FieldPlan, sibling: FieldPlan | None, node: str) -> str | None:
        assert field.leaf is not None
        told = _values(field)
        if sibling is not None and field.leaf.vocabulary == "duration":
            found = [u for p, u in told.items() if self.facts.said.get((node, p))]
        else:
            found = [told[u] for u in self.facts.all(node, "obo:IAO_0000039") if u in told]
        return found[0] if found else self.facts.one(node, "omx:unit_as_written")

    def _beginning(self, field: FieldPlan, node: str) -> str | None:
        written = self.facts.one(self.process, "omx:time_as_written")
        if written is not None:
            return written
        found = self.facts.one(self.process, "prov:startedAtTime")
        return datetime.fromisoformat(found).isoformat() if found else None

    def _agent(self, field: FieldPlan, node: str) -> str | None:
        """The institution that answers for the process."""
        agents = self.facts.all(self.process, "prov:wasAssociatedWith")
        found = [a for a in agents if _iri("om:institution") in self.facts.all(a, "rdf:type")]
        return self.facts.one(found[0], "om:has_name") if len(found) == 1 else None


_TELLINGS: dict[type[marks.Mark], Callable[[_Reader, FieldPlan, str], str | None]] = {
    marks.Identifier: _Reader._identifier,
    marks.Value: _Reader._value,
    marks.Unit: lambda reader, field, node: reader._unit(field, None, node),
    marks.Duration: _Reader._duration,
    marks.Beginning: _Reader._beginning,
    marks.Agent: _Reader._agent,
}


def _number(field: FieldPlan, text: str) -> str:
    """A literal's number in the digits that every spelling of it shares; a store may write its own."""
    assert field.leaf is not None
    if field.leaf.xsd == "integer":
        return Integer(text).canonical
    try:
        return Float(text).canonical
    except ValueError:
        return text


def _values(field: FieldPlan) -> dict[str, str]:
    assert field.leaf is not None
    if not field.leaf.values:
        return {}
    return {class_[1:-1]: value for class_, value in form.readings(field).items()}


@cache
def _durations() -> tuple[str, ...]:
    return tuple({term[1:-1]: None for term in vocabulary.values()["duration"].values()})


@cache
def _key(target: str) -> str:
    plan = blocks_by_name()[target].plan()
    text = plan.by_name[plan.meaning.key[0]].mark(marks.Text)
    return text.predicate if text else "om:has_id"
