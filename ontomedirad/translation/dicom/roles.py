"""What content items say of the individual around them: a rule for each role of `concepts.tsv`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from ontomedirad.descriptor.leaf import canonical_digits
from ontomedirad.dicom.trees import Item
from ontomedirad.translation import literals
from ontomedirad.translation.dicom import vocabulary as tables
from ontomedirad.translation.dicom.administration import Administration
from ontomedirad.translation.dicom.image import filters, irradiation_event
from ontomedirad.translation.dicom.report import ADMINISTRATION_UID, Concept, Owner, Report_, Sourced
from ontomedirad.vocabulary import term

_PHANTOM, _SITE, _SIDE = "DCM:113835", ("SCT:363698007", "SRT:G-C0E3"), ("SCT:272741003", "SRT:G-C171")
_AGENT, _NUCLIDE = ("SCT:349358000", "SRT:F-61FDB", "SRT:C-B02C9"), ("SCT:89457008", "SRT:C-10072")
_AVERAGED = {"dcm:113733", "dcm:113734"}
"""Settings of several X-ray sources whose mean stands for the event: voltage and mean current."""


def _unit(item: Item) -> str:
    return item.unit.value if item.unit else ""


def _quantity(report: Report_, owner: str, item: Item, class_: str, *more: str) -> str | None:
    """The quantity of a NUM item; an item without value says nothing."""
    if not item.value:
        return None
    return report.graph.quantity((owner,), (class_, *more), item.value, _unit(item), item.path)


# --- doses --------------------------------------------------------------------------------------


def _phantoms(report: Report_, dose: str, item: Item, container: Item) -> None:
    """The phantom that a dose is for: told below it, or else beside it."""
    told = item.find(_PHANTOM) or container.find(_PHANTOM)
    for class_ in tables.value("phantom", str(told.code)) if told is not None else ():
        report.graph.say_class(dose, "om:estimated_from_phantom", class_)


def _dose(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    """A dose of an irradiation event."""
    node = _quantity(report, owner.event or owner.node, item, concept.term)
    if node is None:
        return
    graph = report.graph
    graph.say(report.node, "om:has_dose", node)
    graph.link("patient", node, report.subjects.patient)
    if owner.event:
        graph.say(node, "om:is_about_irradiation_event", owner.event)
    _phantoms(report, node, item, owner.container)
    _methods(report, node, item, "size method")


def _methods(report: Report_, node: str, item: Item, list_: str) -> None:
    """The methods that stand below a value as codes."""
    graph = report.graph
    for child in item.children:
        for class_ in tables.value(list_, str(child.code)) if child.code else ():
            method = graph.names.name("method", node, class_)
            graph.thing(method, class_, "prov:Plan", at=child.path)
            graph.link("method", node, method)


def _total(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    """An accumulated dose: of this report, so that no total is counted for another."""
    graph = report.graph
    node = _quantity(report, owner.accumulated, item, concept.term)
    if node is not None:
        graph.say(report.node, "om:has_dose", node)
        graph.say(node, "om:is_about_irradiation_event", owner.accumulated)
        graph.link("patient", node, report.subjects.patient)
        _phantoms(report, node, item, owner.container)


def _estimate(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    """A dose that was expected before the irradiation: no dose of the report."""
    node = _quantity(report, owner.event or owner.node, item, concept.term)
    if node is not None:
        report.graph.say(node, "om:is_about", owner.event or owner.node)
        report.graph.link("patient", node, report.subjects.patient)


def _effective(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    """An effective dose of the patient, with the method that it was evaluated by."""
    node = _quantity(report, owner.event or owner.node, item, concept.term)
    if node is None:
        return
    graph = report.graph
    graph.say(report.node, "om:has_dose", node)
    graph.say(node, "om:is_effective_dose_received_by", report.subjects.patient)
    if owner.event:
        graph.say(node, "om:is_about_irradiation_event", owner.event)
    graph.link("patient", node, report.subjects.patient)
    _methods(report, node, item, "effective dose method")
    _authority_below(report, node, item)


def _organ_dose(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    """A dose absorbed by an organ: the finding site beside it, or else below it."""
    graph, subjects = report.graph, report.subjects
    site = next((i for k in _SITE for i in (owner.container.find(k), item.find(k)) if i is not None), None)
    side_item = next(
        (i for k in _SIDE for p in (owner.container, site, item) if p is not None and (i := p.find(k)) is not None), None
    )
    side = next(iter(tables.value("laterality", str(side_item.code))), "") if side_item else ""
    organs = []
    if site is not None and site.code is not None:
        found = tables.regions(site.code, side)
        if not found:
            graph.tell("dicom-region", "holds a code that the table of regions lacks", site.path)
        organs = [subjects.organ(m.class_, side, site.path) for m in found]
        key = (owner.event or owner.node, str(site.code), side)
    else:
        key = (owner.event or owner.node, item.path)
    if not item.value:
        return
    node = graph.quantity(key, (concept.term,), item.value, _unit(item), item.path)
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


def _authority_below(report: Report_, node: str, item: Item) -> None:
    graph = report.graph
    for child in item.children:
        if child.name == "DCM:121406":
            said = str(child.code) if child.code else child.value
            found = tables.value("reference authority", said)
            for class_ in found:
                graph.say_class(node, "om:has_protocol", class_) if False else graph.say_class(
                    node, "om:is_about", class_
                )
            if not found:
                graph.literal(node, "om:has_method_name", child.value)


# --- settings and measures ----------------------------------------------------------------------


def _setting(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    """A setting of the event, or of one of its X-ray sources."""
    graph = report.graph
    if owner.kind == "source":
        node = _quantity(report, owner.node + owner.event, item, concept.term)
        if node is not None:
            graph.say(node, "om:is_device_setting_of", owner.node)
            _configures(report, owner, node)
            told = report.sourced.setdefault(owner.event or owner.node, Sourced()).settings
            told.setdefault(concept.term, []).append((node, item.value, _unit(item)))
        return
    of = owner.node if owner.kind == "filter" else owner.event or owner.node
    node = _quantity(report, of, item, concept.term)
    if node is None:
        return
    graph.say(node, "om:is_device_setting_of", owner.node if owner.kind == "filter" else owner.scanner or of)
    graph.link("setting", owner.event or owner.node, node)
    _configures(report, owner, node)


def _configures(report: Report_, owner: Owner, node: str) -> None:
    if owner.protocol:
        report.graph.link("part of", node, owner.protocol, prov=False)


def settle(report: Report_) -> None:
    """End the report: an event has the settings of its only source, or the means over its sources.

    With several sources each keeps its own, and the event has them as settings of a source; so no
    voltage is paired with the current of another tube.
    """
    graph = report.graph
    for event, told in report.sourced.items():
        several = max(map(len, told.settings.values())) > 1
        for class_, rows in told.settings.items():
            for node, _, _ in rows:
                graph.link("source setting" if several else "setting", event, node)
            if several and class_ in _AVERAGED:
                _mean(report, event, class_, rows)


def _mean(report: Report_, event: str, class_: str, rows: list[tuple[str, str, str]]) -> None:
    try:
        numbers = [Decimal(value) for _, value, _ in rows]
    except InvalidOperation:
        return
    if len({unit for _, _, unit in rows}) > 1 or not all(n.is_finite() for n in numbers):
        return
    graph = report.graph
    mean = canonical_digits(float(sum(numbers) / len(numbers)))
    made = graph.quantity((event, "mean of sources"), (class_, "om:mean"), mean, rows[0][2], graph.places[rows[0][0]])
    if made is not None:
        graph.link("setting", event, made)
        for node, _, _ in rows:
            graph.link("rests on", made, node)


def _coded_setting(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    """A setting that is one of a list."""
    graph = report.graph
    for class_ in tables.value(concept.list, str(item.code)):
        node = graph.names.name("setting", owner.event or owner.node, class_)
        graph.thing(node, class_, at=item.path)
        graph.link("setting", owner.event or owner.node, node)


def _measure(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    """A quantity that is about the individual around it."""
    node = _quantity(report, owner.node, item, concept.term)
    if node is not None:
        report.graph.say(node, "om:is_about", owner.node)
        _methods(report, node, item, "size method")


def _count(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    """A whole number under a property."""
    if item.value.isdecimal():
        report.graph.say(owner.node, concept.term, f'"{int(item.value)}"^^{term("xsd:integer")}')


def _sources(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    """How many X-ray sources the scanner used."""
    if item.value.isdecimal() and owner.scanner:
        report.graph.say(owner.scanner, concept.term, f'"{int(item.value)}"^^{term("xsd:integer")}')


def _modulation(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    """Whether the tube current was modulated, and by what the maker calls it."""
    graph = report.graph
    event = owner.event or owner.node
    for class_ in tables.value(concept.list, item.value)[:1]:
        node = graph.names.name("modulation", event)
        graph.thing(node, class_, at=item.path)
        graph.literal(node, "om:has_name", item.value)
        graph.link("setting", event, node)
        _configures(report, owner, node)


def _algorithm(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
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


# --- kinds, places, times -----------------------------------------------------------------------


def _kind(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    """A further class of the individual."""
    found = tables.value(concept.list, str(item.code))
    for class_ in found:
        if class_:
            report.graph.type(owner.node, class_)
    if not found and owner.kind == "event" and concept.list == "CT acquisition type":
        report.graph.type(owner.node, "om:CT_acquisition")
        report.graph.leave(item.name)


def _region(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    """The region that the event is directed at, on its side."""
    if item.code is None:
        return
    told = next((i for k in _SIDE if (i := item.find(k)) is not None), None)
    side = next(iter(tables.value("laterality", str(told.code))), "") if told is not None else ""
    report.subjects.region(owner.node, [item.code], side, item.path)


def _laterality(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    """Read with the region or organ that it belongs to."""


def _identifier(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    report.graph.literal(owner.node, concept.term, item.value)


def _beginning(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    """When an event began; the administration's is said with its name."""
    if owner.kind != "administration":
        report.graph.begins(owner.node, item.value[:8], item.value[8:])


