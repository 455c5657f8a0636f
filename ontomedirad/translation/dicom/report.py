"""A structured report as a graph: its document, its scope, and the walk through its tree.

Containers (`containers.tsv`) give the individual that items speak of; items (`concepts.tsv`) give what
is said, by code and value type. Containers that no table knows are walked through.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase

from ontomedirad.dicom.allowed import rows
from ontomedirad.dicom.header import Code, Header
from ontomedirad.dicom.series import Unit
from ontomedirad.dicom.trees import Item
from ontomedirad.report import Level
from ontomedirad.translation.dicom import vocabulary as tables
from ontomedirad.translation.dicom.containers import enter
from ontomedirad.translation.dicom.graph import Graph
from ontomedirad.translation.dicom.owners import Owner, concepts
from ontomedirad.translation.dicom.roles import ROLES, settle
from ontomedirad.translation.dicom.subjects import Subjects, irradiation_event

_PROCEDURE = "DCM:121058"
_STRUCTURE = {"DCM:121005", "DCM:113876"}
"""Codes that only say how the report is built."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A row of reports.tsv: which report it is, with what kind of machine and protocol."""

    class_: str
    scanner: str
    protocol: str
    meaning: str


class Report:
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
        self.sourced: dict[str, dict[str, list[tuple[str, str, str]]]] = {}
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
                return Kind(row["class"], row["scanner"], row["protocol"], row["meaning"])
        return None

    def describe(self) -> None:
        """The document first, then its tree."""
        self.subjects.describe()
        self._document()
        owner = Owner("report", self.node, self.tree, accumulated=self.accumulated)
        if self.what.meaning == "case report form":
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
        settle(self)
        for event in self.events:
            self.graph.say(self.node, "om:is_about_irradiation_event", event)

    # --- the walk ---------------------------------------------------------------------------

    def walk(self, item: Item, owner: Owner) -> None:
        """Say what each item below says of its owner; leave and count what no table knows."""
        for child in item.children:
            if child.type == "CONTAINER":
                self.walk(child, enter(self, child, owner))
                continue
            concept = concepts().get((child.name, child.type))
            if concept is not None and not child.withheld:
                ROLES[concept.role](self, owner, child, concept)
            elif child.name not in _STRUCTURE and (child.value or child.code or child.withheld):
                self.graph.leave(child.name or child.type)
            self.walk(child, owner)

    def accumulates(self, node: str, at: str) -> None:
        """The sum of events that the report, or a plane of it, speaks of; part of the study."""
        self.graph.process(node, "om:accumulated_irradiation_event", at=at)
        self.graph.link("part of process", node, self.subjects.study)

    def scope(self, code: Code | None, item: Item) -> str:
        """The individual that doses are accumulated over (CID 10000), by its UID."""
        graph = self.graph
        said = tables.value("scope", str(code))
        uid = next((c.value for c in item.children if c.type == "UIDREF"), "")
        match next(iter(said), ""):
            case "study":
                return self._study(uid, item.path)
            case "series":
                return self._scoped("om:series", uid, item.path)
            case "procedure step":
                return self._scoped("om:performed_procedure_step", uid, item.path)
            case "event":
                return irradiation_event(graph, uid, item.path) if uid else ""
        return ""

    def _study(self, uid: str, at: str) -> str:
        """The study of the header. Another, which the item may name, could be another patient's."""
        if uid and uid != self.subjects.study_uid:
            message = "names another study than the header, whose study is taken"
            self.graph.tell("dicom-other-study", message, at, Level.should)
        return self.subjects.study

    def _scoped(self, class_: str, uid: str, at: str) -> str:
        graph = self.graph
        node = graph.names.name(class_.partition(":")[2], uid or self.uid)
        graph.process(node, class_, at=at)
        graph.literal(node, "om:has_DICOM_UID", uid)
        graph.link("part of process", node, self.subjects.study)
        return node


def _predecessors(items: list[Header]) -> list[str]:
    """The SOP Instance UIDs of earlier documents, wherever they stand in the sequence."""
    found: list[str] = []
    for item in items:
        found += item.values.get("ReferencedSOPInstanceUID", ())
        for below in item.items.values():
            found += _predecessors(below)
    return found
