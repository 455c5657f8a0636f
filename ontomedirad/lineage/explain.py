"""The way back from a value to its sources, as PROV states it.

An entity rests on what it `prov:wasDerivedFrom`; where that is not said, on what the activity
that generated it used. The walk goes level by level, visits each node once, and so ends on any
graph, cycles included.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ontomedirad import terms
from ontomedirad.errors import UnknownTerm

if TYPE_CHECKING:
    from ontomedirad.store import Store

MAX_STEPS = 10_000

_SOURCES = """
SELECT ?node ?source WHERE {
  VALUES ?node { %s }
  { ?node prov:wasDerivedFrom ?source }
  UNION
  { ?node prov:wasGeneratedBy/prov:used ?source
    FILTER NOT EXISTS { ?node prov:wasDerivedFrom ?any } }
  FILTER (?source != ?node)
}"""

_FACTS = """
SELECT ?node ?type ?label ?value ?unit ?symbol ?organ ?time ?name ?series ?id WHERE {
  VALUES ?node { %s }
  ?node rdf:type ?type . ?type skos:prefLabel ?label
  FILTER (!STRSTARTS(STR(?type), STR(prov:)))
  OPTIONAL { ?node obo:IAO_0000004 ?value }
  OPTIONAL { ?node obo:IAO_0000039/rdfs:label ?unit }
  OPTIONAL { ?node omx:has_UCUM_code ?symbol }
  OPTIONAL { ?node om:is_quantity_measured_in?/om:represents/rdf:type/rdfs:label ?organ }
  OPTIONAL { ?node om:is_quantity_measured_at?/om:is_about?/om:has_id ?time
             FILTER EXISTS { ?t om:has_id ?time ; om:is_about_irradiation_event ?ir } }
  OPTIONAL { ?node om:has_name ?name }
  OPTIONAL { ?node om:has_DICOM_series_instance_UID ?series }
  OPTIONAL { ?node om:has_id|om:has_reference_calibration_date ?id }
}"""

_MAKERS = """
SELECT ?node ?process ?label ?start ?institution ?method WHERE {
  VALUES ?node { %s }
  ?node prov:wasGeneratedBy ?process .
  ?process rdf:type/skos:prefLabel ?label .
  OPTIONAL { ?process prov:startedAtTime ?start }
  OPTIONAL { ?process prov:wasAssociatedWith/om:has_name ?institution }
  OPTIONAL { ?process om:has_protocol/om:has_name ?method }
}"""


@dataclass(slots=True)
class Maker:
    """The process that generated an entity: what it was, when, by whom, how."""

    node: str
    label: str
    start: str = ""
    institution: str = ""
    method: str = ""


@dataclass(slots=True)
class Step:
    """One entity on the way back, and what it rests on."""

    node: str
    labels: list[str] = field(default_factory=list)
    value: str = ""
    unit: str = ""
    symbol: str = ""
    organs: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    name: str = ""
    maker: Maker | None = None
    sources: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The label of its most telling class: the longest."""
        return max(self.labels, key=len, default="")

    @property
    def title(self) -> str:
        """What it is, in a few words: class, organ, value, time points."""
        what = self.label or terms.curie(self.node)
        parts = [", ".join(self.organs), f"{self.value} {self.unit}".strip()]
        return ": ".join([what, *[p for p in parts if p]])


