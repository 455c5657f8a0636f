"""What the ontology's tests share: the loaded ontology, the modules read by a second library, the facts."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import rdflib

from ontomedirad import resources
from ontomedirad.ontology import Ontology, open_ontology

REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "reference" / "ontology"


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return open_ontology()


@pytest.fixture(scope="session")
def graphs() -> dict[str, rdflib.Graph]:
    """Each module as rdflib reads it: the second opinion."""
    return {
        path.stem: rdflib.Graph().parse(path, format="turtle") for path in resources.ontology().glob("*.ttl")
    }


@pytest.fixture(scope="session")
def union(graphs: dict[str, rdflib.Graph]) -> rdflib.Graph:
    whole = rdflib.Graph()
    for graph in graphs.values():
        whole += graph
    return whole


@pytest.fixture(scope="session")
def reference() -> Path:
    if not REFERENCE.is_dir():
        pytest.skip("the published ontology is not beside this checkout (../shared/reference)")
    return REFERENCE


@pytest.fixture(scope="session")
def published(reference: Path) -> list[dict[str, str]]:
    """The terms of the published ontology, one row a term."""
    with (reference / "terms.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
