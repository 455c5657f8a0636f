"""Images: routing, attributes, summaries; expected values are written out by hand."""

from __future__ import annotations

import made
import pytest

import ontomedirad
from ontomedirad.ontology import open_ontology

TYPES = "SELECT DISTINCT ?c WHERE {{ ?d om:has_DICOM_series_instance_UID ?u ; a ?c . {} FILTER(STRSTARTS(STR(?c), STR(om:)) || STRSTARTS(STR(?c), STR(omx:)) || STRSTARTS(STR(?c), STR(obo:IAO))) }}"
DATASET = TYPES.format("?d om:has_format ?f .")
ACQUISITION = "SELECT ?c WHERE { ?d om:has_format ?f ; om:is_specified_output_of ?a . ?a a ?c FILTER(?c != prov:Activity && ?c != om:image_reconstruction) }"
OM = "http://medicis.univ-rennes1.fr/ontologies/ontospm/OntoMEDIRAD.owl#"
OMX = "https://w3id.org/ontomedirad/terms#"


@pytest.mark.parametrize(
    ("image", "dataset", "acquisition"),
    [
        (made.ct(), OM + "CT_image_dataset", OM + "CT_acquisition"),
        (made.ct(ImageType=["ORIGINAL", "PRIMARY", "LOCALIZER"]), OM + "CT_localizer", OM + "CT_acquisition"),
        (made.ct(ImageType=["DERIVED", "SECONDARY", "MPR"]), OM + "CT_image_dataset", OM + "data_processing_action"),
        (made.ct(ImageType=["ORIGINAL"]), OM + "CT_image_dataset", OM + "CT_acquisition"),
        (made.pet(), OM + "PET_recon_tomo_dataset", OM + "PET_data_acquisition"),
        (made.pet(ImageType=["ORIGINAL", "PRIMARY", "AXIAL"]), OM + "PET_recon_tomo_dataset", OM + "PET_data_acquisition"),
        (made.pet(kind=made.EPET), OM + "PET_recon_tomo_dataset", OM + "PET_data_acquisition"),
        (made.nm("TOMO"), OM + "NM_tomo_dataset", OM + "SPECT_data_acquisition"),
        (made.nm("RECON TOMO"), OM + "NM_recon_tomo_dataset", OM + "SPECT_data_acquisition"),
        (made.nm("GATED TOMO"), OMX + "NM_gated_tomo_dataset", OM + "SPECT_data_acquisition"),
        (made.nm("RECON GATED TOMO"), OMX + "NM_recon_gated_tomo_dataset", OM + "SPECT_data_acquisition"),
        (made.nm("STATIC"), OM + "NM_static_dataset", OM + "planar_NM_data_acquisition"),
        (made.nm("WHOLE BODY"), OM + "NM_whole_body_dataset", OM + "planar_NM_data_acquisition"),
        (made.nm("DYNAMIC"), OMX + "NM_dynamic_dataset", OM + "planar_NM_data_acquisition"),
        (made.nm("GATED"), OMX + "NM_gated_dataset", OM + "planar_NM_data_acquisition"),
    ],
)  # fmt: skip
def test_sop_class_and_image_type_decide_what_a_series_is(ask, image, dataset: str, acquisition: str) -> None:
    assert ask(DATASET, image) == [(dataset,)]
    assert ask(ACQUISITION, image) == [(acquisition,)]


@pytest.mark.parametrize("image_type", [[], ["ORIGINAL"], ["ORIGINAL", "PRIMARY"], ["A"] * 9])
@pytest.mark.parametrize("build", [made.ct, made.pet, lambda **v: made.nm("TOMO", **v)])
def test_an_image_type_of_any_length_is_carried(build, image_type: list[str], settings) -> None:
    assert len(ontomedirad.translate(build(ImageType=image_type), settings=settings)) > 30


@pytest.mark.parametrize("kind", ["1.1.7", "1.1.4", "1.1.481.5", "1.1.88.11", "1.1.999"])
def test_what_is_not_carried_is_refused_by_its_kind(kind: str, settings) -> None:
    image = made.instance(kind, Modality="CT", ImageType=["DERIVED", "SECONDARY", "DOSE_INFO"])
    with pytest.raises(ontomedirad.OntomediradError) as caught:
        ontomedirad.translate(image, settings=settings)
    assert "[dicom-kind]" in str(caught.value)


SETTING = """SELECT ?v ?u ?k WHERE {{ ?a om:has_setting ?s . ?s a {} ; obo:IAO_0000004 ?v .
    OPTIONAL {{ ?s omx:has_UCUM_code ?u }} OPTIONAL {{ ?s a ?k . FILTER(STRSTARTS(STR(?k), STR(om:m))) }} }}"""


