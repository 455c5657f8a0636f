"""Our schema accepts exactly the documents that the published one accepts."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from strategies import XSI, annotated, as_bytes, broken, documents, image_sets, typed

from ontomedirad import resources
from ontomedirad.descriptor import NAMESPACE, NonDicomFileSetDescriptor, read
from ontomedirad.descriptor.block import FieldPlan
from ontomedirad.descriptor.dicom_set import DicomFileSetDescriptor
from ontomedirad.descriptor.schema import judge, schema_text
from ontomedirad.descriptor.xsd import SCHEMAS, root_of, schema, type_name

COMPREHENSIVE = "nonDicomFileSetDescriptor.xsd"
Verdict = Callable[[etree._Element], bool]

hundreds = settings(
    max_examples=250, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)


def published_name(name: str, folder: Path) -> str:
    """The published schema that asks for the workflow that ours of that name asks for."""
    if root_of(name) is DicomFileSetDescriptor:
        return "dicomFileSetDescriptor.xsd"
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
@given(
    root=st.one_of(
        documents(),
        annotated(documents()),
        broken(documents()),
        broken(image_sets()),
        typed(documents()),
        typed(image_sets()),
    )
)
def test_verdicts_are_equal(pairs: dict[str, tuple[Verdict, Verdict]], root: etree._Element) -> None:
    tree = etree.fromstring(as_bytes(root))
    for name, (ours, published) in pairs.items():
        assert ours(tree) == published(tree), name


@cache
def whole(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.fromstring(schema(name)))


@settings(hundreds, max_examples=60)
@given(root=st.one_of(documents(), image_sets()))
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
@given(root=st.one_of(broken(documents()), broken(image_sets())))
def test_what_is_refused_is_explained_and_what_is_accepted_is_not(root: etree._Element) -> None:
    content = as_bytes(root)
    found = judge(read(content))
    name = (
        "dicom-file-set-descriptor"
        if str(root.tag).endswith("}DicomFileSetDescriptor")
        else next(iter(SCHEMAS))
    )
    assert bool(found) == (not whole(name).validate(etree.fromstring(content)))
    assert "xsd" not in {f.code for f in found}


SYNTHETIC = (
    "acquisition_only", "ct_calibration_full", "hybrid_full", "planar_calibration_full", "slide1_full",
    "slide2_full", "spectct_calibration_full", "twodim_full", "wp2_212_full",
)  # fmt: skip


def declared_types(published: etree._Element, root: etree._Element) -> list[tuple[etree._Element, str]]:
    """Each element of a document below its root with the type that the published schema declares it with."""
    xs = "{http://www.w3.org/2001/XMLSchema}"
    types = {t.get("name"): t for t in published.iter(f"{xs}complexType")}
    found = []

    def walk(element: etree._Element, type_: etree._Element) -> None:
        inner = {e.get("name"): str(e.get("type")) for e in type_.iter(f"{xs}element")}
        for child in element:
            name = inner[etree.QName(child).localname]
            found.append((child, name))
            if name.removeprefix("irdbb:") in types:
                walk(child, types[name.removeprefix("irdbb:")])

    walk(root, types["NonDicomFileSetDescriptor"])
    return found


@pytest.mark.parametrize("name", SYNTHETIC)
def test_an_element_may_say_the_published_name_of_its_type_and_no_other(
    name: str, shared: Path, pairs: dict[str, tuple[Verdict, Verdict]]
) -> None:
    """The names of types are those of the published schema, at every element of every workflow."""
    folder = shared / "reference" / "schemas"
    published_schema = etree.parse(str(folder / COMPREHENSIVE)).getroot()
    root = etree.parse(str(shared / "samples" / "descriptors" / "synthetic" / f"{name}.xml")).getroot()
    document = etree.Element(
        root.tag, nsmap={"irdbb": NAMESPACE, "xs": published_schema.nsmap["xs"], "xsi": XSI}
    )
    document.extend(list(root))
    ours, published = pairs["non-dicom-file-set-descriptor"]
    places = declared_types(published_schema, document)
    assert len(places) == sum(1 for _ in document.iter()) - 1
    for element, type_ in places:
        element.set(f"{{{XSI}}}type", type_)
    assert published(document)
    assert ours(document)
    assert judge(read(etree.tostring(document))) == []
    broken_too = etree.fromstring(etree.tostring(document))
    patient = broken_too.find(f"{{{NAMESPACE}}}PatientId")
    assert patient is not None
    patient.tag = f"{{{NAMESPACE}}}PatientIdd"
    assert [f.code for f in judge(read(etree.tostring(broken_too)))] == ["xsd-element"]
    for element, type_ in places:
        if type_ in ("irdbb:VOI", "irdbb:Isotope"):
            element.set(f"{{{XSI}}}type", "irdbb:DICOMData")
            assert not published(document)
            assert not ours(document)
            element.set(f"{{{XSI}}}type", type_)


@pytest.mark.parametrize("name", SCHEMAS)
def test_types_have_the_names_of_the_published_ones(name: str, shared: Path) -> None:
    """All simple types, and the complex ones but those that nothing in the published schema uses."""
    folder = shared / "reference" / "schemas"
    ours, published = (
        {
            kind: {str(t.get("name")) for t in root.findall(f"{{http://www.w3.org/2001/XMLSchema}}{kind}")}
            for kind in ("simpleType", "complexType")
        }
        for root in (
            etree.fromstring(schema(name)),
            etree.parse(str(folder / published_name(name, folder))).getroot(),
        )
    )
    text = (folder / published_name(name, folder)).read_text("utf-8")
    used = {t for t in published["complexType"] if f'type="irdbb:{t}"' in text}
    assert ours["simpleType"] == published["simpleType"]
    assert used - ours["complexType"] <= {"GeometricalTransformation", "AdministeredActivity"}
    assert ours["complexType"] <= published["complexType"]


def test_every_list_has_one_content_wherever_its_name_stands() -> None:
    """A container or value list is made once a schema: all fields that name it hold the same."""
    seen: dict[str, tuple[object, ...]] = {}

    def same(name: str, *content: object) -> None:
        assert seen.setdefault(name, content) == content, name

    def walk(fields: tuple[FieldPlan, ...], inside: str) -> None:
        for f in fields:
            if f.item is not None:
                same(
                    type_name(f, inside),
                    f.item,
                    f.block or (f.leaf and (f.leaf.xsd, f.leaf.values)),
                    f.filled,
                )
            elif f.leaf is not None and f.leaf.values:
                same(type_name(f, inside), f.leaf.values)
            if f.block is not None and f.block.__name__ not in done:
                done.add(f.block.__name__)
                walk(f.block.plan().fields, f.block.__name__)

    done: set[str] = set()
    walk(NonDicomFileSetDescriptor.plan().fields, "NonDicomFileSetDescriptor")
    assert len(seen) > 80
