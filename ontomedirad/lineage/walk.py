"""What rests on what, as PROV states it: one relation, walked in both directions.

An entity rests on what it `prov:wasDerivedFrom`; where that is not said, on what the activity that
generated it used; an activity, on what it used. A walk goes level by level, visits each node once,
and so ends on any graph, cycles included.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from ontomedirad.lineage.reading import rows

if TYPE_CHECKING:
    from ontomedirad.store import Store

Pairs = list[tuple[str, str]]
"""(what rests, what it rests on)."""

_DERIVED = """SELECT DISTINCT ?node ?source WHERE { VALUES ?node { %s }
  ?node prov:wasDerivedFrom ?source FILTER (isIRI(?source) && ?source != ?node) }"""

_THROUGH = """SELECT DISTINCT ?node ?source WHERE { VALUES ?node { %s }
  { ?node prov:wasGeneratedBy ?process } UNION { ?node prov:used ?any BIND (?node AS ?process) }
  ?process prov:used ?source FILTER (isIRI(?source) && ?source != ?node) }"""

_DERIVED_OF = """SELECT DISTINCT ?node ?source WHERE { VALUES ?source { %s }
  ?node prov:wasDerivedFrom ?source FILTER (isIRI(?node) && ?source != ?node) }"""

_THROUGH_OF = """SELECT DISTINCT ?node ?source WHERE { VALUES ?source { %s }
  { ?process prov:used ?source . ?node prov:wasGeneratedBy ?process } UNION { ?node prov:used ?source }
  FILTER (isIRI(?node) && ?source != ?node)
  FILTER NOT EXISTS { ?node prov:wasDerivedFrom ?said FILTER (isIRI(?said) && ?said != ?node) } }"""


def sources_of(store: Store, nodes: Iterable[str]) -> Pairs:
    """What `nodes` rest on directly."""
    wanted = list(nodes)
    derived = list(rows(store, _DERIVED, wanted))
    said = {node for node, _ in derived}
    return _pairs(derived) + _pairs(rows(store, _THROUGH, [n for n in wanted if n not in said]))


def results_of(store: Store, nodes: Iterable[str]) -> Pairs:
    """What rests on `nodes` directly: the same pairs as `sources_of`, found from the other side."""
    wanted = list(nodes)
    return _pairs(rows(store, _DERIVED_OF, wanted)) + _pairs(rows(store, _THROUGH_OF, wanted))


def _pairs(found: Iterable[tuple[str, ...]]) -> Pairs:
    return [(node, source) for node, source in found]


def walk(
    start: Iterable[str], step: Callable[[Iterable[str]], Pairs], onward: int, limit: int
) -> tuple[dict[str, list[str]], bool]:
    """All nodes reached, each with its neighbours; whether `limit` nodes were reached before the end.

    `onward` is the side of a pair that the walk goes to.
    """
    reached: dict[str, list[str]] = {node: [] for node in start}
    wave = list(reached)
    while wave:
        new: dict[str, None] = {}
        for pair in step(wave):
            near, far = pair[1 - onward], pair[onward]
            reached[near].append(far)
            if far not in reached:
                new[far] = None
        if len(reached) + len(new) > limit:
            return reached, True
        reached |= {node: [] for node in new}
        wave = list(new)
    return reached, False
