"""The descriptor that a graph was made of, from wherever the graph is."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ontomedirad.checking.graphs import quads_in
from ontomedirad.descriptor.block import Block
from ontomedirad.errors import SourceError
from ontomedirad.store import Store
from ontomedirad.translation.back import restore
from ontomedirad.translation.result import Translation

if TYPE_CHECKING:
    from ontomedirad.descriptor.root import Graph


def descriptor_of(source: Graph, graph: str = "") -> Block:
    """See `Descriptor.from_graph`."""
    return restore(_quads(source, graph))


def _quads(source: Graph, graph: str) -> Iterable[ox.Quad | ox.Triple]:
    match source:
        case Translation():
            return source.quads
        case Store():
            return source.quads(_chosen(source, graph))
        case str() | os.PathLike():
            found: Iterable[Any] = quads_in(Path(source))
        case _ if hasattr(source, "serialize"):
            kind = ox.RdfFormat.N_QUADS if hasattr(source, "quads") else ox.RdfFormat.N_TRIPLES
            name = "nquads" if kind is ox.RdfFormat.N_QUADS else "nt"
            found = ox.parse(source.serialize(format=name, encoding="utf-8"), kind)
        case _:
            found = source
    return (q for q in found if q.graph_name.value == graph) if graph else found


def _chosen(store: Store, graph: str) -> str:
    held = list(store.graphs())
    if not graph and len(held) == 1:
        return held[0]
    if graph not in held:
        problem = f"holds no graph <{graph}>" if graph else f"holds {len(held)} graphs"
        raise SourceError(store.location, problem, "name one that `ontomedirad store info` lists")
    return graph
