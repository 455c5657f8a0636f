"""What curators and users read: every shape is named, explained, and agrees with the tables."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from ontomedirad import resources
from ontomedirad.checking import load_rules
from ontomedirad.checking.rules import LEVELS
from ontomedirad.terms import PREFIXES, iri

FILES = sorted(resources.shapes().glob("*.ttl"))
SHAPES = [
    (file, t.subject)
    for file in FILES
    for t in (q.triple for q in ox.parse(path=str(file)))
    if t.predicate.value == iri("rdf:type")
    and t.object in (ox.NamedNode(iri("sh:NodeShape")), ox.NamedNode(iri("sh:PropertyShape")))
]


def facts(file: Path, shape: object) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for quad in ox.parse(path=str(file)):
        if quad.subject == shape and not isinstance(quad.object, ox.Triple):
            found.setdefault(quad.predicate.value, []).append(quad.object.value)
    return found


@pytest.mark.parametrize(("file", "shape"), SHAPES, ids=[s.value.rpartition("#")[2] for _, s in SHAPES])
def test_a_shape_says_what_it_is(file: Path, shape: ox.NamedNode) -> None:
    said = facts(file, shape)
    assert shape.value.startswith("https://w3id.org/ontomedirad/shapes#")
    for property_ in ("sh:name", "sh:description", "sh:message", "omx:hint"):
        (text,) = said[iri(property_)]
        assert text.strip() == text
        assert text
    assert said[iri("sh:severity")][0] in LEVELS


def test_there_is_a_file_for_each_topic() -> None:
    assert sorted(f.stem for f in load_rules().files) == [
        "calibrations",
        "datasets-and-files",
        "dosimetry",
        "patients",
        "plausible-ranges",
        "privacy",
        "processes",
        "provenance",
        "quantities-and-units",
        "radiopharmaceuticals",
        "studies",
        "time-points",
        "vois-and-organs",
    ]


def test_prefixes_are_those_of_the_package() -> None:
    for file in FILES:
        for prefix, namespace in re.findall(r"@prefix (\w+): <([^>]+)>", file.read_text("utf-8")):
            expected = "https://w3id.org/ontomedirad/shapes#" if prefix == "rule" else PREFIXES[prefix]
            assert namespace == expected, f"{file.name}: {prefix}"


def test_windows_of_time_points_are_those_of_the_table() -> None:
    table = resources.rows(resources.translators() / "descriptor" / "time_points.tsv")
    file = resources.shapes() / "time-points.ttl"
    for row in table:
        hours, tolerance = int(row["hours"]), int(row["tolerance"])
        said = facts(
            file, ox.NamedNode(f"https://w3id.org/ontomedirad/shapes#time-point-in-window-of-{hours}h")
        )
        assert float(said[iri("sh:minInclusive")][0]) == (hours - tolerance) * 3600
        assert float(said[iri("sh:maxInclusive")][0]) == (hours + tolerance) * 3600


def test_every_class_and_property_of_ours_is_declared() -> None:
    from ontomedirad.checking.background import ontology

    borrowed = (
        "http://purl.obolibrary.org/obo/",
        "http://dicom.nema.org/",
        "http://medicis.univ-rennes1.fr/",
    )
    named = {
        term
        for file in FILES
        for quad in ox.parse(path=str(file))
        for node in (quad.subject, quad.object)
        if isinstance(node, ox.NamedNode) and (term := node.value).startswith((*borrowed, PREFIXES["omx"]))
    }
    assert not {term for term in named if not ontology().declared(term)}


def test_a_confidential_rule_does_not_quote() -> None:
    for rule in load_rules().by_shape.values():
        if rule.confidential:
            assert "{" not in rule.message
