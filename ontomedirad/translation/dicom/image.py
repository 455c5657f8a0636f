"""A series of images as a graph: acquisition, protocol, scanner, data set, and the attributes' rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from ontomedirad.dicom.allowed import rows
from ontomedirad.dicom.header import Header
from ontomedirad.report import Level
from ontomedirad.texts import plain
from ontomedirad.translation import literals
from ontomedirad.translation.dicom import vocabulary as tables
from ontomedirad.translation.dicom.administration import Administration
from ontomedirad.translation.dicom.graph import Graph
from ontomedirad.translation.dicom.subjects import Device, Subjects
from ontomedirad.translation.dicom.summary import collected, summarised
from ontomedirad.vocabulary import term


@dataclass(frozen=True, slots=True)
class Row:
    """A row of attributes.tsv."""

    keyword: str
    at: str
    modality: tuple[str, ...]
    scope: str
    how: str
    class_: str
    property: str
    unit: str
    list: str


@cache
def attribute_rows(modality: str) -> tuple[Row, ...]:
    """The rows for a modality that do something, in the order of the table."""
    found = []
    for r in rows("attributes.tsv"):
        modalities = tuple(m for m in r["modality"].split(",") if m)
        if r["how"] != "read" and (not modalities or modality in modalities):
            at = f"{r['keyword']} ({r['tag']})"
            parts = (modalities, r["scope"], r["how"], r["class"], r["property"], r["unit"], r["list"])
            found.append(Row(r["keyword"], at, *parts))
    return tuple(found)


class Image:
    """Writes the graph of a series of images."""

    def __init__(self, graph: Graph) -> None:
        self.graph, self.unit, self.header = graph, graph.unit, graph.header
        self.route = graph.unit.route
        self.uid = self.header.text("SeriesInstanceUID")
        names = graph.names
        self.subjects = Subjects(graph)
        self.dataset = names.name("series", plain(self.uid))
        derived = self.route.handling == "derived"
        self.acquisition = names.name("data_processing" if derived else "acquisition", self.uid)
        self.protocol = names.name("protocol", self.acquisition)
        self.reconstruction = ""
        self.scanner = ""

    def describe(self) -> None:
        """All statements, subjects first, then the rows of the table."""
        self.subjects.describe()
        self._acquisition()
        self._dataset()
        for row in attribute_rows(self.route.modality):
            HOW[row.how](self, row)
        for item in self.header.items.get("RadiopharmaceuticalInformationSequence", ()):
            Administration(self.graph, self.subjects).of_image(item, self.acquisition, self.route.modality)
        if self.route.handling == "derived":
            self._sources()

    @property
    def owners(self) -> dict[str, str]:
        """The individual of each scope that texts and kinds speak of."""
        return {
            "dataset": self.dataset,
            "acquisition": self.acquisition,
            "rotation": self.acquisition,
            "protocol": self.protocol,
            "study": self.subjects.study,
            "scanner": self.scanner,
        }

    def _acquisition(self) -> None:
        graph, header = self.graph, self.header
        node, at = self.acquisition, "SeriesInstanceUID (0020,000E)"
        graph.process(node, self.route.acquisition, at=at)
        graph.link("part of process", node, self.subjects.study)
        self.subjects.plays_in(node)
        graph.literal(node, "om:has_DICOM_study_instance_UID", self.subjects.study_uid)
        graph.literal(node, "om:has_DICOM_series_instance_UID", self.uid)
        graph.dated(node, header.text("SeriesDate"), header.text("SeriesTime"))
        graph.begins(node, *self._beginning())
        self.subjects.institution(node)
        self.subjects.institution(self.subjects.study)
        if not self.route.scanner:
            self.subjects.studied(node)
            return
        graph.thing(self.protocol, self.route.protocol, "prov:Plan", at="ProtocolName (0018,1030)")
        graph.link("method", node, self.protocol)
        device = Device.of_header(graph, header)
        self.scanner = device.scanner(self.route.scanner, node, "Manufacturer (0008,0070)")

    def _beginning(self) -> tuple[str, str]:
        """The earliest acquisition of the series; the series itself where none is told."""
        found = []
        for instance in self.unit.instances:
            text = instance.header.text
            whole = text("AcquisitionDateTime")
            if whole:
                found.append((whole[:8], whole[8:]))
            elif text("AcquisitionDate") and text("AcquisitionTime"):
                found.append((text("AcquisitionDate"), text("AcquisitionTime")))
        return min(found, default=(self.header.text("SeriesDate"), self.header.text("SeriesTime")))

    def _dataset(self) -> None:
        graph, node = self.graph, self.dataset
        graph.thing(node, self.route.dataset, at="SeriesInstanceUID (0020,000E)")
        graph.link("output", self.acquisition, node)
        graph.link("patient", node, self.subjects.patient)
        graph.literal(node, "om:has_DICOM_study_instance_UID", self.subjects.study_uid)
        graph.literal(node, "om:has_DICOM_series_instance_UID", self.uid)
        count = str(len(self.unit.instances))
        graph.say(node, "omx:has_number_of_instances", f'"{count}"^^{term("xsd:integer")}')
        if self.route.format:
            graph.say_class(node, "om:has_format", self.route.format)
        handle = f"/pacs/studies/{self.subjects.study_uid}/series/{self.uid}"
        graph.text(node, "om:has_IRDBB_WADO_handle", handle)

    def _sources(self) -> None:
        """The series of the same study that a derived image was made from."""
        for item in self.header.items.get("ReferencedSeriesSequence", ()):
            uid = item.text("SeriesInstanceUID")
            if uid and uid != self.uid:
                source(self.graph, self.acquisition, self.dataset, uid, self.subjects.study_uid)

    def reconstructs(self, at: str) -> str:
        """The reconstruction of the images, made when something is said of it."""
        if not self.reconstruction:
            self.reconstruction = self.graph.names.name("reconstruction", self.uid)
            self.graph.process(self.reconstruction, "om:image_reconstruction", at=at)
            self.graph.link("part of process", self.reconstruction, self.subjects.study)
            self.graph.link("output", self.reconstruction, self.dataset, prov=False)
            self.subjects.studied(self.reconstruction)
        return self.reconstruction


def source(graph: Graph, process: str, dataset: str, uid: str, study_uid: str) -> str:
    """A series that a process used and a data set was derived from, known by its UIDs."""
    node = graph.names.name("series", plain(uid))
    graph.thing(node, "obo:IAO_0000100", at="ReferencedSeriesSequence (0008,1115)")
    graph.literal(node, "om:has_DICOM_series_instance_UID", uid)
    graph.literal(node, "om:has_DICOM_study_instance_UID", study_uid)
    graph.link("input", process, node)
    graph.say(dataset, "prov:wasDerivedFrom", node)
    return node


# --- rules, one for each word of the column `how` -----------------------------------------------


def _first(image: Image, row: Row) -> tuple[str, ...]:
    return next((values for _, values in image.header.everywhere(row.keyword)), ())


def _text(image: Image, row: Row) -> None:
    for value in _first(image, row)[:1]:
        image.graph.literal(image.owners[row.scope], row.property, value)


def _joined(image: Image, row: Row) -> None:
    values = image.header.values.get(row.keyword, ())
    image.graph.literal(image.owners[row.scope], row.property, " | ".join(values))


def _total(image: Image, row: Row) -> None:
    numbers = [i.header.text(row.keyword) for i in image.unit.instances]
    if numbers[0].isdecimal() and all(n.isdecimal() for n in numbers):
        total = sum(map(int, numbers))
        image.graph.say(image.owners[row.scope], row.property, f'"{total}"^^{term("xsd:integer")}')


def _phrase(image: Image, row: Row) -> None:
    """Free text, where the deployment's list allows it."""
    for value in _first(image, row)[:1]:
        if image.graph.privacy.allows(value):
            if image.owners[row.scope]:
                image.graph.literal(image.owners[row.scope], row.property, value)
        else:
            image.graph.leave(row.at)


