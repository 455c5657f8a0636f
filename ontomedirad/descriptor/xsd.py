"""The XSD, made from the models (XML Schema 1.0 Part 1).

A complex type a Block, under the class's name; containers and value lists are anonymous types
at their element. The schemas in translators/descriptor/ are what `schema(...)` returns.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from lxml.builder import ElementMaker

from ontomedirad.descriptor.block import NAMESPACE, Block, FieldPlan
from ontomedirad.descriptor.document import ROOTS, NonDicomFileSetDescriptor

SCHEMA_VERSION = 108
"""The version of the wire format that the models describe."""

_XS = "http://www.w3.org/2001/XMLSchema"
_E = ElementMaker(namespace=_XS, nsmap={"xs": _XS, "irdbb": NAMESPACE})

_HEAD = ("study", "patient_id")
_TREATMENT = (*_HEAD, "acquisition")

SCHEMAS: dict[str, tuple[str, ...]] = {
    "non-dicom-file-set-descriptor": (),
    "calibration-workflow": (*_TREATMENT, "calibration"),
    "wp2-subtask-2.1.2-workflow": (*_HEAD, "monte_carlo"),
    "3d-slide1-workflow": (*_TREATMENT, "slide1"),
    "3d-slide2-workflow": (*_TREATMENT, "slide2"),
    "2d-workflow": (*_TREATMENT, "two_dim"),
    "hybrid-workflow": (*_TREATMENT, "hybrid"),
}
"""Name of each schema to the root's fields that it has, its workflow last and required; none means all."""


def schema(name: str = "non-dicom-file-set-descriptor") -> bytes:
    """The text of the schema of that name; KeyError where there is none."""
    root = _root_type(SCHEMAS[name])
    body = [
        *_roots(root),
        *(_complex(b, root if b is NonDicomFileSetDescriptor else None) for b in _blocks(root)),
    ]
    top = _E.schema(
        etree.Comment(f"VersionSchemas : {SCHEMA_VERSION}"),
        *body,
        targetNamespace=NAMESPACE,
        elementFormDefault="qualified",
        attributeFormDefault="unqualified",
    )
    etree.indent(top)
    return etree.tostring(top, xml_declaration=True, encoding="UTF-8") + b"\n"


def _root_type(names: tuple[str, ...]) -> list[tuple[FieldPlan, bool]]:
    """The root's fields with whether each is required in this schema."""
    fields = NonDicomFileSetDescriptor.plan().fields
    return [(f, f.required or f.name in names[-1:]) for f in fields if not names or f.name in names]


def _roots(root: list[tuple[FieldPlan, bool]]) -> Iterator[etree._Element]:
    """The elements that a document of this schema may start with."""
    known = set(_blocks(root))
    for tag, block in ROOTS.items():
        if block in known:
            yield _E.element(name=tag, type=f"irdbb:{block.__name__}")


def _blocks(root: list[tuple[FieldPlan, bool]]) -> Iterator[type[Block]]:
    """Every block the root reaches, each once, in the order it is first met."""
    seen: dict[type[Block], None] = {NonDicomFileSetDescriptor: None}
    todo = [f.block for f, _ in root if f.block]
    while todo:
        block = todo.pop(0)
        if block not in seen:
            seen[block] = None
            todo += [f.block for f in block.plan().fields if f.block]
    yield from seen


def _complex(block: type[Block], fields: list[tuple[FieldPlan, bool]] | None) -> etree._Element:
    rows = fields if fields is not None else [(f, f.required) for f in block.plan().fields]
    sequence = _E.sequence(*(_element(f, required) for f, required in rows))
    documentation = _E.annotation(_E.documentation((block.__doc__ or "").strip().splitlines()[0]))
    return _E.complexType(documentation, sequence, name=block.__name__)


def _element(field: FieldPlan, required: bool) -> etree._Element:
    occurs = {} if required else {"minOccurs": "0"}
    if field.item is None:
        return _typed(field, field.tag, occurs | ({"maxOccurs": "unbounded"} if field.many else {}))
    some = {} if field.filled else {"minOccurs": "0"}
    item = _typed(field, field.item, some | {"maxOccurs": "unbounded"})
    return _E.element(_E.complexType(_E.sequence(item)), name=field.tag, **occurs)


def _typed(field: FieldPlan, tag: str, occurs: dict[str, str]) -> etree._Element:
    if field.block is not None:
        return _E.element(name=tag, type=f"irdbb:{field.block.__name__}", **occurs)
    assert field.leaf is not None
    if not field.leaf.values:
        return _E.element(name=tag, type=f"xs:{field.leaf.xsd}", **occurs)
    listed = (_E.enumeration(value=v) for v in field.leaf.values)
    restriction = _E.restriction(*listed, base="xs:string")
    return _E.element(_E.simpleType(restriction), name=tag, **occurs)
