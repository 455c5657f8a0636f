"""From a field's marks to the code that writes its quads, made once a field.

A field says where its nodes come from (`sources`), which part they play (`parts`), and what it
says of the individual around it (`sayings`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from ontomedirad.descriptor import marks
from ontomedirad.descriptor.block import Block, BlockPlan, FieldPlan, blocks_by_name
from ontomedirad.translation.build import Build
from ontomedirad.translation.form import follows, keeper
from ontomedirad.translation.parts import PARTS
from ontomedirad.translation.sayings import SAYINGS
from ontomedirad.translation.sources import (
    LEAF_SOURCES,
    Source,
    refer,
)
from ontomedirad.vocabulary import term

if TYPE_CHECKING:
    from ontomedirad.translation.translator import Translator

Emit = Callable[[Build, str, Any, str], None]
"""(build, individual around, model, path) → writes one field's statements."""

Nodes = Callable[[Build, str, Any, Any, str], None]
"""(build, individual around, value, model, path) → makes a field's nodes and the parts they play."""


def emitter(field: FieldPlan, plan: BlockPlan) -> Emit | None:
    """The code that writes a field of a block; None where the field says nothing by itself."""
    says = [make(field, m) for m in field.marks if (make := SAYINGS.get(type(m))) is not None]
    nodes = _block_nodes(field) if field.block is not None else _leaf_nodes(field)
    name, keep = field.name, keeper(field, plan)
    if nodes is None and not says and keep is None:
        return None

    def emit(build: Build, node: str, model: Any, path: str) -> None:
        value = getattr(model, name)
        if value is None:
            return
        for say in says:
            say(build, node, value, model)
        if keep is not None:
            keep(build.form, model, value)
        if nodes is not None:
            nodes(build, node, value, model, path)

    return emit


def _items(build: Build, field: FieldPlan, value: Any, path: str) -> list[tuple[Any, str]]:
    """The blocks of a field, each with the path that names boxes.

    A list is gone through in the order of what its items say: the order they are written in says
    nothing, and must not change a name.
    """
    below = f"{path}/{field.tag}"
    if not field.many:
        return [(value, below)]
    said = build.document.standing_of
    ordered = sorted(value, key=lambda item: said(item).said) if len(value) > 1 else value
    return [(item, f"{below}[{i}]") for i, item in enumerate(ordered, 1)]


def _leaf_nodes(field: FieldPlan) -> Nodes | None:
    source = _leaf_source(field)
    if source is None:
        return None
    prov = field.mark(marks.Coded) is None
    parts = [make(m, False, prov) for m in field.marks if (make := PARTS.get(type(m))) is not None]
    name, many, linked = field.name, field.many, field.name in _linked_fields()
    stands, stand = follows(field) is None, _stand_of(field)

    def emit(build: Build, node: str, value: Any, model: Any, path: str) -> None:
        for at, item in enumerate(value, 1) if many else ((0, value),):
            made = source(build, node, model, item, path)
            if stands:
                stand(build, made, model, field, at, item)
            for part in parts:
                part(build, node, made)
            if linked:
                _remember(build, name, node, made)

    return emit


def standing(field: FieldPlan, plan: BlockPlan) -> Emit | None:
    """The code that says again how a leaf is written, and no more; None where there is nothing to say."""
    source, keep = _leaf_source(field), keeper(field, plan)
    stands = source is not None and follows(field) is None
    if not stands and keep is None:
        return None
    name, many, stand = field.name, field.many, _stand_of(field)

    def emit(build: Build, node: str, model: Any, path: str) -> None:
        value = getattr(model, name)
        if value is None:
            return
        if keep is not None:
            keep(build.form, model, value)
        if stands and source is not None:
            for at, item in enumerate(value, 1) if many else ((0, value),):
                stand(build, source(build, node, model, item, path), model, field, at, item)

    return emit


