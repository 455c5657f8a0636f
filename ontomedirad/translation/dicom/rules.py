"""Rules for the attributes of images: one for each word of the column `how` of attributes.tsv."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ontomedirad.dicom.header import Header
from ontomedirad.translation.dicom import equipment
from ontomedirad.translation.dicom import vocabulary as tables
from ontomedirad.translation.dicom.equipment import first
from ontomedirad.translation.dicom.row import Row
from ontomedirad.translation.dicom.subjects import irradiation_event
from ontomedirad.translation.dicom.summary import collected, summarised
from ontomedirad.vocabulary import term

if TYPE_CHECKING:
    from ontomedirad.translation.dicom.image import Image


def _text(image: Image, row: Row) -> None:
    for value in first(image, row)[:1]:
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
    for value in first(image, row)[:1]:
        if image.graph.privacy.allows(value):
            if image.owners[row.scope]:
                image.graph.literal(image.owners[row.scope], row.property, value)
        else:
            image.graph.leave(row.at)


def _class(image: Image, row: Row) -> None:
    for value in first(image, row)[:1]:
        image.subjects.sex(value)


def _age(image: Image, row: Row) -> None:
    for value in first(image, row)[:1]:
        image.subjects.age(value, row.at)


def _measure(image: Image, row: Row) -> None:
    """A quantity of the patient at the study; zero stands for unknown."""
    if row.scope != "patient":
        return
    for value in first(image, row)[:1]:
        if value.strip("0.+ "):
            made = image.graph.quantity((image.subjects.role,), (row.class_,), value, row.unit, row.at)
            if made:
                image.subjects.about(made)


def _region(image: Image, row: Row) -> None:
    """The region that the study is directed at, by code or as a defined term."""
    if row.scope != "study":
        return
    if row.list:
        _named_region(image, row)
        return
    header = image.header
    codes = header.codes_everywhere(row.keyword)
    for item in header.items.get(row.keyword, ()):
        codes += item.codes_everywhere("AnatomicRegionSequence")
    told = [str(c) for c in header.codes_everywhere("AnatomicRegionModifierSequence")]
    told += [v for k in ("FrameLaterality", "Laterality") for _, vs in header.everywhere(k) for v in vs]
    side = next((s for text in told for s in tables.value("laterality", text)), "")
    image.subjects.region(image.subjects.study, codes, side, row.at)


def _named_region(image: Image, row: Row) -> None:
    for value in first(image, row)[:1]:
        found = [c for c in tables.value(row.list, value.split("/")[0].strip()) if c]
        if not found:
            image.graph.leave(row.at)
        for class_ in found:
            organ = image.subjects.organ(class_, "", row.at)
            image.graph.say(image.subjects.study, "om:has_target_region", organ)


def _event(image: Image, row: Row) -> None:
    """The acquisition is part of each irradiation event that its images belong to."""
    told = [u for i in image.unit.instances for _, us in i.header.everywhere(row.keyword) for u in us]
    for uid in dict.fromkeys(told):
        event = irradiation_event(image.graph, uid, row.at)
        if image.route.modality == "CT":
            image.graph.type(event, "om:CT_irradiation_event")
        image.graph.link("part of process", image.acquisition, event)
        image.graph.link("part of process", event, image.subjects.study)


def kind(image: Image, row: Row) -> str:
    """The class that an attribute tells of the acquisition; empty where it tells none."""
    headers: list[Header] = [image.header]
    if row.scope == "rotation":
        headers = image.header.items.get("RotationInformationSequence", [])
    told = (values[0] for header in headers for _, values in header.everywhere(row.keyword))
    return next((class_ for value in told for class_ in tables.value(row.list, value)[:1] if class_), "")


def _summaries(image: Image, row: Row) -> Iterator[str]:
    """The quantity of an attribute over all images, one for each X-ray source and position."""
    for (source_, position), values in collected(image.unit.instances, row.keyword).items():
        key = (image.acquisition, row.keyword, source_, position)
        node = summarised(image.graph, key, row.class_, values, row.unit, row.at)
        if node is not None:
            yield node


def _setting(image: Image, row: Row) -> None:
    """A setting of the acquisition, summarised over its images."""
    for node in _summaries(image, row):
        image.graph.link("setting", image.acquisition, node)
        image.graph.link("part of", node, image.protocol, prov=False)
        image.graph.say(node, "om:is_device_setting_of", image.scanner or image.acquisition)


def _dose(image: Image, row: Row) -> None:
    """A dosimetric index of the acquisition, summarised over its images, with its phantom."""
    for node in _summaries(image, row):
        image.graph.say(node, "om:is_about", image.acquisition)
        image.graph.link("patient", node, image.subjects.patient)
        for code in image.header.codes_everywhere("CTDIPhantomTypeCodeSequence"):
            for class_ in tables.value("phantom", str(code)):
                image.graph.say_class(node, "om:estimated_from_phantom", class_)


def _about(image: Image, row: Row) -> None:
    """A quantity that is about the acquisition."""
    for node in _summaries(image, row):
        image.graph.say(node, "om:is_about", image.acquisition)


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
    "study": _elsewhere,
    "region": _region,
    "event": _event,
    "kind": _elsewhere,
    "setting": _setting,
    "dose": _dose,
    "about": _about,
    "modulation": equipment.modulation,
    "filter": equipment.filter_,
    "named part": equipment.named_part,
    "method": equipment.method,
    "method text": equipment.method_text,
    "unit": equipment.unit,
    "limit": equipment.limit,
    "part of scanner": equipment.part_of_scanner,
    "start": _elsewhere,
    "agent": _elsewhere,
    "agent text": _elsewhere,
    "radionuclide": _elsewhere,
    "half-life": _elsewhere,
    "route": _elsewhere,
    "region dose": _elsewhere,
}
