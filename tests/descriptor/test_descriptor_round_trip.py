"""XML to models and back says the same; models to XML and back are equal; what is written is valid."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from lxml import etree
from strategies import annotated, as_bytes, documents

from ontomedirad.descriptor import NonDicomFileSetDescriptor, read, to_xml
from ontomedirad.descriptor.xsd import schema

WHITE = " \t\n\r"

many = settings(
    max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)


@cache
def numeric() -> frozenset[str]:
    """Names of the elements whose type collapses white space, by the schema."""
    found = etree.fromstring(schema()).iterfind(".//{http://www.w3.org/2001/XMLSchema}element")
    return frozenset(str(e.get("name")) for e in found if e.get("type") in {"xs:float", "xs:integer"})


def canonical(content: bytes) -> bytes:
    """Canonical XML without comments, instructions and the white space that the types ignore."""
    root = etree.fromstring(content)
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    for element in root.iter("*"):
        element.tail = None
        if len(element):
            element.text = None
        elif etree.QName(element).localname in numeric():
            element.text = (element.text or "").strip(WHITE)
        for name in element.attrib:
            del element.attrib[name]
    etree.cleanup_namespaces(root, top_nsmap={"irdbb": "https://www.irdbb-medirad.com"})
    return etree.tostring(root, method="c14n")


@cache
def our_schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.fromstring(schema(name)))


def digits(model: NonDicomFileSetDescriptor) -> object:
    """A model with numbers as they are spelt: equal numbers may differ in their digits."""
    return model.model_dump(mode="json")


def assert_round_trip(content: bytes) -> None:
    root = read(content).root
    written = to_xml(root)
    assert canonical(written) == canonical(content)
    assert our_schema("non-dicom-file-set-descriptor").validate(etree.fromstring(written))
    assert digits(read(written).root) == digits(root)


def test_the_real_sample_comes_back_as_it_was(sample: bytes) -> None:
    assert_round_trip(sample)


def test_synthetic_documents_of_modelled_workflows_come_back_as_they_were(shared: Path) -> None:
    folder = shared / "samples" / "descriptors" / "synthetic"
    known = NonDicomFileSetDescriptor.plan().by_tag
    done = set()
    for path in sorted(folder.glob("*.xml")):
        if all(child.tag in known for child in etree.parse(str(path)).getroot()):
            assert_round_trip(path.read_bytes())
            done.add(path.name)
    assert {"slide2_full.xml", "slide2_min.xml", "acquisition_only.xml"} <= done


@many
@given(documents())
def test_any_valid_document_comes_back_as_it_was(root: etree._Element) -> None:
    assert_round_trip(as_bytes(root))


@many
@given(annotated(documents()))
def test_comments_and_instructions_change_nothing(root: etree._Element) -> None:
    assert_round_trip(as_bytes(root))


@settings(many, max_examples=30)
@given(annotated(documents()))
def test_what_a_document_says_has_one_digest(root: etree._Element) -> None:
    plain = etree.fromstring(as_bytes(root))
    etree.strip_tags(plain, etree.Comment, etree.ProcessingInstruction)
    assert read(as_bytes(root)).digest == read(as_bytes(plain)).digest


def test_authored_models_come_back_equal(example: NonDicomFileSetDescriptor) -> None:
    again = read(to_xml(example)).root
    assert again == example
    assert digits(again) == digits(example)
    assert to_xml(again) == to_xml(example)


def test_models_survive_json(example: NonDicomFileSetDescriptor) -> None:
    assert NonDicomFileSetDescriptor.model_validate_json(example.model_dump_json()) == example


def test_what_models_write_is_valid_by_the_published_schema(
    shared: Path, example: NonDicomFileSetDescriptor
) -> None:
    written = etree.fromstring(to_xml(example))
    for name in ("3D-DosimetrySlide2Workflow.xsd", "nonDicomFileSetDescriptor.xsd"):
        published = etree.XMLSchema(etree.parse(str(shared / "reference" / "schemas" / name)))
        assert published.validate(written), published.error_log


def test_the_version_of_the_source_is_read_and_ours_is_written(
    sample: bytes, example: NonDicomFileSetDescriptor
) -> None:
    assert read(sample).version == "105"
    assert read(to_xml(example)).version == "108"


def test_every_element_has_the_line_it_stands_on(sample: bytes) -> None:
    document = read(sample)
    rows = sample.decode().splitlines()
    acquisition = document.root.acquisition
    assert acquisition is not None
    line = document.element_of(acquisition).sourceline
    assert line is not None
    assert "<irdbb:AcquisitionSettings>" in rows[line - 1]


def test_lines_beyond_65535_are_told_to_within_one(example: NonDicomFileSetDescriptor) -> None:
    """libxml2 keeps 16 bits of a line and finds larger ones by the text that follows."""
    tag = b"<irdbb:AcquisitionSettings>"
    text = to_xml(example).replace(tag, b"\n" * 70_000 + tag)
    document = read(text)
    acquisition = document.root.acquisition
    assert acquisition is not None
    line = document.element_of(acquisition).sourceline
    assert line is not None
    assert abs(line - text[: text.index(tag)].count(b"\n") - 1) <= 1
