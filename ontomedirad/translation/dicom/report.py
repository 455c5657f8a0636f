"""A structured report as a graph: its document, its scope, and the walk through its tree.

Containers (`containers.tsv`) give the individual that items speak of; items (`concepts.tsv`) give what
is said, by code and value type. Containers that no table knows are walked through.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import cache

from ontomedirad.dicom.allowed import rows
from ontomedirad.dicom.header import Code
from ontomedirad.dicom.series import Unit
from ontomedirad.dicom.trees import Item
from ontomedirad.texts import plain
from ontomedirad.translation.dicom import vocabulary as tables
from ontomedirad.translation.dicom.graph import Graph
from ontomedirad.translation.dicom.image import irradiation_event
from ontomedirad.translation.dicom.subjects import Device, Subjects
from ontomedirad.vocabulary import term

EVENT_UID, ADMINISTRATION_UID = "DCM:113769", "DCM:113503"
_PROCEDURE, _DEVICE = "DCM:121058", ("DCM:121012", "DCM:121014", "DCM:121015", "DCM:121016")
_STRUCTURE = {"DCM:121005", "DCM:113876"}
"""Codes that only say how the report is built."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A row of reports.tsv: which report it is, with what kind of machine and protocol."""

    class_: str
    scanner: str
    protocol: str


@dataclass(frozen=True, slots=True)
class Concept:
    """A row of concepts.tsv."""

    role: str
    term: str
    list: str


@dataclass(frozen=True, slots=True)
class Owner:
    """What the items of a container speak of: the individual, and those around it that roles link to."""

    kind: str
    node: str
    container: Item
    event: str = ""
    accumulated: str = ""
    administration: str = ""
    scanner: str = ""
    device: str = ""
    protocol: str = ""
    sources: int = 1


@dataclass(slots=True)
class Sourced:
    """The settings of an event's X-ray sources, by class, until all sources are read."""

    settings: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)


@cache
def concepts() -> dict[tuple[str, str], Concept]:
    """concepts.tsv by concept and value type."""
    return {(r["concept"], r["type"]): Concept(r["role"], r["term"], r["list"]) for r in rows("concepts.tsv")}


@cache
def containers() -> dict[str, dict[str, str]]:
    """containers.tsv by concept."""
    return {r["concept"]: r for r in rows("containers.tsv")}


