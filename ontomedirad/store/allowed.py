"""A view of a store that holds nothing but the graphs that someone may read.

The limit is the data set, not the text of a query: the view is a store of its own, into which
the allowed graphs are copied, with a merge of its own. What GRAPH, FROM or a path could reach is
what was copied. See docs/decisions/0016-access-by-copy.md.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from ontomedirad.errors import StoreError
from ontomedirad.ontology import ONTOLOGY_GRAPH
from ontomedirad.store.base import Backend, Solutions, Stamp, is_record, record_graph
from ontomedirad.store.embedded import MEMORY, Embedded

MOST = 5_000_000
"""Quads that a view copies at most, unless it is told otherwise."""


class Allowed:
    """A backend that shows some content graphs of another, their import records, and the ontology.

    Before each read, what changed in the store since the last one is copied again.
    """

    piece = None

    def __init__(self, source: Backend, graphs: Iterable[str], *, location: str, most: int) -> None:
        asked = sorted(set(graphs))
        astray = [g for g in asked if is_record(g) or g == ONTOLOGY_GRAPH]
        if astray:
            raise StoreError(f"only content graphs are allowed or not; <{astray[0]}> comes with them")
        if location != MEMORY and Path(location).exists() and any(Path(location).iterdir()):
            raise StoreError(f"{location}: is not empty; a view keeps its copy in a new folder")
        self.location = f"{source.location} ({len(asked)} graphs allowed)"
        self._source, self._most = source, most
        self._named = [ONTOLOGY_GRAPH, *asked, *map(record_graph, asked)]
        self._copy = Embedded(location)
        self._stamps: dict[str, Stamp] = {}
        self._sizes: dict[str, int] = {}
        self._lock = threading.Lock()

    def _current(self) -> Embedded:
        """The copy, as the store is now."""
        with self._lock:
            now = self._source.stamps(self._named)
            for graph in self._named:
                if graph in self._stamps and self._stamps[graph] == now[graph]:
                    continue
                quads = list(self._source.quads(graph)) if now[graph] is not None else []
                self._sizes[graph] = len(quads)
                if sum(self._sizes.values()) > self._most:
                    raise StoreError(
                        f"{self.location}: they hold more than {self._most:,} quads; "
                        "allow fewer graphs, or raise `most`"
                    )
                text = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
                assert text is not None
                self._copy.replace([graph], text.decode())
                self._stamps[graph] = now[graph]
            return self._copy

    def select(self, text: str, timeout: float | None = None) -> Solutions:
        """See `Backend.select`."""
        return self._current().select(text, timeout)

    def ask(self, text: str) -> bool:
        """See `Backend.ask`."""
        return self._current().ask(text)

    def replace(self, graphs: Iterable[str], nquads: str) -> None:
        """Nothing is written through a view."""
        raise StoreError(f"{self.location}: is for reading only")

    def has_graph(self, graph: str) -> bool:
        """See `Backend.has_graph`."""
        return self._current().has_graph(graph)

    def graphs(self) -> Iterator[str]:
        """See `Backend.graphs`."""
        return self._current().graphs()

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """See `Backend.quads`."""
        return self._current().quads(graph)

    def quads_of(self, node: str) -> Iterator[ox.Quad]:
        """See `Backend.quads_of`."""
        return self._current().quads_of(node)

    def stamps(self, graphs: Iterable[str]) -> dict[str, Stamp]:
        """See `Backend.stamps`."""
        return self._current().stamps(graphs)

    def size(self) -> int:
        """See `Backend.size`."""
        return self._current().size()

    def close(self) -> None:
        """Forget the copy; the store stays open."""
        self._copy.close()