@pytest.mark.parametrize(
    ("values", "class_", "expected"),
    [
        ({"KVP": "100"}, "dcm:113733", ("100", "kV")),
        ({"XRayTubeCurrent": "313"}, "dcm:113734", ("313", "mA")),
        ({"ExposureTime": "1250"}, "dcm:113824", ("1250", "ms")),
        ({"Exposure": "88"}, "om:exposure", ("88", "mA.s")),
        ({"ExposureInuAs": "8800", "Exposure": None}, "om:exposure", ("8800", "uA.s")),
        ({"TotalCollimationWidth": 38.4}, "dcm:113827", ("38.4", "mm")),
        ({"SpiralPitchFactor": 0.6}, "dcm:113828", ("0.6", "")),
        ({"RevolutionTime": 0.28}, "dcm:113834", ("0.28", "s")),
        ({"KVP": "1.2e2"}, "dcm:113733", ("120", "kV")),
    ],
)
def test_a_setting_has_value_and_unit(
    ask, values: dict[str, object], class_: str, expected: tuple[str, str]
) -> None:
    assert [r[:2] for r in ask(SETTING.format(class_), made.ct(**values))] == [expected]


def test_what_varies_is_summarised_as_mean_with_its_extremes(ask) -> None:
    series = [made.ct(n, XRayTubeCurrent=str(c)) for n, c in enumerate((100, 150, 350), 1)]
    assert ask(SETTING.format("dcm:113734"), series) == [("200", "mA", OM + "mean")]
    extremes = "SELECT ?least ?most WHERE { ?m omx:has_minimum/obo:IAO_0000004 ?least ; omx:has_maximum/obo:IAO_0000004 ?most }"
    assert ask(extremes, series) == [("100", "350")]
    assert ask(SETTING.format("dcm:113733"), series) == [("120", "kV", "")]


def test_several_values_stay_apart(ask) -> None:
    assert ask(SETTING.format("om:focal_spot"), made.ct(FocalSpots=["0.7", "1.2"])) == [
        ("0.7", "mm", ""),
        ("1.2", "mm", ""),
    ]


def test_two_x_ray_sources_of_an_enhanced_image_stay_apart(ask) -> None:
    image = made.enhanced_ct([(("100", "140"), ("300", "60")), (("100", "140"), ("500", "80"))])
    found = ask(SETTING.format("dcm:113734"), image)
    assert found == [("400", "mA", OM + "mean"), ("70", "mA", OM + "mean")]
    assert ask(ACQUISITION, image) == [(OM + "spiral_acquisition",)]


def test_an_acquisition_has_the_most_special_class_that_is_told(ask) -> None:
    """Two classes would list its data set twice in queries that name the class."""
    stepped = made.nm("TOMO", RotationInformationSequence=[made.item(TypeOfDetectorMotion="STEP AND SHOOT")])
    assert ask(ACQUISITION, stepped) == [(OM + "step_and_shoot_SPECT_data_acquisition",)]
    planar = made.nm("STATIC", RotationInformationSequence=[made.item(TypeOfDetectorMotion="STEP AND SHOOT")])
    assert ask(ACQUISITION, planar) == [(OM + "planar_NM_data_acquisition",)]


def test_ctdivol_of_images_is_summarised_with_its_phantom(ask) -> None:
    series = [
        made.ct(n, CTDIvol=float(v), CTDIPhantomTypeCodeSequence=[made.code("113690")])
        for n, v in enumerate((4, 8), 1)
    ]
    text = (
        "SELECT ?v ?p WHERE { ?d a dcm:113830 , om:mean ; obo:IAO_0000004 ?v ; om:estimated_from_phantom ?p }"
    )
    assert ask(text, series) == [("6", "http://dicom.nema.org/resources/ontology/DCM/113690")]


def test_absent_is_silent(ask) -> None:
    image = made.ct(KVP=None, XRayTubeCurrent=None)
    assert ask(SETTING.format("dcm:113733"), image) == []
    assert ask("SELECT ?p WHERE { ?m obo:BFO_0000177 ?p . ?m rdfs:subClassOf dcm:113842 }", image) == []


@pytest.mark.parametrize(
    ("said", "class_"), [("NONE", "no_use_of_X_ray_modulation"), ("Z_EC", "use_of_X_ray_modulation")]
)
def test_modulation_is_what_the_header_says(ask, said: str, class_: str) -> None:
    text = "SELECT ?m WHERE { ?m obo:BFO_0000177 ?p ; rdfs:subClassOf dcm:113842 }"
    assert ask(text, made.ct(ExposureModulationType=said)) == [(OM + class_,)]


