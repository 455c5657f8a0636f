"""What a field says of the individual around it: texts, identifiers, kinds, times, agents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ontomedirad import vocabulary
from ontomedirad.descriptor import marks
from ontomedirad.descriptor.block import FieldPlan
from ontomedirad.texts import has_time, moment
from ontomedirad.translation import literals
from ontomedirad.translation.build import TYPE, Build
from ontomedirad.translation.sources import SI, key_text
from ontomedirad.vocabulary import term

Emit = Callable[[Build, str, Any, str], None]
"""(build, individual around, model, path) → writes one field's statements."""


def _text(field: FieldPlan, mark: marks.Text) -> Emit:
    predicate, name = term(mark.predicate), field.name
    if mark.form == "{}":
        return lambda b, node, model, path: b.add(node, predicate, literals.text(getattr(model, name)))
    return lambda b, node, model, path: b.add(
        node, predicate, literals.text(mark.form.format(getattr(model, name)))
    )


def _identifier(field: FieldPlan, mark: marks.Identifier) -> Emit:
    predicate, name = term("om:has_id"), field.name
    return lambda b, node, model, path: b.add(node, predicate, literals.text(key_text(getattr(model, name))))


def _kind(field: FieldPlan, mark: marks.Kind) -> Emit:
    assert field.leaf is not None
    classes, name = vocabulary.values()[field.leaf.vocabulary], field.name
    return lambda b, node, model, path: b.add(node, TYPE, classes[getattr(model, name)])


def _duration(field: FieldPlan, mark: marks.Duration) -> Emit:
    properties, name = vocabulary.values()["duration"], field.name

    def emit(build: Build, node: str, model: Any, path: str) -> None:
        value, unit = getattr(model, name), getattr(model, mark.unit)
        literal, canonical = literals.number(value)
        if unit is None:
            return
        build.add(node, properties[unit], literal)
        if canonical != value.text:
            build.text(node, "omx:value_as_written", value.text)
        known = vocabulary.unit_of(unit)
        si = literals.si_value(value, known) if known else None
        if si is not None:
            build.add(node, SI, si)

    return emit


def _beginning(field: FieldPlan, mark: marks.Beginning) -> Emit:
    name = field.name

    def emit(build: Build, node: str, model: Any, path: str) -> None:
        written = getattr(model, name)
        begun = moment(written)
        canonical = ""
        if begun is not None and has_time(written):
            literal, canonical = literals.date_time(begun)
            build.add(node, term("prov:startedAtTime"), literal)
            build.text(node, "om:has_beginning", begun.strftime("%Y%m%dT%H%M%S"))
        elif begun is not None:
            build.text(node, "om:has_beginning", begun.strftime("%Y%m%d"))
        if canonical != written:
            build.text(node, "omx:time_as_written", written)

    return emit


def _agent(field: FieldPlan, mark: marks.Agent) -> Emit:
    name = field.name

    def emit(build: Build, node: str, model: Any, path: str) -> None:
        frame = build.frames[-1]
        made = build.institution(getattr(model, name), frame.process)
        build.mention(made, model)
        frame.agents.append(made)

    return emit


SAYINGS: dict[type, Callable[[FieldPlan, Any], Emit]] = {
    marks.Text: _text,
    marks.Identifier: _identifier,
    marks.Kind: _kind,
    marks.Duration: _duration,
    marks.Beginning: _beginning,
    marks.Agent: _agent,
}
