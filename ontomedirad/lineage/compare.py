"""Two ways to the same quantity: pairs matched by patient, organ, time point and class, in SI units.

Figures are those of Bland and Altman, Lancet 1986; i: 307-310: the mean difference (bias) and the
limits of agreement, bias ± 1.96 standard deviations of the differences.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from html import escape
from itertools import combinations
from statistics import fmean, stdev
from typing import TYPE_CHECKING, Any

from ontomedirad import terms
from ontomedirad.errors import ParameterError, UnknownTerm
from ontomedirad.lineage.reading import facts, labels, rows
from ontomedirad.lineage.walk import sources_of, walk

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ontomedirad.lineage.steps import Maker
    from ontomedirad.store import Store

BY = ("workflow", "software", "institution", "graph")
"""What tells two ways apart: what made a value, with which software, where, or which import says so."""

_VALUES = """SELECT ?node ?class ?patient ?organ ?time ?si ?code ?process WHERE { VALUES ?root { %s }
  { SELECT ?root ?class WHERE { ?class rdfs:subClassOf* ?root } }
  ?node rdf:type ?class ; omx:has_SI_value ?si .
  OPTIONAL { ?node omx:has_UCUM_code ?code }
  OPTIONAL { ?node om:has_patient/om:has_id ?patient }
  OPTIONAL { ?node om:is_quantity_measured_in/om:represents/rdf:type ?organ }
  OPTIONAL { ?node om:is_quantity_measured_at ?point . ?point om:has_id ?time }
  OPTIONAL { ?node prov:wasGeneratedBy ?process } }"""

_GRAPHS = "SELECT ?n ?g WHERE { VALUES ?n { %s } GRAPH ?g { ?n omx:has_SI_value ?si } }"


_SAID = "SELECT ?p ?g WHERE { VALUES ?p { %s } GRAPH ?g { ?p rdf:type prov:Activity } }"


@dataclass(frozen=True, slots=True)
class Pair:
    """One quantity, had in two ways. Values are in the coherent SI unit `unit`."""

    patient: str
    organ: str
    time: str
    quantity: str
    unit: str
    first: float
    second: float
    first_node: str
    second_node: str
    first_way: str
    second_way: str

    @property
    def mean(self) -> float:
        """The mean of both."""
        return (self.first + self.second) / 2

    @property
    def difference(self) -> float:
        """The first less the second."""
        return self.first - self.second


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two ways agree over all pairs (Bland and Altman 1986), in `unit`."""

    pairs: int
    bias: float
    deviation: float
    """Standard deviation of the differences; not a number for a single pair."""
    unit: str

    @property
    def limits(self) -> tuple[float, float]:
        """The limits of agreement: within them lie 95 % of differences that are normally distributed."""
        return self.bias - 1.96 * self.deviation, self.bias + 1.96 * self.deviation


@dataclass(frozen=True, slots=True)
class Comparison:
    """Pairs of two ways, how they agree, and what differs in where they come from."""

    quantity: str
    by: str
    ways: tuple[str, ...]
    pairs: tuple[Pair, ...]
    differs: dict[str, dict[str, tuple[str, ...]]]
    """Aspect of provenance → way → what only that way has."""
    left_out: tuple[str, ...] = ()
    """Why values were not compared."""

    def agreements(self) -> dict[tuple[str, str], Agreement]:
        """Bias and limits for each two ways that have pairs."""
        found: dict[tuple[str, str], list[Pair]] = {}
        for pair in self.pairs:
            found.setdefault((pair.first_way, pair.second_way), []).append(pair)
        return {ways: agreement(pairs) for ways, pairs in found.items()}

    def to_csv(self) -> str:
        """The pairs, a row each."""
        out = io.StringIO()
        table = csv.writer(out, lineterminator="\n")
        names = [f.name for f in fields(Pair)]
        table.writerow([*names, "mean", "difference"])
        for p in self.pairs:
            table.writerow([*(getattr(p, n) for n in names), p.mean, p.difference])
        return out.getvalue()

    def to_json(self) -> str:
        """Pairs, figures and differences of provenance as JSON; what is no number is null."""
        figures = [
            {"first": a, "second": b, **asdict(found), "limits": found.limits}
            for (a, b), found in self.agreements().items()
        ]
        said = {
            "quantity": self.quantity,
            "by": self.by,
            "ways": self.ways,
            "agreement": figures,
            "differs": self.differs,
            "left_out": self.left_out,
            "pairs": [asdict(p) | {"mean": p.mean, "difference": p.difference} for p in self.pairs],
        }
        return json.dumps(_finite(said), indent=2, ensure_ascii=False)

    def text(self) -> str:
        """Pairs, figures and what differs, for a terminal."""
        lines = [f"{self.quantity} by {self.by}: {len(self.pairs)} pairs"]
        for p in self.pairs:
            what = ", ".join(x for x in (p.patient, p.organ, p.time, p.quantity) if x)
            lines.append(f"  {what}: {p.first:.5g} - {p.second:.5g} = {p.difference:.3g} {p.unit}")
        for (a, b), found in self.agreements().items():
            low, high = found.limits
            lines.append(f"{a} less {b}: bias {found.bias:.4g} {found.unit} in {found.pairs} pairs")
            if not math.isnan(low):
                lines.append(f"  limits of agreement {low:.4g} to {high:.4g} {found.unit}")
        for aspect, ways in self.differs.items():
            lines.append(f"{aspect} differs")
            lines += [f"  {way}: {', '.join(only) or 'none of its own'}" for way, only in ways.items()]
        return "\n".join([*lines, *(f"left out: {why}" for why in self.left_out)])

    def plot(self) -> Figure:
        """The Bland-Altman plot; needs the extra `plot`."""
        from ontomedirad.lineage.plot import bland_altman

        return bland_altman(self)

    def _repr_html_(self) -> str:
        return f"<pre>{escape(self.text())}</pre>"


