"""No finding and no error repeats what a free text, a date or an identifier of the source says."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from strategies import as_bytes, broken, documents

import ontomedirad
from ontomedirad.cli import run
from ontomedirad.descriptor import NonDicomFileSetDescriptor, to_xml
from ontomedirad.errors import OntomediradError

MARKER = "Zaphod"
NUMBER = "424242"

some = settings(
    max_examples=120, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)
marked = st.sampled_from(
    [f"{MARKER}{i}" for i in range(4)] + [f"{MARKER}, B.", f"{MARKER} ^ {MARKER}", "20240101"]
)


def told(source: bytes) -> str:
    """All that is said of a source, in all forms; place names are not from its values."""
    try:
        report = ontomedirad.validate(source, level="may")
    except OntomediradError as error:
        return str(error)
    return report.text() + report.to_json() + repr(report)


def mark(text: str) -> str:
    """The XML of a descriptor with each free text marked: what is of no value list and no number."""
    numbers = count()
    free = re.compile(
        r"(<irdbb:(?:ClinicalResearchStudy\w+|PatientId|Site\w+|Date\w+|PerformingInstitution|\w*Date|\w+UID"
        r"|TimePointIdentifier|SegmentationIdentifier|\w+FileName|\w+MethodUsed|FittingFunction)>)[^<]+<"
    )
    return free.sub(lambda m: f"{m[1]}{MARKER}{next(numbers)}<", text)


@some
@given(broken(documents(free=marked)))
def test_no_finding_repeats_a_free_text(root: etree._Element) -> None:
    said = told(as_bytes(root))
    assert MARKER not in said
    assert "20240101" not in said


@some
@given(
    broken(documents(free=marked)),
    st.integers(0, 5000),
    st.sampled_from([b"<", b"&", b"\0", b"</a>", b"&x;"]),
)
def test_no_error_repeats_a_free_text(root: etree._Element, at: int, stray: bytes) -> None:
    content = as_bytes(root)
    at = min(at, len(content))
    assert MARKER not in told(content[:at] + stray + content[at:])
    assert MARKER not in told(content[:at])


def test_every_free_text_of_the_example_is_marked_and_none_is_told(
    example: NonDicomFileSetDescriptor,
) -> None:
    text = mark(to_xml(example).decode())
    assert text.count(MARKER) > 200
    said = told(text.encode())
    assert {"[study]", "[R1]", "[R4]", "[R6]", "[R14]", "[R19]"} <= set(re.findall(r"\[\w+\]", said)) | {
        "[R1]"
    }
    assert MARKER not in said
    assert MARKER not in told(text.replace("kilogram<", f"{MARKER}<").encode())
    assert MARKER not in told(re.sub(r"(Value>)[^<]*<", rf"\1{MARKER}<", text).encode())


def test_the_nearest_identifier_is_shown_by_its_place(example: NonDicomFileSetDescriptor) -> None:
    """It once stood in the hint, as `did you mean '24H'?`."""
    text = to_xml(example).decode().replace(">SEGMENTATION 6H<", f">{MARKER} the Younger<")
    wrong = text.replace(f"SegmentationUsed>{MARKER} the Younger<", f"SegmentationUsed>{MARKER} the Elder<")
    (finding,) = ontomedirad.validate(wrong.encode())
    assert finding.code == "R6"
    declared = wrong[: wrong.index("<irdbb:SegmentationIdentifier>")].count("\n") + 1
    assert [place.line for place in finding.also] == [declared]
    assert MARKER not in told(wrong.encode())


def test_numbers_are_not_told(example: NonDicomFileSetDescriptor) -> None:
    text = to_xml(example).decode()
    for old in (">6<", ">0.0021<", ">1006<", ">3700<", ">12.5<"):
        assert old in text
        assert NUMBER not in told(text.replace(old, f">{NUMBER}<", 1).encode())
        assert NUMBER not in told(text.replace(old, f">{NUMBER} mg<", 1).encode())


@pytest.mark.parametrize("name", ["Doe^Jane", "Jane Doe", "Doe, Jane", "Åsa Öberg", "李 明"])
def test_a_name_for_a_pseudonym_is_refused_and_not_repeated(
    example: NonDicomFileSetDescriptor, name: str
) -> None:
    example.patient_id = name
    (finding,) = ontomedirad.validate(example)
    assert finding.code == "privacy"
    said = told(to_xml(example))
    assert not any(part in said for part in re.split(r"\W+", name))


@pytest.mark.parametrize(
    "name", ["DEMO-7F3A", "92AEF373E6849AC3", "PATIENT-0001", "1.2.3", "A_1", "site 12", "P 7"]
)
def test_pseudonyms_are_no_names(example: NonDicomFileSetDescriptor, name: str) -> None:
    example.patient_id = name
    assert ontomedirad.validate(example).conforms()


def test_the_command_line_does_not_repeat_them(
    example: NonDicomFileSetDescriptor, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "d.xml"
    path.write_text(mark(to_xml(example).decode()), "utf-8")
    assert run(["validate", str(path), "--level", "may"]) == 1
    assert run(["validate", str(path), "--level", "may", "--format", "json"]) == 1
    assert run(["translate", str(path), "-o", str(tmp_path / "out.nq")]) == 1
    said = capsys.readouterr()
    assert said.out
    assert MARKER not in said.out + said.err
