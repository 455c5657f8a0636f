"""The modules say what the published ontology says: same terms, kinds, labels, hierarchy and codes."""

from __future__ import annotations

import collections
from pathlib import Path

import rdflib
import repairs
from rdflib import OWL, RDF, RDFS, SKOS

from ontomedirad.ontology import Ontology, open_ontology
from ontomedirad.terms import curie, iri

Row = dict[str, str]

UNLABELLED = 76
"""So many terms are published without a label; they have one of ours."""

EMPTY = {str(OWL.Thing), str(OWL.NamedIndividual)}
"""Types of individuals that say nothing."""

RELABELLED = repairs.relabelled()
MOVED = repairs.moved()


def full(name: str) -> str:
    return name if name.startswith("http") else iri(name)


def names(cell: str) -> set[str]:
    return {full(name) for name in cell.split()}


def objects(graph: rdflib.Graph, subject: str, predicate: rdflib.URIRef) -> set[str]:
    found = graph.objects(rdflib.URIRef(subject), predicate)
    return {str(o) for o in found if isinstance(o, rdflib.URIRef)}


def test_every_published_term_is_declared_with_its_kind(published: list[Row], ontology: Ontology) -> None:
    assert len(published) == 1604
    wrong = [row["iri"] for row in published if ontology.kind(full(row["iri"])) != row["kind"]]
    assert not wrong


def test_every_published_label_is_kept(published: list[Row], union: rdflib.Graph) -> None:
    wrong = []
    for row in published:
        before, expected = RELABELLED.get(curie(full(row["iri"])), (row["label"], row["label"]))
        assert before == row["label"]
        subject = rdflib.URIRef(full(row["iri"]))
        for predicate in (RDFS.label, SKOS.prefLabel):
            found = [(str(o), o.language) for o in union.objects(subject, predicate)]
            if len(found) != 1 or found[0][1] != "en" or (expected and found[0][0] != expected):
                wrong.append((row["iri"], predicate, found))
    assert not wrong
    assert sum(not row["label"] for row in published) == UNLABELLED


def test_a_repaired_term_is_still_found_by_its_published_label(union: rdflib.Graph) -> None:
    for term, (before, _) in RELABELLED.items():
        assert rdflib.Literal(before, "en") in set(union.objects(rdflib.URIRef(full(term)), SKOS.altLabel))


def test_what_is_out_of_use_says_what_replaces_it(union: rdflib.Graph) -> None:
    deprecated = {str(s) for s in union.subjects(OWL.deprecated)}
    assert {full(term) for term in repairs.retired()} == deprecated
    for term, after in repairs.retired().items():
        assert objects(union, full(term), rdflib.URIRef(iri("obo:IAO_0100001"))) == {iri(after)}


def test_every_published_parent_is_kept_and_none_is_added_but_by_a_repair(
    published: list[Row], union: rdflib.Graph
) -> None:
    wrong = {}
    for row in published:
        subject = full(row["iri"])
        found = objects(union, subject, RDFS.subClassOf) | objects(union, subject, RDFS.subPropertyOf)
        if row["kind"] == "individual":
            found = objects(union, subject, RDF.type)
        removed, added = MOVED.get(curie(full(row["iri"])), ("", ""))
        assert names(removed) <= names(row["parents"])
        stated = names(row["parents"]) - names(removed) | names(added)
        if found - EMPTY != stated - EMPTY:
            wrong[row["iri"]] = sorted(found ^ stated)
    assert wrong == {}


def test_domains_ranges_and_inverses_are_kept(published: list[Row], union: rdflib.Graph) -> None:
    cells = {"domain": RDFS.domain, "range": RDFS.range, "inverse": OWL.inverseOf}
    wrong = [
        (row["iri"], column)
        for row in published
        for column, predicate in cells.items()
        if objects(union, full(row["iri"]), predicate) != names(row[column])
    ]
    assert not wrong


def test_existential_restrictions_are_kept(published: list[Row], union: rdflib.Graph) -> None:
    lost = []
    for row in published:
        found = set()
        for node in union.objects(rdflib.URIRef(full(row["iri"])), RDFS.subClassOf):
            for target in union.objects(node, OWL.someValuesFrom):
                found.add((str(union.value(node, OWL.onProperty)), str(target)))
        stated = [part.split() for part in row["restrictions"].split("; ") if "someValuesFrom" in part]
        lost += [(row["iri"], *p) for p in stated if p[2] != "[]" and (full(p[0]), full(p[2])) not in found]
    assert not lost
    assert sum("someValuesFrom" in row["restrictions"] for row in published) > 100


def test_codes_and_media_types_are_kept(published: list[Row], union: rdflib.Graph) -> None:
    mime = rdflib.URIRef(iri("om:has_MIME_type"))
    wrong = []
    for row in published:
        subject = rdflib.URIRef(full(row["iri"]))
        home = "rn:" if curie(str(subject)).startswith("rn:") else "om:"
        stated = dict(part.split("=", 1) for part in row["codes"].split("; ") if part)
        for name, value in stated.items():
            if value not in {str(o) for o in union.objects(subject, rdflib.URIRef(iri(home + name)))}:
                wrong.append((row["iri"], name, value))
        if {str(o) for o in union.objects(subject, mime)} != {row["mime"]} - {""}:
            wrong.append((row["iri"], "mime", row["mime"]))
    assert not wrong


def test_logical_axioms_are_those_of_the_published_files(
    reference: Path, graphs: dict[str, rdflib.Graph]
) -> None:
    """Counted, predicate by predicate: all that was left out is annotation."""
    whole = rdflib.Graph()
    for path in sorted(reference.glob("*.owl")):
        whole.parse(path, format="xml")
    logical = [RDFS.domain, RDFS.range, OWL.inverseOf, OWL.disjointWith, OWL.propertyChainAxiom, OWL.unionOf]
    logical += [OWL.onProperty, OWL.someValuesFrom, OWL.allValuesFrom, OWL.hasValue, OWL.equivalentClass]
    logical += [OWL.intersectionOf, OWL.complementOf, OWL.minCardinality, OWL.maxQualifiedCardinality]
    # an annotated axiom may repeat, node by node, the class expression that it annotates
    todo = list(whole.objects(None, OWL.annotatedTarget))
    for axiom in list(whole.subjects(RDF.type, OWL.Axiom)):
        whole.remove((axiom, None, None))
    while todo:
        node = todo.pop()
        if isinstance(node, rdflib.BNode) and (None, None, node) not in whole:
            todo += list(whole.objects(node))
            whole.remove((node, None, None))
    found: collections.Counter[rdflib.term.Node] = collections.Counter()
    for name, graph in graphs.items():
        if name != "extension":
            found += collections.Counter(p for _, p, _ in graph)
    stated = collections.Counter(whole.predicates())
    assert {p: found[p] for p in logical} == {p: stated[p] for p in logical}


def test_another_release_loads_through_the_same_call(reference: Path, published: list[Row]) -> None:
    release = open_ontology(reference)
    assert release.version == "1.3.15"
    assert len(release) == len(published)
    assert {t.iri for t in release} == {full(row["iri"]) for row in published}
    assert release.label(iri("om:VOI")) == "VOI"
