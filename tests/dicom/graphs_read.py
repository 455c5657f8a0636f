"""Samples cleaned, and graphs asked, without the code that is tested."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox
from pydicom import Dataset

import ontomedirad
from ontomedirad.terms import sparql_prefixes


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