def test_pet_states_becquerel_and_nm_megabecquerel(ask) -> None:
    text = "SELECT ?v ?u ?si WHERE { ?a a dcm:113507 ; obo:IAO_0000004 ?v ; omx:has_UCUM_code ?u ; omx:has_SI_value ?si }"
    assert ask(text, made.pet()) == [("394000000", "Bq", "394000000")]
    assert ask(text, made.nm("TOMO")) == [("320", "MBq", "320000000")]


def test_an_administration_has_agent_nuclide_half_life_and_time(ask) -> None:
    text = """SELECT ?agent ?nuclide ?s ?t WHERE { ?a a om:radiopharmaceutical_administration ;
        om:has_specified_input ?agent , ?nuclide ; prov:startedAtTime ?t . ?h a om:half_life_of_radiopharmaceutical ;
        om:is_about ?a ; om:seconds ?s . ?agent rdfs:subClassOf* snmi:radiopharmaceutical .
        ?nuclide rdfs:subClassOf* rn:radionuclide }"""
    rn = "http://medicis.univ-rennes1.fr/ontologies/ontospm/Radionuclides_for_OntoMEDIRAD.owl#"
    expected = (
        "http://purl.bioontology.org/ontology/SNMI/C-B1031",
        rn + "fluorine_18_atom",
        "6586.2",
        "2024-01-01T08:15:00",
    )
    assert ask(text, made.pet()) == [expected]


def test_energy_windows_have_their_own_limits(ask) -> None:
    ranges = [("129", "151"), ("108", "129")]
    windows = [
        made.item(
            EnergyWindowRangeSequence=[made.item(EnergyWindowLowerLimit=low, EnergyWindowUpperLimit=high)]
        )
        for low, high in ranges
    ]
    text = "SELECT ?l ?h ?u WHERE { ?a om:has_setting ?w . ?w om:has_lower_limit ?l ; om:has_upper_limit ?h ; omx:has_UCUM_code ?u }"
    image = made.nm("TOMO", EnergyWindowInformationSequence=windows)
    assert ask(text, image) == [("108", "129", "keV"), ("129", "151", "keV")]


def test_two_collimators_stay_apart(ask) -> None:
    text = "SELECT ?c WHERE { ?k obo:BFO_0000177 ?s ; a ?c . ?s a om:SPECT_scanner . ?c rdfs:subClassOf* om:collimator }"
    assert ask(text, made.nm("TOMO")) == [(OM + "fan_beam_collimator",), (OM + "parallel_collimator",)]


def test_filters_have_type_and_materials(ask) -> None:
    text = "SELECT ?c ?m WHERE { ?f obo:BFO_0000177 ?s ; a ?c ; obo:BFO_0000110 ?m . ?c rdfs:subClassOf* dcm:113771 }"
    image = made.ct(FilterType="FLAT", FilterMaterial=["ALUMINUM", "COPPER"])
    dcm = "http://dicom.nema.org/resources/ontology/DCM/113653"
    assert ask(text, image) == [
        (dcm, OM + "aluminum_or_aluminum_compound"),
        (dcm, OM + "copper_or_copper_compound"),
    ]
    assert ask(text, made.ct(FilterType="NONE")) == []


@pytest.mark.parametrize(
    ("age", "predicate", "value"),
    [
        ("063Y", "years", "63"),
        ("018M", "months", "18"),
        ("005W", "weeks", "5"),
        ("012D", "days", "12"),
        ("094Y", "years", "90"),
    ],
)
def test_ages_have_their_unit_and_a_cap(ask, age: str, predicate: str, value: str) -> None:
    assert ask(f"SELECT ?v WHERE {{ ?a om:{predicate} ?v }}", made.ct(PatientAge=age)) == [(value,)]


@pytest.mark.parametrize("age", ["000Y", "", "63", "abcY"])
def test_an_age_that_says_nothing_is_not_carried(ask, age: str) -> None:
    assert (
        ask(
            "SELECT ?a WHERE { ?a a om:age_of_patient_undergoing_medical_procedure }",
            made.spoilt(made.ct(), "PatientAge", age),
        )
        == []
    )


def test_weight_zero_is_not_carried(ask) -> None:
    text = "SELECT ?c ?v WHERE { ?w obo:IAO_0000004 ?v ; om:is_about ?h ; a ?c . ?h a om:human FILTER(?c != prov:Entity) }"
    assert ask(text, made.ct(PatientWeight="0", PatientSize="1.62")) == [(OM + "patient_height", "1.62")]


