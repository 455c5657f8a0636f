"""Numbers keep their digits and are those of XML Schema; authoring refuses the rest by field."""

from __future__ import annotations

import copy
import math
import pickle
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pydantic import ValidationError
from strategies import FLOATS, INTEGERS, TEXTS, floats, integers

from ontomedirad.descriptor import (
    VOI,
    AbsorbedDoseInVOI,
    DICOMData,
    Float,
    Integer,
    NonDICOMData,
    OrganMass,
    ReferencedClinicalResearchStudy,
    Segmentation,
    SPECTDataAcquisitionAndReconstruction,
    TimePointDescriptionElement,
    read,
    to_xml,
)
from ontomedirad.descriptor.leaf import legal_text

WHITE = " \t\n\r"
NOT_XSD = (
    "",
    " ",
    "1_0",
    "٣",
    "infinity",
    "inf",
    "nan",
    "+INF",
    "+NaN",
    "Infinity",
    "1,5",
    "0x1F",
    "1e",
    "e5",
    ".",
    "+",
    "--1",
    "1 2",
    "12mg",
    "\xa01",
    "1\u2009",
    "1\x0b",
    "\uff11",
)

thousand = settings(max_examples=1000, deadline=None, derandomize=True, database=None)


@cache
def accepts(kind: str) -> Callable[[str], bool]:
    """What libxml2 says of a text as the value of a simple type."""
    schema = etree.XMLSchema(
        etree.fromstring(
            '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'
            f'<xs:element name="v" type="xs:{kind}"/></xs:schema>'
        )
    )

    def verdict(text: str) -> bool:
        element = etree.Element("v")
        element.text = text
        return schema.validate(element)

    return verdict


def reads(kind: type[Float] | type[Integer], text: str) -> bool:
    try:
        kind(text)
    except ValueError:
        return False
    return True


looks_like_a_number = st.one_of(
    st.text(alphabet="0123456789+-.eEINFNa \t\n_٣x", max_size=8),
    floats,
    integers,
    st.sampled_from(NOT_XSD[:-3]),
)


HALF_AN_EXPONENT = re.compile(r"[^eE]*[eE][+-]?[ \t\n\r]*")
"""libxml2 takes 12E and 1e+ for floats; XML Schema 1.0 Part 2, 3.2.4.1, does not."""


@thousand
@given(looks_like_a_number)
def test_floats_are_those_of_xml_schema(text: str) -> None:
    lax = HALF_AN_EXPONENT.fullmatch(text) is not None
    assert reads(Float, text) == (accepts("float")(text) and not lax)


@thousand
@given(looks_like_a_number)
def test_integers_are_those_of_xml_schema(text: str) -> None:
    assert reads(Integer, text) == accepts("integer")(text)


@pytest.mark.parametrize("text", NOT_XSD)
def test_python_is_laxer_than_xml_schema(text: str) -> None:
    assert not reads(Float, text)
    assert not reads(Integer, text)


@pytest.mark.parametrize("text", FLOATS)
def test_a_float_keeps_its_digits(text: str) -> None:
    number = Float(text)
    assert number.text == text.strip(WHITE)
    assert math.isnan(number) or number == float(text)
    for again in (
        copy.copy(number),
        copy.deepcopy(number),
        pickle.loads(pickle.dumps(number)),
        Float(number),
    ):
        assert (type(again), again.text) == (Float, number.text)


@pytest.mark.parametrize("text", INTEGERS)
def test_an_integer_keeps_its_digits(text: str) -> None:
    """Copies of integers beyond 4,300 digits once raised: Python refuses to print them."""
    number = Integer(text)
    assert number.text == str(number) == text.strip(WHITE)
    for again in (
        copy.copy(number),
        copy.deepcopy(number),
        pickle.loads(pickle.dumps(number)),
        Integer(number),
    ):
        assert (type(again), again.text, again) == (Integer, number.text, number)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [("007", "7"), ("+7", "7"), ("-0", "0"), ("+000", "0"), ("-007", "-7"), ("1000", "1000"), (" 10 ", "10")],
)
def test_two_spellings_of_an_integer_have_one_canonical_form(text: str, canonical: str) -> None:
    assert Integer(text).canonical == canonical


