"""The modules as text: sorted, complete, importable offline, free of contradictions."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from lxml import etree
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS

from ontomedirad import resources
from ontomedirad.ontology import Kind, Ontology, write_turtle
from ontomedirad.terms import ONTOLOGY_BASE, PREFIXES, iri

Graphs = dict[str, rdflib.Graph]
DEFINITION = rdflib.URIRef(iri("obo:IAO_0000115"))
MODULES = sorted(resources.ontology().glob("*.ttl"))
KINDS = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.NamedIndividual}
OUR_TERMS = PREFIXES["omx"]


def declared(graph: rdflib.Graph) -> dict[rdflib.URIRef, set[rdflib.URIRef]]:
    found = defaultdict(set)
    for subject, kind in graph.subject_objects(RDF.type):
        if kind in KINDS and isinstance(subject, rdflib.URIRef):
            found[subject].add(kind)
    return found


def version_of(graph: rdflib.Graph, name: str) -> str:
    return str(graph.value(rdflib.URIRef(ONTOLOGY_BASE + name), OWL.versionInfo))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_serialises_to_its_own_bytes(path: Path) -> None:
    triples = (quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE))
    assert write_turtle(triples, PREFIXES).encode() == path.read_bytes()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_introduces_itself(path: Path, graphs: Graphs) -> None:
    graph, header = graphs[path.stem], rdflib.URIRef(ONTOLOGY_BASE + path.stem)
    assert list(graph.subjects(RDF.type, OWL.Ontology)) == [header]
    version = version_of(graph, path.stem)
    assert str(graph.value(header, OWL.versionIRI)) == f"{ONTOLOGY_BASE}{version}/{path.stem}"
    for predicate in (DCTERMS.title, DCTERMS.description, DCTERMS.license, DCTERMS.creator):
        assert len(list(graph.objects(header, predicate))) == 1, predicate


def test_all_modules_have_one_version(graphs: Graphs, ontology: Ontology) -> None:
    assert {version_of(graph, name) for name, graph in graphs.items()} == {ontology.version}


def test_imports_resolve_through_the_catalog(graphs: Graphs) -> None:
    folder = resources.ontology()
    catalog = etree.parse(folder / "catalog-v001.xml").getroot()
    found = {row.get("name"): row.get("uri") for row in catalog.iterfind("{*}uri")}
    imported = {str(o) for graph in graphs.values() for o in graph.objects(None, OWL.imports)}
    for name in imported | {str(o) for graph in graphs.values() for o in graph.objects(None, OWL.versionIRI)}:
        assert (folder / str(found[name])).is_file(), name
        assert Path(str(found[name])).stem == name.rpartition("/")[2]


def test_the_root_imports_every_other_module(graphs: Graphs) -> None:
    root = graphs["ontomedirad"].objects(None, OWL.imports)
    assert {str(o) for o in root} == {ONTOLOGY_BASE + name for name in graphs if name != "ontomedirad"}


def test_a_module_imports_what_it_refers_to(graphs: Graphs) -> None:
    home = {term: name for name, graph in graphs.items() for term in declared(graph)}
    for name, graph in graphs.items():
        used = {home[node] for triple in graph for node in triple if node in home} - {name}
        imported = {str(o).removeprefix(ONTOLOGY_BASE) for o in graph.objects(None, OWL.imports)}
        assert used <= imported, name


def test_a_term_is_declared_once_and_as_one_kind(graphs: Graphs) -> None:
    homes: Counter[rdflib.URIRef] = Counter()
    for graph in graphs.values():
        for term, kinds in declared(graph).items():
            homes[term] += 1
            assert len(kinds) == 1, term
    assert [term for term, n in homes.items() if n > 1] == []


def test_every_term_has_one_english_label_and_one_preferred_label(union: rdflib.Graph) -> None:
    for term in declared(union):
        for predicate in (RDFS.label, SKOS.prefLabel):
            found = list(union.objects(term, predicate))
            assert len(found) == 1 and found[0].language == "en" and found[0].strip() == str(found[0]), term


def test_labels_of_no_foreign_vocabulary_are_loaded(union: rdflib.Graph) -> None:
    """A label of a PROV-O term would add rows to queries that print the labels of all types."""
    assert not [s for s in union.subjects(RDFS.label) if str(s).startswith(PREFIXES["prov"])]


def test_labels_are_not_shared_within_dosimetry(ontology: Ontology) -> None:
    prefixes = ("om:", "omx:", "dcm:", "rn:", "snmi:")
    ours = [t.label.casefold() for t in ontology if t.curie.startswith(prefixes)]
    assert [label for label, n in Counter(ours).items() if n > 1] == []


def test_extension_terms_are_complete(graphs: Graphs, ontology: Ontology) -> None:
    terms = declared(graphs["extension"])
    assert len(terms) >= 200
    assert all(str(term).startswith((OUR_TERMS, PREFIXES["dcm"])) for term in terms)
    for term in map(str, terms):
        found = ontology.term(term)
        assert found.label and found.pref_label and found.definition and found.source, term
        assert found.parents or found.kind is Kind.annotation_property, term
        above = [p for p in found.parents if not p.startswith(PREFIXES["owl"])]
        assert all(ontology.declared(p) for p in above), term


@pytest.mark.parametrize(
    ("child", "parents"),
    [
        ("omx:milligray_per_hour", ["om:absorbed_dose_rate_unit"]),
        ("omx:terbium_161_atom", ["rn:radionuclide", "obo:CHEBI_33376"]),
        ("omx:extrathoracic_region", ["obo:FMA_67165"]),
        ("omx:biological_effective_dose", ["om:dose_quantity"]),
        ("omx:kernel_limit_for_convolutions", ["om:model_setting"]),
        ("omx:planar_NM_calibration", ["obo:BFO_0000015"]),
        ("omx:resampled_NM_static_dataset", ["om:NM_static_dataset", "om:resampled_dataset"]),
        ("omx:import_of_a_source", ["obo:BFO_0000015"]),
    ],
)
def test_extension_terms_stand_where_queries_look(child: str, parents: list[str], ontology: Ontology) -> None:
    assert ontology.parents(iri(child)) == tuple(iri(p) for p in parents)


def test_definitions_are_sourced_english_and_say_more_than_the_label(union: rdflib.Graph) -> None:
    def words(text: str) -> set[str]:
        filler = {"a", "an", "the", "of", "is", "that", "which", "in", "or", "and", "to"}
        return set(re.findall(r"[a-z0-9]+", text.lower())) - filler

    defined = list(union.subject_objects(DEFINITION))
    assert len(defined) > 380
    for term, text in defined:
        label = str(union.value(term, RDFS.label))
        assert len(words(text) - words(label)) >= 3, (term, text)
        assert text.language == "en" and text.endswith("."), term
        assert len(list(union.objects(term, DEFINITION))) == 1, term
        assert list(union.objects(term, DCTERMS.source)), term


def test_the_hierarchy_has_no_cycle(union: rdflib.Graph) -> None:
    for relation in (RDFS.subClassOf, RDFS.subPropertyOf):
        for term in declared(union):
            above: set[rdflib.term.Node] = set()
            todo = [o for o in union.objects(term, relation) if isinstance(o, rdflib.URIRef)]
            while todo:
                node = todo.pop()
                assert node != term, term
                if node not in above:
                    above.add(node)
                    todo += [o for o in union.objects(node, relation) if isinstance(o, rdflib.URIRef)]


def test_every_class_but_the_roots_has_a_parent(ontology: Ontology) -> None:
    roots = {t.curie for t in ontology if t.kind is Kind.class_ and not t.parents}
    assert roots == {"obo:BFO_0000001", "obo:FMA_85802", "owl:nothing"}


def test_what_is_referred_to_is_declared(union: rdflib.Graph) -> None:
    terms = declared(union)
    relations = [RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.inverseOf]
    relations += [OWL.onProperty, OWL.someValuesFrom, OWL.allValuesFrom]
    for relation in relations:
        for node in union.objects(None, relation):
            known = isinstance(node, rdflib.BNode) or node in terms
            assert known or str(node).startswith((PREFIXES["xsd"], PREFIXES["owl"])), node


def test_the_seven_studies_answer_the_first_query(ontology: Ontology) -> None:
    rows = list(
        ontology.store.query(
            f"""PREFIX om: <{PREFIXES["om"]}>
            SELECT ?id ?name ?description WHERE {{
              ?study a om:clinical_research_study ; om:has_id ?id ; om:has_name ?name ;
                     om:has_description ?description }}"""
        )
    )
    ids = ["st212", "st2321", "st2322", "st531", "st532", "t32", "t33"]
    assert sorted(row["id"].value for row in rows) == [f"755523-{name}" for name in ids]


def test_a_media_type_is_found_by_the_name_of_the_format(ontology: Ontology) -> None:
    rows = list(
        ontology.store.query(
            f"""PREFIX om: <{PREFIXES["om"]}> PREFIX skos: <{PREFIXES["skos"]}>
            PREFIX owl: <{PREFIXES["owl"]}>
            SELECT ?type WHERE {{
              ?format a owl:Class ; om:has_MIME_type ?type ; skos:prefLabel "STL format"@en }}"""
        )
    )
    assert [row["type"].value for row in rows] == ["model/stl"]