def test_regions_have_their_side(ask) -> None:
    image = made.ct(
        AnatomicRegionSequence=[made.code("T-71000", "SRT")],
        AnatomicRegionModifierSequence=[made.code("7771000", "SCT")],
    )
    text = "SELECT ?c WHERE { ?s om:has_target_region ?o . ?o a ?c ; obo:BFO_0000175 ?h }"
    assert ask(text, image) == [("http://purl.obolibrary.org/obo/FMA_7205",)]
    assert open_ontology().label("http://purl.obolibrary.org/obo/FMA_7205") == "Left kidney"


def test_a_protocol_name_is_carried_where_the_deployment_allows_it(ask) -> None:
    text = "SELECT ?n WHERE { ?a om:has_protocol ?p . ?p om:has_name ?n }"
    assert ask(text, made.ct(ProtocolName="CT Thorax 2mm")) == [("CT Thorax 2mm",)]
    assert ask(text, made.ct(ProtocolName="Doe, Jane")) == []


def test_numbers_that_are_none_are_findings(settings) -> None:
    image = made.spoilt(made.ct(), "XRayTubeCurrent", "twelve")
    report = ontomedirad.validate(image, settings=settings, level="should")
    assert [f.code for f in report] == ["dicom-no-number"]
    assert "twelve" not in report.text()


def test_a_series_of_two_patients_is_refused(settings) -> None:
    with pytest.raises(ontomedirad.OntomediradError, match="several patients"):
        ontomedirad.translate([made.ct(1), made.ct(2, PatientID="P-002")], settings=settings)


def test_a_mixed_series_is_told(settings) -> None:
    series = [made.ct(1), made.ct(2), made.ct(3, ImageType=["ORIGINAL", "PRIMARY", "LOCALIZER"])]
    translation = ontomedirad.translate(series, settings=settings)
    assert [f.code for f in translation.report.at("should")] == ["dicom-mixed-series"]


def test_what_is_made_of_images_names_its_sources(ask) -> None:
    segment = made.item(
        SegmentNumber=1,
        SegmentAlgorithmType="AUTOMATIC",
        SegmentedPropertyTypeCodeSequence=[made.code("10200004", "SCT")],
    )
    image = made.instance(
        "1.1.66.4",
        6,
        Modality="SEG",
        SegmentSequence=[segment],
        ReferencedSeriesSequence=[made.item(SeriesInstanceUID=f"{made.ROOT}.2.1")],
    )
    text = """SELECT ?id ?organ ?uid ?m WHERE { ?v a om:VOI ; om:has_id ?id ; om:represents/rdf:type ?organ ;
        om:extracted_from/om:has_DICOM_series_instance_UID ?uid ; om:is_specified_output_of/om:has_protocol/rdf:type ?m
        FILTER(STRSTARTS(STR(?m), STR(om:))) }"""
    liver = "http://purl.obolibrary.org/obo/FMA_7197"
    assert ask(text, image) == [
        ("1", liver, f"{made.ROOT}.2.1", OM + "automatic_contour_segmentation_method")
    ]


def test_segments_of_several_instances_of_a_series_stay_apart(ask) -> None:
    segment = made.item(SegmentNumber=1, SegmentedPropertyTypeCodeSequence=[made.code("10200004", "SCT")])
    two = [made.instance("1.1.66.4", 6, n, Modality="SEG", SegmentSequence=[segment]) for n in (1, 2)]
    assert len(ask("SELECT ?v WHERE { ?v a om:VOI }", two)) == 2


@pytest.mark.parametrize(("units", "unit"), [("GY", [("Gy",)]), ("RELATIVE", [])])
def test_a_dose_map_has_a_unit_only_in_gray(ask, units: str, unit: list[tuple[str]]) -> None:
    dvh = made.item(DVHMeanDose="2.5")
    image = made.instance(
        "1.1.481.2", 7, Modality="RTDOSE", DoseUnits=units, DoseType="PHYSICAL", DVHSequence=[dvh]
    )
    dose = "http://dicom.nema.org/resources/ontology/DCM/128487"
    assert ask(
        "SELECT ?c WHERE { ?d om:has_format ?f ; a ?c FILTER(STRSTARTS(STR(?c), STR(dcm:))) }", image
    ) == [(dose,)]
    assert ask("SELECT ?u WHERE { ?d a dcm:128487 ; omx:has_UCUM_code ?u }", image) == unit
    assert ask("SELECT ?u WHERE { ?d a dcm:128533 ; omx:has_UCUM_code ?u }", image) == unit


@pytest.mark.parametrize(
    "image",
    [made.ct(), made.pet(), made.nm("TOMO"), made.nm("STATIC"), made.enhanced_ct([(("1", "2"), ("3", "4"))])],
)
def test_shapes_hold_on_what_is_made(image, settings) -> None:
    assert ontomedirad.check(ontomedirad.translate(image, settings=settings)).conforms()
