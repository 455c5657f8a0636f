"""The little Markdown that the generated pages need."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from functools import cache

from ontomedirad import open_ontology, terms
from ontomedirad.ontology import Ontology


@cache
def ontology() -> Ontology:
    """The package's ontology, loaded once a build."""
    return open_ontology()


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; `|` and line ends in cells are escaped."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "".join("| " + " | ".join(map(_cell, line)) + " |\n" for line in lines)


def _cell(text: str) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", " ".join(text.split()))


def plain(text: str) -> str:
    """Text from data, so that Markdown takes nothing in it for markup."""
    return re.sub(r"([\\`*_\[\]{}#])", r"\\\1", html.escape(text, quote=False))


def code(text: str) -> str:
    """Text as code."""
    return f"`{text}`" if text else ""


def term(curie: str) -> str:
    """A term by its CURIE, with its label where the ontology has one."""
    label = ontology().label(terms.iri(curie)) if ":" in curie else ""
    return f"`{curie}` ({plain(label)})" if label else f"`{curie}`"


def iri(text: str) -> str:
    """A term by its IRI."""
    return term(terms.curie(text))


def slug(text: str) -> str:
    """The anchor of a heading."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def heading(level: int, text: str, anchor: str = "") -> str:
    """A heading with an anchor of its own."""
    return f"\n{'#' * level} {text} {{ #{anchor or slug(text)} }}\n\n"


def first_line(text: str | None) -> str:
    """The first paragraph of a docstring on one line."""
    return " ".join((text or "").strip().split("\n\n")[0].split())
