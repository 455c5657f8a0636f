"""What a file set asks an author for when it makes a block: the block's fields, less what it knows.

All of it follows from the plans and marks of the models. An identifier of the file set is
allotted; what the administration states is restated; what a row of `FOLLOWS` derives may be left
out. A reference asks for the thing itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ontomedirad.descriptor.block import Block, FieldPlan
from ontomedirad.descriptor.document import NonDicomFileSetDescriptor
from ontomedirad.descriptor.leaf import Integer
from ontomedirad.descriptor.marks import Identifier, Reference, Scope
from ontomedirad.descriptor.times import category_of
from ontomedirad.descriptor.treatment import AcquisitionSettings, TimePointDescriptionElement

OTHER_TIME = "additional timepoint"
"""The category of a time point that lies in no window."""


def _time_point(given: dict[str, Any]) -> dict[str, Any]:
    """The nearest category whose window holds the time point; the distance as its identifier.

    The identifier says the distance because time points are named within the administration: two
    file sets of one treatment agree on them.
    """
    try:
        distance = Integer(given["distance"])
    except (KeyError, TypeError, ValueError):
        return {}
    unit = str(given.get("unit"))
    return {
        "category": category_of(distance, unit) or OTHER_TIME,
        "identifier": f"{distance.canonical} {unit}",
    }


FOLLOWS: dict[type[Block], tuple[frozenset[str], Callable[[dict[str, Any]], dict[str, Any]]]] = {
    TimePointDescriptionElement: (frozenset({"category", "identifier"}), _time_point)
}
"""Fields that follow from the others of their block where an author leaves them out, and how."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A field as an author gives it.

    One that is `needed` has no default; `positional` ones may be given without their name. A
    reference is given as an object of one of `targets`.
    """

    field: FieldPlan
    needed: bool
    positional: bool
    targets: tuple[type[Block], ...] = ()

    @property
    def name(self) -> str:
        """The name of the field."""
        return self.field.name


@cache
def blocks_below(root: type[Block]) -> dict[str, type[Block]]:
    """The classes of the blocks that may stand in `root`, itself included, by name."""
    found: dict[str, type[Block]] = {}

    def walk(block: type[Block]) -> None:
        if block.__name__ not in found:
            found[block.__name__] = block
            for field in block.plan().fields:
                if field.block is not None:
                    walk(field.block)

    walk(root)
    return found


@cache
def targets(name: str) -> tuple[type[Block], ...]:
    """The classes that a reference to class `name` may mean: those of one kind share identifiers."""
    known = blocks_below(NonDicomFileSetDescriptor)
    kind = known[name].plan().kind
    return tuple(b for b in known.values() if b.meaning.key and b.plan().kind == kind)


@cache
def referred() -> frozenset[type[Block]]:
    """All classes that something refers to."""
    fields = (f for b in blocks_below(NonDicomFileSetDescriptor).values() for f in b.plan().fields)
    marks = (f.mark(Reference) for f in fields)
    return frozenset(b for m in marks if m is not None for b in targets(m.target))


@cache
def allotted(block: type[Block]) -> FieldPlan | None:
    """The field of an identifier that means nothing outside the file set, which allots it."""
    if block.meaning.scope is not Scope.file_set:
        return None
    fields = (block.plan().by_name[name] for name in block.meaning.key)
    return next((f for f in fields if f.mark(Identifier)), None)


@cache
def restated(block: type[Block]) -> frozenset[str]:
    """The fields in which a block of a treatment says again what AcquisitionSettings says."""
    given = AcquisitionSettings.plan().by_name
    if block is AcquisitionSettings:
        return frozenset()
    return frozenset(f.name for f in block.plan().fields if f.name in given and _same(f, given[f.name]))


def _same(one: FieldPlan, other: FieldPlan) -> bool:
    if one.leaf is not None and other.leaf is not None:
        return bool(one.leaf.vocabulary) and one.leaf.vocabulary == other.leaf.vocabulary
    return one.block is not None and one.block is other.block


@cache
def parameters(block: type[Block], treatment: bool) -> tuple[Parameter, ...]:
    """What to ask for, needed parts first; values at the front, up to the first block, need no names."""
    known = set(restated(block)) if treatment else set()
    known |= FOLLOWS[block][0] if block in FOLLOWS else set()
    identifier = allotted(block)
    known |= {identifier.name} if identifier is not None else set()
    return tuple(_parameters(block, known))


def _parameters(block: type[Block], known: set[str]) -> Iterator[Parameter]:
    def needed(field: FieldPlan) -> bool:
        return field.required and field.name not in known and block.model_fields[field.name].is_required()

    simple = True
    for field in sorted(block.plan().fields, key=lambda f: not needed(f)):
        simple = simple and needed(field) and field.block is None
        mark = field.mark(Reference)
        yield Parameter(field, needed(field), simple, targets(mark.target) if mark else ())


@cache
def in_short(block: type[Block], treatment: bool) -> tuple[Parameter, ...]:
    """The parts of a block that may be given as a tuple in its place; none where it may not.

    It may where it needs two values or more and no block, and nothing refers to it.
    """
    asked = [p for p in parameters(block, treatment) if p.needed]
    if block in referred() or len(asked) < 2 or not all(p.positional for p in asked):
        return ()
    return tuple(asked)
