"""What is made of images: segmentations, structure sets, dose maps, parametric maps."""

from __future__ import annotations

from ontomedirad.dicom.header import Header
from ontomedirad.report import Level
from ontomedirad.texts import plain
from ontomedirad.translation.dicom import vocabulary as tables
from ontomedirad.translation.dicom.equipment import in_unit
from ontomedirad.translation.dicom.graph import Graph
from ontomedirad.translation.dicom.row import attribute_rows
from ontomedirad.translation.dicom.rules import HOW
from ontomedirad.translation.dicom.subjects import Subjects, source


class Made:
    """A data set that a process made from other series."""

    def __init__(self, graph: Graph) -> None:
        self.graph, self.unit, self.header = graph, graph.unit, graph.header
        self.route = graph.unit.route
        self.uid = self.header.text("SeriesInstanceUID")
        self.subjects = Subjects(graph)
        self.dataset = graph.names.name("series", plain(self.uid))
        self.acquisition = graph.names.name("data_processing", self.uid)
        self.scanner = self.protocol = ""

    @property
    def owners(self) -> dict[str, str]:
        """As `Image.owners`."""
        return {
            "dataset": self.dataset,
            "acquisition": self.acquisition,
            "study": self.subjects.study,
            "protocol": "",
            "scanner": "",
        }

    def describe(self) -> None:
        """Subjects, process, data set, and the series that it rests on."""
        graph, at = self.graph, "SeriesInstanceUID (0020,000E)"
        self.subjects.describe()
        graph.process(self.acquisition, self.route.acquisition, at=at)
        graph.link("part of process", self.acquisition, self.subjects.study)
        self.subjects.plays_in(self.acquisition)
        self.subjects.studied(self.acquisition)
        self.subjects.institution(self.acquisition)
        graph.begins(self.acquisition, self.header.text("SeriesDate"), self.header.text("SeriesTime"))
        graph.thing(self.dataset, *self.classes(), at=at)
        graph.link("output", self.acquisition, self.dataset)
        graph.link("patient", self.dataset, self.subjects.patient)
        graph.literal(self.dataset, "om:has_DICOM_study_instance_UID", self.subjects.study_uid)
        graph.literal(self.dataset, "om:has_DICOM_series_instance_UID", self.uid)
        graph.say_class(self.dataset, "om:has_format", self.route.format)
        handle = f"/pacs/studies/{self.subjects.study_uid}/series/{self.uid}"
        graph.text(self.dataset, "om:has_IRDBB_WADO_handle", handle)
        self.sources = [
            source(graph, self.acquisition, self.dataset, uid, self.subjects.study_uid)
            for uid in dict.fromkeys(u for i in self.unit.instances for u in _referenced(i.header))
            if uid != self.uid
        ]
        for row in attribute_rows(self.route.modality):
            if row.scope in ("patient", "study", "dataset") and row.how in _SHARED:
                HOW[row.how](self, row)  # type: ignore[arg-type]
        self.parts()

    def classes(self) -> tuple[str, ...]:
        """The classes of the data set."""
        return (self.route.dataset,)

    def parts(self) -> None:
        """What the data set consists of."""


_SHARED = {"uid", "joined", "total", "phrase", "class", "age", "measure", "unit"}


def _referenced(header: Header) -> list[str]:
    """The Series UIDs that the sequences of references hold, at any depth."""
    found = []
    for items in header.items.values():
        for item in items:
            uid = item.text("SeriesInstanceUID")
            found += [uid] if uid else []
            found += _referenced(item)
    return found


_SEGMENTS = (("SegmentSequence", "SegmentNumber"), ("StructureSetROISequence", "ROINumber"))
_ORGANS = ("SegmentedPropertyTypeCodeSequence", "AnatomicRegionSequence")
_SIDES = ("SegmentedPropertyTypeModifierCodeSequence", "AnatomicRegionModifierSequence")


