"""From models to XML, in the order and spelling of the wire format."""

from __future__ import annotations

from typing import Any

from lxml import etree

from ontomedirad.descriptor.block import NAMESPACE, Block, FieldPlan
from ontomedirad.descriptor.document import ROOTS
from ontomedirad.descriptor.leaf import Float, Integer
from ontomedirad.descriptor.xsd import SCHEMA_VERSION


def to_element(model: Block, tag: str) -> etree._Element:
    """The element `tag` that says what `model` says; absent parts are left out."""
    element = etree.Element(f"{{{NAMESPACE}}}{tag}", nsmap={"irdbb": NAMESPACE})
    _fill(element, model)
    return element


def to_xml(model: Block, tag: str = "") -> bytes:
    """A whole document, in UTF-8 with declaration, indented; `tag` is the root's where it is no root."""
    known = (name for name, block in ROOTS.items() if block is type(model))
    root = to_element(model, tag or next(known, type(model).__name__))
    root.insert(0, etree.Comment(f"VersionSchemas : {SCHEMA_VERSION}"))
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _fill(element: etree._Element, model: Block) -> None:
    for field in model.plan().fields:
        value = getattr(model, field.name)
        if value is None:
            continue
        if field.item is not None:
            container = etree.SubElement(element, f"{{{NAMESPACE}}}{field.tag}")
            for item in value:
                _put(container, field.item, field, item)
        else:
            for item in value if field.many else (value,):
                _put(element, field.tag, field, item)


def _put(parent: etree._Element, tag: str, field: FieldPlan, value: Any) -> None:
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}")
    if field.block is not None:
        _fill(child, value)
    else:
        child.text = value if isinstance(value, str) else _digits(value)


def _digits(value: float) -> str:
    """A number as it was written; a plain one, put into a list past the model, as XML Schema writes it."""
    if isinstance(value, (Float, Integer)):
        return value.text
    return Integer(value).text if isinstance(value, int) else Float(value).text
