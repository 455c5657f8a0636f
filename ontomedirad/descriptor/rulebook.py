"""What a rule is, and the book that all rules of single facts are in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ontomedirad.descriptor.facts import Facts
from ontomedirad.report import Level, Place
from ontomedirad.settings import Settings


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the house: what holds, at which level, and the code that finds where it doesn't.

    One that asks for `whole` documents cannot judge a part of one.
    """

    code: str
    level: Level
    says: str
    find: Callable[[Facts, Settings], Iterator[Break]]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Break:
    """One place where a rule does not hold."""

    message: str
    place: Place
    hint: str = ""
    also: tuple[Place, ...] = ()


Find = Callable[[Facts, Settings], Iterator[Break]]
RULES: list[Rule] = []
"""Every rule that `rule` registered."""


def rule(code: str, level: Level, says: str, *, whole: bool = False) -> Callable[[Find], Find]:
    """Register a rule: its code, its level, and what holds where it is kept."""

    def register(find: Find) -> Find:
        RULES.append(Rule(code, level, says, find, whole))
        return find

    return register
