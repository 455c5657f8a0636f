"""A document that is being written: it makes the blocks, and knows those that it made."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import ValidationError

from ontomedirad.authoring.given import Taker, named
from ontomedirad.authoring.parameters import FOLLOWS, allotted, blocks_below, parameters, restated
from ontomedirad.authoring.problems import Problems, caller, declared_as
from ontomedirad.authoring.review import review
from ontomedirad.descriptor.block import Block, make
from ontomedirad.descriptor.document import NonDicomFileSetDescriptor
from ontomedirad.descriptor.facts import facts_in, key_of
from ontomedirad.descriptor.references import DECLARED, disagree
from ontomedirad.descriptor.rules import RULES
from ontomedirad.descriptor.write import to_xml
from ontomedirad.errors import NotConforming
from ontomedirad.report import Finding, Level, Place, Report
from ontomedirad.settings import Settings

DECLARED_BLOCKS = frozenset(b for row in DECLARED for b in (row.block, *row.others))


class Draft:
    """Makes the blocks of one document, each under the name of its class.

    A block is judged when it is made: values, units, references and every rule that a part can
    break. NotConforming tells all that is wrong with it, at the line of Python where it is.
    """

    ROOT: ClassVar[type[Block]]
    """The class of the document's root."""
    WORKFLOW: ClassVar[type[Block]]
    """The class of the workflow that the document describes."""
    PARTS: ClassVar[dict[type[Block], str]]
    """The fields of the root that are filled when a block of that class is made."""

    def __init__(self, settings: Settings | None = None) -> None:
        self._settings = settings or Settings()
        self._made: dict[int, tuple[Block, Place]] = {}
        self._declared: dict[tuple[str, str], Block] = {}
        self._last: dict[str, int] = {}
        self._root: dict[str, Any] = {}

    @classmethod
    def blocks(cls) -> dict[str, type[Block]]:
        """The classes that this kind of document may hold, by name."""
        found: dict[str, type[Block]] = {}
        for part in cls.PARTS:
            found |= blocks_below(part)
        return found

    @classmethod
    def treatment(cls) -> bool:
        """Whether the workflow is a treatment's."""
        return cls.WORKFLOW.meaning.treatment

    if not TYPE_CHECKING:  # checkers know the blocks of each workflow from workflows.pyi

        def __getattr__(self, name: str) -> Maker:
            """What makes the blocks of the class of that name."""
            block = type(self).blocks().get(name)
            if block is None:
                said = f"a {type(self).__name__} descriptor has no block {name}"
                raise AttributeError(said, name=name, obj=self)
            return Maker(self, block)

    def __repr__(self) -> str:
        begun = self.PARTS[self.WORKFLOW] in self._root
        rest = "" if begun else f", {self.WORKFLOW.__name__} still to be made"
        return f"<{type(self).__name__}: {len(self._made)} blocks made{rest}>"

    def __dir__(self) -> list[str]:
        return sorted([*super().__dir__(), *type(self).blocks()])

    # --- making a block ---------------------------------------------------------------------

    def make(self, block: type[Block], args: tuple[Any, ...], given: dict[str, Any]) -> Block:
        """A block of this document; NotConforming where it cannot be made of what was given."""
        problems = Problems(block, caller())
        asked = parameters(block, self.treatment())
        given = named(asked, args, given, problems)
        taker = Taker(problems, self._is_mine, lambda b, a: self.make(b, a, {}), self.treatment())
        values = {p.name: taker.take(p, given[p.name]) for p in asked if given.get(p.name) is not None}
        known = [p.name for p in asked]
        for name in given:
            if name not in known:
                problems.unknown(name, known)
        self._supply(block, values)
        try:
            model = block(**values)
        except ValidationError as error:
            problems.tell(error, values)
        problems.settle()
        self._agree(model, problems)
        problems.found += self._judged(model, problems.place)
        problems.settle()
        self._keep(model, problems.place)
        return model

    def _is_mine(self, value: object) -> bool:
        return self._made.get(id(value), (None,))[0] is value

    def _supply(self, block: type[Block], values: dict[str, Any]) -> None:
        """What the author left out and this document knows."""
        names, follow = FOLLOWS.get(block, (frozenset(), dict))
        known = {n: v for n, v in follow(values).items() if n in names}
        acquisition = self._root.get("acquisition")
        if acquisition is not None:
            known |= {n: getattr(acquisition, n) for n in restated(block)}
        field = allotted(block)
        if field is not None and field.name not in values:
            known[field.name] = self._next(
                block, numbered=field.leaf is not None and field.leaf.xsd == "integer"
            )
        for name, value in known.items():
            if value is not None:
                values.setdefault(name, value)

    def _next(self, block: type[Block], *, numbered: bool) -> str:
        """An identifier that no block of this kind has."""
        kind = block.plan().kind
        form = "{}" if numbered else kind.replace("_", " ") + " {}"
        free = (form.format(n) for n in count(self._last.get(kind, 0) + 1))
        return next(text for text in free if (kind, text) not in self._declared)

    def _agree(self, model: Block, problems: Problems) -> None:
        """What is declared again says the same."""
        first = self._declared.get(_name(model)) if type(model) in DECLARED_BLOCKS else None
        if first is None:
            return
        row, also = declared_as(type(model)), (self._made[id(first)][1],)
        if type(first) is not type(model):
            said = f"this identifier stands for a {type(first).__name__} already"
            problems.add(row.agrees, said, "give it another identifier", type(model).meaning.key[0], also)
            return
        for name in disagree(first, model):
            said = f"this {row.word} is declared again with another {name}"
            problems.add(row.agrees, said, "use the one that was made first, or give another key", name, also)

    def _judged(self, model: Block, place: Place) -> Iterator[Finding]:
        """What the rules find in the block, at the lines where its parts were made."""
        root = self._around({self.PARTS[type(model)]: model} if type(model) in self.PARTS else {})

        def where(part: Block, field: str, index: int | None) -> Place:
            line = self._made[id(part)][1] if self._is_mine(part) else place
            return Place(line.file, line.line, ".".join(filter(None, (type(part).__name__, field))))

        facts = facts_in(model, root, where)
        for rule in RULES:
            if rule.level is Level.must and not rule.whole:
                for b in rule.find(facts, self._settings):
                    yield Finding(rule.level, rule.code, b.message, b.place, b.hint, b.also)

    def _around(self, more: dict[str, Any]) -> NonDicomFileSetDescriptor:
        """What is known of the file set around a block."""
        plan = NonDicomFileSetDescriptor.plan()
        known = {n: v for n, v in (self._root | more).items() if n in plan.names}
        root = make(NonDicomFileSetDescriptor, plan.blank | known)
        assert isinstance(root, NonDicomFileSetDescriptor)
        return root

    def _keep(self, model: Block, place: Place) -> None:
        self._made[id(model)] = model, place
        if type(model) in DECLARED_BLOCKS:
            self._declared.setdefault(_name(model), model)
        field = allotted(type(model))
        if field is not None:
            self._last[model.plan().kind] = self._last.get(model.plan().kind, 0) + 1
        if type(model) in self.PARTS:
            self._root[self.PARTS[type(model)]] = model

    # --- the document -----------------------------------------------------------------------

    @property
    def descriptor(self) -> Block:
        """The document as models, one for each place; NotConforming where its workflow is missing."""
        return _apart(self._finished())

    def _finished(self) -> Block:
        problems = Problems(self.ROOT, caller())
        if self.PARTS[self.WORKFLOW] not in self._root:
            name = self.WORKFLOW.__name__
            problems.add("xsd-missing", "the workflow is missing", f"make it with .{name}(...)")
        problems.settle()
        return self._whole()

    def _whole(self) -> Block:
        raise NotImplementedError

    def report(self, level: Level | str = Level.may) -> Report:
        """All that is wrong with the whole document at `level` or above, by the lines that made it."""
        places = {i: place for i, (_, place) in self._made.items()}
        made = [model for model, _ in self._made.values()]
        return review(self._finished(), places, made, self._settings).at(level)

    def to_xml(self) -> bytes:
        """The document as XML; NotConforming where a rule at *must* is broken."""
        report = self.report(Level.must)
        if not report.conforms():
            raise NotConforming(report)
        return to_xml(self._finished())

    def write(self, path: str | PathLike[str]) -> Report:
        """Write the document to a file; what is wrong with it below *must* is returned."""
        Path(path).write_bytes(self.to_xml())
        return self.report()


