"""The catalogue of named queries."""

from __future__ import annotations

import json
import shlex

from ontomedirad import queries
from ontomedirad.query import Column, Query
from reference_pages.markdown import code, heading, plain, table


def queries_page() -> str:
    catalogue = sorted(queries().values(), key=lambda q: (q.header.topic, q.name))
    listed = [
        (f"[{q.name}](#{q.name})", plain(q.header.topic), str(q.legacy_id or ""), plain(q.summary))
        for q in catalogue
    ]
    return (
        "# Queries\n\n"
        "Named queries with typed parameters. `original` is the number of the query of the earlier "
        "system that "
        "one continues; `queries().by_legacy_id(14)` finds it by that number.\n\n"
        + table(("Query", "Topic", "Original", "Answers"), listed)
        + "".join(map(_query, catalogue))
    )


def _query(query: Query) -> str:
    parts = [heading(2, query.name, query.name), f"{plain(query.header.description)}\n\n"]
    if query.parameters:
        rows = [
            (code(p.name), plain(p.wanted), plain(p.description), code(_text(p.example)))
            for p in query.parameters
        ]
        parts.append(table(("Parameter", "Takes", "What it is", "Example"), rows) + "\n")
    columns = [(code(c.name), c.type, _unit(c), plain(c.description)) for c in query.columns]
    parts.append(table(("Column", "Type", "Unit", "What it holds"), columns) + "\n")
    given = "".join(
        f" -p {shlex.quote(f'{name}={_text(one)}')}"
        for name, value in query.header.example.items()
        for one in (value if isinstance(value, list) else [value])
    )
    parts.append(f"```console\n$ ontomedirad query run {query.name} --store doses{given}\n```\n\n")
    if query.header.differences:
        parts.append(f"Differences from the original: {plain(query.header.differences)}\n\n")
    body = "\n".join(line for line in query.text.splitlines() if not line.startswith("#+")).strip("\n")
    indented = "\n".join(f"    {line}" for line in ["```sparql", *body.splitlines(), "```"])
    return "".join([*parts, f'??? note "SPARQL text"\n\n{indented}\n'])


def _unit(column: Column) -> str:
    return f"in `{column.unit_column}`" if column.unit_column else plain(column.unit)


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, default=str)
