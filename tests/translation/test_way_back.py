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
from strategies import as_bytes, documents
from test_workflows import SYNTHETIC

import ontomedirad
from ontomedirad.descriptor.block import Block, blocks_by_name
from ontomedirad.descriptor.write import to_xml
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


def test_a_value_changed_in_the_graph_is_changed_in_the_document(shared: Path) -> None:
    """The way back reads what the graph says; it keeps no copy of the document."""
    translation = ontomedirad.translate(shared / "samples" / "descriptors" / "3d-slide2-v105.xml")
    store = ox.Store()
    store.load(translation.nquads.encode(), ox.RdfFormat.N_QUADS)
    before = to_xml(restore(store))
    assert before.count(b">11.63") == 1
    changed = [q for q in store if isinstance(q.object, ox.Literal) and q.object.value.startswith("11.63")]
    for quad in changed:
        store.remove(quad)
        new = ox.Literal("12.5", datatype=quad.object.datatype)  # type: ignore[union-attr]
        store.add(ox.Quad(quad.subject, quad.predicate, new, quad.graph_name))
    after = to_xml(restore(store))
    assert b">11.63" not in after and after.count(b">12.5<") == before.count(b">12.5<") + 1


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
    leaves = {
        q.subject for q in translation.quads if isinstance(q.object, ox.NamedNode) and q.object.value == f"{FORM}Leaf"
    }
    return {
        q for q in translation.quads if not q.predicate.value.startswith(FORM) and q.subject not in leaves
    }


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
