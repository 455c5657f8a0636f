"""Documents of former versions of the wire format, read as the current version says the same.

    judged = judge(read("2018.xml"))   # upgraded where the schema refuses it and steps fit
    judged.document.version            # 108
    judged.findings                    # what was done, and what still is wrong, at the source's places
    to_current_xml(judged.document)

A document is upgraded only where the current schema refuses it, and by steps that fit nothing
that the schema accepts: so what was once translated keeps its identity when steps are added.
Nothing is made up: where a former form lacks what the current one demands, it is refused.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from ontomedirad.descriptor import schema
from ontomedirad.descriptor.read import Document
from ontomedirad.descriptor.upgrade import monte_carlo, words
from ontomedirad.descriptor.upgrade.draft import Draft, Outcome, Refused, Step
from ontomedirad.descriptor.xsd import SCHEMA_VERSION
from ontomedirad.report import Finding, Level

STEPS: tuple[Step, ...] = (*words.STEPS, *monte_carlo.STEPS)
"""Every step, in the order in which they are applied."""

MAX_FINDINGS = 1000
"""A document is upgraded whole; of what was done, this much is told."""

_HINT = "ontomedirad upgrade writes the document in the current form"
_LONGEST_VERSION = 9


@dataclass(frozen=True, slots=True)
class Judged:
    """A document in the current form where that is possible, and what the schema says of it."""

    document: Document
    obeys: bool
    findings: tuple[Finding, ...]


def judge(document: Document) -> Judged:
    """The schema's judgement of a document, which is upgraded first where the schema refuses it.

    Findings of what was done are at *may*; at *must* are those of the schema, and of what cannot be
    said in the current form. Their places are those of the source.
    """
    broken = schema.judge(document)
    former = broken and not schema.wrong_root(document)
    upgraded, done = upgrade(document) if former else (document, [])
    if upgraded is document:
        return Judged(document, not broken, tuple(broken))
    reasons = {f.place for f in done if f.level is Level.must}
    broken = schema.judge(upgraded)
    told = [f for f in broken if f.place not in reasons]
    return Judged(upgraded, not broken and not reasons, (*done, *told))


def upgrade(document: Document) -> tuple[Document, list[Finding]]:
    """The document as the steps leave it, and what they did; itself where none fits.

    A document that says it is of the current version is left as it is.
    """
    if _is_current(document.version):
        return document, []
    draft = Draft(document)
    told: list[Finding] = []
    for step in STEPS:
        found = step.found(draft)
        told += [_finding(document, step, *one) for one in islice(found, max(0, MAX_FINDINGS - len(told)))]
        told += [_finding(document, step, *one) for one in found if isinstance(one[1], Refused)]
    if not told:
        return document, []
    version = str(SCHEMA_VERSION)
    upgraded = Document(draft.root, document.name, version, document.source_hash, document, draft.origins)
    return upgraded, told


def _is_current(version: str) -> bool:
    """Whether a document says that it is of the current version, or of a later one."""
    digits = version.lstrip("0")
    return len(digits) > _LONGEST_VERSION or int(digits or "0") >= SCHEMA_VERSION


def _finding(document: Document, step: Step, element: etree._Element, outcome: Outcome) -> Finding:
    level = Level.must if isinstance(outcome, Refused) else Level.may
    return Finding(level, step.code, outcome.message, document.place(element), outcome.hint or _HINT)


def to_current_xml(document: Document) -> bytes:
    """A document as a file that states the current version, indented.

    Comments are left out, and so is where a schema lies, which may be a former one.
    """
    root = deepcopy(document.tree)
    for name in [*root.attrib]:
        del root.attrib[name]  # the schema allows none but schema locations
    root.insert(0, etree.Comment(f"VersionSchemas : {SCHEMA_VERSION}"))
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


__all__ = ["STEPS", "Judged", "Step", "judge", "to_current_xml", "upgrade"]
