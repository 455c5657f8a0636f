"""What a store says of many nodes, asked in a few SELECTs that any backend answers.

Queries name their subjects and predicates, so that a node that thousands of results share costs no
more than another. Values come as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ontomedirad import terms
from ontomedirad.report import Place
from ontomedirad.store.base import RECORD

if TYPE_CHECKING:
    from ontomedirad.store import Store

_AT_ONCE = 1_000
"""How many nodes one query names."""

_PREFIXES = "".join(f"PREFIX {p}: <{ns}>\n" for p, ns in terms.PREFIXES.items())

Facts = dict[str, dict[str, list[str]]]
"""Node → predicate (CURIE) → values."""


def rows(store: Store, text: str, nodes: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """The rows of a SELECT with `%s` where the nodes go, as texts."""
    wanted = list(nodes)
    for start in range(0, len(wanted), _AT_ONCE):
        values = " ".join([f"<{n}>" for n in wanted[start : start + _AT_ONCE]])
        for row in store.select(_PREFIXES + text.replace("%s", values)):
            yield tuple([_text(v) for v in row])


def _text(value: object) -> str:
    return "" if value is None else str(getattr(value, "value", value))


def facts(store: Store, nodes: Iterable[str], predicates: Iterable[str]) -> Facts:
    """What the store says of `nodes` under these predicates (CURIEs); values sorted, each once."""
    asked = list(dict.fromkeys(nodes))
    said: Facts = {node: {} for node in asked}
    for node, predicate, value in rows(store, _under(predicates), asked):
        said[node].setdefault(predicate, []).append(value)
    for found in said.values():
        for predicate, values in found.items():
            if len(values) > 1:
                found[predicate] = sorted(set(values))
    return said


def _under(predicates: Iterable[str], named: str = '"{}"') -> str:
    """A SELECT of what is said under each of these predicates.

    One branch a predicate: lists of subjects and of predicates would be joined by reading all triples.
    """
    branches = " UNION ".join(f"{{ ?s {p} ?o BIND ({named.format(p)} AS ?p) }}" for p in predicates)
    return f"SELECT ?s ?p ?o WHERE {{ VALUES ?s {{ %s }} {branches} }}"


def triples(store: Store, nodes: Iterable[str], predicates: Iterable[str]) -> Iterator[ox.Triple]:
    """What the store says of `nodes` under these predicates, as it says it."""
    text = _PREFIXES + _under(predicates, "{}")
    asked = list(dict.fromkeys(nodes))
    for start in range(0, len(asked), _AT_ONCE):
        values = " ".join([f"<{n}>" for n in asked[start : start + _AT_ONCE]])
        for s, p, o in store.select(text.replace("%s", values)):
            if isinstance(s, ox.NamedNode) and isinstance(p, ox.NamedNode) and o is not None:
                yield ox.Triple(s, p, o)


def labels(store: Store, classes: Iterable[str]) -> dict[str, str]:
    """The label of each class that has one; PROV's own classes have none."""
    text = """SELECT ?c ?label WHERE { VALUES ?c { %s } ?c skos:prefLabel ?label
              FILTER (!STRSTARTS(STR(?c), STR(prov:))) }"""
    found = sorted(rows(store, text, dict.fromkeys(classes)), reverse=True)
    return {row[0]: row[1] for row in found}


def places(store: Store, nodes: Iterable[str], near: Iterable[str]) -> dict[str, list[Place]]:
    """Where each node first stands in the sources of the graphs `near`; elsewhere where it does not.

    File and line are in the record of an import. A graph without a record tells the path alone. What
    stands in thousands of sources is not looked up in all of them.
    """
    asked = list(dict.fromkeys(nodes))
    found = _recorded(store, asked, [g + RECORD for g in near])
    found |= _recorded(store, [n for n in asked if n not in found])
    written = "SELECT ?s ?g ?path WHERE { VALUES ?s { %s } GRAPH ?g { ?s form:stands_at ?path } }"
    for node, _, path in sorted(rows(store, written, [n for n in asked if n not in found])):
        found.setdefault(node, [Place(path=path, node=node)])
    return found


def _recorded(store: Store, nodes: list[str], records: list[str] | None = None) -> dict[str, list[Place]]:
    if records == []:
        return {}
    within = f"VALUES ?r {{ {' '.join(f'<{r}>' for r in records)} }}" if records else ""
    stand = f"""SELECT ?s ?r ?path ?line WHERE {{ VALUES ?s {{ %s }} {within}
        GRAPH ?r {{ ?s omx:has_source_path ?path ; omx:has_source_line ?line }} }}"""
    named = "SELECT ?r ?name WHERE { VALUES ?r { %s } GRAPH ?r { ?source omx:has_source_name ?name } }"
    at = sorted(rows(store, stand, nodes))
    names = {row[0]: row[1] for row in rows(store, named, {row[1] for row in at})}
    found: dict[str, list[Place]] = {}
    for node, record, path, line in at:
        here = Place(names.get(record, ""), int(line) if line.isdigit() else None, path, node)
        found.setdefault(node, []).append(here)
    return found