def agreement(pairs: Sequence[Pair]) -> Agreement:
    """Bias and standard deviation of the differences of at least one pair."""
    differences = [p.difference for p in pairs]
    spread = stdev(differences) if len(differences) > 1 else math.nan
    return Agreement(len(pairs), fmean(differences), spread, pairs[0].unit)


def compare(store: Store, quantity: str = "dcm:128513", *, by: str = "graph") -> Comparison:
    """Values of a class of quantities (CURIE or IRI, its subclasses too) that were had in several ways.

    Values are one quantity when patient, organs, time point, class and SI unit are the same. `by` is
    what tells ways apart, one of `BY`. Raises ParameterError for another, UnknownTerm for a class that
    the store's ontology lacks.
    """
    if by not in BY:
        raise ParameterError(f"expected one of {', '.join(BY)}, got {by!r}")
    from ontomedirad.lineage.explain import individual

    class_ = individual(quantity)
    name = labels(store, [class_]).get(class_)
    if name is None:
        raise UnknownTerm(f"the ontology of {store.location} has no class <{class_}>")
    values, odd = _read(store, class_)
    ways = _ways(store, values, by)
    places: dict[tuple[str, ...], dict[str, list[_Value]]] = {}
    for value in values.values():
        for way in ways.get(value.node, ()):
            places.setdefault(value.key, {}).setdefault(way, []).append(value)
    pairs, compared = [], dict[str, list[str]]()
    for key, found in sorted(places.items()):
        several = [way for way, said in found.items() if len(said) > 1]
        odd += [f"{way} has several values of {', '.join(k for k in key if k)}" for way in several]
        single = sorted((way, said[0]) for way, said in found.items() if len(said) == 1)
        patient, organ, time, what, unit = key
        for (a, first), (b, second) in combinations(single, 2):
            if first.node != second.node:
                pairs.append(
                    Pair(patient, organ, time, what, unit, first.si, second.si, first.node, second.node, a, b)
                )
                compared.setdefault(a, []).append(first.node)
                compared.setdefault(b, []).append(second.node)
    return Comparison(name, by, tuple(sorted(compared)), tuple(pairs), _differs(store, compared), tuple(odd))


@dataclass(frozen=True, slots=True, order=True)
class _Value:
    node: str
    key: tuple[str, ...]
    si: float
    process: str


def _read(store: Store, root: str) -> tuple[dict[str, _Value], list[str]]:
    """Each value with its key: patient, organs, time points, class, SI unit."""
    said: dict[str, tuple[set[str], ...]] = {}
    for node, *parts in rows(store, _VALUES, [root]):
        known = said.setdefault(node, tuple(set() for _ in parts))
        for found, part in zip(known, parts, strict=True):
            found.update([part] if part else [])
    named = labels(store, (c for parts in said.values() for i in (0, 2) for c in parts[i]))
    units = _units()
    values, odd = {}, []
    for node, (classes, patients, organs, times, si, codes, processes) in said.items():
        number = _number(si)
        unit = " or ".join(sorted({units.get(c, c) for c in codes}))
        if number is None or len(codes) > 1:
            odd.append(f"<{node}> has several values or units")
            continue
        what = max((named.get(c, terms.curie(c)) for c in classes), key=lambda n: (len(n), n))
        body = ", ".join(sorted(named.get(o, terms.curie(o)) for o in organs))
        key = (", ".join(sorted(patients)), body, ", ".join(sorted(times)), what, unit)
        values[node] = _Value(node, key, number, min(processes, default=""))
    return values, odd


