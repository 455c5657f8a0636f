"""From the tree to models in one walk: each model with where it stands, and what it refers to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from ontomedirad.descriptor.block import NAMESPACE, Block, BlockPlan, FieldPlan, make
from ontomedirad.descriptor.leaf import Integer

_IS, _OPEN, _CLOSE = "\x1f", "\x1e", "\x1d"
"""Between a tag and its text, before and after what is within: characters that XML cannot hold."""


def key(value: Any) -> str:
    """A leaf as the key that references compare: numbers without spelling, text trimmed."""
    return value.canonical if isinstance(value, Integer) else str(value).strip()


@dataclass(slots=True, eq=False)
class Mention:
    """A block where it stands: in which field of which block, inside which process."""

    model: Block
    field: FieldPlan | None
    process: Block | None


@dataclass(slots=True, eq=False)
class Standing(Mention):
    """A mention in a document: in which element, which one of all, at which path."""

    element: etree._Element
    number: int
    path: str
    said: str = ""
    """Tags and texts without white space between elements, FHIR identifiers and the order of lists."""


@dataclass(slots=True, eq=False)
class Use:
    """A value that names something declared elsewhere; `index` counts the values of a list."""

    value: Any
    model: Block
    field: FieldPlan
    index: int

    @property
    def key(self) -> str:
        """The key that it names."""
        return key(self.value)


@dataclass(slots=True, eq=False)
class Reading:
    """All models of a tree, by identity and by class; what they refer to, by the class referred to."""

    standings: dict[int, Standing] = field(default_factory=dict)
    mentions: dict[type[Block], list[Mention]] = field(default_factory=dict)
    uses: dict[str, list[Use]] = field(default_factory=dict)
    unreadable: list[etree._Element] = field(default_factory=list)

    def enter(
        self,
        model: Block,
        element: etree._Element,
        path: str,
        field: FieldPlan | None = None,
        process: Block | None = None,
    ) -> Standing:
        """A model begins here."""
        standing = Standing(model, field, process, element, len(self.standings), path)
        self.standings[id(model)] = standing
        found = self.mentions.get(type(model))
        if found is None:
            found = self.mentions[type(model)] = []
        found.append(standing)
        return standing

    def block(
        self,
        element: etree._Element,
        plan: BlockPlan,
        path: str,
        around: FieldPlan | None = None,
        process: Block | None = None,
    ) -> Standing:
        """The model of an element, with everything in it."""
        values = plan.blank.copy()
        by_tag = plan.by_tag
        said: list[str] = []
        model = make(plan.block, values)
        standing = self.enter(model, element, path, around, process)
        if plan.is_process:
            process = model
        for child in element:
            field = by_tag.get(child.tag)  # type: ignore[arg-type]
            if field is None:
                continue
            if field.parse is not None:
                text = child.text or ""
                try:
                    value = values[field.name] = field.parse(text)
                    if field.refers:
                        self._refer(value, model, field, 0)
                except (ValueError, KeyError):  # the XSD gate tells; rules go on without the value
                    self.unreadable.append(child)
                if not field.late:
                    said.append(f"{field.tag}{_IS}{text}{_CLOSE}")
                continue
            below = f"{path}/{field.tag}"
            if field.item is not None:
                tag = f"{{{NAMESPACE}}}{field.item}"
                items: list[Any] = []
                texts: list[str] = []
                for item in child:
                    if item.tag == tag:
                        place = f"{below}/{field.item}[{len(items) + 1}]"
                        texts.append(self._one(item, field, model, process, place, items))
                values[field.name] = items
                texts.sort()
                inner = _OPEN.join(texts)
            elif field.many:
                items = values[field.name] = values[field.name] or []
                inner = self._one(child, field, model, process, f"{below}[{len(items) + 1}]", items)
            else:
                items = []
                inner = self._one(child, field, model, process, below, items)
                values[field.name] = items[0]
            said.append(f"{field.tag}{_OPEN}{inner}{_CLOSE}")
        said.sort()
        standing.said = "".join(said)
        return standing

    def _one(
        self,
        element: etree._Element,
        field: FieldPlan,
        model: Block,
        process: Block | None,
        path: str,
        items: list[Any],
    ) -> str:
        """Put the value of an element to `items`; returns what it says."""
        if field.block is not None:
            standing = self.block(element, field.block.plan(), path, field, process)
            items.append(standing.model)
            return standing.said
        assert field.leaf is not None
        text = element.text or ""
        try:
            value = field.leaf.parse(text)
            if field.refers:
                self._refer(value, model, field, len(items))
            items.append(value)
        except (ValueError, KeyError):
            self.unreadable.append(element)
            items.append(None)
        return text

    def _refer(self, value: Any, model: Block, field: FieldPlan, index: int) -> None:
        found = self.uses.get(field.refers)
        if found is None:
            found = self.uses[field.refers] = []
        found.append(Use(value, model, field, index))
