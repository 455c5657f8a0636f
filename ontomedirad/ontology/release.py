"""The ontology as one document, in the formats that other tools read."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

import pyoxigraph as ox

from ontomedirad.ontology.model import Ontology
from ontomedirad.ontology.turtle import write_turtle
from ontomedirad.terms import PREFIXES
from ontomedirad.terms import iri as expand

_COLUMNS = ("iri", "curie", "kind", "label", "definition", "source", "parents", "scheme", "code", "module")


def merged(ontology: Ontology, module: str | None = None) -> Iterator[ox.Triple]:
    """The statements of all modules under the header of the root alone, without imports.

    With `module`, the statements of that one as they stand.
    """
    if module is not None:
        yield from ontology.triples(module)
        return
    root = next((m.iri for m in ontology.modules if m.name.lower() == "ontomedirad"), "")
    others = {m.iri for m in ontology.modules} - {root, ""}
    for triple in ontology.triples():
        header = isinstance(triple.subject, ox.NamedNode) and triple.subject.value in others
        if not header and triple.predicate.value != expand("owl:imports"):
            yield triple


def table(ontology: Ontology, module: str | None = None) -> str:
    """One row a term, tab-separated: IRI, kind, label, definition, source, parents, code and module."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter="\t", lineterminator="\n")
    writer.writerow(_COLUMNS)
    for t in ontology:
        home = ontology.home(t.iri)
        if module in (None, home):
            parents = " ".join(t.parents)
            cells = (t.iri, t.curie, t.kind.value, t.label, t.definition, t.source, parents, t.scheme, t.code)
            writer.writerow((*cells, home))
    return text.getvalue()


def _rdf(form: ox.RdfFormat) -> Callable[[Ontology, str | None], str]:
    def write(ontology: Ontology, module: str | None) -> str:
        data = ox.serialize(merged(ontology, module), format=form, prefixes=PREFIXES)
        return (data or b"").decode()

    return write


def _turtle(ontology: Ontology, module: str | None) -> str:
    return write_turtle(merged(ontology, module), PREFIXES)


EXPORTS: dict[str, Callable[[Ontology, str | None], str]] = {
    "ttl": _turtle,
    "owl": _rdf(ox.RdfFormat.RDF_XML),
    "nt": _rdf(ox.RdfFormat.N_TRIPLES),
    "jsonld": _rdf(ox.RdfFormat.JSON_LD),
    "tsv": table,
}
"""The formats of a release: Turtle as the modules are kept, RDF/XML, N-Triples, JSON-LD, a table of terms."""
