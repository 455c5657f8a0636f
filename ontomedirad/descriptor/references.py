"""Rules that the schema cannot say: references, agreement, plausibility.

R1 to R21 are what the wire format should have demanded. A rule is at *must* where breaking it
makes the graph wrong: values of unknown origin, or one individual out of two. A block class
with a row in `DECLARED` is under both general rules: what is referred to is declared, and what
is declared twice agrees.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from ontomedirad.descriptor.block import Block
from ontomedirad.descriptor.data import DICOMData, GeometricalTransformation, NonDICOMData
from ontomedirad.descriptor.facts import Facts, Mention, facts_of, key, key_of
from ontomedirad.descriptor.monte_carlo import VoxelBasedDistributionOfAbsorbedDoseType
from ontomedirad.descriptor.nearest import nearest
from ontomedirad.descriptor.phantoms import (
    ColdInsert,
    HotInsert,
    NMPhantom,
    ROIInSPECT,
    Tank,
    VOIInCT,
    VOIInSPECT,
)
from ontomedirad.descriptor.planar import ROI
from ontomedirad.descriptor.read import Document
from ontomedirad.descriptor.regions import VOI, Segmentation
from ontomedirad.descriptor.rulebook import Break, Rule
from ontomedirad.descriptor.treatment import TimePointDescriptionElement
from ontomedirad.report import Finding, Level
from ontomedirad.settings import Settings

MAX_FINDINGS = 1000
"""A rule that is broken more often is told this often."""


@dataclass(frozen=True, slots=True)
class Declared:
    """How a block class is called, and the rules of its references and its agreement.

    `others` are classes that share one set of identifiers with it; `apart` are fields whose agreement
    has a rule of its own, by code.
    """

    block: type[Block]
    word: str
    referred: str
    agrees: str
    others: tuple[type[Block], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()

    def known(self, facts: Facts) -> dict[str, list[Mention]]:
        """All declarations by key."""
        found: dict[str, list[Mention]] = {}
        for block in (self.block, *self.others):
            for text, mentions in facts.declared(block).items():
                found.setdefault(text, []).extend(mentions)
        return found


DECLARED = (
    Declared(VOI, "VOI", "R1", "R2"),
    Declared(ROI, "ROI", "R3", "R3"),
    Declared(TimePointDescriptionElement, "time point", "R4", "R4"),
    Declared(GeometricalTransformation, "transformation", "R5", "R5"),
    Declared(Segmentation, "segmentation", "R6", "R6"),
    Declared(NonDICOMData, "file", "R10", "R7", apart=(("R8", "fhir_identifier"),)),
    Declared(VoxelBasedDistributionOfAbsorbedDoseType, "dose map", "R10", "R10"),
    Declared(VOIInCT, "VOI in CT", "R1", "R2"),
    Declared(VOIInSPECT, "VOI in SPECT", "R1", "R2"),
    Declared(ROIInSPECT, "ROI of a phantom", "R3", "R3"),
    Declared(HotInsert, "part of the phantom", "R11", "R11", (ColdInsert, Tank)),
    Declared(NMPhantom, "phantom", "R11", "R11"),
    Declared(DICOMData, "DICOM series", "", "R14"),
)


def _undeclared(row: Declared) -> Callable[[Facts, Settings], Iterator[Break]]:
    def find(facts: Facts, settings: Settings) -> Iterator[Break]:
        known = row.known(facts)
        for use in facts.uses.get(row.block.__name__, ()):
            if use.key in known:
                continue
            near = nearest(use.key, known)
            yield Break(
                f"{use.field.item or use.field.tag} names a {row.word} that this file does not declare",
                facts.place(use.model, use.field.name, use.index),
                f"declare the {row.word}, or correct its identifier"
                + (f": the nearest {row.word} is declared at the place shown" if near else ""),
                (facts.place(known[near][0].model, row.block.meaning.key[0]),) if near else (),
            )

    return find


def _contradicted(row: Declared, fields: frozenset[str]) -> Callable[[Facts, Settings], Iterator[Break]]:
    def find(facts: Facts, settings: Settings) -> Iterator[Break]:
        for mentions in row.known(facts).values():
            first = mentions[0]
            for later in mentions[1:]:
                if type(later.model) is not type(first.model):
                    yield Break(
                        f"this identifier stands for two parts: each {row.word} needs one of its own",
                        facts.place(later.model, later.model.meaning.key[0]),
                        "give one of them another identifier",
                        (facts.place(first.model, first.model.meaning.key[0]),),
                    )
                    continue
                if later.model.__dict__ == first.model.__dict__:
                    continue
                for name in disagree(first.model, later.model):
                    if name not in fields:
                        continue
                    tag = type(later.model).plan().by_name[name].tag
                    yield Break(
                        f"this {row.word} is declared again with another {tag}",
                        facts.place(later.model, name),
                        "make both declarations agree, or give one another identifier",
                        (facts.place(first.model, name),),
                    )

    return find


def disagree(first: Block, later: Block) -> Iterator[str]:
    """Fields that two declarations of one thing state differently; what one leaves out is no conflict."""
    for field in type(first).plan().fields:
        one, two = (_comparable(getattr(m, field.name)) for m in (first, later))
        if one is not None and two is not None and one != two:
            yield field.name


def _comparable(value: Any) -> Any:
    if isinstance(value, Block):
        return None
    if isinstance(value, list):
        return sorted((key_of(v) or "") if isinstance(v, Block) else key(v) for v in value if v is not None)
    return None if value is None else key(value)


def general_rules() -> list[Rule]:
    """A rule for what is referred to, and one for what is declared twice, for each class."""
    rules = []
    for row in DECLARED:
        if row.referred:
            says = f"Every {row.word} that is referred to is declared in the file."
            rules.append(Rule(row.referred, Level.must, says, _undeclared(row)))
        own = frozenset(name for _, name in row.apart)
        names = frozenset(n for b in (row.block, *row.others) for n in b.plan().names)
        says = f"A {row.word} declared again agrees with its first declaration."
        rules.append(Rule(row.agrees, Level.must, says, _contradicted(row, names - own)))
        for code, name in row.apart:
            says = f"A {row.word} has one {row.block.plan().by_name[name].tag}."
            rules.append(Rule(code, Level.must, says, _contradicted(row, frozenset({name}))))
    return rules


def refer(document: Document, settings: Settings | None = None) -> Iterator[Finding]:
    """All findings of all rules; works on what could be read of a document that the schema refuses."""
    from ontomedirad.descriptor.rules import RULES

    facts, chosen = facts_of(document), settings or Settings()
    for rule in (*general_rules(), *RULES):
        for b in islice(rule.find(facts, chosen), MAX_FINDINGS):
            yield Finding(rule.level, rule.code, b.message, b.place, b.hint, b.also)


__all__ = ["Break", "Mention", "Rule", "general_rules", "refer"]