def _class(image: Image, row: Row) -> None:
    for value in _first(image, row)[:1]:
        image.subjects.sex(value)


def _age(image: Image, row: Row) -> None:
    for value in _first(image, row)[:1]:
        image.subjects.age(value, row.at)


def _measure(image: Image, row: Row) -> None:
    """A quantity of the patient at the study; zero stands for unknown."""
    if row.scope != "patient":
        return
    for value in _first(image, row)[:1]:
        if value.strip("0.+ "):
            made = image.graph.quantity((image.subjects.role,), (row.class_,), value, row.unit, row.at)
            if made:
                image.subjects.about(made)


def _study(image: Image, row: Row) -> None:
    """What `Subjects` reads itself."""


def _region(image: Image, row: Row) -> None:
    if row.scope != "study":
        return
    node = image.subjects.study
    if row.list:
        for value in _first(image, row)[:1]:
            found = [c for c in tables.value(row.list, value.split("/")[0].strip()) if c]
            if not found:
                image.graph.leave(row.at)
            for class_ in found:
                image.graph.say(node, "om:has_target_region", image.subjects.organ(class_, "", row.at))
        return
    codes = image.header.codes_everywhere(row.keyword)
    codes += [c for i in image.header.items.get(row.keyword, ()) for c in i.codes_everywhere("AnatomicRegionSequence")]
    side = next((s for k in ("FrameLaterality", "Laterality") for _, v in image.header.everywhere(k) for s in v), "")
    sides = [s for c in image.header.codes_everywhere("AnatomicRegionModifierSequence") for s in tables.value("laterality", str(c))]
    told = next(iter(sides or tables.value("laterality", side)), "")
    image.subjects.region(node, codes, told, row.at)


