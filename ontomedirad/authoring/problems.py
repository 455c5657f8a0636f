"""What is wrong with what an author gave, in the words and codes of the schema's findings."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ontomedirad import vocabulary
from ontomedirad.authoring.parameters import Parameter, restated
from ontomedirad.descriptor.block import Block
from ontomedirad.descriptor.nearest import nearest, not_listed
from ontomedirad.descriptor.references import DECLARED, Declared
from ontomedirad.errors import NotConforming
from ontomedirad.report import Finding, Level, Place, Report

_OWN = __name__.rpartition(".")[0]


def caller() -> Place:
    """The line of Python that called this package."""
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_globals.get("__name__", "").startswith(_OWN):
        frame = frame.f_back
    return Place(Path(frame.f_code.co_filename).name, frame.f_lineno)


class Problems:
    """The findings about one block that is being made, at one line of Python."""

    def __init__(self, block: type[Block], place: Place) -> None:
        self.block, self.place = block, place
        self.found: list[Finding] = []
        self.told: set[str] = set()
        """The fields of which something was told."""

    def settle(self) -> None:
        """NotConforming, where something is wrong."""
        if self.found:
            raise NotConforming(Report(tuple(self.found), self.block.__name__))

    def add(self, code: str, message: str, hint: str, field: str = "", also: tuple[Place, ...] = ()) -> None:
        """One thing that is wrong, with the block or its field."""
        path = f"{self.block.__name__}.{field}" if field else self.block.__name__
        self.told.add(field.partition("[")[0])
        place = Place(self.place.file, self.place.line, path)
        self.found.append(Finding(Level.must, code, message, place, hint, also))

    def unknown(self, name: str, known: Sequence[str]) -> None:
        """A name that no field has."""
        near = nearest(name, known)
        hint = f"did you mean {near}?" if near else f"it has {', '.join(known)}"
        self.add("xsd-element", f"{self.block.__name__} has no such field", hint, name)

    def _missing(self, name: str) -> None:
        hint = f"give {name}, which the schema calls {self.block.plan().by_name[name].tag}"
        if name in restated(self.block):
            hint += ", or make AcquisitionSettings, which states it, before"
        self.add("xsd-missing", f"{name} is missing", hint, name)

    def tell(self, error: ValidationError, given: dict[str, Any]) -> None:
        """All that pydantic found in fields of which nothing was told yet."""
        told = frozenset(self.told)
        for detail in error.errors(include_url=False):
            name, index = _position(detail["loc"])
            where = name if index is None else f"{name}[{index}]"
            if name in told:
                continue
            if detail["type"] == "missing":
                self._missing(name)
            elif detail["type"] == "literal_error":
                value = given[name] if index is None else given[name][index]
                self._not_listed(where, name, value)
            elif detail["type"] == "too_short":
                self.add("xsd-missing", f"{name} is empty", "give one at least, or leave it out", where)
            else:
                said = _SAID.get(detail["type"], detail["msg"].removeprefix("Value error, "))
                hint = f"the schema calls it {self.block.plan().by_name[name].tag}"
                self.add("xsd-type", f"{name} cannot be taken: {said}", hint, where)

    def _not_listed(self, where: str, name: str, found: object) -> None:
        leaf = self.block.plan().by_name[name].leaf
        allowed = leaf.values if leaf is not None else ()
        near = _meant(found, allowed)
        hint = f"did you mean {near!r}?" if near else "ontomedirad schema show lists the values"
        self.add("xsd-value", not_listed(name, str(found), near, allowed), hint, where)

    def not_of_this_file_set(self, parameter: Parameter, value: object, where: str) -> None:
        """What is referred to was not made here, or is no such thing."""
        row = declared_as(parameter.targets[0])
        wanted = " or ".join(t.__name__ for t in parameter.targets)
        if isinstance(value, parameter.targets):
            problem, hint = _foreign(row.word, type(value))
        elif isinstance(value, Block):
            problem, hint = f"is a {type(value).__name__}, no {row.word}", f"give a {wanted}"
        else:
            problem, hint = f"is no {row.word}", f"give the {wanted} itself, as this file set made it"
        self.add(row.referred, f"{parameter.name} {problem}", hint, where)

    def not_made_here(self, parameter: Parameter, value: object, where: str) -> None:
        """A part that another file set made, or nobody."""
        block = parameter.field.block
        assert block is not None
        if isinstance(value, block):
            problem, hint = _foreign(block.__name__, block)
        else:
            problem = f"is no {block.__name__}"
            hint = f"give what .{block.__name__}(...) of this file set returns"
        self.add("xsd-element", f"{parameter.name} {problem}", hint, where)


def declared_as(block: type[Block]) -> Declared:
    """How a class is called, and the codes of its rules."""
    return next(row for row in DECLARED if block in (row.block, *row.others))


_SAID = {"string_type": "expected text"}


def _foreign(word: str, block: type[Block]) -> tuple[str, str]:
    return (
        f"is a {word} that this file set did not make",
        f"make it with .{block.__name__}(...) of this file set; what another one made, a copy, or a model "
        "made by hand is not known here",
    )


def _meant(found: object, allowed: Sequence[str]) -> str | None:
    """The listed value that a misspelt one, or the code of a unit, stands for."""
    codes = {unit.ucum.strip('"'): v for v in allowed if (unit := vocabulary.unit_of(v)) is not None}
    text = str(found)
    return codes.get(text) or nearest(text, allowed)


def _position(loc: tuple[int | str, ...]) -> tuple[str, int | None]:
    steps: Iterator[int | str] = iter(loc)
    name = str(next(steps))
    index = next(steps, None)
    return name, index if isinstance(index, int) else None
