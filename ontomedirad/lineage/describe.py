"""What each step is: read from the store in three rounds, the thing, what it names, what that names."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ontomedirad import vocabulary
from ontomedirad.lineage.reading import Facts, facts, labels, places, rows
from ontomedirad.lineage.steps import Maker, Step

if TYPE_CHECKING:
    from ontomedirad.store import Store

_DURATIONS = ("om:seconds", "om:minutes", "om:hours", "om:days", "om:months", "om:years")
_AMOUNT = ("obo:IAO_0000004", "obo:IAO_0000039", "omx:has_UCUM_code", "omx:unit_as_written", *_DURATIONS)
_NAMES = ("om:has_name", "om:has_id", "om:has_reference_calibration_date", "rdfs:label", "prov:label")
_SERIES = "om:has_DICOM_series_instance_UID"
_TYPE, _REGION, _ORGAN = "rdf:type", "om:is_quantity_measured_in", "om:represents"
_MEASURED_AT, _ABOUT, _EVENT = "om:is_quantity_measured_at", "om:is_about", "om:is_about_irradiation_event"
_SI = "omx:has_SI_value"
_BY, _START, _SETTING = "prov:wasGeneratedBy", "prov:startedAtTime", "om:has_setting"
_AGENTS, _METHODS = ("prov:wasAssociatedWith", "om:has_agent"), ("om:has_protocol",)

_OF_STEP = (
    _TYPE,
    _START,
    _SETTING,
    *_AGENTS,
    *_METHODS,
    *_AMOUNT,
    *_NAMES,
    _SERIES,
    _REGION,
    _ORGAN,
    _MEASURED_AT,
    _ABOUT,
    _BY,
    "prov:value",
)
_OF_NAMED = (_TYPE, *_AMOUNT, *_NAMES, _ORGAN, _EVENT, _SI, _START, _SETTING, *_AGENTS, *_METHODS)

_UNCERTAINTIES = """SELECT ?node ?spread WHERE { VALUES ?node { %s }
  ?spread om:is_about ?node ; rdf:type om:range_of_uncertainty_value }"""


_GRAPHS = """SELECT DISTINCT ?node ?g WHERE { VALUES ?node { %s }
  GRAPH ?g { ?node prov:wasGeneratedBy|prov:wasDerivedFrom|prov:used ?of } }"""


def describe(store: Store, steps: dict[str, Step]) -> None:
    """Fill in each step's facts, its makers, and where both stand in the source of the first step."""
    own = facts(store, steps, _OF_STEP)
    spreads: dict[str, list[str]] = {}
    for node, spread in rows(store, _UNCERTAINTIES, steps):
        spreads.setdefault(node, []).append(spread)
    named = facts(
        store,
        [*_all(own.values(), (_REGION, _ORGAN, _MEASURED_AT, _ABOUT, _BY)), *_all_in(spreads)],
        _OF_NAMED,
    )
    further = facts(
        store,
        [
            *_all(named.values(), (_ORGAN, _SETTING, *_AGENTS, *_METHODS)),
            *_all(own.values(), (_ORGAN, _SETTING, *_AGENTS, *_METHODS)),
        ],
        (_TYPE, *_AMOUNT, "om:has_name", "om:has_description", "rdfs:label"),
    )
    said = _Said(store, [own, named, further])
    for node, graph in sorted(rows(store, _GRAPHS, steps)):
        steps[node].graphs.append(graph)
    near = next(iter(steps.values())).graphs
    stand = places(store, [*steps, *_all(own.values(), (_BY,))], near)
    for node, step in steps.items():
        _fill(step, said, spreads.get(node, []))
        step.places = stand.get(node, [])
        for maker in step.makers:
            maker.places = stand.get(maker.node, [])


def _all(described: Iterable[dict[str, list[str]]], predicates: Iterable[str]) -> list[str]:
    """The IRIs that stand under these predicates; literals name nothing."""
    found = (value for said in described for p in predicates for value in said.get(p, ()))
    return [v for v in dict.fromkeys(found) if ":" in v and not any(c in v for c in ' <>"{}|\\^`\n\t')]


def _all_in(groups: dict[str, list[str]]) -> list[str]:
    return [node for group in groups.values() for node in group]