def _number(said: Iterable[str]) -> float | None:
    numbers = {float(n) for n in said}
    return numbers.pop() if len(numbers) == 1 else None


def _units() -> dict[str, str]:
    """UCUM code → coherent SI unit."""
    from ontomedirad import vocabulary

    return {unit.ucum.strip('"'): unit.si for unit in vocabulary.units().values()}


def _ways(store: Store, values: dict[str, _Value], by: str) -> dict[str, list[str]]:
    """Node → the way or ways in which its value was had."""
    found: dict[str, list[str]] = {}
    if by == "graph":
        for node, graph in sorted(rows(store, _GRAPHS, values)):
            found.setdefault(node, []).append(graph)
        return found
    made = facts(
        store,
        (v.process for v in values.values() if v.process),
        ("rdf:type", "prov:wasAssociatedWith", "om:has_agent"),
    )
    agents = facts(store, (a for p in made.values() for a in _agents(p)), ("rdf:type", "om:has_name"))
    named = labels(store, (t for p in made.values() for t in p.get("rdf:type", ())))
    soft = terms.iri("prov:SoftwareAgent")
    for value in values.values():
        process = made.get(value.process, {})
        if by == "workflow":
            said = [named[t] for t in process.get("rdf:type", ()) if t in named]
            way = max(said, key=len, default="")
        else:
            wanted = by == "software"
            chosen = [a for a in _agents(process) if (soft in agents[a].get("rdf:type", ())) is wanted]
            way = ", ".join(sorted(n for a in chosen for n in agents[a].get("om:has_name", ())))
        found[value.node] = [way or f"no {by}"]
    return found


def _agents(process: dict[str, list[str]]) -> list[str]:
    predicates = ("prov:wasAssociatedWith", "om:has_agent")
    return list(dict.fromkeys(a for p in predicates for a in process.get(p, ())))


def _differs(store: Store, compared: dict[str, list[str]]) -> dict[str, dict[str, tuple[str, ...]]]:
    """What the explanations of one way name and those of another do not."""
    from ontomedirad.lineage.describe import describe
    from ontomedirad.lineage.steps import Step

    told: dict[str, dict[str, set[str]]] = {}
    aspects: dict[str, Callable[[Maker], list[str]]] = {
        "process": lambda m: [m.label] if m.label else [],
        "institution": lambda m: m.institutions,
        "software": lambda m: m.software,
        "method": lambda m: m.methods,
        "setting": lambda m: m.settings,
    }
    for way, nodes in compared.items():
        reached, _ = walk(dict.fromkeys(nodes), lambda n: sources_of(store, n), 1, 100_000)
        steps = {n: Step(n, sources=found) for n, found in reached.items()}
        describe(store, steps)
        makers = _of_import(store, nodes, {m.node: m for s in steps.values() for m in s.makers})
        for aspect, read in aspects.items():
            told.setdefault(aspect, {})[way] = {said for m in makers.values() for said in read(m)}
        leaves = {f"{s.label} {s.name}".strip() for s in steps.values() if not s.sources}
        told.setdefault("source", {})[way] = leaves
    found = {}
    for aspect, ways in told.items():
        shared = set.intersection(*ways.values()) if ways else set()
        if any(said - shared for said in ways.values()):
            found[aspect] = {way: tuple(sorted(said - shared)) for way, said in ways.items()}
    return found


def _of_import(store: Store, nodes: list[str], makers: dict[str, Maker]) -> dict[str, Maker]:
    """The processes that the imports of the values speak of: others may tell of the same images too."""
    graphs = {graph for _, graph in rows(store, _GRAPHS, nodes)}
    said = {process for process, graph in rows(store, _SAID, makers) if graph in graphs}
    return {node: maker for node, maker in makers.items() if node in said}


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(v) for key, v in value.items()}
    return [_finite(v) for v in value] if isinstance(value, (list, tuple)) else value
