"""Each kind of break has a message with line and path, what was found, what is allowed, what is nearest."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from former import OF_2018
from lxml import etree

import ontomedirad
from ontomedirad.descriptor import NAMESPACE, NonDicomFileSetDescriptor, read, to_xml
from ontomedirad.descriptor.upgrade import judge, to_current_xml

SECRET = "MARKER-7731"


@dataclass(frozen=True)
class Kind:
    """A break: what is replaced, the code of its finding, and what message and hint say."""

    old: str
    new: str
    code: str
    says: tuple[str, ...]
    hint: str = ""


VOI = "<VOIIdentifier>1</VOIIdentifier>\n          "
ORGAN = "<OrganOrTissue>lungs</OrganOrTissue>\n          "

KINDS = {
    "wrong value of a list": Kind(
        ">milligray<", ">milligrey<", "xsd-value", ("AbsorbedDoseUnit is 'milligrey'", "gray"), "'milligray'"
    ),
    "wrong value that may be a secret": Kind(
        ">milligray<", f">{SECRET}<", "xsd-value", ("not of its list; allowed: ", "milligray")
    ),
    "missing element": Kind(
        "<PerformingInstitution>Example Hospital</PerformingInstitution>",
        "",
        "xsd-missing",
        ("ProcessExecutionContext is incomplete: PerformingInstitution is missing",),
        "after DateTimeProcessStarted",
    ),
    "misplaced element": Kind(
        f"{VOI}{ORGAN}",
        f"{ORGAN}{VOI}",
        "xsd-element",
        ("VOIIdentifier stands too late in VOI",),
        "move it up",
    ),
    "unknown element": Kind(
        "<VOIIdentifier>1</VOIIdentifier>",
        "<VOIIdentifer>1</VOIIdentifer>",
        "xsd-element",
        ("VOIIdentifer does not belong at this place in VOI; expected here: VOIIdentifier",),
        "did you mean VOIIdentifier?",
    ),
    "wrong type": Kind(
        "<VOIIdentifier>1</VOIIdentifier>",
        f"<VOIIdentifier>{SECRET}</VOIIdentifier>",
        "xsd-type",
        ("VOIIdentifier is not a whole number",),
        "digits only",
    ),
    "wrong namespace": Kind(
        "<PatientId>DEMO-0001</PatientId>",
        '<PatientId xmlns="urn:other">DEMO-0001</PatientId>',
        "xsd-element",
        ("PatientId in NonDicomFileSetDescriptor is in the namespace urn:other; expected here: PatientId",),
        NAMESPACE,
    ),
    "dangling reference": Kind(
        "IdentifierUsed>maps/80.nrrd<",
        "IdentifierUsed>maps/8.nrrd<",
        "R10",
        ("names a dose map that this file does not declare",),
        "the nearest dose map is declared at the place shown",
    ),
    "contradictory reference": Kind(
        "<VOIIdentifier>2</VOIIdentifier>\n          <OrganOrTissue>",
        "<VOIIdentifier>1</VOIIdentifier>\n          <OrganOrTissue>",
        "R2",
        ("this VOI is declared again with another OrganOrTissue",),
        "make both declarations agree",
    ),
    "unit that does not fit": Kind(
        ">milligray<",
        ">milligray per (100 milliampere second)<",
        "R17",
        ("milligray per (100 milliampere second) does not fit the category 'absorbed dose'",),
        "write gray or milligray",
    ),
    "unit that nobody knows": Kind(
        ">kV<",
        ">kilovolts<",
        "unit",
        ("MethodSettingUnit is no unit that is known here",),
        "did you mean 'kilovolt'?",
    ),
    "statistic that contradicts": Kind(
        "radiation dose</AbsorbedDoseCategory>",
        "radiation dose</AbsorbedDoseCategory><StatisticalSubCategory>mode</StatisticalSubCategory>",
        "R17",
        ("the statistic mode contradicts the category 'mean absorbed radiation dose'",),
        "make both agree",
    ),
    "date that does not parse": Kind(
        "<DateTimeProcessStarted>2018-03-04 10:00:00<",
        f"<DateTimeProcessStarted>{SECRET}<",
        "R19",
        ("DateTimeProcessStarted is no date and time",),
        "write it as 2020-01-17 15:08:54",
    ),
}


@pytest.fixture(scope="module")
def text() -> str:
    """A small CT dosimetry in the current form."""
    return to_current_xml(judge(read(OF_2018.encode())).document).decode()


def test_the_document_is_whole_before_it_is_broken(text: str) -> None:
    assert list(ontomedirad.validate(text.encode(), level="may")) == []


@pytest.mark.parametrize("name", KINDS)
def test_a_break_is_told_where_it_is_with_what_is_allowed(name: str, text: str) -> None:
    kind = KINDS[name]
    assert kind.old in text
    content = text.replace(kind.old, kind.new, 1).encode()
    report = ontomedirad.validate(content, level="should", name="d.xml")
    finding = next(f for f in report if f.code == kind.code)
    for part in kind.says:
        assert part in finding.message
    assert finding.hint
    assert kind.hint in finding.hint
    assert SECRET not in report.text() + report.to_json()
    assert finding.place.file == "d.xml"
    steps = finding.place.path.split("/")[1:]
    parts = [step.rstrip("]").partition("[") for step in steps]
    query = "".join(f"/*[local-name()='{name}'][{number or 1}]" for name, _, number in parts)
    (element,) = etree.fromstring(content).xpath(query)
    assert element.sourceline == finding.place.line


def test_a_calibration_date_that_does_not_parse_is_told(example: NonDicomFileSetDescriptor) -> None:
    assert example.slide2 is not None
    example.slide2.imaging.acquisitions[0].nm_calibration.date = SECRET
    found = [f for f in ontomedirad.validate(to_xml(example), level="should") if f.code == "R19"]
    assert [f.place.path.rpartition("/")[2] for f in found] == ["ReferenceCalibrationDate"]
    assert SECRET not in found[0].message
