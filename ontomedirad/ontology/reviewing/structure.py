"""Checks of declarations, axioms and hierarchy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fnmatch import fnmatchcase

import pyoxigraph as ox

from ontomedirad import resources
from ontomedirad.ontology.model import Kind
from ontomedirad.ontology.reviewing.subject import BUILT_IN, Remark, Subject, listed
from ontomedirad.terms import curie
from ontomedirad.terms import iri as expand

_REFERS = frozenset(
    map(
        expand,
        (
            *("rdfs:subClassOf", "rdfs:subPropertyOf", "rdfs:domain", "rdfs:range", "owl:inverseOf"),
            *("owl:onProperty", "owl:someValuesFrom", "owl:allValuesFrom", "owl:onClass"),
            *("owl:equivalentClass", "owl:disjointWith", "owl:complementOf", "rdf:first"),
        ),
    )
)
"""Predicates whose object must be a declared term."""

_PROPERTIES = (Kind.object_property, Kind.datatype_property, Kind.annotation_property)
_ROOTS = frozenset(map(expand, ("obo:BFO_0000001", "owl:Thing")))


def broken_reference(subject: Subject) -> Iterator[Remark]:
    """A parent, domain, range, inverse or filler that nothing declares."""
    for module, about, triple in subject.axioms:
        node = triple.object
        if triple.predicate.value not in _REFERS or not isinstance(node, ox.NamedNode):
            continue
        if not subject.ontology.declared(node.value) and not node.value.startswith(BUILT_IN):
            says = f"refers by {curie(triple.predicate.value)} to {curie(node.value)}, declared nowhere"
            yield Remark(about, says, "declare it, or correct the name", module=module)


def double_kind(subject: Subject) -> Iterator[Remark]:
    """OWL 2 DL keeps classes, properties and individuals apart."""
    for iri, kinds in subject.kinds.items():
        if len(kinds) > 1:
            yield Remark(iri, f"is declared as {' and as '.join(sorted(kinds))}", "choose one")


def declared_twice(subject: Subject) -> Iterator[Remark]:
    """Two modules that declare a term will say different things of it."""
    for iri, kinds in subject.kinds.items():
        modules = sorted(set().union(*kinds.values()))
        if len(modules) > 1 and not iri.startswith(BUILT_IN):
            yield Remark(iri, f"is declared in {', '.join(modules)}", "declare it in one and import that")


def misused_kind(subject: Subject) -> Iterator[Remark]:
    """An object property with data, a datatype property with classes, or an annotation in logic."""
    for module, about, triple in subject.axioms:
        node = triple.object
        if isinstance(node, (ox.NamedNode, ox.Literal)):
            for says in _misuses(subject, about, triple, node):
                yield Remark(about, says, module=module)
    yield from _misused_in_restrictions(subject)


def _misuses(
    subject: Subject, about: str, triple: ox.Triple, node: ox.NamedNode | ox.Literal
) -> Iterator[str]:
    predicate, own = triple.predicate.value, subject.ontology.kind(about)
    if predicate == expand("rdfs:range") and own in _PROPERTIES[:2]:
        if subject.is_data(node) != (own is Kind.datatype_property):
            yield f"is declared as {own} and ranges over {_shown(node)}"
    elif predicate == expand("rdfs:subPropertyOf") and own is not None:
        above = subject.ontology.kind(node.value)
        if above is not None and above is not own:
            yield f"is {_a(own)} below {curie(node.value)}, {_a(above)}"
    elif isinstance(triple.subject, ox.NamedNode):
        used, data = subject.ontology.kind(predicate), isinstance(node, ox.Literal)
        if (used is Kind.object_property and data) or (used is Kind.datatype_property and not data):
            yield f"uses {curie(predicate)}, {_a(used)}, with {_shown(node)}"


def _misused_in_restrictions(subject: Subject) -> Iterator[Remark]:
    fillers = [expand(c) for c in ("owl:someValuesFrom", "owl:allValuesFrom", "owl:hasValue")]
    for module, about, rows in subject.expressions:
        for node in rows.get(expand("owl:onProperty"), ()):
            own = subject.ontology.kind(node.value)
            for filler in (f for name in fillers for f in rows.get(name, ())):
                if own is not None and (
                    own not in _PROPERTIES[:2] or subject.is_data(filler) != (own is Kind.datatype_property)
                ):
                    says = f"restricts {curie(node.value)}, {_a(own)}, with {_shown(filler)}"
                    yield Remark(about, says, module=module)


def cycle(subject: Subject) -> Iterator[Remark]:
    """A term above itself makes everything between the same."""
    for iri in subject.terms:
        above = [
            p for p in subject.ontology.parents(iri) if iri == p or iri in subject.ontology.superclasses(p)
        ]
        if above:
            yield Remark(iri, f"is above itself through {listed(above)}", "remove one of the parents")


def orphan(subject: Subject) -> Iterator[Remark]:
    """A class outside the hierarchy is found by no query that looks below a class."""
    for iri in subject.terms:
        if subject.ontology.kind(iri) is Kind.class_ and iri not in _ROOTS:
            above = [p for p in subject.ontology.parents(iri) if p != expand("owl:Thing")]
            if not above:
                yield Remark(iri, "has no parent", "place it below the class that its definition names first")


def misplaced(subject: Subject) -> Iterator[Remark]:
    """Terms that stand where `placement.tsv` says that they must not, or not where they must."""
    for row in resources.rows(resources.ontology() / "placement.tsv"):
        wanted, class_ = row["relation"] == "below", expand(row["class"])
        for iri in subject.terms:
            if not fnmatchcase(curie(iri), row["term"]) or subject.ontology.kind(iri) is not Kind.class_:
                continue
            if (class_ in subject.ontology.superclasses(iri)) != wanted:
                label = subject.ontology.label(class_) or row["class"]
                yield Remark(iri, f"is {'not ' * wanted}below {label} ({row['class']})", row["why"])


def namespace_case(subject: Subject) -> Iterator[Remark]:
    """Two spellings of one namespace: data under one are not found by queries that use the other."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for iri in subject.terms:
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        found[iri[:cut].casefold()][iri[:cut]].append(iri)
    for spellings in found.values():
        if len(spellings) > 1:
            _, *rare = sorted(spellings.items(), key=lambda row: -len(row[1]))
            for namespace, iris in rare:
                says = f"and others ({len(iris)}) stand in <{namespace}>, another spelling of one namespace"
                yield Remark(iris[0], says, "deprecate them in favour of the usual spelling")


def missing_import(subject: Subject) -> Iterator[Remark]:
    """An editor that opens the module alone shows IRIs without labels."""
    ontology, imports, names = (
        subject.ontology,
        defaultdict(set),
        {m.iri: m.name for m in subject.ontology.modules},
    )
    needs: dict[str, set[str]] = defaultdict(set)
    for module, _, triple in subject.axioms:
        if triple.predicate.value == expand("owl:imports") and isinstance(triple.object, ox.NamedNode):
            imports[module].add(names.get(triple.object.value, ""))
        for node in (triple.subject, triple.predicate, triple.object):
            if isinstance(node, ox.NamedNode) and not node.value.startswith(BUILT_IN):
                needs[module].add(ontology.home(node.value))
    for module, homes in needs.items():
        if missing := sorted(homes - imports[module] - {module, ""}):
            yield Remark(
                "", f"module {module} does not import {', '.join(missing)}", "add owl:imports", (), module
            )


def _a(kind: Kind) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _shown(node: ox.NamedNode | ox.Literal) -> str:
    return f'the literal "{node.value}"' if isinstance(node, ox.Literal) else curie(node.value)
