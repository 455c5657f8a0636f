"""Our schema accepts exactly the documents that the published one accepts."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from strategies import annotated, as_bytes, broken, documents

from ontomedirad import resources
from ontomedirad.descriptor import NAMESPACE, NonDicomFileSetDescriptor, read
from ontomedirad.descriptor.schema import judge, schema_text
from ontomedirad.descriptor.xsd import SCHEMAS, schema

COMPREHENSIVE = "nonDicomFileSetDescriptor.xsd"
Verdict = Callable[[etree._Element], bool]

hundreds = settings(
    max_examples=250, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)


def published_name(name: str, folder: Path) -> str:
    """The published schema that asks for the workflow that ours of that name asks for."""
    plan = NonDicomFileSetDescriptor.plan()
    tags = [plan.by_name[workflow].tag for workflow in SCHEMAS[name]]
    special = [p for p in sorted(folder.glob("*orkflow*.xsd")) if p.name != COMPREHENSIVE]
    texts = {p.name: p.read_text("utf-8") for p in special}
    return next(
        (n for n, text in texts.items() if tags and f'element name="{tags[-1]}"' in text), COMPREHENSIVE
    )


@pytest.fixture(scope="module")
def pairs(shared: Path) -> dict[str, tuple[Verdict, Verdict]]:
    """Of each of our schemas, its verdict and that of the published one."""
    folder = shared / "reference" / "schemas"
    return {
        name: (
            etree.XMLSchema(etree.fromstring(schema(name))).validate,
            etree.XMLSchema(etree.parse(str(folder / published_name(name, folder)))).validate,
        )
        for name in SCHEMAS
    }


def test_each_schema_has_its_published_one(shared: Path) -> None:
    folder = shared / "reference" / "schemas"
    found = [published_name(name, folder) for name in SCHEMAS]
    assert found[0] == COMPREHENSIVE
    assert len(set(found)) == len(SCHEMAS)


def test_the_schemas_in_the_folder_are_what_the_models_make() -> None:
    folder = resources.translators() / "descriptor"
    assert {p.stem for p in folder.glob("*.xsd")} == set(SCHEMAS)
    for name in SCHEMAS:
        assert schema_text(name) == schema(name)


def test_both_accept_the_real_sample(pairs: dict[str, tuple[Verdict, Verdict]], sample: bytes) -> None:
    verdicts = {name: [verdict(etree.fromstring(sample)) for verdict in both] for name, both in pairs.items()}
    assert verdicts["3d-slide2-workflow"] == [True, True]
    assert verdicts["non-dicom-file-set-descriptor"] == [True, True]


@hundreds
@given(root=st.one_of(documents(), annotated(documents()), broken(documents()), broken(documents())))
def test_verdicts_are_equal(pairs: dict[str, tuple[Verdict, Verdict]], root: etree._Element) -> None:
    tree = etree.fromstring(as_bytes(root))
    for name, (ours, published) in pairs.items():
        assert ours(tree) == published(tree), name


@cache
def whole() -> etree.XMLSchema:
    return etree.XMLSchema(etree.fromstring(schema()))


@settings(hundreds, max_examples=60)
@given(root=documents())
def test_documents_made_from_the_plans_obey(root: etree._Element) -> None:
    assert judge(read(as_bytes(root))) == []


def test_only_the_comprehensive_schema_does_without_a_workflow() -> None:
    text = f"""<NonDicomFileSetDescriptor xmlns="{NAMESPACE}"><ReferencedClinicalResearchStudy>
    <ClinicalResearchStudyID>1</ClinicalResearchStudyID><ClinicalResearchStudyTitle/>
    </ReferencedClinicalResearchStudy><PatientId>P</PatientId></NonDicomFileSetDescriptor>"""
    root = etree.fromstring(text)
    accept = {n for n in SCHEMAS if etree.XMLSchema(etree.fromstring(schema(n))).validate(root)}
    assert accept == {"non-dicom-file-set-descriptor"}


@settings(hundreds, max_examples=200)
@given(root=broken(documents()))
def test_what_is_refused_is_explained_and_what_is_accepted_is_not(root: etree._Element) -> None:
    content = as_bytes(root)
    found = judge(read(content))
    assert bool(found) == (not whole().validate(etree.fromstring(content)))
    assert "xsd" not in {f.code for f in found}
