"""What a field says of the individual around it: texts, identifiers, kinds, times, agents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ontomedirad.descriptor import marks
from ontomedirad.descriptor.block import FieldPlan
from ontomedirad.texts import has_time, key_text, moment
from ontomedirad.translation import literals
from ontomedirad.translation.build import Build
from ontomedirad.translation.sources import duration
from ontomedirad.vocabulary import term

Saying = Callable[[Build, str, Any, Any], None]
"""(build, individual around, value, model) → writes what the field says of the individual."""


def _text(field: FieldPlan, mark: marks.Text) -> Saying:
    predicate = term(mark.predicate)
    return lambda build, node, value, model: build.add(
        node, predicate, literals.text(mark.form.format(value))
    )


def _identifier(field: FieldPlan, mark: marks.Identifier) -> Saying:
    predicate = term("om:has_id")
    return lambda build, node, value, model: build.add(node, predicate, literals.text(key_text(value)))


def _duration(field: FieldPlan, mark: marks.Duration) -> Saying:
    return lambda build, node, value, model: duration(build, node, value, getattr(model, mark.unit))


def _beginning(field: FieldPlan, mark: marks.Beginning) -> Saying:
    def say(build: Build, node: str, written: Any, model: Any) -> None:
        begun, canonical = moment(written), None
        if begun is not None and has_time(written):
            literal, canonical = literals.date_time(begun)
            build.add(node, term("prov:startedAtTime"), literal)
            build.text(node, "om:has_beginning", _digits(begun.isoformat(timespec="seconds")[:19]))
        elif begun is not None:
            build.text(node, "om:has_beginning", _digits(begun.date().isoformat()))
        if canonical != written:
            build.text(node, "omx:time_as_written", written)

    return say


def _digits(text: str) -> str:
    """A date and time as original queries cut it: `YYYYMMDDTHHMMSS`."""
    return text.replace("-", "").replace(":", "")


def _agent(field: FieldPlan, mark: marks.Agent) -> Saying:
    def say(build: Build, node: str, value: Any, model: Any) -> None:
        frame = build.frames[-1]
        make = build.institution if mark.kind == "institution" else build.software
        for at, name in enumerate(value if field.many else (value,), 1):
            made = make(name, frame.process)
            build.mention(made, model)
            frame.agents.append(made)
            if field.many:
                build.stand(made, model, field, at)
            build.spell(made, name, model, field, at if field.many else 0)

    return say


SAYINGS: dict[type, Callable[[FieldPlan, Any], Saying]] = {
    marks.Text: _text,
    marks.Identifier: _identifier,
    marks.Duration: _duration,
    marks.Beginning: _beginning,
    marks.Agent: _agent,
}