def _event(image: Image, row: Row) -> None:
    """The acquisition is part of each irradiation event that its images belong to."""
    told = [u for i in image.unit.instances for _, us in i.header.everywhere(row.keyword) for u in us]
    for uid in dict.fromkeys(told):
        event = irradiation_event(image.graph, uid, row.at)
        if image.route.modality == "CT":
            image.graph.type(event, "om:CT_irradiation_event")
        image.graph.link("part of process", image.acquisition, event)
        image.graph.link("part of process", event, image.subjects.study)


def irradiation_event(graph: Graph, uid: str, at: str) -> str:
    """The irradiation event of a UID: one individual for images and reports."""
    event = graph.names.name("irradiation_event", uid)
    graph.process(event, "om:individual_irradiation_event", at=at)
    graph.text(event, "om:has_DICOM_UID", uid)
    graph.text(event, "omx:has_irradiation_event_UID", uid)
    return event


def _kind(image: Image, row: Row) -> None:
    headers: list[Header] = [image.header]
    if row.scope == "rotation":
        headers = image.header.items.get("RotationInformationSequence", [])
    for header in headers:
        for _, values in header.everywhere(row.keyword):
            for class_ in tables.value(row.list, values[0])[:1]:
                if class_:
                    image.graph.type(image.owners[row.scope], class_)
            return


def _setting(image: Image, row: Row) -> None:
    """A setting of the acquisition, summarised over its images."""
    for (source, position), values in collected(image.unit.instances, row.keyword).items():
        key = (image.acquisition, row.keyword, source, position)
        node = summarised(image.graph, key, row.class_, values, row.unit, row.at)
        if node is None:
            continue
        image.graph.link("setting", image.acquisition, node)
        image.graph.link("part of", node, image.protocol, prov=False)
        image.graph.say(node, "om:is_device_setting_of", image.scanner or image.acquisition)


def _dose(image: Image, row: Row) -> None:
    """A dosimetric index of the acquisition, summarised over its images, with its phantom."""
    for (source, position), values in collected(image.unit.instances, row.keyword).items():
        key = (image.acquisition, row.keyword, source, position)
        node = summarised(image.graph, key, row.class_, values, row.unit, row.at)
        if node is None:
            continue
        image.graph.say(node, "om:is_about", image.acquisition)
        image.graph.link("patient", node, image.subjects.patient)
        for code in image.header.codes_everywhere("CTDIPhantomTypeCodeSequence"):
            for class_ in tables.value("phantom", str(code)):
                image.graph.say_class(node, "om:estimated_from_phantom", class_)


