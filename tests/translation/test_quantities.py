"""Numbers keep their digits, units say the same in three ways, SI values compare."""

from __future__ import annotations

import math

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ontomedirad import vocabulary
from ontomedirad.descriptor import Float, Integer
from ontomedirad.descriptor.leaf import canonical_digits
from ontomedirad.translation import literals

# Value, unit as the wire format writes it, value in the coherent SI unit: reckoned by hand.
SI = [
    ("3510.7894161381", "megabecquerel", 3510789416.1381),
    ("2", "millicurie", 7.4e7),
    ("45.52375030517578", "kilogram", 45.52375030517578),
    ("250", "gram", 0.25),
    ("11.63", "gray", 11.63),
    ("3.6", "milligray per hour", 1e-6),
    ("2", "milligray per second", 0.002),
    ("5", "milligray per (100 milliampere second)", 0.05),
    ("1", "MegabecquerelXHour", 3.6e9),
    ("10", "cubic centimeter", 1e-5),
    ("1", "megaelectronvolt per second", 1.602176634e-13),
    ("7", "counts", 7.0),
    ("3", "centimeter", 0.03),
    ("2", "days", 172800.0),
]


@pytest.mark.parametrize(("text", "unit", "expected"), SI)
def test_si_value(text: str, unit: str, expected: float) -> None:
    known = vocabulary.unit_of(unit)
    assert known is not None
    literal = literals.si_value(Float(text), known)
    assert literal is not None
    assert float(literal.split('"')[1]) == pytest.approx(expected, rel=1e-15)


def test_every_unit_of_the_wire_format_is_described() -> None:
    for value in [*vocabulary.values()["unit"], *vocabulary.values()["duration"]]:
        unit = vocabulary.unit_of(value)
        assert unit is not None, value
        assert unit.ucum != '""' and unit.factor > 0


@pytest.mark.parametrize("text", ["INF", "-INF", "NaN", "1e999999"])
def test_what_is_not_finite_has_no_si_value(text: str) -> None:
    unit = vocabulary.unit_of("gram")
    assert unit is not None
    assert literals.si_value(Float(text), unit) is None


@given(st.floats(allow_nan=False, allow_infinity=False))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_the_canonical_spelling_is_the_stores_own(value: float) -> None:
    """What is written comes back from the store to the letter: an independent spelling of doubles."""
    store, spelled = ox.Store(), canonical_digits(value)
    double = ox.NamedNode("http://www.w3.org/2001/XMLSchema#double")
    node = ox.NamedNode("urn:x")
    store.add(ox.Quad(node, node, ox.Literal(spelled, datatype=double), ox.DefaultGraph()))
    (quad,) = store
    assert quad.object.value == spelled
    assert float(spelled) == value or math.isclose(float(spelled), value)


@given(st.integers(min_value=-(10**60), max_value=10**60), st.sampled_from(["", "+", "0", "000"]))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_whole_numbers_of_any_length_and_spelling_are_one(value: int, lead: str) -> None:
    digits = str(abs(value))
    text = f"-{lead.lstrip('+')}{digits}" if value < 0 else f"{lead}{digits}"
    assert Integer(text).canonical == str(value)
    assert Integer(text) == value
    assert Integer(text).text == text
