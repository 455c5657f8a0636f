"""Semantic dosimetry: descriptors and DICOM to a provenance graph, checked, stored and asked.

    validate(source)           -> Report         what is wrong with a descriptor or DICOM source
    translate(source)          -> Translation    its graph, its report, its source map
    check(translation)         -> Report         the graph against the SHACL shapes
    open_store(location)       -> Store          a folder or ":memory:"
    open_ontology(location)    -> Ontology       OntoMEDIRAD, its modules and terms
    queries()                  -> Catalogue      named queries

Nothing here keeps state between calls, starts threads or uses the network.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from ontomedirad.api import translate, validate
    from ontomedirad.checking import check
    from ontomedirad.errors import OntomediradError
    from ontomedirad.ontology import Ontology, open_ontology
    from ontomedirad.query import Catalogue, queries
    from ontomedirad.report import Finding, Level, Place, Report
    from ontomedirad.settings import Settings
    from ontomedirad.store import Store, open_store
    from ontomedirad.translation.result import Translation

_HOMES = {
    "translate": "api",
    "validate": "api",
    "check": "checking",
    "OntomediradError": "errors",
    "Ontology": "ontology",
    "open_ontology": "ontology",
    "Catalogue": "query",
    "queries": "query",
    "Finding": "report",
    "Level": "report",
    "Place": "report",
    "Report": "report",
    "Settings": "settings",
    "Store": "store",
    "open_store": "store",
    "Translation": "translation.result",
}

__all__ = [
    "Catalogue",
    "Finding",
    "Level",
    "Ontology",
    "OntomediradError",
    "Place",
    "Report",
    "Settings",
    "Store",
    "Translation",
    "check",
    "open_ontology",
    "open_store",
    "queries",
    "translate",
    "validate",
]


def __getattr__(name: str) -> Any:
    """Public names load their module at first use, so that `import ontomedirad` stays light."""
    if name not in _HOMES:
        raise AttributeError(f"module 'ontomedirad' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"ontomedirad.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
