"""Where terms are named: in the translators' tables, in shapes, in queries, and in the package's code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ontomedirad import resources
from ontomedirad.terms import PREFIXES, SYNONYMS
from ontomedirad.terms import iri as expand

VOCABULARIES = ("om", "dcm", "rn", "snmi", "study", "omx", "obo")
"""Prefixes of the ontology's own terms; a name under one of them must be declared."""

_NAMESPACES = tuple(PREFIXES[p] for p in VOCABULARIES)
_PREFIX = "|".join([*VOCABULARIES, *(s for s, p in SYNONYMS.items() if p in VOCABULARIES)])
_CELL = re.compile(rf"(?:{_PREFIX}):\S+\Z")
_LOCAL = r"(?:[\w.-]|\\.|%[0-9A-Fa-f]{2})*(?:\w|\\.)"
_NAME = re.compile(rf"<([^<>\s]*)>|(?<![\w:/#.-])((?:{_PREFIX}):{_LOCAL})")
_ESCAPE = re.compile(r"\\(.)")
_DECLARATION = re.compile(r"\s*(@?prefix|@?base)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Use:
    """One place that names a term: `file` as seen from the folder that holds it, `line` from 1."""

    file: str
    line: int
    iri: str


def find_uses() -> tuple[Use, ...]:
    """All places that name a term of `VOCABULARIES`, sorted by file and line, each once a line."""
    return tuple(sorted(set(_all())))


def by_term(uses: Iterable[Use]) -> dict[str, list[Use]]:
    """The places by the IRI that they name."""
    found: dict[str, list[Use]] = {}
    for use in uses:
        found.setdefault(use.iri, []).append(use)
    return found


def _all() -> Iterator[Use]:
    for label, folder, suffix, read in (
        ("translators", resources.translators(), "*.tsv", _table),
        ("shapes", resources.shapes(), "*.ttl", _text),
        ("queries", resources.queries(), "*.rq", _text),
        ("ontology/mappings", resources.ontology() / "mappings", "*.tsv", _subjects),
        ("ontomedirad", Path(__file__).resolve().parents[1], "*.py", _code),
    ):
        for path in sorted(folder.rglob(suffix)):
            name = f"{label}/{path.relative_to(folder).as_posix()}"
            for line, iri in read(path.read_text("utf-8")):
                yield Use(name, line, iri)


def _table(text: str) -> Iterator[tuple[int, str]]:
    for number, line in _lines(text):
        for cell in line.split():
            if _CELL.match(cell):
                yield number, expand(cell)


def _subjects(text: str) -> Iterator[tuple[int, str]]:
    """The first cell of each row: what a mapping maps."""
    for number, line in _lines(text):
        cell = line.split("\t", 1)[0]
        if _CELL.match(cell):
            yield number, expand(cell)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    return ((n, line) for n, line in enumerate(text.splitlines(), 1) if not line.startswith("#"))


def _text(text: str) -> Iterator[tuple[int, str]]:
    """Names in Turtle and SPARQL, comments and declarations of prefixes left out."""
    for number, line in _lines(text):
        if not _DECLARATION.match(line):
            for iri in _names(line):
                yield number, iri


def _names(line: str) -> Iterator[str]:
    for match in _NAME.finditer(line):
        if match[2]:
            yield expand(_ESCAPE.sub(r"\1", match[2]))
        elif match[1].startswith(_NAMESPACES):
            yield match[1]


def _code(text: str) -> Iterator[tuple[int, str]]:
    """CURIEs in the strings of a module; docstrings, and the pieces of formatted strings, do not count."""
    tree = ast.parse(text)
    pieces = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in pieces:
            continue
        if _CELL.match(node.value):
            yield node.lineno, expand(node.value)
        elif "SELECT" in node.value or "WHERE" in node.value:
            for number, line in enumerate(node.value.splitlines()):
                for iri in _names(line):
                    yield node.lineno + number, iri
