"""Whatever authors choose: the document obeys both schemas, every reference resolves, rules hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from random_author import drafts

from ontomedirad import translate
from ontomedirad.authoring.draft import Draft
from ontomedirad.authoring.workflows import WORKFLOWS
from ontomedirad.descriptor import NAMESPACE, to_xml
from ontomedirad.descriptor.schema import schema_text

LEFT_TO_THE_WHOLE = {"R9", "R12"}
"""What construction cannot prevent: a file used that nobody made, a calibration described elsewhere."""

MANY = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def texts(root: etree._Element, path: str) -> set[str]:
    return {(e.text or "").strip() for e in root.iterfind(path, {"i": NAMESPACE})}


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda w: w.__name__)
@MANY
@given(data=st.data())
def test_whatever_an_author_makes_is_valid(workflow: type[Draft], data: st.DataObject) -> None:
    draft = data.draw(drafts(workflow))
    gate = etree.XMLSchema(etree.fromstring(schema_text()))
    root = etree.fromstring(to_xml(draft.descriptor))
    gate.assertValid(root)
    assert {f.code for f in draft.report()} <= LEFT_TO_THE_WHOLE
    resolves(root)
    translate(to_xml(draft.descriptor))


def resolves(root: etree._Element) -> None:
    """References to what most documents refer to, found by the names of elements alone."""
    declared = texts(root, ".//i:TimePointDescriptionElement/i:TimePointIdentifier")
    assert texts(root, ".//i:TimePointIdentifierUsed") - {""} <= declared
    made = {"VOI", "VOIProduced", "VOIInCT", "VOIInSPECT"}
    regions = {e.text for e in root.iter(f"{{{NAMESPACE}}}VOIIdentifier") if _parent(e) in made}
    assert {e.text for e in root.iter(f"{{{NAMESPACE}}}VOIIdentifier") if len(e) == 0} <= regions
    segmented = {
        e.text
        for e in root.iter(f"{{{NAMESPACE}}}SegmentationIdentifier")
        if e.getnext() is not None and etree.QName(e.getnext()).localname == "VOIContainer"
    }
    assert texts(root, ".//i:SegmentationIdentifierUsed") <= segmented


def _parent(element: etree._Element) -> str:
    parent = element.getparent()
    assert parent is not None
    return etree.QName(parent).localname


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda w: w.__name__)
@settings(MANY, max_examples=5)
@given(data=st.data())
def test_the_published_schema_accepts_it(workflow: type[Draft], shared: Path, data: st.DataObject) -> None:
    draft: Any = data.draw(drafts(workflow))
    published(shared).assertValid(etree.fromstring(to_xml(draft.descriptor)))


def published(shared: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(shared / "reference/schemas/nonDicomFileSetDescriptor.xsd")))
