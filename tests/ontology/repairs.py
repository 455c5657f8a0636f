"""The tables of the repairs page, as the tests read them."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "ontology" / "repairs.md"


def rows(heading: str) -> list[list[str]]:
    """The cells of the table below a heading, code marks removed."""
    text = re.split(rf"^## {re.escape(heading)}\b.*$", PAGE.read_text("utf-8"), flags=re.M)[1]
    lines = [line for line in re.split(r"^## ", text, flags=re.M)[0].splitlines() if line.startswith("|")]
    return [[c.strip().replace("`", "") for c in line.strip("|").split("|")] for line in lines[2:]]


def moved() -> dict[str, tuple[str, str]]:
    """Terms with another parent: CURIE, parent removed, parent added."""
    return {term: (before, after) for term, before, after, _ in rows("Parents")}


def relabelled() -> dict[str, tuple[str, str]]:
    """Terms with another label: CURIE, label before, label after."""
    return {term: (before, after) for term, before, after, _ in rows("Labels")}


def retired() -> dict[str, str]:
    """Terms out of use and what replaces them."""
    return dict(rows("Namespaces that differ in case"))


def beyond() -> set[tuple[str, str, str]]:
    """Property, side and class that our graphs go beyond."""
    return {(property_, side, class_) for property_, side, class_, *_ in rows("Use beyond domain and range")}
