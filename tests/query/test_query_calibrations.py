"""Questions about calibrations: rows against the XML of calibration descriptors, read with XPath alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from ontomedirad.api import translate
from ontomedirad.query import queries
from ontomedirad.store import Store, open_store

NS = {"d": "https://www.irdbb-medirad.com"}
LABELS = {"iodine131": "Iodine-131 atom"}
FILES = ("spectct_calibration_full.xml", "ct_calibration_full.xml")


class Xml:
    """Calibration descriptors."""

    def __init__(self, paths: list[Path]) -> None:
        self.roots = [etree.parse(str(p)).getroot() for p in paths]

    def all(self, path: str) -> list[etree._Element]:
        return [e for r in self.roots for e in r.xpath(path, namespaces=NS)]  # type: ignore[union-attr]


def text(element: etree._Element, path: str) -> str:
    return str(element.xpath(f"string({path})", namespaces=NS))


@pytest.fixture(scope="module")
def paths(shared: Path) -> list[Path]:
    return [shared / "samples" / "descriptors" / "synthetic" / name for name in FILES]


@pytest.fixture(scope="module")
def xml(paths: list[Path]) -> Xml:
    return Xml(paths)


@pytest.fixture(scope="module")
def store(paths: list[Path]) -> Iterator[Store]:
    """The graphs, whatever their findings."""
    with open_store(":memory:") as held:
        for path in paths:
            translation = translate(path)
            held.backend.replace([translation.graph], translation.nquads)
        yield held


def test_calibration_coefficients(store: Store, xml: Xml) -> None:
    expected = sorted(
        (
            float(text(e, "d:CalibrationCoefficientValue")),
            text(e, "d:CalibrationCoefficientUnit"),
            text(e, "d:ReferenceCalibrationDate"),
            LABELS[text(e, "d:Isotope")],
            text(e, "../d:ProcessExecutionContext/d:PerformingInstitution"),
        )
        for e in xml.all("//d:SPECTCalibrationCoefficientProduced")
    )
    for given in ({}, {"radionuclide": "iodine131"}, {"institution": expected[0][4]}):
        found = sorted(
            (
                r.CalibrationCoefficientValue,
                r.CalibrationCoefficientUnitLabel,
                r.ReferenceCalibrationDate,
                r.RadionuclideLabel,
                r.InstitutionName,
            )
            for r in queries().by_legacy_id(20).run(store, **given)
        )
        assert found == expected
    assert not queries().by_legacy_id(20).run(store, radionuclide="lutetium177")
    assert not queries().by_legacy_id(20).run(store, institution="No Such Hospital")


def test_recovery_coefficient_curves_and_their_elements(store: Store, xml: Xml) -> None:
    curves = xml.all("//d:SPECTRecoveryCoefficientCurveInCalibrationProduced")
    expected = sorted(
        (
            text(c, "d:ReferenceCalibrationDate"),
            LABELS[text(c, "d:Isotope")],
            text(c, "../d:ProcessExecutionContext/d:PerformingInstitution"),
        )
        for c in curves
    )
    rows = queries().by_legacy_id(21).run(store, radionuclide="iodine131")
    assert (
        sorted((r.ReferenceCalibrationDate, r.RadionuclideLabel, r.InstitutionName) for r in rows) == expected
    )
    elements = sorted(
        (
            float(text(e, "d:RatioMeasuredActivityToTrueActivity")),
            float(text(e, "d:HotInsertVolumeValue")),
            text(e, "d:HotInsertVolumeUnit"),
            text(e, "d:HotInsertIdentifier"),
        )
        for e in xml.all("//d:ElementOfSPECTRecoveryCoefficientCurve")
    )
    found = sorted(
        (
            r.RatioMeasuredActivityToTrueActivityValue,
            r.VolumeHotInsertValue,
            r.VolumeHotInsertUnitLabel,
            r.HotInsertId,
        )
        for r in queries().by_legacy_id(22).run(store)
    )
    assert found == elements


def test_ct_number_curves_and_their_elements(store: Store, xml: Xml) -> None:
    curves = xml.all("//*[d:ElementsOfCTNumberCalibrationCurve]")
    dates = sorted(text(c, "d:ReferenceCalibrationDate") for c in curves)
    assert sorted(r.ReferenceCalibrationDate for r in queries().by_legacy_id(23).run(store)) == dates
    expected = sorted(
        (
            float(text(e, "d:HounsfieldMeasuredValue")),
            float(text(e, "d:RealDensityOfMaterialValue")),
            text(e, "d:MaterialIdentifier"),
        )
        for e in xml.all("//d:ElementOfCTNumberCalibrationCurve")
    )
    rows = list(queries().by_legacy_id(24).run(store))
    found = sorted(
        (float(r.HounsfieldMeasuredValue), r.RealDensityOfMaterialValue, r.MaterialId) for r in rows
    )
    assert found == expected
    assert {(r.HounsfieldMeasuredUnitLabel, r.RealDensityOfMaterialUnitLabel) for r in rows} == {
        ("Hounsfield unit", "Hounsfield unit")
    }


def test_calibrations_with_what_they_made(store: Store, xml: Xml) -> None:
    (ct,) = queries().by_legacy_id(26).run(store)
    (made,) = xml.all("//d:CTNumberCalibrationCurveProduced")
    assert ct.ReferenceCalibrationDate == text(made, "d:ReferenceCalibrationDate")
    (spect,) = queries().by_legacy_id(27).run(store, radionuclide="iodine131")
    (coefficient,) = queries().by_legacy_id(20).run(store)
    (curve,) = queries().by_legacy_id(21).run(store)
    assert spect.CalibrationCoefficient == coefficient.CalibrationCoefficient
    assert spect.RecoveryCoefficientCurve == curve.RecoveryCoefficientCurve
    assert spect.ReferenceCalibrationDate == coefficient.ReferenceCalibrationDate


def test_a_calibration_without_a_curve_is_listed(store: Store, paths: list[Path]) -> None:
    root = etree.parse(str(paths[0])).getroot()
    for box in root.iter("{https://www.irdbb-medirad.com}SPECTRecoveryCoefficientCurveCalculation"):
        box.getparent().remove(box)  # type: ignore[union-attr]
    translation = translate(etree.tostring(root))
    with open_store(":memory:") as alone:
        alone.backend.replace([translation.graph], translation.nquads)
        (row,) = queries().by_legacy_id(27).run(alone)
        assert row.RecoveryCoefficientCurve is None
        assert row.CalibrationCoefficient
