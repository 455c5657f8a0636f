"""How texts of sources are read: as keys that compare, and as moments in time."""

from __future__ import annotations

from datetime import datetime

_DATE = len("2020-01-17")


def plain(text: str) -> str:
    """Text as a key: trimmed, inner white space single, without regard to case."""
    return " ".join(text.split()).casefold()


def moment(text: str) -> datetime | None:
    """The time that a text states, as ISO 8601 or DICOM DA/DT write it; None where it states none."""
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        return None


def has_time(text: str) -> bool:
    """Whether the text of a moment states a time of day, not only a date."""
    return len(text.strip()) > _DATE
