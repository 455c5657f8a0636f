"""Checks of what translators, shapes, queries, mappings and code name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

import pyoxigraph as ox

from ontomedirad.ontology.reviewing.subject import Remark, Subject
from ontomedirad.ontology.uses import Use
from ontomedirad.terms import iri as expand

_SHOWN = 5
_ANNOTATES = frozenset(map(expand, ("obo:IAO_0100001", "dcterms:isReplacedBy", "rdfs:seeAlso")))


def deprecated_used(subject: Subject) -> Iterator[Remark]:
    """A term out of use that something still refers to."""
    retired = {t.iri for t in subject.ontology if subject.deprecated(t.iri)}
    for iri in sorted(retired):
        if uses := _shown(subject.used.get(iri, ())):
            yield Remark(iri, "is deprecated and still used", "use the term that replaced it", uses)
    for module, about, triple in subject.axioms:
        if about not in retired and triple.predicate.value not in _ANNOTATES:
            for node in (triple.predicate, triple.object):
                if isinstance(node, ox.NamedNode) and node.value in retired:
                    yield Remark(about, f"refers to <{node.value}>, which is deprecated", module=module)


def undeclared(subject: Subject) -> Iterator[Remark]:
    """A name that no module declares: nobody knows what data under it mean, and no query finds them."""
    for iri, uses in subject.used.items():
        if not subject.ontology.declared(iri):
            yield Remark(iri, "is used and not declared", "declare it, or correct the name", _shown(uses))


def unmapped_unit(subject: Subject) -> Iterator[Remark]:
    """A unit without UCUM code has no value in SI units, so its values compare with no others."""
    ontology = subject.ontology
    units = ontology.closure(expand("obo:UO_0000000"))
    for iri in (i for i in subject.terms if i in units):
        mapped = any(PurePosixPath(use.file).name.startswith("units") for use in subject.used.get(iri, ()))
        if not ontology.children(iri) and not mapped and not ontology.label(iri).endswith("unit"):
            yield Remark(iri, "has no UCUM code", "add a row to the table of units")


def _shown(uses: list[Use] | tuple[Use, ...]) -> tuple[Use, ...]:
    return tuple(uses[:_SHOWN])
