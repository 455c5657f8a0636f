"""How a document is written, kept beside what it says: what the way back needs and no query sees.

An individual says at which element of the document it stands (`form:stands_at`); so does the node
of a value that stands in one. Texts that the graph's facts do not give back to the letter stand as
`form:Leaf`: a number spelled `007` where `7` is what it says, a field that is told in two ways. The
vocabulary is ours and is said in the named graph alone, never in the merge that queries read.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from ontomedirad import vocabulary
from ontomedirad.descriptor import marks
from ontomedirad.descriptor.block import Block, BlockPlan, FieldPlan, blocks_by_name
from ontomedirad.descriptor.leaf import Float
from ontomedirad.translation import literals
from ontomedirad.translation.names import SPOKEN, Names
from ontomedirad.translation.statements import TYPE
from ontomedirad.vocabulary import term

if TYPE_CHECKING:
    from ontomedirad.descriptor.read import Document

STANDS_AT = term("form:stands_at")
TEXT = term("form:has_text")
TOLD_APART = term("form:is_told_apart")
LEAF = term("form:Leaf")
_TRUE = f'"true"^^{term("xsd:boolean")}'

FOLLOWED = frozenset({"measured in", "measured at", "represents"})
"""Roles that a block has once: the way back follows them to the field's node."""


Keeper = Callable[["Form", Block, Any], None]
"""(form, model around, value) → keeps the texts of a leaf that the graph does not give back."""


class Form:
    """The statements about how one document is written."""

    def __init__(self, document: Document, names: Names, file_set: str) -> None:
        self.document = document
        self.lines: dict[str, None] = {}
        self._names = names
        self._file_set = file_set
        self._tellings: dict[str, Block] = {}
        self._several: dict[str, list[Block]] = {}
        self._spellings: dict[str, dict[str, list[str]]] = {}

    def path(self, model: Block, field: FieldPlan, at: int = 0) -> str:
        """Where a leaf of `model` stands; `at` is its number in a list."""
        around = f"{self.document.standing_of(model).path}/{field.tag}"
        if not at:
            return around
        return f"{around}/{field.item}[{at}]" if field.item else f"{around}[{at}]"

    def stand(self, node: str, path: str) -> None:
        """`node` is what the element at `path` says."""
        self.lines[f'{node} {STANDS_AT} "{path}"'] = None

    def tell(self, node: str, model: Block) -> None:
        """`model` speaks of the individual `node`, perhaps as others did before."""
        self.stand(node, self.document.standing_of(model).path)
        before = self._tellings.setdefault(node, model)
        if before is not model:
            self._several.setdefault(node, [before]).append(model)

    def leaf(self, path: str, text: str | None) -> None:
        """The element at `path` holds this text; None where it is a container that holds nothing."""
        node = self._names.name("leaf", self._file_set, path)
        self.lines[f"{node} {TYPE} {LEAF}"] = None
        self.stand(node, path)
        if text is not None:
            self.lines[f"{node} {TEXT} {literals.text(text)}"] = None

    def spell(self, node: str, text: str, path: str) -> None:
        """The element at `path` calls `node` so; others may spell the name in another way."""
        self._spellings.setdefault(node, {}).setdefault(text, []).append(path)

    def finish(self) -> None:
        """Keep the texts of what is told or spelled in several ways."""
        for spellings in self._spellings.values():
            if len(spellings) > 1:
                for text, paths in spellings.items():
                    for path in paths:
                        self.leaf(path, text)
        for node, models in self._several.items():
            if _contradict(models):
                self.lines[f"{node} {TOLD_APART} {_TRUE}"] = None
                for model in models:
                    for field, _ in told(type(model)):
                        value = getattr(model, field.name)
                        if value is not None:
                            self.leaf(self.path(model, field), text_of(value))


def _contradict(models: list[Block]) -> bool:
    """Whether what one model says of the individual is not what is read for another."""
    said: dict[str, str | None] = {}
    for model in models:
        for field, under in told(type(model)):
            value = getattr(model, field.name)
            text = None if value is None else text_of(value)
            if said.setdefault(under, text) != text:
                return True
    return False


def _said_under(field: FieldPlan) -> str:
    """What the texts of a field are read from: the same for fields of several blocks."""
    text, role = exact_text(field), follows(field)
    if text is not None:
        return text.predicate
    if role is not None:
        return role.name
    kinds = (marks.Identifier, marks.Value, marks.Unit)
    return next((kind.__name__ for kind in kinds if field.mark(kind)), field.tag)