def _about(image: Image, row: Row) -> None:
    for (source, position), values in collected(image.unit.instances, row.keyword).items():
        key = (image.acquisition, row.keyword, source, position)
        node = summarised(image.graph, key, row.class_, values, row.unit, row.at)
        if node is not None:
            image.graph.say(node, "om:is_about", image.acquisition)


def _modulation(image: Image, row: Row) -> None:
    """Whether the tube current was modulated, as the header says it; the class itself, for the queries."""
    for _, values in image.header.everywhere(row.keyword):
        for class_ in tables.value(row.list, values[0])[:1]:
            image.graph.say_class(image.acquisition, "om:has_setting", class_)
            image.graph.say(term(class_), "obo:BFO_0000177", image.protocol)
            if values[0].upper() != "NONE":
                node = image.graph.names.name("modulation", image.acquisition)
                image.graph.thing(node, class_, at=row.at)
                image.graph.link("setting", image.acquisition, node)
                image.graph.literal(node, "om:has_name", values[0])
        return


def _filter(image: Image, row: Row) -> None:
    """A filter for each that the header names, of its materials, part of the scanner as it was set up."""
    graph = image.graph
    materials = [m for _, ms in image.header.everywhere("FilterMaterial") for m in ms]
    kinds = list(dict.fromkeys(k for _, ks in image.header.everywhere(row.keyword) for k in ks))
    for kind in kinds:
        for class_ in (tables.value(row.list, kind) or ["dcm:113771"])[:1]:
            if class_:
                node = graph.thing(graph.names.name("filter", image.scanner, kind), class_, at=row.at)
                filters(graph, node, image.scanner, image.acquisition, materials)


def filters(graph: Graph, node: str, scanner: str, process: str, materials: list[str]) -> None:
    """A filter belongs to the scanner and was used in the process; what it is made of."""
    graph.link("part of", node, scanner, prov=False)
    graph.say(node, "om:used_as_instrument_in", process)
    for material in dict.fromkeys(materials):
        for class_ in (tables.value("filter material", material) or ["dcm:113757"])[:1]:
            graph.say_class(node, "obo:BFO_0000110", class_)


def _named_part(image: Image, row: Row) -> None:
    for value in _first(image, row):
        node = image.graph.names.name("convolution_kernel", image.protocol, value)
        image.graph.thing(node, row.class_, at=row.at)
        image.graph.literal(node, "om:has_name", value)
        image.graph.link("part of", node, image.protocol, prov=False)


def _method(image: Image, row: Row) -> None:
    """What the reconstruction was done with: a method for each value that stands for one."""
    for value in _first(image, row):
        for class_ in tables.value(row.list, value)[:1]:
            node = image.graph.names.name("method", image.reconstructs(row.at), class_)
            image.graph.thing(node, class_, "prov:Plan", at=row.at)
            image.graph.link("method", image.reconstruction, node)


def _method_text(image: Image, row: Row) -> None:
    """A method by the words of a text, such as `OSEM3D 4i5s`; the text itself where its form is safe."""
    for value in _first(image, row)[:1]:
        words = "".join(c if c.isalnum() else " " for c in value.upper())
        known = [c for w in words.split() for key in (w, w.rstrip("0123456789D")) for c in tables.value(row.list, key)]
        class_ = known[0] if known else "dcm:113961"
        node = image.graph.names.name("method", image.reconstructs(row.at), class_)
        image.graph.thing(node, class_, "prov:Plan", at=row.at)
        image.graph.link("method", image.reconstruction, node)
        if known:
            image.graph.literal(node, "om:has_method_name", value)


def _unit(image: Image, row: Row) -> None:
    """The unit of the values of a map or image."""
    for value in _first(image, row)[:1]:
        known = tables.value(row.list, value)
        if known:
            in_unit(image.graph, image.dataset, known[0])
        else:
            image.graph.leave(row.at)