class Report_:
    """Writes the graph of a structured report."""

    def __init__(self, graph: Graph) -> None:
        self.graph, self.unit, self.header = graph, graph.unit, graph.header
        found = self.kind(graph.unit)
        assert found is not None and graph.unit.first.content is not None
        self.what, self.tree = found, graph.unit.first.content
        self.subjects = Subjects(graph)
        self.uid = self.header.text("SOPInstanceUID")
        names = graph.names
        self.node = names.name("report", self.uid)
        self.accumulated = names.name("accumulated_event", self.uid)
        self.sourced: dict[str, Sourced] = {}
        self.events: dict[str, None] = {}

    @staticmethod
    def kind(unit: Unit) -> Kind | None:
        """Which report a unit is; None for one that no row of reports.tsv fits."""
        tree = unit.first.content
        if tree is None or tree.concept is None:
            return None
        procedure = tree.find(_PROCEDURE)
        done = str(procedure.code) if procedure is not None else ""
        for row in rows("reports.tsv"):
            root = tree.name if ":" in row["root"] else tree.concept.value
            if fnmatchcase(root, row["root"]) and row["procedure"] in (done, "*"):
                return Kind(row["class"], row["scanner"], row["protocol"])
        return None

    def describe(self) -> None:
        """The document first, then its tree."""
        self.subjects.describe()
        self._document()
        owner = Owner("report", self.node, self.tree, accumulated=self.accumulated)
        if self.what.class_.startswith("om:CRF"):
            self._form()
        else:
            self.walk(self.tree, owner)
        self._finish()

    def _document(self) -> None:
        graph, node = self.graph, self.node
        at = "SOPInstanceUID (0008,0018)"
        graph.thing(node, self.what.class_, at=at)
        graph.literal(node, "om:has_DICOM_SOP_instance_UID", self.uid)
        graph.literal(node, "om:has_DICOM_SOP_class_UID", self.header.text("SOPClassUID"))
        if self.unit.route.format:
            graph.say_class(node, "om:has_format", self.unit.route.format)
        graph.link("patient", node, self.subjects.patient)
        graph.say(node, "om:is_about_procedure", self.subjects.study)
        handle = f"/pacs/studies/{self.subjects.study_uid}/series/{self.header.text('SeriesInstanceUID')}"
        graph.text(node, "om:has_IRDBB_WADO_handle", handle)
        self.subjects.institution(self.subjects.study)
        for uid in _predecessors(self.header.items.get("PredecessorDocumentsSequence", [])):
            earlier = graph.names.name("report", uid)
            graph.thing(earlier, self.what.class_, at="PredecessorDocumentsSequence (0040,A360)")
            graph.literal(earlier, "om:has_DICOM_SOP_instance_UID", uid)
            graph.say(node, "omx:supersedes", earlier)

    def _form(self) -> None:
        """A case report form: who made it is not carried."""
        graph = self.graph
        made = graph.names.name("creating_report", self.uid)
        graph.process(made, "om:creating_structured_report", at="ContentDate (0008,0023)")
        graph.link("output", made, self.node)
        graph.leave("VerifyingObserverSequence and AuthorObserverSequence")

    def _finish(self) -> None:
        """What depended on the whole report."""
        from ontomedirad.translation.dicom.roles import settle

        settle(self)
        for event in self.events:
            self.graph.say(self.node, "om:is_about_irradiation_event", event)

    # --- the walk ---------------------------------------------------------------------------

    def walk(self, item: Item, owner: Owner) -> None:
        """Say what each item below says of its owner; leave and count what no table knows."""
        from ontomedirad.translation.dicom.roles import ROLES

        for child in item.children:
            if child.type == "CONTAINER":
                self.walk(child, self.enter(child, owner))
                continue
            concept = concepts().get((child.name, child.type))
            if concept is not None and not child.withheld:
                ROLES[concept.role](self, owner, child, concept)
            elif child.name not in _STRUCTURE and (child.value or child.code or child.withheld):
                self.graph.leave(child.name or child.type)
            self.walk(child, owner)

    def enter(self, item: Item, owner: Owner) -> Owner:
        """The owner of the items of a container."""
        row = containers().get(item.name)
        makes = row["makes"] if row else ""
        if not makes and item.find(EVENT_UID) is not None:
            makes = "event"
        elif not makes and item.find(ADMINISTRATION_UID) is not None:
            makes = "administration"
        make = getattr(self, f"_{makes}", None) if makes else None
        if make is None:
            return replace(owner, container=item)
        made: Owner = make(item, replace(owner, container=item), row or {"class": "", "key": ""})
        return made

    def _event(self, item: Item, owner: Owner, row: dict[str, str]) -> Owner:
        graph = self.graph
        told = item.find(EVENT_UID)
        uid = told.value if told else ""
        if uid:
            event = irradiation_event(graph, uid, item.path)
        else:
            event = graph.names.name("irradiation_event", self.uid, item.path)
            graph.process(event, "om:individual_irradiation_event", at=item.path)
        class_ = row["class"] or "om:individual_irradiation_event"
        graph.type(event, class_)
        graph.link("part of process", event, self.subjects.study)
        graph.link("part of process", event, self.accumulated)
        self.accumulates(self.accumulated, item.path)
        self.subjects.plays_in(event)
        self.events[event] = None
        protocol = graph.names.name("protocol", self.node, event)
        device = self.device(item)
        scanner = ""
        if self.what.scanner and device is not None:
            scanner = device.scanner(self.what.scanner, event, item.path)
        if self.what.protocol:
            graph.thing(protocol, self.what.protocol, "prov:Plan", at=item.path)
            graph.link("method", event, protocol)
        sources = sum(i.name == "DCM:113831" for i in item.below())
        machine = device.node if device else ""
        return replace(
            owner, kind="event", node=event, event=event, scanner=scanner, device=machine, protocol=protocol, sources=sources
        )

    def _accumulated(self, item: Item, owner: Owner, row: dict[str, str]) -> Owner:
        plane = item.find("DCM:113764")
        single = plane is None or plane.code is None or plane.code.value == "113622"
        node = self.accumulated
        if not single and plane is not None:
            node = self.graph.names.name("accumulated_event", self.uid, str(plane.code))
            self.graph.link("part of process", node, self.accumulated)
        self.accumulates(node, item.path)
        return replace(owner, kind="accumulated", node=node, accumulated=node)

    def accumulates(self, node: str, at: str) -> None:
        """The sum of events that the report, or a plane of it, speaks of; part of the study."""
        self.graph.process(node, "om:accumulated_irradiation_event", at=at)
        self.graph.link("part of process", node, self.subjects.study)

    def _source(self, item: Item, owner: Owner, row: dict[str, str]) -> Owner:
        graph = self.graph
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

    def _filter(self, item: Item, owner: Owner, row: dict[str, str]) -> Owner:
        graph = self.graph
        node = graph.names.name("filter", owner.event or owner.node, item.path)
        graph.thing(node, row["class"], at=item.path)
        if owner.scanner:
            graph.link("part of", node, owner.scanner, prov=False)
        graph.say(node, "om:used_as_instrument_in", owner.event or owner.node)
        return replace(owner, kind="filter", node=node)

    def _administration(self, item: Item, owner: Owner, row: dict[str, str]) -> Owner:
        from ontomedirad.translation.dicom.roles import administration

        return administration(self, item, owner)

    def _organ(self, item: Item, owner: Owner, row: dict[str, str]) -> Owner:
        return owner

    def _patient(self, item: Item, owner: Owner, row: dict[str, str]) -> Owner:
        return replace(owner, kind="patient", node=self.subjects.patient)

    def _estimation(self, item: Item, owner: Owner, row: dict[str, str]) -> Owner:
        graph = self.graph
        node = graph.names.name("estimation", self.uid, item.path)
        graph.process(node, row["class"], at=item.path)
        graph.link("part of process", node, self.subjects.study)
        return replace(owner, kind="estimation", node=node)

    def _model(self, item: Item, owner: Owner, row: dict[str, str]) -> Owner:
        graph = self.graph
        node = graph.names.name("model", self.uid, item.path)
        graph.thing(node, row["class"], at=item.path)
        if owner.kind == "estimation":
            graph.link("input", owner.node, node)
        return replace(owner, kind="model", node=node)

    def device(self, item: Item) -> Device | None:
        """The machine that an event names itself, or else the report; told without its serial number."""
        own = item.find("DCM:113876")
        for place, keys in (
            (own, ("DCM:121012", "DCM:113878", "DCM:113879", "DCM:113880")),
            (self.tree, _DEVICE),
        ):
            if place is None:
                continue
            found = [child.value if (child := place.find(key)) else "" for key in keys]
            if place is own:
                observed = self.tree.find("DCM:121012")
                found[0] = found[0] or (observed.value if observed else "")
            if any(found):
                serial = found[3]
                return Device(self.graph, found[0], found[1], found[2], serial)
        text = self.header.text
        if text("Manufacturer") or text("DeviceUID"):
            return Device.of_header(self.graph, self.header)
        return None

    def scope(self, code: Code | None, item: Item) -> str:
        """The individual that doses are accumulated over (CID 10000), by its UID."""
        graph = self.graph
        said = tables.value("scope", str(code))
        uid = next((c.value for c in item.children if c.type == "UIDREF"), "")
        match next(iter(said), ""):
            case "study":
                return graph.names.name("imaging_study", uid) if uid else self.subjects.study
            case "series":
                return self._scoped("om:series", uid, item.path)
            case "procedure step":
                return self._scoped("om:performed_procedure_step", uid, item.path)
            case "event":
                return irradiation_event(graph, uid, item.path) if uid else ""
        return ""

    def _scoped(self, class_: str, uid: str, at: str) -> str:
        graph = self.graph
        node = graph.names.name(class_.partition(":")[2], uid or self.uid)
        graph.process(node, class_, at=at)
        graph.literal(node, "om:has_DICOM_UID", uid)
        graph.link("part of process", node, self.subjects.study)
        return node


def _predecessors(items: list[object]) -> list[str]:
    """The SOP Instance UIDs of earlier documents, wherever they stand in the sequence."""
    from ontomedirad.dicom.header import Header

    found: list[str] = []
    for item in items:
        assert isinstance(item, Header)
        found += [u for u in item.values.get("ReferencedSOPInstanceUID", ())]
        for below in item.items.values():
            found += _predecessors(list(below))
    return found


__all__ = ["Concept", "Owner", "Report_", "plain", "term"]
