"""The gate: what in a source says who a patient is, and whether it may pass.

Findings name attributes and never their values. Source: DICOM PS3.15, Annex E, Table E.1-1;
attributes in `translators/dicom/identity.tsv`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from ontomedirad.dicom.allowed import rows, shown, tag_of
from ontomedirad.dicom.elements import Elements
from ontomedirad.dicom.header import MAX_DEPTH
from ontomedirad.privacy import Privacy
from ontomedirad.report import Finding, Level, Place

IDENTITY_REMOVED = 0x00120062
_NAME, _IDENTIFIER = 0x00100010, 0x00100020
_VALUE_TYPE, _PERSON_IN_SR = 0x0040A040, 0x0040A123
_UID = re.compile(r"[0-9]+(?:[.][0-9]+){3,}")
_TELLING = frozenset({"PN", "SQ"})
_SHORTEST = 3
"""Texts shorter than this are not looked for in a graph: they are in too many words."""

_HINTS = {
    "pseudonym": "replace it by a pseudonym before export, or set the pattern in the privacy file",
    "birth date": "remove the birth date; no option of the profile keeps it",
    "refuse": "remove it before export",
    "PN": "remove the names of persons before export",
}


@cache
def _rules() -> dict[int, tuple[str, str]]:
    return {tag_of(r["tag"]): (r["keyword"], r["rule"]) for r in rows("identity.tsv")}


@dataclass(slots=True)
class Identity:
    """What one data set says about a person: reasons to refuse it, and texts that must not get out."""

    reasons: dict[tuple[str, str], None] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict, repr=False)
    removed: bool = False

    def findings(self, privacy: Privacy, name: str) -> Iterator[Finding]:
        """A finding for each reason; test data are told and not refused."""
        level = Level.should if privacy.test_data else Level.must
        for where, rule in self.reasons:
            problem = "is no pseudonym" if rule == "pseudonym" else "must be removed"
            yield Finding(
                level, "dicom-identity", f"{where} {problem}", Place(name, path=where), _HINTS[rule]
            )
        if privacy.require_removed and not self.removed:
            yield Finding(
                level,
                "dicom-identity-removed",
                "PatientIdentityRemoved (0012,0062) must be YES",
                Place(name, path="PatientIdentityRemoved (0012,0062)"),
                "de-identify the source, or set require_removed = false in the privacy file",
            )


Clean = set[tuple[int, bytes]]
"""Elements that said nothing about a person, by tag and bytes: those of a series mostly recur."""


def examine(elements: Elements, privacy: Privacy, clean: Clean | None = None) -> Identity:
    """What a data set says about a person. What is in `clean` is not looked at again."""
    found, rules, known = Identity(), _rules(), clean if clean is not None else set()
    found.removed = "YES" in elements.texts(IDENTITY_REMOVED)
    for tag, vr in elements.representations():
        if not (vr in _TELLING or tag in rules) or tag >> 16 & 1:
            continue
        raw = elements.raw(tag)
        if raw is not None and (tag, raw) in known:
            continue
        before = len(found.reasons) + len(found.secrets)
        _look(found, elements, tag, vr, privacy)
        if raw is not None and before == len(found.reasons) + len(found.secrets):
            known.add((tag, raw))
    return found


def _look(found: Identity, elements: Elements, tag: int, vr: str, privacy: Privacy) -> None:
    if tag in _rules():
        _judge(found, elements, tag, privacy)
    elif vr == "PN":
        _person(found, elements, tag, privacy)
    elif elements.may_name(tag):
        for item in elements.items(tag):
            _below(found, item, privacy, 1)


def _below(found: Identity, item: Elements, privacy: Privacy, depth: int) -> None:
    """Persons in the items of a sequence, as deep as they go."""
    for tag, vr in item.representations():
        if tag >> 16 & 1:
            continue
        if vr == "PN":
            _person(found, item, tag, privacy)
        elif vr == "SQ" and depth < MAX_DEPTH:
            for inner in item.items(tag):
                _below(found, inner, privacy, depth + 1)
        elif tag in _rules():
            keyword, _ = _rules()[tag]
            _keep(found, keyword, item.texts(tag), privacy)


def _person(found: Identity, elements: Elements, tag: int, privacy: Privacy) -> None:
    texts = [t for t in elements.texts(tag) if not privacy.is_placeholder(t)]
    if texts:
        found.reasons[_where(tag), "PN"] = None
        _keep(found, _where(tag), texts, privacy)


def _judge(found: Identity, elements: Elements, tag: int, privacy: Privacy) -> None:
    keyword, rule = _rules()[tag]
    texts = [t for t in elements.texts(tag) if not privacy.is_placeholder(t)]
    where = f"{keyword} {shown(tag)}"
    if rule == "pseudonym":
        bad = [t for t in texts if not privacy.is_pseudonym(t)]
        if bad:
            found.reasons[where, rule] = None
        if bad or tag == _NAME:
            _keep(found, where, bad, privacy)
        return
    if rule == "birth date":
        texts = [t for t in texts if t not in privacy.birth_dates]
    held = texts or (rule == "refuse" and elements.items(tag))
    if held and rule != "secret":
        found.reasons[where, rule] = None
    _keep(found, where, texts, privacy)
    for item in elements.items(tag):
        for inner in item.tags():
            _keep(found, where, item.texts(inner), privacy)


def _keep(found: Identity, where: str, texts: list[str] | tuple[str, ...], privacy: Privacy) -> None:
    for text in texts:
        if not privacy.is_placeholder(text):
            found.secrets[text] = where


def _where(tag: int) -> str:
    from pydicom.datadict import keyword_for_tag

    return f"{keyword_for_tag(tag) or 'an element'} {shown(tag)}"


# --- the gate of what gets out ------------------------------------------------------------------


def words(text: str) -> tuple[str, ...]:
    """A text as words without case, accents and punctuation."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(c for c in folded if not unicodedata.combining(c))
    return tuple(re.findall(r"\w+", bare.replace("_", " ")))


def leaks(secrets: dict[str, str], literals: set[str]) -> list[str]:
    """Where the identity stood that turns up in one of `literals`, as whole words in order.

    UIDs are left out: makers build them of serial numbers and times (docs/explanation/privacy.md).
    """
    wanted: dict[tuple[str, ...], str] = {}
    for secret, where in secrets.items():
        parts = [secret, *re.split(r"[\^=]", secret)]
        for part in parts:
            found = words(part)
            if sum(map(len, found)) >= _SHORTEST:
                wanted.setdefault(found, where)
    if not wanted:
        return []
    longest = max(map(len, wanted))
    hit: dict[str, None] = {}
    for literal in literals:
        said = words(_UID.sub(" ", literal))
        for start in range(len(said)):
            for end in range(start + 1, min(start + longest, len(said)) + 1):
                found_in = wanted.get(said[start:end])
                if found_in is not None:
                    hit[found_in] = None
    return list(hit)
