"""Classes and properties of a graph that no shape looks at."""

from __future__ import annotations

import re
from collections import Counter

import pyoxigraph as ox

from ontomedirad.checking.background import ontology
from ontomedirad.checking.graphs import Checkable, graphs
from ontomedirad.checking.rules import Rules
from ontomedirad.terms import iri, sparql_prefixes
from ontomedirad.vocabulary import term

_TYPE = term("rdf:type")
CURIE = re.compile(r"\b([a-z]+):([A-Za-z0-9][\w.-]*)")


def unseen(source: Checkable, rules: Rules) -> dict[str, int]:
    """Classes and properties that `source` uses and no shape names, with the number of uses.

    A class counts as seen when a shape names it or a class above it. What only a query of a
    shape (sh:select) names is seen too.
    """
    named = _named(rules)
    uses: Counter[str] = Counter()
    for graph in graphs(source):
        for line in graph.ntriples.split("\n"):
            if line:
                _, predicate, object_ = line.split(" ", 2)
                uses[object_[1:-3] if predicate == _TYPE else predicate[1:-1]] += 1
    return {
        t: n for t, n in uses.most_common() if t not in named and not named & set(ontology().superclasses(t))
    }


def _named(rules: Rules) -> set[str]:
    """Every IRI that shapes name, in statements or as a CURIE in a query."""
    found = {iri("rdf:type")}
    prefixes = sparql_prefixes()
    for triple in ox.parse(rules.text.encode(), ox.RdfFormat.N_TRIPLES):
        if isinstance(triple.object, ox.NamedNode):
            found.add(triple.object.value)
        elif isinstance(triple.object, ox.Literal) and triple.predicate.value == iri("sh:select"):
            found |= {
                prefixes[prefix] + local
                for prefix, local in CURIE.findall(triple.object.value)
                if prefix in prefixes
            }
    return found
