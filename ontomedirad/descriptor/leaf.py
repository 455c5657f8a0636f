"""Simple values as a descriptor writes them: numbers that keep their digits, and text.

Source: XML Schema 1.0 Part 2, sections 3.2.4 (float) and 3.3.13 (integer).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

_FLOAT = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([Ee][+-]?[0-9]+)?|-?INF|NaN")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WHITE = " \t\n\r"
_CHUNK = 4000
"""Python refuses to read more than 4,300 digits at once; XML Schema does not."""


def _plain(validate: Callable[[Any], Any], json_type: str) -> CoreSchema:
    return core_schema.no_info_plain_validator_function(
        validate,
        serialization=core_schema.plain_serializer_function_ser_schema(lambda v: v.text, when_used="json"),
        metadata={"json_type": json_type},
    )


class Float(float):
    """An xs:float with the digits of its source: `float(x)` to reckon, `x.text` to write."""

    __slots__ = ("text",)
    text: str

    def __new__(cls, value: float | str) -> Self:
        """From a number, or from text as XML Schema writes one; ValueError otherwise."""
        if isinstance(value, Float):
            text = value.text
        elif isinstance(value, str):
            text = value.strip(_WHITE)
            if not _FLOAT.fullmatch(text):
                raise ValueError("expected a number as XML Schema writes it, such as 11.63 or 1.2e-3")
        else:
            try:
                text = canonical_digits(float(value))
            except OverflowError:
                raise ValueError("expected a number that a double can hold, or its text") from None
        self = super().__new__(cls, text)
        self.text = text
        return self

    @property
    def canonical(self) -> str:
        """The shortest decimal digits of the double, which all spellings of one number share."""
        return canonical_digits(self)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return _plain(_accept(cls, (int, float, str)), "number")

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"anyOf": [{"type": "number"}, {"enum": ["INF", "-INF", "NaN"]}]}


class Integer(int):
    """An xs:integer of any length with the digits of its source in `.text`."""

    text: str

    def __new__(cls, value: int | str) -> Self:
        """From a number, or from text as XML Schema writes one; ValueError otherwise."""
        if isinstance(value, Integer):
            text, number = value.text, int.__index__(value)
        elif isinstance(value, str):
            text = value.strip(_WHITE)
            if not _INTEGER.fullmatch(text):
                raise ValueError("expected a whole number such as 1000")
            number = _whole(text)
        else:
            text, number = str(value), value
        self = super().__new__(cls, number)
        self.text = text
        return self

    def __str__(self) -> str:
        return self.text

    __repr__ = __str__

    def __reduce__(self) -> tuple[type[Self], tuple[str]]:
        return type(self), (self.text,)

    @property
    def canonical(self) -> str:
        """The digits without sign `+` and leading zeros: what two spellings of one number share."""
        if self.text[0] in "123456789":
            return self.text
        digits = self.text.lstrip("+-").lstrip("0") or "0"
        return f"-{digits}" if self.text.startswith("-") and digits != "0" else digits

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return _plain(_accept(cls, (int, str)), "integer")

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "integer"}


def canonical_digits(value: float) -> str:
    """The canonical spelling of a double: shortest digits, no exponent, no trailing `.0`."""
    shortest = float.__repr__(value)
    if shortest.endswith(".0"):
        return shortest[:-2]
    if not math.isfinite(value):
        return {"inf": "INF", "-inf": "-INF"}.get(shortest, "NaN")
    return format(Decimal(shortest), "f") if "e" in shortest else shortest


def _whole(text: str) -> int:
    digits = text.lstrip("+-")
    return -_number(digits) if text.startswith("-") else _number(digits)


def _number(digits: str) -> int:
    """Halves first: a text of millions of digits would else take hours."""
    if len(digits) <= _CHUNK:
        return int(digits)
    half = len(digits) // 2
    return int(_number(digits[:-half]) * 10**half + _number(digits[-half:]))


def _accept(cls: type[Any], kinds: tuple[type, ...]) -> Callable[[Any], Any]:
    def validate(value: Any) -> Any:
        if isinstance(value, cls):
            return value
        if isinstance(value, bool) or not isinstance(value, kinds):
            raise ValueError(f"expected a number, not {type(value).__name__}")
        return cls(value)

    return validate


def legal_text(value: str) -> str:
    """`value`, where XML can hold it (XML 1.0, section 2.2); ValueError otherwise."""
    if _NOT_XML.search(value):
        raise ValueError("text holds a control character that XML cannot carry")
    return value