def _limit(image: Image, row: Row) -> None:
    """One energy window for each range of each window, with its limits."""
    if row.keyword != "EnergyWindowLowerLimit":
        return
    graph, header = image.graph, image.header
    windows = header.items.get("EnergyWindowInformationSequence") or [header]
    for number, window in enumerate(windows, 1):
        for place, limits in enumerate(window.items.get("EnergyWindowRangeSequence", ()), 1):
            at = f"EnergyWindowInformationSequence (0054,0012)[{number}]/EnergyWindowRangeSequence (0054,0013)[{place}]"
            node = graph.names.name("energy_window", image.acquisition, str(number), str(place))
            graph.thing(node, "om:energy_window", at=at)
            graph.literal(node, "om:has_name", _plain_name(window.text("EnergyWindowName")))
            for keyword, predicate in (
                ("EnergyWindowLowerLimit", "om:has_lower_limit"),
                ("EnergyWindowUpperLimit", "om:has_upper_limit"),
            ):
                number_ = limits.text(keyword)
                if number_:
                    graph.add(node, term(predicate), _decimal(number_))
            in_unit(graph, node, row.unit)
            graph.link("setting", image.acquisition, node)
            graph.link("part of", node, image.protocol, prov=False)
            graph.say(node, "om:is_device_setting_of", image.scanner)


def in_unit(graph: Graph, node: str, ucum: str) -> None:
    """The unit of something that has no one value: a window, an image, a map."""
    known = tables.unit(ucum)
    if known is not None and known.terms is not None:
        graph.punned(known.terms.term)
        for predicate, object_ in known.terms.statements:
            graph.add(node, predicate, object_)


def _plain_name(text: str) -> str:
    """The name of an energy window, such as `Tc99m` or `In111 171`; nothing of another form."""
    safe = len(text) <= 16 and all(c.isalnum() or c in " _-.+%" for c in text) and any(c.isdigit() for c in text)
    return text if safe else ""


def _decimal(text: str) -> str:
    from ontomedirad.descriptor.leaf import Float

    try:
        return literals.number(Float(text))[0]
    except ValueError:
        return literals.text("")


def _part_of_scanner(image: Image, row: Row) -> None:
    """The collimator of each detector."""
    graph = image.graph
    for number, item in enumerate(image.header.items.get("DetectorInformationSequence", ()), 1):
        for value in item.values.get(row.keyword, ())[:1]:
            for class_ in (tables.value(row.list, value) or [row.class_])[:1]:
                if not class_:
                    continue
                at = f"DetectorInformationSequence (0054,0022)[{number}]/{row.at}"
                node = graph.thing(graph.names.name("collimator", image.scanner, str(number)), class_, at=at)
                graph.link("part of", node, image.scanner, prov=False)
                graph.say(node, "om:used_as_instrument_in", image.acquisition)
                graph.literal(node, "om:has_name", _grid(item.text("CollimatorGridName")))


def _grid(text: str) -> str:
    return text if len(text) <= 16 and all(c.isalnum() or c in " _-./" for c in text) else ""


def _elsewhere(image: Image, row: Row) -> None:
    """What another rule or the administration reads."""


HOW: dict[str, Callable[[Image, Row], None]] = {
    "text": _text,
    "uid": _text,
    "joined": _joined,
    "total": _total,
    "phrase": _phrase,
    "class": _class,
    "age": _age,
    "measure": _measure,
    "study": _study,
    "region": _region,
    "event": _event,
    "kind": _kind,
    "setting": _setting,
    "dose": _dose,
    "about": _about,
    "modulation": _modulation,
    "filter": _filter,
    "named part": _named_part,
    "method": _method,
    "method text": _method_text,
    "unit": _unit,
    "limit": _limit,
    "part of scanner": _part_of_scanner,
    "start": _elsewhere,
    "agent": _elsewhere,
    "agent text": _elsewhere,
    "radionuclide": _elsewhere,
    "half-life": _elsewhere,
    "route": _elsewhere,
    "region dose": _elsewhere,
}

__all__ = ["HOW", "Image", "attribute_rows", "filters", "irradiation_event", "source", "Level"]
