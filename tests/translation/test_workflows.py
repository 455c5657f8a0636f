"""Every workflow is carried whole, whatever a valid document says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from lxml import etree
from strategies import as_bytes, documents

import ontomedirad
from ontomedirad import terms

SYNTHETIC = (
    "acquisition_only",
    "ct_calibration_full",
    "hybrid_full",
    "planar_calibration_full",
    "slide1_full",
    "slide1_min",
    "slide2_full",
    "slide2_min",
    "spectct_calibration_full",
    "twodim_full",
    "wp2_212_full",
)
_XS = "{http://www.w3.org/2001/XMLSchema}"


@pytest.fixture(scope="module")
def listed(shared: Path) -> frozenset[str]:
    """All values of the published schema's value lists: they become terms, not literals."""
    schema = etree.parse(str(shared / "reference" / "schemas" / "nonDicomFileSetDescriptor.xsd"))
    return frozenset(str(e.get("value")) for e in schema.iter(f"{_XS}enumeration"))


@pytest.mark.parametrize("name", SYNTHETIC)
def test_no_leaf_of_any_workflow_is_lost(name: str, shared: Path, listed: frozenset[str]) -> None:
    path = shared / "samples" / "descriptors" / "synthetic" / f"{name}.xml"
    translation = ontomedirad.translate(path)
    literals = {q.object.value for q in translation.quads if isinstance(q.object, ox.Literal)}
    lost = [
        (etree.QName(e).localname, e.text)
        for e in etree.parse(str(path)).iter(etree.Element)
        if not len(e) and (e.text or "").strip() and e.text not in literals | listed
    ]
    # The study's identifier is a term too; it is kept as written beside it.
    assert lost == []
    assert len(translation.individuals) == len({*translation.individuals})


@settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)
@given(root=documents())
def test_no_valid_document_makes_translation_fail(root: etree._Element) -> None:
    translation = ontomedirad.translate(as_bytes(root))
    parsed = list(ox.parse(translation.nquads.encode(), ox.RdfFormat.N_QUADS))
    assert len(parsed) == len(translation)
    assert all(translation.locate(node) for node in translation.individuals)


def test_a_quantity_rests_on_quantities_of_its_own_time_point(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dose rate of the first day is not computed from the activity of the second.

    The treatment is that of the page on 2D dosimetry: the same regions at each time point.
    """
    monkeypatch.chdir(tmp_path)
    text = (Path(__file__).parents[2] / "docs" / "how-to" / "describe-2d.md").read_text("utf-8")
    told: dict[str, Any] = {}
    exec("".join(re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE)), told)
    times: dict[str, set[str]] = {}
    derived = []
    for quad in ontomedirad.translate(told["treatment"].to_xml()).quads:
        if quad.predicate.value == terms.iri("om:is_quantity_measured_at"):
            times.setdefault(quad.subject.value, set()).add(quad.object.value)
        elif quad.predicate.value == terms.iri("prov:wasDerivedFrom"):
            derived.append((quad.subject.value, quad.object.value))
    pairs = [(times[a], times[b]) for a, b in derived if a in times and b in times]
    assert pairs
    assert all(one & other for one, other in pairs)


def test_a_calibration_fills_the_stub_that_a_treatment_names() -> None:
    """Both compute the same name: by hospital, date, isotope and class."""
    from ontomedirad.translation.names import Names

    names = Names(ontomedirad.Settings())
    expected = names.name(
        "calibration",
        "example university hospital",
        "2026-02-20 09:00:00",
        "iodine131",
        "<http://medicis.univ-rennes1.fr/ontologies/ontospm/OntoMEDIRAD.owl#SPECT_calibration_coefficient>",
    )
    from ontomedirad.demo.treatment import example_descriptor

    assert expected[1:-1] in ontomedirad.translate(example_descriptor()).individuals


def test_a_ct_calibration_may_be_a_document_of_its_own(shared: Path) -> None:
    """The wire format has a second root element; its graph is that of the calibration, of no patient."""
    folder = shared / "samples" / "descriptors" / "synthetic"
    tree = etree.parse(str(folder / "ct_calibration_full.xml"))
    namespace = "https://www.irdbb-medirad.com"
    root = etree.Element(f"{{{namespace}}}CTNumberCalibrationWorkfow", nsmap={None: namespace})
    found = tree.find(f".//{{{namespace}}}CTCalibrationWorkflow")
    assert found is not None
    root.extend(found)
    published = etree.XMLSchema(
        etree.parse(str(shared / "reference" / "schemas" / "nonDicomFileSetDescriptor.xsd"))
    )
    assert published.validate(root)
    translation = ontomedirad.translate(etree.tostring(root))
    curves = [q for q in translation.quads if "CT_number_calibration_curve" in str(q.object)]
    assert curves
    assert not any("human" in str(q.object) or "has_patient" in q.predicate.value for q in translation.quads)
    root.remove(root[0])
    assert not published.validate(root)
    assert not ontomedirad.validate(etree.tostring(root)).conforms()
