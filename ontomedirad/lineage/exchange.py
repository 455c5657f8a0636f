"""PROV of one result, patient or study, or of a whole store, in every form that PROV has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ontomedirad import terms
from ontomedirad.errors import UnknownTerm
from ontomedirad.lineage.explain import individual
from ontomedirad.lineage.prov_document import SAID, prov_document
from ontomedirad.lineage.prov_o import prov_o
from ontomedirad.lineage.reading import rows, triples
from ontomedirad.lineage.walk import sources_of, walk

if TYPE_CHECKING:
    from ontomedirad.store import Store

LIMIT = 1_000_000
"""The most things that one document is about."""

_PROV = ("used", "wasGeneratedBy", "wasDerivedFrom", "wasAssociatedWith", "qualifiedAssociation", "agent",
         "hadPlan", "startedAtTime", "endedAtTime")  # fmt: skip
_PREDICATES = ("rdf:type", *(f"prov:{name}" for name in _PROV), *map(terms.curie, SAID))
_AROUND = frozenset(terms.iri(f"prov:{name}") for name in _PROV[1:7])
"""Predicates whose objects the document describes too."""

_OF_PATIENT = """SELECT DISTINCT ?node WHERE { VALUES ?whole { %s }
  ?node om:has_patient ?whole ; prov:wasGeneratedBy ?process }"""
_OF_STUDY = """SELECT DISTINCT ?node WHERE { VALUES ?whole { %s }
  ?process om:part_of_study ?whole . ?node prov:wasGeneratedBy ?process }"""


def statements(store: Store, node: str = "") -> Iterator[ox.Triple]:
    """What PROV says of `node` and of all it rests on; of the whole store without one.

    `node` is the IRI or CURIE of a result, a patient or a study. Raises UnknownTerm where the store
    says nothing of it.
    """
    if not node:
        for graph in store.graphs():
            yield from (quad.triple for quad in store.quads(graph))
        return
    root = individual(node)
    of = (row[0] for text in (_OF_PATIENT, _OF_STUDY) for row in rows(store, text, [root]))
    reached, cut = walk(dict.fromkeys([root, *of]), lambda nodes: sources_of(store, nodes), 1, LIMIT)
    if cut:
        raise UnknownTerm(f"<{root}> rests on more than {LIMIT:,} things; name a part of it")
    seen = dict[str, None]()
    wave: Iterable[str] = reached
    found = False
    while wave := [n for n in dict.fromkeys(wave) if n not in seen]:
        seen |= dict.fromkeys(wave)
        onward = []
        for triple in triples(store, wave, _PREDICATES):
            found = True
            yield triple
            if triple.predicate.value in _AROUND and isinstance(triple.object, ox.NamedNode):
                onward.append(triple.object.value)
        wave = onward
    if not found:
        raise UnknownTerm(f"{store.location} says nothing of <{root}>; queries print the IRIs it knows")


FORMS: dict[str, Callable[[Iterable[ox.Triple]], str]] = {
    "provn": lambda found: str(prov_document(found).get_provn()) + "\n",
    "provjson": lambda found: str(prov_document(found).serialize(format="json")) + "\n",
    "provxml": lambda found: str(prov_document(found).serialize(format="xml")),
    "provo": prov_o,
}
"""PROV-N, PROV-JSON, PROV-XML and PROV-O (Turtle) by the name that the command line uses."""


def export_prov(store: Store, node: str = "", form: str = "provn") -> str:
    """PROV of `node` and of all it rests on, as `provn`, `provjson`, `provxml` or `provo`."""
    return FORMS[form](statements(store, node))
