"""The PROV reading of a graph as a document of the `prov` package (PROV-DM), for PROV-N, JSON, XML."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import pyoxigraph as ox
from prov.model import ProvDocument

from ontomedirad import terms

_PROV = terms.PREFIXES["prov"]
_TYPE = terms.iri("rdf:type")


class _Said(NamedTuple):
    """A statement as plain text; `literal` where the object is one."""

    subject: str
    predicate: str
    object: str
    literal: bool


def _text(term: object) -> str:
    return str(getattr(term, "value", term))


def prov_document(quads: Iterable[ox.Quad]) -> ProvDocument:
    """Entities, activities, agents and their relations; other statements become attributes.

    Attributes are labels and values that PROV tools print: types, value and unit.
    """
    document = ProvDocument()
    for prefix, namespace in terms.PREFIXES.items():
        if prefix not in ("prov", "xsd"):
            document.add_namespace(prefix, namespace)
    known = [
        _Said(_text(q.subject), _text(q.predicate), _text(q.object), isinstance(q.object, ox.Literal))
        for q in quads
    ]
    _name_individuals(document, known)
    starts = {q.subject: q.object for q in known if q.predicate == f"{_PROV}startedAtTime"}
    attributes: dict[str, list[tuple[str, Any]]] = {}
    for q in known:
        written = _attribute(document, q)
        if written is not None:
            attributes.setdefault(q.subject, []).append(written)
    kinds = {q.subject: q.object for q in known if _declares(q)}
    for node, kind in kinds.items():
        extra = attributes.get(node, [])
        if kind == f"{_PROV}Activity":
            document.activity(_name(document, node), starts.get(node), None, extra)
        elif kind == f"{_PROV}Agent":
            document.agent(_name(document, node), extra)
        else:
            document.entity(_name(document, node), extra)
    for q in known:
        relate = _RELATIONS.get(q.predicate.removeprefix(_PROV))
        if relate is not None and not q.literal:
            relate(document, _name(document, q.subject), _name(document, q.object))
    _associations(document, known)
    return document


_RELATIONS: dict[str, Callable[[ProvDocument, Any, Any], Any]] = {
    "used": lambda d, activity, entity: d.usage(activity, entity),
    "wasGeneratedBy": lambda d, entity, activity: d.generation(entity, activity),
    "wasDerivedFrom": lambda d, entity, source: d.derivation(entity, source),
}

_KINDS = (f"{_PROV}Activity", f"{_PROV}Agent", f"{_PROV}Entity")
_SAID = (terms.iri("obo:IAO_0000004"), terms.iri("omx:has_UCUM_code"), terms.iri("om:has_name"))


def _declares(said: _Said) -> bool:
    return said.predicate == _TYPE and said.object in _KINDS


def _attribute(document: ProvDocument, said: _Said) -> tuple[str, Any] | None:
    if said.predicate == _TYPE and not said.object.startswith(_PROV):
        return "prov:type", _name(document, said.object)
    if said.predicate in _SAID and said.literal:
        return _name(document, said.predicate), said.object
    return None


def _associations(document: ProvDocument, quads: list[_Said]) -> None:
    """Each association once: with its plan where it is qualified, else without."""
    said: dict[str, dict[str, str]] = {}
    owners: dict[str, str] = {}
    plain: dict[tuple[str, str], None] = {}
    for q in quads:
        name = q.predicate.removeprefix(_PROV)
        if name == "qualifiedAssociation":
            owners[q.object] = q.subject
        elif name in ("agent", "hadPlan"):
            said.setdefault(q.subject, {})[name] = q.object
        elif name == "wasAssociatedWith":
            plain[q.subject, q.object] = None
    for node, activity in owners.items():
        agent, plan = said[node]["agent"], said[node].get("hadPlan")
        plain.pop((activity, agent), None)
        document.association(
            _name(document, activity), _name(document, agent), plan and _name(document, plan)
        )
    for activity, agent in plain:
        document.association(_name(document, activity), _name(document, agent))


def _name_individuals(document: ProvDocument, quads: list[_Said]) -> None:
    """Prefix `id` for the individuals' base, which is what comes before the last `/` or `#`."""
    individual = next((q.subject for q in quads if _declares(q)), "")
    cut = max(individual.rfind("/"), individual.rfind("#")) + 1
    if cut:
        document.add_namespace("id", individual[:cut])


def _name(document: ProvDocument, iri: str) -> Any:
    for namespace in sorted(document.namespaces, key=lambda n: -len(n.uri)):
        if iri.startswith(namespace.uri) and len(iri) > len(namespace.uri):
            return namespace[iri[len(namespace.uri) :]]
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    document.add_namespace(f"ns{len(document.namespaces)}", iri[:cut])
    return _name(document, iri)
