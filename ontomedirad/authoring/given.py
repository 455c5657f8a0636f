"""From what an author gives to what a model holds: things to identifiers, tuples to blocks, times to text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from numbers import Integral, Real
from typing import Any

from ontomedirad.authoring.parameters import Parameter, in_short
from ontomedirad.authoring.problems import Problems
from ontomedirad.descriptor.block import Block, FieldPlan
from ontomedirad.descriptor.leaf import Float, Integer, canonical_digits
from ontomedirad.descriptor.marks import Measured, Moment, Value
from ontomedirad.errors import NotConforming

Make = Callable[[type[Block], tuple[Any, ...]], Block]


def named(
    asked: tuple[Parameter, ...], args: tuple[Any, ...], given: dict[str, Any], problems: Problems
) -> dict[str, Any]:
    """All values by the names of their fields, those that were given without names too."""
    names = [p.name for p in asked if p.positional]
    if len(args) > len(names):
        said = f"takes {', '.join(names)} without names" if names else "takes no value without its name"
        problems.add("xsd-element", f"{problems.block.__name__} {said}", "name the others: field=value")
    bare = dict(zip(names, args, strict=False))
    for name in (n for n in bare if n in given):
        problems.add("xsd-element", f"{name} is given twice", "give it once, with its name or without", name)
    return bare | given


class Taker:
    """Takes the values of one block; what cannot be taken becomes a problem."""

    def __init__(
        self, problems: Problems, made: Callable[[object], bool], make: Make, treatment: bool
    ) -> None:
        self._problems, self._made, self._make, self._treatment = problems, made, make, treatment

    def take(self, parameter: Parameter, value: Any) -> Any:
        """What the model holds for a given value; None where there is a problem."""
        name = parameter.name
        if not parameter.field.many:
            return self._one(parameter, value, name)
        if isinstance(value, (str, bytes, Block)) or not isinstance(value, Iterable):
            self._problems.add("xsd-type", f"{name} is no list", f"write {name}=[...]", name)
            return None
        return [self._one(parameter, item, f"{name}[{i}]") for i, item in enumerate(value)]

    def _one(self, parameter: Parameter, value: Any, where: str) -> Any:
        if parameter.targets:
            return self._identifier(parameter, value, where)
        if parameter.field.block is not None:
            return self._part(parameter, parameter.field.block, value, where)
        return _simple(parameter.field, value)

    def _identifier(self, parameter: Parameter, value: Any, where: str) -> Any:
        if isinstance(value, parameter.targets) and self._made(value):
            (key,) = value.meaning.key
            identifier = getattr(value, key)
            return str(identifier) if _is_text(parameter.field) else identifier
        self._problems.not_of_this_file_set(parameter, value, where)
        return None

    def _part(self, parameter: Parameter, block: type[Block], value: Any, where: str) -> Any:
        if isinstance(value, tuple) and in_short(block, self._treatment):
            try:
                return self._make(block, value)
            except NotConforming as wrong:
                self._problems.found += wrong.report.findings
                self._problems.told.add(parameter.name)
                return None
        if isinstance(value, block) and self._made(value):
            return value
        self._problems.not_made_here(parameter, value, where)
        return None


def _simple(field: FieldPlan, value: Any) -> Any:
    """A leaf: moments and numbers become what the model reads; anything else it judges itself."""
    if isinstance(value, date) and field.mark(Moment):
        return value.isoformat() if type(value) is date else value.isoformat(sep=" ")  # type: ignore[call-arg]
    if isinstance(value, (bool, Float, Integer)) or not isinstance(value, (Real, Decimal)):
        return value
    if isinstance(value, Integral):
        number: Any = int(value)
    elif isinstance(value, float):
        number = float(value)
    else:
        number = str(value)
    if takes_number(field) and _is_text(field):
        return canonical_digits(number) if isinstance(number, float) else str(number)
    return number


def _is_text(field: FieldPlan) -> bool:
    return field.leaf is not None and field.leaf.xsd == "string"


def takes_number(field: FieldPlan) -> bool:
    """Whether a field holds the number of a quantity, be it as text."""
    if field.leaf is None or field.leaf.values:
        return False
    measured = field.mark(Measured)
    return field.leaf.xsd != "string" or bool(field.mark(Value)) or bool(measured and measured.unit)
