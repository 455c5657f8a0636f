"""Numbers, times and text as N-Quads literals, and their canonical spellings.

Source: XML Schema 1.1 Part 2 for xsd:double and xsd:dateTime; N-Quads 1.1 for escapes.
"""

from __future__ import annotations

import math
from datetime import datetime
from decimal import Decimal

from ontomedirad.descriptor.leaf import Float, Integer, canonical_digits
from ontomedirad.vocabulary import UnitTerms, term

_DOUBLE = term("xsd:double")
_INTEGER = term("xsd:integer")
_DATE_TIME = term("xsd:dateTime")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def text(value: str) -> str:
    """A plain literal."""
    return f'"{value.translate(_ESCAPES)}"'


def double(canonical: str) -> str:
    """A double from its canonical spelling."""
    return f'"{canonical}"^^{_DOUBLE}'


def number(value: Float | Integer) -> tuple[str, str]:
    """A number as literal, and its canonical spelling to compare the source's with."""
    canonical = value.canonical
    datatype = _INTEGER if isinstance(value, Integer) else _DOUBLE
    return f'"{canonical}"^^{datatype}', canonical


def si_value(value: Float | Integer, unit: UnitTerms) -> str | None:
    """The value in the coherent SI unit as a double; None where it is not finite."""
    if unit.factor == 1:
        result = float(value) if isinstance(value, float) else _float(value)
    elif isinstance(value, float) and not math.isfinite(value):
        return None
    else:
        result = float(Decimal(value.text) * unit.factor)
    return double(canonical_digits(result)) if math.isfinite(result) else None


def _float(value: int) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf


def date_time(value: datetime) -> tuple[str, str]:
    """A time as xsd:dateTime literal, and its canonical spelling."""
    canonical = value.isoformat()
    return f'"{canonical}"^^{_DATE_TIME}', canonical
