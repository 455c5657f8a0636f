"""A series of images as a graph: acquisition, protocol, scanner, data set, and the attributes' rows."""

from __future__ import annotations

from ontomedirad.texts import plain
from ontomedirad.translation.dicom.administration import Administration
from ontomedirad.translation.dicom.graph import Graph
from ontomedirad.translation.dicom.row import attribute_rows
from ontomedirad.translation.dicom.rules import HOW, kind
from ontomedirad.translation.dicom.subjects import Device, Subjects, source
from ontomedirad.vocabulary import term

_OF_DERIVED = {"patient", "study", "dataset", "reconstruction"}
"""What the header of a derived image says of itself; the rest is about the acquisition of its source."""


_SPECIALISED = {"om:CT_acquisition", "om:PET_data_acquisition", "om:SPECT_data_acquisition"}
"""Acquisitions of which an attribute tells a more special class."""


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
        self.acquisition = names.name("data_processing" if derived else "acquisition", self.dataset)
        self.protocol = names.name("protocol", self.acquisition)
        self.reconstruction = ""
        self.scanner = ""

    def describe(self) -> None:
        """All statements, subjects first, then the rows of the table."""
        self.subjects.describe()
        self._acquisition()
        self._dataset()
        derived = self.route.handling == "derived"
        for row in attribute_rows(self.route.modality):
            if not derived or row.scope in _OF_DERIVED:
                HOW[row.how](self, row)
        if derived:
            self._sources()
            return
        for item in self.header.items.get("RadiopharmaceuticalInformationSequence", ()):
            Administration(self.graph, self.subjects).of_image(item, self.acquisition, self.route.modality)

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
        graph.process(node, *self._classes(), at=at)
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

    def _classes(self) -> list[str]:
        """The class of the acquisition: the most special that is told, so that queries list it once.

        Of PET the general class too: the predefined queries ask for just that.
        """
        general = self.route.acquisition
        if general not in _SPECIALISED:
            return [general]
        told = [kind(self, row) for row in attribute_rows(self.route.modality) if row.how == "kind"]
        special = [class_ for class_ in told if class_][:1]
        return special or [general] if self.route.modality != "PT" else [general, *special]

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
