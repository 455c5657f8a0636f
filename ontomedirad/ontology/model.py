"""The loaded ontology: labels, definitions, hierarchy and codes, and the statements themselves."""

from __future__ import annotations

import difflib
import html
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import pyoxigraph as ox

from ontomedirad.errors import UnknownTerm
from ontomedirad.terms import ONTOLOGY_BASE, curie
from ontomedirad.terms import iri as expand

ONTOLOGY_GRAPH = ONTOLOGY_BASE + "ontology"
"""The named graph in which a data store holds the ontology."""


class Kind(StrEnum):
    """What a declared term is, in the words of OWL 2 (Structural Specification, 5)."""

    class_ = "class"
    object_property = "object property"
    datatype_property = "datatype property"
    annotation_property = "annotation property"
    individual = "individual"


KINDS = {
    expand("owl:Class"): Kind.class_,
    expand("owl:ObjectProperty"): Kind.object_property,
    expand("owl:DatatypeProperty"): Kind.datatype_property,
    expand("owl:AnnotationProperty"): Kind.annotation_property,
    expand("owl:NamedIndividual"): Kind.individual,
}
"""The types that declare a term, and the kind each declares."""
_TYPE, _ONTOLOGY = expand("rdf:type"), expand("owl:Ontology")
_LABEL, _PREF_LABEL, _ALT_LABEL = map(expand, ("rdfs:label", "skos:prefLabel", "skos:altLabel"))
_DEFINITION, _SOURCE = expand("obo:IAO_0000115"), expand("dcterms:source")
_VERSION_IRI, _VERSION = expand("owl:versionIRI"), expand("owl:versionInfo")
_PARENT = {expand("rdfs:subClassOf"), expand("rdfs:subPropertyOf")}
_CODE = {expand("om:DICOM-code-value"), expand("rn:DICOM-code-value")}
_SCHEME = {expand("om:DICOM-CSD"), expand("rn:DICOM-CSD")}
_PRECEDENCE = ("om", "omx", "dcm", "rn", "snmi", "study", "obo")
"""Whose term a label means where two terms carry it: those of dosimetry before borrowed ones."""


@dataclass(frozen=True, slots=True)
class Module:
    """One file of the ontology: its name, the IRI and version it gives itself, how many terms it declares."""

    name: str
    iri: str
    version: str
    terms: int


@dataclass(frozen=True, slots=True)
class Term:
    """One declared term. `code` is its DICOM code value, `scheme` the designator of that code's scheme."""

    iri: str
    curie: str
    kind: Kind
    label: str
    pref_label: str
    definition: str
    source: str
    parents: tuple[str, ...]
    code: str
    scheme: str


