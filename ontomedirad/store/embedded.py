"""Quads in this process: in memory, or in a folder that survives a crash (pyoxigraph, RocksDB).

One `load` or `update` call of pyoxigraph is atomic: killed in the middle, the folder opens with
all of it or none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from ontomedirad.errors import QueryError, StoreError, StoreLocked
from ontomedirad.store.answers import Deadline, in_time
from ontomedirad.store.base import Solutions, Stamp, is_record
from ontomedirad.store.merge import insert_data, merged
from ontomedirad.store.reading import checked, refuse_service
from ontomedirad.store.timed import timed

MEMORY = ":memory:"


class Embedded:
    """A pyoxigraph store; a read-only one is a snapshot of the moment it was opened."""

    def __init__(self, location: str, *, read_only: bool = False) -> None:
        self.location = location
        self._store: ox.Store | None = _open(location, read_only)
        self._writes: Counter[str] = Counter()

    @property
    def store(self) -> ox.Store:
        """The pyoxigraph store; StoreError when closed."""
        if self._store is None:
            raise StoreError(f"{self.location}: this store was closed")
        return self._store

    piece = None

    def select(self, text: str, timeout: float | None = None) -> Solutions:
        """See `Backend.select`; QueryError where the text is no SELECT.

        With a timeout, a store in a folder is asked by another process, which is ended in time. In
        memory a query runs here: the time is looked at between rows, and a single step of the
        engine is not cut short.
        """
        if timeout is not None and self.location != MEMORY:
            checked(text)
            answer = timed(self._folder, text, timeout)
            if isinstance(answer, bool):
                raise QueryError("expected a SELECT query")
            return answer
        deadline = Deadline(timeout) if timeout is not None else None
        found = self._query(text)
        if not isinstance(found, ox.QuerySolutions):
            raise QueryError("expected a SELECT query")
        names = tuple(v.value for v in found.variables)
        width = range(len(names))
        rows = (tuple(row[i] for i in width) for row in found)
        return Solutions(names, in_time(rows, deadline, self.location) if deadline else rows)

    @property
    def _folder(self) -> str:
        """Where the folder is; StoreError when the store is closed."""
        _ = self.store
        return self.location

    def ask(self, text: str) -> bool:
        """See `Backend.ask`."""
        return bool(self._query(text))

    def _query(self, text: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        refuse_service(text)
        try:
            return self.store.query(text)
        except SyntaxError as error:
            raise QueryError(f"not a SPARQL query: {error}") from None

    def replace(self, graphs: Iterable[str], nquads: str) -> None:
        """See `Backend.replace`: one `load` where nothing is replaced, else one `update`.

        The default graph holds the merge that queries see: Oxigraph's own union of graphs repeats a
        triple for each graph that holds it, and a join of n such triples repeats rows to the power n.
        """
        graphs = list(graphs)
        held = [g for g in graphs if self.has_graph(g)]
        both = merged(nquads)
        try:
            if not held:
                self.store.load((nquads + both).encode(), ox.RdfFormat.N_QUADS)
            else:
                drops = "".join(f"DROP SILENT GRAPH <{g}>;\n" for g in held)
                gone = "".join(f"{t} .\n" for t in self._only_in(set(held)) - _triples(both))
                self.store.update(f"{drops}DELETE DATA {{\n{gone}}};\n{insert_data(nquads, both)}")
        except OSError as error:
            raise StoreError(f"{self.location}: could not be written: {error}") from None
        self._writes.update(graphs)

    def _only_in(self, graphs: set[str]) -> set[ox.Triple]:
        """The triples of the merge that no graph but these holds."""
        found = set()
        for quad in (q for g in graphs if not is_record(g) for q in self.quads(g)):
            if _ground(quad) and all(
                q.graph_name.value in graphs or is_record(q.graph_name.value)
                for q in self.store.quads_for_pattern(quad.subject, quad.predicate, quad.object)
                if isinstance(q.graph_name, ox.NamedNode)
            ):
                found.add(quad.triple)
        return found

    def has_graph(self, graph: str) -> bool:
        """See `Backend.has_graph`."""
        return self.store.contains_named_graph(ox.NamedNode(graph))

    def graphs(self) -> Iterator[str]:
        """See `Backend.graphs`."""
        return (g.value for g in self.store.named_graphs())

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """See `Backend.quads`."""
        found = self.store.quads_for_pattern(None, None, None, ox.NamedNode(graph) if graph else None)
        return (q for q in found if isinstance(q.graph_name, ox.NamedNode))

    def quads_of(self, node: str) -> Iterator[ox.Quad]:
        """See `Backend.quads_of`."""
        found = self.store.quads_for_pattern(ox.NamedNode(node), None, None)
        return (q for q in found if isinstance(q.graph_name, ox.NamedNode))

    def stamps(self, graphs: Iterable[str]) -> dict[str, Stamp]:
        """See `Backend.stamps`: nobody else writes while this store is open, so writes are counted."""
        return {g: str(self._writes[g]) if self.has_graph(g) else None for g in graphs}

    def size(self) -> int:
        """See `Backend.size`."""
        return len(self.store) - sum(
            1 for _ in self.store.quads_for_pattern(None, None, None, ox.DefaultGraph())
        )

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


def _triples(ntriples: str) -> set[ox.Triple]:
    return {q.triple for q in ox.parse(ntriples.encode(), ox.RdfFormat.N_TRIPLES)}


def _ground(quad: ox.Quad) -> bool:
    return not isinstance(quad.subject, ox.BlankNode) and not isinstance(quad.object, ox.BlankNode)
