"""Rules of what identifies: patient, study, keys, UIDs, paths; and of the document as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ontomedirad import vocabulary
from ontomedirad.descriptor.data import DICOMData, NonDICOMData
from ontomedirad.descriptor.dicom_set import DicomFileSetDescriptor
from ontomedirad.descriptor.facts import Facts
from ontomedirad.descriptor.rulebook import Break, rule
from ontomedirad.report import Level
from ontomedirad.settings import Settings
from ontomedirad.texts import plain

UID = re.compile(r"[0-9.]{1,64}")


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
        for name in cls.plan().names.intersection(cls.meaning.key):
            for mention in mentions:
                value = getattr(mention.model, name)
                if isinstance(value, str) and not value.strip():
                    tag = cls.plan().by_name[name].tag
                    yield Break(f"{tag} is blank", facts.place(mention.model, name), "write the identifier")


@rule("R14", Level.must, "A DICOM UID has 1 to 64 digits and points (DICOM PS3.5, 9.1).")
def _uids(facts: Facts, settings: Settings) -> Iterator[Break]:
    for mention in facts.of(DICOMData):
        for name in ("study_uid", "series_uid"):
            value = getattr(mention.model, name)
            if value is not None and not UID.fullmatch(value.strip()):
                tag = DICOMData.plan().by_name[name].tag
                yield Break(
                    f"{tag} is no DICOM UID", facts.place(mention.model, name), "copy it from the image"
                )


@rule("R20", Level.should, "A file set has just one workflow.")
def _workflows(facts: Facts, settings: Settings) -> Iterator[Break]:
    count = len(facts.root.workflows)
    if count != 1 and not facts.of(DicomFileSetDescriptor):
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
