"""The picture of an explanation: nothing overlaps, nothing runs behind a box, time goes to the right."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

import ontomedirad
from ontomedirad import open_store, terms
from ontomedirad.lineage import Explanation
from ontomedirad.lineage.figure import short
from ontomedirad.lineage.kinds import KINDS, LEGEND, OTHER

SVG = "{http://www.w3.org/2000/svg}"
WORKFLOWS = (
    "ct_calibration_full", "hybrid_full", "planar_calibration_full", "slide1_full", "slide1_min",
    "slide2_full", "slide2_min", "spectct_calibration_full", "twodim_full", "wp2_212_full",
)  # fmt: skip
Rect = tuple[float, float, float, float]


@cache
def advance(text: str, size: float, bold: bool) -> float:
    """How wide DejaVu Sans, the widest face that the pictures ask for, sets a text."""
    weight = "bold" if bold else "normal"
    face = FontProperties(family="DejaVu Sans", weight=weight, size=size)
    return float(TextPath((0, 0), text, prop=face).get_extents().x1) if text.strip() else 0.0


def largest(path: Path) -> Explanation:
    """The explanation of the most steps that a descriptor's graph has."""
    translation = ontomedirad.translate(path)
    with open_store(":memory:") as store:
        store.backend.replace([translation.graph], translation.nquads)
        text = f"SELECT DISTINCT ?e {{ ?e <{terms.iri('prov:wasGeneratedBy')}> ?p }}"
        nodes = sorted(str(getattr(e, "value", "")) for (e,) in store.select(text))
        return max((store.explain(node) for node in nodes), key=lambda found: len(found.steps))


def shapes(svg: str) -> tuple[ElementTree.Element, list[Rect], list[tuple[Rect, str]]]:
    """The picture, its boxes, and its texts with what they cover."""
    root = ElementTree.fromstring(svg)

    def number(element: ElementTree.Element, name: str) -> float:
        return float(element.get(name, 0))

    boxes = [
        tuple(number(r, n) for n in ("x", "y", "width", "height"))
        for r in root.iter(f"{SVG}rect")
        if r.get("stroke") not in (None, "none")
    ]
    texts = []
    for t in root.iter(f"{SVG}text"):
        size, text = number(t, "font-size"), t.text or ""
        wide = advance(text, size, t.get("font-weight") is not None)
        texts.append(((number(t, "x"), number(t, "y") - 0.75 * size, wide, 0.95 * size), text))
    return root, boxes, texts  # type: ignore[return-value]


def overlap(a: Rect, b: Rect) -> bool:
    return a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]


def points(path: str) -> list[tuple[float, float]]:
    """Points along a path of lines and cubic curves, close together."""
    found: list[tuple[float, float]] = []
    for command, text in re.findall(r"([MLC])([^MLC]*)", path):
        numbers = [float(n) for n in re.findall(r"-?[\d.]+", text)]
        ends = list(zip(numbers[::2], numbers[1::2], strict=True))
        if command == "M":
            found.append(ends[0])
            continue
        start = found[-1]
        a, b, c = ends if command == "C" else (start, ends[0], ends[0])
        for i in range(1, 21):
            t = i / 20
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            found.append(
                tuple(sum(w * p[k] for w, p in zip(weights, (start, a, b, c), strict=True)) for k in (0, 1))
            )  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize("name", WORKFLOWS)
def test_nothing_overlaps_in_the_picture_of_any_workflow(shared: Path, name: str) -> None:
    explanation = largest(shared / "samples/descriptors/synthetic" / f"{name}.xml")
    assert_legible(explanation)


def test_nothing_overlaps_in_the_picture_of_the_real_dose(sample_path: Path) -> None:
    assert_legible(largest(sample_path))


def assert_legible(explanation: Explanation) -> None:
    root, boxes, texts = shapes(explanation.to_svg())
    w, h = float(root.get("width", 0)), float(root.get("height", 0))
    assert len(boxes) == len(explanation.steps)
    assert not any(overlap(a, b) for i, a in enumerate(boxes) for b in boxes[:i])
    for i, (area, text) in enumerate(texts):
        assert area[0] >= 0 and area[1] >= 0 and area[0] + area[2] <= w and area[1] + area[3] <= h, text
        for other, said in texts[:i]:
            assert not overlap(area, other), (text, said)
        for box in boxes:
            inside = box[0] <= area[0] and area[0] + area[2] <= box[0] + box[2]
            assert inside or not overlap(area, box), text
    for path in root.iter(f"{SVG}path"):
        along = points(path.get("d", ""))
        xs = [x for x, _ in along]
        assert xs == sorted(xs), "a connection goes to the right"
        for x, y, wide, high in boxes:
            assert not any(x < px < x + wide and y < py < y + high for px, py in along)
    said = " ".join(text for _, text in texts)
    for step in explanation:
        assert not step.value or short(step.value) in said, "every value is legible"


def test_a_kind_has_one_colour_and_a_colour_one_kind() -> None:
    kinds = [*KINDS, OTHER]
    assert len({k.colour for k in kinds}) == len(kinds) == len(LEGEND)
    assert {k.name for k in kinds} == set(LEGEND)


@pytest.mark.parametrize(
    ("text", "said"),
    [("156.82969665527344", "156.8"), ("20195", "20,195"), ("0.000012345", "1.234·10⁻⁵"),
     ("7e9", "7.000·10⁹"), ("nan", "nan"), ("long", "long"), ("0", "0"), ("-3510.789", "-3511"),
     ("INF", "inf")],
)  # fmt: skip
def test_numbers_are_short_enough_to_read(text: str, said: str) -> None:
    assert short(text) == said


def test_the_flowchart_has_each_step_and_connection_that_the_picture_has(sample_path: Path) -> None:
    explanation = largest(sample_path)
    chart = explanation.to_mermaid()
    root, boxes, _ = shapes(explanation.to_svg())
    assert chart.count(":::") == len(boxes)
    assert chart.count(" --> ") == len(list(root.iter(f"{SVG}path")))
    assert not re.search(r'\["[^"]*[<>](?!br/>|[^"]*br/)', chart.replace("<br/>", ""))
