"""What rests on a thing: the inverse of where a thing comes from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from strategies import as_bytes, documents

import ontomedirad
from ontomedirad import Settings, open_store, terms
from ontomedirad.demo.treatment import ROOT_UID, example_descriptor
from ontomedirad.descriptor import to_xml
from ontomedirad.errors import UnknownTerm
from ontomedirad.lineage.impact import impact

PROV = terms.PREFIXES["prov"]
PREFIXES = "".join(f"PREFIX {p}: <{ns}> " for p, ns in terms.PREFIXES.items())


def found(store: ontomedirad.Store, pattern: str) -> list[str]:
    rows = store.select(f"{PREFIXES} SELECT DISTINCT ?n {{ {pattern} }}")
    return sorted(str(getattr(n, "value", "")) for (n,) in rows)


def assert_inverse(store: ontomedirad.Store) -> None:
    """Everything that PROV knows, against every explanation and every impact."""
    things = found(store, "{ ?n a prov:Entity } UNION { ?n a prov:Activity } UNION { ?n a prov:Agent }")
    things += store.graphs()
    known = set(found(store, "?n a ?kind"))
    explained = {b: store.explain(b) for b in things if b in known}
    for a in things:
        affected = impact(store, a)
        inside = {r.node for r in affected} | set(affected.processes)
        assert inside == {b for b, explanation in explained.items() if b != a and a in explanation}


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(documents())
def test_a_is_in_the_explanation_of_b_just_when_b_is_in_the_impact_of_a(root: etree._Element) -> None:
    translation = ontomedirad.translate(as_bytes(root))
    with open_store(":memory:") as store:
        store.backend.replace([translation.graph], translation.nquads)
        assert_inverse(store)


_NODES = st.sampled_from("abcdef")
_PREDICATES = ("wasDerivedFrom", "wasGeneratedBy", "used", "wasAssociatedWith")


@settings(max_examples=100)
@given(st.lists(st.tuples(_NODES, st.sampled_from(_PREDICATES), _NODES, st.sampled_from("gh"))))
def test_so_it_is_in_records_that_contradict_themselves(said: list[tuple[str, str, str, str]]) -> None:
    lines = [f"<urn:{s}> <{PROV}{p}> <urn:{o}> <urn:{g}> .\n" for s, p, o, g in said]
    nodes = {n for s, _, o, _ in said for n in (s, o)}
    lines += [f"<urn:{n}> <{terms.iri('rdf:type')}> <{PROV}Entity> <urn:g> .\n" for n in sorted(nodes)]
    with open_store(":memory:") as store:
        store.backend.replace(["urn:g", "urn:h"], "".join(lines))
        assert_inverse(store)


@pytest.fixture(scope="module")
def three() -> Iterator[ontomedirad.Store]:
    """Three patients of one hospital: a calibration that they share, images of their own."""
    with open_store(":memory:") as store:
        for i in range(3):
            text = to_xml(example_descriptor(f"P{i}")).replace(ROOT_UID.encode(), f"{ROOT_UID}.{i}".encode())
            store.put(ontomedirad.translate(text, name=f"P{i}.xml"))
        yield store


def test_a_calibration_that_all_share_touches_the_doses_of_all(three: ontomedirad.Store) -> None:
    calibration = found(three, "?p prov:used ?n . ?n om:has_reference_calibration_date ?d")[0]
    affected = three.impact(calibration)
    doses = set(found(three, "?n a om:total_absorbed_dose_per_VOI"))
    assert {r.node for r in affected if r.what == "total absorbed dose per VOI"} == doses
    assert {r.patient for r in affected} == {"P0", "P1", "P2"}
    assert "3 patients, 1 study" in affected.summary
    assert sum(affected.counts().values()) == len(affected)


def test_an_image_touches_its_patient_alone(three: ontomedirad.Store) -> None:
    image = found(three, "?n om:has_DICOM_series_instance_UID ?u ; om:has_patient/om:has_id 'P1'")[0]
    affected = three.impact(image)
    assert {r.patient for r in affected} == {"P1"}
    assert affected.processes
    assert affected.to_csv().count("\n") == len(affected) + 1


def test_an_import_touches_what_it_says_and_no_more(three: ontomedirad.Store) -> None:
    for graph in three.graphs():
        affected = three.impact(graph)
        assert len({r.patient for r in affected}) == 1
        assert {r.graph for r in affected} == {graph}
        said = {q.subject.value for q in three.quads(graph) if q.predicate.value == f"{PROV}wasGeneratedBy"}
        assert said <= {r.node for r in affected}


def test_software_touches_what_it_computed(shared: object) -> None:
    from pathlib import Path

    path = Path(str(shared)) / "samples/descriptors/synthetic/wp2_212_full.xml"
    names = etree.parse(path).findall(".//{*}SoftwareName")
    translation = ontomedirad.translate(path, settings=Settings())
    with open_store(":memory:") as store:
        store.backend.replace([translation.graph], translation.nquads)
        for software in found(store, "?n a om:software"):
            affected = store.impact(software)
            made = found(store, f"?p prov:wasAssociatedWith <{software}> . ?n prov:wasGeneratedBy ?p")
            assert made
            assert set(made) <= {r.node for r in affected}
        assert len(found(store, "?n a om:software")) == len({n.text for n in names})


def test_what_the_store_does_not_know_is_a_clear_error(three: ontomedirad.Store) -> None:
    for nothing in ("urn:nothing", "not an iri", "<x> y"):
        with pytest.raises(UnknownTerm):
            three.impact(nothing)
