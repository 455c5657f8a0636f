"""A store of graphs: put, remove, ask; embedded in a folder or in memory, or at a SPARQL endpoint."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ontomedirad import __version__, terms
from ontomedirad.errors import EndpointError, NotConforming, StoreError
from ontomedirad.ontology import ONTOLOGY_GRAPH, Ontology, open_ontology
from ontomedirad.store import moving
from ontomedirad.store.allowed import MOST, Allowed
from ontomedirad.store.base import Backend, Closing, Solutions, is_record, record_graph
from ontomedirad.store.embedded import MEMORY, Embedded
from ontomedirad.store.endpoint import Endpoint
from ontomedirad.store.log import Import, Log, read_log
from ontomedirad.store.moving import Outdated
from ontomedirad.store.record import content_hash, record
from ontomedirad.store.remote import Offers, Remote
from ontomedirad.translation.literals import text
from ontomedirad.translation.result import Translation

if TYPE_CHECKING:
    from ontomedirad.lineage.explain import Explanation
    from ontomedirad.lineage.impact import Impact
    from ontomedirad.query.result import Result


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """What a store holds: how many graphs and quads, which ontology, and what to do about it.

    `outdated` counts the graphs that another version of the package or of the ontology made.
    `offers` says what an endpoint gives; None for an embedded store, which gives everything.
    """

    location: str
    graphs: int
    quads: int
    ontology_version: str
    package_ontology_version: str
    outdated: int = 0
    offers: Offers | None = None

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
        if self.outdated:
            return f"{self.outdated:,} graphs were made by another version; rebuild makes them again"
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

    def put(self, translation: Translation, *, instead_of: str | None = None, by: str = "") -> bool:
        """Replace the source's graph whole, with its import record, in one transaction.

        `by` says who imports, for the log. `instead_of` names a graph of the same source that goes
        in the same transaction. Returns False when the store holds just this content already: then
        the content stays, and the record is renewed if another version of the package or of the
        ontology made it. Raises NotConforming for a translation with findings at *must*; nothing
        is written.
        """
        if not translation.report.conforms("must"):
            raise NotConforming(translation.report.at("must"))
        graph, beside = translation.graph, record_graph(translation.graph)
        old = [g for g in (instead_of,) if g not in {None, graph}]
        new = (content_hash(translation), __version__, self.ontology.version)
        held = self._recorded(graph)
        if not old and held == new:
            return False
        replaced = [x for g in old if g for x in (g, record_graph(g))]
        earlier = self.log(graph) if held[0] else None
        text = record(translation, self.ontology.version, by=by, earlier=earlier)
        same = held[0] == new[0]
        if not same:
            replaced, text = [graph, *replaced], translation.nquads + text
        try:
            self.backend.replace([*replaced, beside], text)
        except EndpointError as error:
            if not error.unknown or self._recorded(graph) != new:
                raise self._undecided(error) from None
        return not same

    def _undecided(self, error: EndpointError) -> EndpointError:
        """The error of a write, with what is known of the write."""
        if not error.unknown:
            return error
        return EndpointError(
            f"{error}; whether it was written is not known: do it again, which changes nothing if it was",
            status=error.status,
            said=error.said,
            unknown=True,
        )

    def _recorded(self, graph: str) -> tuple[str, str, str]:
        """Hash of the content, version of the package, version of the ontology: of the last import."""
        hash_, package, ontology = (
            terms.iri(f"omx:has_{n}") for n in ("graph_hash", "package_version", "ontology_version")
        )
        text = (
            f"SELECT ?h ?p ?o WHERE {{ GRAPH <{record_graph(graph)}> {{ <{graph}> <{hash_}> ?h ; "
            f"<{terms.iri('prov:wasGeneratedBy')}> [ <{package}> ?p ; <{ontology}> ?o ] }} }}"
        )
        for row in self.select(text):
            h, p, o = (str(getattr(term, "value", "")) for term in row)
            return h, p, o
        return "", "", ""

    def unchanged(self, graph: str, source_hash: str, settings_hash: str) -> bool:
        """Whether the graph is there, made of that source with those settings by this very package."""
        said = {
            "prov:wasDerivedFrom": {"omx:has_source_hash": source_hash},
            "prov:wasGeneratedBy": {
                "omx:has_settings_hash": settings_hash,
                "omx:has_package_version": __version__,
                "omx:has_ontology_version": self.ontology.version,
            },
        }
        facts = " ; ".join(
            f"<{terms.iri(of)}> [ "
            + " ; ".join(f"<{terms.iri(name)}> {text(value)}" for name, value in values.items())
            + " ]"
            for of, values in said.items()
        )
        return self.backend.ask(f"ASK {{ GRAPH <{record_graph(graph)}> {{ <{graph}> {facts} }} }}")

    def remove(self, graph: str) -> None:
        """Take a source's graph and its import record out; StoreError where there is none."""
        if not self.backend.has_graph(graph):
            raise StoreError(f"{self.location}: holds no graph <{graph}>")
        try:
            self.backend.replace([graph, record_graph(graph)], "")
        except EndpointError as error:
            if not error.unknown or self.backend.has_graph(graph):
                raise self._undecided(error) from None

    def graphs(self) -> Iterator[str]:
        """IRIs of the content graphs, without import records and ontology."""
        for graph in sorted(self.backend.graphs()):
            if graph != ONTOLOGY_GRAPH and not is_record(graph):
                yield graph

    def allowed(
        self,
        allowed_graphs: Iterable[str],
        *,
        folder: str | os.PathLike[str] | None = None,
        most: int = MOST,
    ) -> Store:
        """A store for reading that holds these content graphs only, their records, and the ontology.

        Every read of it is limited, whatever the text of a query says: the other graphs are not
        there. It keeps a copy of the allowed graphs, of at most `most` quads, in memory or in a
        new `folder`, and copies again what changed before each read.
        """
        location = MEMORY if folder is None else os.fspath(folder)
        return Store(Allowed(self.backend, allowed_graphs, location=location, most=most), writable=False)

    def query(
        self, name: str, *, timeout: float | None = None, limit: int | None = None, **parameters: Any
    ) -> Result:
        """The rows of a named query of the catalogue; `timeout` in seconds, `limit` in rows."""
        from ontomedirad.query import queries

        return queries()[name].run(self, timeout=timeout, limit=limit, **parameters)

    def select(self, text: str, *, timeout: float | None = None) -> Solutions:
        """The rows of a SELECT text over all graphs together. Updates are impossible here.

        With a `timeout`, in seconds, StoreError when it takes longer: docs/explanation/store.md
        says what holds where.
        """
        return self.backend.select(text, timeout)

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
        """Copy the store to a new folder that opens as a store."""
        moving.backup(self.backend, folder)

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
        offers = self.backend.offers() if isinstance(self.backend, Remote) else None
        old = sum(1 for _ in self.outdated())
        return StoreInfo(self.location, graphs, quads, version, self.ontology.version, old, offers)

    def outdated(self) -> Iterator[Outdated]:
        """The graphs that another version of the package or of the ontology made."""
        return moving.outdated(self)

    def dump(self, path: str | os.PathLike[str]) -> int:
        """Write all graphs as N-Quads; returns how many quads. The file appears whole or not at all."""
        return moving.dump(self.backend, path)

    def load(self, path: str | os.PathLike[str]) -> None:
        """Add the graphs of a dump, replacing those of the same name.

        One transaction in an embedded store; at an endpoint, transactions of whole graphs: cut off
        in between, loading again completes it. Raises StoreError for a file that is no N-Quads, or
        that states something in no named graph.
        """
        moving.load(self.backend, path)

    def merge_again(self) -> Iterator[str]:
        """Make the merge of all graphs again, a transaction a graph; the IRIs of those that are done."""
        return moving.merge_again(self.backend)

    def close(self) -> None:
        """Give the folder back; another process can open it then."""
        self.backend.close()


def open_store(location: str | os.PathLike[str] | Endpoint, *, read_only: bool = False) -> Store:
    """A store at a folder (made where absent), `:memory:`, or a SPARQL 1.1 endpoint.

    An endpoint is its address, or an `Endpoint` with credentials and bounds; it needs the extra
    `remote`. A new store gets the ontology at once. Raises StoreLocked when another process is
    writing, StoreError when the folder holds something else or no endpoint answers.
    """
    if isinstance(location, Endpoint):
        return _store(Remote(location, read_only=read_only), read_only)
    place = os.fspath(location)
    if place.startswith(("http://", "https://")):
        return _store(Remote(Endpoint.at(place), read_only=read_only), read_only)
    return _store(Embedded(place, read_only=read_only), read_only)


def _store(backend: Backend, read_only: bool) -> Store:
    try:
        return Store(backend, writable=not read_only)
    except BaseException:
        backend.close()
        raise


__all__ = [
    "MEMORY",
    "Endpoint",
    "Import",
    "Log",
    "Offers",
    "Outdated",
    "Solutions",
    "Store",
    "StoreInfo",
    "open_store",
]
