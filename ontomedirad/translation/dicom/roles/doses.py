"""Rules for doses: of events, accumulated, effective, of organs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ontomedirad.dicom.trees import Item
from ontomedirad.translation.dicom import vocabulary as tables
from ontomedirad.translation.dicom.owners import Concept, Owner
from ontomedirad.translation.dicom.roles.common import LATERALITY, methods, quantity, unit_of

if TYPE_CHECKING:
    from ontomedirad.translation.dicom.report import Report

_PHANTOM = "DCM:113835"
_SITE = ("SCT:363698007", "SRT:G-C0E3")


def _phantoms(report: Report, dose: str, item: Item, container: Item) -> None:
    """The phantom that a dose is for: told below it, or else beside it."""
    told = item.find(_PHANTOM) or container.find(_PHANTOM)
    for class_ in tables.value("phantom", str(told.code)) if told is not None else ():
        report.graph.say_class(dose, "om:estimated_from_phantom", class_)


def dose(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """A dose of an irradiation event."""
    node = quantity(report, owner.event or owner.node, item, concept.term)
    if node is None:
        return
    graph = report.graph
    graph.say(report.node, "om:has_dose", node)
    graph.link("patient", node, report.subjects.patient)
    if owner.event:
        graph.say(node, "om:is_about_irradiation_event", owner.event)
    _phantoms(report, node, item, owner.container)
    methods(report, node, item, "size method")


def total(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """An accumulated dose: of this report, so that no total is counted for another."""
    graph = report.graph
    node = quantity(report, owner.accumulated, item, concept.term)
    if node is not None:
        graph.say(report.node, "om:has_dose", node)
        graph.say(node, "om:is_about_irradiation_event", owner.accumulated)
        graph.link("patient", node, report.subjects.patient)
        _phantoms(report, node, item, owner.container)


def estimate(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """A dose that was expected before the irradiation: no dose of the report."""
    node = quantity(report, owner.event or owner.node, item, concept.term)
    if node is not None:
        report.graph.say(node, "om:is_about", owner.event or owner.node)
        report.graph.link("patient", node, report.subjects.patient)


def effective(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """An effective dose of the patient, with the method that it was evaluated by."""
    node = quantity(report, owner.event or owner.node, item, concept.term)
    if node is None:
        return
    graph = report.graph
    graph.say(report.node, "om:has_dose", node)
    graph.say(node, "om:is_effective_dose_received_by", report.subjects.patient)
    if owner.event:
        graph.say(node, "om:is_about_irradiation_event", owner.event)
    graph.link("patient", node, report.subjects.patient)
    methods(report, node, item, "effective dose method")
    _authority_below(report, node, item)


def organ_dose(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """A dose absorbed by an organ: the finding site beside it, or else below it."""
    graph, subjects = report.graph, report.subjects
    site = next((i for k in _SITE for i in (owner.container.find(k), item.find(k)) if i is not None), None)
    side_item = next(
        (
            i
            for k in LATERALITY
            for p in (owner.container, site, item)
            if p is not None and (i := p.find(k)) is not None
        ),
        None,
    )
    side = next(iter(tables.value("laterality", str(side_item.code))), "") if side_item else ""
    organs = []
    key: tuple[str, ...] = (owner.event or owner.node, item.path)
    if site is not None and site.code is not None:
        found = tables.regions(site.code, side)
        if not found:
            graph.tell("dicom-region", "holds a code that the table of regions lacks", site.path)
        organs = [subjects.organ(m.class_, side, site.path) for m in found]
        key = (owner.event or owner.node, str(site.code), side)
    if not item.value:
        return
    node = graph.quantity(key, (concept.term,), item.value, unit_of(item), item.path)
    if node is None:
        return
    graph.say(report.node, "om:has_dose", node)
    graph.link("patient", node, subjects.patient)
    for organ in organs:
        graph.link("absorbed by", node, organ)
    if owner.event:
        graph.say(node, "om:is_about_irradiation_event", owner.event)
    if owner.kind == "estimation":
        graph.link("output", owner.node, node)
    _authority_below(report, node, item)


def _authority_below(report: Report, node: str, item: Item) -> None:
    graph = report.graph
    for child in item.children:
        if child.name == "DCM:121406":
            said = str(child.code) if child.code else child.value
            found = tables.value("reference authority", said)
            for class_ in found:
                graph.say_class(node, "om:is_about", class_)
            if not found:
                graph.literal(node, "om:has_method_name", child.value)
