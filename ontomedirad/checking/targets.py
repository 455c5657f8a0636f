"""How many nodes each shape looks at: a shape that looks at none says nothing.

Targets are those of W3C SHACL, section 2.1.3: sh:targetClass with subclasses, sh:targetSubjectsOf,
sh:targetObjectsOf and sh:targetNode.
"""

from __future__ import annotations

from collections.abc import Mapping

from ontomedirad.checking.background import ontology
from ontomedirad.checking.rules import Rule
from ontomedirad.vocabulary import term

_TYPE = term("rdf:type")


def looked_at(ntriples: str, rules: Mapping[str, Rule]) -> dict[str, int]:
    """The number of focus nodes in a graph by code, for each rule with a target of its own."""
    typed: dict[str, set[str]] = {}
    wanted = {f"<{t}>" for r in rules.values() for kind, t in r.targets if kind.endswith("Of")}
    subjects: dict[str, set[str]] = {}
    objects: dict[str, set[str]] = {}
    for line in ntriples.split("\n"):
        subject, _, rest = line.partition(" ")
        predicate, _, object_ = rest.partition(" ")
        if predicate == _TYPE:
            typed.setdefault(object_[1:-3], set()).add(subject)
        if predicate in wanted:
            subjects.setdefault(predicate, set()).add(subject)
            objects.setdefault(predicate, set()).add(object_[:-2])
    classes: dict[str, set[str]] = {}
    for used, members in typed.items():
        for class_ in {used, *ontology().superclasses(used)}:
            classes.setdefault(class_, set()).update(members)

    def nodes(kind: str, target: str) -> set[str]:
        match kind:
            case "targetClass":
                return classes.get(target, set())
            case "targetSubjectsOf":
                return subjects.get(f"<{target}>", set())
            case "targetObjectsOf":
                return objects.get(f"<{target}>", set())
        return {f"<{target}>"}

    return {
        rule.code: len(set().union(*(nodes(kind, target) for kind, target in rule.targets)))
        for rule in rules.values()
        if rule.targets
    }
