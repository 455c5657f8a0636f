"""Rules for settings and measures of events and of their X-ray sources."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from ontomedirad.descriptor.leaf import canonical_digits
from ontomedirad.dicom.trees import Item
from ontomedirad.translation.dicom import vocabulary as tables
from ontomedirad.translation.dicom.equipment import filters
from ontomedirad.translation.dicom.owners import Concept, Owner
from ontomedirad.translation.dicom.roles.common import methods, quantity, unit_of
from ontomedirad.vocabulary import term

if TYPE_CHECKING:
    from ontomedirad.translation.dicom.report import Report

_AVERAGED = {"dcm:113733", "dcm:113734"}
"""Settings of several X-ray sources whose mean stands for the event: voltage and mean current."""


def setting(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """A setting of the event, or of one of its X-ray sources."""
    graph = report.graph
    if owner.kind == "source":
        node = quantity(report, owner.node + owner.event, item, concept.term)
        if node is not None:
            graph.say(node, "om:is_device_setting_of", owner.node)
            _configures(report, owner, node)
            told = report.sourced.setdefault(owner.event or owner.node, {})
            told.setdefault(concept.term, []).append((node, item.value, unit_of(item)))
        return
    of = owner.node if owner.kind == "filter" else owner.event or owner.node
    node = quantity(report, of, item, concept.term)
    if node is None:
        return
    graph.say(node, "om:is_device_setting_of", owner.node if owner.kind == "filter" else owner.scanner or of)
    graph.link("setting", owner.event or owner.node, node)
    _configures(report, owner, node)


def _configures(report: Report, owner: Owner, node: str) -> None:
    if owner.protocol:
        report.graph.link("part of", node, owner.protocol, prov=False)


def settle(report: Report) -> None:
    """End the report: an event has the settings of its only source, or the means over its sources.

    With several sources each keeps its own, and the event has them as settings of a source; so no
    voltage is paired with the current of another tube.
    """
    graph = report.graph
    for event, told in report.sourced.items():
        several = max(map(len, told.values())) > 1
        for class_, rows in told.items():
            for node, _, _ in rows:
                graph.link("source setting" if several else "setting", event, node)
            if several and class_ in _AVERAGED:
                _mean(report, event, class_, rows)


def _mean(report: Report, event: str, class_: str, rows: list[tuple[str, str, str]]) -> None:
    try:
        numbers = [Decimal(value) for _, value, _ in rows]
    except InvalidOperation:
        return
    if len({unit for _, _, unit in rows}) > 1 or not all(n.is_finite() for n in numbers):
        return
    graph = report.graph
    mean = canonical_digits(float(sum(numbers) / len(numbers)))
    made = graph.quantity(
        (event, "mean of sources"), (class_, "om:mean"), mean, rows[0][2], graph.places[rows[0][0]]
    )
    if made is not None:
        graph.link("setting", event, made)
        for node, _, _ in rows:
            graph.link("rests on", made, node)


def coded_setting(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """A setting that is one of a list."""
    graph = report.graph
    for class_ in tables.value(concept.list, str(item.code)):
        node = graph.names.name("setting", owner.event or owner.node, class_)
        graph.thing(node, class_, at=item.path)
        graph.link("setting", owner.event or owner.node, node)


def measure(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """A quantity that is about the individual around it."""
    node = quantity(report, owner.node, item, concept.term)
    if node is not None:
        report.graph.say(node, "om:is_about", owner.node)
        methods(report, node, item, "size method")


def count(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """A whole number under a property."""
    if item.value.isdecimal():
        report.graph.say(owner.node, concept.term, f'"{int(item.value)}"^^{term("xsd:integer")}')


def sources(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """How many X-ray sources the scanner used."""
    if item.value.isdecimal() and owner.scanner:
        report.graph.say(owner.scanner, concept.term, f'"{int(item.value)}"^^{term("xsd:integer")}')


def modulation(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """Whether the tube current was modulated, and by what the maker calls it."""
    graph = report.graph
    event = owner.event or owner.node
    for class_ in tables.value(concept.list, item.value)[:1]:
        node = graph.names.name("modulation", event)
        graph.thing(node, class_, at=item.path)
        graph.literal(node, "om:has_name", item.value)
        graph.link("setting", event, node)
        _configures(report, owner, node)


def algorithm(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """The algorithm of the reconstruction that followed the event."""
    graph = report.graph
    event = owner.event or owner.node
    for class_ in tables.value(concept.list, str(item.code)):
        made = graph.names.name("reconstruction", event)
        graph.process(made, "om:CT_image_reconstruction", at=item.path)
        graph.link("part of process", made, report.subjects.study)
        method = graph.names.name("method", made, class_)
        graph.thing(method, class_, "prov:Plan", at=item.path)
        graph.link("method", made, method)


def plane(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """The plane of a biplane machine that an event belongs to."""
    if owner.kind == "event":
        coded_setting(report, owner, item, concept)


def material(report: Report, owner: Owner, item: Item, concept: Concept) -> None:
    """What a filter is made of."""
    if owner.kind == "filter":
        filters(report.graph, owner.node, owner.scanner or owner.event, owner.event, [str(item.code)])