class _Said:
    """The facts of all rounds together, with labels of classes and units."""

    def __init__(self, store: Store, rounds: list[Facts]) -> None:
        self.facts: Facts = {}
        for found in rounds:
            for node, said in found.items():
                self.facts[node] = self.facts.get(node, {}) | said
        self.labels = labels(store, _all(self.facts.values(), (_TYPE, "obo:IAO_0000039")))

    def of(self, node: str, *predicates: str) -> list[str]:
        """The values under these predicates, each once."""
        said = self.facts.get(node, {})
        return list(dict.fromkeys(v for p in predicates for v in said.get(p, ())))

    def kinds(self, node: str) -> list[str]:
        """Labels of the node's classes."""
        return sorted({self.labels[t] for t in self.of(node, _TYPE) if t in self.labels})

    def words(self, node: str) -> str:
        """What a person calls the node: its name or description, else its class."""
        named = self.of(node, "om:has_name", "om:has_description", "rdfs:label")
        return ", ".join(named) or max(self.kinds(node), key=len, default="")

    def amounts(self, node: str) -> tuple[list[str], list[str]]:
        """Values and units of a quantity; more than one of either contradict each other."""
        values = self.of(node, "obo:IAO_0000004", "prov:value")
        units = [self.labels.get(u, "") for u in self.of(node, "obo:IAO_0000039")]
        units = [u for u in units if u] or self.of(node, "omx:unit_as_written")
        for duration in () if values else _DURATIONS:
            for value in self.of(node, duration):
                values.append(value)
                units.append(duration.partition(":")[2])
        return values, units

    def amount(self, node: str) -> str:
        """Value and unit in a few words."""
        values, units = self.amounts(node)
        return " ".join([" or ".join(values), " or ".join(units)]).strip()


def _fill(step: Step, said: _Said, spreads: list[str]) -> None:
    node = step.node
    step.labels = said.kinds(node)
    values, units = said.amounts(node)
    step.value, step.unit = " or ".join(values), " or ".join(units)
    step.symbol = " or ".join(said.of(node, "omx:has_UCUM_code"))
    step.uncertainty = " or ".join(filter(None, map(said.amount, spreads)))
    for what, found in (("value", values), ("unit", units)):
        if len(found) > 1:
            step.odd.append(f"has {len(found)} {what}s: {', '.join(found)}")
    regions = [node, *said.of(node, _REGION)]
    organs = (said.words(o) for r in regions for o in said.of(r, _ORGAN))
    step.organs = sorted({o for o in organs if o})
    _time(step, said)
    series = [f"series …{uid[-12:]}" for uid in said.of(node, _SERIES)]
    named = (said.of(node, p) for p in _NAMES)
    step.name = "; ".join(said.of(node, "om:has_name") or series or next((n for n in named if n), []))
    made_by = said.of(node, _BY) or ([node] if _ACTIVITY in said.of(node, _TYPE) else [])
    step.makers = [_maker(p, said, step) for p in made_by]


def _time(step: Step, said: _Said) -> None:
    at = said.of(step.node, _MEASURED_AT, _ABOUT)
    points = [t for t in at if said.of(t, _EVENT)]
    hours = {t: h for t in points if (h := _hours(said.of(t, _SI))) is not None}
    points.sort(key=lambda t: (hours.get(t, math.inf), said.of(t, "om:has_id")))
    step.times = list(dict.fromkeys(i for t in points for i in said.of(t, "om:has_id")))
    step.hours = min(hours.values(), default=None)


def _hours(seconds: list[str]) -> float | None:
    try:
        return float(seconds[0]) / 3600 if seconds else None
    except ValueError:
        return None


def _maker(node: str, said: _Said, step: Step) -> Maker:
    starts = said.of(node, _START)
    if len(starts) > 1:
        step.odd.append(f"was made by a process that began at {' and at '.join(starts)}")
    agents, methods = said.of(node, *_AGENTS), said.of(node, *_METHODS)
    settings = said.of(node, _SETTING)
    software = [a for a in agents if _SOFTWARE in said.of(a, _TYPE)]
    return Maker(
        node,
        "; ".join(said.kinds(node)),
        " or ".join(starts),
        [said.words(a) for a in agents if a not in software],
        [said.words(a) for a in software],
        [said.words(m) for m in methods],
        [_setting(s, said) for s in settings],
        [*agents, *methods, *settings],
    )


_ACTIVITY = vocabulary.term("prov:Activity")[1:-1]
_SOFTWARE = vocabulary.term("prov:SoftwareAgent")[1:-1]


def _setting(node: str, said: _Said) -> str:
    kind = max(said.kinds(node), key=len, default="")
    return ": ".join(p for p in (kind, said.amount(node) or ", ".join(said.of(node, "om:has_name"))) if p)
