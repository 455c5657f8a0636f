"""The part that a field's node plays: what each role mark writes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ontomedirad import vocabulary
from ontomedirad.descriptor import marks
from ontomedirad.translation.build import Build
from ontomedirad.translation.sources import ENTITY
from ontomedirad.translation.statements import TYPE
from ontomedirad.vocabulary import term

Part = Callable[[Build, str, str], None]
"""(build, individual around, the field's node) → writes the part that the node plays."""


def _input(mark: marks.Input, dated: bool, prov: bool) -> Part:
    def part(build: Build, node: str, made: str) -> None:
        frame = build.frames[-1]
        if not prov:
            build.link("input", frame.process, made, prov=False)
            return
        build.uses(frame, made)
        if dated:
            frame.dated.append(made)

    return part


def _output(mark: marks.Output, dated: bool, prov: bool) -> Part:
    def part(build: Build, node: str, made: str) -> None:
        frame = build.frames[-1]
        build.makes(frame, made)
        if dated:
            frame.dated.append(made)

    return part


def _role(mark: marks.Role, dated: bool, prov: bool) -> Part:
    if mark.of_process:
        return lambda build, node, made: build.link(mark.name, build.frames[-1].process, made, prov)
    return lambda build, node, made: build.link(mark.name, node, made, prov)


def _linked(mark: marks.Linked, dated: bool, prov: bool) -> Part:
    return lambda build, node, made: build.frames[-1].links.append((made, mark))


def _integrates(mark: marks.Integrates, dated: bool, prov: bool) -> Part:
    class_ = term(mark.type)

    def part(build: Build, node: str, made: str) -> None:
        regions, times = build.measured.get(made, ((), ()))
        for region in regions:
            for rate in build.measurements.get((class_, region), ()):
                at = build.measured[rate][1]
                if not times or not at or not at.isdisjoint(times):
                    build.uses(build.frames[-1], rate)
                    build.link("rests on", made, rate)

    return part


def _time_point(mark: marks.TimePoint, dated: bool, prov: bool) -> Part:
    def part(build: Build, node: str, made: str) -> None:
        frame = build.frames[-1]
        frame.times.append(made)
        build.link("about", frame.process, made)

    return part


def _method(mark: marks.Method, dated: bool, prov: bool) -> Part:
    plan = term("prov:Plan")

    def part(build: Build, node: str, made: str) -> None:
        frame = build.frames[-1]
        build.link("method", frame.process, made)
        build.add(made, TYPE, ENTITY)
        build.add(made, TYPE, plan)
        frame.plans.append(made)

    return part


def _stored_in(mark: marks.StoredIn, dated: bool, prov: bool) -> Part:
    return lambda build, node, made: build.link("stored in", node, made)


def _states(mark: marks.States, dated: bool, prov: bool) -> Part:
    predicate, object_ = term(mark.predicate), term(mark.term)
    unit = vocabulary.units().get(object_)
    codes = unit.statements if unit is not None else ()

    def part(build: Build, node: str, made: str) -> None:
        build.add(made, predicate, object_)
        build.punned(object_)
        for said, value in codes:
            build.add(made, said, value)

    return part


def _kind(mark: marks.Kind, dated: bool, prov: bool) -> Part:
    return lambda build, node, made: build.add(node, TYPE, made)


PARTS: dict[type, Callable[[Any, bool, bool], Part]] = {
    marks.Input: _input,
    marks.Output: _output,
    marks.Role: _role,
    marks.Linked: _linked,
    marks.Integrates: _integrates,
    marks.TimePoint: _time_point,
    marks.Method: _method,
    marks.StoredIn: _stored_in,
    marks.States: _states,
    marks.Kind: _kind,
}
