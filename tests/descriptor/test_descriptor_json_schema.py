"""The JSON Schemas: what the published XML schema accepts passes, and breaks that JSON can show do not."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from strategies import documents, image_sets

from ontomedirad import resources
from ontomedirad.descriptor.json_schema import json_schema
from ontomedirad.descriptor.schema import schema_text
from ontomedirad.descriptor.xsd import SCHEMAS

XS = "{http://www.w3.org/2001/XMLSchema}"
DESCRIPTOR, IMAGES = "non-dicom-file-set-descriptor", "dicom-file-set-descriptor"
SAMPLES = (
    "3d-slide2-v105", "synthetic/acquisition_only", "synthetic/ct_calibration_full", "synthetic/hybrid_full",
    "synthetic/planar_calibration_full", "synthetic/slide1_full", "synthetic/slide1_min",
    "synthetic/slide2_full", "synthetic/slide2_min", "synthetic/spectct_calibration_full",
    "synthetic/twodim_full", "synthetic/wp2_212_full",
)  # fmt: skip

_some = settings(
    max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)


@cache
def validator(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(json_schema(name)))


@pytest.fixture(scope="module")
def as_json(shared: Path) -> Callable[[etree._Element], Any]:
    """A document as JSON by the published schemas: they say what repeats and what is a number."""
    folder = shared / "reference" / "schemas"
    files = {
        "NonDicomFileSetDescriptor": "nonDicomFileSetDescriptor",
        "DicomFileSetDescriptor": "dicomFileSetDescriptor",
    }
    tops = {root: etree.parse(str(folder / f"{name}.xsd")).getroot() for root, name in files.items()}

    def convert(root: etree._Element) -> Any:
        name = etree.QName(root).localname
        top = tops[name]
        types = {str(t.get("name")): t for t in top.iter(f"{XS}complexType")}
        (element,) = (e for e in top.findall(f"{XS}element") if e.get("name") == name)
        inline = element.find(f"{XS}complexType")
        return walk(root, types[name] if inline is None else inline, types)

    def walk(element: etree._Element, type_: etree._Element, types: dict[str, etree._Element]) -> Any:
        rows = {str(e.get("name")): e for e in type_.iter(f"{XS}element")}
        found: dict[str, Any] = {}
        for child in element:
            row = rows[etree.QName(child).localname]
            named = str(row.get("type")).removeprefix("irdbb:")
            text = (child.text or "").strip()
            value: Any = child.text or ""
            if named in types:
                value = walk(child, types[named], types)
            elif named in ("xs:float", "xs:integer") and text not in ("INF", "-INF", "NaN"):
                value = float(text) if named == "xs:float" else whole(text)
                value = text.lstrip("+").replace("inf", "INF") if value in (1e999, -1e999) else value
                value = value if isinstance(value, int | float) else ("-INF" if text[0] == "-" else "INF")
            elif named in ("xs:float", "xs:integer"):
                value = text
            if row.get("maxOccurs") == "unbounded":
                found.setdefault(str(row.get("name")), []).append(value)
            else:
                found[str(row.get("name"))] = value
        return found

    return convert


def whole(text: str) -> int:
    """An integer of any length; what matters here is that it is one."""
    return int(text) if len(text) < 1000 else 10**50


def test_the_files_beside_the_xsds_are_what_the_models_make() -> None:
    folder = resources.translators() / "descriptor"
    assert {p.name.removesuffix(".schema.json") for p in folder.glob("*.schema.json")} == set(SCHEMAS)
    for name in SCHEMAS:
        made = json.loads(json_schema(name))
        jsonschema.Draft202012Validator.check_schema(made)
        assert json.loads(schema_text(name, "json")) == made


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_pass(name: str, shared: Path, as_json: Callable[[etree._Element], Any]) -> None:
    root = etree.parse(str(shared / "samples" / "descriptors" / f"{name}.xml")).getroot()
    etree.strip_tags(root, etree.Comment)
    made = as_json(root)
    validator(DESCRIPTOR).validate(made)
    accepted = {n for n in SCHEMAS if validator(n).is_valid(made)}
    by_xsd = {n for n in SCHEMAS if etree.XMLSchema(etree.fromstring(schema_text(n))).validate(root)}
    assert accepted == by_xsd


@_some
@given(root=st.one_of(documents(), image_sets()))
def test_what_the_xml_schema_accepts_passes(
    root: etree._Element, as_json: Callable[[etree._Element], Any]
) -> None:
    name = IMAGES if str(root.tag).endswith("}DicomFileSetDescriptor") else DESCRIPTOR
    validator(name).validate(as_json(root))


def places(part: Any) -> list[tuple[Any, Any]]:
    """Every container of the JSON with every key or index in it."""
    if isinstance(part, dict):
        return [(part, k) for k in part] + [p for v in part.values() for p in places(v)]
    return (
        [(part, i) for i in range(len(part))] + [p for v in part for p in places(v)]
        if isinstance(part, list)
        else []
    )


@_some
@given(root=st.one_of(documents(), image_sets()), data=st.data())
def test_a_break_that_json_can_show_is_refused(
    root: etree._Element, data: st.DataObject, as_json: Callable[[etree._Element], Any]
) -> None:
    name = IMAGES if str(root.tag).endswith("}DicomFileSetDescriptor") else DESCRIPTOR
    made = as_json(root)
    for kind in ("unknown", "type", "null"):
        broken = deepcopy(made)
        inside, key = data.draw(st.sampled_from(places(broken)))
        if kind == "unknown" and isinstance(inside, dict):
            inside["Unknown"] = "1"
        elif kind == "unknown":
            inside.append(["1"])
        else:
            inside[key] = True if kind == "type" else None
        assert not validator(name).is_valid(broken), (kind, key)


@pytest.mark.parametrize("name", [n for n in SAMPLES if n.endswith("_full")])
def test_each_required_element_is_required_and_each_optional_one_is_not(
    name: str, shared: Path, as_json: Callable[[etree._Element], Any]
) -> None:
    """Leave out each key once: the published XML schema and the JSON Schema agree."""
    xsd = etree.XMLSchema(
        etree.parse(str(shared / "reference" / "schemas" / "nonDicomFileSetDescriptor.xsd"))
    )
    root = etree.parse(str(shared / "samples" / "descriptors" / f"{name}.xml")).getroot()
    seen: set[str] = set()
    verdicts = set()
    for element in [*root.iter(etree.Element)][1:]:
        parent = element.getparent()
        assert parent is not None
        key = f"{etree.QName(parent).localname}/{etree.QName(element).localname}"
        if key in seen or len(parent.findall(str(element.tag))) > 1:
            continue
        seen.add(key)
        at = parent.index(element)
        parent.remove(element)
        accepted = xsd.validate(root)
        assert validator(DESCRIPTOR).is_valid(as_json(root)) == accepted, key
        verdicts.add(accepted)
        parent.insert(at, element)
    assert verdicts == {True, False}
