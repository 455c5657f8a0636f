"""Rules for what images say of equipment and method: filters, collimators, windows, reconstruction."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ontomedirad.descriptor.leaf import Float
from ontomedirad.dicom.header import Header
from ontomedirad.translation import literals
from ontomedirad.translation.dicom import vocabulary as tables
from ontomedirad.translation.dicom.graph import Graph
from ontomedirad.translation.dicom.row import Row
from ontomedirad.vocabulary import term

if TYPE_CHECKING:
    from ontomedirad.translation.dicom.image import Image


def first(image: Image, row: Row) -> tuple[str, ...]:
    """The values of an attribute at the first place that counts as the image's own."""
    return next((values for _, values in image.header.everywhere(row.keyword)), ())


def modulation(image: Image, row: Row) -> None:
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


def filter_(image: Image, row: Row) -> None:
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


def named_part(image: Image, row: Row) -> None:
    """A part of the protocol that has a name, such as a kernel."""
    for value in first(image, row):
        node = image.graph.names.name("convolution_kernel", image.protocol, value)
        image.graph.thing(node, row.class_, at=row.at)
        image.graph.literal(node, "om:has_name", value)
        image.graph.link("part of", node, image.protocol, prov=False)


def method(image: Image, row: Row) -> None:
    """What the reconstruction was done with: a method for each value that stands for one."""
    for value in first(image, row):
        for class_ in tables.value(row.list, value)[:1]:
            node = image.graph.names.name("method", image.reconstructs(row.at), class_)
            image.graph.thing(node, class_, "prov:Plan", at=row.at)
            image.graph.link("method", image.reconstruction, node)


def method_text(image: Image, row: Row) -> None:
    """A method by the words of a text, such as `OSEM3D 4i5s`, which is kept where one is known."""
    for value in first(image, row)[:1]:
        words = "".join(c if c.isalnum() else " " for c in value.upper()).split()
        keys = [key for word in words for key in (word, word.rstrip("0123456789D"))]
        known = [class_ for key in keys for class_ in tables.value(row.list, key)]
        class_ = known[0] if known else "dcm:113961"
        node = image.graph.names.name("method", image.reconstructs(row.at), class_)
        image.graph.thing(node, class_, "prov:Plan", at=row.at)
        image.graph.link("method", image.reconstruction, node)
        if known:
            image.graph.literal(node, "om:has_method_name", value)


def unit(image: Image, row: Row) -> None:
    """The unit of the values of a map or image."""
    for value in first(image, row)[:1]:
        known = tables.value(row.list, value)
        if known:
            in_unit(image.graph, image.dataset, known[0])
        else:
            image.graph.leave(row.at)


def limit(image: Image, row: Row) -> None:
    """One energy window for each range of each window, with its limits."""
    if row.keyword != "EnergyWindowLowerLimit":
        return
    windows = image.header.items.get("EnergyWindowInformationSequence") or [image.header]
    for number, window in enumerate(windows, 1):
        for place, limits in enumerate(window.items.get("EnergyWindowRangeSequence", ()), 1):
            node = image.graph.names.name("energy_window", image.acquisition, str(number), str(place))
            _window(
                image, node, window, limits, row, f"EnergyWindowInformationSequence (0054,0012)[{number}]"
            )


def _window(image: Image, node: str, window: Header, limits: Header, row: Row, at: str) -> None:
    graph = image.graph
    graph.thing(node, "om:energy_window", at=at)
    graph.literal(node, "om:has_name", _plain_name(window.text("EnergyWindowName")))
    for keyword, predicate in (
        ("EnergyWindowLowerLimit", "om:has_lower_limit"),
        ("EnergyWindowUpperLimit", "om:has_upper_limit"),
    ):
        limit = _decimal(limits.text(keyword))
        if limit:
            graph.add(node, term(predicate), limit)
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
    return text if re.fullmatch(r"(?=.*[0-9])[A-Za-z0-9 _.+%-]{1,16}", text) else ""


def _decimal(text: str) -> str:
    try:
        return literals.number(Float(text))[0]
    except ValueError:
        return ""


def part_of_scanner(image: Image, row: Row) -> None:
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
    """The name of a collimator grid, such as `LEHR`; nothing of another form."""
    return text if re.fullmatch(r"[A-Za-z0-9 _./-]{1,16}", text) else ""
