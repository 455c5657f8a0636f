"""What a document, or a part of one, declares and refers to, for the rules."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import islice

from lxml import etree

from ontomedirad.descriptor.block import NAMESPACE, Block, FieldPlan
from ontomedirad.descriptor.document import NonDicomFileSetDescriptor
from ontomedirad.descriptor.read import Document
from ontomedirad.descriptor.standing import Mention, Use, key
from ontomedirad.report import Place

Places = Callable[[Block, str, int | None], Place]
"""Where a block stands, or its field of that name, or the value at an index of that field's list."""


class Facts:
    """Declarations by class and key, and references, each with its place on demand."""

    def __init__(
        self,
        root: NonDicomFileSetDescriptor,
        place: Places,
        mentions: dict[type[Block], list[Mention]],
        uses: dict[str, list[Use]],
    ) -> None:
        self.root = root
        self._place = place
        self.mentions = mentions
        self.uses = uses
        self._declared: dict[type[Block], dict[str, list[Mention]]] = {}

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
        return self._place(model, field, index)


def facts_of(document: Document) -> Facts:
    """What a document that was read declares and refers to."""

    def place(model: Block, field: str, index: int | None) -> Place:
        element = document.element_of(model)
        if field:
            element = _child(element, type(model).plan().by_name[field], index)
        return document.place(element)

    root = document.root
    return Facts(root, place, document.reading.mentions, document.reading.uses)


def facts_in(part: Block, root: NonDicomFileSetDescriptor, place: Places) -> Facts:
    """What a part of a document declares and refers to, of which there are only models yet."""
    facts = Facts(root, place, {}, {})
    _gather(facts, part, None, None)
    return facts


def _gather(facts: Facts, model: Block, field: FieldPlan | None, process: Block | None) -> None:
    cls = type(model)
    facts.mentions.setdefault(cls, []).append(Mention(model, field, process))
    if cls.plan().is_process:
        process = model
    for inner in _relevant(cls):
        value = getattr(model, inner.name)
        items = enumerate(() if value is None else value if inner.many else (value,))
        for index, item in items:
            if inner.block is not None:
                _gather(facts, item, inner, process)
            elif item is not None:
                facts.uses.setdefault(inner.refers, []).append(Use(item, model, inner, index))


@cache
def _relevant(cls: type[Block]) -> tuple[FieldPlan, ...]:
    """Fields that hold blocks, or refer to some."""
    return tuple(f for f in cls.plan().fields if f.block is not None or f.refers)


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


__all__ = ["Facts", "Mention", "facts_in", "facts_of", "key", "key_of"]
