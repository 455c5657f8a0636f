"""Stores as files: dump, load, back up; and what must be translated again after an upgrade."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ontomedirad import __version__, terms
from ontomedirad.errors import StoreError
from ontomedirad.store.base import Backend
from ontomedirad.store.embedded import MEMORY, Embedded

if TYPE_CHECKING:
    from ontomedirad.store import Store

_PART = ".part"


@dataclass(frozen=True, slots=True)
class Outdated:
    """A graph that another version of the package or of the ontology made."""

    graph: str
    source_name: str
    source_hash: str
    package_version: str
    ontology_version: str


def outdated(store: Store) -> Iterator[Outdated]:
    """The graphs that should be made again from their sources, in the order of their IRIs."""
    text = f"""SELECT ?graph ?name ?hash ?package ?ontology WHERE {{ GRAPH ?record {{
        ?graph <{terms.iri("prov:wasGeneratedBy")}> ?act ; <{terms.iri("prov:wasDerivedFrom")}> ?source .
        ?act a <{terms.iri("omx:import_of_a_source")}> ;
            <{terms.iri("omx:has_package_version")}> ?package ;
            <{terms.iri("omx:has_ontology_version")}> ?ontology .
        ?source <{terms.iri("omx:has_source_name")}> ?name ; <{terms.iri("omx:has_source_hash")}> ?hash
    }} }} ORDER BY ?graph"""
    for row in store.select(text):
        graph, name, source, package, ontology = (getattr(t, "value", "") for t in row)
        if (package, ontology) != (__version__, store.ontology.version):
            yield Outdated(graph, name, source, package, ontology)


def dump(backend: Backend, path: str | os.PathLike[str]) -> int:
    """Write all graphs as N-Quads, graph by graph; how many quads. The file appears whole or not at all."""
    target = Path(path)
    part = target.with_name(target.name + _PART)
    count = 0

    def counted() -> Iterator[ox.Quad]:
        nonlocal count
        for graph in sorted(backend.graphs()):
            for quad in backend.quads(graph):
                count += 1
                yield quad

    try:
        with part.open("wb") as file:
            ox.serialize(counted(), file, ox.RdfFormat.N_QUADS)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        raise StoreError(f"{target}: cannot be written: {error.strerror}") from None
    finally:
        part.unlink(missing_ok=True)
    return count


def load(backend: Backend, path: str | os.PathLike[str]) -> None:
    """Put the graphs of a dump in place of those of the same name.

    One transaction where the store takes one of any size; else transactions of whole graphs, in
    the order of their names: cut off in between, loading again completes it.
    """
    with tempfile.TemporaryDirectory(prefix="ontomedirad-") as folder:
        sorted_by_graph = ox.Store(folder)
        _read(path, sorted_by_graph)
        graphs = sorted(g.value for g in sorted_by_graph.named_graphs() if isinstance(g, ox.NamedNode))
        waiting: list[tuple[str, str]] = []
        size = 0
        for graph in graphs:
            text = _nquads(sorted_by_graph, graph)
            if waiting and backend.piece is not None and size + len(text) > backend.piece:
                _replace(backend, waiting)
                waiting, size = [], 0
            waiting.append((graph, text))
            size += len(text)
        _replace(backend, waiting)


def _read(path: str | os.PathLike[str], into: ox.Store) -> None:
    try:
        with Path(path).open("rb") as file:
            into.bulk_load(file, ox.RdfFormat.N_QUADS)
    except SyntaxError as error:
        raise StoreError(f"{path}:{error.lineno}: this is not N-Quads; give a dump of a store") from None
    except OSError as error:
        raise StoreError(f"{path}: cannot be read: {error.strerror or error}") from None
    outside = sum(1 for _ in into.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    unnamed = sum(not isinstance(g, ox.NamedNode) for g in into.named_graphs())
    if outside or unnamed:
        raise StoreError(
            f"{path}: {outside or unnamed:,} statements are in no graph with an IRI; name one in each line"
        )


def _nquads(store: ox.Store, graph: str) -> str:
    quads = store.quads_for_pattern(None, None, None, ox.NamedNode(graph))
    text = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    assert text is not None
    return text.decode()


def _replace(backend: Backend, pieces: list[tuple[str, str]]) -> None:
    if pieces:
        backend.replace([g for g, _ in pieces], "".join(text for _, text in pieces))


def backup(backend: Backend, folder: str | os.PathLike[str]) -> None:
    """Copy the store to a new folder that opens as a store; the folder appears whole or not at all."""
    target = Path(folder)
    if target.exists():
        raise StoreError(f"{folder}: is there already; name a new folder")
    part = target.with_name(target.name + _PART)
    if part.exists():
        raise StoreError(f"{part}: is left from a backup that was cut off; remove it first")
    if isinstance(backend, Embedded) and backend.location != MEMORY:
        backend.backup(part)
    else:
        copy = Embedded(str(part))
        for graph in sorted(backend.graphs()):
            _replace(copy, [(graph, _text(backend.quads(graph)))])
        copy.close()
    part.rename(target)


def _text(quads: Iterable[ox.Quad]) -> str:
    text = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    assert text is not None
    return text.decode()


def merge_again(backend: Backend) -> Iterator[str]:
    """Put each graph in its own place again, so that the merge is as this version makes it."""
    for graph in sorted(backend.graphs()):
        _replace(backend, [(graph, _text(backend.quads(graph)))])
        yield graph
