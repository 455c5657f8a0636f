"""What `translate` returns: the quads of one named graph, the report, the source map."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Any, Protocol

import pyoxigraph as ox

from ontomedirad import terms
from ontomedirad.report import Place, Report

if TYPE_CHECKING:
    import prov.model
    import rdflib

FORMATS: dict[str, ox.RdfFormat] = {
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
}


class Origin(Protocol):
    """What a translation was made of: a descriptor, a DICOM series or a report."""

    @property
    def name(self) -> str:
        """What messages call it."""

    @property
    def stated_version(self) -> str:
        """Version of the schema that it names, empty where it names none."""

    @property
    def source_hash(self) -> str:
        """SHA-256 of what was read."""

    def place(self, element: Any, node: str = "") -> Place:
        """Where an element or attribute stands."""


class Translation:
    """One source as RDF. Deterministic: same bytes and settings, same N-Quads to the byte."""

    def __init__(
        self,
        graph: str,
        nquads: str,
        report: Report,
        document: Origin,
        elements: Mapping[str, Any],
        settings_hash: str = "",
    ) -> None:
        self.graph = graph
        self.nquads = nquads
        self.report = report
        self.document = document
        self._elements = elements
        self.settings_hash = settings_hash

    def __len__(self) -> int:
        return self.nquads.count("\n")

    def __repr__(self) -> str:
        return f"<Translation of {self.document.name}: {len(self):,} statements in <{self.graph}>>"

    def _repr_html_(self) -> str:
        from html import escape

        rows = (
            ("source", self.document.name),
            ("graph", self.graph),
            ("statements", f"{len(self):,}"),
            ("individuals", f"{len(self.individuals):,}"),
            ("report", self.report.summary()),
        )
        body = "".join(f"<tr><th>{name}</th><td>{escape(value)}</td></tr>" for name, value in rows)
        return f"<table>{body}</table>"

    @cached_property
    def quads(self) -> tuple[ox.Quad, ...]:
        """The statements as quads, parsed once when asked for."""
        return tuple(ox.parse(self.nquads.encode(), ox.RdfFormat.N_QUADS))

    @property
    def individuals(self) -> tuple[str, ...]:
        """IRIs of all individuals, in the order of the source."""
        return tuple(node[1:-1] for node in self._elements)

    def locate(self, node: str) -> Place | None:
        """Where in the source the individual first stands; None when it is not of this source."""
        element = self._elements.get(f"<{node}>")
        return None if element is None else self.document.place(element, node)

    def serialize(self, format: str = "nq") -> bytes:
        """The graph as `nq`, `trig`, `ttl`, `nt` or `jsonld`; ValueError for another name."""
        if format == "nq":
            return self.nquads.encode()
        if format not in FORMATS:
            raise ValueError(f"unknown format {format!r}: one of {', '.join(FORMATS)}")
        chosen = FORMATS[format]
        quads = self.quads if chosen.supports_datasets else tuple(q.triple for q in self.quads)
        out = BytesIO()
        ox.serialize(quads, out, chosen, prefixes=terms.PREFIXES)
        return out.getvalue()

    def to_rdflib(self) -> rdflib.Dataset:
        """The graph as an rdflib Dataset."""
        import rdflib

        dataset = rdflib.Dataset()
        dataset.parse(data=self.nquads, format="nquads")
        return dataset

    def to_prov(self) -> prov.model.ProvDocument:
        """The PROV reading as a document of the `prov` package."""
        from ontomedirad.lineage.prov_document import prov_document

        return prov_document(self.quads)