def _stand_of(field: FieldPlan) -> Callable[[Build, str, Any, FieldPlan, int, Any], None]:
    """How the place of a leaf's node is said; of a quantity, how its number is spelled there too."""
    if field.mark(marks.Measured):
        return lambda build, node, model, field, at, value: build.measured_as(node, model, field, value)
    return lambda build, node, model, field, at, value: build.stand(node, model, field, at)


def _leaf_source(field: FieldPlan) -> Source | None:
    return next((LEAF_SOURCES[type(m)](field, m) for m in field.marks if type(m) in LEAF_SOURCES), None)


def _block_nodes(field: FieldPlan) -> Nodes:
    assert field.block is not None
    block, name, linked = field.block, field.name, field.name in _linked_fields()
    meaning = block.meaning
    stored, here = field.mark(marks.StoredIn), field.mark(marks.MeasuredHere)
    if isinstance(meaning, marks.Part):

        def emit_part(build: Build, node: str, value: Any, model: Any, path: str) -> None:
            inner = _translator(block).emitters
            for item, below in _items(build, field, value, path):
                if not any(v is not None for v in item.__dict__.values()):
                    build.form.leaf(build.document.standing_of(item).path, None)
                for emit in inner:
                    emit(build, node, item, below)

        return emit_part
    dated = isinstance(meaning, marks.Thing) and meaning.dated
    groups = [
        (types, [make(m, dated, True) for m in found if (make := PARTS.get(type(m))) is not None])
        for types, found in _groups(field, meaning.keyed_by_type)
    ]

    def emit(build: Build, node: str, value: Any, model: Any, path: str) -> None:
        inner = _translator(block)
        if here is not None:
            at = references_of(
                build, model.plan().by_name[here.at], blocks_by_name()["TimePointDescriptionElement"], model
            )
            build.here = ([node] if here.region else [], at)
        items = _items(build, field, value, path)
        single = stored is not None and len(items) == 1
        for item, below in items:
            for types, parts in groups:
                made = inner.describe(build, item, node, below, types, kindless=single)
                for part in parts:
                    part(build, node, made)
                if linked:
                    _remember(build, name, node, made)
                if here is not None:
                    inner.measure_here(build, made)
            if single:
                for inner_emit in inner.emitters:
                    inner_emit(build, node, item, below)
        build.here = ([], [])

    return emit


def _groups(field: FieldPlan, keyed_by_type: bool) -> list[tuple[tuple[str, ...], list[marks.Mark]]]:
    """The types and marks of each individual that a block makes: one, or one a typed mark."""
    typed = [m for m in field.marks if getattr(m, "types", ())]
    if not keyed_by_type or not typed:
        types = dict.fromkeys(term(t) for m in typed for t in getattr(m, "types", ()))
        return [(tuple(types), list(field.marks))]
    rest = [m for m in field.marks if m not in typed]
    return [(tuple(term(t) for t in getattr(m, "types", ())), [m, *rest]) for m in typed]


@cache
def _linked_fields() -> frozenset[str]:
    """Names of the fields whose nodes some other field's `Linked` asks for."""
    plans = [block.plan() for block in blocks_by_name().values()]
    found = [m.fields for p in plans for f in p.fields for m in f.all_marks(marks.Linked)]
    return frozenset(name for fields in found for name in fields)


def _remember(build: Build, name: str, node: str, made: str) -> None:
    frame = build.frame
    if frame is not None and frame.process == node:
        frame.nodes.setdefault(name, []).append(made)


def references_of(build: Build, field: FieldPlan, target: type[Block], model: Block) -> list[str]:
    """The nodes that a field of keys names."""
    value = getattr(model, field.name)
    values = value if field.many else [value]
    return [refer(build, target.plan(), v, model) for v in values or () if v is not None]


def _translator(block: type[Block]) -> Translator:
    """The translator of a nested block; it needs this module, so it is found when first called for."""
    from ontomedirad.translation.translator import translator

    return translator(block)
