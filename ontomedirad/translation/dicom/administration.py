"""The administration of a radiopharmaceutical, as PET and NM images and dose reports tell of it."""

from __future__ import annotations

from ontomedirad.dicom.header import Code, Header
from ontomedirad.texts import plain
from ontomedirad.translation.dicom import vocabulary as tables
from ontomedirad.translation.dicom.graph import Graph
from ontomedirad.translation.dicom.subjects import Subjects
from ontomedirad.vocabulary import term

_AT = "RadiopharmaceuticalInformationSequence (0054,0016)"
_ACTIVITY_UNIT = {"PT": "Bq", "NM": "MBq"}
"""PS3.3, C.8.9.2 and C.8.4.10: the total dose is in becquerel in PET and in megabecquerel in NM."""


class Administration:
    """An administration, named by its event UID, else by study, agent and start to the second."""

    def __init__(self, graph: Graph, subjects: Subjects) -> None:
        self.graph, self.subjects = graph, subjects
        self.node = ""

    def begin(self, uid: str, agent: str, date: str, time: str, at: str) -> str:
        """The individual, part of the study, with its times."""
        graph = self.graph
        key = ("UID", uid) if uid else (self.subjects.study, plain(agent), (date + time)[:14])
        self.node = graph.names.name("administration", *key)
        graph.process(
            self.node, "om:radiopharmaceutical_administration", "om:individual_irradiation_event", at=at
        )
        graph.link("part of process", self.node, self.subjects.study)
        self.subjects.plays_in(self.node)
        self.subjects.studied(self.node)
        if uid:
            graph.text(self.node, "om:has_DICOM_UID", uid)
            graph.text(self.node, "omx:has_administration_event_UID", uid)
        graph.dated(self.node, date, time or date)
        graph.begins(self.node, date, time)
        return self.node

    def of_image(self, item: Header, acquisition: str, modality: str) -> None:
        """From an item of the Radiopharmaceutical Information Sequence (PS3.3, C.8.9.2, C.8.4.10)."""
        date, time = _moment(item, "Start", self.graph.header)
        codes = item.codes.get("RadiopharmaceuticalCodeSequence", [])
        said = item.text("Radiopharmaceutical")
        agent = str(codes[0]) if codes else said
        uid = item.text("RadiopharmaceuticalAdministrationEventUID")
        self.begin(uid, agent, date, time, _AT)
        self.graph.ends(self.node, *_moment(item, "Stop", self.graph.header))
        for code in codes:
            self.agent(code, _AT)
        if not codes and said:
            self._agent_text(said)
        nuclides = item.codes.get("RadionuclideCodeSequence", [])
        for code in nuclides:
            for class_ in self.radionuclide(code, _AT):
                self.graph.say(acquisition, "om:has_target_radionuclide", term(class_))
        for value in item.values.get("RadionuclideTotalDose", ())[:1]:
            self.measure("dcm:113507", value, _ACTIVITY_UNIT.get(modality, "Bq"), _AT)
        for keyword, class_, unit in (
            ("RadiopharmaceuticalVolume", "dcm:123005", "cm3"),
            ("RadionuclidePositronFraction", "omx:positron_fraction", ""),
        ):
            for value in item.values.get(keyword, ())[:1]:
                self.measure(class_, value, unit, _AT)
        for value in item.values.get("RadionuclideHalfLife", ())[:1]:
            self.half_life(value, "s", nuclides, _AT)
        for code in item.codes.get("AdministrationRouteCodeSequence", []):
            self.route(code, _AT)

    def agent(self, code: Code, at: str) -> None:
        """What was given: the class of the radiopharmaceutical, used as an individual."""
        graph, mapped = self.graph, tables.coded("radiopharmaceuticals", code)
        if mapped is not None and mapped.exact:
            self._input(mapped.class_)
            return
        node = graph.names.name("radiopharmaceutical", self.node, str(code))
        graph.type(node, "snmi:radiopharmaceutical")
        graph.mention(node, at)
        if mapped is None:
            graph.tell(
                "dicom-radiopharmaceutical", "holds a code that the table of radiopharmaceuticals lacks", at
            )
        else:
            graph.literal(node, "om:has_name", mapped.name)
        graph.link("input", self.node, node, prov=False)

    def _agent_text(self, said: str) -> None:
        found = tables.value("radiopharmaceutical", " ".join(said.upper().split()))
        if found:
            self._input(found[0])
        else:
            self.graph.leave("Radiopharmaceutical (0018,0031)")

    def radionuclide(self, code: Code, at: str) -> list[str]:
        """What decays: the class of the radionuclide, used as an individual."""
        mapped = tables.coded("radionuclides", code)
        if mapped is None:
            self.graph.tell("dicom-radionuclide", "holds a code that the table of radionuclides lacks", at)
            return []
        self._input(mapped.class_)
        return [mapped.class_]

    def _input(self, class_: str) -> None:
        self.graph.punned(term(class_))
        self.graph.link("input", self.node, term(class_), prov=False)

    def measure(self, class_: str, value: str, unit: str, at: str) -> str | None:
        """A quantity of the administration; activities before and after it carry its time."""
        graph = self.graph
        node = graph.quantity((self.node,), (class_,), value, unit, at, "activity")
        if node is not None:
            graph.link("measures for", node, self.node)
        return node

    def half_life(self, value: str, unit: str, nuclides: list[Code], at: str) -> None:
        """The half-life of the radionuclide, in seconds."""
        graph, known = self.graph, tables.unit(unit)
        node = graph.names.name("half_life", self.node)
        number = tables.scaled(value, known.factor) if known else value
        try:
            seconds = f'"{_canonical(number)}"^^{term("xsd:decimal")}'
        except ValueError:
            return
        graph.thing(node, "om:half_life_of_radiopharmaceutical", at=at)
        graph.add(node, term("om:seconds"), seconds)
        graph.say(node, "om:is_about", self.node)
        for code in nuclides:
            mapped = tables.coded("radionuclides", code)
            if mapped is not None:
                graph.say(node, "om:is_about", term(mapped.class_))

    def route(self, code: Code, at: str) -> None:
        """How it was given."""
        for class_ in tables.value("route", str(code)) or ["om:route_of_administration"]:
            node = self.graph.names.name("route", self.node, class_)
            self.graph.thing(node, class_, "prov:Plan", at=at)
            self.graph.link("method", self.node, node)


def _canonical(text: str) -> str:
    from ontomedirad.descriptor.leaf import Float

    return Float(text).canonical


def _moment(item: Header, which: str, series: Header) -> tuple[str, str]:
    """Date and time at which it began or ended; a time alone is of the day of the series (PS3.3, C.8.9.2)."""
    whole = item.text(f"Radiopharmaceutical{which}DateTime")
    if whole:
        return whole[:8], whole[8:]
    time = item.text(f"Radiopharmaceutical{which}Time")
    return (series.text("SeriesDate") or series.text("StudyDate"), time) if time else ("", "")
