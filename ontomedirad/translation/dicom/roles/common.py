"""What the rules of roles share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ontomedirad.dicom.trees import Item
from ontomedirad.translation.dicom import vocabulary as tables

if TYPE_CHECKING:
    from ontomedirad.translation.dicom.report import Report

LATERALITY = ("SCT:272741003", "SRT:G-C171")


def unit_of(item: Item) -> str:
    """The code of the unit of a NUM item."""
    return item.unit.value if item.unit else ""


def quantity(report: Report, owner: str, item: Item, class_: str, *more: str) -> str | None:
    """The quantity of a NUM item; an item without value says nothing."""
    if not item.value:
        return None
    return report.graph.quantity((owner,), (class_, *more), item.value, unit_of(item), item.path)


def methods(report: Report, node: str, item: Item, list_: str) -> None:
    """The methods that stand below a value as codes."""
    graph = report.graph
    for child in item.children:
        for class_ in tables.value(list_, str(child.code)) if child.code else ():
            method = graph.names.name("method", node, class_)
            graph.thing(method, class_, "prov:Plan", at=child.path)
            graph.link("about", node, method)
