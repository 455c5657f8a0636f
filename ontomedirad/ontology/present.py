"""Terms, trees and reports as people and programs read them: text, JSON, tab-separated rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from ontomedirad.ontology.model import Kind, Ontology
from ontomedirad.ontology.uses import Use
from ontomedirad.report import Report
from ontomedirad.terms import curie
from ontomedirad.terms import iri as expand

_AXIOMS = {"domain": "rdfs:domain", "range": "rdfs:range", "inverse": "owl:inverseOf"}
_TEXTS = {"also called": "skos:altLabel", "MIME type": "om:has_MIME_type"}


def term_facts(ontology: Ontology, iri: str, uses: Iterable[Use] = ()) -> dict[str, Any]:
    """Everything that is known of a term, as JSON-ready values; empty parts are left out."""
    term = ontology.term(iri)
    facts: dict[str, Any] = {
        "iri": term.iri,
        "curie": term.curie,
        "label": term.label,
        "kind": term.kind.value,
        "definition": term.definition,
        "source": term.source,
        "code": f"{term.scheme} {term.code}".strip(),
        "module": ontology.home(iri),
        "parents": [_named(ontology, i) for i in term.parents],
        "above": [_named(ontology, i) for i in ontology.superclasses(iri)],
        "children": [_named(ontology, i) for i in ontology.children(iri)],
        "uses": [{"file": u.file, "line": u.line} for u in uses if u.iri == iri],
    }
    for name, predicate in _TEXTS.items():
        facts[name] = [t.value for t in ontology.texts(iri, expand(predicate))]
    for name, predicate in _AXIOMS.items():
        rows = ontology.store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(expand(predicate)), None)
        facts[name] = sorted(curie(q.object.value) for q in rows if isinstance(q.object, ox.NamedNode))
    facts["deprecated"] = any(t.value == "true" for t in ontology.texts(iri, expand("owl:deprecated")))
    return {name: value for name, value in facts.items() if value}


def _named(ontology: Ontology, iri: str) -> dict[str, str]:
    return {"curie": curie(iri), "label": ontology.label(iri)}


def term_text(facts: dict[str, Any]) -> str:
    """A term for a terminal: what it is, what it means, where it stands, where it is used."""
    deprecated = ", deprecated" if "deprecated" in facts else ""
    lines = [f"{facts.get('label', '')}  {facts['curie']}  ({facts['kind']}{deprecated})", facts["iri"]]
    if "definition" in facts:
        lines += ["", facts["definition"]]
        lines += [f"source: {facts['source']}"] if "source" in facts else []
    rows = [f"{name}: {_said(facts[name])}" for name in ("code", *_TEXTS, *_AXIOMS) if name in facts]
    lines += ["", *rows] if rows else []
    lines += [f"\nis a {p['label']}  {p['curie']}" for p in facts.get("parents", ())]
    direct = {p["curie"] for p in facts.get("parents", ())}
    lines += [
        f"  below {p['label']}  {p['curie']}" for p in facts.get("above", ()) if p["curie"] not in direct
    ]
    lines += [f"  includes {c['label']}  {c['curie']}" for c in facts.get("children", ())]
    lines += ["", *(f"used in {u['file']}:{u['line']}" for u in facts["uses"])] if "uses" in facts else []
    return "\n".join(lines)


def _said(value: object) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def facts_tsv(facts: dict[str, Any]) -> str:
    """A term as rows of two cells, the name of a fact and its value."""
    rows = []
    for name, value in facts.items():
        for one in value if isinstance(value, list) else [value]:
            cell = " ".join(str(v) for v in one.values()) if isinstance(one, dict) else str(one)
            rows.append((name, cell))
    return tsv([("fact", "value"), *rows])


def roots(ontology: Ontology) -> tuple[str, ...]:
    """The classes that stand at the top, those with much below them first."""
    tops = [t.iri for t in ontology if t.kind is Kind.class_ and not t.parents]
    return tuple(sorted(tops, key=lambda i: (-len(ontology.closure(i)), i)))


def walk(ontology: Ontology, tops: Iterable[str], depth: int | None = None) -> Iterator[tuple[int, str, str]]:
    """Depth, term and the term above it, of `tops` and all below, as a tree is read; no branch twice over."""

    def down(iri: str, level: int, path: tuple[str, ...]) -> Iterator[tuple[int, str, str]]:
        yield level, iri, path[-1] if path else ""
        if iri not in path and (depth is None or level < depth):
            for child in ontology.children(iri):
                yield from down(child, level + 1, (*path, iri))

    for top in tops:
        yield from down(top, 0, ())


def tree_text(ontology: Ontology, tops: Iterable[str], depth: int | None = None) -> str:
    """One line a term, set in by its depth."""
    rows = walk(ontology, tops, depth)
    return "\n".join(f"{'  ' * level}{ontology.label(i)}  {curie(i)}" for level, i, _ in rows)


def tree_tsv(ontology: Ontology, tops: Iterable[str], depth: int | None = None) -> str:
    """Depth, CURIE, label and the CURIE above, a row a term."""
    rows = ((str(n), curie(i), ontology.label(i), curie(up)) for n, i, up in walk(ontology, tops, depth))
    return tsv([("depth", "term", "label", "parent"), *rows])


def tree_json(ontology: Ontology, tops: Iterable[str], depth: int | None = None) -> str:
    """Nested objects: `iri`, `curie`, `label`, `children`."""
    found: list[dict[str, Any]] = []
    path: list[list[dict[str, Any]]] = [found]
    for level, iri, _ in walk(ontology, tops, depth):
        children: list[dict[str, Any]] = []
        node = {"iri": iri, "curie": curie(iri), "label": ontology.label(iri), "children": children}
        del path[level + 1 :]
        path[level].append(node)
        path.append(children)
    return json.dumps(found, indent=2, ensure_ascii=False)


def report_tsv(report: Report) -> str:
    """A row a finding: level, code, module, term, what is wrong, what to do, where it is used."""
    rows = []
    for f in report:
        also = " ".join(map(str, f.also))
        rows.append((f.level.name, f.code, f.place.file, curie(f.place.node), f.message, f.hint, also))
    return tsv([("level", "code", "module", "term", "message", "hint", "uses"), *rows])


def tsv(rows: Iterable[tuple[str, ...]]) -> str:
    """Tab-separated rows; white space within a cell is single blanks."""
    return "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in rows)
