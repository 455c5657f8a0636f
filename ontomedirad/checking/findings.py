"""From SHACL results to findings: words for nodes, places in the source, and the report graph.

No message and no report graph holds a literal of the data: a place leads to it instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ontomedirad.checking.background import ontology
from ontomedirad.checking.engines import Result
from ontomedirad.checking.graphs import Graph
from ontomedirad.checking.rules import Rule, Rules
from ontomedirad.report import Finding, Level, Place
from ontomedirad.terms import curie, iri
from ontomedirad.translation.literals import text as literal
from ontomedirad.vocabulary import term

NAMED_BY = {
    "om:VOI": "om:has_id",
    "om:ROI": "om:has_id",
    "om:timepoint_description": "om:has_id",
    "om:segmentation_dataset": "om:has_id",
    "om:geometrical_transformation": "om:has_id",
    "om:institution": "om:has_name",
    "om:software": "om:has_name",
}
"""What is called by an identifier of its own in a message. No person is, and nothing dated."""

SAYS = {
    "MinCountConstraintComponent": "there is none",
    "MaxCountConstraintComponent": "there is more than one",
}
"""What a component adds to the message of its shape."""

_PLACEHOLDER = re.compile(r"\{[$?](\w+)\}")
_PROV = iri("prov:")


def findings(results: Iterable[Result], graph: Graph, rules: Rules) -> Iterator[Finding]:
    """A finding for each result."""
    listed = list(results)
    words = Words(graph, {node for r in listed for node in (r.focus, r.value) if node})
    for result in listed:
        rule = rules.by_shape.get(result.shape) or _unnamed(result)
        place = _located(result.focus, graph) or Place(node=result.focus)
        if rule.confidential:
            place = Place(place.file, place.line, place.path, "" if place.file else graph.name)
        yield Finding(
            rule.level,
            rule.code,
            _message(rule, result, words),
            place,
            rule.hint,
            () if rule.confidential else _also(result, graph),
        )


def _unnamed(result: Result) -> Rule:
    """A rule for what a shape without a name found."""
    code = result.component.removesuffix("ConstraintComponent")
    level = {"Violation": Level.must, "Warning": Level.should}.get(result.severity, Level.may)
    return Rule(result.shape, code, level, f"{{$this}} breaks a rule of {code}", "", False, "")


def _message(rule: Rule, result: Result, words: Words) -> str:
    nodes = {"this": result.focus, "value": result.value, "path": result.path}

    def word(found: re.Match[str]) -> str:
        node = nodes.get(found[1], "")
        return words.of(node) if node else found[1]

    said = _PLACEHOLDER.sub(word, rule.message or f"{{$this}} breaks the rule {rule.code}")
    more = SAYS.get(result.component, "")
    return f"{said}: {more}" if more else said


def _also(result: Result, graph: Graph) -> tuple[Place, ...]:
    place = _located(result.value, graph) if result.value != result.focus else None
    return (place,) if place else ()


def _located(node: str, graph: Graph) -> Place | None:
    return graph.locate(node) if node and not node.startswith("_:") else None


class Words:
    """What nodes of a graph are called: their class, and an identifier where they have a public one."""

    def __init__(self, graph: Graph, nodes: set[str]) -> None:
        self._types: dict[str, list[str]] = {}
        self._names: dict[tuple[str, str], str] = {}
        wanted = {f"<{node}>": node for node in nodes}
        type_, naming = term("rdf:type"), {term(p): p for p in set(NAMED_BY.values())}
        for line in graph.ntriples.split("\n") if nodes else ():
            subject, _, rest = line.partition(" ")
            if subject not in wanted:
                continue
            predicate, _, object_ = rest.partition(" ")
            if predicate == type_:
                self._types.setdefault(wanted[subject], []).append(object_[1:-3])
            elif predicate in naming:
                self._names[wanted[subject], naming[predicate]] = object_[1:].rpartition('"')[0]

    def of(self, node: str) -> str:
        """The node in the field's words."""
        own = label(node)
        if own:
            return own
        types = [t for t in self._types.get(node, []) if not t.startswith(_PROV)]
        if not types:
            return "something that nothing declares"
        class_ = max(types, key=lambda t: (len(ontology().superclasses(t)), t))
        above = (class_, *ontology().superclasses(class_))
        naming = next((p for c, p in NAMED_BY.items() if iri(c) in above), "")
        name = self._names.get((node, naming), "")
        return f"{label(class_) or curie(class_)} {name}".rstrip()


@lru_cache(maxsize=4096)
def label(node: str) -> str:
    """The ontology's label of a term; "" for what it does not declare."""
    return ontology().label(node)


def report_graph(results: list[Result], made: list[Finding], rules: Rules, graph: str, number: int) -> str:
    """The results, and the findings made of them, as a SHACL report in N-Triples (W3C SHACL, 3.6).

    `number` keeps the blank nodes of several graphs apart. Literal values are left out, and the
    focus node of a confidential rule is a blank node.
    """
    sh = {name: term(f"sh:{name}") for name in _REPORT_TERMS}
    report = f"_:report{number}"
    truth = f'"{str(not results).lower()}"^^{term("xsd:boolean")}'
    lines = [
        (report, term("rdf:type"), sh["ValidationReport"]),
        (report, sh["conforms"], truth),
        *([(report, term("dcterms:subject"), f"<{graph}>")] if graph else []),
    ]
    for i, (r, finding) in enumerate(zip(results, made, strict=True), 1):
        node, rule = f"{report}r{i}", rules.by_shape.get(r.shape)
        hidden = rule is not None and rule.confidential
        lines += [
            (report, sh["result"], node),
            (node, term("rdf:type"), sh["ValidationResult"]),
            (node, sh["focusNode"], f"{node}focus" if hidden or not r.focus else _node(r.focus)),
            (node, sh["resultSeverity"], term(f"sh:{r.severity}")),
            (node, sh["sourceConstraintComponent"], term(f"sh:{r.component}")),
            *([(node, sh["sourceShape"], _node(r.shape))] if r.shape else []),
            *([(node, sh["resultPath"], f"<{r.path}>")] if r.path else []),
            *([(node, sh["value"], f"<{r.value}>")] if r.value and not hidden else []),
            (node, sh["resultMessage"], literal(finding.message)),
        ]
    return "".join(f"{s} {p} {o} .\n" for s, p, o in lines)


def _node(name: str) -> str:
    return name if name.startswith("_:") else f"<{name}>"


_REPORT_TERMS = (
    "ValidationReport",
    "ValidationResult",
    "conforms",
    "result",
    "focusNode",
    "resultSeverity",
    "sourceConstraintComponent",
    "sourceShape",
    "resultPath",
    "value",
    "resultMessage",
)
