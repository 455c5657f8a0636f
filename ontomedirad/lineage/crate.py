"""A file set as a Workflow Run RO-Crate (RO-Crate 1.1; Process Run Crate profile 0.5).

The crate holds the descriptor, its graph and the files that it names. Each process whose software is
known is an action with its inputs and results; so is the translation itself.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ontomedirad import __version__, terms
from ontomedirad.api import translate
from ontomedirad.errors import NotConforming, SourceError
from ontomedirad.settings import Settings
from ontomedirad.translation.result import Translation

METADATA, GRAPH = "ro-crate-metadata.json", "graph.nq"
PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
_CONTEXT = [
    "https://w3id.org/ro/crate/1.1/context",
    {"sha256": "https://w3id.org/ro/terms/workflow-run#sha256"},
]
_TOOL = f"https://pypi.org/project/ontomedirad/{__version__}/"

Node = dict[str, Any]
Facts = dict[str, dict[str, list[str]]]


def write_crate(
    descriptor: Path, folder: Path, licence: str, when: datetime, *, settings: Settings | None = None
) -> list[str]:
    """Write the crate into a new folder; returns the names of files that are not beside the descriptor.

    Raises SourceError where the folder holds something already or the descriptor cannot be read,
    NotConforming where it breaks rules.
    """
    if folder.exists() and any(folder.iterdir()):
        raise SourceError(str(folder), "holds something already", "name a new folder")
    translation = translate(descriptor, settings=settings, name=descriptor.name)
    if not translation.report.conforms():
        raise NotConforming(translation.report.at("must"))
    said = _facts(translation)
    files, missing = _files(said, descriptor)
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(descriptor, folder / descriptor.name)
    (folder / GRAPH).write_bytes(translation.serialize("nq"))
    for path in files.values():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(descriptor.parent / path, target)
    crate = _metadata(translation, said, files, descriptor.name, licence, when, folder)
    (folder / METADATA).write_text(json.dumps(crate, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return missing


def _facts(translation: Translation) -> Facts:
    said: Facts = {}
    for q in translation.quads:
        predicates = said.setdefault(str(getattr(q.subject, "value", q.subject)), {})
        value = str(getattr(q.object, "value", q.object))
        predicates.setdefault(terms.curie(q.predicate.value), []).append(value)
    return said


def _files(said: Facts, descriptor: Path) -> tuple[dict[str, str], list[str]]:
    """The node of each named file with its path, and the names of those that are not there.

    A name that leads out of the descriptor's folder, or to a file of the crate's own, is not followed.
    """
    home = descriptor.parent.resolve()
    own = {METADATA, GRAPH, descriptor.name}
    found, missing = {}, []
    for node, facts in said.items():
        if terms.iri("om:non_DICOM_file") not in facts.get("rdf:type", ()):
            continue
        for name in facts.get("om:has_name", ()):
            if "\0" in name:
                missing.append(name)
                continue
            path = (home / name).resolve()
            if path.is_relative_to(home) and path.is_file() and path.relative_to(home).as_posix() not in own:
                found[node] = path.relative_to(home).as_posix()
            else:
                missing.append(name)
    return found, sorted(set(missing))


def _metadata(
    translation: Translation,
    said: Facts,
    files: dict[str, str],
    descriptor: str,
    licence: str,
    when: datetime,
    folder: Path,
) -> Node:
    parts = {descriptor: ("application/xml", "File set descriptor"), GRAPH: ("application/n-quads", "Graph")}
    parts |= {path: ("application/octet-stream", path) for path in files.values()}
    day = when.date().isoformat()
    actions = [*_actions(said, files), _translation(descriptor, when)]
    agents = {a["@id"] for action in actions for a in action.get("agent", ())}
    tools = {t["@id"] for action in actions for t in action["instrument"]} - {_TOOL}
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": f"Dosimetry file set {descriptor}",
        "description": "A file set descriptor, its graph with provenance, and the files it names",
        "datePublished": day,
        "license": {"@id": licence},
        "conformsTo": {"@id": PROFILE},
        "hasPart": [{"@id": quote(path)} for path in parts],
        "mentions": [{"@id": action["@id"]} for action in actions],
    }
    head = {
        "@id": METADATA,
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
    }
    profile = {"@id": PROFILE, "@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"}
    terms_of_use = {"@id": licence, "@type": "CreativeWork", "name": licence, "description": "Licence"}
    tool = {
        "@id": _TOOL,
        "@type": "SoftwareApplication",
        "name": "ontomedirad",
        "version": __version__,
        "url": "https://pypi.org/project/ontomedirad/",
    }
    held = [_file(folder, path, *about) for path, about in parts.items()]
    people = [{"@id": a, "@type": "Organization", "name": _name(said, a)} for a in sorted(agents)]
    software = [{"@id": t, "@type": "SoftwareApplication", "name": _name(said, t)} for t in sorted(tools)]
    used = {i["@id"] for a in actions for key in ("object", "result") for i in a.get(key, ())}
    known = {part["@id"] for part in held}
    elsewhere = [_elsewhere(said, node) for node in sorted(used - known)]
    graph = [head, root, profile, terms_of_use, tool, *held, *actions, *people, *software, *elsewhere]
    return {"@context": _CONTEXT, "@graph": graph}


def _file(folder: Path, path: str, form: str, name: str) -> Node:
    content = (folder / path).read_bytes()
    return {
        "@id": quote(path),
        "@type": "File",
        "name": name,
        "encodingFormat": form,
        "contentSize": str(len(content)),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _translation(descriptor: str, when: datetime) -> Node:
    return {
        "@id": "#translation",
        "@type": "CreateAction",
        "name": "Translation of the descriptor to RDF",
        "instrument": [{"@id": _TOOL}],
        "object": [{"@id": quote(descriptor)}],
        "result": [{"@id": GRAPH}],
        "endTime": when.isoformat(timespec="seconds"),
        "actionStatus": {"@id": "http://schema.org/CompletedActionStatus"},
    }


def _actions(said: Facts, files: dict[str, str]) -> list[Node]:
    """The processes whose software the descriptor names."""
    made: dict[str, list[str]] = {}
    for node, facts in said.items():
        for process in facts.get("prov:wasGeneratedBy", ()):
            made.setdefault(process, []).append(node)
    soft = terms.iri("prov:SoftwareAgent")
    found = []
    for node, facts in said.items():
        agents = facts.get("prov:wasAssociatedWith", [])
        tools = [a for a in agents if soft in said.get(a, {}).get("rdf:type", ())]
        if not tools:
            continue
        kinds = [terms.curie(t).partition(":")[2] for t in facts.get("rdf:type", ()) if "prov#" not in t]
        action: Node = {"@id": node, "@type": "CreateAction"}
        action["name"] = (kinds[0] if kinds else "process").replace("_", " ")
        action["instrument"] = [{"@id": t} for t in tools]
        about = {
            "agent": [a for a in agents if a not in tools],
            "object": [quote(files[n]) if n in files else n for n in facts.get("prov:used", ())],
            "result": [quote(files[n]) if n in files else n for n in made.get(node, ())],
        }
        action |= {key: [{"@id": i} for i in nodes] for key, nodes in about.items() if nodes}
        if starts := facts.get("prov:startedAtTime"):
            action["startTime"] = starts[0]
        found.append(action)
    return found


def _elsewhere(said: Facts, node: str) -> Node:
    """What an action took or made that is no file of the crate: an image series, a value."""
    facts = said.get(node, {})
    return {"@id": node, "@type": "PropertyValue" if "obo:IAO_0000004" in facts else "CreativeWork",
            "name": _name(said, node)}  # fmt: skip


def _name(said: Facts, node: str) -> str:
    facts = said.get(node, {})
    named = (facts.get(p) for p in ("om:has_name", "om:has_DICOM_series_instance_UID", "om:has_id"))
    kinds = [terms.curie(t).partition(":")[2] for t in facts.get("rdf:type", ()) if "prov#" not in t]
    return next((n[0] for n in named if n), (kinds or ["thing"])[0].replace("_", " "))
