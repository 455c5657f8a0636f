"""From a value that someone gives to the RDF term that a query holds.

Lexical spaces are those of XML Schema 1.1 Part 2; Python's own parsers accept more (`1_0`, `٣`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Literal, get_args

import pyoxigraph as ox

from ontomedirad import resources, terms

TypeName = Literal["text", "integer", "decimal", "double", "boolean", "date", "dateTime", "iri"]
TYPES: tuple[TypeName, ...] = get_args(TypeName)

_LEXICAL: dict[str, re.Pattern[str]] = {
    "integer": re.compile(r"[+-]?[0-9]+"),
    "decimal": re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"),
    "double": re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN"),
    "boolean": re.compile(r"true|false|1|0"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "dateTime": re.compile(
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
    ),
}
_EXPECTED = {
    "text": "text",
    "integer": "a whole number, such as 12",
    "decimal": "a number without exponent, such as 1.5",
    "double": "a number, such as 1.5 or 2e-3",
    "boolean": "true or false",
    "date": "a date, such as 2020-03-09",
    "dateTime": "a date and time, such as 2020-03-09T17:25:43",
    "iri": "an IRI, or a CURIE with a known prefix, such as om:VOI",
}
_NOT_FINITE = {"inf": "INF", "-inf": "-INF", "nan": "NaN"}
_SPELL: dict[type, Callable[[Any], tuple[TypeName, str]]] = {
    bool: lambda v: ("boolean", "true" if v else "false"),
    int: lambda v: ("integer", str(v)),
    Decimal: lambda v: ("decimal", format(v, "f")),
    float: lambda v: ("double", _NOT_FINITE.get(repr(float(v)), repr(float(v)))),
    datetime: lambda v: ("dateTime", v.isoformat()),
    date: lambda v: ("date", v.isoformat()),
}
_WIDER: dict[str, tuple[TypeName, ...]] = {
    "integer": ("decimal", "double"),
    "decimal": ("double",),
    "double": ("decimal",),
}
"""Python numbers that a parameter of another numeric type takes too."""

_ESCAPES = re.compile(r"\\\\(?P<letter>[uU])|\\u(?P<code>[0-9A-F]{4})|\\.")
"""An escaped backslash with the `u` after it, an escaped character, or any other escape."""

_SUBJECT = ox.NamedNode("urn:x")


def expected(types: tuple[TypeName, ...]) -> str:
    """What a parameter of these types wants, for people."""
    return ", or ".join(_EXPECTED[t] for t in types)


def term(value: Any, types: tuple[TypeName, ...], vocabulary: str = "") -> ox.NamedNode | ox.Literal | None:
    """The term of `value` in the first of `types` that takes it; None where none does.

    Text that is a value of the descriptor's list `vocabulary` stands for that value's class.
    """
    if isinstance(value, ox.NamedNode):
        return value if "iri" in types else None
    if isinstance(value, ox.Literal):
        value = value.value
    if isinstance(value, str):
        named = _classes(vocabulary).get(value.strip().casefold()) if vocabulary else None
        if named:
            return ox.NamedNode(named)
        return next((t for name in types if (t := _read(name, value)) is not None), None)
    spell = next((_SPELL[kind] for kind in type(value).__mro__ if kind in _SPELL), None)
    if spell is None:
        return None
    name, text = spell(value)
    fitting = next((t for t in (name, *_WIDER.get(name, ())) if t in types), None)
    return _read(fitting, text) if fitting else None


def _read(name: TypeName, text: str) -> ox.NamedNode | ox.Literal | None:
    if name == "iri":
        return _iri(text.strip())
    try:
        if name == "text":
            return ox.Literal(text)
        text = text.strip()
        if not _LEXICAL[name].fullmatch(text):
            return None
        if name in {"date", "dateTime"}:
            datetime.fromisoformat(text)
        return ox.Literal(text, datatype=ox.NamedNode(terms.iri(f"xsd:{name}")))
    except ValueError:  # no such day, or not Unicode
        return None


def _iri(text: str) -> ox.NamedNode | None:
    text = text[1:-1] if text.startswith("<") and text.endswith(">") else text
    prefix, _, local = text.partition(":")
    namespace = terms.sparql_prefixes().get(prefix)
    if namespace and not local.startswith("//"):
        text = namespace + local
    elif "://" not in text and not text.startswith("urn:"):
        return None
    try:
        return ox.NamedNode(text)
    except ValueError:
        return None


def spelled(node: ox.NamedNode | ox.Literal) -> str:
    r"""The term as SPARQL writes it, serialised by pyoxigraph.

    `\u` in a query is replaced before anything else is read (SPARQL 1.1, 19.2), by some engines
    even after a backslash that is escaped; so the letter after such a backslash is escaped too.
    Escapes have eight digits, since some engines read on after four.
    """
    line = ox.serialize([ox.Triple(_SUBJECT, _SUBJECT, node)], format=ox.RdfFormat.N_TRIPLES)
    assert line is not None
    text = line.decode()[len("<urn:x> <urn:x> ") : -len(" .\n")]
    return text if isinstance(node, ox.NamedNode) else _ESCAPES.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    if found["letter"]:
        return rf"\\\U{ord(found['letter']):08X}"
    return rf"\U0000{found['code']}" if found["code"] else found[0]


@cache
def _classes(vocabulary: str) -> dict[str, str]:
    """IRIs by value, in lower case, of one list of translators/descriptor/values.tsv."""
    rows = resources.rows(resources.translators() / "descriptor" / "values.tsv")
    return {r["value"].casefold(): terms.iri(r["term"]) for r in rows if r["list"] == vocabulary}


def vocabularies() -> frozenset[str]:
    """The names of the descriptor's value lists."""
    rows = resources.rows(resources.translators() / "descriptor" / "values.tsv")
    return frozenset(r["list"] for r in rows)
