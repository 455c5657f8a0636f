"""Hypothesis strategies: descriptors made from the models' plans, odd but valid, and broken ones.

`documents()` gives root elements that the schema accepts; `broken(...)` gives the same after one
mutation or a few, of which some still obey. `annotated(...)` adds comments and processing
instructions, which no reader may stumble over.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from copy import deepcopy

from hypothesis import strategies as st
from lxml import etree

from ontomedirad.descriptor import NAMESPACE, Block, NonDicomFileSetDescriptor
from ontomedirad.descriptor.block import FieldPlan, Leaf
from ontomedirad.descriptor.dicom_set import DicomFileSetDescriptor
from ontomedirad.descriptor.xsd import schema

XSI = "http://www.w3.org/2001/XMLSchema-instance"
XS = "http://www.w3.org/2001/XMLSchema"
PREFIXES = {"irdbb": NAMESPACE, "xsi": XSI, "xs": XS}

FLOATS = (
    "0", "-0", "+0", "007", ".5", "5.", "-0.0", "1e999999", "-1E-999", "INF", "-INF", "NaN", "+1", " 12 ",
    "\n3\t", "1" * 400, "3510.7894161381", "45.52375030517578", "1e+3", "6.02E23", "-7.25",
)  # fmt: skip
"""Spellings of xs:float (XML Schema 1.0 Part 2, 3.2.4)."""

INTEGERS = ("0", "-0", "+0", "007", "+7", "-12", " 42 ", "\t1\n", "9" * 30, "1000", "1024", "7" * 5000)
"""Spellings of xs:integer (XML Schema 1.0 Part 2, 3.3.13)."""

TEXTS = (
    "", " ", "\t\n", "6H", "24H", " 6H ", "Würzburg", "測定 \U0001d518", "a<b & c>\"d'", "]]>", "two\nlines",
    "cr\rcr", "\u2028", "\xa0", "e\u0301", "\u202eabc", "../x", "x" * 300, "%s {0} ${x}", "007",
    "2020-01-17 15:08:54", "1.2.826.0.1", "DEMO-7F3A", "Doe^Jane", "{https://www.irdbb-medirad.com}VOI",
)  # fmt: skip
"""Texts that XML can carry."""

_LEGAL = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co")), max_size=12)


def _as_xsd(number: float) -> str:
    return repr(number).replace("inf", "INF").replace("nan", "NaN")


texts = st.one_of(st.sampled_from(TEXTS), _LEGAL)
floats = st.one_of(st.sampled_from(FLOATS), st.floats(width=32).map(_as_xsd))
integers = st.one_of(st.sampled_from(INTEGERS), st.integers().map(str))


def leaf_texts(leaf: Leaf, free: st.SearchStrategy[str] = texts) -> st.SearchStrategy[str]:
    """Texts that the schema accepts for a simple type; `free` makes those of xs:string."""
    if leaf.values:
        return st.sampled_from(leaf.values)
    return {"string": free, "float": floats, "integer": integers}[leaf.xsd]


_mostly = st.sampled_from((True, True, True, False))


_SHARED_PARTS = frozenset({"study", "patient_id", "acquisition"})
"""What a descriptor has beside its workflows."""


@st.composite
def documents(draw: st.DrawFn, free: st.SearchStrategy[str] = texts) -> etree._Element:
    """A descriptor that the schema accepts: one workflow or none, other parts there or not, short lists."""
    root = etree.Element(f"{{{NAMESPACE}}}NonDicomFileSetDescriptor", nsmap=PREFIXES)
    workflows = NonDicomFileSetDescriptor.plan().names - _SHARED_PARTS
    chosen = draw(st.sampled_from((*sorted(workflows) * 4, None)))
    _fill(draw, root, NonDicomFileSetDescriptor, free, leave_out=workflows - {chosen})
    return root


@st.composite
def image_sets(draw: st.DrawFn, free: st.SearchStrategy[str] = texts) -> etree._Element:
    """A descriptor of DICOM studies that the schema accepts."""
    root = etree.Element(f"{{{NAMESPACE}}}DicomFileSetDescriptor", nsmap=PREFIXES)
    _fill(draw, root, DicomFileSetDescriptor, free)
    return root


def _fill(
    draw: st.DrawFn,
    element: etree._Element,
    block: type[Block],
    free: st.SearchStrategy[str],
    leave_out: frozenset[str] = frozenset(),
) -> None:
    fields = block.plan().fields
    for field in (draw(st.sampled_from(fields)),) if block.choice else fields:
        if field.name in leave_out or not (field.required or block.choice or draw(_mostly)):
            continue
        parent = etree.SubElement(element, f"{{{NAMESPACE}}}{field.tag}") if field.item else element
        for _ in range(draw(st.integers(int(field.filled), 2)) if field.many else 1):
            _put(draw, parent, field.item or field.tag, field, free)


def _put(
    draw: st.DrawFn, parent: etree._Element, tag: str, field: FieldPlan, free: st.SearchStrategy[str]
) -> None:
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}")
    if field.block is not None:
        _fill(draw, child, field.block, free)
    else:
        assert field.leaf is not None
        child.text = draw(leaf_texts(field.leaf, free))


WORKFLOWS = sorted(NonDicomFileSetDescriptor.plan().names - _SHARED_PARTS)
"""The fields of a descriptor that hold workflows."""


def seeded(chance: random.Random, parts: frozenset[str]) -> etree._Element:
    """A valid descriptor by a seed, in a fraction of the time that `documents()` takes.

    `parts` names the optional fields of the root that are there; of deeper ones, each is or is not.
    """
    root = etree.Element(f"{{{NAMESPACE}}}NonDicomFileSetDescriptor", nsmap={"irdbb": NAMESPACE})
    _sow(chance, root, NonDicomFileSetDescriptor, parts)
    return root


def _sow(
    chance: random.Random, element: etree._Element, block: type[Block], only: frozenset[str] | None = None
) -> None:
    for field in block.plan().fields:
        absent = chance.random() < 0.4 if only is None else field.name not in only
        if absent and not field.required:
            continue
        parent = etree.SubElement(element, f"{{{NAMESPACE}}}{field.tag}") if field.item else element
        for _ in range(chance.randint(int(field.filled), 2) if field.many else 1):
            child = etree.SubElement(parent, f"{{{NAMESPACE}}}{field.item or field.tag}")
            if field.block is not None:
                _sow(chance, child, field.block)
            else:
                assert field.leaf is not None
                child.text = chance.choice(field.leaf.values or _BY_TYPE[field.leaf.xsd])


_BY_TYPE = {"string": TEXTS, "float": FLOATS, "integer": INTEGERS}


@st.composite
def annotated(draw: st.DrawFn, source: st.SearchStrategy[etree._Element]) -> etree._Element:
    """A document with comments and processing instructions, in the middle of values too."""
    root = draw(source)
    elements = list(root.iter(f"{{{NAMESPACE}}}*"))
    for _ in range(draw(st.integers(1, 6))):
        element = draw(st.sampled_from(elements))
        note = etree.Comment(" 12 ") if draw(st.booleans()) else etree.ProcessingInstruction("note", "VOI=7")
        if len(element):
            element.insert(draw(st.integers(0, len(element))), note)
        else:
            text = element.text or ""
            cut = draw(st.integers(0, len(text)))
            element.text, note.tail = text[:cut], text[cut:]
            element.append(note)
    return root


Mutation = Callable[[st.DrawFn, etree._Element], None]

_WRONG = (
    "",
    " ",
    "abc",
    "1_0",
    "٣",
    "infinity",
    "+INF",
    "1,5",
    "1.5",
    "Gray",
    "thyroids",
    "0x1F",
    "NaN",
    "12 mg",
)
_NAMES = tuple(f"irdbb:{t.get('name')}" for t in etree.fromstring(schema()) if t.get("name"))
_TYPES = (
    *_NAMES, "irdbb:nope", "VOI", "nope:x", "xs:string", "xs:token", "xs:float", "xs:integer", "xs:int", ":",
    "",
)  # fmt: skip


def _drop(draw: st.DrawFn, element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _duplicate(draw: st.DrawFn, element: etree._Element) -> None:
    if element.getparent() is not None:
        element.addnext(deepcopy(element))


def _swap(draw: st.DrawFn, element: etree._Element) -> None:
    after = element.getnext()
    if after is not None:
        after.addnext(element)


def _rename(draw: st.DrawFn, element: etree._Element) -> None:
    name = etree.QName(element).localname
    element.tag = (
        f"{{{NAMESPACE}}}{draw(st.sampled_from((name + 's', name.lower(), name[1:] or 'x', 'Other')))}"
    )


def _wrong_namespace(draw: st.DrawFn, element: etree._Element) -> None:
    namespace = draw(st.sampled_from(("", "urn:other", NAMESPACE + "/")))
    element.tag = etree.QName(namespace or None, etree.QName(element).localname).text


def _wrong_value(draw: st.DrawFn, element: etree._Element) -> None:
    leaf = draw(st.sampled_from([e for e in element.iter("*") if not len(e)]))
    leaf.text = draw(st.sampled_from(_WRONG))


def _stray_text(draw: st.DrawFn, element: etree._Element) -> None:
    element.tail = draw(st.sampled_from(("stray", "\xa0", "0")))


def _attribute(draw: st.DrawFn, element: etree._Element) -> None:
    element.set(
        draw(st.sampled_from(("unit", "{urn:other}id", "{http://www.w3.org/XML/1998/namespace}lang"))), "en"
    )


def _nil(draw: st.DrawFn, element: etree._Element) -> None:
    element.set(f"{{{XSI}}}nil", draw(st.sampled_from(("true", "false", "1", "maybe"))))


def _type(draw: st.DrawFn, element: etree._Element) -> None:
    declared = [t for t in _NAMES if t.removeprefix("irdbb:") in str(element.tag)]
    element.set(f"{{{XSI}}}type", draw(st.sampled_from([*declared * 20, *_TYPES])))


def _location(draw: st.DrawFn, element: etree._Element) -> None:
    element.set(f"{{{XSI}}}schemaLocation", "urn:other nowhere.xsd")


def _child(draw: st.DrawFn, element: etree._Element) -> None:
    etree.SubElement(
        element, f"{{{NAMESPACE}}}{draw(st.sampled_from(('VOIIdentifier', 'Extra')))}"
    ).text = "1"


def _empty(draw: st.DrawFn, element: etree._Element) -> None:
    tail = element.tail
    element.clear()
    element.tail = tail


MUTATIONS: tuple[Mutation, ...] = (
    _drop, _duplicate, _swap, _rename, _wrong_namespace, _wrong_value, _stray_text, _attribute, _nil, _type,
    _location, _child, _empty,
)  # fmt: skip


@st.composite
def broken(draw: st.DrawFn, source: st.SearchStrategy[etree._Element]) -> etree._Element:
    """A document after one to four mutations anywhere but at its root's name."""
    root = draw(source)
    for _ in range(draw(st.integers(1, 4))):
        elements = list(root.iter("*"))[1:]
        if not elements:
            break
        draw(st.sampled_from(MUTATIONS))(draw, draw(st.sampled_from(elements)))
    return root


@st.composite
def typed(draw: st.DrawFn, source: st.SearchStrategy[etree._Element]) -> etree._Element:
    """A document of which an element or two say a type, of which some may."""
    root = draw(source)
    elements = list(root.iter("*"))
    for _ in range(draw(st.integers(1, 2))):
        _type(draw, draw(st.sampled_from(elements)))
    return root


def as_bytes(root: etree._Element) -> bytes:
    """A document as a file holds it."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
