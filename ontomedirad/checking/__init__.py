"""SHACL over a translation, a store or an RDF file: what the graph breaks, in the field's words.

Shapes are data (shapes/*.ttl); here they are read, handed to an engine, and each result becomes
a finding with a level, a place in the source and a hint.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from ontomedirad.checking.engines import ENGINES, Result
from ontomedirad.checking.findings import findings, report_graph
from ontomedirad.checking.graphs import Checkable, graphs, subject
from ontomedirad.checking.rules import Rule, Rules, ShapesError, load_rules
from ontomedirad.checking.targets import looked_at
from ontomedirad.checking.threads import in_order, validators
from ontomedirad.errors import OntomediradError
from ontomedirad.report import Finding, Level, Report, collect


def check(
    source: Checkable,
    *,
    level: Level | str = "must",
    engine: str = "pyrudof",
    shapes: str | os.PathLike[str] | None = None,
    beside: str | os.PathLike[str] | None = None,
    topics: Collection[str] = (),
    silenced: Mapping[str, str] | None = None,
    workers: int = 1,
) -> Report:
    """Everything in the graph that breaks a shape, at `level` or above.

    `source` is a Translation, a Store (graph by graph), the path of an RDF file, or N-Quads
    bytes. `shapes` is a folder or file of shapes in place of the package's, `beside` a folder of
    shapes on top of them. `topics` keeps the rules of some files only; `silenced` leaves rules out,
    by code, each with its reason. `engine` is `pyrudof`, or `pyshacl` for the reference
    implementation, which is an extra. With more than one of `workers`, as many threads judge the
    graphs of a store at the same time, and are gone when this returns. The report's `graph` is the
    SHACL validation report of all levels as N-Triples, and `looked_at` the number of nodes that each
    rule looked at.

    Raises ShapesError for shapes that cannot be used, SourceError for a file that cannot be
    read, MissingExtra without the engine.
    """
    if engine not in ENGINES:
        raise OntomediradError(f"no SHACL engine {engine!r}: one of {', '.join(ENGINES)}")
    rules = load_rules(_path(shapes), _path(beside)).silence(silenced or {})
    rules = rules.about(topics) if topics else rules
    found: list[Finding] = []
    said: list[str] = []
    counts: Counter[str] = Counter(dict.fromkeys((r.code for r in rules.by_shape.values() if r.targets), 0))
    judge = validators(engine, rules)
    for number, (graph, results) in enumerate(in_order(judge, graphs(source), workers), 1):
        made = list(findings(results, graph, rules))
        found += collect(made, "").findings
        said.append(report_graph(results, made, rules, graph.name, number))
        counts.update(looked_at(graph.ntriples, rules.by_shape))
    report = Report(tuple(found), subject(source), looked_at=dict(counts), silenced=rules.silenced)
    return replace(report.at(level), graph="".join(said))


def _path(given: str | os.PathLike[str] | None) -> Path | None:
    return None if given is None else Path(given)


__all__ = ["Checkable", "Result", "Rule", "Rules", "ShapesError", "check", "load_rules"]
