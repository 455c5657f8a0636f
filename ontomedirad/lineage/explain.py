"""The way back from a value, data set or process to its sources, as a typed tree."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ontomedirad import terms
from ontomedirad.errors import UnknownTerm
from ontomedirad.lineage.describe import describe
from ontomedirad.lineage.oddities import find_oddities
from ontomedirad.lineage.reading import rows
from ontomedirad.lineage.steps import Step
from ontomedirad.lineage.walk import sources_of, walk

if TYPE_CHECKING:
    from ontomedirad.store import Store

MAX_STEPS = 10_000
"""An explanation that would be longer ends here, and says so."""


@dataclass(slots=True)
class Explanation:
    """Where a node comes from: its steps by IRI, the asked one first."""

    root: str
    steps: dict[str, Step]
    cut: bool = False
    """Whether there was more than an explanation holds."""

    def __iter__(self) -> Iterator[Step]:
        return iter(self.steps.values())

    def __contains__(self, node: str) -> bool:
        """Whether `node` is a step, a process that made one, an agent, method, setting, or an import."""
        made = (m for step in self for m in step.makers)
        said = any(node in step.graphs for step in self)
        return node in self.steps or said or any(node == m.node or node in m.around for m in made)

    @property
    def odd(self) -> list[str]:
        """All that contradicts itself or is missing, each with what it is said of."""
        found = [f"{step.title}: {odd}" for step in self for odd in step.odd]
        return found + [f"there is more than {MAX_STEPS:,} steps; the rest is left out"] * self.cut

    def text(self) -> str:
        """A tree for a terminal; what stood above is named, not drawn again."""
        from ontomedirad.lineage.tree import tree

        return tree(self)

    def to_json(self) -> str:
        """The steps as JSON."""
        rows = [step.as_dict() for step in self]
        return json.dumps({"root": self.root, "steps": rows, "odd": self.odd}, indent=2, ensure_ascii=False)

    def to_svg(self) -> str:
        """A picture: sources to the left, the asked node to the right."""
        from ontomedirad.lineage.figure import lineage_figure

        return lineage_figure(self)

    def to_mermaid(self) -> str:
        """The picture as a Mermaid flowchart, for Markdown pages."""
        from ontomedirad.lineage.mermaid import flowchart

        return flowchart(self)

    def _repr_svg_(self) -> str:
        return self.to_svg()


def explain(store: Store, node: str) -> Explanation:
    """Where `node` (IRI or CURIE) comes from; UnknownTerm where the store says nothing of it."""
    root = individual(node)
    reached, cut = walk([root], lambda nodes: sources_of(store, nodes), 1, MAX_STEPS)
    steps = {n: Step(n, sources=list(dict.fromkeys(found))) for n, found in reached.items()}
    describe(store, steps)
    bare = not steps[root].labels and not steps[root].sources and not steps[root].places
    if bare and not known(store, root):
        raise UnknownTerm(f"{store.location} says nothing of <{root}>; queries print the IRIs it knows")
    for step in steps.values():
        step.sources.sort(key=lambda n: _order(steps[n]) if n in steps else ([], 0, n))
    find_oddities(root, steps)
    return Explanation(root, steps, cut)


def _order(step: Step) -> tuple[list[str], float, str]:
    """Things of a class stand together, in the order of their time points."""
    return step.labels, math.inf if step.hours is None else step.hours, step.node


def known(store: Store, node: str) -> bool:
    """Whether the store says anything of `node`, or in a graph of that name."""
    asked = """SELECT ?n WHERE { VALUES ?n { %s }
        FILTER (EXISTS { ?n ?p ?o } || EXISTS { ?s ?q ?n } || EXISTS { GRAPH ?n { ?x ?y ?z } }) }"""
    return any(rows(store, asked, [node]))


def individual(node: str) -> str:
    """The IRI that an IRI, `<IRI>` or CURIE stands for; UnknownTerm where it can be none."""
    prefix = node.partition(":")[0]
    found = terms.iri(node) if prefix in terms.sparql_prefixes() else node.strip().strip("<>")
    if ":" not in found or any(c in found for c in ' <>"{}|\\^`\n\t'):
        raise UnknownTerm(f"{node!r} is no IRI; queries print the IRIs that a store knows")
    return found
