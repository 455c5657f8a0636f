"""The XSD, made from the models (XML Schema 1.0 Part 1).

A complex type a Block, under the class's name; containers and value lists are types under the
name of their element, or the one that translators/descriptor/type_names.tsv gives. The schemas
in translators/descriptor/ are what `schema(...)` returns.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import get_args

from lxml import etree
from lxml.builder import ElementMaker

from ontomedirad import resources
from ontomedirad.descriptor.block import NAMESPACE, Block, FieldPlan
from ontomedirad.descriptor.dicom_set import DicomFileSetDescriptor
from ontomedirad.descriptor.document import ROOTS, NonDicomFileSetDescriptor
from ontomedirad.descriptor.values import ActivityUnit, CalibrationCoefficientUnit, TransformationType

SCHEMA_VERSION = 108
"""The version of the wire format that the models describe."""

_XS = "http://www.w3.org/2001/XMLSchema"
_E = ElementMaker(namespace=_XS, nsmap={"xs": _XS, "irdbb": NAMESPACE})

_HEAD = ("study", "patient_id")
_TREATMENT = (*_HEAD, "acquisition")
_DICOM = "dicom-file-set-descriptor"

SCHEMAS: dict[str, tuple[str, ...]] = {
    "non-dicom-file-set-descriptor": (),
    "calibration-workflow": (*_TREATMENT, "calibration"),
    "wp2-subtask-2.1.2-workflow": (*_HEAD, "monte_carlo"),
    "3d-slide1-workflow": (*_TREATMENT, "slide1"),
    "3d-slide2-workflow": (*_TREATMENT, "slide2"),
    "2d-workflow": (*_TREATMENT, "two_dim"),
    "hybrid-workflow": (*_TREATMENT, "hybrid"),
    _DICOM: (),
}
"""Name of each schema to the root's fields that it has, its workflow last and required; none means all."""


_UNUSED: dict[str, dict[str, object]] = {
    "non-dicom-file-set-descriptor": {"PlanarCalibrationFactorUnit": CalibrationCoefficientUnit},
    "wp2-subtask-2.1.2-workflow": {"ActivityUnit": ActivityUnit},
    "2d-workflow": {
        "PlanarCalibrationFactorUnit": CalibrationCoefficientUnit,
        "TransformationType": TransformationType,
    },
}
"""Value lists that no element of a schema has, and that an xsi:type may name wherever text stands."""


def root_of(name: str) -> type[Block]:
    """The block of the element that documents of that schema start with; KeyError where there is none."""
    SCHEMAS[name]
    return DicomFileSetDescriptor if name == _DICOM else NonDicomFileSetDescriptor


def root_fields(name: str) -> list[tuple[FieldPlan, bool]]:
    """The root's fields in the schema of that name, with whether each is required in it."""
    names = SCHEMAS[name]
    fields = root_of(name).plan().fields
    return [(f, f.required or f.name in names[-1:]) for f in fields if not names or f.name in names]


def schema(name: str = "non-dicom-file-set-descriptor") -> bytes:
    """The text of the schema of that name; KeyError where there is none."""
    types = _Types(root_of(name), root_fields(name))
    unused = (_listed(n, get_args(get_args(t)[0])) for n, t in _UNUSED.get(name, {}).items())
    top = _E.schema(
        etree.Comment(f"VersionSchemas : {SCHEMA_VERSION}"),
        *types.roots(),
        *types.made.values(),
        *unused,
        targetNamespace=NAMESPACE,
        elementFormDefault="qualified",
        attributeFormDefault="unqualified",
    )
    etree.indent(top)
    return etree.tostring(top, xml_declaration=True, encoding="UTF-8") + b"\n"


@cache
def _names() -> dict[tuple[str, str, str], str]:
    table = resources.translators() / "descriptor" / "type_names.tsv"
    return {(r["element"], r["inside"], r["holds"]): r["type"] for r in resources.rows(table)}


