"""Whom and what a DICOM source speaks of: patient, study, institution, scanner."""

from __future__ import annotations

import re

from ontomedirad import vocabulary
from ontomedirad.dicom.header import Code, Header
from ontomedirad.report import Level
from ontomedirad.texts import plain
from ontomedirad.translation.dicom import vocabulary as tables
from ontomedirad.translation.dicom.graph import Graph
from ontomedirad.vocabulary import term

_REALIZED = term("obo:BFO_0000054")
_AGE = re.compile(r"(\d{3})([YMWD])")
_YEARS = {"Y": "om:years", "M": "om:months", "W": "om:weeks", "D": "om:days"}
_WHOLE = "obo:FMA_67165"
"""Material anatomical entity: what an unknown region is."""


class Subjects:
    """The patient, their role in the study, and the study, with what the header says of them."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.study_uid = graph.header.text("StudyInstanceUID")
        names = graph.names
        self.study = names.name("imaging_study", self.study_uid)
        self.identifier, self.patient = self._patient(graph.header.text("PatientID"))
        self.role = names.name("patient_role", self.patient, self.study)
        self.research = self._research()

    def _patient(self, written: str) -> tuple[str, str]:
        """Identifier and IRI: of the pseudonym, or, where there is none, of the study's only patient."""
        graph, privacy = self.graph, self.graph.privacy
        told = privacy.is_pseudonym(written) and not privacy.is_placeholder(written)
        if told and not (privacy.test_data and graph.unit.first.identity.reasons):
            return written, graph.names.patient(written)
        if privacy.is_placeholder(written):
            graph.tell(
                "dicom-no-patient",
                "holds a placeholder: the patient is known by their study alone",
                "PatientID (0010,0020)",
                Level.should,
                "give each patient one pseudonym, so that their studies meet",
            )
            key = ("study", self.study_uid)
        else:
            key = ("made up", graph.names.hashed(written))
        made = graph.names.name("human", *key)
        return "unidentified-" + made[-13:-1], made

    def describe(self) -> None:
        """Patient, role and study."""
        graph, header = self.graph, self.graph.header
        graph.type(self.patient, "om:human")
        graph.mention(self.patient, "PatientID (0010,0020)")
        graph.text(self.patient, "om:has_id", self.identifier)
        graph.text(self.patient, "om:has_name", self.identifier)
        graph.type(self.role, "om:patient")
        graph.mention(self.role, "PatientID (0010,0020)")
        graph.say(self.patient, "obo:BFO_0000087", self.role)
        graph.process(self.study, "om:imaging_study", at="StudyInstanceUID (0020,000D)")
        graph.literal(self.study, "om:has_DICOM_study_instance_UID", self.study_uid)
        graph.dated(self.study, header.text("StudyDate"), header.text("StudyTime"))
        graph.begins(self.study, header.text("StudyDate"), header.text("StudyTime"))
        self.plays_in(self.study)
        self.studied(self.study)

    def studied(self, process: str) -> None:
        """A process is part of the research study, where one is known."""
        if self.research:
            self.graph.link("study", process, self.research)

    def plays_in(self, process: str) -> None:
        """The patient is the patient of a process."""
        self.graph.add(self.role, _REALIZED, process)

    def _research(self) -> str:
        """The research study that the header names, or else the deployment."""
        named = [
            *self.graph.header.values.get("ClinicalTrialProtocolID", ()),
            self.graph.settings.study or "",
        ]
        own = {plain(k): f"<{v}>" for k, v in self.graph.settings.studies.items()}
        known = own | vocabulary.studies()
        return next((known[plain(text)] for text in named if plain(text) in known), "")

    def age(self, written: str, at: str) -> None:
        """The age at the study (DICOM AS: 063Y, 018M), as of the oldest that may be told."""
        found = _AGE.fullmatch(written)
        if found is None or not int(found[1]):
            return
        number, unit = int(found[1]), found[2]
        oldest = self.graph.privacy.oldest
        capped = unit == "Y" and number > oldest
        self._aged(str(oldest if capped else number), _YEARS[unit], at)

    def aged(self, value: str, unit: str, at: str) -> None:
        """The age that a report states as number and unit."""
        predicate = {"a": "om:years", "mo": "om:months", "wk": "om:weeks", "d": "om:days"}.get(unit)
        try:
            number = float(value)
        except ValueError:
            return
        if predicate and number > 0:
            capped = unit == "a" and number > self.graph.privacy.oldest
            self._aged(str(self.graph.privacy.oldest) if capped else value, predicate, at)

    def _aged(self, value: str, predicate: str, at: str) -> None:
        graph = self.graph
        node = graph.names.name("age", self.role, predicate)
        graph.thing(node, "om:age_of_patient_undergoing_medical_procedure", at=at)
        graph.add(node, term(predicate), f'"{value}"^^{term("xsd:decimal")}')
        self.about(node)

    def about(self, node: str) -> None:
        """A datum is about the patient as they were at the study."""
        self.graph.say(node, "om:is_about", self.patient)
        self.graph.say(node, "om:is_about_procedure", self.study)

    def sex(self, written: str) -> None:
        """Male or female; other and absent say nothing."""
        for class_ in tables.value("sex", written):
            self.graph.say_class(self.patient, "om:has_sex", class_)

    # --- places and things ------------------------------------------------------------------

    def region(
        self, node: str, codes: list[Code], side: str, at: str, predicate: str = "om:has_target_region"
    ) -> None:
        """The region that a process is directed at: an organ of the patient for each class."""
        for code in codes:
            found = tables.regions(code, side)
            if not found:
                self.graph.tell("dicom-region", "holds a code that the table of regions lacks", at)
            for class_ in [m.class_ for m in found] or [_WHOLE]:
                self.graph.say(node, predicate, self.organ(class_, side, at))

    def organ(self, class_: str, side: str, at: str) -> str:
        """An organ of the patient."""
        graph = self.graph
        if class_ == "om:phantom_device":
            return graph.thing(graph.names.name("phantom", self.study), class_, at=at)
        node = graph.names.name("organ", self.patient, class_, side)
        graph.type(node, class_)
        graph.link("body part", node, self.patient)
        return graph.mention(node, at)

    def institution(self, process: str) -> None:
        """The institution that answers for a process, by the name that the deployment gives it."""
        graph = self.graph
        for written in graph.header.values.get("InstitutionName", ()):
            name = graph.privacy.site(written)
            if not name:
                if not graph.privacy.is_placeholder(written):
                    graph.leave("InstitutionName (0008,0080)")
                continue
            node = graph.names.name("institution", plain(name))
            role = graph.names.name("responsible_organization", node)
            for class_ in ("om:institution", "prov:Agent", "prov:Organization"):
                graph.type(node, class_)
            graph.text(node, "om:has_name", name)
            graph.type(role, "om:role_of_responsible_organization")
            graph.say(node, "obo:BFO_0000161", role)
            graph.say(role, "obo:BFO_0000052", node)
            graph.add(role, _REALIZED, process)
            graph.add(process, term("prov:wasAssociatedWith"), node)
            for made in (node, role):
                graph.mention(made, "InstitutionName (0008,0080)")


