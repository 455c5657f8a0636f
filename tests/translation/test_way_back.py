"""The way back: every descriptor comes out of its graph as it went in."""

from __future__ import annotations

import random
from pathlib import Path
from xml.etree.ElementTree import canonicalize

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree
from strategies import WORKFLOWS, as_bytes, documents, seeded
from test_workflows import SYNTHETIC

import ontomedirad
from ontomedirad.demo.treatment import example_descriptor
from ontomedirad.descriptor import NAMESPACE, Descriptor, NonDicomFileSetDescriptor
from ontomedirad.descriptor.block import Block, blocks_by_name
from ontomedirad.descriptor.calibrations import CTCalibrationWorkflow
from ontomedirad.descriptor.write import to_xml
from ontomedirad.errors import SourceError
from ontomedirad.translation.back import restore
from ontomedirad.translation.result import Translation

FORM = "https://w3id.org/ontomedirad/form#"
_MANY = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)


def _numeric() -> frozenset[str]:
    leaves: dict[str, set[str]] = {}
    for block in blocks_by_name().values():
        for field in block.plan().fields:
            if field.leaf is not None:
                leaves.setdefault(field.item or field.tag, set()).add(field.leaf.xsd)
    return frozenset(tag for tag, kinds in leaves.items() if "string" not in kinds)


NUMERIC = _numeric()
"""Elements whose white space does not count (XML Schema 1.0 Part 2, 4.3.6: collapse)."""


def canonical(document: bytes) -> str:
    """Canonical XML (C14N 2.0) without comments, prefixes and white space that says nothing."""
    root = etree.fromstring(document)
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    for element in root.iter(etree.Element):
        element.tail = None
        if len(element):
            element.text = None
        elif etree.QName(element).localname in NUMERIC and element.text:
            element.text = element.text.strip(" \t\r\n")
    etree.cleanup_namespaces(root)
    return canonicalize(etree.tostring(root, encoding="unicode"), rewrite_prefixes=True)


def through_a_store(translation: Translation) -> Block:
    store = ox.Store()
    store.load(translation.nquads.encode(), ox.RdfFormat.N_QUADS)
    return restore(store)


@pytest.mark.parametrize("name", ["3d-slide2-v105", *(f"synthetic/{name}" for name in SYNTHETIC)])
def test_a_sample_comes_back_from_a_store(name: str, shared: Path) -> None:
    document = (shared / "samples" / "descriptors" / f"{name}.xml").read_bytes()
    assert canonical(to_xml(through_a_store(ontomedirad.translate(document)))) == canonical(document)


@_MANY
@given(root=documents())
def test_any_document_comes_back_from_a_store(root: etree._Element) -> None:
    document = as_bytes(root)
    assert canonical(to_xml(through_a_store(ontomedirad.translate(document)))) == canonical(document)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_two_thousand_documents_of_each_workflow_are_rdf_and_come_back(workflow: str, seed: int) -> None:
    """Every one is translated; every tenth makes the whole way."""
    chance = random.Random(f"{workflow} {seed}")
    for number in range(250):
        parts = frozenset({workflow, *(["acquisition"] if chance.random() < 0.8 else [])})
        document = etree.tostring(seeded(chance, parts))
        translation = ontomedirad.translate(document)
        if number % 10:
            assert len(translation.quads) == len(translation)
        else:
            assert canonical(to_xml(through_a_store(translation))) == canonical(document), number


def test_a_calibration_that_is_a_document_of_its_own_comes_back(shared: Path) -> None:
    whole = etree.parse(str(shared / "samples" / "descriptors" / "synthetic" / "ct_calibration_full.xml"))
    root = whole.find(f".//{{{NAMESPACE}}}CTCalibrationWorkflow")
    assert root is not None
    root.tag = f"{{{NAMESPACE}}}CTNumberCalibrationWorkfow"
    document = etree.tostring(root)
    found = Descriptor.from_graph(ontomedirad.translate(document))
    assert type(found) is CTCalibrationWorkflow
    assert canonical(found.to_xml()) == canonical(document)


def test_the_descriptor_of_one_graph_of_many(example: NonDicomFileSetDescriptor, tmp_path: Path) -> None:
    translation = ontomedirad.translate(example)
    other = ontomedirad.translate(example_descriptor("P-2"))
    with ontomedirad.open_store(tmp_path / "store") as store:
        store.put(translation)
        assert Descriptor.from_graph(store).to_xml() == to_xml(example)
        store.put(other)
        assert Descriptor.from_graph(store, translation.graph).to_xml() == to_xml(example)
        with pytest.raises(SourceError, match="holds 2 graphs"):
            Descriptor.from_graph(store)
        with pytest.raises(SourceError, match="holds no graph <urn:none>"):
            Descriptor.from_graph(store, "urn:none")
        both = list(store.quads())
    with pytest.raises(SourceError, match="holds several descriptors"):
        Descriptor.from_graph(both)
    assert Descriptor.from_graph(both, other.graph).to_xml() == example_descriptor("P-2").to_xml()