def type_name(field: FieldPlan, inside: str) -> str:
    """The type of a field's element in the block `inside`; of a simple type with its prefix `xs:`."""
    if field.item is None:
        return _one(field, field.tag)
    names = _names()
    return names.get((field.tag, inside, "list")) or names.get((field.tag, "", "list")) or field.tag


def _one(field: FieldPlan, tag: str) -> str:
    """The type of the element that holds one value of the field: its block, its value list, its number."""
    if field.block is not None:
        return _names().get((tag, "", "one"), field.block.__name__)
    assert field.leaf is not None
    return tag if field.leaf.values else f"xs:{field.leaf.xsd}"


class _Types:
    """The types of one schema by name: all blocks as they are first met, then containers and lists."""

    def __init__(self, root: type[Block], fields: list[tuple[FieldPlan, bool]]) -> None:
        self.root = root
        self.rows = fields
        self.made: dict[str, etree._Element] = {}
        self.blocks: dict[str, type[Block]] = {root.__name__: root}
        self._later: dict[str, etree._Element] = {}
        todo = [root]
        while todo:
            block = todo.pop(0)
            fresh = self._met(f for f, _ in self._fields(block))
            self.blocks |= fresh
            todo += fresh.values()
        for name, block in self.blocks.items():
            self.made[name] = self._complex(block, name)
        self.made |= self._later
        if root.__name__ == DicomFileSetDescriptor.__name__:
            del self.made[root.__name__]

    def _met(self, fields: Iterable[FieldPlan]) -> dict[str, type[Block]]:
        found = {_one(f, f.item or f.tag): f.block for f in fields if f.block}
        return {name: block for name, block in found.items() if name not in self.blocks}

    def _fields(self, block: type[Block]) -> list[tuple[FieldPlan, bool]]:
        return self.rows if block is self.root else [(f, f.required) for f in block.plan().fields]

    def roots(self) -> list[etree._Element]:
        """The elements that a document of this schema may start with.

        Only the descriptor of results has a type of its own name; those of the others have none.
        """
        known = set(self.blocks.values())
        named = {"NonDicomFileSetDescriptor": "irdbb:NonDicomFileSetDescriptor"}
        return [
            _E.element(name=tag, type=named[tag]) if tag in named else _E.element(self._complex(b), name=tag)
            for tag, b in ROOTS.items()
            if b in known
        ]

    def _complex(self, block: type[Block], name: str = "") -> etree._Element:
        said = _E.annotation(_E.documentation((block.__doc__ or "").strip().splitlines()[0]))
        if block.choice:
            content = _E.choice(*(self._element(f, True, block) for f, _ in self._fields(block)))
        else:
            content = _E.sequence(*(self._element(f, r, block) for f, r in self._fields(block)))
        return _E.complexType(said, content, **({"name": name} if name else {}))

    def _element(self, field: FieldPlan, required: bool, block: type[Block]) -> etree._Element:
        occurs = {} if required else {"minOccurs": "0"}
        many = {"maxOccurs": "unbounded"} if field.many else {}
        if field.item is None:
            return self._typed(field, field.tag, occurs | many)
        container = type_name(field, block.__name__)
        if container not in self._later:
            some = {} if field.filled else {"minOccurs": "0"}
            item = self._typed(field, field.item, some | many)
            self._later[container] = _E.complexType(_E.sequence(item), name=container)
        return _E.element(name=field.tag, type=f"irdbb:{container}", **occurs)

    def _typed(self, field: FieldPlan, tag: str, occurs: dict[str, str]) -> etree._Element:
        name = _one(field, tag)
        if field.leaf is not None and field.leaf.values:
            self._later.setdefault(name, _listed(name, field.leaf.values))
        return _E.element(name=tag, type=name if name.startswith("xs:") else f"irdbb:{name}", **occurs)


def _listed(name: str, values: Iterable[str]) -> etree._Element:
    listed = (_E.enumeration(value=v) for v in values)
    return _E.simpleType(_E.restriction(*listed, base="xs:string"), name=name)
