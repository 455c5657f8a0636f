"""Rules for what events and reports are: kinds, regions, times, scopes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ontomedirad.dicom.trees import Item
from ontomedirad.translation.dicom import vocabulary as tables
from ontomedirad.translation.dicom.owners import Concept, Owner
from ontomedirad.translation.dicom.roles.common import LATERALITY

if TYPE_CHECKING:
    from ontomedirad.translation.dicom.report import Report


def kind(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """A further class of the individual."""
    found = tables.value(concept.list, str(item.code))
    for class_ in found:
        if class_:
            report.graph.type(owner.node, class_)
    if not found and owner.kind == "event" and concept.list == "CT acquisition type":
        report.graph.type(owner.node, "om:CT_acquisition")
        report.graph.leave(item.name)


def region(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """The region that the event is directed at, on its side."""
    if item.code is None:
        return
    told = next((i for k in LATERALITY if (i := item.find(k)) is not None), None)
    side = next(iter(tables.value("laterality", str(told.code))), "") if told is not None else ""
    report.subjects.region(owner.node, [item.code], side, item.path)


def identifier(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """A text or UID under a property."""
    report.graph.literal(owner.node, concept.term, item.value)


def beginning(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """When an event began; the administration's is said with its name."""
    if owner.kind != "administration":
        report.graph.begins(owner.node, item.value[:8], item.value[8:])


def end(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """When an event ended."""
    report.graph.ends(owner.node, item.value[:8], item.value[8:])


def accumulated_beginning(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """The interval of the whole report is that of its accumulated event, not of each event."""
    report.accumulates(report.accumulated, item.path)
    report.graph.begins(report.accumulated, item.value[:8], item.value[8:])


def accumulated_end(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """See `accumulated_beginning`."""
    report.accumulates(report.accumulated, item.path)
    report.graph.ends(report.accumulated, item.value[:8], item.value[8:])


def scope(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """What the totals are accumulated over; the patient is the patient of that."""
    scope = report.scope(item.code, item)
    if not scope:
        report.graph.leave(item.name)
        return
    report.graph.say(report.node, "om:has_scope_of_accumulation", scope)
    report.subjects.plays_in(scope)


def source_of_dose(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """The act of collecting doses that the report came of."""
    graph = report.graph
    for class_ in tables.value(concept.list, str(item.code)):
        act = graph.names.name("collecting_doses", report.node, class_)
        graph.process(act, class_, at=item.path)
        graph.link("output", act, report.node, prov=class_ == _first_source(report))


def _first_source(report: Report) -> str:
    """An entity has one generation: the first act that made it."""
    for item in report.tree.children:
        if item.name == "DCM:113854":
            for class_ in tables.value("source of dose", str(item.code)):
                return class_
    return ""


def protocol(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """The name of the protocol, where the deployment's list allows it."""
    if report.graph.privacy.allows(item.value):
        if owner.protocol:
            report.graph.literal(owner.protocol, "om:has_name", item.value)
    else:
        report.graph.leave(item.name)


def repeated(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """An acquisition that was done again; only "yes" says so (CID 230)."""
    if item.code is not None and item.code.value in ("373066001", "R-0038D"):
        report.graph.type(owner.event or owner.node, concept.term)


def reason(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """Why an acquisition was done again."""
    graph = report.graph
    for class_ in tables.value(concept.list, str(item.code)):
        node = graph.process(graph.names.name("reason", owner.node, class_), class_, at=item.path)
        graph.say(owner.event or owner.node, concept.term, node)


def told_elsewhere(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """Read with the individual that it belongs to."""
