"""The SHACL shapes, one section a file."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from ontomedirad import terms
from ontomedirad.checking import load_rules
from reference_pages.markdown import heading, plain, table


def _said(file: Path) -> dict[tuple[str, str], str]:
    """Literals of a file by subject and predicate."""
    found = {}
    for quad in ox.parse(file.read_bytes(), ox.RdfFormat.TURTLE):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
            found.setdefault((quad.subject.value, quad.predicate.value), quad.object.value)
    return found


def shapes_page() -> str:
    rules = load_rules()
    parts = [
        "# Shapes\n\n"
        "What `ontomedirad check` asks of a graph. Each row is a SHACL shape; a finding carries its code. "
        "Findings of confidential shapes name neither the node nor a value.\n"
    ]
    for file in rules.files:
        said = _said(file)
        comment = next((v for (_, p), v in said.items() if p == terms.iri("rdfs:comment")), "")
        rows = []
        for rule in rules.by_shape.values():
            if rule.file != file.name:
                continue
            name = said.get((rule.shape, terms.iri("sh:name")), "") or rule.message
            why = said.get((rule.shape, terms.iri("sh:description")), "")
            code = f"`{rule.code}`" + (" (confidential)" if rule.confidential else "")
            rows.append((code, rule.level.name, plain(name), plain(why), plain(rule.hint)))
        parts += [heading(2, file.stem, file.stem), f"{plain(comment)}\n\n" if comment else ""]
        parts.append(table(("Code", "Level", "What holds", "Why", "What to do"), rows))
    return "".join(parts)
