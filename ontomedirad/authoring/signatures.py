"""The signatures of all blocks, for editors and type checkers: the text of workflows.pyi.

Made from the plans, as the XML schemas are. `python -m ontomedirad.authoring.signatures` writes it.
"""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Annotated, get_args, get_origin

from ontomedirad.authoring.draft import Draft
from ontomedirad.authoring.given import takes_number
from ontomedirad.authoring.parameters import Parameter, in_short, parameters, restated
from ontomedirad.authoring.workflows import WORKFLOWS, FileSet
from ontomedirad.descriptor import values
from ontomedirad.descriptor.block import Block, FieldPlan
from ontomedirad.descriptor.marks import Moment

STUB = Path(__file__).with_name("workflows.pyi")

_CLASSES: tuple[type[Draft], ...] = (FileSet, *WORKFLOWS)

_HEAD = '''\
"""Made by `python -m ontomedirad.authoring.signatures` from the models: change those, not this."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import SupportsFloat, SupportsIndex, TypeAlias

from ontomedirad.authoring.draft import Draft
from ontomedirad.descriptor import {modules}
from ontomedirad.settings import Settings

_Number: TypeAlias = SupportsFloat | Decimal | str
_Whole: TypeAlias = SupportsIndex | str
_Moment: TypeAlias = date | str
'''


def stub() -> str:
    """The text of workflows.pyi."""
    rows: dict[tuple[type[Block], bool], None] = {}
    for workflow in WORKFLOWS:
        rows.update({_row(block, workflow): None for block in workflow.blocks().values()})
    modules = sorted({_module(block) for block, _ in rows} | {"document", "values"})
    parts = [_HEAD.format(modules=", ".join(modules))]
    parts += [_short(*row) for row in rows if in_short(*row)]
    parts += [_maker(*row) for row in rows]
    parts += [_class(workflow) for workflow in _CLASSES]
    named = ", ".join(w.__name__ for w in WORKFLOWS)
    return "\n".join(parts) + f"\nWORKFLOWS: tuple[type[Draft], ...]  # {named}\n"


def _row(block: type[Block], workflow: type[Draft]) -> tuple[type[Block], bool]:
    """A block, and whether it is asked for as in a treatment: not where that makes no difference."""
    return block, workflow.treatment() and _depends(block)


def _depends(block: type[Block]) -> bool:
    return bool(restated(block)) or any(
        f.block is not None and bool(restated(f.block)) for f in block.plan().fields
    )


def _module(block: type[Block]) -> str:
    return block.__module__.rpartition(".")[2]


def _qualified(block: type[Block]) -> str:
    return f"{_module(block)}.{block.__name__}"


def _own(block: type[Block], treatment: bool) -> str:
    """The name of a block's own lines in the stub."""
    return f"_{block.__name__}" + ("InTreatment" if treatment else "")


def _short(block: type[Block], treatment: bool) -> str:
    inside = ", ".join(_type(p, treatment) for p in in_short(block, treatment))
    return f"{_own(block, treatment)}Given: TypeAlias = {_qualified(block)} | tuple[{inside}]\n"


def _type(parameter: Parameter, treatment: bool) -> str:
    one = _one(parameter, treatment)
    return f"Iterable[{one}]" if parameter.field.many else one


def _one(parameter: Parameter, treatment: bool) -> str:
    field = parameter.field
    if parameter.targets:
        return " | ".join(map(_qualified, parameter.targets))
    if field.block is not None:
        treatment = treatment and _depends(field.block)
        short = in_short(field.block, treatment)
        return f"{_own(field.block, treatment)}Given" if short else _qualified(field.block)
    return _simple(field)


def _simple(field: FieldPlan) -> str:
    assert field.leaf is not None
    if field.leaf.values:
        return f"values.{_lists()[field.leaf.values]}"
    if field.mark(Moment):
        return "_Moment"
    if field.leaf.xsd == "integer":
        return "_Whole"
    return "_Number" if takes_number(field) else "str"


def _lists() -> dict[tuple[str, ...], str]:
    """The names of the value lists, by their values."""
    found = {}
    for name, kind in vars(values).items():
        if get_origin(kind) is Annotated and len(get_args(get_args(kind)[0])) > 0:
            found[get_args(get_args(kind)[0])] = name
    return found


def _maker(block: type[Block], treatment: bool) -> str:
    asked = parameters(block, treatment)
    lines = [f"class {_own(block, treatment)}:", f"    def {block.__name__}(", "        self,"]
    bare = [p for p in asked if p.positional]
    lines += [_asked(p, treatment) for p in bare]
    if len(bare) < len(asked):
        lines += ["        *,", *(_asked(p, treatment) for p in asked if not p.positional)]
    first = (block.__doc__ or "").strip().splitlines()[0]
    return "\n".join([*lines, f"    ) -> {_qualified(block)}:", f'        """{first}"""', ""])


def _asked(parameter: Parameter, treatment: bool) -> str:
    said = _type(parameter, treatment)
    return (
        f"        {parameter.name}: {said},"
        if parameter.needed
        else f"        {parameter.name}: {said} | None = None,"
    )


def _class(workflow: type[Draft]) -> str:
    parts = [f'    """{(workflow.__doc__ or "").strip()}"""\n']
    if workflow is FileSet:
        parts += [_BEGUN]
    if "ROOT" in vars(workflow):
        root = _qualified(workflow.ROOT)
        parts += [f"    @property\n    def descriptor(self) -> {root}:", f'        """{_WHOLE}"""\n']
    if workflow is FileSet:
        return "\n".join(["class FileSet(Draft):", *parts])
    base = "FileSet" if issubclass(workflow, FileSet) else "Draft"
    bases = [base, *(_own(*_row(b, workflow)) for b in workflow.blocks().values())]
    listed = "".join(f"    {b},\n" for b in bases)
    return "\n".join([f"class {workflow.__name__}(\n{listed}):", *parts])


_WHOLE = inspect.getdoc(Draft.descriptor)

_BEGUN = """\
    def __init__(
        self, *, study: tuple[str, str], patient_id: str, settings: Settings | None = None
    ) -> None: ...
"""


if __name__ == "__main__":
    STUB.write_text(stub(), "utf-8")
