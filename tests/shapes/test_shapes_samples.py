"""The shapes on whole descriptors: the real one conforms, both engines agree, no shape idles."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

import ontomedirad
from ontomedirad.checking import check, load_rules
from ontomedirad.checking.background import background
from ontomedirad.checking.engines import ENGINES
from ontomedirad.checking.graphs import graphs
from ontomedirad.terms import sparql_prefixes

SLOW_IN_THE_REFERENCE = {"decay-corrected-value-falls", "dose-of-rates", "organ-mass-steady"}
"""What pySHACL takes minutes for on sixty regions. `test_shapes_failing` compares both engines on these."""

SYNTHETIC = ("synthetic/slide2_min.xml", "synthetic/slide2_full.xml")

WITHOUT_FOCUS = {
    "activity-within-administered": "the sample gives activity maps, no activities of regions",
    "time-integrated-activity-plausible": "other workflows integrate activity",
    "time-integrated-activity-within-decays": "other workflows integrate activity",
    "energy-deposition-rate-plausible": "other workflows sum energy deposition in regions",
    "radiodensity-plausible": "calibrations of scanners are in descriptors of their own",
    "recovery-coefficient-plausible": "calibrations of cameras are in descriptors of their own",
    "volume-plausible": "phantoms are in the descriptors of calibrations",
    "one-end": "descriptors give no end of a process",
    "start-before-end": "descriptors give no end of a process",
    "use-after-generation": "descriptors give no end of a process",
    "cumulated-activity-unit": "other workflows integrate activity",
    "energy-deposition-rate-unit": "other workflows sum energy deposition in regions",
    "regional-activity-plausible": "the sample gives activity maps, no activities of regions",
    "time-point-in-window-of-6h": "the sample has no image at 6 h",
    "time-point-plausible": "the sample has no additional time point",
}
"""Shapes that find no node in the real descriptor, and why. Their examples in `failing` find one."""

TARGETS = """SELECT DISTINCT ?shape ?focus WHERE {
    { ?shape sh:targetClass ?class . ?focus a/rdfs:subClassOf* ?class }
    UNION { ?shape sh:targetSubjectsOf ?p . ?focus ?p ?any }
    UNION { ?shape sh:targetObjectsOf ?p . ?any ?p ?focus } }"""


@cache
def prepared(path: Path) -> str:
    """The graph of a descriptor with its background."""
    (graph,) = graphs(ontomedirad.translate(path))
    return graph.ntriples + background(graph.ntriples, load_rules().classes)


def test_the_real_descriptor_conforms(sample_path: Path) -> None:
    report = check(ontomedirad.translate(sample_path), level="may")
    assert report.conforms("must")
    assert Counter(f.code for f in report) == {"transformation-source-space": 4}


def test_every_shape_finds_nodes_in_the_real_descriptor(sample_path: Path) -> None:
    store = ox.Store()
    store.load((prepared(sample_path) + load_rules().text).encode(), ox.RdfFormat.N_TRIPLES)
    rows = store.query(TARGETS, prefixes=sparql_prefixes())
    assert isinstance(rows, ox.QuerySolutions)
    met = {row["shape"].value for row in rows}  # type: ignore[union-attr]
    idle = {rule.code for shape, rule in load_rules().by_shape.items() if shape not in met}
    assert idle == set(WITHOUT_FOCUS)
    looked_at = check(ontomedirad.translate(sample_path)).looked_at
    assert {code for code, nodes in looked_at.items() if not nodes} == idle


@pytest.mark.parametrize("name", ["3d-slide2-v105.xml", *SYNTHETIC])
def test_both_engines_find_the_same(shared: Path, name: str) -> None:
    data = prepared(shared / "samples" / "descriptors" / name)
    rules = load_rules().without(
        {s for s, r in load_rules().by_shape.items() if r.code in SLOW_IN_THE_REFERENCE}
    )
    ours, reference = (set(ENGINES[engine](rules)(data)) for engine in ("pyrudof", "pyshacl"))
    assert ours == reference


@pytest.mark.parametrize("name", SYNTHETIC)
def test_what_breaks_reference_rules_breaks_shapes(shared: Path, name: str) -> None:
    assert not check(ontomedirad.translate(shared / "samples" / "descriptors" / name)).conforms()
