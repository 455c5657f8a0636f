"""The mapping, from the models: what each element of a descriptor becomes in the graph."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from ontomedirad import resources
from ontomedirad.descriptor import NonDicomFileSetDescriptor, marks
from ontomedirad.descriptor.block import Block, BlockPlan, FieldPlan
from ontomedirad.descriptor.document import ROOTS
from ontomedirad.descriptor.leaf import Float, Integer
from reference_pages.markdown import code, first_line, heading, plain, slug, table, term
from reference_pages.values import list_anchor

HELD_BY: dict[marks.Scope, str] = {
    marks.Scope.world: "",
    marks.Scope.site: "the site of administration",
    marks.Scope.patient: "the patient",
    marks.Scope.administration: "the administration",
    marks.Scope.file_set: "the file set",
    marks.Scope.owner: "the individual around it",
    marks.Scope.box: "the file set and the element's path, its number in a list by what the items say",
}
"""What a name in each scope starts from."""


def held_by(scope: marks.Scope) -> str:
    """What a name in that scope starts from; a scope without a row says itself."""
    return HELD_BY.get(scope, scope.value)


def blocks() -> list[type[Block]]:
    """All block classes in the order in which a descriptor holds them."""
    found: dict[type[Block], None] = {}

    def walk(block: type[Block]) -> None:
        if block not in found:
            found[block] = None
            for field in block.plan().fields:
                if field.block is not None:
                    walk(field.block)

    for root in ROOTS.values():
        walk(root)
    return list(found)


def key_of(plan: BlockPlan) -> list[str]:
    """The elements that identify a block's individuals; of a DICOM study or series, the UID below it."""
    return [code(plan.by_name[k].tag) if k in plan.names else k.replace("_", " ") for k in plan.meaning.key]


def workflows() -> list[FieldPlan]:
    """The fields of the root that hold a workflow."""
    found = NonDicomFileSetDescriptor.plan().fields
    return [f for f in found if f.block is not None and "workflow" in f.tag.lower()]


def roles() -> list[dict[str, str]]:
    """The rows of translators/roles.tsv."""
    return resources.rows(resources.translators() / "roles.tsv")


def mapping_page() -> str:
    columns = ("forward", "backward", "prov_forward", "prov_backward", "meaning")
    rows = [
        (f'<a id="{_role_anchor(r["role"])}"></a>{r["role"]}', *map(_plain_cell(r), columns)) for r in roles()
    ]
    listed = [(f"[{b.__name__}](#{slug(b.__name__)})", plain(first_line(b.__doc__))) for b in blocks()]
    return (
        "# Mapping\n\n"
        "What each element of a descriptor becomes in the graph. The page is made from the models in "
        "`ontomedirad.descriptor`, which also make the reader, the writer and the [schemas](schemas.md). "
        "[Names](../explanation/names.md) says how individuals are identified, [two readings]"
        "(../explanation/two-readings.md) why a role has several predicates.\n"
        + heading(2, "Workflows")
        + table(("Element", "Block", "What it describes"), map(_workflow, workflows()))
        + heading(2, "Roles")
        + "A role links an individual (the *owner*) with another. *Forward* goes from the owner to "
        "the other, "
        "*backward* from the other to the owner.\n\n"
        + table(("Role", "Forward", "Backward", "PROV forward", "PROV backward", "The other is"), rows)
        + heading(2, "Blocks")
        + table(("Block", "What it describes"), listed)
        + "".join(map(_block, blocks()))
    )


def _workflow(field: FieldPlan) -> tuple[str, str, str]:
    assert field.block is not None
    name = field.block.__name__
    return f"`{field.tag}`", f"[{name}](#{slug(name)})", plain(first_line(field.block.__doc__))


def _plain_cell(row: dict[str, str]) -> Callable[[str], str]:
    return lambda column: plain(row[column]) if column == "meaning" else code(row[column])


def _role_anchor(name: str) -> str:
    return f"role-{slug(name)}"


def _role(name: str) -> str:
    return f"[{name}](#{_role_anchor(name)})"


def _block(block: type[Block]) -> str:
    plan = block.plan()
    rows = [(_element(f), code(f.name), _count(f), _holds(f), _becomes(block, f)) for f in plan.fields]
    return (
        heading(2, block.__name__)
        + f"{plain(first_line(block.__doc__))}\n\n{_individual(block)}\n\n"
        + table(("Element", "Field", "How often", "Holds", "Becomes"), rows)
    )


def _individual(block: type[Block]) -> str:
    plan, meaning = block.plan(), block.meaning
    also = f" {plain(first_line(inspect.getdoc(block.also)))}" if block.also is not Block.also else ""
    if isinstance(meaning, marks.Part):
        return "*No individual of its own*: what it holds is said of the individual around it." + also
    kind = type(meaning).__name__.lower()
    text = [f"*A {kind}*, `{plan.kind}_…`"]
    if meaning.types:
        text.append(f", of class {', '.join(map(term, meaning.types))}")
    key = [held_by(meaning.scope)] if held_by(meaning.scope) else []
    key += key_of(plan)
    if meaning.keyed_by_type or isinstance(meaning, marks.Quantity):
        key.append("its classes")
    if isinstance(meaning, marks.Quantity):
        key += ["its value and unit", "the regions and time points it was measured in"]
    text.append(f". Named by: {', '.join(key)}.")
    if isinstance(meaning, marks.Process):
        text.append(" It is a `prov:Activity`")
        text.append(" and part of the radiotherapy." if meaning.treatment else ".")
    elif meaning.of_patient:
        text.append(f" It has the {_role('patient')} of the descriptor.")
    return "".join(text) + also


