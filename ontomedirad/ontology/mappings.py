"""Mappings to other vocabularies as SSSOM tables (Simple Standard for Sharing Ontology Mappings, 1.0).

Units and codes are kept once: units in `translators/units.tsv`, codes as annotations in the modules. The
tables in `ontology/mappings/` are written from them; that of anatomy is kept by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import quote

from ontomedirad import resources
from ontomedirad.ontology.model import Kind, Ontology
from ontomedirad.terms import ONTOLOGY_BASE, PREFIXES, curie
from ontomedirad.terms import iri as expand

Row = tuple[str, ...]

CURATED = "semapv:ManualMappingCuration"
COLUMNS = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
)

FOREIGN: dict[str, str] = {
    "ucum": "http://unitsofmeasure.org/",
    "DCM": "https://dicom.nema.org/medical/dicom/current/output/chtml/part16/chapter_D.html#DCM_",
    "NCIT": "http://purl.obolibrary.org/obo/NCIT_",
    "SCT": "http://snomed.info/id/",
    "UBERON": "http://purl.obolibrary.org/obo/UBERON_",
    "uid": "urn:oid:",
    "skos": PREFIXES["skos"],
    "semapv": "https://w3id.org/semapv/vocab/",
}
"""Prefixes of the tables beside those of the ontology. `uid`: DICOM UIDs are ISO object identifiers."""

_LABELLED = (Kind.class_, Kind.datatype_property)
_DESIGNATORS = {"DCM": "DCM", "NCIt": "NCIT", "SCT": "SCT"}
"""Coding schemes as DICOM designates them (PS3.16, 8), and the prefix that each has here."""


def units(ontology: Ontology) -> Iterator[Row]:
    """Units to UCUM and QUDT; `om:seconds` and its like are properties, so their match is a related one."""
    for row in resources.rows(resources.translators() / "units.tsv"):
        iri = expand(row["unit"])
        same = ontology.kind(iri) is Kind.class_
        predicate = "skos:exactMatch" if same else "skos:relatedMatch"
        label = ontology.label(iri)
        code = f"ucum:{quote(row['ucum'], safe='/.()')}"
        yield (row["unit"], label, predicate, code, row["ucum"], CURATED, row["factor"], row["si"])
        if row["qudt"]:
            yield (row["unit"], label, predicate, row["qudt"], "", CURATED, "", "")


def dicom(ontology: Ontology) -> Iterator[Row]:
    """Terms to the codes of DICOM itself and of the NCI thesaurus, and formats to SOP class UIDs."""
    for subject, label, scheme, code, meaning in _codes(ontology):
        if scheme in ("DCM", "NCIt"):
            object_ = f"{_DESIGNATORS[scheme]}:{code}"
            yield (subject, label, "skos:exactMatch", object_, meaning, CURATED)
    uids = _sop_classes(ontology)
    for iri in sorted(uids):
        yield (curie(iri), ontology.label(iri), "skos:exactMatch", f"uid:{uids[iri]}", "", CURATED)


def snomed(ontology: Ontology) -> Iterator[Row]:
    """Terms to SNOMED CT, only where DICOM publishes the code."""
    for subject, label, scheme, code, meaning in _codes(ontology):
        if scheme == "SCT":
            yield (subject, label, "skos:exactMatch", f"SCT:{code}", meaning, CURATED)


def _codes(ontology: Ontology) -> Iterator[Row]:
    meanings = [expand(f"{p}:DICOM-code-meaning") for p in ("om", "rn")]
    for term in ontology:
        if term.code and term.kind is Kind.class_:
            texts = [t.value for p in meanings for t in ontology.texts(term.iri, p)]
            yield (term.curie, term.label, term.scheme, term.code, (texts or [""])[0])


def _sop_classes(ontology: Ontology) -> dict[str, str]:
    rows = ontology.store.query(
        f"""PREFIX owl: <{PREFIXES["owl"]}> PREFIX rdfs: <{PREFIXES["rdfs"]}> PREFIX om: <{PREFIXES["om"]}>
        SELECT ?format ?uid WHERE {{ ?format rdfs:subClassOf [ owl:onProperty om:has_DICOM_SOP_class_UID ;
                                                               owl:hasValue ?uid ] }}"""
    )
    return {row["format"].value: row["uid"].value for row in rows}  # type: ignore[union-attr]


TABLES: dict[str, tuple[str, Callable[[Ontology], Iterator[Row]]]] = {
    "units": ("Units of measurement to UCUM and QUDT, with the factor to the coherent SI unit", units),
    "dicom": ("Terms to codes of DICOM PS3.16 and the NCI thesaurus, formats to SOP class UIDs", dicom),
    "snomed": ("Terms to those SNOMED CT concepts whose codes DICOM PS3.16 publishes", snomed),
}
"""The tables that are written from other sources: what each maps, and what yields its rows."""


def sssom(name: str, ontology: Ontology) -> str:
    """The table `name` of `TABLES` as SSSOM/TSV with its metadata; the same text every time."""
    title, rows = TABLES[name]
    extra = ("factor", "si_unit") if name == "units" else ()
    body = sorted(set(rows(ontology)))
    lines = ["\t".join((*COLUMNS, *extra)), *("\t".join(row) for row in body)]
    return header(name, title, ontology.version, body, extra) + "\n".join(lines) + "\n"


def header(name: str, title: str, version: str, rows: list[Row], extra: tuple[str, ...] = ()) -> str:
    """The metadata block of a table, each line a comment."""
    known = PREFIXES | FOREIGN
    used = {row[n].partition(":")[0] for row in rows for n in (0, 2, 3, 5)}
    lines = [
        f"mapping_set_id: {ONTOLOGY_BASE}mappings/{name}",
        f"mapping_set_version: {version}",
        f"mapping_set_title: {title}",
        "license: https://spdx.org/licenses/MIT",
        "curie_map:",
        *(f'  {prefix}: "{known[prefix]}"' for prefix in sorted(used | ({"omx"} if extra else set()))),
    ]
    if extra:
        lines.append("extension_definitions:")
        for slot, property_ in zip(extra, ("omx:has_SI_factor", "omx:has_SI_unit"), strict=True):
            lines += [f"  - slot_name: {slot}", f"    property: {property_}", "    type_hint: xsd:string"]
    return "".join(f"#{line}\n" for line in lines)
