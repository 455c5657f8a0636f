"""The parts of an explanation: steps, and the processes that made them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from ontomedirad.lineage.kinds import kind_of
from ontomedirad.report import Place

_WITHOUT_KEY = re.compile(r"_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
"""What comes after the kind in the names that we compute."""


@dataclass(slots=True)
class Maker:
    """The process that generated an entity: what it was, when, where, by whom, how."""

    node: str
    label: str = ""
    start: str = ""
    institutions: list[str] = field(default_factory=list)
    software: list[str] = field(default_factory=list)
    methods: list[str] = field(default_factory=list)
    settings: list[str] = field(default_factory=list)
    around: list[str] = field(default_factory=list)
    """IRIs of its agents, methods and settings."""
    places: list[Place] = field(default_factory=list)

    @property
    def heading(self) -> str:
        """What it was, when and where, in a line."""
        return ", ".join(p for p in (self.label, self.start.replace("T", " "), *self.institutions) if p)

    def as_dict(self) -> dict[str, Any]:
        """The process as JSON-ready values; empty parts are left out."""
        row = {name: getattr(self, name) for name in self.__slots__ if name not in ("places", "around")}
        return _filled(row | {"places": [_place(p) for p in self.places]})


@dataclass(slots=True)
class Step:
    """One entity on the way back, and what it rests on.

    `value` and `uncertainty` keep the digits of the source; `unit` is a label, `symbol` its UCUM code.
    """

    node: str
    labels: list[str] = field(default_factory=list)
    value: str = ""
    unit: str = ""
    symbol: str = ""
    uncertainty: str = ""
    organs: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    hours: float | None = None
    """Hours from the reference event to the first of `times`."""
    name: str = ""
    makers: list[Maker] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    graphs: list[str] = field(default_factory=list)
    """The graphs that say how it came to be: one for each import."""
    odd: list[str] = field(default_factory=list)
    """What contradicts itself or is missing."""

    @property
    def maker(self) -> Maker | None:
        """The process that generated it; the first where several say so, which is odd."""
        return self.makers[0] if self.makers else None

    @property
    def label(self) -> str:
        """The label of its most telling class: the longest."""
        return max(self.labels, key=len, default="")

    @property
    def title(self) -> str:
        """What it is, in a few words: class, organ, value with uncertainty."""
        what = self.label or _WITHOUT_KEY.sub("", re.split(r"[/#]", self.node)[-1]) or self.node
        value = f"{self.value} {self.unit}".strip()
        spread = f" ± {self.uncertainty}" if self.uncertainty else ""
        return ": ".join([what, *[p for p in (", ".join(self.organs), value + spread) if p]])

    def as_dict(self) -> dict[str, Any]:
        """The step as JSON-ready values; empty parts are left out."""
        row = {name: getattr(self, name) for name in self.__slots__ if name not in ("makers", "places")}
        made = [m.as_dict() for m in self.makers]
        row = {"kind": kind_of(self.label).name} | row
        return _filled(row | {"makers": made, "places": [_place(p) for p in self.places]})


def _filled(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value not in ("", [], None)}


def _place(place: Place) -> dict[str, Any]:
    return _filled({name: getattr(place, name) for name in ("file", "line", "path")})
