"""Rules for the patient, and for estimates of the dose to the patient."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ontomedirad.dicom.trees import Item
from ontomedirad.translation.dicom import vocabulary as tables
from ontomedirad.translation.dicom.owners import Concept, Owner
from ontomedirad.translation.dicom.roles.common import quantity, unit_of
from ontomedirad.translation.dicom.roles.events import kind
from ontomedirad.translation.dicom.subjects import irradiation_event

if TYPE_CHECKING:
    from ontomedirad.translation.dicom.report import Report


def patient_measure(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """A quantity of the patient at the study; zero stands for unknown."""
    if item.value.strip("0.+ "):
        node = quantity(report, report.subjects.role, item, concept.term)
        if node is not None:
            report.subjects.about(node)


def patient_age(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """The age at the study."""
    report.subjects.aged(item.value, unit_of(item), item.path)


def patient_sex(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """Male or female."""
    report.subjects.sex(str(item.code))


def patient_state(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """A state of the patient, such as an obstructed kidney."""
    graph = report.graph
    for class_ in tables.value(concept.list, str(item.code)):
        node = graph.names.name("patient_state", report.subjects.role, class_)
        graph.type(node, class_)
        graph.mention(node, item.path)
        graph.say(node, "obo:BFO_0000052", report.subjects.patient)


def used_report(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """A report that an estimate rests on, known by its UID."""
    graph = report.graph
    if item.value and owner.kind == "estimation":
        node = graph.thing(graph.names.name("report", item.value), "obo:IAO_0000310", at=item.path)
        graph.literal(node, "om:has_DICOM_SOP_instance_UID", item.value)
        graph.link("input", owner.node, node)


def used_event(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """An irradiation event that an estimate is about."""
    if item.value and owner.kind == "estimation":
        event = irradiation_event(report.graph, item.value, item.path)
        report.graph.say(owner.node, "om:is_about_irradiation_event", event)


def method(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """The method of an estimate."""
    graph = report.graph
    for class_ in tables.value(concept.list, str(item.code)):
        node = graph.names.name("method", owner.node, class_)
        graph.thing(node, class_, "prov:Plan", at=item.path)
        graph.link("method", owner.node, node)


def model(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """Which model of the patient, or of radiation transport."""
    if owner.kind == "model":
        kind(report, owner, item, concept)
    elif owner.kind == "estimation":
        for class_ in tables.value(concept.list, str(item.code)):
            node = report.graph.names.name("model", owner.node, class_)
            report.graph.thing(node, class_, at=item.path)
            report.graph.link("input", owner.node, node)


def representation(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """A map or cloud that an estimate made."""
    for class_ in tables.value(concept.list, str(item.code)):
        node = report.graph.names.name("representation", owner.node, item.path)
        report.graph.thing(node, class_, at=item.path)
        if owner.kind == "estimation":
            report.graph.link("output", owner.node, node)
