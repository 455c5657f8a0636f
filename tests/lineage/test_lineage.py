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


def named_for_a_dose(tree: etree._Element, organ: str) -> dict[str, set[str | None]]:
    """What the descriptor's own references name for the dose of an organ, without any graph.

    From the dose to its VOIs; from a VOI to the segmentation that produced it and to the rates of the
    VOI; from those to images, matrices and segmentation files; from an image to the acquisition that
    produced it, and to the calibrations that this refers to.
    """
    organs = {
        v.findtext(f"{N}VOIIdentifier"): v.findtext(f"{N}OrganOrTissue") for v in tree.iter(f"{N}VOIProduced")
    }
    doses = [
        d
        for d in tree.iter(f"{N}AbsorbedDoseInVOIProduced")
        if d.find(f"{N}AbsorbedDoseInVOIValue") is not None
        and {organs[i.text] for i in d.iter(f"{N}VOIIdentifierUsed") if not len(i)} == {organ}
    ]
    assert len({d.findtext(f"{N}AbsorbedDoseInVOIValue") for d in doses}) == 1, "one dose, told twice"
    vois = {i.text for d in doses for i in d.iter(f"{N}VOIIdentifierUsed")}
    series, files, rates, times = set(), set(), set(), set()
    for box in tree.iter(f"{N}VOISegmentationEnergyDepositionCalculationAbsorbedDoseRateCalculation"):
        own = [
            r
            for r in box.iter(f"{N}AbsorbedDoseRatePerVOIAtTimePointProduced")
            if r.findtext(f"{N}VOIIdentifier") in vois
        ]
        if not own:
            continue
        rates |= {r.findtext(f"{N}AbsorbedDoseRateValue") for r in own}
        times |= {r.findtext(f"{N}TimePointIdentifier") for r in own}
        segmentation = box.find(f"{N}VOISegmentationVOIMassDetermination")
        deposition = box.find(f"{N}EnergyDepositionRateCalculationIn3DDosimetry")
        assert segmentation is not None
        for part in (segmentation, deposition):
            series |= {e.text for e in part.iter(f"{N}DICOMSeriesUID")} if part is not None else set()
        matrix = f".//{N}ThreeDimEnergyDepositionRateMatrixAtTimePointUsed/{N}NonDICOMDataFileName"
        files.add(box.findtext(matrix))
    made: dict[str | None, list[etree._Element]] = {}
    for acquisition in tree.iter(f"{N}SPECTAcqCTAcqAndReconstruction"):
        for product in ("NMTomoProduced", "CTReconProduced"):
            for uid in acquisition.findall(f"{N}{product}/{N}DICOMSeriesUID"):
                made.setdefault(uid.text, []).append(acquisition)
    calibrations = {
        reference.findtext(f"{N}ReferenceCalibrationDate")
        for uid in series
        for acquisition in made.get(uid, ())
        for reference in (
            *acquisition.iter(f"{N}NMRelevantCalibrationReference"),
            *acquisition.iter(f"{N}CTRelevantCalibrationReference"),
        )
    }
    return {"vois": vois, "series": series, "files": files, "rates": rates, "times": times,
            "calibrations": calibrations}  # fmt: skip


def test_the_thyroid_dose_rests_on_just_what_the_xml_names_for_it(
    real: ontomedirad.Store, sample: bytes
) -> None:
    named = named_for_a_dose(etree.fromstring(sample), "thyroid")
    explanation = explain(real, dose_of(real, "obo:FMA_9603"))
    nodes = " ".join(f"<{n}>" for n in explanation.steps)

    def said(predicate: str) -> set[str]:
        rows = real.select(PREFIXES + f"SELECT ?v {{ VALUES ?n {{ {nodes} }} ?n {predicate} ?v }}")
        return {str(v.value) for (v,) in rows if isinstance(v, ox.Literal)}

    assert len(named["series"]) > 5
    assert len(named["calibrations"]) > 5
    assert said("om:has_DICOM_series_instance_UID") == named["series"]
    assert said("om:has_reference_calibration_date") == named["calibrations"]
    rates = [s for s in explanation if "absorbed dose rate" in s.label]
    assert {float(s.value) for s in rates} == {float(r or "nan") for r in named["rates"]}
    assert {t for s in rates for t in s.times} == named["times"]
    vois = [s for s in explanation if "VOI" in s.labels]
    assert {s.name for s in vois} == named["vois"]
    assert {s.organs[0] for s in vois} == {"Thyroid gland"}
    assert named["files"] <= {s.name for s in explanation}
    assert not any("absorbed dose per VOI" in s.label for s in explanation if s.node != explanation.root)
    assert explanation.odd == []


def test_each_step_stands_where_the_source_says_it(real: ontomedirad.Store, sample: bytes) -> None:
    tree = etree.fromstring(sample)
    explanation = explain(real, dose_of(real, "obo:FMA_9603"))
    assert all(step.places for step in explanation)
    for step in explanation:
        (place,) = step.places
        names = [part.partition("[") for part in place.path.strip("/").split("/")[1:]]
        path = "/".join(f"{N}{name}{sign}{number}" for name, sign, number in names)
        element = tree.find(path)
        assert element is not None
        assert element.sourceline == place.line
        if step.value and element.tag == f"{N}AbsorbedDoseRatePerVOIAtTimePointProduced":
            assert element.findtext(f"{N}AbsorbedDoseRateValue") == step.value


def test_the_dose_has_its_uncertainty_method_time_and_institution(
    real: ontomedirad.Store, sample: bytes
) -> None:
    step = explain(real, dose_of(real, "obo:FMA_9603")).steps[dose_of(real, "obo:FMA_9603")]
    element = etree.fromstring(sample).find("/".join(
        N + part for part in step.places[0].path.strip("/").split("/")[1:]
    ))  # fmt: skip
    assert element is not None
    assert step.value == element.findtext(f"{N}AbsorbedDoseInVOIValue")
    assert step.uncertainty == f"{element.findtext(f'{N}AbsorbedDoseInVOIUncertainty')} {step.unit}"
    fit = element.getparent()
    while fit is not None and fit.find(f"{N}ProcessExecutionContext") is None:
        fit = fit.getparent()
    assert fit is not None
    assert step.maker is not None
    context = fit.find(f"{N}ProcessExecutionContext")
    assert context is not None
    assert step.maker.start.replace("T", " ") == context.findtext(f"{N}DateTimeProcessStarted")
    assert step.maker.institutions == [context.findtext(f"{N}PerformingInstitution")]
    assert len(step.maker.methods) == 1


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
