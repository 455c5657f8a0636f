"""Quads in this process: in memory, or in a folder that survives a crash (pyoxigraph, RocksDB).

One `load` or `update` call of pyoxigraph is atomic: killed in the middle, the folder opens with
all of it or none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from ontomedirad.errors import QueryError, StoreError, StoreLocked
from ontomedirad.store.base import Solutions

MEMORY = ":memory:"


class Embedded:
    """A pyoxigraph store; a read-only one is a snapshot of the moment it was opened."""

    def __init__(self, location: str, *, read_only: bool = False) -> None:
        self.location = location
        self._store: ox.Store | None = _open(location, read_only)

    @property
    def store(self) -> ox.Store:
        """The pyoxigraph store; StoreError when closed."""
        if self._store is None:
            raise StoreError(f"{self.location}: this store was closed")
        return self._store

    def select(self, text: str) -> Solutions:
        """See `Backend.select`; QueryError where the text is no SELECT."""
        answer = self._query(text)
        if not isinstance(answer, ox.QuerySolutions):
            raise QueryError("expected a SELECT query")
        names = tuple(v.value for v in answer.variables)
        width = range(len(names))
        return Solutions(names, (tuple(row[i] for i in width) for row in answer))

    def ask(self, text: str) -> bool:
        """See `Backend.ask`."""
        return bool(self._query(text))

    def _query(self, text: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        try:
            return self.store.query(text, use_default_graph_as_union=True)
        except SyntaxError as error:
            raise QueryError(f"not a SPARQL query: {error}") from None

    def replace(self, graphs: Iterable[str], nquads: str) -> None:
        """See `Backend.replace`: one `load` where nothing is replaced, else one `update`."""
        held = [g for g in graphs if self.has_graph(g)]
        try:
            if not held:
                self.store.load(nquads.encode(), ox.RdfFormat.N_QUADS)
            else:
                drops = "".join(f"DROP SILENT GRAPH <{g}>;\n" for g in held)
                self.store.update(drops + insert_data(nquads))
        except OSError as error:
            raise StoreError(f"{self.location}: could not be written: {error}") from None

    def has_graph(self, graph: str) -> bool:
        """See `Backend.has_graph`."""
        return self.store.contains_named_graph(ox.NamedNode(graph))

    def graphs(self) -> Iterator[str]:
        """See `Backend.graphs`."""
        return (g.value for g in self.store.named_graphs())

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """See `Backend.quads`."""
        return self.store.quads_for_pattern(None, None, None, ox.NamedNode(graph) if graph else None)

    def quads_of(self, node: str) -> Iterator[ox.Quad]:
        """See `Backend.quads_of`."""
        return self.store.quads_for_pattern(ox.NamedNode(node), None, None)

    def size(self) -> int:
        """See `Backend.size`."""
        return len(self.store)

    def backup(self, folder: Path) -> None:
        """A copy of an on-disk store that opens as one."""
        self.store.backup(str(folder))

    def close(self) -> None:
        """See `Backend.close`; the folder can be opened by another process afterwards."""
        self._store = None


def _open(location: str, read_only: bool) -> ox.Store:
    if location == MEMORY:
        return ox.Store()
    folder = Path(location)
    try:
        if read_only:
            return ox.Store.read_only(str(folder))
        folder.mkdir(parents=True, exist_ok=True)
        return ox.Store(str(folder))
    except FileExistsError:
        raise StoreError(f"{location}: is a file; a store is a folder") from None
    except OSError as error:
        if "lock" in str(error).lower():
            raise StoreLocked(
                f"{location}: another process is writing to this store; wait for it, or open it read-only"
            ) from None
        raise StoreError(f"{location}: cannot be opened as a store: {error}") from None


def insert_data(nquads: str) -> str:
    """An update that inserts N-Quads whose graph is the last term of each line."""
    by_graph: dict[str, list[str]] = {}
    for line in nquads.splitlines():
        body, _, graph = line[:-2].rpartition(" ")
        by_graph.setdefault(graph, []).append(body)
    blocks = "".join(f"GRAPH {g} {{\n" + " .\n".join(lines) + " .\n}\n" for g, lines in by_graph.items())
    return f"INSERT DATA {{\n{blocks}}}"
