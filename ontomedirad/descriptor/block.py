"""The base of all descriptor models, and the plan that reader, writer, XSD and graph share."""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, TypeVar, Union, get_args, get_origin

from annotated_types import MinLen
from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, ValidationError
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from ontomedirad.descriptor.leaf import Float, Integer
from ontomedirad.descriptor.marks import (
    Late,
    Mark,
    Meaning,
    Part,
    Process,
    Reference,
    Tag,
    Vocabulary,
    Wrapped,
)

if TYPE_CHECKING:
    from ontomedirad.translation.build import Build

M = TypeVar("M", bound=Mark)

NAMESPACE = "https://www.irdbb-medirad.com"
"""The XML namespace of every element."""


class Block(BaseModel):
    """A complex type of the descriptor. Fields stand in the order of their elements."""

    model_config = ConfigDict(extra="forbid", validate_assignment=True)

    meaning: ClassVar[Meaning] = Part()
    choice: ClassVar[bool] = False
    """Whether just one of the fields stands there (xs:choice)."""

    @classmethod
    def plan(cls) -> BlockPlan:
        """How this class is read, written and translated; made once a class."""
        if "_plan" not in cls.__dict__:
            cls._plan = BlockPlan(cls)
        return cls._plan

    _plan: ClassVar[BlockPlan]

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        from ontomedirad.descriptor.json_schema import by_element

        return by_element(cls, handler(schema), handler)

    def also(self, build: Build, node: str) -> None:
        """What marks cannot say of this individual; most blocks have nothing to add."""


@dataclass(frozen=True)
class Leaf:
    """A simple type: its XSD base, its values where it is a value list, how its text is read."""

    xsd: str
    parse: Callable[[str], Any]
    values: tuple[str, ...] = ()
    vocabulary: str = ""


_TEXT = Leaf("string", str)
_FLOAT = Leaf("float", Float)
_INTEGER = Leaf("integer", Integer)


@dataclass(frozen=True)
class FieldPlan:
    """One field: its element, how often it stands there, and what it means."""

    name: str
    tag: str
    item: str | None
    required: bool
    many: bool
    leaf: Leaf | None
    block: type[Block] | None
    marks: tuple[Mark, ...]
    filled: bool = True
    """Whether a container holds one item at least."""

    @cached_property
    def parse(self) -> Callable[[str], Any] | None:
        """How the text of a single leaf is read; None for blocks and lists."""
        return self.leaf.parse if self.leaf is not None and not self.many else None

    @cached_property
    def refers(self) -> str:
        """The class whose keys its values are; empty for other fields."""
        reference = self.mark(Reference)
        return reference.target if reference else ""

    @cached_property
    def late(self) -> bool:
        """Whether it is filled in after the document was written."""
        return self.mark(Late) is not None

    def mark(self, kind: type[M]) -> M | None:
        """The field's mark of that kind, or None."""
        return next((m for m in self.marks if isinstance(m, kind)), None)

    def all_marks(self, kind: type[M]) -> list[M]:
        """All marks of that kind."""
        return [m for m in self.marks if isinstance(m, kind)]


class BlockPlan:
    """The fields of a Block in the order of their elements."""

    def __init__(self, block: type[Block]) -> None:
        self.block = block
        self.name = block.__name__
        self.meaning = block.meaning
        hints = typing.get_type_hints(block, include_extras=True)
        self.fields = tuple(_field(name, hints[name]) for name in block.model_fields)
        self.blank: dict[str, Any] = dict.fromkeys(block.model_fields)
        self.names = frozenset(self.blank)
        self.is_process = isinstance(block.meaning, Process)

    @cached_property
    def by_tag(self) -> dict[str, FieldPlan]:
        """Fields by the Clark name of their element, as lxml gives it."""
        return {f"{{{NAMESPACE}}}{f.tag}": f for f in self.fields}

    @cached_property
    def by_name(self) -> dict[str, FieldPlan]:
        """Fields by their Python name."""
        return {f.name: f for f in self.fields}

    @property
    def kind(self) -> str:
        """What the individuals are called in their IRIs."""
        return self.meaning.kind or self.name


def _field(name: str, hint: Any) -> FieldPlan:
    marks: list[Mark] = []
    limits: list[Any] = []

    def bare(t: Any) -> Any:
        if get_origin(t) is Annotated:
            inner, *found = get_args(t)
            marks.extend(m for m in found if isinstance(m, Mark))
            limits.extend(x for m in found for x in getattr(m, "metadata", ()))
            return bare(inner)
        return t

    kind, required, many = bare(hint), True, False
    if get_origin(kind) in (Union, types.UnionType):
        kind, required = bare(next(a for a in get_args(kind) if a is not type(None))), False
    if get_origin(kind) is list:
        kind, many = bare(get_args(kind)[0]), True
    tag = next(m.name for m in marks if isinstance(m, Tag))
    item = next((m.item for m in marks if isinstance(m, Wrapped)), None)
    block = kind if isinstance(kind, type) and issubclass(kind, Block) else None
    leaf = None if block else _leaf(kind, marks)
    filled = any(isinstance(x, MinLen) for x in limits)
    return FieldPlan(name, tag, item, required, many, leaf, block, tuple(marks), filled)


def _leaf(kind: Any, marks: list[Mark]) -> Leaf:
    vocabulary = next((m.name for m in marks if isinstance(m, Vocabulary)), "")
    if get_origin(kind) is Literal:
        values = get_args(kind)
        allowed = {v: v for v in values}
        return Leaf("string", allowed.__getitem__, values, vocabulary)
    return {str: _TEXT, Float: _FLOAT, Integer: _INTEGER}[kind]


@cache
def blocks_by_name() -> dict[str, type[Block]]:
    """Every Block class by its name, for references."""
    found, todo = {}, list(Block.__subclasses__())
    while todo:
        block = todo.pop()
        found[block.__name__] = block
        todo += block.__subclasses__()
    return found


def make(block: type[Block], values: dict[str, Any]) -> Block:
    """A model from values that the XSD has already judged, without judging them again.

    What pydantic's `model_construct` does at its end; that method was four times slower here,
    and absent or unreadable parts must stay None so that reference rules can go on.
    """
    model = block.__new__(block)
    object.__setattr__(model, "__dict__", values)
    object.__setattr__(model, "__pydantic_fields_set__", set(values))
    object.__setattr__(model, "__pydantic_extra__", None)
    object.__setattr__(model, "__pydantic_private__", None)
    return model


__all__ = [
    "NAMESPACE",
    "Block",
    "BlockPlan",
    "FieldPlan",
    "Leaf",
    "ValidationError",
    "blocks_by_name",
    "make",
]