class Ontology:
    """An ontology held in memory, read-only. IRIs are plain strings, in arguments and in results."""

    def __init__(self, modules: Iterable[tuple[str, Iterable[ox.Triple]]]) -> None:
        self._triples: list[ox.Triple] = []
        self._text: dict[str, dict[str, list[ox.Literal]]] = defaultdict(lambda: defaultdict(list))
        self._kinds: dict[str, Kind] = {}
        self._parents: dict[str, list[str]] = defaultdict(list)
        self._homes: dict[str, str] = {}
        self._spans: dict[str, tuple[int, int]] = {}
        self._blanks: dict[ox.BlankNode, ox.BlankNode] = {}
        self._blank_count = 0
        self.modules: tuple[Module, ...] = tuple(self._add(name, triples) for name, triples in modules)
        self._children: dict[str, list[str]] = defaultdict(list)
        for child, parents in self._parents.items():
            for parent in parents:
                self._children[parent].append(child)
        self._closures: dict[str, frozenset[str]] = {}

    def _add(self, name: str, triples: Iterable[ox.Triple]) -> Module:
        header, version, version_iri, own, start = "", "", "", set(), len(self._triples)
        for triple in triples:
            subject, object_ = triple.subject, triple.object
            predicate = triple.predicate.value
            if isinstance(subject, ox.BlankNode) or isinstance(object_, ox.BlankNode):
                self._triples.append(self._renamed(triple))
                continue
            self._triples.append(triple)
            if isinstance(subject, ox.NamedNode) and isinstance(object_, ox.NamedNode):
                if predicate == _TYPE:
                    if kind := KINDS.get(object_.value):
                        # a class that is also declared an individual (a punned one) stays a class
                        if self._kinds.get(subject.value, Kind.individual) is Kind.individual:
                            self._kinds[subject.value] = kind
                        own.add(subject.value)
                    elif object_.value == _ONTOLOGY:
                        header = subject.value
                elif predicate in _PARENT and object_.value not in self._parents[subject.value]:
                    self._parents[subject.value].append(object_.value)
                elif predicate == _VERSION_IRI:
                    version_iri = object_.value
            elif isinstance(subject, ox.NamedNode) and isinstance(object_, ox.Literal):
                self._text[subject.value][predicate].append(object_)
                if predicate == _VERSION and subject.value == header:
                    version = object_.value
        self._blanks.clear()
        self._spans[name] = (start, len(self._triples))
        for term in own:
            self._homes.setdefault(term, name)
        return Module(name, header, version or version_iri.rpartition("/")[2], len(own))

    def _renamed(self, triple: ox.Triple) -> ox.Triple:
        """The triple with numbered blank nodes: parsers name them at random, we promise equal bytes."""
        subject, object_ = triple.subject, triple.object
        if isinstance(subject, ox.BlankNode):
            subject = self._numbered(subject)
        if isinstance(object_, ox.BlankNode):
            object_ = self._numbered(object_)
        return ox.Triple(subject, triple.predicate, object_)

    def _numbered(self, node: ox.BlankNode) -> ox.BlankNode:
        if node not in self._blanks:
            self._blank_count += 1
            self._blanks[node] = ox.BlankNode(f"ontology{self._blank_count}")
        return self._blanks[node]

    @property
    def version(self) -> str:
        """The version of the root module (`ontomedirad`), "" where it gives none."""
        return next((m.version for m in self.modules if m.name.lower() == "ontomedirad"), "")

    @cached_property
    def store(self) -> ox.Store:
        """The statements in the default graph of an in-memory store, for SPARQL. Only read from it."""
        store = ox.Store()
        store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in self._triples)
        return store

    def triples(self, module: str | None = None) -> Iterator[ox.Triple]:
        """The statements of one module, or of all in turn; blank nodes are named alike in every run."""
        return iter(self._triples if module is None else self._triples[slice(*self._spans[module])])

    def nquads(self, graph: str = ONTOLOGY_GRAPH) -> bytes:
        """All statements as N-Quads in the named graph `graph`, the same bytes in every run."""
        name = ox.NamedNode(graph)
        quads = (ox.Quad(t.subject, t.predicate, t.object, name) for t in self._triples)
        return ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""

    def __len__(self) -> int:
        """How many terms are declared."""
        return len(self._kinds)

    def __iter__(self) -> Iterator[Term]:
        """All declared terms, sorted by IRI."""
        return (self._term(i) for i in sorted(self._kinds))

    def declared(self, iri: str) -> bool:
        """True where a module declares `iri` as a class, property or individual."""
        return iri in self._kinds

    def kind(self, iri: str) -> Kind | None:
        """What `iri` is, None where it is not declared."""
        return self._kinds.get(iri)

    def home(self, iri: str) -> str:
        """The name of the first module that declares `iri`, "" where none does."""
        return self._homes.get(iri, "")

    def texts(self, iri: str, predicate: str) -> tuple[ox.Literal, ...]:
        """All literals that `iri` has under `predicate`, in the order of the modules."""
        return tuple(self._text[iri].get(predicate, ())) if iri in self._text else ()

    def label(self, iri: str) -> str:
        """The rdfs:label, else the skos:prefLabel, English before other languages; "" without either."""
        return self._first(iri, _LABEL) or self._first(iri, _PREF_LABEL)

    def definition(self, iri: str) -> str:
        """The textual definition (IAO_0000115), "" where there is none yet."""
        return self._first(iri, _DEFINITION)

    def parents(self, iri: str) -> tuple[str, ...]:
        """The named classes or properties directly above, sorted."""
        return tuple(sorted(self._parents.get(iri, ())))

    def children(self, iri: str) -> tuple[str, ...]:
        """The named classes or properties directly below, sorted by label."""
        return tuple(sorted(self._children.get(iri, ()), key=lambda i: (self.label(i).lower(), i)))

    def superclasses(self, iri: str) -> tuple[str, ...]:
        """Everything above `iri`, nearest first, without `iri` itself."""
        return self._walk(iri, self._parents)[1:]

    def closure(self, iri: str) -> frozenset[str]:
        """`iri` and everything below it: what SPARQL finds by `rdfs:subClassOf*`."""
        if iri not in self._closures:
            self._closures[iri] = frozenset(self._walk(iri, self._children))
        return self._closures[iri]

    @staticmethod
    def _walk(start: str, step: dict[str, list[str]]) -> tuple[str, ...]:
        found = {start: None}
        todo = [start]
        while todo:
            todo = [n for i in todo for n in sorted(step.get(i, ())) if n not in found]
            found.update(dict.fromkeys(todo))
        return tuple(found)

    def term(self, text: str) -> Term:
        """The term of an IRI, a CURIE (`om:VOI`), a label, or a DICOM code (`113508`, `DCM:113508`).

        Labels are compared as written first, then without regard to case. Raises UnknownTerm, whose
        message names the nearest labels.
        """
        text = text.strip()
        names = [text.removeprefix("<").removesuffix(">")]
        if ":" in text:
            with suppress(KeyError):  # without a prefix of ours it may still be an IRI, a label or a code
                names.append(expand(text))
        found = next((n for n in names if n in self._kinds), None)
        found = found or self._names.get(text) or self._names.get(text.casefold())
        if found is None:
            near = difflib.get_close_matches(text.casefold(), self._names, n=5, cutoff=0.6)
            labels = list(dict.fromkeys(self.label(self._names[n]) for n in near))
            hint = f"; the nearest are {', '.join(labels)}" if labels else ""
            raise UnknownTerm(f"no term of the ontology has the IRI, label or code {text!r}{hint}")
        return self._term(found)

    @cached_property
    def _names(self) -> dict[str, str]:
        """Labels and code, as written and case-folded, to the IRI they mean."""
        names: dict[str, str] = {}
        for i in sorted(self._kinds, key=_rank):
            code, scheme = self._any(i, _CODE), self._any(i, _SCHEME)
            other = (t.value for t in self.texts(i, _ALT_LABEL))
            for name in (self.label(i), self._first(i, _PREF_LABEL), code, f"{scheme}:{code}", *other):
                if name and name != ":":
                    names.setdefault(name, i)
        for name, i in list(names.items()):
            names.setdefault(name.casefold(), i)
        return names

    def _term(self, iri: str) -> Term:
        label = self.label(iri)
        return Term(
            iri=iri,
            curie=curie(iri),
            kind=self._kinds[iri],
            label=label,
            pref_label=self._first(iri, _PREF_LABEL) or label,
            definition=self.definition(iri),
            source=self._first(iri, _SOURCE),
            parents=self.parents(iri),
            code=self._any(iri, _CODE),
            scheme=self._any(iri, _SCHEME),
        )

    def _any(self, iri: str, predicates: set[str]) -> str:
        return next((v for p in sorted(predicates) if (v := self._first(iri, p))), "")

    def _first(self, iri: str, predicate: str) -> str:
        rows = self._text[iri].get(predicate) if iri in self._text else None
        if not rows:
            return ""
        best = min(rows, key=lambda o: (not (o.language or "").startswith("en"), o.language or "", o.value))
        return best.value

    def __repr__(self) -> str:
        version = self.version or "without version"
        return f"<Ontology {version}: {len(self)} terms in {len(self.modules)} modules>"

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><td>{html.escape(m.name)}</td><td>{html.escape(m.version)}</td><td>{m.terms}</td></tr>"
            for m in self.modules
        )
        return f"<table><tr><th>module</th><th>version</th><th>terms</th></tr>{rows}</table>"


def _rank(iri: str) -> tuple[int, str]:
    prefix = curie(iri).partition(":")[0]
    return (_PRECEDENCE.index(prefix) if prefix in _PRECEDENCE else len(_PRECEDENCE), iri)
