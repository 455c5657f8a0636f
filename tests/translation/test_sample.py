"""The real descriptor: all that it says is in the graph, found by an independent walk of its XML."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox
import pytest
from lxml import etree

import ontomedirad
from ontomedirad import terms

N = "{https://www.irdbb-medirad.com}"

# Written by hand from the published vocabulary, not read from translators/.
TERMS = {
    "755523-t33": "study:clinical_research_study_755523_task3.3",
    "megabecquerel": "om:megabecquerel",
    "kilogram": "obo:UO_0000009",
    "gray": "obo:UO_0000134",
    "milligray per hour": "omx:milligray_per_hour",
    "millimeter": "obo:UO_0000016",
    "hours": "om:hours",
    "sodiumIodideI131": "snmi:C-B1086",
    "iodine131": "rn:iodine_131_atom",
    "NRRD format": "om:NRRD_format",
    "HDF5 format": "om:HDF5_format",
    "segmentation": "om:segmentation_dataset",
    "voxel activity map": "om:voxel_data_activity",
    "3D Energy Deposition Rate Matrix": "om:3D_energy_deposition_rate_at_timepoint",
    "CT Reconstruction": "om:CT_image_dataset",
    "NM Tomo Reconstruction": "om:NM_recon_tomo_dataset",
    "Density Image": "om:density_image",
    "Linear transformation matrix": "om:linear_transformation_matrix",
    "linear": "om:linear_incorporation_mode",
    "exponential": "om:exponential_incorporation_mode",
    "x_exponential": "om:x_exponential_integration_algorithm",
    "tri_exponential": "om:tri_exponential_integration_algorithm",
    "bi_exponential": "om:bi_exponential_integration_algorithm",
    "mono_exponential": "om:mono_exponential_integration_algorithm",
    "constant": "om:constant_incorporation_mode",
    "body surface": "obo:FMA_61695",
    "air": "obo:FMA_84580",
    "soft tissue": "om:soft_tissue",
    "lungs": "obo:FMA_68877",
    "thyroid": "obo:FMA_9603",
    "left lung": "obo:FMA_7310",
    "right lung": "obo:FMA_7309",
    "left kidney": "obo:FMA_7205",
    "right kidney": "obo:FMA_7204",
    "stomach": "obo:FMA_7148",
    "liver": "obo:FMA_7197",
    "spleen": "obo:FMA_7196",
    "kidneys": "obo:FMA_264815",
    "bladder": "obo:FMA_15900",
    "bone": "obo:FMA_30317",
    "L2": "om:L2_L4_bone_marrow",
    "heart": "obo:FMA_7088",
    "salivary glands": "om:set_of_salivary_glands",
    "parotid glands": "om:set_of_parotid_glands",
    "submandibular glands": "om:set_of_submandibular_glands",
    "small intestine": "obo:FMA_7200",
    "colon": "obo:FMA_7201",
    "48h plus or minus 4h post RAIT timepoint": "om:48h_plus_or_minus_4h_post_RAIT_timepoint",
    "168h plus or minus 24h post RAIT timepoint": "om:168h_plus_or_minus_24h_post_RAIT_timepoint",
    "24h plus or minus 4h post RAIT timepoint": "om:24h_plus_or_minus_4h_post_RAIT_timepoint",
    "72h plus or minus 12h post RAIT timepoint": "om:72h_plus_or_minus_12h_post_RAIT_timepoint",
    "96h plus or minus 12h post RAIT timepoint": "om:96h_plus_or_minus_12h_post_RAIT_timepoint",
}


@pytest.fixture(scope="module")
def tree(sample: bytes) -> etree._Element:
    return etree.fromstring(sample)


@pytest.fixture(scope="module")
def translation(sample: bytes) -> ontomedirad.Translation:
    return ontomedirad.translate(sample)


@pytest.fixture(scope="module")
def graph(translation: ontomedirad.Translation) -> ox.Store:
    store = ox.Store()
    store.bulk_load(translation.nquads.encode(), ox.RdfFormat.N_QUADS)
    return store


def ask(graph: ox.Store, text: str) -> list[tuple[str, ...]]:
    prefixes = "".join(f"PREFIX {p}: <{ns}> " for p, ns in terms.PREFIXES.items())
    rows = graph.query(prefixes + text, use_default_graph_as_union=True)
    return sorted(tuple(str(v.value) for v in row) for row in rows)


def test_every_leaf_is_in_the_graph_as_literal_or_term(
    tree: etree._Element, translation: ontomedirad.Translation
) -> None:
    literals = {q.object.value for q in translation.quads if isinstance(q.object, ox.Literal)}
    nodes = {
        n.value for q in translation.quads for n in (q.predicate, q.object) if isinstance(n, ox.NamedNode)
    }
    lost = Counter()
    for element in tree.iter(etree.Element):
        text = element.text or ""
        if len(element) or text in literals:
            continue
        if text not in TERMS or terms.iri(TERMS[text]) not in nodes:
            lost[element.tag.removeprefix(N), text] += 1
    assert not lost


@pytest.mark.parametrize(
    ("item", "value", "unit", "class_"),
    [
        ("MassPerVOIAtTimePointProduced", "MassValue", "MassUnit", "om:patient_organ_mass_at_timepoint"),
        (
            "AbsorbedDoseRatePerVOIAtTimePointProduced",
            "AbsorbedDoseRateValue",
            "AbsorbedDoseRateUnit",
            "om:absorbed_dose_rate_per_VOI_at_timepoint",
        ),
    ],
)
def test_each_measurement_has_its_value_unit_voi_and_time_point(
    tree: etree._Element, graph: ox.Store, item: str, value: str, unit: str, class_: str
) -> None:
    expected = sorted(
        (
            str(float(e.findtext(N + value))),
            terms.iri(TERMS[e.findtext(N + unit)]),
            e.findtext(f"{N}VOIIdentifier"),
            e.findtext(f"{N}TimePointIdentifier"),
        )
        for e in tree.iter(N + item)
        if e.find(N + value) is not None
    )
    found = ask(
        graph,
        f"""SELECT ?v ?unit ?voi ?time WHERE {{
            ?q a {class_} ; obo:IAO_0000004 ?v ; obo:IAO_0000039 ?unit ;
               om:is_quantity_measured_in/om:has_id ?voi ; om:is_quantity_measured_at/om:has_id ?time }}""",
    )
    assert expected, "the sample has such measurements"
    assert sorted((str(float(v)), *rest) for v, *rest in found) == expected


def test_each_dose_has_its_uncertainty_vois_and_method(tree: etree._Element, graph: ox.Store) -> None:
    expected = sorted(
        (
            str(float(fit.findtext(f".//{N}AbsorbedDoseInVOIValue"))),
            str(float(fit.findtext(f".//{N}AbsorbedDoseInVOIUncertainty"))),
            fit.findtext(f".//{N}FittingFunction"),
            voi.text,
        )
        for fit in tree.iter(f"{N}DoseRateCurveFitVOITimeIntegration")
        for voi in fit.find(f".//{N}VOIIdentifierList")
    )
    found = ask(
        graph,
        """SELECT ?v ?u ?method ?voi WHERE {
            ?p a om:time_absorbed_dose_rate_curve_fitting ; om:has_protocol/om:has_name ?method ;
               om:has_specified_output ?d .
            ?d a om:total_absorbed_dose_per_VOI ; obo:IAO_0000004 ?v ;
               om:is_quantity_measured_in/om:has_id ?voi .
            ?range a om:range_of_uncertainty_value ; om:is_about ?d ; obo:IAO_0000004 ?u }""",
    )
    assert sorted((str(float(v)), str(float(u)), *rest) for v, u, *rest in found) == expected


def test_what_gets_lost_elsewhere_is_carried(tree: etree._Element, graph: ox.Store) -> None:
    files = {e.text for e in tree.iter(f"{N}NonDICOMDataFileName")}
    assert {name for (name,) in ask(graph, "SELECT ?n { ?f a om:non_DICOM_file ; om:has_name ?n }")} == files
    applied = {
        (e.getparent().getparent().findtext(f"{N}NonDICOMDataFileName"), e.text)
        for e in tree.iter(f"{N}TransformationIdentifier")
        if e.getparent().tag == f"{N}TransformationsUsed"
    }
    found = ask(
        graph,
        """SELECT ?n ?t { ?f om:has_name ?n ; omx:has_applied_transformation/om:has_id ?t }""",
    )
    assert applied
    assert set(found) == applied
    density = {e.text for e in tree.findall(f".//{N}DensityImageProduced//{N}NonDICOMDataFileName")}
    assert {n for (n,) in ask(graph, "SELECT ?n { ?f a om:density_image ; om:has_name ?n }")} == density
    limits = len(tree.findall(f".//{N}KernelLimitForConvolutionsUsed"))
    assert (
        len(ask(graph, "SELECT ?k { ?k a omx:kernel_limit_for_convolutions ; obo:IAO_0000004 ?v }")) == limits
    )


def test_every_individual_is_located_at_its_element(
    tree: etree._Element, translation: ontomedirad.Translation, sample: bytes
) -> None:
    lines = sample.decode().split("\n")
    for node in translation.individuals:
        place = translation.locate(node)
        assert place is not None and place.line is not None
        last = place.path.rsplit("/", 1)[-1].partition("[")[0]
        assert f":{last}" in lines[place.line - 1], (node, place)


def test_subjects_are_our_individuals_or_classes_used_as_individuals(
    translation: ontomedirad.Translation,
) -> None:
    punned = {q.subject.value for q in translation.quads if q.subject == q.object}
    base = "https://w3id.org/ontomedirad/id/"
    facts = [q for q in translation.quads if not q.predicate.value.startswith(terms.PREFIXES["form"])]
    assert all(q.subject.value.startswith(base) or q.subject.value in punned for q in facts)
    assert {q.graph_name.value for q in translation.quads} == {translation.graph}
