"""What translations state is declared, and used as what it is declared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import repairs
from image_sets import IMAGE_SET
from usage import Usage

import ontomedirad
from ontomedirad.demo.treatment import example_descriptor
from ontomedirad.ontology import Ontology, open_ontology
from ontomedirad.terms import PREFIXES

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples" / "descriptors"
FILES = sorted(SAMPLES.rglob("*.xml")) if SAMPLES.is_dir() else []


@pytest.fixture(scope="module")
def usage(ontology: Ontology) -> Usage:
    return Usage(ontology)


def _quads(source: Path | bytes) -> list[ox.Quad]:
    return list(ontomedirad.translate(source).quads)


def test_the_example_uses_terms_as_they_are_declared(usage: Usage) -> None:
    quads = _quads(example_descriptor())
    assert len(quads) > 100
    assert set(usage.wrong_kinds(quads)) == set()
    assert set(usage.beyond(quads)) <= repairs.beyond()


def test_an_image_set_uses_terms_as_they_are_declared(usage: Usage) -> None:
    quads = _quads(IMAGE_SET.encode())
    assert len(quads) > 100
    assert set(usage.wrong_kinds(quads)) == set()
    assert set(usage.beyond(quads)) <= repairs.beyond()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_sample_uses_terms_as_they_are_declared(path: Path, usage: Usage) -> None:
    quads = _quads(path)
    assert set(usage.wrong_kinds(quads)) == set()
    assert set(usage.beyond(quads)) <= repairs.beyond()


def _graph(text: str) -> Iterator[ox.Quad]:
    head = "".join(f"PREFIX {p}: <{ns}> " for p, ns in PREFIXES.items())
    return (ox.Quad(*q.triple) for q in ox.parse(head + text, format=ox.RdfFormat.TURTLE))


def test_wrong_kinds_are_seen(usage: Usage) -> None:
    quads = list(
        _graph("""<urn:a> a om:VOI, om:has_name, om:nothing_of_ours ;
                  om:has_duration "3" ; om:has_name <urn:b> ; om:is_about <urn:b> .""")
    )
    assert set(usage.wrong_kinds(quads)) == {
        ("om:has_name", "is used as a class"),
        ("om:nothing_of_ours", "is used as a class"),
        ("om:has_duration", "is used as datatype property"),
        ("om:has_name", "is used as object property"),
    }


def test_a_use_beyond_domain_and_range_is_seen(usage: Usage) -> None:
    wrong = list(_graph("<urn:a> a om:VOI ; om:has_birthdate 3 ; om:has_setting <urn:a> ."))
    assert set(usage.beyond(wrong)) >= {
        ("om:has_birthdate", "domain", "om:human"),
        ("om:has_birthdate", "range", "xsd:string"),
        ("om:has_setting", "range", "om:device_setting"),
    }
    right = list(_graph('<urn:a> a om:human ; om:has_birthdate "1970-01-01" .'))
    assert set(usage.beyond(right)) == set()


def test_a_class_that_stands_for_itself_fits_its_own_range() -> None:
    usage = Usage(open_ontology())
    quads = list(_graph("<urn:a> a obo:IAO_0000032 ; obo:IAO_0000039 obo:UO_0000134 ."))
    assert set(usage.beyond(quads)) == set()
