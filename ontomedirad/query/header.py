"""What the header of a named query says: YAML in lines that start with `#+`, as grlc writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Any

import yaml
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from ontomedirad.errors import QueryError
from ontomedirad.query import values
from ontomedirad.query.values import TypeName

_MARK = re.compile(r"#\+ ?")
_RESERVED = {"self", "name", "store", "timeout", "limit"}
_NAME = re.compile(r"[a-z][a-z0-9_]*")

Types = Annotated[
    tuple[TypeName, ...],
    Field(min_length=1),
    BeforeValidator(lambda v: (v,) if isinstance(v, str) else v),
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class Parameter(_Strict):
    """One `$name` of a query. A value is of the first of `type` that it fits.

    `vocabulary` names a list of descriptor values (translators/descriptor/values.tsv): such a
    value stands for the class that it means. `many` takes several values: any of them will do.
    """

    name: Annotated[str, Field(pattern=_NAME.pattern + "$")]
    description: str
    type: Types = ("text",)
    many: bool = False
    required: bool = False
    vocabulary: str = ""
    default: Any = None
    example: Any

    @property
    def wanted(self) -> str:
        """Type and count for people: `text or iri, several allowed`."""
        notes = [" or ".join(self.type)]
        notes += ["several allowed"] if self.many else []
        notes += ["required"] if self.required else []
        notes += [f"default {self.default}"] if self.default is not None else []
        return ", ".join(notes)

    @property
    def may_be_absent(self) -> bool:
        """Whether the query may run without a value of it."""
        return not self.required and self.default is None

    @field_validator("name")
    @classmethod
    def _free(cls, name: str) -> str:
        if name in _RESERVED:
            raise ValueError(f"{name} is taken by the call that runs a query")
        return name

    @field_validator("vocabulary")
    @classmethod
    def _known(cls, name: str) -> str:
        if name and name not in values.vocabularies():
            raise ValueError(f"there is no list of descriptor values of the name {name}")
        return name

    @model_validator(mode="after")
    def _consistent(self) -> Parameter:
        if self.required and self.default is not None:
            raise ValueError(f"{self.name}: a required parameter has no default")
        if self.vocabulary and "iri" not in self.type:
            raise ValueError(f"{self.name}: values of a list are classes: its type needs iri")
        for kind in ("default", "example"):
            given = getattr(self, kind)
            for one in given if isinstance(given, list) else [given]:
                if one is not None and values.term(one, self.type, self.vocabulary) is None:
                    raise ValueError(f"{self.name}: its {kind} is not {values.expected(self.type)}")
        return self


class Column(_Strict):
    """One `?name` of a result; numbers have a fixed `unit`, or the column `unit_column` names it."""

    name: str
    description: str
    type: TypeName = "text"
    unit: str = ""
    unit_column: str = ""


class Header(_Strict):
    """All that is known of a query besides its text."""

    summary: str
    description: str
    topic: str
    legacy_id: int | None = None
    parameters: tuple[Parameter, ...] = ()
    columns: Annotated[tuple[Column, ...], Field(min_length=1)]
    example: dict[str, Any] = {}
    differences: str = ""

    @model_validator(mode="after")
    def _consistent(self) -> Header:
        columns = [c.name for c in self.columns]
        for kind, names in (("parameter", [p.name for p in self.parameters]), ("column", columns)):
            twice = {n for n in names if names.count(n) > 1}
            if twice:
                raise ValueError(f"declared twice: {kind} {', '.join(sorted(twice))}")
        astray = [c.name for c in self.columns if c.unit_column and c.unit_column not in columns]
        if astray:
            raise ValueError(f"the unit column is no column: {', '.join(astray)}")
        return self


def header(text: str, name: str) -> Header:
    """The header of a query's text; QueryError names the query and every field that is wrong."""
    lines = [m.string[m.end() :] for line in text.splitlines() if (m := _MARK.match(line))]
    try:
        said = yaml.load("\n".join(lines), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        where = getattr(error, "problem_mark", None)
        line = f" at line {where.line + 1} of it" if where else ""
        raise QueryError(f"{name}: the header is not YAML{line}") from None
    if not isinstance(said, dict):
        raise QueryError(f"{name}: has no header; it starts with lines `#+ summary: ...`")
    try:
        return Header.model_validate(said)
    except ValidationError as error:
        raise QueryError(f"{name}: the header is wrong: {'; '.join(_said(error))}") from None


def _said(error: ValidationError) -> Iterable[str]:
    for one in error.errors(include_url=False, include_input=False):
        yield f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}".lstrip(": ")
