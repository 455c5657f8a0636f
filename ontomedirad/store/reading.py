"""What a text may ask of a store: a SELECT or an ASK, of nothing but the store."""

from __future__ import annotations

import re
from functools import cache

import pyoxigraph as ox

from ontomedirad.errors import QueryError
from ontomedirad.sparql import significant

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
_MARKS = frozenset("\"'\\<>{}()#;\n\r")


def refuse_service(text: str) -> None:
    """QueryError where the text has a SERVICE clause."""
    if "service" in text.lower() and any(t.says("SERVICE") for t in significant(text)):
        raise QueryError("SERVICE is not allowed: a query reaches nothing but its store")


def checked(text: str) -> None:
    r"""QueryError unless every engine reads the text as one SELECT or ASK without SERVICE.

    An engine that replaces `\u` escapes before it reads anything else (SPARQL 1.1, 19.2) must
    not find another query than one that replaces them in strings only: an escape may not stand
    for a character that ends a string or an IRI.
    """
    refuse_service(text)
    for short, long in _ESCAPE.findall(text):
        if int(short or long, 16) in map(ord, _MARKS):
            raise QueryError(rf"write the character itself instead of \u{short or long}")
    try:
        answer = _nothing().query(text)
    except SyntaxError as error:
        raise QueryError(f"not a SPARQL query: {error}") from None
    if isinstance(answer, ox.QueryTriples):
        raise QueryError("expected a SELECT or ASK query")


@cache
def _nothing() -> ox.Store:
    """A store that stays empty, for its parser."""
    return ox.Store()
