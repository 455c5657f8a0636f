"""What the DICOM tests share: a deployment, and helpers that read graphs without the translator."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from pydicom import Dataset

import ontomedirad
from ontomedirad.privacy import Privacy
from ontomedirad.terms import sparql_prefixes

sys.path.insert(0, str(Path(__file__).parent))

STUDY_NAME = "755523-t33"


@pytest.fixture
def settings() -> ontomedirad.Settings:
    """A deployment that knows one hospital and lets protocol names of CT through."""
    privacy = Privacy(sites={"General Hospital": "Site A"}, texts=("CT *", "Thorax*"))
    return ontomedirad.Settings(study=STUDY_NAME, privacy=privacy)


@pytest.fixture(scope="session")
def samples(shared: Path) -> Path:
    """The folder of DICOM samples."""
    return shared / "samples" / "dicom"


def cleaned(dataset: Dataset, patient: str = "P-001") -> Dataset:
    """A sample without its made-up identity, cleaned by pydicom alone."""

    def clean(of: Dataset, element: Any) -> None:
        if element.VR == "PN":
            element.value = ""

    dataset.walk(clean)
    dataset.PatientName, dataset.PatientID, dataset.PatientBirthDate = patient, patient, ""
    dataset.PatientIdentityRemoved = "YES"
    for keyword in (
        "OtherPatientIDs",
        "OtherPatientIDsSequence",
        "PatientAddress",
        "PatientTelephoneNumbers",
        "CurrentPatientLocation",
        "StationName",
        "PatientBirthTime",
        "MedicalRecordLocator",
        "PatientInsurancePlanCodeSequence",
        "OtherPatientNames",
    ):
        if keyword in dataset:
            delattr(dataset, keyword)
    return dataset


def store_of(sources: Iterable[Any], settings: ontomedirad.Settings) -> ox.Store:
    """All graphs and the ontology in one default graph, as the original queries want them."""
    store = ox.Store()
    for triple in ontomedirad.open_ontology().triples():
        store.add(ox.Quad(*triple))
    for source in sources:
        for quad in ontomedirad.translate(source, settings=settings).quads:
            store.add(ox.Quad(*quad.triple))
    return store


def rows(store: ox.Store, text: str) -> list[tuple[str, ...]]:
    """The rows of a SELECT as texts; empty where unbound."""
    prefixes = "".join(f"PREFIX {p}: <{i}>\n" for p, i in sparql_prefixes().items())
    found = store.query(prefixes + text)
    names = [v.value for v in found.variables]
    return sorted(tuple(row[n].value if row[n] is not None else "" for n in names) for row in found)


@pytest.fixture
def ask(settings: ontomedirad.Settings) -> Callable[..., list[tuple[str, ...]]]:
    """Translates sources into one store and asks it."""

    def asked(text: str, *sources: Any) -> list[tuple[str, ...]]:
        return rows(store_of(sources, settings), text)

    return asked
