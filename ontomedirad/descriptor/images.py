"""Rules of DICOM file set descriptors: UIDs, and what may identify the patient."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ontomedirad.descriptor.dicom_set import (
    DICOMSeriesDescriptorType,
    DICOMSOPInstanceType,
    DICOMStudyDescriptorType,
    PatientDescriptorType,
)
from ontomedirad.descriptor.facts import Facts
from ontomedirad.descriptor.identities import UID
from ontomedirad.descriptor.rulebook import Break, rule
from ontomedirad.report import Level
from ontomedirad.settings import Settings

_DUMMY = re.compile(r"(0{8}|19000101|9999\d{4})?")
"""Birth dates that de-identification writes; anything else may be the patient's."""


@rule("R14", Level.must, "A UID of a DICOM file set has 1 to 64 digits and points (DICOM PS3.5, 9.1).")
def _uids(facts: Facts, settings: Settings) -> Iterator[Break]:
    for cls, names in (
        (DICOMStudyDescriptorType, ("uid",)),
        (DICOMSeriesDescriptorType, ("uid",)),
        (DICOMSOPInstanceType, ("uid", "class_uid")),
    ):
        for mention in facts.of(cls):
            for name in names:
                value = getattr(mention.model, name)
                if value is not None and not UID.fullmatch(value.strip()):
                    tag = cls.plan().by_name[name].tag
                    yield Break(
                        f"{tag} is no DICOM UID", facts.place(mention.model, name), "copy it from the image"
                    )


@rule("privacy", Level.must, "A DICOM file set states no birth date (DICOM PS3.15, Table E.1-1).")
def _birth(facts: Facts, settings: Settings) -> Iterator[Break]:
    for mention in facts.of(PatientDescriptorType):
        date = getattr(mention.model, "birth_date", None)
        if date is not None and not _DUMMY.fullmatch(date.strip()):
            yield Break(
                "PatientBirthDate-00100030 is stated",
                facts.place(mention.model, "birth_date"),
                "leave it empty: de-identify the images first",
            )
