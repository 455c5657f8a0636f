"""What a person is told about a document that breaks the schema."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree
from strategies import as_bytes, broken, documents

import ontomedirad
from ontomedirad.descriptor import NAMESPACE, NonDicomFileSetDescriptor, to_xml
from ontomedirad.descriptor import schema as gate
from ontomedirad.errors import NotConforming
from ontomedirad.report import Finding, Level

XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
STEP = re.compile(r"([^\[\]]+)(\[\d+\])?")


@pytest.fixture
def text(example: NonDicomFileSetDescriptor) -> str:
    return to_xml(example).decode()


def line_of(text: str, part: str) -> int:
    """The line that the first `part` begins on."""
    return text[: text.index(part)].count("\n") + 1


def found_at(root: etree._Element, path: str) -> list[etree._Element]:
    """The elements that a path without namespaces finds."""
    steps = (STEP.fullmatch(step) for step in path.split("/")[1:])
    query = "".join(f"/*[local-name()='{m[1]}']{m[2] or ''}" for m in steps if m)
    return list(root.xpath(query))


def only(report: ontomedirad.Report) -> Finding:
    (finding,) = report
    return finding


def test_a_value_an_element_a_reference_and_a_unit_are_four_findings(sample: bytes) -> None:
    whole = sample.decode()
    breaks = {
        "xsd-type": ("<irdbb:MassValue>", "<irdbb:MassValue>about "),
        "xsd-element": ("CTReconUsed>", "CTReconUsedd>"),
        "R4": ("<irdbb:TimePointIdentifierUsed>24HR<", "<irdbb:TimePointIdentifierUsed>25 hours<"),
        "xsd-value": ("<irdbb:AbsorbedDoseRateUnit>", "<irdbb:AbsorbedDoseRateUnit>a "),
    }
    lines = {}
    for code, (old, new) in breaks.items():
        assert old in whole
        lines[code] = line_of(whole, old)
        count = 2 if code == "xsd-element" else 1
        whole = whole.replace(old, new, count)
    content = whole.encode()
    report = ontomedirad.validate(content)
    assert {f.code: f.place.line for f in report} == lines
    assert len(report) == 4
    assert all(f.level is Level.must and f.hint for f in report)
    for finding in report:
        (element,) = found_at(etree.fromstring(content), finding.place.path)
        assert element.sourceline == finding.place.line


@pytest.mark.parametrize(
    ("old", "new", "code", "says", "hint"),
    [
        (
            "<irdbb:PatientId>",
            '<irdbb:PatientId kind="x">',
            "xsd-attribute",
            "PatientId has the attribute kind",
            "remove",
        ),
        (
            "<irdbb:PatientId>",
            f'<irdbb:PatientId {XSI} xsi:nil="true">',
            "xsd-attribute",
            "attribute nil",
            "remove",
        ),
        (
            "<irdbb:PatientId>",
            f'<irdbb:PatientId {XSI} xsi:type="q:z">',
            "xsd-attribute",
            "attribute type",
            "remove",
        ),
        (
            "<irdbb:VOIContainer>",
            "<irdbb:VOIContainer>5",
            "xsd-text",
            "text stands in VOIContainer",
            "remove",
        ),
        (
            "<irdbb:PatientId>",
            "<irdbb:PatientId><irdbb:b/>",
            "xsd-element",
            "PatientId holds the element b",
            "value alone",
        ),
        (
            "PatientId>",
            "PatientID>",
            "xsd-element",
            "PatientID does not belong at this place in NonDicomFileSetDescriptor; expected here: PatientId",
            "did you mean PatientId?",
        ),
        ("PatientId>", "Patient.7>", "xsd-element", "Patient.7 does not belong", "did you mean PatientId?"),
        (
            "PatientId>",
            "Zzz>",
            "xsd-element",
            "Zzz does not belong at this place in NonDicomFileSetDescriptor; expected here: PatientId",
            "move it",
        ),
        (
            "irdbb:PatientId>",
            "PatientId>",
            "xsd-element",
            "PatientId in NonDicomFileSetDescriptor is in no namespace",
            NAMESPACE,
        ),
        (
            "<irdbb:OrganOrTissue>thyroid<",
            "<irdbb:OrganOrTissue>thyroyd<",
            "xsd-value",
            "OrganOrTissue is 'thyroyd'; allowed: 53 values",
            "did you mean 'thyroid'?",
        ),
        (
            "<irdbb:OrganOrTissue>thyroid<",
            "<irdbb:OrganOrTissue>qq<",
            "xsd-value",
            "holds a value that is not of its list",
            "schema show",
        ),
        (
            "<irdbb:OrganMassUnit>kilogram<",
            "<irdbb:OrganMassUnit>kg<",
            "xsd-value",
            "allowed: gram, kilogram",
            "schema show",
        ),
        (
            "<irdbb:OrganMassUnit>kilogram<",
            "<irdbb:OrganMassUnit> kilogram<",
            "xsd-value",
            "allowed: gram, kilogram",
            "'kilogram'",
        ),
        (
            "<irdbb:OrganMassValue>0.0021<",
            "<irdbb:OrganMassValue>0,0021<",
            "xsd-type",
            "OrganMassValue is not a number",
            "with a point",
        ),
        (
            "<irdbb:OrganMassValue>0.0021<",
            "<irdbb:OrganMassValue>+INF<",
            "xsd-type",
            "OrganMassValue is not a number",
            "with a point",
        ),
        (
            "<irdbb:OrganMassValue>0.0021<",
            "<irdbb:OrganMassValue><",
            "xsd-type",
            "OrganMassValue is not a number",
            "with a point",
        ),
        (
            "Value>6<",
            "Value>6.0<",
            "xsd-type",
            "TimePointDistanceFromReferenceEventValue is not a whole number",
            "digits only",
        ),
        ("Value>6<", "Value>1_0<", "xsd-type", "is not a whole number", "digits only"),
        ("Value>6<", "Value>٦<", "xsd-type", "is not a whole number", "digits only"),
    ],
)
def test_a_break_is_one_finding_that_says_what_and_what_to_do(
    text: str, old: str, new: str, code: str, says: str, hint: str
) -> None:
    content = text.replace(old, new, 2 if old.endswith("Id>") and not old.startswith("<") else 1).encode()
    rules = {"patient", "R16"}
    finding = only(ontomedirad.Report(tuple(f for f in ontomedirad.validate(content) if f.code not in rules)))
    assert (finding.code, finding.level) == (code, Level.must)
    assert says in finding.message
    assert hint in finding.hint
    assert finding.place.line == line_of(text, old)
    (element,) = found_at(etree.fromstring(content), finding.place.path)
    assert element.sourceline == finding.place.line


def test_a_missing_element_is_named_where_it_is_missing(text: str) -> None:
    gone = re.sub(r" *<irdbb:Radiopharmaceutical>.*\n", "", text).encode()
    finding = only(ontomedirad.validate(gone))
    assert finding.code == "xsd-missing"
    assert finding.message == "AcquisitionSettings is incomplete: Radiopharmaceutical is missing"
    assert "after PostAdministeredActivity" in finding.hint
    assert finding.place.line == line_of(text, "<irdbb:AcquisitionSettings>")


def test_a_misplaced_element_is_told_once(text: str) -> None:
    row = re.search(r" *<irdbb:Siteadministeringthetreatment>.*\n", text)
    assert row
    moved = text.replace(row[0], "").replace(
        "    <irdbb:PreAdministered", row[0] + "    <irdbb:PreAdministered", 1
    )
    finding = only(ontomedirad.validate(moved.encode()))
    assert finding.message == "Siteadministeringthetreatment stands too late in AcquisitionSettings"
    assert finding.place.line == line_of(moved, "<irdbb:Siteadmin")


def test_a_doubled_element_is_told_at_its_second_place(text: str) -> None:
    row = re.search(r" *<irdbb:PatientId>.*\n", text)
    assert row
    doubled = text.replace(row[0], row[0] * 2)
    finding = only(ontomedirad.validate(doubled.encode()))
    assert finding.message == "PatientId stands once too often in NonDicomFileSetDescriptor"
    assert finding.place.line == line_of(doubled, "<irdbb:PatientId>") + 1
    assert finding.place.path == "/NonDicomFileSetDescriptor/PatientId[2]"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"<html><body/></html>", "the root element is html; expected NonDicomFileSetDescriptor"),
        (b"<NonDicomFileSetDescriptor/>", "the root element is in no namespace; expected"),
        (
            b'<NonDicomFileSetDescriptor xmlns="urn:x"/>',
            "the root element is in the namespace urn:x; expected",
        ),
        (f'<PatientId xmlns="{NAMESPACE}"/>'.encode(), "the root element is PatientId"),
        (b"<" + b"n" * 40_000 + b"/>", "the root element is nnn"),
        (b'<NonDicomFileSetDescriptor xmlns="urn:' + b"x" * 40_000 + b'"/>', "urn:xxx"),
    ],
)
def test_a_wrong_root_is_one_finding(content: bytes, says: str) -> None:
    finding = only(ontomedirad.validate(content))
    assert finding.code == "xsd-root"
    assert says in finding.message
    assert finding.hint
    assert len(finding.message) <= 300
    with pytest.raises(ontomedirad.OntomediradError):
        ontomedirad.translate(content)


def test_a_schema_location_is_no_break_and_is_not_followed(text: str) -> None:
    where = f'<irdbb:PatientId {XSI} xsi:schemaLocation="urn:x file:///nowhere/x.xsd">'
    assert ontomedirad.validate(text.replace("<irdbb:PatientId>", where).encode()).conforms()


def test_all_breaks_are_told_at_once(text: str) -> None:
    broken_text = text.replace("kilogram<", "kg<").replace("Value>6<", "Value>1_0<")
    codes = [f.code for f in ontomedirad.validate(broken_text.encode()) if f.code.startswith("xsd")]
    assert codes.count("xsd-value") == text.count("kilogram<")
    assert codes.count("xsd-type") == 1


def test_a_flood_of_breaks_is_told_in_part(text: str) -> None:
    flood = text.replace("<irdbb:PatientId>", "<irdbb:x/>" * 30_000 + "<irdbb:PatientId>").encode()
    report = ontomedirad.validate(flood)
    assert len(report) == gate.MAX_FINDINGS + 1
    assert any("the others are not told" in f.message for f in report)


def test_a_list_item_that_cannot_be_read_does_not_shift_the_next_ones_line(text: str) -> None:
    """The rule's finding about the second item once had the line of the first."""
    old = "VOIIdentifierUsed>1006<"
    start = text.index(old)
    changed = text[:start] + text[start:].replace("1006<", "x<", 1).replace("1024<", "9<", 1)
    lines = {f.code: f.place.line for f in ontomedirad.validate(changed.encode())}
    first = line_of(text, old)
    assert lines == {"xsd-type": first, "R1": first + 1}


@settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)
@given(broken(broken(documents())))
def test_no_document_gives_a_traceback_and_every_place_is_one(root: etree._Element) -> None:
    content = as_bytes(root)
    try:
        report = ontomedirad.validate(content, level="may")
    except ontomedirad.OntomediradError:
        return
    assert report.text()
    assert report.to_json()
    tree = etree.fromstring(content)
    places = {place for finding in report for place in (finding.place, *finding.also)}
    assert all(place.line for place in places)
    for path in sorted({place.path for place in places})[:40]:
        assert found_at(tree, path)


@pytest.mark.parametrize("value", ["12E", "1e+", ".5E-"])
def test_half_an_exponent_is_no_number_though_libxml2_accepts_it(text: str, value: str) -> None:
    """Such a value once passed the gate and was lost without a word."""
    old = "<irdbb:OrganMassValue>0.0021<"
    content = text.replace(old, f"<irdbb:OrganMassValue>{value}<", 1).encode()
    finding = only(ontomedirad.validate(content))
    assert (finding.code, finding.place.line) == ("xsd-type", line_of(text, old))
    with pytest.raises(NotConforming):
        ontomedirad.translate(content)


def test_a_rule_speaks_of_the_second_of_two_values_where_that_was_read(text: str) -> None:
    """It once had the line of the first."""
    row = re.search(r" *<irdbb:TimePointIdentifierUsed>6H.*\n", text)
    assert row
    doubled = text.replace(row[0], row[0] + row[0].replace("6H", "elsewhere"), 1)
    lines = {f.code: f.place.line for f in ontomedirad.validate(doubled.encode())}
    second = line_of(doubled, "<irdbb:TimePointIdentifierUsed>elsewhere")
    assert lines["R4"] == lines["xsd-element"] == second


def test_a_misspelt_container_is_one_finding_of_the_schema(text: str) -> None:
    content = text.replace("MassPerVOIAtTimePointContainer>", "MassPerVOIAtTimePointsContainer>", 2).encode()
    (finding,) = ontomedirad.validate(content)
    assert finding.code == "xsd-element"
    assert finding.hint == "did you mean MassPerVOIAtTimePointContainer?"
