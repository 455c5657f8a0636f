"""What varies from image to image of a series, as one value, or as mean, minimum and maximum."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from ontomedirad.descriptor.leaf import canonical_digits
from ontomedirad.dicom.instances import Instance
from ontomedirad.translation.dicom.graph import Graph
from ontomedirad.vocabulary import term

Place = tuple[str, str]
"""The X-ray source that a value belongs to, where there are several, and its position in the attribute."""


def collected(instances: Iterable[Instance], keyword: str) -> dict[Place, list[str]]:
    """All values of an attribute over images and frames, apart by X-ray source and position."""
    found: dict[Place, list[str]] = {}
    for instance in instances:
        for source, values in instance.header.everywhere(keyword):
            for position, value in enumerate(values):
                found.setdefault((source, str(position)), []).append(value)
    return found


def summarised(
    graph: Graph, key: tuple[str, ...], class_: str, values: list[str], unit: str, at: str
) -> str | None:
    """The value itself where it is the same throughout, else the mean with its extremes beside.

    The mean is that over the images, each counted once. Returns None where nothing is a number.
    """
    distinct = dict.fromkeys(values)
    if len(distinct) == 1:
        return graph.quantity(key, (class_,), values[0], unit, at)
    numbers = _numbers(values)
    if not numbers:
        return graph.quantity(key, (class_,), values[0], unit, at)
    least, most = min(numbers), max(numbers)
    if least == most:
        return graph.quantity(key, (class_,), values[0], unit, at)
    mean = canonical_digits(float(sum(numbers) / len(numbers)))
    node = graph.quantity(key, (class_, "om:mean"), mean, unit, at)
    if node is None:
        return None
    graph.say(node, "omx:has_number_of_instances", f'"{len(numbers)}"^^{term("xsd:integer")}')
    for predicate, kind, number in (
        ("omx:has_minimum", "om:minimum", least),
        ("omx:has_maximum", "om:maximum", most),
    ):
        extreme = graph.quantity((*key, kind), (class_, kind), format(number, "f"), unit, at)
        if extreme is not None:
            graph.say(node, predicate, extreme)
    return node


def _numbers(values: list[str]) -> list[Decimal]:
    found = []
    for value in values:
        try:
            number = Decimal(value)
        except InvalidOperation:
            continue
        if number.is_finite():
            found.append(number)
    return found
