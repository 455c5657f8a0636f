"""A document while it is upgraded: a copy of its tree, of which every element knows its origin."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, TypeVar

from lxml import etree

from ontomedirad.descriptor.block import NAMESPACE
from ontomedirad.descriptor.read import Document

T = TypeVar("T")


def named(tag: str) -> str:
    """The Clark name of an element of the wire format."""
    return f"{{{NAMESPACE}}}{tag}"


def local(element: etree._Element | None) -> str:
    """The name of an element of the wire format; empty for none, and for one of another namespace."""
    tag = "" if element is None else str(element.tag)
    return tag.removeprefix(f"{{{NAMESPACE}}}") if tag.startswith(f"{{{NAMESPACE}}}") else ""


def child(element: etree._Element, tag: str) -> etree._Element | None:
    """The first child of that name."""
    return element.find(named(tag))


def said(element: etree._Element | None) -> str:
    """The text of an element without white space around it."""
    return "" if element is None else (element.text or "").strip()


class Draft:
    """The tree under upgrade. `origins` maps its elements to those of the source."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.root = deepcopy(document.tree)
        pairs = zip(self.root.iter(), document.tree.iter(), strict=True)
        self.origins: dict[etree._Element, etree._Element] = dict(pairs)
        self._noted: dict[Callable[[Draft], Any], Any] = {}
        self._containers: dict[tuple[etree._Element, str], etree._Element] = {}

    def once(self, note: Callable[[Draft], T]) -> T:
        """What `note` says of this draft when it is first asked."""
        if note not in self._noted:
            self._noted[note] = note(self)
        found: T = self._noted[note]
        return found

    def make(self, tag: str, origin: etree._Element, text: str | None = None) -> etree._Element:
        """A new element, which stands where `origin` stood."""
        element = self.root.makeelement(named(tag))
        element.text = text
        self.origins[element] = self.origins[origin]
        return element

    def rename(self, element: etree._Element, tag: str) -> None:
        """Give an element another name."""
        element.tag = named(tag)

    def remove(self, element: etree._Element) -> None:
        """Take an element out; the text behind it stays."""
        parent = element.getparent()
        assert parent is not None
        before = element.getprevious()
        if element.tail and element.tail.strip():
            if before is None:
                parent.text = (parent.text or "") + element.tail
            else:
                before.tail = (before.tail or "") + element.tail
        parent.remove(element)

    def gather(self, element: etree._Element, container: str, item: str) -> None:
        """Put `element`, as an `item`, into the container of its kind, made where the first one stood."""
        parent = element.getparent()
        assert parent is not None
        box = self._containers.get((parent, container))
        if box is None:
            box = self._containers[parent, container] = self.make(container, element)
            element.addprevious(box)
        self.rename(element, item)
        tail, element.tail = element.tail, None
        box.append(element)
        if tail and tail.strip():
            box.tail = (box.tail or "") + tail


@dataclass(frozen=True, slots=True)
class Done:
    """One place was brought into the current form."""

    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """One place has a former form, and lacks what the current one demands."""

    message: str
    hint: str


Outcome = Done | Refused
Apply = Callable[[Draft, etree._Element], Outcome | None]


@dataclass(frozen=True, slots=True)
class Step:
    """One difference between a former version of the format and the current one.

    `at` are the elements that may show it, `known` the documents it was met in, `was` and `now`
    what stood and stands there. `apply` changes the draft at one such element; None where the
    element does not have the former form, which no document that the current schema accepts has.
    """

    code: str
    at: tuple[str, ...]
    known: str
    was: str
    now: str
    apply: Apply

    def found(self, draft: Draft) -> Iterator[tuple[etree._Element, Outcome]]:
        """Apply the step wherever it fits; each place with what was done."""
        for element in list(draft.root.iter(*map(named, self.at))):
            outcome = self.apply(draft, element)
            if outcome is not None:
                yield draft.origins[element], outcome


class Steps(list[Step]):
    """Steps in the order in which they are applied."""

    def add(self, code: str, *at: str, known: str, was: str, now: str) -> Callable[[Apply], Apply]:
        """Register a step."""

        def register(apply: Apply) -> Apply:
            self.append(Step(code, at, known, was, now, apply))
            return apply

        return register