class Segmentation(Made):
    """A segmentation, label map or structure set: a VOI for each segment or region of interest."""

    def parts(self) -> None:
        """The VOIs of every instance, with the organs that they stand for."""
        self.graph.literal(self.dataset, "om:has_id", self.uid)
        several = len(self.unit.instances) > 1
        for instance in self.unit.instances:
            header, key = instance.header, (self.uid, instance.uid) if several else (self.uid,)
            observations = header.items.get("RTROIObservationsSequence", ())
            observed = {o.text("ReferencedROINumber"): o for o in observations}
            for name, keyword in _SEGMENTS:
                for item in header.items.get(name, ()):
                    number = item.text(keyword)
                    at = f"{name}/{keyword} {number}" if number.isdecimal() else name
                    node = self.graph.names.name("VOI", *key, number)
                    self._voi(node, number, at)
                    self._represents(node, item, observed.get(number), at)
                    self._made_by(item, at)

    def _voi(self, node: str, number: str, at: str) -> None:
        graph = self.graph
        graph.thing(node, "om:VOI", at=at)
        graph.literal(node, "om:has_id", number if number.isdecimal() else "")
        graph.link("patient", node, self.subjects.patient)
        graph.link("part", self.dataset, node)
        graph.link("output", self.acquisition, node)
        for image in self.sources:
            graph.link("extracted from", node, image)

    def _made_by(self, item: Header, at: str) -> None:
        """The method of segmentation."""
        graph = self.graph
        for keyword in ("SegmentAlgorithmType", "ROIGenerationAlgorithm"):
            for class_ in tables.value("segmentation algorithm", item.text(keyword))[:1]:
                method = graph.names.name("method", self.acquisition, class_)
                graph.thing(method, class_, "prov:Plan", at=at)
                graph.link("method", self.acquisition, method)

    def _represents(self, node: str, item: Header, observed: Header | None, at: str) -> None:
        """The organ that a segment stands for: by code, or by a name that the table of names knows."""
        codes = [code for keyword in _ORGANS for code in item.codes.get(keyword, ())]
        codes += observed.codes.get("RTROIIdentificationCodeSequence", []) if observed else []
        told = [str(code) for keyword in _SIDES for code in item.codes.get(keyword, ())]
        side = next((s for text in told for s in tables.value("laterality", text)), "")
        name = " ".join(item.text("ROIName").upper().replace("_", " ").split())
        found = [m.class_ for code in codes for m in tables.regions(code, side)]
        found = found or [c for c in tables.value("region of interest", name) if c]
        if not found:
            self.graph.tell("dicom-region", "stands for something that the tables of regions lack", at)
        one = found[0] if len(set(found)) == 1 else "obo:FMA_67165"
        self.graph.link("represents", node, self.subjects.organ(one, side, at))


class Map(Made):
    """A dose map, or a parametric map of a quantity that its unit tells."""

    def classes(self) -> tuple[str, ...]:
        """By dose type, or by the unit of the real world values."""
        if self.route.handling == "dose":
            types = tables.value("dose type", self.header.text("DoseType"))
            return (types[0] if types else self.route.dataset,)
        units = [c.value for c in self.header.codes_everywhere("MeasurementUnitsCodeSequence")]
        kinds = [class_ for u in units for class_ in tables.value("map quantity", u)]
        if not kinds:
            self.graph.tell(
                "dicom-map",
                "is in no unit of a dose, activity or density: it is carried as a data set",
                "MeasurementUnitsCodeSequence (0040,08EA)",
                Level.may,
            )
        return (kinds[0] if kinds else self.route.dataset,)

    def parts(self) -> None:
        """The quantity of the map, and the doses of its dose-volume histograms."""
        graph = self.graph
        if self.route.handling != "dose":
            for code in self.header.codes_everywhere("MeasurementUnitsCodeSequence")[:1]:
                in_unit(graph, self.dataset, code.value)
            return
        unit = "Gy" if self.header.text("DoseUnits").upper() == "GY" else ""
        if not unit:
            graph.tell(
                "dicom-relative-dose", "is not in gray: its values have no unit", "DoseUnits (3004,0002)"
            )
        graph.say_class(self.dataset, "obo:BFO_0000172", "dcm:128513")
        doses = [row for row in attribute_rows("RTDOSE") if row.how == "region dose"]
        histograms = [d for i in self.unit.instances for d in i.header.items.get("DVHSequence", ())]
        for number, item in enumerate(histograms, 1):
            for row in doses:
                for value in item.values.get(row.keyword, ())[:1]:
                    at = f"DVHSequence (3004,0050)[{number}]/{row.at}"
                    made = graph.quantity((self.dataset, str(number)), (row.class_,), value, unit, at)
                    if made is not None:
                        graph.link("output", self.acquisition, made)
                        graph.link("patient", made, self.subjects.patient)
                        graph.say(made, "om:is_about", self.dataset)
