"""Quads behind a SPARQL 1.1 endpoint of any make.

Source: SPARQL 1.1 Query, Update, and Protocol. One update request is one transaction where the
endpoint keeps to SPARQL 1.1 Update, section 3; `offers` says whether it does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import IO

import pyoxigraph as ox

from ontomedirad import terms
from ontomedirad.errors import EndpointError, QueryError, StoreError
from ontomedirad.ontology import ONTOLOGY_GRAPH
from ontomedirad.store.answers import Deadline, canonical, parsed
from ontomedirad.store.base import RECORD, Solutions, Stamp, Term, is_record, record_graph
from ontomedirad.store.channel import Channel
from ontomedirad.store.endpoint import Endpoint
from ontomedirad.store.merge import insert_data, merged
from ontomedirad.store.reading import checked

MARK = f"https://w3id.org/ontomedirad/store{RECORD}"
"""A graph of one statement by which the kinds of default graph are told apart."""

_PROBE = f"https://w3id.org/ontomedirad/probe{RECORD}"
_RESULTS = "application/sparql-results+json, application/sparql-results+xml;q=0.5"
_TRIPLES = "application/n-triples"
_BUNDLE = f"<{terms.iri('rdf:type')}> <{terms.iri('prov:Bundle')}>"
_PATHS = (("", ""), ("/query", "/update"), ("/sparql", "/update"))
"""Where queries and updates go below a given address, in the order they are tried."""


@dataclass(frozen=True, slots=True)
class Offers:
    """What an endpoint gives; None where it was not tried because nothing may be written."""

    server: str
    union_default_graph: bool
    inference: bool
    writable: bool
    transactions: bool | None


class Remote:
    """A SPARQL endpoint. Each call is one request, but for `replace` of more than one piece."""

    def __init__(self, endpoint: Endpoint, *, read_only: bool = False) -> None:
        self.endpoint = endpoint
        self.location = endpoint.url
        self.read_only = read_only
        self._channel = Channel(endpoint)
        try:
            self._query_at, self._update_at = self._addresses()
        except BaseException:
            self._channel.close()
            raise

    @property
    def piece(self) -> int:
        """Bytes that one transaction of a load holds, unless a single graph is larger."""
        return self.endpoint.piece_bytes

    def _addresses(self) -> tuple[str, str]:
        """Where queries and updates go: the first address that answers a query."""
        failed: list[EndpointError] = []
        for query, update in _PATHS:
            base = self.endpoint.url.rstrip("/") if query else self.endpoint.url
            try:
                body, media = self._channel.ask(base + query, "ASK {}", _RESULTS)
                if _parsed(body, media, base + query) is True:
                    return base + query, self.endpoint.update or base + update
            except EndpointError as error:
                if error.status in {0, 401, 403} or error.passing:
                    raise
                failed.append(error)
            except StoreError:
                continue
        said = f" ({failed[0]})" if failed else ""
        raise StoreError(f"{self.location}: no SPARQL endpoint answers here, nor at /query or /sparql{said}")

    def _ask(self, text: str, timeout: float | None = None) -> Solutions | bool:
        deadline = Deadline(timeout) if timeout else None
        try:
            body, media = self._channel.ask(self._query_at, text, _RESULTS, deadline)
        except EndpointError as error:
            if error.status == 400:
                raise QueryError(
                    f"{self.location}: the endpoint cannot read this query (HTTP 400)"
                ) from error
            raise
        return _parsed(body, media, self.location)

    def select(self, text: str, timeout: float | None = None) -> Solutions:
        """See `Backend.select`."""
        checked(text)
        answer = self._ask(text, timeout)
        if isinstance(answer, bool):
            raise QueryError("expected a SELECT query")
        return answer

    def ask(self, text: str) -> bool:
        """See `Backend.ask`."""
        checked(text)
        answer = self._ask(text)
        return answer if isinstance(answer, bool) else next(iter(answer), None) is not None

    def replace(self, graphs: Iterable[str], nquads: str) -> None:
        """See `Backend.replace`: one request, which takes out what no other graph holds.

        Where the endpoint's default graph is the union of all graphs, nothing is written to it.
        """
        named = list(graphs)
        steps = [] if self.union else [_taken_out(g, named) for g in named if not is_record(g)]
        steps += [f"DROP SILENT GRAPH <{g}>" for g in named]
        if nquads:
            steps.append(insert_data(nquads, "" if self.union else merged(nquads)))
        self._update(" ;\n".join(steps))

    def _update(self, text: str) -> None:
        if self.read_only:
            raise StoreError(f"{self.location}: is open read-only")
        self._channel.update(self._update_at, text)

    @cached_property
    def union(self) -> bool:
        """Whether the endpoint's default graph is the union of all named graphs.

        A mark in a named graph shows it; only where nothing may be written, any import record does.
        """
        if not self.has_graph(MARK) and not self.read_only:
            self._update(f"INSERT DATA {{ GRAPH <{MARK}> {{ <{MARK}> {_BUNDLE} }} }}")
        if self.has_graph(MARK):
            return self.ask(f"ASK {{ <{MARK}> {_BUNDLE} }}")
        return self.ask(f'ASK {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRENDS(STR(?g), "{RECORD}")) ?s ?p ?o }}')

    def has_graph(self, graph: str) -> bool:
        """See `Backend.has_graph`."""
        return self.ask(f"ASK {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")

    def graphs(self) -> Iterator[str]:
        """See `Backend.graphs`."""
        for (graph,) in self.select("SELECT DISTINCT ?g { GRAPH ?g {} }"):
            if isinstance(graph, ox.NamedNode) and graph.value != MARK:
                yield graph.value

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """See `Backend.quads`; a request a graph, so that each is of one moment."""
        for name in [graph] if graph else sorted(self.graphs()):
            text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"
            body, media = self._channel.ask(self._query_at, text, _TRIPLES)
            if media.partition(";")[0].strip() not in {_TRIPLES, "text/plain"}:
                raise StoreError(f"{self.location}: gives no N-Triples, but {media or 'an unnamed format'}")
            node = ox.NamedNode(name)
            seen: set[ox.Triple] = set()  # CONSTRUCT may repeat a triple
            try:
                for quad in ox.parse(body, ox.RdfFormat.N_TRIPLES, rename_blank_nodes=True):
                    if quad.triple not in seen:
                        seen.add(quad.triple)
                        yield ox.Quad(quad.subject, quad.predicate, _object(quad.object), node)
            except SyntaxError:
                raise StoreError(f"{self.location}: what it gives of <{name}> is no N-Triples") from None

    def quads_of(self, node: str) -> Iterator[ox.Quad]:
        """See `Backend.quads_of`."""
        subject = ox.NamedNode(node)
        text = f"SELECT ?p ?o ?g {{ GRAPH ?g {{ <{subject.value}> ?p ?o }} }}"
        for p, o, g in self.select(text):
            if isinstance(p, ox.NamedNode) and isinstance(g, ox.NamedNode) and o is not None:
                yield ox.Quad(subject, p, o, g)

    def stamps(self, graphs: Iterable[str]) -> dict[str, Stamp]:
        """See `Backend.stamps`: by import record; for the ontology, by version and size.

        A graph that has no import record is taken for changed every time.
        """
        wanted = list(graphs)
        content = " ".join(f"(<{g}> <{record_graph(g)}>)" for g in wanted if not is_record(g))
        text = (
            f"SELECT ?g ?h ?t {{ VALUES (?g ?r) {{ {content} }} GRAPH ?r {{ "
            f"?g <{terms.iri('omx:has_graph_hash')}> ?h . ?a <{terms.iri('prov:endedAtTime')}> ?t }} }}"
        )
        recorded: dict[str, Stamp] = {}
        for g, h, t in self.select(text):
            if isinstance(g, ox.NamedNode):
                recorded[g.value] = recorded[record_graph(g.value)] = f"{h} {t}"
        present = set(self.graphs())
        return {
            g: self._ontology_stamp()
            if g == ONTOLOGY_GRAPH
            else recorded.get(g, object())
            if g in present
            else None
            for g in wanted
        }

    def _ontology_stamp(self) -> str:
        text = (
            f"SELECT ?n ?v {{ {{ SELECT (COUNT(*) AS ?n) {{ GRAPH <{ONTOLOGY_GRAPH}> {{ ?s ?p ?o }} }} }} "
            f"OPTIONAL {{ GRAPH <{ONTOLOGY_GRAPH}> {{ ?o <{terms.iri('owl:versionInfo')}> ?v }} }} }} "
            "ORDER BY ?v"
        )
        return " ".join(str(term) for row in self.select(text) for term in row)

    def size(self) -> int:
        """See `Backend.size`."""
        text = f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != <{MARK}>) }}"
        (row,) = self.select(text)
        return int(row[0].value) if isinstance(row[0], ox.Literal) else 0

    def offers(self) -> Offers:
        """What this endpoint gives. Transactions are tried only on a store open for writing."""
        subclass = f"<{terms.iri('rdfs:subClassOf')}>"
        inferred = self.ask(
            f"ASK {{ ?a {subclass} ?b . ?b {subclass} ?c . ?a {subclass} ?c . "
            f"FILTER NOT EXISTS {{ GRAPH ?g {{ ?a {subclass} ?c }} }} }}"
        )
        transactions = None if self.read_only else self._undoes()
        return Offers(self._channel.server, self.union, inferred, self._writable(), transactions)

    def _writable(self) -> bool:
        """Whether an update that does nothing is taken."""
        try:
            self._channel.update(self._update_at, "INSERT DATA {}")
        except EndpointError as error:
            if error.status:
                return False
            raise
        return True

    def _undoes(self) -> bool:
        """Whether an update whose second step fails leaves nothing of its first."""
        try:
            self._update(
                f"INSERT DATA {{ GRAPH <{_PROBE}> {{ <{_PROBE}> {_BUNDLE} }} }} ;\nLOAD <urn:x-none:>"
            )
        except EndpointError as error:
            if not error.status:
                raise
        kept = self.has_graph(_PROBE)
        if kept:
            self._update(f"DROP SILENT GRAPH <{_PROBE}>")
        return not kept

    def close(self) -> None:
        """See `Backend.close`."""
        self._channel.close()


def _object(term: Term) -> Term:
    found = canonical(term)
    return term if found is None else found


def _taken_out(graph: str, with_graphs: list[str]) -> str:
    """A step that takes from the merge what only these graphs hold."""
    gone = ", ".join(f"<{g}>" for g in with_graphs)
    return (
        f"DELETE {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} FILTER NOT EXISTS {{ "
        f"GRAPH ?other {{ ?s ?p ?o }} "
        f'FILTER(?other NOT IN ({gone}) && !STRENDS(STR(?other), "{RECORD}")) }} }}'
    )


def _parsed(body: IO[bytes], media: str, where: str) -> Solutions | bool:
    form = ox.QueryResultsFormat.from_media_type(media) if media else None
    if form is None:
        kind = media.partition(";")[0].strip()
        raise StoreError(f"{where}: answers {kind or 'something unnamed'}, which is no SPARQL result")
    return parsed(body, form, where)
