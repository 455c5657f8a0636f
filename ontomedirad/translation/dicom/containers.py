"""What the items of a report speak of: the individuals of its containers, by `containers.tsv`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from ontomedirad.dicom.trees import Item
from ontomedirad.translation.dicom.owners import ADMINISTRATION_UID, EVENT_UID, Owner, containers
from ontomedirad.translation.dicom.roles.administrations import administration
from ontomedirad.translation.dicom.subjects import Device, irradiation_event

if TYPE_CHECKING:
    from ontomedirad.translation.dicom.report import Report

_DEVICE = ("DCM:121012", "DCM:121014", "DCM:121015", "DCM:121016")
_PARTICIPANT = ("DCM:121012", "DCM:113878", "DCM:113879", "DCM:113880")


def enter(report: Report, item: Item, owner: Owner) -> Owner:
    """The owner of the items of a container; an unknown one leaves its items to the owner around."""
    row = containers().get(item.name)
    makes = row["makes"] if row else ""
    if not makes and item.find(EVENT_UID) is not None:
        makes = "event"
    elif not makes and item.find(ADMINISTRATION_UID) is not None:
        makes = "administration"
    around = replace(owner, container=item)
    return MAKES[makes](report, item, around, row or {"class": "", "key": ""}) if makes else around


def machine_of(report: Report, item: Item) -> Device | None:
    """The machine that an event names itself, or else the report."""
    own = item.find("DCM:113876")
    for place, keys in (
        (own, _PARTICIPANT),
        (report.tree, _DEVICE),
    ):
        if place is None:
            continue
        found = [child.value if (child := place.find(key)) else "" for key in keys]
        if place is own:
            observed = report.tree.find("DCM:121012")
            found[0] = found[0] or (observed.value if observed else "")
        if any(found):
            return Device(report.graph, *found)
    text = report.header.text
    if text("Manufacturer") or text("DeviceUID"):
        return Device.of_header(report.graph, report.header)
    return None


def _event(report: Report, item: Item, owner: Owner, row: dict[str, str]) -> Owner:
    graph = report.graph
    told = item.find(EVENT_UID)
    uid = told.value if told else ""
    if uid:
        event = irradiation_event(graph, uid, item.path)
    else:
        event = graph.names.name("irradiation_event", report.uid, item.path)
        graph.process(event, "om:individual_irradiation_event", at=item.path)
    class_ = row["class"] or "om:individual_irradiation_event"
    graph.type(event, class_)
    graph.link("part of process", event, report.subjects.study)
    graph.link("part of process", event, report.accumulated)
    report.accumulates(report.accumulated, item.path)
    report.subjects.plays_in(event)
    report.events[event] = None
    protocol = graph.names.name("protocol", report.node, event)
    device = machine_of(report, item)
    scanner = ""
    if report.what.scanner and device is not None:
        scanner = device.scanner(report.what.scanner, event, item.path)
    if report.what.protocol:
        graph.thing(protocol, report.what.protocol, "prov:Plan", at=item.path)
        graph.link("method", event, protocol)
    sources = sum(i.name == "DCM:113831" for i in item.below())
    machine = device.node if device else ""
    return replace(
        owner,
        kind="event",
        node=event,
        event=event,
        scanner=scanner,
        device=machine,
        protocol=protocol,
        sources=sources,
    )


def _accumulated(report: Report, item: Item, owner: Owner, row: dict[str, str]) -> Owner:
    plane = item.find("DCM:113764")
    single = plane is None or plane.code is None or plane.code.value == "113622"
    node = report.accumulated
    if not single and plane is not None:
        node = report.graph.names.name("accumulated_event", report.uid, str(plane.code))
        report.graph.link("part of process", node, report.accumulated)
    report.accumulates(node, item.path)
    return replace(owner, kind="accumulated", node=node, accumulated=node)


def _source(report: Report, item: Item, owner: Owner, row: dict[str, str]) -> Owner:
    graph = report.graph
    told = item.find("DCM:113832")
    key = told.value if told and told.value else item.path
    machine = owner.scanner or owner.event
    node = graph.names.name("X-Ray_source", machine, key)
    graph.thing(node, row["class"], at=item.path)
    if owner.scanner:
        graph.link("part of", node, owner.scanner, prov=False)
        if owner.sources > 1:
            graph.type(owner.scanner, "om:multi_source_CT_scanner")
    graph.say(node, "om:used_as_instrument_in", owner.event or owner.node)
    return replace(owner, kind="source", node=node)


def _filter(report: Report, item: Item, owner: Owner, row: dict[str, str]) -> Owner:
    graph = report.graph
    node = graph.names.name("filter", owner.event or owner.node, item.path)
    graph.thing(node, row["class"], at=item.path)
    if owner.scanner:
        graph.link("part of", node, owner.scanner, prov=False)
    graph.say(node, "om:used_as_instrument_in", owner.event or owner.node)
    return replace(owner, kind="filter", node=node)


def _organ(report: Report, item: Item, owner: Owner, row: dict[str, str]) -> Owner:
    return owner


def _patient(report: Report, item: Item, owner: Owner, row: dict[str, str]) -> Owner:
    return replace(owner, kind="patient", node=report.subjects.patient)


def _estimation(report: Report, item: Item, owner: Owner, row: dict[str, str]) -> Owner:
    graph = report.graph
    node = graph.names.name("estimation", report.uid, item.path)
    graph.process(node, row["class"], at=item.path)
    graph.link("part of process", node, report.subjects.study)
    return replace(owner, kind="estimation", node=node)


def _model(report: Report, item: Item, owner: Owner, row: dict[str, str]) -> Owner:
    graph = report.graph
    node = graph.names.name("model", report.uid, item.path)
    graph.thing(node, row["class"], at=item.path)
    if owner.kind == "estimation":
        graph.link("input", owner.node, node)
    return replace(owner, kind="model", node=node)


Make = Callable[["Report", Item, Owner, dict[str, str]], Owner]

MAKES: dict[str, Make] = {
    "event": _event,
    "accumulated": _accumulated,
    "source": _source,
    "filter": _filter,
    "administration": administration,
    "organ": _organ,
    "patient": _patient,
    "estimation": _estimation,
    "model": _model,
}
"""What makes the individual of a container, by the column `makes` of containers.tsv."""
