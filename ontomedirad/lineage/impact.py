"""What rests on a thing: what to look at again when an image, a calibration or a method was wrong."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from html import escape
from typing import TYPE_CHECKING

from ontomedirad.errors import UnknownTerm
from ontomedirad.lineage.explain import individual, known
from ontomedirad.lineage.kinds import LEGEND, kind_of
from ontomedirad.lineage.reading import facts, labels, rows
from ontomedirad.lineage.walk import results_of, walk
from ontomedirad.store.base import is_record
from ontomedirad.terms import iri

if TYPE_CHECKING:
    from ontomedirad.lineage.reading import Facts
    from ontomedirad.store import Store

MAX_RESULTS = 1_000_000
"""An impact that would be longer ends here, and says so."""

_PROCESSES = """SELECT DISTINCT ?process WHERE { VALUES ?n { %s }
  ?process prov:wasAssociatedWith|om:has_agent|om:has_protocol|om:has_setting ?n }"""

_MADE = """SELECT DISTINCT ?made WHERE { VALUES ?process { %s } ?made prov:wasGeneratedBy ?process
  FILTER isIRI(?made) }"""

_SAID = """SELECT DISTINCT ?s WHERE { VALUES ?g { %s }
  GRAPH ?g { ?s prov:wasGeneratedBy|prov:wasDerivedFrom|prov:used ?of } FILTER isIRI(?s) }"""

_ACTIVITIES = "SELECT ?n WHERE { VALUES ?n { %s } ?n rdf:type prov:Activity }"

_SOURCES = "SELECT ?n ?g WHERE { VALUES ?n { %s } GRAPH ?g { ?n rdf:type prov:Entity } }"

_FACTS = ("rdf:type", "om:has_patient", "om:is_quantity_measured_in", "om:represents", "obo:IAO_0000004",
          "obo:IAO_0000039", "om:has_name", "prov:wasGeneratedBy")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that rests on the asked one; `value` keeps the digits of the source."""

    study: str
    patient: str
    """The pseudonym."""
    kind: str
    what: str
    organ: str
    value: str
    unit: str
    name: str
    node: str
    graph: str
    """The import that says so; several are told with spaces between."""


@dataclass(slots=True)
class Impact:
    """What rests on a thing, by study, patient and kind."""

    root: str
    results: list[Result]
    processes: tuple[str, ...] = ()
    """IRIs of the processes that used it or what rests on it."""
    cut: bool = False

    def __iter__(self) -> Iterator[Result]:
        return iter(self.results)

    def __len__(self) -> int:
        return len(self.results)

    def __contains__(self, node: str) -> bool:
        return node in self.processes or any(r.node == node for r in self.results)

    def counts(self) -> dict[tuple[str, str, str], int]:
        """How many results there are of each study, patient and class."""
        return dict(Counter((r.study, r.patient, r.what) for r in self.results))

    @property
    def summary(self) -> str:
        """One line: how many results, of how many patients and studies."""
        patients = {r.patient for r in self.results if r.patient}
        studies = {r.study for r in self.results if r.study}
        said = (
            (len(self.results), "result", "results"),
            (len(patients), "patient", "patients"),
            (len(studies), "study", "studies"),
        )
        more = " or more" * self.cut
        return ", ".join(f"{n:,}{more} {one if n == 1 else many}" for n, one, many in said)

    def text(self) -> str:
        """The summary and a count for each study, patient and class, for a terminal."""
        lines, last = [f"{self.summary} rest on this"], ("", "")
        for (study, patient, what), count in self.counts().items():
            if (study, patient) != last:
                lines.append(f"{study or 'no study'}: {patient or 'no patient'}")
                last = (study, patient)
            lines.append(f"{count:8,}  {what}")
        return "\n".join(lines)

    def to_csv(self) -> str:
        """Each result in a row."""
        out = io.StringIO()
        table = csv.writer(out, lineterminator="\n")
        table.writerow(f.name for f in fields(Result))
        table.writerows([getattr(r, f.name) for f in fields(Result)] for r in self.results)
        return out.getvalue()

    def to_json(self) -> str:
        """Summary, results and processes as JSON."""
        listed = [asdict(r) for r in self.results]
        said = {"root": self.root, "summary": self.summary, "results": listed, "processes": self.processes}
        return json.dumps(said, indent=2, ensure_ascii=False)

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{name}</th>" for name in ("study", "patient", "what", "results"))
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(str(v))}</td>" for v in (*key, count)) + "</tr>"
            for key, count in self.counts().items()
        )
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        return f"<p>{escape(self.summary)} rest on this</p>{table}"


