"""Documents of former versions: what each step does, what is refused, and that nothing is lost or made up."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from former import OF_2018, OF_2019, of_061
from hypothesis import HealthCheck, given, settings
from lxml import etree
from strategies import as_bytes, broken, documents

import ontomedirad
from ontomedirad.descriptor import NAMESPACE, Document, NonDicomFileSetDescriptor, read, to_xml
from ontomedirad.descriptor.upgrade import STEPS, judge, schema, to_current_xml, words
from ontomedirad.descriptor.upgrade import upgrade as upgrade_document
from ontomedirad.errors import NotConforming
from ontomedirad.report import Finding, Level, Report

SAMPLES = ("3d-slide1-v061", "wp2-2018", "wp2-2019-10")
NS = {"d": NAMESPACE}


@pytest.fixture
def of_version_061(example: NonDicomFileSetDescriptor) -> str:
    return of_061(to_xml(example).decode())


def sample(shared: Path, name: str) -> bytes:
    return (shared / "samples" / "descriptors" / f"{name}.xml").read_bytes()


def upgraded(content: bytes | str) -> Document:
    judged = judge(read(content.encode() if isinstance(content, str) else content))
    assert judged.obeys, Report(judged.findings).text()
    return judged.document


def refusals(content: str) -> list[Finding]:
    judged = judge(read(content.encode()))
    assert not judged.obeys
    with pytest.raises(NotConforming):
        ontomedirad.translate(content.encode())
    return [f for f in judged.findings if f.level is Level.must]


def leaves(root: etree._Element) -> Counter[str]:
    return Counter((e.text or "").strip() for e in root.iter("*") if not len(e))


def element_at(root: etree._Element, path: str) -> etree._Element:
    steps = path.split("/")[2:]
    found = root.find("/".join(f"d:{step}" for step in steps), NS) if steps else root
    assert found is not None, path
    return found


# --- real documents ------------------------------------------------------------------------------


EXPECTED = {
    "3d-slide1-v061": {"U1": "//d:AbsorbedDoseInVOIUnit", "U3": "//d:NonDICOMDataFormat[.='HDF format']"},
    "wp2-2018": {
        "U1": "//d:VOIDescriptorProduced/d:VOIId | //d:VOIDescriptorProduced/d:VOILabel",
        "U2": "//*[contains(., 'CTDI-free')][not(*)] | //*[contains(., 'pseudo-')][not(*)]"
        " | //*[.='3D dose map'] | //d:VOIDescriptorProduced/d:VOILabel[.='breast']",
        "U5": "//d:DateTimeProcessStarted",
        "U6": "//d:VOIData",
        "U7": "//d:VOIDescriptorProduced",
        "U8": "//d:SoftwareName",
        "U9": "//d:MonteCarloMethodSetting",
        "U10": "//d:SimulatedImagingDevice",
        "U11": "//d:VoxelBasedDistributionOfAbsorbedDoseProduced",
        "U12": "//d:VoxelBasedDistributionOfAbsorbedDoseUsed",
        "U13": "//d:VOIDescriptorUsed",
        "U14": "//d:VOI",
        "U16": "//d:AbsorbedDosePerVOI",
    },
    "wp2-2019-10": {
        "U2": "//*[.='3D dose map'] | //*[contains(., '@')][not(*)]",
        "U6": "//d:NonDICOMVOIContainer",
        "U7": "//d:VOIDescriptorProduced",
        "U8": "//d:SoftwareName",
        "U9": "//d:MonteCarloMethodSetting",
        "U10": "//d:SimulatedImagingDevice",
        "U15": "//d:VOIIdentifierUsed",
        "U16": "//d:AbsorbedDosePerVOIProduced",
    },
}
"""Of each sample, by step, the places that a person finds in the source."""


@pytest.mark.parametrize("name", SAMPLES)
def test_every_former_place_of_a_sample_is_told_with_its_line(name: str, shared: Path) -> None:
    content = sample(shared, name)
    tree = etree.fromstring(content)
    expected = {
        (code, e.sourceline) for code, path in EXPECTED[name].items() for e in tree.xpath(path, namespaces=NS)
    }
    done = [f for f in judge(read(content)).findings if f.level is Level.may]
    assert {(f.code, f.place.line) for f in done} == expected
    assert len(done) == sum(len(tree.xpath(p, namespaces=NS)) for p in EXPECTED[name].values())
    for finding in done:
        assert element_at(tree, finding.place.path).sourceline == finding.place.line
        assert finding.hint


@pytest.mark.parametrize("name", SAMPLES)
def test_the_published_schema_accepts_the_upgraded_sample(name: str, shared: Path) -> None:
    published = etree.XMLSchema(
        etree.parse(str(shared / "reference" / "schemas" / "nonDicomFileSetDescriptor.xsd"))
    )
    content = sample(shared, name)
    assert not published.validate(etree.fromstring(content))
    assert published.validate(etree.fromstring(to_current_xml(upgraded(content))))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_loses_no_value_and_gets_none(name: str, shared: Path) -> None:
    """As many of each value as before, but for what 2018 said again, and the names of maps."""
    content = sample(shared, name)
    source = etree.fromstring(content)
    again = (
        "//d:VOIDescriptorUsed/d:VOILabel | //d:VOI/d:VOILabel"
        " | //d:VoxelBasedDistributionOfAbsorbedDoseUsed//*"
    )
    said_again: Counter[str] = Counter()
    for element in source.xpath(again, namespaces=NS):
        if not len(element):
            said_again[(element.text or "").strip()] += 1
    maps = source.xpath("//d:VoxelBasedDistributionOfAbsorbedDoseUsed//d:NonDICOMDataFileName", namespaces=NS)
    identifiers = Counter(str(m.text).strip() for m in maps)
    respelt = {row["former"]: row["value"] for row in words.table("values")} | {"HDF format": "HDF5 format"}
    expected: Counter[str] = Counter()
    for text, count in (leaves(source) - said_again + identifiers + identifiers).items():
        expected[respelt.get(text, text)] += count
    assert leaves(upgraded(content).tree) == expected


UNCONVERTIBLE = {
    # The treatment's administration is nowhere stated, and files of transformations are said to be
    # density images: which of two contradicting statements holds, the document cannot tell.
    "3d-slide1-v061": {
        "R20": ["/d:*"],
        "R21": ["//d:GeometricalTransformationValue//d:NonDICOMDataClass"] * 2,
    },
    # Doses are of the numbers 1 to 6, of which 2 was never declared: its organ is not known.
    "wp2-2019-10": {
        "R1": ["//d:VOIIdentifierUsed[.='2']", "//d:AbsorbedDosePerVOIProduced/d:VOIIdentifier[.='2']"]
    },
    "wp2-2018": {},
}
"""What the current form demands and a sample never held; rules tell it, the schema does not ask."""


@pytest.mark.parametrize("name", SAMPLES)
def test_what_a_sample_lacks_is_told_where_it_is_missing(name: str, shared: Path, tmp_path: Path) -> None:
    content = sample(shared, name)
    tree = etree.fromstring(content)
    report = ontomedirad.validate(content)
    assert {f.code for f in report} == set(UNCONVERTIBLE[name])
    if "R1" in UNCONVERTIBLE[name]:
        places = [e for path in UNCONVERTIBLE[name]["R1"] for e in tree.xpath(path, namespaces=NS)]
        assert sorted(f.place.line or 0 for f in report) == sorted(e.sourceline for e in places)
    if "R21" in UNCONVERTIBLE[name]:
        (path, _) = UNCONVERTIBLE[name]["R21"]
        lines = [e.sourceline for e in tree.xpath(path, namespaces=NS)]
        assert len(lines) == 4
        assert sorted(f.place.line or 0 for f in report if f.code == "R21") == sorted(lines * 2)
    with ontomedirad.open_store(tmp_path / "store") as store:
        translation = ontomedirad.translate(content)
        if report.conforms():
            assert store.put(translation)
        else:
            with pytest.raises(NotConforming):
                store.put(translation)


# --- identity ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_and_its_upgraded_copy_are_one_file_set(name: str, shared: Path) -> None:
    content = sample(shared, name)
    first = ontomedirad.translate(content)
    second = ontomedirad.translate(to_current_xml(upgraded(content)))
    assert first.nquads == second.nquads
    assert first.document.source_hash != second.document.source_hash
    assert upgraded(content).digest != read(content).digest


def test_the_store_keeps_one_graph_and_records_the_bytes_and_the_version_that_came_in(
    of_version_061: str,
) -> None:
    copy = to_current_xml(upgraded(of_version_061))
    ask = "SELECT ?v WHERE { GRAPH ?g { ?s omx:has_source_hash ?h ; omx:schema_version ?v } }"
    prefix = "PREFIX omx: <https://w3id.org/ontomedirad/terms#> "
    with ontomedirad.open_store(":memory:") as store:
        assert store.put(ontomedirad.translate(of_version_061.encode()))
        (row,) = store.select(prefix + ask)
        assert "061" in str(row)
        store.put(ontomedirad.translate(copy))
        assert len(list(store.graphs())) == 1


def test_individuals_are_found_in_the_source_as_it_was() -> None:
    tree = etree.fromstring(OF_2018.encode())
    translation = ontomedirad.translate(OF_2018.encode())
    places = [translation.locate(node) for node in translation.individuals]
    for place in places:
        assert place is not None
        assert element_at(tree, place.path).sourceline == place.line
    paths = {place.path for place in places if place}
    assert any(p.endswith("/CTSegmentation/VOIDescriptorProduced[2]") for p in paths)
    assert any("/AbsorbedDosePerVOI[2]" in p for p in paths)


# --- small documents -----------------------------------------------------------------------------


def test_the_form_of_2018_is_read_as_its_current_form() -> None:
    root = upgraded(OF_2018).root
    assert root.monte_carlo is not None
    made = root.monte_carlo.segmentation
    assert made is not None
    assert made.execution.institution == "Example Hospital"
    assert made.method is not None
    assert made.method.software == ["Contourer", "Painter"]
    assert [(v.identifier, v.organ) for v in made.vois] == [(1, "lungs"), (2, "breasts")]
    assert [f.file_name for f in made.vois[0].files or ()] == ["lungs.stl", "lungs.nrrd"]
    (dosimetry,) = root.monte_carlo.dosimetries or ()
    method = dosimetry.dose_map.method
    assert method is not None
    assert method.devices == ["Scanner A", "Scanner B"]
    assert [(s.name, s.value, s.unit) for s in method.settings or ()] == [
        ("KVP", "80", "kV"),
        ("Histories", "1e9", None),
    ]
    assert dosimetry.dose_map.dose_map is not None
    assert dosimetry.dose_map.dose_map.identifier == "maps/80.nrrd" == dosimetry.doses.dose_map_used
    assert dosimetry.doses.vois_used == [1, 2]
    assert [(d.value, d.voi) for d in dosimetry.doses.doses or ()] == [("3.5", 1), ("2.25", 2)]


def test_every_step_fits_one_of_the_small_documents(of_version_061: str) -> None:
    codes = {
        f.code for text in (OF_2018, OF_2019, of_version_061) for f in judge(read(text.encode())).findings
    }
    assert codes == {step.code for step in STEPS}
    assert len({step.code for step in STEPS}) == len(STEPS)
    assert leaves(upgraded(OF_2019).tree) == leaves(upgraded(OF_2018).tree)


def test_a_treatment_of_061_becomes_the_current_one(
    of_version_061: str, example: NonDicomFileSetDescriptor
) -> None:
    current = to_xml(example).decode().replace("NRRD format", "HDF5 format").replace(".nrrd<", ".h5<")
    assert to_current_xml(upgraded(of_version_061)) == current.encode()


REFUSED = {
    "a label that contradicts": (
        OF_2018.replace(
            "<VOIId>2</VOIId>\n            <VOILabel>breast<",
            "<VOIId>2</VOIId>\n            <VOILabel>heart<",
        ),
        "U14",
        "VOILabel in VOI is not that of the VOI declared",
    ),
    "a label of a VOI used that contradicts": (
        OF_2018.replace(
            "<VOIId>2</VOIId>\n          <VOILabel>breast<", "<VOIId>2</VOIId>\n          <VOILabel>heart<", 1
        ),
        "U13",
        "VOILabel in VOIDescriptorUsed is not",
    ),
    "a map used that none produced": (
        OF_2018[::-1].replace("maps/80.nrrd"[::-1], "maps/81.nrrd"[::-1], 1)[::-1],
        "U12",
        "is none of the maps that the file set produces",
    ),
    "a map without a file": (
        OF_2018.replace("<NonDICOMDataFileName>maps/80.nrrd</NonDICOMDataFileName>", "", 1),
        "U11",
        "has neither an identifier nor a file",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_the_former_form_does_not_hold_is_refused_with_the_reason(case: str) -> None:
    content, code, says = REFUSED[case]
    found = [f for f in refusals(content) if f.code == code]
    assert found
    assert says in found[0].message
    assert found[0].hint
    assert found[0].place.line


def test_hdf_is_refused_where_the_ending_is_of_both_formats(of_version_061: str) -> None:
    found = refusals(of_version_061.replace(".h5<", ".hdf<"))
    assert {f.code for f in found} == {"U3"}
    assert len(found) == of_version_061.count(">HDF format<")


def test_sodium_iodide_is_refused_with_another_isotope(of_version_061: str) -> None:
    (one,) = refusals(of_version_061.replace(">iodine131<", ">lutetium177<"))
    assert one.code == "U4"
    assert "Isotope is not iodine131" in one.message


def test_a_document_that_says_it_is_current_is_not_upgraded(of_version_061: str) -> None:
    claims = of_version_061.replace("VersionSchemas : 061", "VersionSchemas : 108").encode()
    document = read(claims)
    assert upgrade_document(document) == (document, [])
    assert {f.code for f in judge(document).findings} == {"xsd-element", "xsd-value"}


@pytest.mark.parametrize("version", ["0107", "000", ""])
def test_a_version_before_the_current_one_is_upgraded(version: str, of_version_061: str) -> None:
    said = of_version_061.replace("VersionSchemas : 061", f"VersionSchemas : {version}")
    assert upgraded(said).version == "108"


@pytest.mark.parametrize("version", ["109", "00108", "9" * 5000])
def test_a_later_version_is_not(version: str, of_version_061: str) -> None:
    said = of_version_061.replace("VersionSchemas : 061", f"VersionSchemas : {version}")
    assert not judge(read(said.encode())).obeys


def test_other_errors_are_told_beside_the_upgrade_at_their_lines() -> None:
    wrong = OF_2018.replace(">STL format<", ">SLT format<").replace(
        "<AbsorbedDoseValue>2.25</AbsorbedDoseValue>", ""
    )
    report = ontomedirad.validate(wrong.encode())
    lines = wrong.splitlines()
    (value,) = [f for f in report if f.code == "xsd-value"]
    assert "SLT format" in lines[(value.place.line or 0) - 1]
    (missing,) = [f for f in report if f.code == "xsd-missing"]
    assert lines[(missing.place.line or 0) - 1].strip() == "<AbsorbedDosePerVOI>"
    assert missing.place.path.endswith("/AbsorbedDosePerVOI[2]")


def test_a_long_document_is_upgraded_whole_and_told_in_part() -> None:
    start, end = OF_2019.index("<AbsorbedDosePerVOI>"), OF_2019.rindex("</AbsorbedDosePerVOI>")
    many = OF_2019[:start] + (OF_2019[start:end] + "</AbsorbedDosePerVOI>") * 2000 + OF_2019[end + 21 :]
    judged = judge(read(many.encode()))
    assert judged.obeys
    assert len(judged.findings) == 1000
    assert sum(1 for _ in judged.document.tree.iter(f"{{{NAMESPACE}}}AbsorbedDosePerVOIType")) == 4000


# --- what always holds ---------------------------------------------------------------------------

_many = settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)


@_many
@given(root=documents())
def test_no_step_fits_a_document_that_the_schema_accepts(root: etree._Element) -> None:
    document = read(as_bytes(root))
    assert schema.judge(document) == []
    assert upgrade_document(document) == (document, [])


@_many
@given(root=broken(documents()))
def test_a_document_without_a_former_form_is_judged_as_ever(root: etree._Element) -> None:
    document = read(as_bytes(root))
    if upgrade_document(document)[1] == []:
        assert judge(document).findings == tuple(schema.judge(document))


def _of_2018() -> etree._Element:
    return etree.fromstring(OF_2018.encode())


@_many
@given(root=broken(broken(documents().map(lambda _: _of_2018()))))
def test_a_broken_former_document_gives_a_report_at_places_of_the_source(root: etree._Element) -> None:
    content = as_bytes(root)
    report = ontomedirad.validate(content, level="may")
    assert report.text()
    lines = content.count(b"\n") + 1
    assert all(1 <= (place.line or 0) <= lines for f in report for place in (f.place, *f.also))
    judged = judge(read(content))
    if judged.obeys:
        again = read(to_current_xml(judged.document))
        assert again.digest == judged.document.digest
        assert schema.judge(again) == []


# --- tables --------------------------------------------------------------------------------------


def test_former_values_are_of_no_list_and_current_ones_are() -> None:
    xs = {"xs": "http://www.w3.org/2001/XMLSchema"}
    current = etree.fromstring(schema.schema_text())
    for row in words.table("values"):
        lists = current.findall(f"xs:simpleType[@name='{row['element']}']", xs)
        assert lists, row
        for values in ({e.get("value") for e in found.iter(f"{{{xs['xs']}}}enumeration")} for found in lists):
            assert row["value"] in values
            assert row["former"] not in values


def test_former_names_are_of_no_block_and_current_ones_are(shared: Path) -> None:
    schema_of = etree.parse(str(shared / "reference" / "schemas" / "nonDicomFileSetDescriptor.xsd"))
    known = {str(e.get("name")) for e in schema_of.iter("{http://www.w3.org/2001/XMLSchema}element")}
    for row in words.table("names"):
        assert row["former"] not in known
        assert {row["name"], row["inside"]} <= known
