"""The PROV reading of a graph as a document of the `prov` package (PROV-DM), for PROV-N, JSON, XML."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NamedTuple

import pyoxigraph as ox
from prov.constants import PROV, XSD
from prov.model import Literal, ProvDocument

from ontomedirad import terms

_PROV = terms.PREFIXES["prov"]
_XSD = terms.PREFIXES["xsd"]
_TYPE = terms.iri("rdf:type")


class _Said(NamedTuple):
    """A statement as plain text; `datatype` where the object is a literal."""

    subject: str
    predicate: str
    object: str
    datatype: str

    @property
    def literal(self) -> bool:
        """Whether the object is a literal."""
        return bool(self.datatype)


def _text(term: object) -> str:
    return str(getattr(term, "value", term))


def _datatype(term: object) -> str:
    return term.datatype.value if isinstance(term, ox.Literal) else ""


def _named(quad: ox.Quad | ox.Triple) -> bool:
    """Whether a statement is about IRIs and literals: PROV documents identify by names."""
    return isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, (ox.BlankNode, ox.Triple))


def prov_document(quads: Iterable[ox.Quad | ox.Triple]) -> ProvDocument:
    """Entities, activities, agents and their relations; other statements become attributes.

    Attributes are labels and values that PROV tools print: types, value and unit.
    """
    document = ProvDocument()
    for prefix, namespace in terms.PREFIXES.items():
        if prefix not in ("prov", "xsd"):
            document.add_namespace(prefix, namespace)
    known = [
        _Said(_text(q.subject), _text(q.predicate), _text(q.object), _datatype(q.object))
        for q in quads
        if _named(q)
    ]
    if base := base_of(q.subject for q in known if _declares(q)):
        document.add_namespace("id", base)
    starts, ends = (_times(known, name) for name in ("startedAtTime", "endedAtTime"))
    attributes: dict[str, list[tuple[str, Any]]] = {}
    for q in known:
        written = _attribute(document, q)
        if written is not None:
            attributes.setdefault(q.subject, []).append(written)
    kinds = {q.subject: q.object for q in known if _declares(q)}
    for node, kind in kinds.items():
        extra = attributes.get(node, [])
        if kind == f"{_PROV}Activity":
            document.activity(_name(document, node), starts.get(node), ends.get(node), extra)
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
SAID = (terms.iri("obo:IAO_0000004"), terms.iri("omx:has_UCUM_code"), terms.iri("om:has_name"))


def _declares(said: _Said) -> bool:
    return said.predicate == _TYPE and said.object in _KINDS


def _attribute(document: ProvDocument, said: _Said) -> tuple[str, Any] | None:
    if said.predicate == _TYPE and said.object not in _KINDS:
        return "prov:type", _name(document, said.object)
    if said.predicate in SAID and said.literal:
        return _name(document, said.predicate), _value(document, said)
    return None


def _value(document: ProvDocument, said: _Said) -> Any:
    """A literal with its datatype; text and what is not finite, which equals nothing, as text."""
    if said.datatype == f"{_XSD}string" or not _finite(said.object):
        return said.object
    if said.datatype.startswith(_XSD):
        return Literal(said.object, XSD[said.datatype.removeprefix(_XSD)])
    return Literal(said.object, _name(document, said.datatype))


def _finite(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return True


def _times(known: list[_Said], name: str) -> dict[str, datetime]:
    """When each activity began or ended, where it is said in a form that PROV allows (xsd:dateTime)."""
    found = {}
    for q in known:
        if q.predicate == _PROV + name:
            with contextlib.suppress(ValueError):
                found[q.subject] = datetime.fromisoformat(q.object)
    return found


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
        agent, plan = said.get(node, {}).get("agent"), said.get(node, {}).get("hadPlan")
        if agent is None:
            continue
        plain.pop((activity, agent), None)
        document.association(
            _name(document, activity),
            _name(document, agent),
            plan and _name(document, plan),
            _name(document, node),
        )
    for activity, agent in plain:
        document.association(_name(document, activity), _name(document, agent))


def base_of(individuals: Iterable[str]) -> str:
    """What comes before the last `/` or `#` of the first individual: the base of a deployment."""
    first = next(iter(individuals), "")
    return first[: max(first.rfind("/"), first.rfind("#")) + 1]


def _name(document: ProvDocument, iri: str) -> Any:
    if iri.startswith(_PROV):
        return PROV[iri.removeprefix(_PROV)]
    for namespace in sorted(document.namespaces, key=lambda n: -len(n.uri)):
        if iri.startswith(namespace.uri) and len(iri) > len(namespace.uri):
            return namespace[iri[len(namespace.uri) :]]
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    document.add_namespace(f"ns{len(document.namespaces)}", iri[:cut])
    return _name(document, iri)
