"""Rules of single facts that must fit each other: files, calibrations, series, activities, units."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ontomedirad import resources, vocabulary
from ontomedirad.descriptor import marks
from ontomedirad.descriptor.block import Block
from ontomedirad.descriptor.data import DICOMData, GeometricalTransformation, NonDICOMData
from ontomedirad.descriptor.facts import Facts, Mention, key, key_of
from ontomedirad.descriptor.regions import AbsorbedDoseInVOI
from ontomedirad.descriptor.rulebook import Break, rule
from ontomedirad.descriptor.treatment import (
    AdministeredActivity,
    NMRelevantCalibrationReference,
)
from ontomedirad.report import Level
from ontomedirad.settings import Settings


@rule(
    "R9",
    Level.must,
    "A file that a process uses was made by a process of the same time point.",
    whole=True,
)
def _used_files(facts: Facts, settings: Settings) -> Iterator[Break]:
    made: dict[str, Mention] = {}
    for mention in facts.of(NonDICOMData):
        if mention.field and mention.field.mark(marks.Output):
            made.setdefault(key_of(mention.model) or "", mention)
    for mention in facts.of(NonDICOMData):
        if not (mention.field and mention.field.mark(marks.Input)):
            continue
        source = made.get(key_of(mention.model) or "")
        place = facts.place(mention.model, "file_name")
        if source is None:
            yield Break(
                f"{mention.field.tag} names a file that no process of this descriptor makes",
                place,
                "correct the name, or describe the process that made it",
            )
        elif _time_of(source.process) != _time_of(mention.process):
            yield Break(
                f"{mention.field.tag} names a file that was made for another time point",
                place,
                "name the file of this time point",
                (facts.place(source.model, "file_name"),),
            )


def _time_of(process: Block | None) -> str:
    return key(getattr(process, "time_point", ""))


@rule("R12", Level.may, "A calibration that a treatment names is described in a file of its own.")
def _calibrations(facts: Facts, settings: Settings) -> Iterator[Break]:
    seen: set[tuple[str | None, str | None]] = set()
    for mention in facts.of(NMRelevantCalibrationReference):
        model = mention.model
        named = (getattr(model, "date", None), getattr(model, "isotope", None))
        if named not in seen:
            seen.add(named)
            yield Break(
                "this calibration is named here and described elsewhere",
                facts.place(model),
                "import the calibration's own descriptor too",
            )


@rule("R13", Level.must, "Calibrations are of the isotope that was administered.")
def _isotopes(facts: Facts, settings: Settings) -> Iterator[Break]:
    given = facts.root.acquisition
    if given is None or given.isotope is None:
        return
    for mention in facts.of(NMRelevantCalibrationReference):
        isotope = getattr(mention.model, "isotope", None)
        if isotope is not None and isotope != given.isotope:
            yield Break(
                f"the calibration is of {isotope}, the administration of {given.isotope}",
                facts.place(mention.model, "isotope"),
                "correct the isotope, or name the calibration that was used",
                (facts.place(given, "isotope"),),
            )


@rule("R14", Level.must, "A DICOM series is of one kind: CT or nuclear medicine.")
def _kinds(facts: Facts, settings: Settings) -> Iterator[Break]:
    first: dict[str, tuple[str, Mention]] = {}
    for mention in facts.of(DICOMData):
        kind, uid = _modality(mention), getattr(mention.model, "series_uid", None)
        if kind is None or uid is None:
            continue
        known, where = first.setdefault(uid.strip(), (kind, mention))
        if known != kind:
            yield Break(
                f"this series stands for {kind} here and for {known} elsewhere",
                facts.place(mention.model, "series_uid"),
                "correct one of the two series",
                (facts.place(where.model, "series_uid"),),
            )


def _modality(mention: Mention) -> str | None:
    types = [t for m in mention.field.marks for t in getattr(m, "types", ())] if mention.field else []
    return next((k for k in ("CT", "NM") if any(f"{k}_" in t for t in types)), None)


@rule("R15", Level.must, "The administered activities that a fit uses are those of AcquisitionSettings.")
def _activities(facts: Facts, settings: Settings) -> Iterator[Break]:
    given = facts.root.acquisition
    if given is None:
        return
    for mention in facts.of(AdministeredActivity):
        if mention.field is None or mention.field.mark(marks.Input) is None:
            continue
        stated: AdministeredActivity | None = getattr(given, mention.field.name, None)
        used = mention.model
        assert isinstance(used, AdministeredActivity)
        if stated is None or _amount(stated) == _amount(used):
            continue
        yield Break(
            f"{mention.field.tag} differs from what AcquisitionSettings states",
            facts.place(used),
            "state the same value and unit in both places",
            (facts.place(stated),),
        )


def _amount(activity: AdministeredActivity) -> tuple[str, str]:
    """Value and unit, with one spelling a value: so that NaN is itself, and 5 is 5.0."""
    return key(activity.value), activity.unit


@rule(
    "R17", Level.must, "An absorbed dose of a treatment has a unit of dose, not one normalised to tube load."
)
def _dose_units(facts: Facts, settings: Settings) -> Iterator[Break]:
    for mention in facts.of(AbsorbedDoseInVOI):
        unit = getattr(mention.model, "unit", None)
        known = vocabulary.unit_of(unit) if unit else None
        if known is not None and known.si != "Gy":
            yield Break(
                f"the absorbed dose has the unit {unit}, which is normalised to the load of an X-ray tube",
                facts.place(mention.model, "unit"),
                "write gray or milligray",
            )


@rule("R18", Level.must, "The isotope is that of the radiopharmaceutical.")
def _radiopharmaceutical(facts: Facts, settings: Settings) -> Iterator[Break]:
    given = facts.root.acquisition
    if given is None or given.isotope is None:
        return
    expected = _radionuclides().get(given.radiopharmaceutical or "")
    if expected is not None and given.isotope != expected:
        yield Break(
            f"{given.radiopharmaceutical} carries {expected}, not {given.isotope}",
            facts.place(given, "isotope"),
            "correct the isotope or the radiopharmaceutical",
        )


@cache
def _radionuclides() -> dict[str, str]:
    table = resources.translators() / "descriptor" / "radiopharmaceuticals.tsv"
    return {r["radiopharmaceutical"]: r["isotope"] for r in resources.rows(table)}


@rule("R21", Level.must, "The class of a file fits the element it stands in.")
def _data_classes(facts: Facts, settings: Settings) -> Iterator[Break]:
    for mention in facts.of(NonDICOMData):
        expected = mention.field.mark(marks.Expects) if mention.field else None
        found = getattr(mention.model, "data_class", None)
        if expected is not None and found is not None and found not in expected.classes:
            assert mention.field is not None
            yield Break(
                f"a file of class {found} does not fit {mention.field.tag}",
                facts.place(mention.model, "data_class"),
                f"expected {' or '.join(expected.classes)}",
            )


@rule("R21", Level.must, "A transformation's files are of its own type.")
def _transformation_files(facts: Facts, settings: Settings) -> Iterator[Break]:
    for mention in facts.of(GeometricalTransformation):
        model = mention.model
        assert isinstance(model, GeometricalTransformation)
        for file in model.files or ():
            if None not in (file.data_class, model.type) and file.data_class != model.type:
                yield Break(
                    f"the file is of class {file.data_class}, the transformation of type {model.type}",
                    facts.place(file, "data_class"),
                    "make both agree",
                    (facts.place(model, "type"),),
                )
