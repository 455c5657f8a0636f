"""The W3C SHACL test suite through the package's engines; prints a table in Markdown.

    python -m benchmarks.w3c_shacl FOLDER

FOLDER holds the suite's manifests (data-shapes-test-suite/tests, W3C; pySHACL's source
distribution has a copy in test/resources/sht_tests). Compared are the results of a report: focus
node, path, value, component and severity; literals count as one value, as blank nodes do, because
the package keeps neither.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import pyoxigraph as ox
import rdflib
from rdflib.collection import Collection

from ontomedirad.checking import load_rules
from ontomedirad.checking.engines import ENGINES
from ontomedirad.errors import OntomediradError

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = rdflib.Namespace("http://www.w3.org/ns/shacl-test#")
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")

Said = tuple[str, str, str, str, str]


@dataclass(frozen=True)
class Case:
    """One validation test: graphs as N-Triples, and the expected results; None for a failure."""

    group: str
    name: str
    data: str
    shapes: str
    expected: frozenset[Said] | None


def cases(manifest: Path) -> list[Case]:
    """The tests of a manifest and of those that it includes."""
    graph = rdflib.Graph().parse(manifest, publicID=manifest.as_uri(), format="turtle")
    found = []
    for included in graph.objects(None, MF.include):
        found += cases(Path(str(included).removeprefix("file://")))
    for entries in graph.objects(None, MF.entries):
        for entry in Collection(graph, entries):
            action, result = graph.value(entry, MF.action), graph.value(entry, MF.result)
            data, shapes = (
                _text(str(graph.value(action, place))) for place in (SHT.dataGraph, SHT.shapesGraph)
            )
            expected = None if result == SHT.Failure else frozenset(_expected(graph, result))
            group = manifest.parent.name if manifest.name == "manifest.ttl" else _group(manifest)
            found.append(Case(group, manifest.stem, data, shapes, expected))
    return found


def _group(file: Path) -> str:
    return f"{file.parent.parent.name}/{file.parent.name}"


def _text(place: str) -> str:
    """A file as N-Triples; rdflib would write `"1"^^xsd:boolean` as `true`, which one test is about."""
    parsed = ox.parse(Path(place.removeprefix("file://")).read_bytes(), ox.RdfFormat.TURTLE, base_iri=place)
    return (ox.serialize((q.triple for q in parsed), format=ox.RdfFormat.N_TRIPLES) or b"").decode()


def _iri(node: object) -> str:
    return str(node) if isinstance(node, rdflib.URIRef) else ""


def _expected(graph: rdflib.Graph, report: object) -> list[Said]:
    return [
        (
            _iri(graph.value(r, SH.focusNode)),
            _iri(graph.value(r, SH.resultPath)),
            _iri(graph.value(r, SH.value)),
            _iri(graph.value(r, SH.sourceConstraintComponent)).removeprefix(str(SH)),
            _iri(graph.value(r, SH.resultSeverity)).removeprefix(str(SH)),
        )
        for r in graph.objects(report, SH.result)
    ]


def outcome(case: Case, engine: str) -> str:
    """`passed`, or what differs: `refused`, `results`, `no failure`."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "shapes.ttl")
        file.write_text(case.shapes, "utf-8")
        try:
            results = ENGINES[engine](load_rules(file))(case.data)
        except OntomediradError:
            return "passed" if case.expected is None else "refused"
    if case.expected is None:
        return "no failure"
    said = {
        ("" if r.focus.startswith("_:") else r.focus, r.path, r.value, r.component, r.severity)
        for r in results
    }
    return "passed" if said == case.expected else "results"


def main() -> None:
    """Run the suite with every engine."""
    parser = argparse.ArgumentParser(prog="benchmarks.w3c_shacl", description="W3C SHACL tests.")
    parser.add_argument("folder", type=Path, help="the folder that holds manifest.ttl")
    listed = cases((parser.parse_args().folder / "manifest.ttl").resolve())
    counts: dict[str, Counter[str]] = {}
    missed: list[str] = []
    for case in listed:
        counts.setdefault(case.group, Counter())["tests"] += 1
        for engine in ENGINES:
            how = outcome(case, engine)
            counts[case.group][engine] += how == "passed"
            if how != "passed":
                missed.append(f"| `{case.group}/{case.name}` | {engine} | {how} |")
    engines = " | ".join(f"{engine} {version(engine)}" for engine in ENGINES)
    print(f"| Tests | Number | {engines} |\n|---|---|{'---|' * len(ENGINES)}")
    for group, count in sorted(counts.items()):
        print(f"| {group} | {count['tests']} | {' | '.join(str(count[e]) for e in ENGINES)} |")
    print("\n| Test | Engine | What differs |\n|---|---|---|\n" + "\n".join(missed))


if __name__ == "__main__":
    main()
