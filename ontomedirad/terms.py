"""Namespaces and CURIEs: every IRI that code names comes from here."""

from __future__ import annotations

PREFIXES: dict[str, str] = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "sh": "http://www.w3.org/ns/shacl#",
    "obo": "http://purl.obolibrary.org/obo/",
    "om": "http://medicis.univ-rennes1.fr/ontologies/ontospm/OntoMEDIRAD.owl#",
    "dcm": "http://dicom.nema.org/resources/ontology/DCM/",
    "rn": "http://medicis.univ-rennes1.fr/ontologies/ontospm/Radionuclides_for_OntoMEDIRAD.owl#",
    "snmi": "http://purl.bioontology.org/ontology/SNMI/",
    "study": "http://medicis.univ-rennes1.fr/ontologies/ontospm/MEDIRADClinicalResearchStudies.owl#",
    "omx": "https://w3id.org/ontomedirad/terms#",
    "form": "https://w3id.org/ontomedirad/form#",
    "qudt": "http://qudt.org/schema/qudt/",
    "unit": "http://qudt.org/vocab/unit/",
}
"""Prefix to namespace. `omx` is our extension (published terms keep their IRIs); `form` tells how a
source is written."""

SYNONYMS = {"ontomedirad": "om", "purl": "obo", "radionuclides": "rn"}
"""Prefixes that users of the original queries write, to ours."""

ONTOLOGY_BASE = "https://w3id.org/ontomedirad/"
"""Our ontology documents are named below this."""


def iri(curie: str) -> str:
    """The IRI of a CURIE such as `om:VOI`; raises KeyError for an unknown prefix."""
    prefix, _, local = curie.partition(":")
    return PREFIXES[SYNONYMS.get(prefix, prefix)] + local


def curie(iri_: str) -> str:
    """The CURIE of an IRI, or the IRI itself where no prefix fits."""
    best = max((ns for ns in PREFIXES.values() if iri_.startswith(ns)), key=len, default="")
    prefix = next((p for p, ns in PREFIXES.items() if ns == best), "") if best else ""
    return f"{prefix}:{iri_[len(best) :]}" if prefix else iri_


def sparql_prefixes() -> dict[str, str]:
    """Prefix to namespace as queries may use them, the original's spellings included."""
    return PREFIXES | {alias: PREFIXES[name] for alias, name in SYNONYMS.items()}
