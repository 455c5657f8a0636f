"""SHACL engines behind one function: graph and shapes in, results out.

pyrudof validates; pySHACL is the reference that its results are compared with. The results of
both are the same facts in the same words (W3C SHACL, section 3.6.2).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ontomedirad.checking.rules import Rules, ShapesError
from ontomedirad.errors import MissingExtra, OntomediradError

if TYPE_CHECKING:
    import rdflib

_SEVERITY = "http://www.w3.org/ns/shacl#"
_MARK = "# RDF\n"
"""Starts every text for pyrudof: what starts otherwise might be taken for a path or an address."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
"""How an IRI begins (RFC 3986, section 3.1), and no literal as pyrudof writes it."""


@dataclass(frozen=True, slots=True, order=True)
class Result:
    """One sh:ValidationResult. What is no IRI is left empty, but for a focus node that is blank."""

    focus: str
    shape: str
    component: str
    severity: str
    path: str = ""
    value: str = ""


Validate = Callable[[str], list[Result]]
"""Data with its background, as N-Triples → results, sorted, each once."""

Engine = Callable[[Rules], Validate]
"""Shapes, read once → what validates any number of graphs."""


def pyrudof(rules: Rules) -> Validate:
    """Validates with pyrudof; it reads strictly, so that nothing is skipped in silence."""
    import pyrudof as engine

    strict = engine.ReaderMode.Strict
    session = engine.Rudof(engine.RudofConfig())
    try:
        session.read_shacl(_MARK + rules.text, engine.ShaclFormat.NTriples, reader_mode=strict)
    except engine.RudofError as error:
        raise ShapesError(_culprit(rules), _reason(error)) from None

    def validate(data: str) -> list[Result]:
        try:
            # without merge=False, the graph before would still be there
            session.read_data(_MARK + data, engine.RDFFormat.NTriples, reader_mode=strict, merge=False)
            report = session.validate_shacl()
        except engine.RudofError as error:
            raise OntomediradError(f"the graph could not be checked: {_reason(error)}") from None
        return sorted({_of_entry(entry) for entry in report})

    return validate


def _of_entry(entry: Any) -> Result:
    return Result(
        _node(entry.focus_node),
        entry.source_shape or "",
        entry.constraint_component.removeprefix(_SEVERITY),
        entry.severity,
        _iri(entry.path),
        _iri(entry.value),
    )


def _iri(text: str | None) -> str:
    return text if text and _SCHEME.match(text) else ""


def _node(text: str) -> str:
    return text if text.startswith("_:") else _iri(text)


def _culprit(rules: Rules) -> str:
    """The first file of shapes that cannot be read by itself."""
    import pyrudof as engine

    turtle, strict = engine.ShaclFormat.Turtle, engine.ReaderMode.Strict
    for file in (f for f in rules.files if f.suffix == ".ttl"):
        session = engine.Rudof(engine.RudofConfig())
        try:
            session.read_shacl(_MARK + file.read_text("utf-8"), turtle, reader_mode=strict)
        except engine.RudofError:
            return file.name
    return ", ".join(f.name for f in rules.files)


def _reason(error: Exception) -> str:
    return str(error).split(": ", 1)[-1].strip().splitlines()[0]


def pyshacl(rules: Rules) -> Validate:
    """Validates with pySHACL, without inference."""
    try:
        import pyshacl as engine
    except ImportError:
        raise MissingExtra("pyshacl", "pyshacl") from None
    import rdflib

    shapes = rdflib.Graph().parse(data=rules.text, format="nt")
    sh = rdflib.Namespace(_SEVERITY)

    def validate(data: str) -> list[Result]:
        graph = rdflib.Graph().parse(data=data, format="nt")
        try:
            _, report, said = engine.validate(graph, shacl_graph=shapes, inference="none")
        except RuntimeError as error:
            report, said = None, str(error)
        if not isinstance(report, rdflib.Graph):
            raise ShapesError(", ".join(f.name for f in rules.files), said)
        return sorted({_of_node(report, node, sh) for node in report.objects(None, sh.result)})

    return validate


def _of_node(report: rdflib.Graph, node: Any, sh: Any) -> Result:
    import rdflib

    def one(predicate: Any) -> str:
        value = report.value(node, predicate)
        return str(value) if isinstance(value, rdflib.URIRef) else ""

    focus = report.value(node, sh.focusNode)
    return Result(
        focus.n3() if isinstance(focus, rdflib.BNode) else one(sh.focusNode),
        one(sh.sourceShape),
        one(sh.sourceConstraintComponent).removeprefix(_SEVERITY),
        one(sh.resultSeverity).removeprefix(_SEVERITY),
        one(sh.resultPath),
        one(sh.value),
    )


ENGINES: dict[str, Engine] = {"pyrudof": pyrudof, "pyshacl": pyshacl}
