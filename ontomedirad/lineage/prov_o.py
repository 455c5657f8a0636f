"""The PROV reading of a graph as PROV-O in Turtle: what a PROV document of the same statements says."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

import pyoxigraph as ox

from ontomedirad import terms
from ontomedirad.lineage.prov_document import SAID, base_of

_PROV = terms.PREFIXES["prov"]
_TYPE = terms.iri("rdf:type")


def prov_o(quads: Iterable[ox.Quad | ox.Triple]) -> str:
    """What `quads` say in PROV-O (W3C, 2013), with types, values and names of what they speak of.

    An association that is qualified says its agent once, there.
    """
    found = list(dict.fromkeys(_triple(q) for q in quads))
    about = {t.subject for t in found if t.predicate.value == _TYPE and _starts(t.object, _PROV)}
    agents: dict[object, object] = {
        t.subject: t.object for t in found if t.predicate.value == f"{_PROV}agent"
    }
    owners = ((t.subject, t.object) for t in found if t.predicate.value == f"{_PROV}qualifiedAssociation")
    qualified = {(activity, agents.get(association)) for activity, association in owners}
    kept = [
        t
        for t in found
        if (t.subject in about and (t.predicate.value in SAID or t.predicate.value == _TYPE))
        or (
            _starts(t.predicate, _PROV)
            and not (t.predicate.value == f"{_PROV}wasAssociatedWith" and (t.subject, t.object) in qualified)
        )
    ]
    base = base_of(str(t.subject.value) for t in kept if isinstance(t.subject, ox.NamedNode))
    out = BytesIO()
    ox.serialize(kept, out, ox.RdfFormat.TURTLE, prefixes=terms.PREFIXES | ({"id": base} if base else {}))
    return out.getvalue().decode()


def _triple(quad: ox.Quad | ox.Triple) -> ox.Triple:
    return quad.triple if isinstance(quad, ox.Quad) else quad


def _starts(term: object, namespace: str) -> bool:
    return isinstance(term, ox.NamedNode) and term.value.startswith(namespace)