@pytest.mark.parametrize("format_", ["nq", "trig", "ttl", "nt", "jsonld"])
def test_the_descriptor_of_a_file(format_: str, example: NonDicomFileSetDescriptor, tmp_path: Path) -> None:
    path = tmp_path / f"graph.{format_}"
    path.write_bytes(ontomedirad.translate(example).serialize(format_))
    assert Descriptor.from_graph(path).to_xml() == to_xml(example)


def test_the_descriptor_of_a_graph_of_rdflib(example: NonDicomFileSetDescriptor) -> None:
    dataset = ontomedirad.translate(example).to_rdflib()
    assert Descriptor.from_graph(dataset).to_xml() == to_xml(example)


def test_what_is_no_graph_of_a_descriptor_is_refused(example: NonDicomFileSetDescriptor) -> None:
    with pytest.raises(SourceError, match="no statement of how a descriptor is written"):
        Descriptor.from_graph([])
    with pytest.raises(SourceError, match="is of a NonDicomFileSetDescriptor"):
        CTCalibrationWorkflow.from_graph(ontomedirad.translate(example))
    quads = list(ontomedirad.translate(example).quads)
    dose = next(q for q in quads if q.predicate.value.endswith("IAO_0000004"))
    twice = ox.Quad(dose.subject, dose.predicate, ox.Literal("99"), dose.graph_name)
    with pytest.raises(SourceError, match="of one individual twice"):
        Descriptor.from_graph([*quads, twice])


def test_no_query_sees_how_a_document_is_written(shared: Path) -> None:
    """The merge that queries read holds none of it, the named graph all of it."""
    sample = shared / "samples" / "descriptors" / "synthetic" / "slide2_full.xml"
    translation = ontomedirad.translate(sample, settings=ontomedirad.Settings(file_set="x"))
    store = ox.Store()
    store.load(translation.nquads.encode(), ox.RdfFormat.N_QUADS)
    asked = (
        f"""ASK {{ {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?p), "{FORM}") || STRSTARTS(STR(?o), "{FORM}")) }}"""
    )
    assert store.query(asked.replace("{ ?s ?p ?o }", "GRAPH ?g { ?s ?p ?o }"))
    with ontomedirad.open_store(":memory:") as ours:
        ours.backend.replace([translation.graph], translation.nquads)
        assert not ours.ask(asked)


def test_a_value_changed_in_the_graph_is_changed_in_the_document(shared: Path) -> None:
    """The way back reads what the graph says; it keeps no copy of the document."""
    translation = ontomedirad.translate(shared / "samples" / "descriptors" / "3d-slide2-v105.xml")
    store = ox.Store()
    store.load(translation.nquads.encode(), ox.RdfFormat.N_QUADS)
    before = to_xml(restore(store))
    assert before.count(b">11.63") == 2
    for quad in list(store):
        if isinstance(quad.object, ox.Literal) and quad.object.value.startswith("11.63"):
            store.remove(quad)
            new = ox.Literal("12.5", datatype=quad.object.datatype)
            store.add(ox.Quad(quad.subject, quad.predicate, new, quad.graph_name))
    after = to_xml(restore(store))
    assert b">11.63" not in after
    assert after.count(b">12.5<") == before.count(b">12.5<") + 2


def shuffled(root: etree._Element, seed: int) -> etree._Element:
    """The same facts: every list of the document in another order."""
    chance = random.Random(seed)
    for element in root.iter(etree.Element):
        children = list(element)
        if len(children) > 1 and len({c.tag for c in children}) == 1:
            chance.shuffle(children)
            element[:] = children
    return root


def facts(translation: Translation) -> set[ox.Quad]:
    """All quads but those that keep how the document is written."""
    kept = (q for q in translation.quads if not q.predicate.value.startswith(FORM))
    return {q for q in kept if q.object != ox.NamedNode(f"{FORM}Leaf")}


@pytest.mark.parametrize("name", ["3d-slide2-v105", *(f"synthetic/{name}" for name in SYNTHETIC)])
def test_another_order_of_lists_gives_the_same_facts(name: str, shared: Path) -> None:
    document = (shared / "samples" / "descriptors" / f"{name}.xml").read_bytes()
    other = shuffled(etree.fromstring(document), 1)
    assert facts(ontomedirad.translate(other)) == facts(ontomedirad.translate(document))


@_MANY
@given(root=documents(), seed=st.integers(0, 99))
def test_another_order_of_any_lists_gives_the_same_facts(root: etree._Element, seed: int) -> None:
    document = as_bytes(root)
    other = as_bytes(shuffled(root, seed))
    assert facts(ontomedirad.translate(other)) == facts(ontomedirad.translate(document))