class Device:
    """What told one machine from another, and its name: the same in images and reports."""

    def __init__(self, graph: Graph, uid: str, manufacturer: str, model: str, serial: str) -> None:
        self.graph, self.manufacturer, self.model = graph, manufacturer, model
        key: tuple[str, ...] = ("in", graph.graph)
        if uid:
            key = ("UID", uid)
        elif serial and not graph.privacy.is_placeholder(serial) and (manufacturer or model):
            key = ("serial", plain(manufacturer), plain(model), graph.names.hashed(serial))
        self.node = graph.names.name("device", *key)

    @classmethod
    def of_header(cls, graph: Graph, header: Header) -> Device:
        """The machine that an image's header names."""
        text = header.text
        serial, maker = text("DeviceSerialNumber"), text("Manufacturer")
        return cls(graph, text("DeviceUID"), maker, text("ManufacturerModelName"), serial)

    def scanner(self, class_: str, process: str, at: str, *more: str) -> str:
        """The machine as it was set up for a process: what filters and collimators belong to.

        It is a specialization of the machine itself, which other processes share (PROV-O).
        """
        graph = self.graph
        node = graph.names.name("scanner", self.node, process)
        graph.thing(node, class_, *more, at=at)
        graph.type(self.node, "om:medical_imaging_device")
        graph.thing(self.node, at=at)
        graph.say(node, "prov:specializationOf", self.node)
        for machine in (node, self.node):
            graph.literal(machine, "om:has_manufacturer_name", self.manufacturer)
            graph.literal(machine, "om:has_model_name", self.model)
        role = graph.names.name("image_acquisition_role", node)
        graph.type(role, "om:image_acquisition_role")
        graph.mention(role, at)
        graph.say(node, "obo:BFO_0000087", role)
        graph.add(role, _REALIZED, process)
        graph.say(node, "om:used_as_instrument_in", process)
        return node


def irradiation_event(graph: Graph, uid: str, at: str) -> str:
    """The irradiation event of a UID: one individual for images and reports."""
    event = graph.names.name("irradiation_event", uid)
    graph.process(event, "om:individual_irradiation_event", at=at)
    graph.text(event, "om:has_DICOM_UID", uid)
    graph.text(event, "omx:has_irradiation_event_UID", uid)
    return event


def source(graph: Graph, process: str, dataset: str, uid: str, study_uid: str) -> str:
    """A series that a process used and a data set was derived from, known by its UIDs."""
    node = graph.names.name("series", plain(uid))
    graph.thing(node, "obo:IAO_0000100", at="ReferencedSeriesSequence (0008,1115)")
    graph.literal(node, "om:has_DICOM_series_instance_UID", uid)
    graph.literal(node, "om:has_DICOM_study_instance_UID", study_uid)
    graph.link("input", process, node)
    graph.say(dataset, "prov:wasDerivedFrom", node)
    return node
