"""The log of a store: what was put when, by whom, from which bytes, and what it replaced.

Read from the records of imports. A record keeps what it says of earlier imports of the same graph, so
that a graph that was replaced is still named, with what replaced it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from html import escape
from typing import TYPE_CHECKING

from ontomedirad import terms
from ontomedirad.store.base import RECORD, Solutions
from ontomedirad.translation.literals import text
from ontomedirad.vocabulary import term

if TYPE_CHECKING:
    from collections.abc import Callable

_PREFIXES = "".join(f"PREFIX {p}: <{ns}>\n" for p, ns in terms.PREFIXES.items())

_FACTS = {
    "time": "prov:generatedAtTime",
    "source": "omx:has_source_name",
    "source_hash": "omx:has_source_hash",
    "schema": "omx:schema_version",
    "package": "omx:has_package_version",
    "ontology": "omx:has_ontology_version",
    "statements": "omx:statement_count",
    "graph_hash": "omx:has_graph_hash",
    "by": "om:has_name",
    "replaced": "prov:invalidatedAtTime",
}
"""Field of an entry → predicate of an earlier import in a record."""

_TYPED = {"time": "xsd:dateTime", "replaced": "xsd:dateTime", "statements": "xsd:integer"}

_CURRENT = """SELECT ?graph ?time ?by ?source ?source_hash ?schema ?package ?ontology ?statements ?graph_hash
WHERE { %s GRAPH ?record {
  ?graph omx:has_graph_hash ?graph_hash ; prov:wasGeneratedBy ?act ; prov:wasDerivedFrom ?file .
  OPTIONAL { ?graph omx:statement_count ?statements }
  OPTIONAL { ?act prov:endedAtTime ?time }
  OPTIONAL { ?act prov:wasAssociatedWith/om:has_name ?by }
  OPTIONAL { ?act omx:has_package_version ?package }
  OPTIONAL { ?act omx:has_ontology_version ?ontology }
  OPTIONAL { ?file omx:has_source_name ?source }
  OPTIONAL { ?file omx:has_source_hash ?source_hash }
  OPTIONAL { ?file omx:schema_version ?schema } } }"""

_EARLIER = """SELECT ?record ?version ?p ?o WHERE { %s GRAPH ?record {
  ?version rdf:type omx:superseded_graph ; ?p ?o } }"""


@dataclass(frozen=True, slots=True)
class Import:
    """One import: times are ISO 8601 in UTC, hashes SHA-256 in hex, versions as stated then."""

    graph: str
    time: str = ""
    by: str = ""
    """Who put it, as the host said."""
    source: str = ""
    source_hash: str = ""
    schema: str = ""
    package: str = ""
    ontology: str = ""
    statements: str = ""
    graph_hash: str = ""
    replaced: str = ""
    """When another import replaced it; empty where it stands."""
    replaced_by: str = ""
    """The source hash of the import that replaced it."""


class Log(tuple[Import, ...]):
    """Imports in the order of time, a table in notebooks."""

    __slots__ = ()

    def text(self) -> str:
        """Two lines an import, for a terminal."""
        lines = []
        for i in self:
            by = f" by {i.by}" if i.by else ""
            lines.append(f"{i.time}  {i.source or 'unnamed source'}{by}  {i.statements} statements")
            versions = (("ontomedirad", i.package), ("ontology", i.ontology), ("schema", i.schema))
            said = ", ".join(f"{name} {version}" for name, version in versions if version)
            lines.append(f"    <{i.graph}>")
            lines.append(f"    SHA-256 {i.source_hash}; {said}")
            if i.replaced:
                lines.append(f"    replaced {i.replaced} by SHA-256 {i.replaced_by}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        names = [f.name for f in fields(Import)]
        head = "".join(f"<th>{n}</th>" for n in names)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(getattr(i, n))}</td>" for n in names) + "</tr>" for i in self
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def read_log(select: Callable[[str], Solutions], graph: str = "") -> Log:
    """The imports that the records tell of: of one graph, or of all."""
    chosen = f"VALUES ?record {{ <{graph}{RECORD}> }}" if graph else ""
    found: dict[str, list[Import]] = {}
    for row in select(_PREFIXES + _CURRENT % chosen):
        values = ["" if v is None else str(getattr(v, "value", v)) for v in row]
        names = ("graph", "time", "by", "source", "source_hash", "schema", "package", "ontology")
        said = dict(zip((*names, "statements", "graph_hash"), values, strict=True))
        found.setdefault(said["graph"], []).append(Import(**said))
    earlier: dict[tuple[str, str], dict[str, str]] = {}
    fields_of = {terms.iri(p): name for name, p in _FACTS.items()}
    for record, version, predicate, value in select(_PREFIXES + _EARLIER % chosen):
        key = (_plain(record).removesuffix(RECORD), _plain(version))
        told = earlier.setdefault(key, {"graph": key[0]})
        if _plain(predicate) in fields_of:
            told[fields_of[_plain(predicate)]] = _plain(value)
    for (of, _), told in earlier.items():
        found.setdefault(of, []).append(Import(**told))
    listed = (i for imports in found.values() for i in _chained(imports))
    return Log(sorted(listed, key=lambda i: (i.time, i.graph, not i.replaced)))


def _chained(imports: list[Import]) -> Iterable[Import]:
    """Each import with the hash of the one that came after it."""
    ordered = sorted(imports, key=lambda i: (not i.replaced, i.replaced, i.time))
    for i, entry in enumerate(ordered):
        after = ordered[i + 1].source_hash if i + 1 < len(ordered) and entry.replaced else ""
        yield Import(**{f.name: getattr(entry, f.name) for f in fields(Import)} | {"replaced_by": after})


def _plain(value: object) -> str:
    return str(getattr(value, "value", value))


def superseded(log: Log, now: str) -> list[tuple[str, str, str]]:
    """What a new record says of the imports in `log`, which it replaces at `now`: N-Quads terms."""
    facts = []
    latest = ""
    for i in log:
        stamp = "".join(c for c in i.time if c.isalnum())
        node = f"<{i.graph}_version_{i.graph_hash[:16]}_{stamp}>"
        facts += [(node, term("rdf:type"), term(t)) for t in ("omx:superseded_graph", "prov:Entity")]
        for name, predicate in _FACTS.items():
            value = getattr(i, name) or (now if name == "replaced" else "")
            if value:
                literal = f'"{value}"^^{term(_TYPED[name])}' if name in _TYPED else text(value)
                facts.append((node, term(predicate), literal))
        if latest:
            facts.append((node, term("prov:wasRevisionOf"), latest))
        latest = node
    return [*facts, (f"<{log[-1].graph}>", term("prov:wasRevisionOf"), latest)] if latest else []
