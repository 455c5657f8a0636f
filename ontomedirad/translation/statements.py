"""The statements of one translation: quads as N-Quads text, in order, each once."""

from __future__ import annotations

from dataclasses import dataclass, field

from ontomedirad import vocabulary
from ontomedirad.descriptor.marks import Linked
from ontomedirad.translation import literals
from ontomedirad.vocabulary import term

TYPE = term("rdf:type")


@dataclass(slots=True)
class Frame:
    """One process while its box is read: its nodes by field, and what waits for the box's end."""

    process: str
    nodes: dict[str, list[str]] = field(default_factory=dict)
    before: dict[str, list[str]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    times: list[str] = field(default_factory=list)
    dated: list[str] = field(default_factory=list)
    links: list[tuple[str, Linked]] = field(default_factory=list)
    derived: list[tuple[str, str]] = field(default_factory=list)
    agents: list[str] = field(default_factory=list)
    plans: list[str] = field(default_factory=list)


class Statements:
    """Nodes and terms are N-Quads text throughout; `frames` are the processes whose boxes are open."""

    graph: str

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.lines: dict[str, None] = {}
        self._punned: set[str] = set()
        self._roles = vocabulary.roles()

    def nquads(self) -> str:
        """All statements so far, in document order, each once."""
        tail = f" {self.graph} .\n"
        return tail.join([*self.lines, ""])

    def add(self, subject: str, predicate: str, object_: str) -> None:
        """One statement."""
        self.lines[f"{subject} {predicate} {object_}"] = None

    def type(self, node: str, class_: str) -> None:
        """A further class, as CURIE."""
        self.add(node, TYPE, term(class_))

    def text(self, node: str, predicate: str, value: str) -> None:
        """A plain literal under a CURIE."""
        self.add(node, term(predicate), literals.text(value))

    def say(self, node: str, predicate: str, other: str) -> None:
        """A statement under a CURIE, for what no role covers."""
        self.add(node, term(predicate), other)

    def say_class(self, node: str, predicate: str, class_: str) -> None:
        """A class, as CURIE, used as an individual."""
        self.add(node, term(predicate), term(class_))
        self.punned(term(class_))

    def coded(self, vocabulary_name: str, value: str) -> str:
        """The class that a value of a value list stands for, used as an individual."""
        class_ = vocabulary.values()[vocabulary_name][value]
        self.punned(class_)
        return class_

    def punned(self, class_: str) -> None:
        """A class used as an individual is said to be one (the original queries ask for it)."""
        if class_ not in self._punned:
            self._punned.add(class_)
            self.add(class_, TYPE, class_)

    def link(self, role: str, node: str, other: str, prov: bool = True) -> None:
        """`node` has `other` in that role: all its predicates, in both readings or without PROV."""
        forward, backward, prov_forward, prov_backward, derives = self._roles[role].spaced
        lines = self.lines
        if forward:
            lines[node + forward + other] = None
        if backward:
            lines[other + backward + node] = None
        if not prov or node == other:
            return
        if derives and self.frames:
            self.frames[-1].derived.append((node, other))
        elif prov_forward:
            lines[node + prov_forward + other] = None
        if prov_backward:
            lines[other + prov_backward + node] = None
