"""Where a field's nodes come from: nested blocks, references, coded values, named individuals."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from ontomedirad import vocabulary
from ontomedirad.descriptor.block import Block, BlockPlan, FieldPlan, blocks_by_name
from ontomedirad.descriptor.leaf import Float, Integer
from ontomedirad.descriptor.marks import Coded, Input, Instance, Kind, Measured, Output, Reference, Text
from ontomedirad.texts import key_text
from ontomedirad.translation import literals
from ontomedirad.translation.build import Build
from ontomedirad.translation.names import key_in
from ontomedirad.translation.statements import TYPE, Statements
from ontomedirad.vocabulary import UnitTerms, term

Source = Callable[[Build, str, Any, Any, str], str]
"""(build, individual around, model around, value, path) → the value's node."""

VALUE = term("obo:IAO_0000004")
SI = term("omx:has_SI_value")
AS_WRITTEN = term("omx:value_as_written")
ENTITY = term("prov:Entity")
PATIENT = term("om:has_patient")


def refer(build: Build, target: BlockPlan, value: Any, model: Block) -> str:
    """The node that a reference names, declared or not: its key is all that a name needs.

    The key is said of it too, so that a reference to what the document lacks is not lost.
    """
    asked = (target.kind, value)
    node = build.references.get(asked)
    if node is None:
        scope = target.meaning.scope
        node = build.names.name(target.kind, *build.key_of(scope, "", ""), key_in(scope)(value))
        build.references[asked] = node
        build.referred.setdefault(node, model)
        build.add(node, _key_predicate(target), literals.text(key_text(value)))
    return node


@cache
def _key_predicate(target: BlockPlan) -> str:
    """The predicate under which an individual of that class says its key."""
    (name,) = target.meaning.key
    text = target.by_name[name].mark(Text)
    return term(text.predicate if text else "om:has_id")


def reference(field: FieldPlan, mark: Reference) -> Source:
    """The text is a key."""
    plan: BlockPlan | None = None

    def source(build: Build, node: str, model: Any, value: Any, path: str) -> str:
        nonlocal plan
        if plan is None:
            plan = blocks_by_name()[mark.target].plan()
        return refer(build, plan, value, model)

    return source


def coded(field: FieldPlan, mark: Coded) -> Source:
    """The value is a class used as an individual."""
    classes = vocabulary.values()[_vocabulary(field)]

    def source(build: Build, node: str, model: Any, value: Any, path: str) -> str:
        class_ = classes[value]
        build.punned(class_)
        return class_

    return source


def kind(field: FieldPlan, mark: Kind) -> Source:
    """The value is a class."""
    classes = vocabulary.values()[_vocabulary(field)]
    return lambda build, node, model, value, path: classes[value]


def instance(field: FieldPlan, mark: Instance) -> Source:
    """The value makes an individual of the classes given and of its coded class."""
    listed = field.leaf is not None and field.leaf.vocabulary
    classes = vocabulary.values()[_vocabulary(field)] if listed else {}
    types = tuple(term(t) for t in mark.types)
    kind = mark.kind or field.name
    used = any(isinstance(m, (Input, Output)) for m in field.marks)

    def source(build: Build, node: str, model: Any, value: Any, path: str) -> str:
        made = build.names.name(kind, *build.key_of(mark.scope, node, f"{path}/{field.tag}"), key_text(value))
        for class_ in types:
            build.add(made, TYPE, class_)
        if classes:
            build.add(made, TYPE, classes[value])
        if mark.named:
            build.text(made, "om:has_name", value)
        if used:
            build.add(made, TYPE, ENTITY)
        if mark.body_part:
            build.link("body part", made, build.patient)
            build.organs.setdefault(node, []).append(made)
        build.mention(made, model)
        return made

    return source


def measured(field: FieldPlan, mark: Measured) -> Source:
    """The number or text is a quantity of its own."""
    types = tuple(term(t) for t in mark.types)

    def source(build: Build, node: str, model: Any, value: Any, path: str) -> str:
        unit = mark.fixed_unit or (getattr(model, mark.unit) if mark.unit else "")
        made = measurement(build, node, field.name, types, value, unit, duration if mark.time else quantity)
        if mark.regions:
            for region in getattr(model, mark.regions) or ():
                build.link("measured in", made, refer(build, blocks_by_name()["VOI"].plan(), region, model))
        if build.of_patient:
            build.lines[made + build.patient_tail] = None
        build.mention(made, model)
        return made

    return source


def measurement(
    build: Build,
    owner: str,
    name: str,
    types: Iterable[str],
    value: Any,
    unit: str | None,
    write: Callable[[Build, str, Any, str | None], None],
) -> str:
    """A quantity of its own that belongs to `owner`: one for each value and unit."""
    made = build.names.name("measurement", owner, name, key_text(value), unit or "")
    for class_ in types:
        build.add(made, TYPE, class_)
    build.add(made, TYPE, ENTITY)
    write(build, made, value, unit)
    return made


def quantity(build: Build, node: str, value: Any, unit: str | None) -> None:
    """Value, unit, UCUM code, QUDT unit and SI value of a quantity.

    `unit` is as the source writes it. Text that is a number counts as one; text that is not, and a
    unit that no table knows, are kept as they stand.
    """
    stated(build, node, value, vocabulary.unit_of(unit) if unit else None, unit or "")


def stated(build: Statements, node: str, value: Any, known: UnitTerms | None, written: str) -> None:
    """What `quantity` says, in a unit that is known already; `written` is kept where none is known."""
    number = value if isinstance(value, (Float, Integer)) else _number(value)
    if number is not None:
        literal, canonical = literals.number(number)
        build.add(node, VALUE, literal)
        if canonical != number.text:
            build.add(node, AS_WRITTEN, literals.text(number.text))
    elif value is not None:
        build.add(node, VALUE, literals.text(value))
    if known is None:
        if written:
            build.text(node, "omx:unit_as_written", written)
        return
    build.punned(known.term)
    for tail in known.tails:
        build.lines[node + tail] = None
    si = literals.si_value(number, known) if number is not None else None
    if si is not None:
        build.add(node, SI, si)


def _number(value: Any) -> Float | None:
    if value is None:
        return None
    try:
        return Float(value)
    except ValueError:
        return None


def duration(build: Build, node: str, value: Any, unit: str | None) -> None:
    """A length of time under the property of its unit, and in seconds."""
    if unit is None:
        return
    literal, canonical = literals.number(value)
    build.add(node, vocabulary.values()["duration"][unit], literal)
    if canonical != value.text:
        build.add(node, AS_WRITTEN, literals.text(value.text))
    known = vocabulary.unit_of(unit)
    si = literals.si_value(value, known) if known else None
    if si is not None:
        build.add(node, SI, si)


def _vocabulary(field: FieldPlan) -> str:
    assert field.leaf is not None
    return field.leaf.vocabulary


LEAF_SOURCES: dict[type, Callable[[FieldPlan, Any], Source]] = {
    Reference: reference,
    Coded: coded,
    Kind: kind,
    Instance: instance,
    Measured: measured,
}
