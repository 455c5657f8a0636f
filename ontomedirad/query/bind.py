"""Parameters into a query's text: typed, as terms, token by token.

Rules (checked when a query is loaded):

* `$name` is a parameter, `?name` a variable, though SPARQL itself makes no difference.
* A parameter that may be absent, and one that takes several values, stands in a data block of one
  variable: `VALUES ?asked { $organ }`. Absent, it is `UNDEF` there (SPARQL 1.1, 10.2.2): the row
  of the block is compatible with everything, so a join on `?asked` asks for nothing. In a
  condition say `!BOUND(?asked) || ...`.
* A required parameter, or one with a default, stands wherever the grammar takes a term.
* No SERVICE: a query reaches nothing but the store it is run on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import pyoxigraph as ox

from ontomedirad import terms
from ontomedirad.errors import ParameterError, QueryError
from ontomedirad.query import values
from ontomedirad.query.header import Parameter
from ontomedirad.sparql import Token, in_values, significant, tokens

UNDEF = "UNDEF"
_TERM_SHAPES = {("iri",), ("string",), ("string", "mark", "iri"), ("word",)}


class Template:
    """A query's text as tokens, with its slots for parameters."""

    def __init__(self, text: str, parameters: Iterable[Parameter], name: str) -> None:
        self.name = name
        self.parameters = {p.name: p for p in parameters}
        self._tokens = [t for t in tokens(text) if t.kind != "comment"]
        self._check_slots()
        if any(t.says("SERVICE") for t in self._tokens):
            raise QueryError(f"{name}: SERVICE is not allowed in a named query")
        used = dict.fromkeys(t.text.partition(":")[0] for t in self._tokens if t.kind == "name")
        known = terms.sparql_prefixes()
        strange = [p for p in used if p not in known]
        if strange:
            raise QueryError(f"{name}: unknown prefix {', '.join(strange)}: the known are {', '.join(known)}")
        self._prologue = "".join(f"PREFIX {p}: <{known[p]}>\n" for p in used)

    def _check_slots(self) -> None:
        found = {t.text[1:] for t in self._tokens if t.kind == "parameter"}
        undeclared, unused = found - self.parameters.keys(), self.parameters.keys() - found
        for problem, names in (("not declared", undeclared), ("not used", unused)):
            if names:
                raise QueryError(f"{self.name}: parameter {problem}: {', '.join(sorted(names))}")
        blocks = in_values(self._tokens)
        for i, token in enumerate(self._tokens):
            if token.kind != "parameter":
                continue
            parameter, width = self.parameters[token.text[1:]], blocks.get(i, 0)
            if (parameter.may_be_absent and width == 0) or (parameter.many and width != 1):
                raise QueryError(
                    f"{self.name}: parameter {parameter.name} may be absent or many: "
                    f"it stands in a data block, VALUES ?variable {{ ${parameter.name} }}"
                )

    @property
    def iris(self) -> set[str]:
        """All IRIs that the text names, written out."""
        known = terms.sparql_prefixes()
        written = {t.text[1:-1] for t in self._tokens if t.kind == "iri"}
        short = (t.text.partition(":") for t in self._tokens if t.kind == "name")
        return written | {known[p] + local.replace("\\", "") for p, _, local in short}

    def bind(self, given: Mapping[str, Any]) -> str:
        """The text with a term for each parameter; ParameterError where `given` does not fit."""
        terms_of = {name: self._terms(p, given.get(name)) for name, p in self.parameters.items()}
        unknown = sorted(given.keys() - self.parameters.keys())
        if unknown:
            raise ParameterError(self._said(f"has no parameter {', '.join(map(_short, unknown))}"))
        shape: list[Token] = []
        pieces: list[str] = []
        for token in self._tokens:
            if token.kind != "parameter":
                pieces.append(token.text)
                shape += [token] if token.kind != "space" else []
                continue
            slot = terms_of[token.text[1:]]
            pieces.append(" ".join(slot))
            for text in slot:
                one = significant(text)
                if tuple(t.kind for t in one) not in _TERM_SHAPES:
                    raise ParameterError(self._said(f"parameter {token.text[1:]} is not one term"))
                shape += one
        body = "".join(pieces).strip()
        if significant(body) != shape:
            raise ParameterError(self._said("the values given would change what it asks"))
        return f"{self._prologue}{body}\n"

    def _terms(self, parameter: Parameter, value: Any) -> list[str]:
        if value is None:
            value = parameter.default
        if value is None:
            if parameter.required:
                raise ParameterError(self._said(f"needs the parameter {parameter.name}"))
            return [UNDEF]
        several = isinstance(value, (list, tuple, set, frozenset))
        if several and not parameter.many:
            raise ParameterError(self._said(f"parameter {parameter.name} takes one value, not several"))
        if several and not value:
            raise ParameterError(
                self._said(f"parameter {parameter.name} is empty: leave it out, or give at least one value")
            )
        found = [
            values.term(v, parameter.type, parameter.vocabulary) for v in (value if several else [value])
        ]
        if None in found:
            raise ParameterError(
                self._said(f"parameter {parameter.name} is not {values.expected(parameter.type)}")
            )
        return list(dict.fromkeys(values.spelled(t) for t in found if t is not None))

    def _said(self, problem: str) -> str:
        listed = "".join(f"\n  {p.name} ({p.wanted}): {p.description}" for p in self.parameters.values())
        return f"{self.name}: {problem}. " + (f"Its parameters are:{listed}" if listed else "It has none.")


def variables(text: str, name: str) -> tuple[str, ...]:
    """The variables of a SELECT text; QueryError where it is no SELECT. Nothing is run."""
    try:
        answer = _nothing().query(text)
    except SyntaxError as error:
        raise QueryError(f"{name}: not a SPARQL query: {str(error).splitlines()[0]}") from None
    if not isinstance(answer, ox.QuerySolutions):
        raise QueryError(f"{name}: a named query is a SELECT")
    return tuple(v.value for v in answer.variables)


@cache
def _nothing() -> ox.Store:
    """A store that stays empty, for its parser."""
    return ox.Store()


def _short(name: str) -> str:
    return name if name.isidentifier() and len(name) <= 40 else "of that name"
