"""Where a dose comes from, compared with an independent walk of the XML; PROV for other tools."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from lxml import etree
from prov.model import ProvDocument

import ontomedirad
from ontomedirad import open_store, terms
from ontomedirad.descriptor import NonDicomFileSetDescriptor
from ontomedirad.errors import UnknownTerm
from ontomedirad.lineage.doses import OrganDose, dose_figure
from ontomedirad.lineage.explain import explain
from ontomedirad.lineage.svg import fit, width

N = "{https://www.irdbb-medirad.com}"
PREFIXES = "".join(f"PREFIX {p}: <{ns}> " for p, ns in terms.PREFIXES.items())


def dose_of(store: ontomedirad.Store, organ: str) -> str:
    rows = store.select(
        PREFIXES
        + f"""SELECT ?d {{ ?d a om:total_absorbed_dose_per_VOI ;
            om:is_quantity_measured_in/om:represents/a {organ} }}"""
    )
    return next(iter({str(d.value) for (d,) in rows if isinstance(d, ox.NamedNode)}))


@pytest.fixture(scope="module")
def real(sample: bytes) -> Iterator[ontomedirad.Store]:
    with open_store(":memory:") as store:
        store.put(ontomedirad.translate(sample))
        yield store


def test_the_thyroid_dose_rests_on_just_what_the_xml_names_for_it(
    real: ontomedirad.Store, sample: bytes
) -> None:
    tree = etree.fromstring(sample)
    organ = {}
    for voi in tree.iter(f"{N}VOIProduced"):
        organ[voi.findtext(f"{N}VOIIdentifier")] = voi.findtext(f"{N}OrganOrTissue")
    thyroid = {v for v, o in organ.items() if o == "thyroid"}
    times, images, files, rates = set(), set(), set(), set()
    for box in tree.iter(f"{N}VOISegmentationEnergyDepositionCalculationAbsorbedDoseRateCalculation"):
        own = [
            r
            for r in box.iter(f"{N}AbsorbedDoseRatePerVOIAtTimePointProduced")
            if r.findtext(f"{N}VOIIdentifier") in thyroid
        ]
        if own:
            rates |= {float(r.findtext(f"{N}AbsorbedDoseRateValue")) for r in own}
            times |= {r.findtext(f"{N}TimePointIdentifier") for r in own}
            segmentation = box.find(f"{N}VOISegmentationVOIMassDetermination")
            images |= {e.text for e in segmentation.iter(f"{N}DICOMSeriesUID")}
            files.add(
                box.findtext(
                    f".//{N}ThreeDimEnergyDepositionRateMatrixAtTimePointUsed/{N}NonDICOMDataFileName"
                )
            )
    calibrations = {
        e.findtext(f"{N}ReferenceCalibrationDate")
        for box in tree.iter(f"{N}SPECTAcqCTAcqAndReconstruction")
        if box.findtext(f".//{N}TimePointIdentifier") in times
        for e in (
            box.find(f"{N}NMRelevantCalibrationReference"),
            box.find(f"{N}CTRelevantCalibrationReference"),
        )
    }
    explanation = explain(real, dose_of(real, "obo:FMA_9603"))
    nodes = " ".join(f"<{n}>" for n in explanation.steps)

    def said(predicate: str) -> set[str]:
        rows = real.select(PREFIXES + f"SELECT ?v {{ VALUES ?n {{ {nodes} }} ?n {predicate} ?v }}")
        return {str(v.value) for (v,) in rows if isinstance(v, ox.Literal)}

    assert said("om:has_DICOM_series_instance_UID") == images
    assert said("om:has_reference_calibration_date") == calibrations
    found = {float(s.value) for s in explanation if any("absorbed dose rate" in x for x in s.labels)}
    assert found == rates
    assert {s.organs[0] for s in explanation if "VOI" in s.labels} == {"Thyroid gland"}
    assert files <= {s.name for s in explanation}
    assert not any("absorbed dose per VOI" in s.labels[0] for s in explanation if s.node != explanation.root)


def test_no_entity_derives_from_itself_however_far(real: ontomedirad.Store) -> None:
    assert not real.ask(PREFIXES + "ASK { ?e prov:wasDerivedFrom+ ?e }")


def test_an_entity_has_one_generation(real: ontomedirad.Store) -> None:
    assert not real.ask(PREFIXES + "ASK { ?e prov:wasGeneratedBy ?a, ?b FILTER (?a != ?b) }")


def test_text_json_and_picture_say_the_dose(example: NonDicomFileSetDescriptor) -> None:
    with open_store(":memory:") as store:
        store.put(ontomedirad.translate(example))
        explanation = store.explain(dose_of(store, "obo:FMA_9603"))
    text = explanation.text()
    assert text.splitlines()[0].startswith("total absorbed dose per VOI: Thyroid gland: ")
    assert "y = " in text, "the fitting function is told"
    root = ElementTree.fromstring(explanation.to_svg())
    boxes = [
        (float(r.get("x", 0)), float(r.get("y", 0)), float(r.get("width", 0)), float(r.get("height", 0)))
        for r in root.iter("{http://www.w3.org/2000/svg}rect")
        if r.get("stroke") not in (None, "none")
    ]
    assert len(boxes) == len(explanation.steps)
    for i, (x, y, w, h) in enumerate(boxes):
        assert not any(x < a + c and a < x + w and y < b + d and b < y + h for a, b, c, d in boxes[:i])
    assert explanation.root in explanation.to_json()


def test_what_the_store_does_not_know_is_a_clear_error() -> None:
    with open_store(":memory:") as store, pytest.raises(UnknownTerm, match="says nothing"):
        store.explain("https://example.org/nothing")


def test_circles_do_not_hang() -> None:
    prov = terms.PREFIXES["prov"]
    with open_store(":memory:") as store:
        lines = [f"<urn:{a}> <{prov}wasDerivedFrom> <urn:{b}> <urn:g> .\n" for a, b in ("ab", "bc", "ca")]
        store.backend.replace(["urn:g"], "".join(lines))
        explanation = store.explain("urn:a")
        assert set(explanation.steps) == {"urn:a", "urn:b", "urn:c"}
        assert explanation.text() and explanation.to_svg()


@pytest.mark.parametrize("form", ["json", "xml"])
def test_prov_reads_what_it_is_given(example: NonDicomFileSetDescriptor, form: str) -> None:
    translation = ontomedirad.translate(example)
    document = translation.to_prov()
    again = ProvDocument.deserialize(content=document.serialize(format=form), format=form)
    assert again == document
    prov = terms.PREFIXES["prov"]
    for kind, count in (
        ("used", "used("),
        ("wasGeneratedBy", "wasGeneratedBy("),
        ("wasDerivedFrom", "wasDerivedFrom("),
    ):
        stated = sum(q.predicate.value == prov + kind for q in translation.quads)
        assert document.get_provn().count(f"\n  {count}") == stated > 0


def test_prov_reads_the_export_of_the_real_sample(sample: bytes) -> None:
    document = ontomedirad.translate(sample).to_prov()
    assert ProvDocument.deserialize(content=document.serialize(format="json"), format="json") == document


def test_dose_bars_keep_order_and_scale() -> None:
    doses = [OrganDose("liver", 1.0, None, "gray"), OrganDose("thyroid", 4.0, 0.5, "gray")]
    root = ElementTree.fromstring(dose_figure(doses, "Doses"))
    bars = [r for r in root.iter("{http://www.w3.org/2000/svg}rect") if r.get("fill") == "#CC3311"]
    assert [round(float(b.get("width", 0)) / float(bars[1].get("width", 1)), 2) for b in bars] == [4.0, 1.0]


def test_long_text_is_cut_in_its_middle() -> None:
    cut = fit("Data/a very long file name that does not fit 48HR.nrrd", 12, 150)
    assert "…" in cut and cut.startswith("Data/") and cut.endswith("nrrd") and width(cut, 12) <= 150
