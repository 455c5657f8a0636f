"""A store of graphs: put, remove, ask; embedded in a folder or in memory."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ontomedirad import terms
from ontomedirad.errors import NotConforming, StoreError
from ontomedirad.ontology import ONTOLOGY_GRAPH, Ontology, open_ontology
from ontomedirad.store.base import Backend, Closing, Solutions, is_record
from ontomedirad.store.embedded import MEMORY, Embedded
from ontomedirad.store.log import Import, Log, read_log
from ontomedirad.store.record import content_hash, record, record_graph
from ontomedirad.translation.result import Translation

if TYPE_CHECKING:
    from ontomedirad.lineage.explain import Explanation
    from ontomedirad.lineage.impact import Impact
    from ontomedirad.query.result import Result


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """What a store holds: how many graphs and quads, which ontology, and what to do about it."""

    location: str
    graphs: int
    quads: int
    ontology_version: str
    package_ontology_version: str

    @property
    def advice(self) -> str:
        """What is wrong with the ontology of this store; empty when nothing is."""
        if not self.ontology_version:
            return "the ontology is missing: queries by class answer nothing; load_ontology() adds it"
        if self.ontology_version != self.package_ontology_version:
            return (
                f"the store's ontology is {self.ontology_version}, the package's is "
                f"{self.package_ontology_version}; load_ontology() replaces it"
            )
        return ""


class Store(Closing):
    """Content graphs, their import records, and the ontology. Use as a context manager."""

    def __init__(self, backend: Backend, *, writable: bool = True) -> None:
        self.backend = backend
        self.writable = writable
        if writable and not backend.has_graph(ONTOLOGY_GRAPH):
            self.load_ontology()

    @property
    def location(self) -> str:
        """Where the store is."""
        return self.backend.location

    @cached_property
    def ontology(self) -> Ontology:
        """The package's ontology, which a new store is given."""
        return open_ontology()

    def load_ontology(self, ontology: Ontology | None = None) -> None:
        """Put the package's ontology, or another, in place of the store's."""
        chosen = ontology or self.ontology
        self.backend.replace([ONTOLOGY_GRAPH], chosen.nquads(ONTOLOGY_GRAPH).decode())

    def put(self, translation: Translation, *, by: str = "") -> bool:
        """Replace the source's graph whole, with its import record, in one transaction.

        `by` says who imports, for the log. Returns False when the store holds just this content
        already: then nothing changes.
        Raises NotConforming for a translation with findings at *must*; nothing is written.
        """
        if not translation.report.conforms("must"):
            raise NotConforming(translation.report.at("must"))
        graph, beside = translation.graph, record_graph(translation.graph)
        if self._hash_of(graph) == content_hash(translation):
            return False
        earlier = self.log(graph) if self.backend.has_graph(beside) else None
        text = translation.nquads + record(translation, self.ontology.version, by=by, earlier=earlier)
        self.backend.replace([graph, beside], text)
        return True

    def _hash_of(self, graph: str) -> str:
        predicate = terms.iri("omx:has_graph_hash")
        text = f"SELECT ?h WHERE {{ GRAPH <{record_graph(graph)}> {{ <{graph}> <{predicate}> ?h }} }}"
        return next((str(h.value) for (h,) in self.select(text) if isinstance(h, ox.Literal)), "")

    def remove(self, graph: str) -> None:
        """Take a source's graph and its import record out; StoreError where there is none."""
        if not self.backend.has_graph(graph):
            raise StoreError(f"{self.location}: holds no graph <{graph}>")
        self.backend.replace([graph, record_graph(graph)], "")

    def graphs(self) -> Iterator[str]:
        """IRIs of the content graphs, without import records and ontology."""
        for graph in sorted(self.backend.graphs()):
            if graph != ONTOLOGY_GRAPH and not is_record(graph):
                yield graph

    def query(self, name: str, **parameters: Any) -> Result:
        """The rows of a named query of the catalogue."""
        from ontomedirad.query import queries

        return queries()[name].run(self, **parameters)

    def select(self, text: str) -> Solutions:
        """The rows of a SELECT text over all graphs together. Updates are impossible here."""
        return self.backend.select(text)

    def ask(self, text: str) -> bool:
        """The answer of an ASK text over all graphs together."""
        return self.backend.ask(text)

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """All quads, or those of one graph."""
        return self.backend.quads(graph)

    def about(self, node: str) -> Iterator[ox.Quad]:
        """What the content graphs say of a node."""
        for quad in self.backend.quads_of(node):
            if isinstance(quad.graph_name, ox.NamedNode) and not is_record(quad.graph_name.value):
                yield quad

    def backup(self, folder: str | os.PathLike[str]) -> None:
        """Copy an on-disk store to a new folder that opens as a store."""
        if not isinstance(self.backend, Embedded) or self.location == MEMORY:
            raise StoreError(f"{self.location}: only a store in a folder can be backed up; use dump")
        if Path(folder).exists():
            raise StoreError(f"{folder}: is there already; name a new folder")
        self.backend.backup(Path(folder))

    def explain(self, node: str) -> Explanation:
        """Where a value, data set or region (IRI or CURIE) comes from."""
        from ontomedirad.lineage.explain import explain

        return explain(self, node)

    def impact(self, node: str) -> Impact:
        """What rests on an image, calibration, segmentation, method, software or import."""
        from ontomedirad.lineage.impact import impact

        return impact(self, node)

    def log(self, graph: str = "") -> Log:
        """What was put when, by whom, from which bytes, and what replaced it: of one graph, or of all."""
        return read_log(self.select, graph)

    def info(self) -> StoreInfo:
        """What the store holds."""
        predicate = terms.iri("owl:versionInfo")
        root = f"{terms.ONTOLOGY_BASE}ontomedirad"
        text = f"SELECT ?v WHERE {{ GRAPH <{ONTOLOGY_GRAPH}> {{ <{root}> <{predicate}> ?v }} }}"
        version = next((str(v.value) for (v,) in self.select(text) if isinstance(v, ox.Literal)), "")
        graphs, quads = len(list(self.graphs())), self.backend.size()
        return StoreInfo(self.location, graphs, quads, version, self.ontology.version)

    def dump(self, path: str | os.PathLike[str]) -> int:
        """Write all graphs as N-Quads; returns how many quads. The file appears whole or not at all."""
        target = Path(path)
        part = target.with_name(target.name + ".part")
        ox.serialize(self.quads(), str(part), ox.RdfFormat.N_QUADS)
        part.replace(target)
        return self.backend.size()

    def load(self, path: str | os.PathLike[str]) -> None:
        """Add the graphs of a dump, replacing those that it holds, in one transaction.

        Raises StoreError for a file that is no N-Quads, or that states something in no named graph.
        """
        try:
            with Path(path).open("rb") as file:
                quads = list(ox.parse(file, ox.RdfFormat.N_QUADS))
        except SyntaxError as error:
            raise StoreError(f"{path}:{error.lineno}: this is not N-Quads; give a dump of a store") from None
        graphs = {q.graph_name.value for q in quads if isinstance(q.graph_name, ox.NamedNode)}
        outside = sum(not isinstance(q.graph_name, ox.NamedNode) for q in quads)
        if outside:
            raise StoreError(f"{path}: {outside:,} statements are in no graph; name one in each line")
        text = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
        assert text is not None
        self.backend.replace(sorted(graphs), text.decode())

    def close(self) -> None:
        """Give the folder back; another process can open it then."""
        self.backend.close()


def open_store(location: str | os.PathLike[str], *, read_only: bool = False) -> Store:
    """A store at a folder (made where absent) or `:memory:`.

    A new store gets the ontology at once. Raises StoreLocked when another process is writing,
    StoreError when the folder holds something else.
    """
    place = os.fspath(location)
    if place.startswith(("http://", "https://")):
        raise StoreError(f"{place}: remote stores are not supported yet; name a folder or {MEMORY}")
    return Store(Embedded(place, read_only=read_only), writable=not read_only)


__all__ = ["MEMORY", "Import", "Log", "Solutions", "Store", "StoreInfo", "open_store"]
