"""How texts of sources are read: as keys that compare, and as moments in time."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

_DATE = len("2020-01-17")
_COMPACT = re.compile(r"(\d{8})(\d{4}(?:\d{2})?(?:\.\d{1,6})?(?:[+-]\d{4})?)")
"""A DICOM DT (PS3.5, 6.2): date and time without a letter between."""


def plain(text: str) -> str:
    """Text as a key: trimmed, inner white space single, without regard to case."""
    return " ".join(text.split()).casefold()


def key_text(value: Any) -> str:
    """A leaf as part of a key: whole numbers without spelling, text trimmed."""
    return value.strip() if isinstance(value, str) else str(value.canonical)


def moment(text: str) -> datetime | None:
    """The time that a text states, as ISO 8601 or DICOM DA/DT write it; None where it states none."""
    compact = _COMPACT.fullmatch(text.strip())
    try:
        return datetime.fromisoformat("T".join(compact.groups("")) if compact else text.strip())
    except ValueError:
        return None


def has_time(text: str) -> bool:
    """Whether the text of a moment states a time of day, not only a date."""
    return len(text.strip()) > _DATE
