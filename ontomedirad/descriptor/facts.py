"""What a document declares and refers to, for the rules."""

from __future__ import annotations

from itertools import islice

from lxml import etree

from ontomedirad.descriptor.block import NAMESPACE, Block, FieldPlan
from ontomedirad.descriptor.document import NonDicomFileSetDescriptor
from ontomedirad.descriptor.read import Document
from ontomedirad.descriptor.standing import Standing, key
from ontomedirad.report import Place


class Facts:
    """Declarations by class and key, and references, each with its place on demand."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.root: NonDicomFileSetDescriptor = document.root
        self.mentions = document.reading.mentions
        self.uses = document.reading.uses
        self._declared: dict[type[Block], dict[str, list[Standing]]] = {}

    def of(self, cls: type[Block]) -> list[Standing]:
        """All mentions of a block class, in document order."""
        return self.mentions.get(cls, [])

    def declared(self, cls: type[Block]) -> dict[str, list[Standing]]:
        """Mentions of a class by their key."""
        if cls not in self._declared:
            found: dict[str, list[Standing]] = {}
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


def key_of(model: Block) -> str | None:
    """The key of an individual by its class mark; None where part of it is missing."""
    parts = [getattr(model, name) for name in type(model).meaning.key]
    if not parts or any(p is None for p in parts):
        return None
    return "\x1f".join(key(p) for p in parts)


__all__ = ["Facts", "Standing", "key", "key_of"]