@dataclass(slots=True)
class Explanation:
    """Where a node comes from: its steps by IRI, the asked one first."""

    root: str
    steps: dict[str, Step]

    def __iter__(self) -> Iterator[Step]:
        return iter(self.steps.values())

    def text(self) -> str:
        """A tree for a terminal; what stood above is named, not drawn again."""
        lines: list[str] = []
        self._draw(self.root, "", "", lines, set())
        return "\n".join(lines)

    def _draw(self, node: str, lead: str, below: str, lines: list[str], seen: set[str]) -> None:
        step = self.steps[node]
        again = node in seen
        lines.append(f"{lead}{step.title}{_when(step)}" + (" (see above)" if again and step.sources else ""))
        if again:
            return
        seen.add(node)
        if step.maker:
            said = [step.maker.label, step.maker.start.replace("T", " "), step.maker.institution]
            bar = "│ " if step.sources else "  "
            lines.append(f"{below}{bar}by {', '.join(s for s in said if s)}")
            if step.maker.method:
                lines.append(f"{below}{bar}method: {step.maker.method}")
        known = [s for s in step.sources if s in self.steps]
        for i, source in enumerate(known):
            last = i == len(known) - 1
            self._draw(
                source,
                f"{below}{'└─' if last else '├─'} ",
                f"{below}{'   ' if last else '│  '}",
                lines,
                seen,
            )

    def to_json(self) -> str:
        """The steps as JSON."""
        rows = []
        for s in self:
            maker = {f: getattr(s.maker, f) for f in Maker.__slots__} if s.maker else None
            rows.append({f: getattr(s, f) for f in Step.__slots__ if f != "maker"} | {"maker": maker})
        return json.dumps({"root": self.root, "steps": rows}, indent=2)

    def to_svg(self) -> str:
        """A picture: sources to the left, the asked node to the right."""
        from ontomedirad.lineage.figure import lineage_figure

        return lineage_figure(self)

    def _repr_svg_(self) -> str:
        return self.to_svg()


def _when(step: Step) -> str:
    named = [t for t in (step.name, ", ".join(step.times)) if t]
    return f" [{'; '.join(named)}]" if named else ""


def explain(store: Store, node: str) -> Explanation:
    """Where `node` (IRI or CURIE) comes from; UnknownTerm where the store says nothing of it."""
    prefix = node.partition(":")[0]
    root = terms.iri(node) if prefix in terms.sparql_prefixes() else node.strip("<>")
    steps: dict[str, Step] = {}
    wave = [root]
    while wave and len(steps) < MAX_STEPS:
        for found in wave:
            steps[found] = Step(found)
        _describe(store, wave, steps)
        for asked, source in _rows(store, _SOURCES, wave):
            steps[asked].sources.append(source)
        wave = list(dict.fromkeys(s for n in wave for s in steps[n].sources if s not in steps))
    for step in steps.values():
        step.sources.sort(key=lambda n: (steps[n].labels, steps[n].times, n) if n in steps else ([], [], n))
    if not steps[root].labels and not steps[root].sources:
        raise UnknownTerm(f"{store.location} says nothing of <{root}>; queries print the IRIs it knows")
    return Explanation(root, steps)


def _describe(store: Store, nodes: list[str], steps: dict[str, Step]) -> None:
    for node, _, label, value, unit, symbol, organ, time, name, series, identifier in _rows(
        store, _FACTS, nodes
    ):
        step = steps[node]
        step.value, step.unit, step.symbol = value, unit, symbol
        step.name = name or (f"series …{series[-12:]}" if series else identifier)
        for known, new in ((step.labels, label), (step.organs, organ), (step.times, time)):
            if new and new not in known:
                known.append(new)
    for node, process, label, start, institution, method in _rows(store, _MAKERS, nodes):
        maker = steps[node].maker
        if maker is None:
            steps[node].maker = Maker(process, label, start, institution, method)
        elif label not in maker.label:
            maker.label += f"; {label}"


def _rows(store: Store, text: str, nodes: Iterable[str]) -> Iterator[tuple[str, ...]]:
    prefixes = "".join(f"PREFIX {p}: <{ns}>\n" for p, ns in terms.PREFIXES.items())
    values = " ".join(str(ox.NamedNode(n)) for n in nodes)
    rows = store.select(prefixes + text % values)
    yield from sorted({tuple(_text(v) for v in row) for row in rows})


def _text(value: object) -> str:
    return "" if value is None else str(getattr(value, "value", value))


_AROUND = tuple(
    f"{terms.PREFIXES['prov']}{n}" for n in ("qualifiedAssociation", "wasAssociatedWith", "hadPlan")
)


def provenance(store: Store, explanation: Explanation) -> list[ox.Quad]:
    """What the store says of the steps, of the processes that made them, and of who and how."""
    nodes = [*explanation.steps, *(s.maker.node for s in explanation if s.maker)]
    found: dict[ox.Quad, None] = {}
    seen: set[str] = set()
    while nodes:
        node = nodes.pop()
        if node in seen:
            continue
        seen.add(node)
        for quad in store.about(node):
            found[quad] = None
            if quad.predicate.value in _AROUND and isinstance(quad.object, ox.NamedNode):
                nodes.append(quad.object.value)
    return list(found)