def test_a_long_integer_has_its_value() -> None:
    assert Integer("7" * 5000) == 7 * (10**5000 - 1) // 9
    assert Integer("-" + "7" * 5000) == -7 * (10**5000 - 1) // 9


@thousand
@given(st.floats())
def test_python_floats_have_a_text_that_reads_back(value: float) -> None:
    number = Float(value)
    assert accepts("float")(number.text)
    assert Float(number.text) == value or math.isnan(value)


@thousand
@given(st.integers())
def test_python_integers_have_a_text_that_reads_back(value: int) -> None:
    assert Integer(Integer(value).text) == value


@pytest.mark.parametrize("text", [t for t in TEXTS if t != "cr\rcr"])
def test_texts_that_xml_can_hold_are_legal(text: str) -> None:
    assert legal_text(text) == text
    element = etree.Element("t")
    element.text = text
    assert (etree.fromstring(etree.tostring(element)).text or "") == text


@pytest.mark.parametrize("bad", ["\x00", "\x08", "\x0b", "\x1f", "\ufffe", "\uffff", "\ud800"])
def test_texts_that_xml_cannot_hold_are_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="control character"):
        legal_text(f"a{bad}b")
    with pytest.raises(ValidationError) as caught:
        ReferencedClinicalResearchStudy(identifier=f"a{bad}b", title="t")
    assert [e["loc"] for e in caught.value.errors()] == [("identifier",)]


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: OrganMass(value="1_0", unit="gram"), "value"),
        (lambda: OrganMass(value="٣", unit="gram"), "value"),
        (lambda: OrganMass(value=True, unit="gram"), "value"),
        (lambda: OrganMass(value=None, unit="gram"), "value"),
        (lambda: OrganMass(value=b"1", unit="gram"), "value"),
        (lambda: OrganMass(value=10**400, unit="gram"), "value"),
        (lambda: OrganMass(value=1, unit="pound"), "unit"),
        (lambda: OrganMass(value=1, unit="gram", mass=1), "mass"),
        (lambda: OrganMass(unit="gram"), "value"),
        (lambda: VOI(identifier=1.5, organ="liver"), "identifier"),
        (lambda: VOI(identifier=10**5000, organ="liver"), "identifier"),
        (lambda: VOI(identifier="", organ="liver"), "identifier"),
        (lambda: VOI(identifier=1, organ="Liver"), "organ"),
        (lambda: VOI(identifier=1, organ="liver", series=[]), "series"),
        (lambda: Segmentation(identifier="s", vois=[]), "vois"),
        (lambda: AbsorbedDoseInVOI(value=1, unit="gray", vois=[]), "vois"),
        (lambda: DICOMData(study_uid="1", series_uid="2", transformations=[]), "transformations"),
        (lambda: DICOMData(study_uid=1, series_uid="2"), "study_uid"),
        (lambda: NonDICOMData(data_class="VOI", format="PDF", file_name="a"), "format"),
        (
            lambda: SPECTDataAcquisitionAndReconstruction(acquisitions=[], reconstructions=None),
            "acquisitions",
        ),
        (
            lambda: TimePointDescriptionElement(
                category="additional timepoint", identifier="a", distance="6.0", unit="hours"
            ),
            "distance",
        ),
    ],
)
def test_authoring_with_a_wrong_value_names_the_field(make: Callable[[], Any], field: str) -> None:
    with pytest.raises(ValidationError) as caught:
        make()
    assert {e["loc"][0] for e in caught.value.errors()} == {field}


def test_assignment_is_judged_too() -> None:
    mass = OrganMass(value=1, unit="gram")
    with pytest.raises(ValidationError):
        mass.unit = "pound"  # type: ignore[assignment]
    mass.value = "2.50"  # type: ignore[assignment]
    assert mass.value.text == "2.50"


@pytest.mark.parametrize("text", FLOATS)
def test_a_number_round_trips_through_xml(text: str) -> None:
    content = to_xml(OrganMass(value=text, unit="gram"), "OrganMass")
    assert f">{text.strip(WHITE)}<".encode() in content
    assert content.count(b"gram") == 1


def test_a_block_that_is_no_descriptor_is_told_so() -> None:
    assert read(OrganMass(value=1, unit="gram")).root.study is None
