"""The record of an import: what was put when, by which software, from which bytes.

A PROV bundle in a graph of its own beside the content graph (PROV-O, prov:Bundle), with the place
of each individual in its source. The content graph itself holds no time of import.
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime

from ontomedirad import __version__
from ontomedirad.store.base import record_graph
from ontomedirad.store.log import Log, superseded
from ontomedirad.translation.literals import text
from ontomedirad.translation.result import Translation
from ontomedirad.vocabulary import term

_TYPE = term("rdf:type")


def content_hash(translation: Translation) -> str:
    """SHA-256 of the content graph's N-Quads: equal when nothing would change."""
    return hashlib.sha256(translation.nquads.encode()).hexdigest()


def record(
    translation: Translation,
    ontology_version: str,
    when: datetime | None = None,
    by: str = "",
    earlier: Log | None = None,
) -> str:
    """The record as N-Quads; `by` says who imports, `earlier` what this import replaces."""
    graph = f"<{record_graph(translation.graph)}>"
    content, document = f"<{translation.graph}>", translation.document
    act, source = f"<{translation.graph}_import_activity>", f"<{translation.graph}_source>"
    time = (when or datetime.now(UTC)).isoformat(timespec="microseconds")
    facts = [
        (graph, _TYPE, term("prov:Bundle")),
        (content, _TYPE, term("prov:Entity")),
        (content, term("prov:wasGeneratedBy"), act),
        (content, term("prov:wasDerivedFrom"), source),
        (content, term("omx:has_graph_hash"), text(content_hash(translation))),
        (content, term("omx:statement_count"), f'"{len(translation)}"^^{term("xsd:integer")}'),
        (act, _TYPE, term("omx:import_of_a_source")),
        (act, _TYPE, term("prov:Activity")),
        (act, term("prov:used"), source),
        (act, term("prov:endedAtTime"), f'"{time}"^^{term("xsd:dateTime")}'),
        (act, term("omx:has_package_version"), text(__version__)),
        (act, term("omx:has_ontology_version"), text(ontology_version)),
        (source, _TYPE, term("prov:Entity")),
        (source, term("omx:has_source_name"), text(re.split(r"[/\\]", document.name)[-1])),
        (source, term("omx:has_source_hash"), text(document.source_hash)),
    ]
    if translation.settings_hash:
        facts.append((act, term("omx:has_settings_hash"), text(translation.settings_hash)))
    if document.stated_version:
        facts.append((source, term("omx:schema_version"), text(document.stated_version)))
    if by:
        importer = f"<{translation.graph}_importer>"
        facts += [
            (act, term("prov:wasAssociatedWith"), importer),
            (importer, _TYPE, term("prov:Agent")),
            (importer, term("om:has_name"), text(by)),
        ]
    facts += superseded(earlier, time) if earlier else []
    path, line = term("omx:has_source_path"), term("omx:has_source_line")
    for node in translation.individuals:
        place = translation.locate(node)
        if place is not None:
            facts.append((f"<{node}>", path, text(place.path)))
            if place.line is not None:
                facts.append((f"<{node}>", line, f'"{place.line}"^^{term("xsd:integer")}'))
    return "".join(f"{s} {p} {o} {graph} .\n" for s, p, o in facts)
