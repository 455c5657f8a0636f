"""What a deployment decides about identities in DICOM sources: which to refuse, and what may be carried.

Source: DICOM PS3.15, Annex E.
"""

from __future__ import annotations

import re
import tomllib
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from ontomedirad.errors import SourceError
from ontomedirad.texts import plain


class Privacy(BaseModel):
    """What the gate of DICOM sources lets through.

    `pseudonym`: what a patient's identifier and name look like when they are pseudonyms (regular
    expression, whole text). `placeholders`: what stands where something was removed; it is no
    identity, and no identifier. `birth_dates`: dates that are none. `require_removed`: refuse
    sources that do not say that their identity was removed (0012,0062). `test_data`: the sources
    are made up: what would refuse them is told at *should*, and their patients get made-up
    pseudonyms. `sites`: institutions as they write themselves, to the names that graphs use; others
    are not carried. `keep_dates`: carry dates and times. `oldest`: ages in years above this are
    carried as this. `texts`: descriptions and protocol names that may be carried, `*` for any
    characters.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    pseudonym: str = r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}"
    placeholders: str = (
        r"(REMOVED|ANON(YMOUS|YMI[SZ]ED)?|UNKNOWN|NONE|NO_?ID|NULL|N/A|DE-?IDENTIFIED)[0-9]*|X+|0+|[\^ ]+"
    )
    birth_dates: frozenset[str] = frozenset({"19000101", "18000101", "99990101", "99991231"})
    require_removed: bool = True
    test_data: bool = False
    sites: dict[str, str] = {}
    keep_dates: bool = True
    oldest: int = 90
    texts: tuple[str, ...] = ()

    @field_validator("pseudonym", "placeholders")
    @classmethod
    def _expression(cls, text: str) -> str:
        try:
            re.compile(text)
        except re.error as error:
            raise ValueError(f"is no regular expression: {error}") from None
        return text

    def is_pseudonym(self, text: str) -> bool:
        """Whether a text has the form of a pseudonym."""
        return re.fullmatch(self.pseudonym, text) is not None

    def is_placeholder(self, text: str) -> bool:
        """Whether a text stands for something that was removed."""
        return not text or re.fullmatch(self.placeholders, text, re.IGNORECASE) is not None

    def allows(self, text: str) -> bool:
        """Whether a description or protocol name may be carried."""
        return any(fnmatchcase(plain(text), plain(pattern)) for pattern in self.texts)

    def site(self, institution: str) -> str:
        """The name that graphs use for an institution; empty where it may not be carried."""
        return {plain(k): v for k, v in self.sites.items()}.get(plain(institution), "")

    @classmethod
    def from_file(cls, path: str | Path) -> Self:
        """From a TOML file of these names; SourceError where it cannot be read or used."""
        name = Path(path).name
        try:
            content: dict[str, Any] = tomllib.loads(Path(path).read_text("utf-8"))
            return cls(**content)
        except OSError as error:
            raise SourceError(name, f"cannot be read: {error.strerror}") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            raise SourceError(name, "is not TOML", "write it as NAME = VALUE a line") from None
        except ValidationError as error:
            told = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
            raise SourceError(name, f"cannot be used: {told}") from None
