"""What a document declares and refers to, gathered in one walk over its models."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

from lxml import etree

from ontomedirad.descriptor import marks
from ontomedirad.descriptor.block import NAMESPACE, Block, FieldPlan
from ontomedirad.descriptor.document import NonDicomFileSetDescriptor
from ontomedirad.descriptor.leaf import Integer
from ontomedirad.descriptor.read import Document
from ontomedirad.report import Place


@dataclass(frozen=True, slots=True)
class Mention:
    """A block where it stands: in which field of which block, inside which process."""

    model: Block
    field: FieldPlan | None
    process: Block | None


@dataclass(frozen=True, slots=True)
class Use:
    """A key that a field refers to; `index` counts the values of a list."""

    key: str
    model: Block
    field: FieldPlan
    index: int


class Facts:
    """Declarations by class and key, and references, each with its place on demand."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.root: NonDicomFileSetDescriptor = document.root
        self.mentions: dict[type[Block], list[Mention]] = {}
        self.uses: dict[str, list[Use]] = {}
        self._declared: dict[type[Block], dict[str, list[Mention]]] = {}
        self._walk(self.root, None, None)
        if document.dicom is not None:
            self._walk(document.dicom, None, None)

    def _walk(self, model: Block, field: FieldPlan | None, process: Block | None) -> None:
        cls = type(model)
        self.mentions.setdefault(cls, []).append(Mention(model, field, process))
        if isinstance(cls.meaning, marks.Process):
            process = model
        for inner, target in _relevant(cls):
            value = getattr(model, inner.name)
            if value is None:
                continue
            items = value if inner.many else (value,)
            if target is None:
                for item in items:
                    self._walk(item, inner, process)
            else:
                uses = self.uses.setdefault(target, [])
                uses += [Use(key(v), model, inner, i) for i, v in enumerate(items) if v is not None]

    def of(self, cls: type[Block]) -> list[Mention]:
        """All mentions of a block class, in document order."""
        return self.mentions.get(cls, [])

    def declared(self, cls: type[Block]) -> dict[str, list[Mention]]:
        """Mentions of a class by their key."""
        if cls not in self._declared:
            found: dict[str, list[Mention]] = {}
            for mention in self.of(cls):
                text = key_of(mention.model)
                if text is not None:
                    found.setdefault(text, []).append(mention)
            self._declared[cls] = found
        return self._declared[cls]

    def place(self, model: Block, field: str = "", index: int | None = None) -> Place:
        """Where a block stands, or one of its fields, or the value of a list at `index`."""
        element = self.document.element_of(model)
        if field:
            plan = type(model).plan().by_name[field]
            element = _child(element, plan, index)
        return self.document.place(element)


def _child(element: etree._Element, field: FieldPlan, index: int | None) -> etree._Element:
    """The element of a field's value; of one that stands too often the last, which was read."""
    if index is not None and field.many and field.item is None:
        return _nth(element, field.tag, index)
    *_, found = (element, *element.iterfind(f"{{{NAMESPACE}}}{field.tag}"))
    return found if index is None or field.item is None else _nth(found, field.item, index)


def _nth(parent: etree._Element, tag: str, index: int) -> etree._Element:
    return next(islice(parent.iterfind(f"{{{NAMESPACE}}}{tag}"), index, None), parent)


@cache
def _relevant(cls: type[Block]) -> list[tuple[FieldPlan, str | None]]:
    """Fields to walk: nested blocks (None), and references (the name of their target)."""
    rows: list[tuple[FieldPlan, str | None]] = []
    for field in cls.plan().fields:
        reference = field.mark(marks.Reference)
        if field.block is not None:
            rows.append((field, None))
        elif reference is not None:
            rows.append((field, reference.target))
    return rows


def key(value: Any) -> str:
    """A leaf as the key that references compare: numbers without spelling, text trimmed."""
    return value.canonical if isinstance(value, Integer) else str(value).strip()


def key_of(model: Block) -> str | None:
    """The key of an individual by its class mark; None where part of it is missing."""
    parts = [getattr(model, name) for name in type(model).meaning.key]
    if not parts or any(p is None for p in parts):
        return None
    return "\x1f".join(key(p) for p in parts)
