"""One block class as quads: the individual, its name, its types, its fields in order."""

from __future__ import annotations

from functools import cache

from ontomedirad import vocabulary
from ontomedirad.descriptor import marks
from ontomedirad.descriptor.block import Block, BlockPlan, FieldPlan, blocks_by_name
from ontomedirad.texts import key_text
from ontomedirad.translation.build import Build
from ontomedirad.translation.names import key_in
from ontomedirad.translation.plan import emitter, references_of, standing
from ontomedirad.translation.sources import (
    ENTITY,
    quantity,
)
from ontomedirad.translation.statements import TYPE
from ontomedirad.vocabulary import term

_ACTIVITY = term("prov:Activity")


class Translator:
    """Writes the quads of one block class."""

    def __init__(self, plan: BlockPlan) -> None:
        self.plan = plan
        meaning = plan.meaning
        self.types = tuple(term(t) for t in meaning.types)
        self.is_process = isinstance(meaning, marks.Process)
        self.is_quantity = isinstance(meaning, marks.Quantity)
        self.tails = [f" {TYPE} {t}" for t in (*self.types, _ACTIVITY if self.is_process else ENTITY)]
        self.scope = meaning.scope
        self.is_administration = self.is_process and meaning.scope is marks.Scope.patient
        self.keyed_by_type = meaning.keyed_by_type or self.is_quantity
        self.key = meaning.key
        self.key_of = key_in(meaning.scope)
        self.emitters = [e for f in plan.fields if (e := emitter(f, plan)) is not None]
        self.kindless = [e for f in plan.fields if not f.mark(marks.Kind) and (e := emitter(f, plan))]
        self.value = next((f for f in plan.fields if f.mark(marks.Value)), None)
        self.unit = next((f for f in plan.fields if f.mark(marks.Unit)), None)
        self.stated = self.value is not None or self.unit is not None
        """Whether it has a value and unit, or, as a map, a unit alone."""
        if isinstance(meaning, marks.Quantity) and self.value is None:
            self.value, self.unit = _timed(plan)
        self.regions = _measured(plan, "measured in")
        self.times = _measured(plan, "measured at")
        self.late = [f.name for f in plan.fields if f.late]
        self.again = [
            e for f in plan.fields if not _speaks_of_itself(f) and (e := emitter(f, plan)) is not None
        ]
        self.stands = [s for f in plan.fields if (s := standing(f, plan)) is not None]
        self.parts = [e for f in plan.fields if _plays_a_part(f) and (e := emitter(f, plan)) is not None]

    def describe(
        self,
        build: Build,
        model: Block,
        owner: str,
        path: str,
        types: tuple[str, ...],
        kindless: bool = False,
    ) -> str:
        """The individual that `model` speaks of, with all its statements."""
        regions, times = self._measured(build, model) if self.value is not None else ([], [])
        node = self._name(build, model, owner, path, types, regions, times)
        build.form.tell(node, model)
        if self._told_before(build, model, (node, types, kindless)):
            for emit in self.parts if node in build.generated else self.again:
                emit(build, node, model, path)
            for stand in self.stands:
                stand(build, node, model, path)
            model.also(build, node)
            return node
        lines = build.lines
        for class_ in types:
            lines[f"{node} {TYPE} {class_}"] = None
        for tail in self.tails:
            lines[node + tail] = None
        build.mention(node, model)
        if self.plan.meaning.of_patient and build.of_patient:
            lines[node + build.patient_tail] = None
        if self.is_process:
            self._enact(build, model, node, path)
            return node
        if self.stated:
            unit = getattr(model, self.unit.name) if self.unit else None
            quantity(build, node, getattr(model, self.value.name) if self.value else None, unit)
        if self.value is not None:
            for class_ in self.types + types:
                for region in regions:
                    build.measurements.setdefault((class_, region), []).append(node)
            build.measured[node] = (regions, frozenset(times))
        for emit in self.kindless if kindless else self.emitters:
            emit(build, node, model, path)
        model.also(build, node)
        return node

    def _told_before(self, build: Build, model: Block, mention: tuple[str, tuple[str, ...], bool]) -> bool:
        """Whether an earlier mention said all that this one says of itself; only links are left then."""
        said = (build.document.standing_of(model).said, [getattr(model, name) for name in self.late])
        first = build.told.setdefault(mention, said)
        return first is not said and first == said and not self.is_process

    def _enact(self, build: Build, model: Block, node: str, path: str) -> None:
        wholes = [build.radiotherapy] if self.plan.meaning.treatment else []
        for whole in wholes + build.enclosing:
            build.link("part of process", node, whole)
        if build.study:
            build.link("study", node, build.study)
        around, build.of_patient = build.of_patient, build.of_patient and not self.plan.meaning.of_phantom
        build.open(node)
        build.processes.setdefault(self.plan.name, []).append(node)
        build.enclosing.append(node)
        for emit in self.emitters:
            emit(build, node, model, path)
        model.also(build, node)
        build.enclosing.pop()
        build.close()
        build.of_patient = around

    def _measured(self, build: Build, model: Block) -> tuple[list[str], list[str]]:
        regions = [n for f, t in self.regions for n in references_of(build, f, t, model)]
        times = [n for f, t in self.times for n in references_of(build, f, t, model)]
        return regions or build.here[0], times or build.here[1]

    def measure_here(self, build: Build, node: str) -> None:
        """Link a quantity to the region and time point around it, where it names none itself."""
        for region in () if self.regions else build.here[0]:
            build.link("measured in", node, region)
        for time in () if self.times else build.here[1]:
            build.link("measured at", node, time)

    def _name(
        self,
        build: Build,
        model: Block,
        owner: str,
        path: str,
        types: tuple[str, ...],
        regions: list[str],
        times: list[str],
    ) -> str:
        if self.is_administration:
            return build.administration
        key = [self.key_of(value) for name in self.key if (value := getattr(model, name)) is not None]
        if self.keyed_by_type:
            key += self.types + types
        if self.is_quantity and self.value is not None:
            number = getattr(model, self.value.name)
            key.append("" if number is None else key_text(number))
            if self.unit:
                key.append(getattr(model, self.unit.name) or "")
            key += regions if len(regions) == 1 else sorted(set(regions))
            key.append("at")
            key += times if len(times) == 1 else sorted(set(times))
        return build.names.name(self.plan.kind, *build.key_of(self.scope, owner, path), *key)


