"""What is checked: the content graphs of a translation, a store or an RDF file, one at a time."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from ontomedirad.errors import SourceError
from ontomedirad.ontology import ONTOLOGY_GRAPH
from ontomedirad.report import Place
from ontomedirad.store import Store
from ontomedirad.store.base import record_graph
from ontomedirad.terms import iri
from ontomedirad.translation.result import Translation
from ontomedirad.vocabulary import term

Checkable = Translation | Store | str | os.PathLike[str] | bytes
"""What `check` accepts; bytes are N-Quads or N-Triples, a path is read by its suffix."""

FORMATS: dict[str, ox.RdfFormat] = {
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".trig": ox.RdfFormat.TRIG,
    ".ttl": ox.RdfFormat.TURTLE,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
}

_RECORD = record_graph("")

_FORM = re.compile(
    rf"\S+ (<{re.escape(iri('form:'))}|{re.escape(term('rdf:type'))} <{re.escape(iri('form:'))})"
)
"""How a statement of the form of a source begins."""


@dataclass(frozen=True, slots=True)
class Graph:
    """One content graph: its statements as N-Triples, and where its nodes come from."""

    name: str
    ntriples: str
    locate: Callable[[str], Place | None]


def subject(source: Checkable) -> str:
    """What a report about the source is called."""
    match source:
        case Translation():
            return source.document.name
        case Store():
            return source.location
        case bytes():
            return "bytes"
    return os.fspath(source)


def graphs(source: Checkable) -> Iterator[Graph]:
    """The content graphs of a source; of a store, only one is in memory at a time.

    Raises SourceError for a file that is absent, of an unknown suffix, or not RDF.
    """
    match source:
        case Translation():
            yield Graph(source.graph, unnamed(source.nquads, source.graph), source.locate)
        case Store():
            for name in source.graphs():
                yield Graph(name, _ntriples(source.quads(name)), _recorded(source, name))
        case bytes():
            yield from _by_graph(_parsed("bytes", source, ox.RdfFormat.N_QUADS))
        case _:
            yield from _by_graph(quads_in(Path(source)))


def unnamed(nquads: str, graph: str) -> str:
    """The N-Triples of N-Quads that are all in one graph, without what tells the form of a source."""
    return _facts(nquads.replace(f" <{graph}> .\n", " .\n"))


def _ntriples(quads: Iterable[ox.Quad]) -> str:
    return _facts((ox.serialize((q.triple for q in quads), format=ox.RdfFormat.N_TRIPLES) or b"").decode())


def _facts(ntriples: str) -> str:
    """No rule asks how a source is written (decision 12): a sixth less for an engine to load."""
    return "\n".join(line for line in ntriples.split("\n") if not _FORM.match(line))


def quads_in(path: Path) -> Iterator[ox.Quad]:
    """The statements of a file of RDF, read by its suffix; SourceError where it is none."""
    format_ = FORMATS.get(path.suffix.lower())
    if format_ is None:
        raise SourceError(path.name, "is no RDF file", f"expected one of {', '.join(FORMATS)}")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(path.name, f"cannot be read: {error.strerror}") from None
    yield from _parsed(path.name, data, format_)


def _parsed(name: str, data: bytes, format_: ox.RdfFormat) -> Iterator[ox.Quad]:
    try:
        yield from ox.parse(data, format_)
    except (SyntaxError, ValueError) as error:
        line = f":{error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        hint = "bytes are read as N-Quads; write other formats to a file" if name == "bytes" else ""
        raise SourceError(f"{name}{line}", f"is not {format_.name}", hint) from None


def _by_graph(quads: Iterable[ox.Quad]) -> Iterator[Graph]:
    found: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        found.setdefault(getattr(quad.graph_name, "value", ""), []).append(quad)
    for graph in sorted(found):
        if graph != ONTOLOGY_GRAPH and not graph.endswith(_RECORD):
            yield Graph(graph, _ntriples(found.pop(graph)), lambda node: None)


def _recorded(store: Store, graph: str) -> Callable[[str], Place | None]:
    """Finds a node's place in the import record beside its graph."""
    beside = record_graph(graph)
    name, path, line = (iri(f"omx:has_source_{p}") for p in ("name", "path", "line"))

    def locate(node: str) -> Place | None:
        text = f"""SELECT ?file ?path ?line WHERE {{ GRAPH <{beside}> {{
            <{node}> <{path}> ?path . OPTIONAL {{ <{node}> <{line}> ?line }}
            OPTIONAL {{ ?source <{name}> ?file }} }} }}"""
        for file, where, row in store.select(text):
            file_name = file.value if isinstance(file, ox.Literal) else ""
            if isinstance(where, ox.Literal):
                number = int(row.value) if isinstance(row, ox.Literal) else None
                return Place(file_name, number, where.value, node)
        return None

    return locate
