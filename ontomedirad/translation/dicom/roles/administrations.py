"""Rules for the administration of radiopharmaceuticals."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ontomedirad.dicom.trees import Item
from ontomedirad.translation.dicom import vocabulary as tables
from ontomedirad.translation.dicom.administration import Administration
from ontomedirad.translation.dicom.owners import ADMINISTRATION_UID, Concept, Owner
from ontomedirad.translation.dicom.roles.common import unit_of

if TYPE_CHECKING:
    from ontomedirad.translation.dicom.report import Report

_AGENT = ("SCT:349358000", "SRT:F-61FDB", "SRT:C-B02C9")
_NUCLIDE = ("SCT:89457008", "SRT:C-10072")
_INTENT = ("SCT:363703001", "SRT:G-C0E8")


def administration(report: Report, item: Item, owner: Owner, row: dict[str, str]) -> Owner:
    """The administration that a container speaks of."""
    uid = item.find(ADMINISTRATION_UID)
    begun = item.find("DCM:123003")
    agent = next((i for k in _AGENT if (i := item.find(k)) is not None), None)
    made = Administration(report.graph, report.subjects)
    when = begun.value if begun is not None else ""
    node = made.begin(
        uid.value if uid else "", str(agent.code) if agent is not None else "", when[:8], when[8:], item.path
    )
    if uid is None:
        report.graph.tell("dicom-no-event-uid", "has no event UID: images and report may not meet", item.path)
    report.events[node] = None
    _treats(report, node)
    return replace(owner, kind="administration", node=node, event=node, administration=node, container=item)


def _treats(report: Report, node: str) -> None:
    """With therapeutic intent, the administration is part of an internal radiotherapy of the patient."""
    graph = report.graph
    said = [i for i in report.tree.below() if i.name in _INTENT and i.code is not None]
    for class_ in dict.fromkeys(c for i in said for c in tables.value("intent", str(i.code))):
        treatment = graph.names.name("radiotherapy", node)
        graph.process(treatment, class_, at=said[0].path)
        graph.say(treatment, "om:treats", report.subjects.patient)
        graph.link("part of process", node, treatment)
        graph.link("part of process", treatment, report.subjects.study)
        report.subjects.plays_in(treatment)


def _of(report: Report, owner: Owner) -> Administration:
    made = Administration(report.graph, report.subjects)
    made.node = owner.administration or owner.node
    return made


def agent(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """What was given."""
    if item.code is not None and owner.administration:
        _of(report, owner).agent(item.code, item.path)


def radionuclide(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """What decays."""
    if item.code is not None and owner.administration:
        _of(report, owner).radionuclide(item.code, item.path)


def half_life(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """The half-life of the radionuclide that stands with it."""
    agent = next((i for k in _AGENT if (i := owner.container.find(k)) is not None), owner.container)
    nuclide = next((i for k in _NUCLIDE if (i := agent.find(k) or owner.container.find(k)) is not None), None)
    if item.value and owner.administration:
        codes = [nuclide.code] if nuclide is not None and nuclide.code is not None else []
        _of(report, owner).half_life(item.value, unit_of(item), codes, item.path)


def activity(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """An activity of the administration; those measured before and after it have their time."""
    if not item.value:
        return
    node = _of(report, owner).measure(concept.term, item.value, unit_of(item), item.path)
    if node is None or concept.term not in ("dcm:113508", "dcm:113509"):
        return
    told = next((c.value for c in item.children if c.type == "DATETIME"), "")
    begun = owner.container.find("DCM:123003")
    when = told or (begun.value if begun is not None else "")
    if report.graph.privacy.keep_dates:
        report.graph.literal(node, "om:has_measurement_date_and_time", when)


def route(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """How it was given."""
    if item.code is not None and owner.administration:
        _of(report, owner).route(item.code, item.path)