def _speaks_of_itself(field: FieldPlan) -> bool:
    """Whether a field says the same wherever its block stands: no part in a process, no derivation."""
    roles = vocabulary.roles()
    derives = any(m.of_process or roles[m.name].derives for m in field.all_marks(marks.Role))
    return not derives and not _plays_a_part(field)


def _plays_a_part(field: FieldPlan) -> bool:
    """Whether a field links the process around it, or holds a block that may."""
    return field.block is not None or any(isinstance(m, _IN_PROCESS) for m in field.marks)


_IN_PROCESS = (
    marks.Input,
    marks.Output,
    marks.Linked,
    marks.Integrates,
    marks.TimePoint,
    marks.Method,
    marks.Agent,
)


def _timed(plan: BlockPlan) -> tuple[FieldPlan | None, FieldPlan | None]:
    """The value and unit fields of a quantity that is a length of time."""
    value = next((f for f in plan.fields if f.mark(marks.Duration)), None)
    mark = value.mark(marks.Duration) if value else None
    return value, plan.by_name[mark.unit] if mark else None


@cache
def translator(block: type[Block]) -> Translator:
    """The translator of a block class."""
    return Translator(block.plan())


def _measured(plan: BlockPlan, role: str) -> list[tuple[FieldPlan, type[Block]]]:
    found = []
    for f in plan.fields:
        target = f.mark(marks.Reference)
        if target and any(r.name == role for r in f.all_marks(marks.Role)):
            found.append((f, blocks_by_name()[target.target]))
    return found