def _end(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    report.graph.ends(owner.node, item.value[:8], item.value[8:])


def _accumulated_beginning(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    """The interval of the whole report is that of its accumulated event, not of each event."""
    report.accumulates(report.accumulated, item.path)
    report.graph.begins(report.accumulated, item.value[:8], item.value[8:])


def _accumulated_end(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    report.accumulates(report.accumulated, item.path)
    report.graph.ends(report.accumulated, item.value[:8], item.value[8:])


def _plane(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    if owner.kind == "event":
        _coded_setting(report, owner, item, concept)


def _scope(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    """What the totals are accumulated over; the patient is the patient of that."""
    scope = report.scope(item.code, item)
    if not scope:
        report.graph.leave(item.name)
        return
    report.graph.say(report.node, "om:has_scope_of_accumulation", scope)
    report.subjects.plays_in(scope)


def _source_of_dose(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    """The act of collecting doses that the report came of."""
    graph = report.graph
    for class_ in tables.value(concept.list, str(item.code)):
        act = graph.names.name("collecting_doses", report.node, class_)
        graph.process(act, class_, at=item.path)
        graph.link("output", act, report.node, prov=class_ == _first_source(report))


def _first_source(report: Report_) -> str:
    """An entity has one generation: the first act that made it."""
    for item in report.tree.children:
        if item.name == "DCM:113854":
            for class_ in tables.value("source of dose", str(item.code)):
                return class_
    return ""


def _material(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    """What a filter is made of."""
    if owner.kind == "filter":
        filters(report.graph, owner.node, owner.scanner or owner.event, owner.event, [str(item.code)])


def _protocol(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    """The name of the protocol, where the deployment's list allows it."""
    if report.graph.privacy.allows(item.value):
        if owner.protocol:
            report.graph.literal(owner.protocol, "om:has_name", item.value)
    else:
        report.graph.leave(item.name)


def _repeated(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    if item.code is not None and item.code.value in ("373066001", "R-0038D"):
        report.graph.type(owner.event or owner.node, concept.term)


def _reason(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    graph = report.graph
    for class_ in tables.value(concept.list, str(item.code)):
        node = graph.process(graph.names.name("reason", owner.node, class_), class_, at=item.path)
        graph.say(owner.event or owner.node, concept.term, node)


# --- administrations ----------------------------------------------------------------------------


def administration(report: Report_, item: Item, owner: Owner) -> Owner:
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


def _treats(report: Report_, node: str) -> None:
    """With therapeutic intent, the administration is part of an internal radiotherapy of the patient."""
    graph = report.graph
    said = [i for i in report.tree.below() if i.name in ("SCT:363703001", "SRT:G-C0E8") and i.code is not None]
    for class_ in dict.fromkeys(c for i in said for c in tables.value("intent", str(i.code))):
        treatment = graph.names.name("radiotherapy", node)
        graph.process(treatment, class_, at=said[0].path)
        graph.say(treatment, "om:treats", report.subjects.patient)
        graph.link("part of process", node, treatment)
        graph.link("part of process", treatment, report.subjects.study)
        report.subjects.plays_in(treatment)


def _of(report: Report_, owner: Owner) -> Administration:
    made = Administration(report.graph, report.subjects)
    made.node = owner.administration or owner.node
    return made


def _agent(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    if item.code is not None and owner.administration:
        _of(report, owner).agent(item.code, item.path)


def _radionuclide(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    if item.code is not None and owner.administration:
        _of(report, owner).radionuclide(item.code, item.path)


def _half_life(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    agent = next((i for k in _AGENT if (i := owner.container.find(k)) is not None), owner.container)
    nuclide = next((i for k in _NUCLIDE if (i := agent.find(k) or owner.container.find(k)) is not None), None)
    if item.value and owner.administration:
        codes = [nuclide.code] if nuclide is not None and nuclide.code is not None else []
        _of(report, owner).half_life(item.value, _unit(item), codes, item.path)


def _activity(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    """An activity of the administration; those measured before and after it have their time."""
    if not item.value:
        return
    node = _of(report, owner).measure(concept.term, item.value, _unit(item), item.path)
    if node is None or concept.term not in ("dcm:113508", "dcm:113509"):
        return
    told = next((c.value for c in item.children if c.type == "DATETIME"), "")
    begun = owner.container.find("DCM:123003")
    when = told or (begun.value if begun is not None else "")
    if report.graph.privacy.keep_dates:
        report.graph.literal(node, "om:has_measurement_date_and_time", when)


def _route(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    if item.code is not None and owner.administration:
        _of(report, owner).route(item.code, item.path)


# --- patient, estimates -------------------------------------------------------------------------


def _patient_measure(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    """A quantity of the patient at the study; zero stands for unknown."""
    if item.value.strip("0.+ "):
        node = _quantity(report, report.subjects.role, item, concept.term)
        if node is not None:
            report.subjects.about(node)


def _patient_age(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    report.subjects.aged(item.value, _unit(item), item.path)


def _patient_sex(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    report.subjects.sex(str(item.code))


def _patient_state(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    graph = report.graph
    for class_ in tables.value(concept.list, str(item.code)):
        node = graph.names.name("patient_state", report.subjects.role, class_)
        graph.type(node, class_)
        graph.mention(node, item.path)
        graph.say(node, "obo:BFO_0000052", report.subjects.patient)


def _used_report(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    """A report that an estimate rests on, known by its UID."""
    graph = report.graph
    if item.value and owner.kind == "estimation":
        node = graph.thing(graph.names.name("report", item.value), "obo:IAO_0000310", at=item.path)
        graph.literal(node, "om:has_DICOM_SOP_instance_UID", item.value)
        graph.link("input", owner.node, node)


def _used_event(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    if item.value and owner.kind == "estimation":
        event = irradiation_event(report.graph, item.value, item.path)
        report.graph.say(owner.node, "om:is_about_irradiation_event", event)


def _method(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    graph = report.graph
    for class_ in tables.value(concept.list, str(item.code)):
        node = graph.names.name("method", owner.node, class_)
        graph.thing(node, class_, "prov:Plan", at=item.path)
        graph.link("method", owner.node, node)


def _model(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    """Which model of the patient, or of radiation transport."""
    if owner.kind == "model":
        _kind(report, owner, item, concept)
    elif owner.kind == "estimation":
        for class_ in tables.value(concept.list, str(item.code)):
            node = report.graph.names.name("model", owner.node, class_)
            report.graph.thing(node, class_, at=item.path)
            report.graph.link("input", owner.node, node)


def _representation(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    for class_ in tables.value(concept.list, str(item.code)):
        node = report.graph.names.name("representation", owner.node, item.path)
        report.graph.thing(node, class_, at=item.path)
        if owner.kind == "estimation":
            report.graph.link("output", owner.node, node)


def _told_elsewhere(report: Report_, owner: Owner, item: Item, concept: Concept) -> None:
    """Read with the individual that it belongs to."""


Role = Callable[[Report_, Owner, Item, Concept], None]

ROLES: dict[str, Role] = {
    "procedure": _told_elsewhere,
    "device": _told_elsewhere,
    "key": _told_elsewhere,
    "phantom": _told_elsewhere,
    "finding site": _told_elsewhere,
    "laterality": _laterality,
    "authority": _told_elsewhere,
    "intent": _told_elsewhere,
    "associated procedure": _told_elsewhere,
    "scope": _scope,
    "source of dose": _source_of_dose,
    "accumulated beginning": _accumulated_beginning,
    "accumulated end": _accumulated_end,
    "count": _count,
    "total": _total,
    "measure": _measure,
    "plane": _plane,
    "kind": _kind,
    "beginning": _beginning,
    "end": _end,
    "protocol": _protocol,
    "region": _region,
    "identifier": _identifier,
    "setting": _setting,
    "coded setting": _coded_setting,
    "sources": _sources,
    "dose": _dose,
    "estimate": _estimate,
    "modulation": _modulation,
    "algorithm": _algorithm,
    "repeated": _repeated,
    "reason": _reason,
    "material": _material,
    "effective dose": _effective,
    "agent": _agent,
    "radionuclide": _radionuclide,
    "half-life": _half_life,
    "activity": _activity,
    "route": _route,
    "organ dose": _organ_dose,
    "patient measure": _patient_measure,
    "patient age": _patient_age,
    "patient sex": _patient_sex,
    "patient state": _patient_state,
    "used report": _used_report,
    "used event": _used_event,
    "method": _method,
    "model": _model,
    "model value": _measure,
    "representation": _representation,
}

__all__ = ["ROLES", "administration", "literals", "settle"]