@dataclass(frozen=True)
class Maker:
    """Makes one class of blocks for one document."""

    draft: Draft
    block: type[Block]

    def __call__(self, *args: Any, **given: Any) -> Block:
        """The block; NotConforming where it cannot be made of what was given."""
        return self.draft.make(self.block, args, given)

    @property
    def __doc__(self) -> str | None:  # type: ignore[override]
        return self.block.__doc__

    @property
    def __signature__(self) -> inspect.Signature:
        asked = parameters(self.block, self.draft.treatment())
        kinds = {True: inspect.Parameter.POSITIONAL_OR_KEYWORD, False: inspect.Parameter.KEYWORD_ONLY}
        empty = inspect.Parameter.empty
        return inspect.Signature(
            [
                inspect.Parameter(p.name, kinds[p.positional], default=empty if p.needed else None)
                for p in asked
            ]
        )


def _apart(model: Block) -> Block:
    """A copy in which no block stands in two places, so that a change of one leaves the other."""
    values = dict(model.__dict__)
    for field in model.plan().fields:
        value = values[field.name]
        if isinstance(value, list):
            values[field.name] = [_apart(v) if isinstance(v, Block) else v for v in value]
        elif isinstance(value, Block):
            values[field.name] = _apart(value)
    return make(type(model), values)


def _name(model: Block) -> tuple[str, str]:
    return model.plan().kind, key_of(model) or ""
