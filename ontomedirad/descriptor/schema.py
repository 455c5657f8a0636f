"""The XSD gate: lxml judges; where it refuses, xmlschema lists everything that is wrong.

lxml stops at the first unexpected element; xmlschema, handed the lxml tree, goes on and knows
the lines. Messages are ours: what is wrong, what is allowed, the nearest allowed value. What
stood in the source is told only where it is a misspelt word of a value list.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from functools import cache
from typing import Any

from lxml import etree

from ontomedirad import resources
from ontomedirad.descriptor.block import NAMESPACE
from ontomedirad.descriptor.read import Document
from ontomedirad.report import Finding, Level

SCHEMA = "non-dicom-file-set-descriptor"
_MANY = 12
"""A value list longer than this is not printed whole."""


def schema_text(name: str = SCHEMA) -> bytes:
    """The schema of that name in translators/descriptor/; FileNotFoundError where there is none."""
    return (resources.translators() / "descriptor" / f"{name}.xsd").read_bytes()


@cache
def _gate() -> etree.XMLSchema:
    return etree.XMLSchema(etree.fromstring(schema_text()))


@cache
def _explainer() -> Any:
    import xmlschema

    return xmlschema.XMLSchema10(schema_text().decode(), allow="none", defuse="never")


def judge(document: Document) -> list[Finding]:
    """Every way in which the document breaks the schema; empty where it obeys."""
    root = document.tree
    if root.tag != f"{{{NAMESPACE}}}NonDicomFileSetDescriptor":
        return [_wrong_root(document)]
    if _gate().validate(root):
        return []
    found = _specific(_explained(document))
    return found or [
        Finding(Level.must, "xsd", f"breaks the schema: {e.message}", document.place(root))
        for e in _gate().error_log
    ]


def _specific(findings: Iterator[Finding]) -> list[Finding]:
    """Where an element breaks the schema twice over, the findings that say how."""
    found = list(findings)
    told = {f.place for f in found if f.code != "xsd"}
    return [f for f in found if f.code != "xsd" or f.place not in told]


def _wrong_root(document: Document) -> Finding:
    name = etree.QName(document.tree)
    if name.localname == "NonDicomFileSetDescriptor":
        problem = f"the namespace is {name.namespace or 'missing'}"
    else:
        problem = f"the root element is {name.localname}"
    return Finding(
        Level.must,
        "xsd-root",
        f"{problem}; expected NonDicomFileSetDescriptor in the namespace {NAMESPACE}",
        document.place(document.tree),
        "name the file set descriptor, or correct its root element",
    )


def _explained(document: Document) -> Iterator[Finding]:
    import xmlschema

    for error in _explainer().iter_errors(document.tree):
        element = error.elem if isinstance(error.elem, etree._Element) else document.tree
        if isinstance(error, xmlschema.XMLSchemaChildrenValidationError):
            yield _children(document, element, error)
        else:
            yield _value(document, element, error)


def _children(document: Document, element: etree._Element, error: Any) -> Finding:
    expected = [_local(str(getattr(e, "name", e))) for e in error.expected or ()]
    index = error.index
    if error.invalid_child is not None and index < len(element):
        child = element[index]
        name, parent = _local(child.tag), _local(element.tag)
        near = difflib.get_close_matches(name, expected, 1, 0.6)
        allowed = f"; expected here: {', '.join(expected)}" if expected else "; nothing more belongs here"
        return Finding(
            Level.must,
            "xsd-element",
            f"{name} does not belong at this place in {parent}{allowed}",
            document.place(child),
            f"did you mean {near[0]}?" if near else "remove it, or move it where it belongs",
        )
    return Finding(
        Level.must,
        "xsd-missing",
        f"{_local(element.tag)} is incomplete: {' or '.join(expected) or 'an element'} is missing",
        document.place(element),
        "add it; the schema says in which order (ontomedirad schema show)",
    )


_KINDS = {
    "float": ("a number", "write it as 11.63 or 1.2e-3, with a point, without unit"),
    "integer": ("a whole number", "write digits only, as 1000"),
}


def _value(document: Document, element: etree._Element, error: Any) -> Finding:
    name = _local(element.tag)
    place = document.place(element)
    allowed = [str(v) for v in getattr(error.validator, "enumeration", None) or ()]
    if allowed:
        found = (element.text or "").strip()
        near = difflib.get_close_matches(found, allowed, 1, 0.6)
        said = f"{name} is {found!r}" if near else f"{name} holds a value that is not of its list"
        shown = ", ".join(dict.fromkeys(allowed)) if len(allowed) <= _MANY else f"{len(allowed)} values"
        hint = f"did you mean {near[0]!r}?" if near else "ontomedirad schema show lists the values"
        return Finding(Level.must, "xsd-value", f"{said}; allowed: {shown}", place, hint)
    kind = next((k for t, k in _KINDS.items() if t in f"{error.reason} {error.validator}".lower()), None)
    if kind:
        return Finding(Level.must, "xsd-type", f"{name} is not {kind[0]}", place, kind[1])
    return Finding(
        Level.must, "xsd", f"{name} breaks the schema (an attribute or text that does not belong)", place
    )


def _local(name: Any) -> str:
    return str(name).rpartition("}")[2].rpartition(":")[2]