def keeper(field: FieldPlan, plan: BlockPlan) -> Keeper | None:
    """What keeps a field's texts, or that a list of it is empty; None where the graph gives all back."""
    exact = None if field.leaf is None else _exact(field, plan)
    if not field.many and exact is None:
        return None

    def keep(form: Form, model: Block, value: Any) -> None:
        if not field.many:
            assert exact is not None
            if not exact(value):
                form.leaf(form.path(model, field), text_of(value))
            return
        if not value and field.item:
            form.leaf(form.path(model, field), None)
        if exact is not None:
            for at, item in enumerate(value, 1):
                if not exact(item):
                    form.leaf(form.path(model, field, at), text_of(item))

    return keep if field.item or exact else None


def text_of(value: Any) -> str:
    """A leaf as it was written."""
    return value if isinstance(value, str) else value.text


def follows(field: FieldPlan) -> marks.Role | None:
    """The role by which the way back finds a single leaf's node; None where the node says its place."""
    if field.many or field.block is not None:
        return None
    return next((m for m in field.all_marks(marks.Role) if m.name in FOLLOWED), None)


def makes_node(field: FieldPlan) -> bool:
    """Whether a leaf stands for a node rather than a literal of the individual around it."""
    return any(field.mark(kind) for kind in _NODES)


_NODES: tuple[type[marks.Mark], ...] = (
    marks.Reference,
    marks.Coded,
    marks.Kind,
    marks.Instance,
    marks.Measured,
)


def is_told(field: FieldPlan) -> bool:
    """Whether the way back reads a leaf from what is said of the individual around it."""
    single = field.block is None and not field.many
    return single and (not makes_node(field) or follows(field) is not None)


def _exact(field: FieldPlan, plan: BlockPlan) -> Callable[[Any], bool] | None:
    """Whether the graph gives a leaf's text back to the letter; None where it always does."""
    assert field.leaf is not None
    if _is_key(field, plan):
        if _is_spoken(field, plan):
            return _never
        if field.leaf.xsd == "string":
            return lambda value: value == value.strip()
        return lambda value: value.text == value.canonical
    if field.leaf.values:
        told_as = readings(field)
        classes = vocabulary.values()[field.leaf.vocabulary]
        return None if len(told_as) == len(field.leaf.values) else lambda v: told_as[classes[v]] == v
    if field.name in ambiguous(plan.block):
        return _never
    if field.leaf.xsd != "string":
        return None
    if field.mark(marks.Value) or field.mark(marks.Measured):
        return _as_number
    if field.mark(marks.Unit) or unit_beside(field, plan) is not None:
        return lambda value: value != "" and vocabulary.unit_of(value) is None
    return None


def _never(value: Any) -> bool:
    return False


def _is_key(field: FieldPlan, plan: BlockPlan) -> bool:
    return bool(field.mark(marks.Reference) or field.mark(marks.Identifier)) or (
        plan.meaning.key == (field.name,) and plan.meaning.scope is marks.Scope.file_set
    )


def _is_spoken(field: FieldPlan, plan: BlockPlan) -> bool:
    mark = field.mark(marks.Reference)
    return (blocks_by_name()[mark.target].meaning if mark else plan.meaning).scope in SPOKEN


@cache
def _units_beside(block: type[Block]) -> dict[str, FieldPlan]:
    found = {}
    for f in block.plan().fields:
        for kind in (marks.Measured, marks.Duration):
            mark = f.mark(kind)
            if isinstance(mark, (marks.Measured, marks.Duration)) and mark.unit:
                found[mark.unit] = f
        if (unit := f.mark(marks.UnitOf)) is not None:
            found[f.name] = block.plan().by_name[unit.field]
    return found


def unit_beside(field: FieldPlan, plan: BlockPlan) -> FieldPlan | None:
    """The field whose quantity has the unit that this one states."""
    return _units_beside(plan.block).get(field.name) if not field.mark(marks.Unit) else None


def readings(field: FieldPlan) -> dict[str, str]:
    """The value that each class of a field's value list is read as."""
    assert field.leaf is not None
    classes = vocabulary.values()[field.leaf.vocabulary]
    return {classes[value]: value for value in reversed(field.leaf.values)}


def _as_number(value: str) -> bool:
    try:
        return Float(value).text == value
    except ValueError:
        return True


@cache
def ambiguous(block: type[Block]) -> frozenset[str]:
    """Fields of a block whose texts stand under a predicate that another field of it uses too."""
    by_predicate: dict[str, list[str]] = {}
    for field in block.plan().fields:
        if is_told(field) and (text := exact_text(field)) is not None:
            by_predicate.setdefault(text.predicate, []).append(field.name)
    return frozenset(name for names in by_predicate.values() if len(names) > 1 for name in names)


def exact_text(field: FieldPlan) -> marks.Text | None:
    """The mark under whose predicate a text stands as it was written."""
    return next((m for m in field.all_marks(marks.Text) if m.form == "{}"), None)


@cache
def told(block: type[Block]) -> tuple[tuple[FieldPlan, str], ...]:
    """The fields that are read from what is said of the individual, each with what it is said under."""
    return tuple((f, _said_under(f)) for f in block.plan().fields if is_told(f))
