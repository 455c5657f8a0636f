"""What of the named graphs the default graph holds: their merge, each statement once.

Source: RDF 1.1 Semantics, section 4.1; docs/decisions/0010-one-merged-default-graph.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from ontomedirad import terms
from ontomedirad.store.base import is_record

APART = f"<{terms.PREFIXES['form']}"
"""How the terms begin whose statements stay in their named graph: they serve the way back only."""


def lines(nquads: str) -> Iterator[tuple[str, str]]:
    """Triple and graph of each line of N-Quads as pyoxigraph writes it.

    Only a line feed ends a line: texts keep other separators of Unicode as they are.
    """
    for line in nquads.split("\n"):
        if line:
            body, _, graph = line[:-2].rpartition(" ")
            yield body, graph


def merged(nquads: str) -> str:
    """What of N-Quads goes into the merge, as N-Triples.

    No records of imports, no statements of `APART`, and no blank nodes: a blank node stays in its
    graph, where it can be replaced with it.
    """
    found: dict[str, None] = {}
    for body, graph in lines(nquads):
        if _merges(body) and not is_record(graph[1:-1]):
            found[body] = None
    return "".join(f"{body} .\n" for body in found)


def _merges(body: str) -> bool:
    subject, predicate, value = body.split(" ", 2)
    blank = subject[:2] == "_:" or value[:2] == "_:"
    return not blank and not predicate.startswith(APART) and not value.startswith(APART)


def insert_data(nquads: str, ntriples: str = "") -> str:
    """An update that inserts N-Quads, and triples into the default graph."""
    by_graph: dict[str, list[str]] = {}
    for body, graph in lines(nquads):
        by_graph.setdefault(graph, []).append(body)
    blocks = "".join(f"GRAPH {g} {{\n" + " .\n".join(bodies) + " .\n}\n" for g, bodies in by_graph.items())
    return f"INSERT DATA {{\n{ntriples}{blocks}}}"
