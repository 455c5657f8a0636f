"""The XSD gate: lxml judges; where it refuses, the models' plans tell everything that is wrong.

lxml stops at the first unexpected element and quotes what stood in the source. Messages here
are ours: what is wrong, what is allowed, the nearest allowed value. What stood in the source is
told only where it is a misspelt word of a value list, or the name of an element or attribute.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain, islice

from lxml import etree

from ontomedirad import resources
from ontomedirad.descriptor.block import NAMESPACE, Block, FieldPlan, Leaf
from ontomedirad.descriptor.dicom_set import DicomFileSetDescriptor
from ontomedirad.descriptor.document import ROOTS, NonDicomFileSetDescriptor
from ontomedirad.descriptor.nearest import nearest, not_listed
from ontomedirad.descriptor.read import Document
from ontomedirad.descriptor.xsd import type_name
from ontomedirad.report import Finding, Level, Place

SCHEMA = "non-dicom-file-set-descriptor"
DICOM_SCHEMA = "dicom-file-set-descriptor"
MAX_FINDINGS = 1000
"""A document that breaks the schema more often is told so, and no more."""

_LONGEST_NAME = 80
_WHITE = " \t\n\r"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_XS = "http://www.w3.org/2001/XMLSchema"
_TYPE = f"{{{_INSTANCE}}}type"
_LOCATIONS = {f"{{{_INSTANCE}}}schemaLocation", f"{{{_INSTANCE}}}noNamespaceSchemaLocation"}
"""Attributes that any document may carry (XML Schema 1.0 Part 1, section 2.6.3); nothing is fetched."""


def schema_text(name: str = SCHEMA, form: str = "xsd") -> bytes:
    """The schema of that name in translators/descriptor/; FileNotFoundError where there is none.

    `form` is `xsd` for XML Schema, `json` for JSON Schema.
    """
    ending = {"xsd": "xsd", "json": "schema.json"}[form]
    return (resources.translators() / "descriptor" / f"{name}.{ending}").read_bytes()


@cache
def _gate(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.fromstring(schema_text(name)))


def judge(document: Document) -> list[Finding]:
    """Every way in which the document breaks the schema; empty where it obeys."""
    root = document.tree
    if wrong_root(document):
        return [_wrong_root(document)]
    block = ROOTS[_local(root)]
    gate = _gate(DICOM_SCHEMA if block is DicomFileSetDescriptor else SCHEMA)
    if document.readable and gate.validate(root):
        return []
    explained = _Explained(document)
    rows = block.plan().fields
    declared = block.__name__ if block is NonDicomFileSetDescriptor else ""
    told = chain(explained.attributes(root, declared), explained.sequence(root, rows, block))
    found = list(islice(told, MAX_FINDINGS + 1))
    if len(found) > MAX_FINDINGS:
        problem = f"breaks the schema in more than {MAX_FINDINGS:,} places; the others are not told"
        found[-1] = Finding(Level.must, "xsd", problem, document.place(root), "correct these first")
    return found or [
        Finding(Level.must, "xsd", f"breaks the schema ({error.type_name})", document.place(root))
        for error in islice(gate.error_log, MAX_FINDINGS)
    ]


def wrong_root(document: Document) -> bool:
    """Whether the document starts with an element that no descriptor starts with."""
    return document.tree.tag not in {f"{{{NAMESPACE}}}{tag}" for tag in ROOTS}


def _wrong_root(document: Document) -> Finding:
    if _local(document.tree) in ROOTS:
        problem = f"the root element is in {_namespace(document.tree)}"
    else:
        problem = f"the root element is {_local(document.tree)}"
    return Finding(
        Level.must,
        "xsd-root",
        f"{problem}; expected NonDicomFileSetDescriptor in the namespace {NAMESPACE}",
        document.place(document.tree),
        "name the file set descriptor, or correct its root element",
    )


_KINDS = {
    "float": ("a number", "write it as 11.63 or 1.2e-3, with a point, without unit"),
    "integer": ("a whole number", "write digits only, as 1000"),
}


class _Explained:
    """Compares elements with the plans that the schema is made from."""

    def __init__(self, document: Document) -> None:
        self.place: Callable[[etree._Element], Place] = document.place

    def attributes(self, element: etree._Element, declared: str) -> Iterator[Finding]:
        """What is wrong with the attributes: all but schema locations and the name of the declared type."""
        for name in element.attrib:
            if name not in _LOCATIONS and not (name == _TYPE and _typed(element, declared)):
                problem = f"{_local(element)} has the attribute {_local(str(name))}; descriptors have none"
                hint = "remove it; what it says belongs in an element"
                yield self._broken("xsd-attribute", problem, element, hint)

    def sequence(
        self, element: etree._Element, rows: Sequence[FieldPlan], inside: type[Block]
    ) -> Iterator[Finding]:
        """What is wrong with the children of `element`: `rows` in this order, or just one of them."""
        yield from self._text(element)
        if inside.choice:
            yield from self._choice(element, rows, inside)
            return
        order = {f"{{{NAMESPACE}}}{row.tag}": i for i, row in enumerate(rows)}
        absent = [i for i, tag in enumerate(order) if element.find(tag) is None]
        seen: set[int] = set()
        least = 0
        for child in element:
            at = order.get(str(child.tag))
            if at is None:
                open_rows = _open(rows, absent, least)
                yield self._unknown(child, element, [rows[i].tag for i in open_rows])
                at = next((i for i in absent if rows[i].tag == _meant(child, rows, absent)), None)
                if at is None:
                    at = next((i for i in open_rows if rows[i].required), None)
                if at is not None:
                    absent.remove(at)
                    least = max(least, at)
                continue
            if at < least or (at in seen and not _repeats(rows[at])):
                yield self._misplaced(child, element, twice=at in seen)
            seen.add(at)
            least = max(least, at)
            yield from self._content(child, rows[at], inside)
        for i in absent:
            if rows[i].required:
                yield self._missing(element, rows, i)

    def _content(self, element: etree._Element, row: FieldPlan, inside: type[Block]) -> Iterator[Finding]:
        yield from self.attributes(element, type_name(row, inside.__name__))
        if row.item is not None:
            item = replace(row, tag=row.item, item=None, required=row.filled)
            yield from self.sequence(element, [item], Block)
        elif row.block is not None:
            yield from self.sequence(element, row.block.plan().fields, row.block)
        else:
            assert row.leaf is not None
            yield from self._value(element, row.leaf)

    def _choice(
        self, element: etree._Element, rows: Sequence[FieldPlan], inside: type[Block]
    ) -> Iterator[Finding]:
        by_tag = {f"{{{NAMESPACE}}}{row.tag}": row for row in rows}
        tags = [row.tag for row in rows]
        taken = False
        for child in element:
            row = by_tag.get(str(child.tag))
            if row is None:
                yield self._unknown(child, element, [] if taken else tags)
            elif taken:
                problem = f"{_local(child)} stands beside another description in {_local(element)}"
                yield self._broken("xsd-element", problem, child, f"keep one of {', '.join(tags)}")
            else:
                yield from self._content(child, row, inside)
            taken = True
        if not taken:
            problem = f"{_local(element)} is incomplete: one of {', '.join(tags)} is missing"
            yield self._broken("xsd-missing", problem, element, "add the one that fits")

    def _text(self, element: etree._Element) -> Iterator[Finding]:
        if any(text and text.strip(_WHITE) for text in (element.text, *(c.tail for c in element))):
            yield self._broken(
                "xsd-text",
                f"text stands in {_local(element)}, where only elements belong",
                element,
                "remove it, or put it into the element it belongs to",
            )

    def _unknown(self, child: etree._Element, parent: etree._Element, expected: list[str]) -> Finding:
        name = _local(child)
        allowed = f"; expected here: {', '.join(expected)}" if expected else "; nothing more belongs here"
        if etree.QName(child).namespace == NAMESPACE:
            near = nearest(name, expected)
            problem = f"{name} does not belong at this place in {_local(parent)}{allowed}"
            hint = f"did you mean {near}?" if near else "remove it, or move it where it belongs"
        else:
            problem = f"{name} in {_local(parent)} is in {_namespace(child)}{allowed}"
            hint = f"every element is in the namespace {NAMESPACE}"
        return self._broken("xsd-element", problem, child, hint)

    def _misplaced(self, child: etree._Element, parent: etree._Element, *, twice: bool) -> Finding:
        problem = "stands once too often" if twice else "stands too late"
        hint = "remove one of the two" if twice else "move it up; the schema says where"
        return self._broken("xsd-element", f"{_local(child)} {problem} in {_local(parent)}", child, hint)

    def _missing(self, parent: etree._Element, rows: Sequence[FieldPlan], at: int) -> Finding:
        before = f", after {rows[at - 1].tag}" if at else ""
        return self._broken(
            "xsd-missing",
            f"{_local(parent)} is incomplete: {rows[at].tag} is missing",
            parent,
            f"add it{before}; the schema says what it holds (ontomedirad schema show)",
        )

    def _value(self, element: etree._Element, leaf: Leaf) -> Iterator[Finding]:
        name = _local(element)
        if len(element):
            problem = f"{name} holds the element {_local(element[0])}, where only a value belongs"
            yield self._broken("xsd-element", problem, element, "write the value alone")
            return
        try:
            leaf.parse(element.text or "")
        except KeyError:
            yield self._not_listed(element, leaf.values)
        except ValueError:
            kind, hint = _KINDS[leaf.xsd]
            yield self._broken("xsd-type", f"{name} is not {kind}", element, hint)

    def _not_listed(self, element: etree._Element, allowed: Sequence[str]) -> Finding:
        name, found = _local(element), (element.text or "").strip()
        near = nearest(found, allowed)
        hint = f"did you mean {near!r}?" if near else "ontomedirad schema show lists the values"
        return self._broken("xsd-value", not_listed(name, found, near, allowed), element, hint)

    def _broken(self, code: str, message: str, element: etree._Element, hint: str) -> Finding:
        return Finding(Level.must, code, message, self.place(element), hint)


def _typed(element: etree._Element, declared: str) -> bool:
    """Whether xsi:type names the type that the element is declared with."""
    prefix, _, name = str(element.get(_TYPE)).strip(_WHITE).rpartition(":")
    namespace = element.nsmap.get(prefix or None)
    builtin, _, simple = declared.rpartition(":")
    return (namespace, name) == (_XS if builtin else NAMESPACE, simple)


def _repeats(row: FieldPlan) -> bool:
    return row.many and row.item is None


def _open(rows: Sequence[FieldPlan], absent: Sequence[int], least: int) -> list[int]:
    """The absent rows that may stand next: those that can be left out, up to one that cannot."""
    found = []
    for i in absent:
        if i >= least:
            found.append(i)
            if rows[i].required:
                break
    return found


def _meant(child: etree._Element, rows: Sequence[FieldPlan], absent: Sequence[int]) -> str | None:
    """The absent element whose name `child` misspells, or has in another namespace."""
    return nearest(_local(child), [rows[i].tag for i in absent])


def _namespace(element: etree._Element) -> str:
    namespace = etree.QName(element).namespace
    return f"the namespace {_short(namespace)}" if namespace else "no namespace"


def _local(name: etree._Element | str) -> str:
    return _short(etree.QName(name).localname)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_NAME else f"{text[:_LONGEST_NAME]}…"
