"""A result for people: a table in a terminal, or in a notebook."""

from __future__ import annotations

import html
import io
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ontomedirad import terms

if TYPE_CHECKING:
    from rich.table import Table

    from ontomedirad.query.header import Column
    from ontomedirad.query.result import Result
    from ontomedirad.store.base import Term

NARROWEST = 9
"""Characters that a column needs to be read; where columns get less, rows are written below each other."""

HTML_ROWS = 100
"""Rows that a notebook shows; the line below says how many there are."""

_NUMBERS = {"integer", "decimal", "double"}


def short(term: Term | None) -> str:
    """A term for reading: a CURIE, the last part of an IRI, or the value."""
    if term is None:
        return ""
    if not isinstance(term, ox.NamedNode):
        return term.value if isinstance(term, ox.Literal) else str(term)
    found = terms.curie(term.value)
    if found != term.value:
        return found
    head, _, tail = term.value.rstrip("/").replace("#", "/").rpartition("/")
    return tail if head and tail else term.value


def table(result: Result, width: int) -> str:
    """Text of at most `width` characters a line.

    A column that holds the same in every row is said once, above, when the table would be too
    wide. When it still is, each row is written as a list of its columns.
    """
    from rich.console import Console
    from rich.text import Text

    rows = [[short(t) for t in row] for row in result.terms()]
    shown = list(range(len(result.columns)))
    page = io.StringIO()
    console = Console(file=page, width=width, color_system=None, highlight=False, markup=False, emoji=False)
    if not _fits(shown, width) and len(rows) > 1:
        same = [i for i in shown if all(row[i] == rows[0][i] for row in rows)]
        shown = [i for i in shown if i not in same]
        if same:
            console.print(Text("In every row:"))
            console.print(_listed(result.columns, rows[0], same))
    if _fits(shown, width):
        console.print(_grid(result.columns, rows, shown) if shown else "")
    else:
        for number, row in enumerate(rows, 1):
            console.print(Text(f"Row {number}:"))
            console.print(_listed(result.columns, row, shown))
    count = f"{len(rows)} row" + ("" if len(rows) == 1 else "s")
    console.print(Text(f"{count} of {result.name}" if result.name else count))
    return "\n".join(line.rstrip() for line in page.getvalue().splitlines()) + "\n"


def _fits(shown: list[int], width: int) -> bool:
    return len(shown) * (NARROWEST + 3) + 1 <= width


def _listed(columns: tuple[Column, ...], row: list[str], shown: list[int]) -> Table:
    """Name and value, a line each."""
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    grid.add_column(overflow="fold")
    grid.add_column(overflow="fold")
    for i in shown:
        grid.add_row(Text(f"  {_heading(columns[i])}"), Text(row[i]))
    return grid


def _grid(columns: tuple[Column, ...], rows: list[list[str]], shown: list[int]) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    grid = Table(box=box.SQUARE)
    for i in shown:
        number = columns[i].type in _NUMBERS
        grid.add_column(Text(_heading(columns[i])), justify="right" if number else "left", overflow="fold")
    for row in rows:
        grid.add_row(*(Text(row[i]) for i in shown))
    return grid


def _heading(column: Column) -> str:
    return f"{column.name} ({column.unit})" if column.unit else column.name


def html_table(result: Result) -> str:
    """The first rows as an HTML table; descriptions and full IRIs are in tooltips."""
    head = "".join(
        f'<th title="{html.escape(c.description)}">{html.escape(_heading(c))}</th>' for c in result.columns
    )
    body = "".join(
        _html_row(result.columns, row) for row, _ in zip(result.terms(), range(HTML_ROWS), strict=False)
    )
    count = len(result)
    more = f", the first {HTML_ROWS} shown" if count > HTML_ROWS else ""
    caption = f"{html.escape(result.name)}: {count} row{'' if count == 1 else 's'}{more}"
    return f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _html_row(columns: tuple[Column, ...], row: tuple[Any, ...]) -> str:
    return f"<tr>{''.join(_html_cell(c, t) for c, t in zip(columns, row, strict=True))}</tr>"


def _html_cell(column: Column, term: Term | None) -> str:
    style = ' style="text-align:right"' if column.type in _NUMBERS else ""
    full = f' title="{html.escape(term.value)}"' if isinstance(term, ox.NamedNode) else ""
    return f"<td{style}{full}>{html.escape(short(term))}</td>"