def _element(field: FieldPlan) -> str:
    return f"`{field.tag}`" + (f" / `{field.item}`" if field.item else "")


def _count(field: FieldPlan) -> str:
    if not field.many:
        return "1" if field.required else "0 or 1"
    return "1 or more" if field.required else "any number" if not field.item else "0, or 1 or more"


def _holds(field: FieldPlan) -> str:
    if field.block is not None:
        return f"[{field.block.__name__}](#{slug(field.block.__name__)})"
    assert field.leaf is not None
    reference = field.mark(marks.Reference)
    if reference is not None:
        return f"the key of a [{reference.target}](#{slug(reference.target)})"
    if field.leaf.vocabulary:
        return f"[list: {field.leaf.vocabulary}](values.md#{list_anchor(field.leaf.vocabulary)})"
    return {Float: "number (`xs:float`)", Integer: "whole number (`xs:integer`)"}.get(
        field.leaf.parse, "text"
    )  # type: ignore[call-overload, no-any-return]


def _types(mark: Any) -> str:
    return f", of class {', '.join(map(term, mark.types))}" if getattr(mark, "types", ()) else ""


def _instance(mark: marks.Instance, field: FieldPlan) -> str:
    classes = ["the class that the value stands for"] if field.leaf and field.leaf.vocabulary else []
    classes += [term(t) for t in mark.types]
    return (
        f"an individual of {' and '.join(classes)}, named by {held_by(mark.scope)} and its text"
        + (", with the text as `om:has_name`" if mark.named else "")
        + (f", {_role('body part')} of the patient" if mark.body_part else "")
    )


def _linked(mark: marks.Linked, block: type[Block]) -> str:
    own = [block.plan().by_name[n].tag for n in mark.fields if n in block.plan().names]
    said = " and ".join(map(code, own))
    if not own:
        tags = {f.tag: None for b in blocks() for f in b.plan().fields if f.name in mark.fields}
        said = f"{' or '.join(map(code, tags))} of the process around it"
    return f"{_role(mark.name)} what {said} holds"


SAYS: dict[type[marks.Mark], Callable[[Any], str]] = {
    marks.Reference: lambda m: "",
    marks.Coded: lambda m: "the class that the value stands for, used as an individual",
    marks.Kind: lambda m: "a further class of the individual",
    marks.Measured: lambda m: (
        f"a quantity of its own{_types(m)}"
        + (f", in {m.fixed_unit}" if m.fixed_unit else ", in the unit beside it" if m.unit else "")
        + (f", {_role('measured in')} the regions of the block" if getattr(m, "regions", "") else "")
    ),
    marks.Role: lambda m: f"role {_role(m.name)}{_types(m)}",
    marks.Input: lambda m: f"{_role('input')} of the process{_types(m)}",
    marks.Output: lambda m: f"{_role('output')} of the process{_types(m)}",
    marks.Integrates: lambda m: (
        f"{_role('rests on')} every {term(m.type)} of its VOIs, which are {_role('input')} of the process too"
    ),
    marks.TimePoint: lambda m: f"the process and its data sets are {_role('about')} it",
    marks.MeasuredHere: lambda m: (
        f"{_role('measured in')} this individual"
        + (f", {_role('measured at')} its time point" if m.at else "")
    ),
    marks.StoredIn: lambda m: (
        f"the individual is {_role('stored in')} it{_types(m)}, and what it says is said of the "
        "individual too"
    ),
    marks.Method: lambda m: f"{_role('method')} of the process, and plan of its association",
    marks.Agent: lambda m: f"the {m.kind} that answers for the process ({_role('agent')})",
    marks.Text: lambda m: f"literal `{m.predicate}`" + ("" if m.form == "{}" else f", as `{m.form}`"),
    marks.Identifier: lambda m: "literal `om:has_id`",
    marks.States: lambda m: f"always `{m.predicate}` {term(m.term)}",
    marks.Value: lambda m: "literal `obo:IAO_0000004`, and `omx:has_SI_value`",
    marks.Unit: lambda m: "`obo:IAO_0000039`, `omx:has_UCUM_code` and `qudt:hasUnit`",
    marks.UnitOf: lambda m: f"the unit of what `{m.field}` beside it states",
    marks.TimeOf: lambda m: f"when what `{m.field}` beside it states was measured",
    marks.Late: lambda m: "filled in later, and no part of what identifies the file set",
    marks.Duration: lambda m: "the number, under the property that the unit beside it stands for",
    marks.Beginning: lambda m: "`prov:startedAtTime` and `om:has_beginning`",
    marks.Expects: lambda m: f"data class must be {' or '.join(map(code, m.classes))}",
}
"""How each kind of mark reads on the page; a mark without a row reads as its docstring."""

_SILENT = (marks.Tag, marks.Wrapped, marks.Vocabulary)


def _becomes(block: type[Block], field: FieldPlan) -> str:
    said = [_says(m, block, field) for m in field.marks if not isinstance(m, _SILENT)]
    if not said and field.block is not None:
        return "nothing by itself" if isinstance(field.block.meaning, marks.Part) else "an individual"
    return "; ".join(s for s in said if s)


def _says(mark: marks.Mark, block: type[Block], field: FieldPlan) -> str:
    if isinstance(mark, marks.Linked):
        return _linked(mark, block)
    if isinstance(mark, marks.Instance):
        return _instance(mark, field)
    say = SAYS.get(type(mark))
    return say(mark) if say else plain(first_line(type(mark).__doc__))
