"""Rules of single facts: data classes, isotopes, activities, windows, times, workflows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from ontomedirad import resources, vocabulary
from ontomedirad.descriptor import marks
from ontomedirad.descriptor.block import Block
from ontomedirad.descriptor.data import DICOMData, GeometricalTransformation, NonDICOMData
from ontomedirad.descriptor.facts import Facts, Mention, key_of
from ontomedirad.descriptor.references import Break, Rule
from ontomedirad.descriptor.regions import AbsorbedDoseInVOI
from ontomedirad.descriptor.treatment import (
    AdministeredActivity,
    NMRelevantCalibrationReference,
    ProcessExecutionContext,
    TimePointDescriptionElement,
)
from ontomedirad.report import Level
from ontomedirad.settings import Settings
from ontomedirad.texts import has_time, moment, plain

Find = Callable[[Facts, Settings], Iterator[Break]]
RULES: list[Rule] = []
"""All rules of this module, in the order of their codes."""

_UID = re.compile(r"[0-9.]{1,64}")
_HOURS = {"seconds": 1 / 3600, "minutes": 1 / 60, "hours": 1.0, "days": 24.0}


def rule(code: str, level: Level, says: str) -> Callable[[Find], Find]:
    """Register a rule: its code, its level, and what holds where it is kept."""

    def register(find: Find) -> Find:
        RULES.append(Rule(code, level, says, find))
        return find

    return register


@rule("patient", Level.must, "The patient's pseudonym is not blank: else all such patients would be one.")
def _patient(facts: Facts, settings: Settings) -> Iterator[Break]:
    if facts.root.patient_id is not None and not facts.root.patient_id.strip():
        yield Break("PatientId is blank", facts.place(facts.root, "patient_id"), "write the pseudonym")


@rule("privacy", Level.must, "PatientId is a pseudonym, not a name: no blanks, commas or carets.")
def _privacy(facts: Facts, settings: Settings) -> Iterator[Break]:
    if re.search(r"[^\W\d_][\s,^]+[^\W\d_]", (facts.root.patient_id or "").strip()):
        yield Break(
            "PatientId looks like a person's name",
            facts.place(facts.root, "patient_id"),
            "write the pseudonym under which the study knows the patient",
        )


@rule("study", Level.must, "The research study is one that the ontology or the deployment knows.")
def _study(facts: Facts, settings: Settings) -> Iterator[Break]:
    study = facts.root.study
    known = vocabulary.studies().keys() | {plain(k) for k in settings.studies}
    if study is not None and study.identifier is not None and plain(study.identifier) not in known:
        yield Break(
            "ClinicalResearchStudyID is no research study that is known here",
            facts.place(study, "identifier"),
            "correct it, or name the study in the settings (studies)",
        )


@rule("identity", Level.must, "What identifies an individual is not blank: else two would become one.")
def _identity(facts: Facts, settings: Settings) -> Iterator[Break]:
    for cls, mentions in facts.mentions.items():
        for name in cls.meaning.key:
            for mention in mentions:
                value = getattr(mention.model, name)
                if isinstance(value, str) and not value.strip():
                    tag = cls.plan().by_name[name].tag
                    yield Break(f"{tag} is blank", facts.place(mention.model, name), "write the identifier")


@rule("R9", Level.must, "A file that a process uses was made by a process of the same time point.")
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


def _time_of(process: Block | None) -> str | None:
    return getattr(process, "time_point", None)


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


@rule("R14", Level.must, "A DICOM UID has 1 to 64 digits and points (DICOM PS3.5, 9.1).")
def _uids(facts: Facts, settings: Settings) -> Iterator[Break]:
    for mention in facts.of(DICOMData):
        for name in ("study_uid", "series_uid"):
            value = getattr(mention.model, name)
            if value is not None and not _UID.fullmatch(value.strip()):
                tag = DICOMData.plan().by_name[name].tag
                yield Break(
                    f"{tag} is no DICOM UID", facts.place(mention.model, name), "copy it from the image"
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
        if stated is None or (stated.value, stated.unit) == (used.value, used.unit):
            continue
        yield Break(
            f"{mention.field.tag} differs from what AcquisitionSettings states",
            facts.place(used),
            "state the same value and unit in both places",
            (facts.place(stated),),
        )


@rule("R16", Level.should, "A time point lies in the window of its category.")
def _windows(facts: Facts, settings: Settings) -> Iterator[Break]:
    for mention in facts.of(TimePointDescriptionElement):
        point = mention.model
        assert isinstance(point, TimePointDescriptionElement)
        window = _categories().get(point.category or "")
        factor = _HOURS.get(point.unit or "")
        if window is None or factor is None or point.distance is None:
            continue
        centre, tolerance = window
        if abs(point.distance - centre / factor) > tolerance / factor:
            yield Break(
                f"the time point is outside its category's window, {centre:g} h ± {tolerance:g} h",
                facts.place(point, "distance"),
                "correct the distance or its unit, or choose another category",
            )


@cache
def _categories() -> dict[str, tuple[float, float]]:
    table = resources.translators() / "descriptor" / "time_points.tsv"
    return {r["category"]: (float(r["hours"]), float(r["tolerance"])) for r in resources.rows(table)}


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


@rule("R19", Level.must, "Dates and times can be read: ISO 8601 or DICOM's own form.")
def _dates(facts: Facts, settings: Settings) -> Iterator[Break]:
    for model, name in _moments(facts):
        value = getattr(model, name)
        if value is not None and moment(value) is None:
            tag = type(model).plan().by_name[name].tag
            yield Break(
                f"{tag} is no date and time", facts.place(model, name), "write it as 2020-01-17 15:08:54"
            )


@rule("R19", Level.should, "No process begins before the administration.")
def _order(facts: Facts, settings: Settings) -> Iterator[Break]:
    given = facts.root.acquisition
    start = moment(given.injected_at) if given and given.injected_at else None
    if given is None or start is None:
        return
    for model, name in _moments(facts):
        begun = moment(getattr(model, name) or "")
        if begun is None or begun.tzinfo is not None or start.tzinfo is not None:
            continue
        if begun.date() < start.date() or (begun < start and has_time(getattr(model, name))):
            yield Break(
                "the process begins before the radiopharmaceutical was administered",
                facts.place(model, name),
                "correct one of the two times",
                (facts.place(given, "injected_at"),),
            )


def _moments(facts: Facts) -> Iterator[tuple[Block, str]]:
    if facts.root.acquisition is not None:
        yield facts.root.acquisition, "injected_at"
    for mention in facts.of(ProcessExecutionContext):
        yield mention.model, "started"


@rule("R20", Level.should, "A file set has just one workflow.")
def _workflows(facts: Facts, settings: Settings) -> Iterator[Break]:
    count = len(facts.root.workflows)
    if count != 1:
        yield Break(
            f"the descriptor has {count or 'no'} workflow{'s' if count else ''}",
            facts.place(facts.root),
            "describe one workflow in each file set",
        )


@rule(
    "R20", Level.must, "A treatment's workflow has AcquisitionSettings: else its administration is unknown."
)
def _settings(facts: Facts, settings: Settings) -> Iterator[Break]:
    treatments = [w for w in facts.root.workflows if w.meaning.treatment]
    if treatments and facts.root.acquisition is None:
        yield Break(
            "the workflow is a treatment's, and AcquisitionSettings is missing",
            facts.place(facts.root),
            "say where and when which activity was administered",
        )


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


@rule("paths", Level.should, "A file name is a path inside the file set.")
def _paths(facts: Facts, settings: Settings) -> Iterator[Break]:
    for mention in facts.of(NonDICOMData):
        name = getattr(mention.model, "file_name", None) or ""
        if re.match(r"[/\\]|[A-Za-z]:", name) or ".." in re.split(r"[/\\]", name):
            yield Break(
                "NonDICOMDataFileName leads out of the file set",
                facts.place(mention.model, "file_name"),
                "write the path from the file set's own folder",
            )
