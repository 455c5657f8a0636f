"""Descriptors of DICOM studies: what they say is in the graph, and what may identify is not."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from image_sets import CT, IMAGE_SET, NM
from lxml import etree
from pydantic import ValidationError
from strategies import as_bytes, image_sets

import ontomedirad
from ontomedirad.descriptor import NAMESPACE, NonDicomFileSetDescriptor, read, to_xml
from ontomedirad.descriptor.dicom_set import DICOMSOPInstanceDescriptorType
from ontomedirad.errors import NotConforming
from ontomedirad.report import Report
from ontomedirad.terms import PREFIXES, curie

WITHHELD = (
    "PatientBirthDate-00100030", "InstitutionName-00080080", "ProtocolName-00181030",
    "SeriesDescription-0008103e", "StudyDescription-00081030",
)  # fmt: skip
"""Elements whose text may identify a patient (DICOM PS3.15, Table E.1-1)."""


def graph(text: str) -> ox.Store:
    store = ox.Store()
    store.extend(ox.Quad(*q.triple) for q in ontomedirad.translate(text.encode()).quads)
    return store


def ask(store: ox.Store, names: str, pattern: str) -> list[tuple[str, ...]]:
    """The values of the variables `names`, terms as CURIEs, in order."""
    used = ("om", "obo", "dcm", "omx", "prov", "rn", "snmi")
    head = "".join(f"PREFIX {p}: <{PREFIXES[p]}> " for p in used)
    variables = " ".join(f"?{n}" for n in names.split())
    rows = store.query(f"{head} SELECT DISTINCT {variables} WHERE {{ {pattern} }}")
    assert isinstance(rows, ox.QuerySolutions)
    return sorted(tuple(_plain(row[n]) for n in names.split()) for row in rows)


def _plain(node: object) -> str:
    assert isinstance(node, (ox.NamedNode, ox.Literal))
    return curie(node.value) if isinstance(node, ox.NamedNode) else node.value


def one(store: ox.Store, pattern: str) -> list[str]:
    """The values of ?v, in order."""
    return [v for (v,) in ask(store, "v", pattern)]


def test_studies_series_and_acquisitions_hang_together() -> None:
    found = ask(
        graph(IMAGE_SET),
        "uid class number begun day model scanner place",
        """?series om:has_DICOM_series_instance_UID ?uid ; a ?class ; om:is_specified_output_of ?a ;
             om:has_IRDBB_WADO_handle ?place ; om:has_DICOM_study_instance_UID ?study ;
             om:has_format ?format ; prov:wasGeneratedBy ?a .
           ?a obo:BFO_0000132 ?s ; om:has_beginning_time ?begun ; om:has_id ?number .
           ?s a om:imaging_study ; om:has_DICOM_study_instance_UID ?study ; om:has_beginning_date ?day ;
             om:part_of_study ?research .
           ?device om:used_as_instrument_in ?a ; om:has_model_name ?model ; a ?scanner .
           FILTER(?class != prov:Entity)""",
    )
    expected = (
        ("2.25.11", "om:CT_image_dataset", "CT", "om:CT_scanner"),
        ("2.25.12", "om:NM_recon_tomo_dataset", "NM", "om:SPECT_scanner"),
        ("2.25.13", "om:PET_recon_tomo_dataset", "PT", "om:PET_scanner"),
        ("2.25.14", "om:structured_report_of_imaging_study", "SR", "om:medical_imaging_device"),
    )
    assert found == [
        (uid, class_, uid[-1], f"10170{uid[-1]}", "20200116", f"Model {modality}", scanner, handle)
        for uid, class_, modality, scanner in expected
        for handle in [f"/pacs/studies/2.25.10/series/{uid}"]
    ]


def test_values_carry_the_units_that_dicom_gives_them() -> None:
    """Activity in MBq in nuclear medicine, in Bq in PET (DICOM PS3.3, C.8.4.10 and C.8.9.2)."""
    store = graph(IMAGE_SET)
    value = "obo:IAO_0000004 ?v ; omx:has_UCUM_code ?u"
    assert ask(store, "v u", f"[] a dcm:113507 ; {value} .") == [("3700", "MBq"), ("394000000", "Bq")]
    for class_, number, unit in (
        ("dcm:113827", "38.4", "mm"),
        ("dcm:113733", "120", "kV"),
        ("dcm:113824", "501", "ms"),
        ("dcm:113734", "51", "mA"),
        ("om:exposure", "25500", "uA.s"),
        ("om:focal_spot", "1.1", "mm"),
        ("om:patient_height", "1.65", "m"),
        ("om:patient_weight", "61.5", "kg"),
    ):
        assert ask(store, "v u", f"[] a {class_} ; {value} .") == [(number, unit)], class_
    assert one(store, "[] a dcm:113828 ; obo:IAO_0000004 ?v .") == ["1.2"]
    assert ask(store, "n v", "[] a om:device_setting ; om:has_name ?n ; obo:IAO_0000004 ?v .") == [
        ("ExposureModulationType", "XYZ_EC"),
        ("FilterType", "FLAT"),
        ("GantryDetectorTilt", "1.5"),
        ("RevolutionTime", "0.5"),
        ("TableFeedPerRotation", "46.1"),
    ]
    limits = "om:has_lower_limit ?l ; om:has_upper_limit ?h ; omx:has_UCUM_code ?u"
    windows = ask(store, "l h u", f"[] a om:energy_window ; {limits} .")
    assert windows == [("300", "320", "keV"), ("327.6", "400.4", "keV")]
    assert one(store, "[] om:has_target_radionuclide ?v .") == ["rn:fluorine_18_atom", "rn:iodine_131_atom"]


def test_every_text_is_in_the_graph_but_those_that_may_identify() -> None:
    store = graph(IMAGE_SET)
    whole = "\n".join(q.object.value for q in store if isinstance(q.object, ox.Literal))
    coded = {"F", "047Y", "SPIRAL", "THYROID", "CT", "NM", "PT", "SR"}
    for element in etree.fromstring(IMAGE_SET.encode()).iter(f"{{{NAMESPACE}}}*"):
        said, name = (element.text or "").strip(), etree.QName(element).localname
        if not len(element) and said and name not in WITHHELD and said not in coded:
            assert said in whole, name
    assert "MARKER" in IMAGE_SET
    assert "MARKER" not in "".join(str(q) for q in store)
    assert one(store, "[] om:has_sex ?v .") == ["obo:PATO_0000383"]
    assert one(store, "[] om:years ?v .") == ["47"]
    assert one(store, "[] a om:spiral_acquisition ; omx:time_as_written ?v .") == ["20200118 101711"]
    assert len(ask(store, "r", "[] om:has_target_region ?r . ?r a obo:FMA_9603 .")) == 1
    assert one(store, "[] a om:structured_report_of_imaging_study ; om:has_title ?v .") == [
        "DCM:113701 X-Ray Radiation Dose Report",
        "DCMR:10011",
    ]


def test_a_series_is_the_individual_that_results_name(example: NonDicomFileSetDescriptor) -> None:
    """So that a dose leads to the scanner: both descriptors compute the same name from the UID."""
    assert example.slide2 is not None
    used = example.slide2.imaging.acquisitions[0].ct_produced
    text = IMAGE_SET.replace("2.25.11<", f"{used.series_uid}<")
    results = ontomedirad.translate(example)
    images = ontomedirad.translate(text.encode())
    shared = {n for n in images.individuals if "series_" in n} & {*results.individuals}
    assert len(shared) == 1


@pytest.mark.parametrize(
    ("old", "new", "predicate", "expected"),
    [
        ("047Y", "093Y", "om:years", ["90"]),
        ("047Y", "000Y", "om:years", []),
        ("047Y", "005M", "om:months", ["5"]),
        ("047Y", "012D", "om:days", ["12"]),
        ("047Y", "47", "om:years", []),
        (">F<", ">O<", "om:has_sex", []),
        (">61.5<", ">0<", "a/^a", []),
    ],
)
def test_ages_of_ninety_and_more_are_one_and_zero_states_nothing(
    old: str, new: str, predicate: str, expected: list[str]
) -> None:
    store = graph(IMAGE_SET.replace(old, new))
    if predicate == "a/^a":
        assert one(store, "?v a om:patient_weight .") == expected
    else:
        assert one(store, f"[] {predicate} ?v .") == expected


@pytest.mark.parametrize(
    ("image_type", "dataset", "acquisition"),
    [
        ("ORIGINAL\\PRIMARY\\TOMO\\EMISSION", "om:NM_tomo_dataset", "om:SPECT_data_acquisition"),
        ("ORIGINAL\\PRIMARY\\GATED TOMO", "om:NM_tomo_dataset", "om:SPECT_data_acquisition"),
        ("ORIGINAL\\PRIMARY\\STATIC\\EMISSION", "om:NM_static_dataset", "om:planar_NM_data_acquisition"),
        ("ORIGINAL\\PRIMARY\\WHOLE BODY", "om:NM_whole_body_dataset", "om:planar_NM_data_acquisition"),
        ("ORIGINAL", None, None),
    ],
)
def test_image_type_says_what_nuclear_medicine_made(
    image_type: str, dataset: str | None, acquisition: str | None
) -> None:
    store = graph(IMAGE_SET.replace("DERIVED\\PRIMARY\\RECON TOMO\\EMISSION", image_type))
    series = '[] om:has_DICOM_series_instance_UID "2.25.12" ;'
    made = one(store, f"{series} om:is_specified_output_of/a ?v .")
    assert set(one(store, f"{series} a ?v .")) - {"prov:Entity"} == {dataset} - {None}
    assert set(made) - {"om:image_acquisition", "prov:Activity"} == {acquisition} - {None}


def found(text: str) -> list[tuple[str, str]]:
    report: Report = ontomedirad.validate(text.encode())
    lines = text.splitlines()
    return [(f.code, lines[(f.place.line or 0) - 1].strip()) for f in report]


def test_a_birth_date_is_refused_and_not_told(tmp_path: Path) -> None:
    text = IMAGE_SET.replace("30></Patient", "30>19581231</Patient")
    (finding,) = ontomedirad.validate(text.encode())
    assert finding.code == "privacy"
    assert "1958" not in finding.message + finding.hint
    assert finding.place.path.endswith("/PatientBirthDate-00100030")
    translation = ontomedirad.translate(text.encode())
    assert "1958" not in translation.nquads
    with ontomedirad.open_store(tmp_path / "store") as store, pytest.raises(NotConforming):
        store.put(translation)
    for dummy in ("19000101", "99990101", " "):
        assert found(IMAGE_SET.replace("30></Patient", f"30>{dummy}</Patient")) == []


def test_what_identifies_must_be_there() -> None:
    assert found(IMAGE_SET) == []
    assert [c for c, _ in found(IMAGE_SET.replace("DEMO-7F3A", " "))] == ["patient"]
    assert [c for c, _ in found(IMAGE_SET.replace("DEMO-7F3A", "Doe, Jane"))] == ["privacy"]
    assert [c for c, _ in found(IMAGE_SET.replace("755523-t33", "unknown"))] == ["study"]
    ((code, line),) = found(IMAGE_SET.replace("2.25.13<", "2.25.x<"))
    assert code == "R14"
    assert "2.25.x" in line


def test_just_one_description_stands_in_a_choice() -> None:
    names = ("CTImageAcquisitionDescriptor", "CTImageDescriptor")
    (two,) = ontomedirad.validate(IMAGE_SET.replace(CT, CT + NM).encode())
    assert two.code == "xsd-element"
    assert two.place.path.endswith("/NMImageAcquisitionDescriptor")
    assert "beside another description" in two.message
    (none,) = ontomedirad.validate(IMAGE_SET.replace(CT, "").encode())
    assert none.code == "xsd-missing"
    assert "one of CTImageAcquisitionDescriptor, NMImage" in none.message
    (wrong,) = ontomedirad.validate(IMAGE_SET.replace(*names).encode())
    assert wrong.hint == "did you mean CTImageAcquisitionDescriptor?"


def test_an_image_set_is_written_as_it_was_read() -> None:
    document = read(IMAGE_SET.encode())
    written = to_xml(document.models)
    assert read(written).digest == document.digest
    assert document.dicom is not None
    made = DICOMSOPInstanceDescriptorType(ct=document.dicom.studies[0].series[0].made[0].ct)
    assert made.nm is None
    with pytest.raises(ValidationError, match="just one"):
        DICOMSOPInstanceDescriptorType()
    with pytest.raises(ValidationError, match="just one"):
        made.nm = document.dicom.studies[0].series[1].made[0].nm


def test_an_image_set_is_stored_and_found_again(tmp_path: Path) -> None:
    with ontomedirad.open_store(tmp_path / "store") as store:
        translation = ontomedirad.translate(IMAGE_SET.encode())
        assert ontomedirad.check(translation).conforms(), ontomedirad.check(translation).text()
        assert store.put(translation)
        assert not store.put(translation)


_some = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)


@_some
@given(root=image_sets())
def test_no_valid_image_set_makes_translation_fail(root: etree._Element) -> None:
    translation = ontomedirad.translate(as_bytes(root))
    assert len(list(ox.parse(translation.nquads.encode(), ox.RdfFormat.N_QUADS))) == len(translation)
    assert all(translation.locate(node) for node in translation.individuals)


@_some
@given(root=image_sets(), tag=st.sampled_from(WITHHELD))
def test_no_text_that_may_identify_reaches_the_graph(root: etree._Element, tag: str) -> None:
    for element in root.iter(f"{{{NAMESPACE}}}{tag}"):
        element.text = "MARKER-7731"
    content = as_bytes(root)
    assert "MARKER-7731" not in ontomedirad.translate(content).nquads
    assert "MARKER-7731" not in ontomedirad.validate(content, level="may").text()