def impact(store: Store, node: str) -> Impact:
    """What rests on `node`: an image, calibration, segmentation, process, method, software or import.

    The inverse of `explain`: what has `node` in its explanation. An import is named by its graph.
    Raises UnknownTerm where the store says nothing of `node`.
    """
    root = individual(node)
    if not known(store, root):
        raise UnknownTerm(f"{store.location} says nothing of <{root}>; queries print the IRIs it knows")
    processes = [root, *(p for (p,) in rows(store, _PROCESSES, [root]))]
    start = {root: None} | {made: None for (made,) in rows(store, _MADE, processes)}
    start |= {n: None for (n,) in rows(store, _ACTIVITIES, processes)}
    if not is_record(root):
        start |= {said: None for (said,) in rows(store, _SAID, [root])}
    reached, cut = walk(start, lambda nodes: results_of(store, nodes), 0, MAX_RESULTS)
    said = facts(store, (n for n in reached if n != root), _FACTS)
    activities = tuple(n for n, own in said.items() if _ACTIVITY in own.get("rdf:type", ()))
    made = frozenset(activities)
    results = {n: own for n, own in said.items() if n not in made}
    return Impact(root, _described(store, results), activities, cut)


_ACTIVITY = iri("prov:Activity")


def _described(store: Store, said: Facts) -> list[Result]:
    regions = facts(store, _named(said, "om:is_quantity_measured_in"), ("om:represents",))
    around = facts(
        store,
        [*_named(said, "om:represents", "om:has_patient"), *_named(regions, "om:represents")],
        ("rdf:type", "om:has_id"),
    )
    studies = facts(store, _named(said, "prov:wasGeneratedBy"), ("om:part_of_study",))
    graphs: dict[str, list[str]] = {}
    for node, graph in rows(store, _SOURCES, said):
        graphs.setdefault(node, []).append(graph)
    named = _named(studies, "om:part_of_study")
    kinds = labels(store, [*_named(said, "rdf:type", "obo:IAO_0000039"), *_named(around, "rdf:type"), *named])
    titles = facts(store, named, ("rdfs:label",))

    def row(node: str) -> Result:
        own = said[node]
        what = max((kinds.get(t, "") for t in own.get("rdf:type", ())), key=len, default="")
        regions_of = own.get("om:is_quantity_measured_in", [])
        organs = [*own.get("om:represents", ()), *_of(regions, regions_of, "om:represents")]
        patient = _of(around, own.get("om:has_patient", ()), "om:has_id")
        return Result(
            ", ".join(
                _called(s, kinds, titles)
                for s in _of(studies, own.get("prov:wasGeneratedBy", ()), "om:part_of_study")
            ),
            ", ".join(patient),
            kind_of(what).name,
            what,
            ", ".join(sorted({kinds[t] for t in _of(around, organs, "rdf:type") if t in kinds})),
            " or ".join(own.get("obo:IAO_0000004", ())),
            " or ".join(kinds.get(u, "") for u in own.get("obo:IAO_0000039", ())),
            "; ".join(own.get("om:has_name", ())),
            node,
            " ".join(sorted(graphs.get(node, ()))),
        )

    order = {name: -i for i, name in enumerate(LEGEND)}
    return sorted(map(row, said), key=lambda r: (r.study, r.patient, order[r.kind], r.what, r.organ, r.node))


def _called(study: str, kinds: dict[str, str], titles: Facts) -> str:
    return kinds.get(study) or next(iter(titles.get(study, {}).get("rdfs:label", ())), study)


def _named(said: Facts, *predicates: str) -> list[str]:
    found = (v for own in said.values() for p in predicates for v in own.get(p, ()))
    return [v for v in dict.fromkeys(found) if ":" in v and not any(c in v for c in ' <>"{}|\\^`\n\t')]


def _of(said: Facts, nodes: object, predicate: str) -> list[str]:
    assert isinstance(nodes, (list, tuple))
    return list(dict.fromkeys(v for n in nodes for v in said.get(n, {}).get(predicate, ())))
