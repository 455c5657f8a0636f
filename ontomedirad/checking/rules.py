"""Shapes as rules: read once, each with its name, severity, message and hint.

A rule is a shape of a SHACL file (W3C SHACL, section 2.1). A property shape that stands inside
another without a name gets one from it, so that every result leads back to the text that a
curator wrote.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from ontomedirad import resources
from ontomedirad.checking.ranges import shapes_of
from ontomedirad.errors import OntomediradError
from ontomedirad.report import Level
from ontomedirad.terms import iri

LEVELS = {
    iri("sh:Violation"): Level.must,
    iri("sh:Warning"): Level.should,
    iri("sh:Info"): Level.may,
}
"""SHACL severities (section 2.1.4) as levels of a report."""

_TYPE, _PATH, _PROPERTY, _SEVERITY = (iri(c) for c in ("rdf:type", "sh:path", "sh:property", "sh:severity"))
_SPARQL, _SELECT, _PREFIXES, _DECLARE = (iri(f"sh:{n}") for n in ("sparql", "select", "prefixes", "declare"))
_TARGETS = ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode")
_CLASSES = {iri("sh:targetClass"), iri("sh:class")}
_NODE_SHAPE, _PROPERTY_SHAPE = iri("sh:NodeShape"), iri("sh:PropertyShape")

SUFFIXES = (".ttl", ".tsv")
"""Files of shapes: Turtle, and tables of plausible ranges."""

SILENCED = "silenced.tsv"
"""In a deployment's folder: the rules that it leaves out, and why."""

Subject = ox.NamedNode | ox.BlankNode
Term = Subject | ox.Literal | ox.Triple


class ShapesError(OntomediradError):
    """Shapes cannot be used; the message names the file and what is wrong in it."""

    def __init__(self, file: str, problem: str) -> None:
        self.file, self.problem = file, problem
        super().__init__(f"{file}: {problem}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One shape: `code` is the last segment of its IRI.

    Findings of a `confidential` rule name neither the node nor a value.
    """

    shape: str
    code: str
    level: Level
    message: str
    hint: str
    confidential: bool
    file: str
    name: str = ""
    why: str = ""
    source: str = ""
    targets: tuple[tuple[str, str], ...] = ()
    """What it looks at: the local name of the SHACL target, and its class, property or node."""

    @property
    def topic(self) -> str:
        """What the shape is about: the name of its file."""
        return self.file.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class Rules:
    """All shapes of a folder: their N-Triples for an engine, and what to say of each result."""

    text: str = field(repr=False)
    by_shape: dict[str, Rule]
    classes: frozenset[str]
    """Classes that the shapes name: up to them the hierarchy is needed."""
    files: tuple[Path, ...]
    silenced: dict[str, str] = field(default_factory=dict)
    """Rules that are left out, by code, and why."""

    def without(self, shapes: Collection[str]) -> Rules:
        """The rules but those of `shapes`."""
        gone = {f"<{shape}>" for shape in shapes}
        kept = (line for line in self.text.split("\n") if line.partition(" ")[0] not in gone)
        by_shape = {s: r for s, r in self.by_shape.items() if s not in shapes}
        return replace(self, text="\n".join(kept), by_shape=by_shape)

    def silence(self, reasons: Mapping[str, str]) -> Rules:
        """The rules but those named by code; each with a reason, which the report repeats."""
        codes = {rule.code: shape for shape, rule in self.by_shape.items()}
        if unknown := sorted(set(reasons) - set(codes) - set(self.silenced)):
            raise ShapesError("silenced", f"there is no rule {', '.join(unknown)}")
        if bare := sorted(code for code, reason in reasons.items() if not reason.strip()):
            raise ShapesError("silenced", f"{', '.join(bare)}: give the reason")
        fewer = self.without({codes[code] for code in reasons if code in codes})
        return replace(fewer, silenced={**self.silenced, **reasons})

    def about(self, topics: Collection[str]) -> Rules:
        """The rules of some topics."""
        known = sorted({rule.topic for rule in self.by_shape.values()})
        if unknown := sorted(set(topics) - set(known)):
            raise ShapesError(", ".join(unknown), f"is no topic: one of {', '.join(known)}")
        return self.without({shape for shape, rule in self.by_shape.items() if rule.topic not in topics})


def load_rules(location: Path | None = None, beside: Path | None = None) -> Rules:
    """The shapes of a folder or a file, of this package where none is given.

    `beside` is a folder of a deployment: its shapes come on top, and the rules that its table
    `silenced.tsv` (columns `rule` and `reason`) names are left out. Read again only when a file
    has changed. Raises ShapesError with the file and the reason.
    """
    silenced = beside / SILENCED if beside else None
    try:
        files = _files(location or resources.shapes())
        if beside is not None:
            files += _files(beside, may_be_empty=bool(silenced and silenced.is_file()))
        rules = _load(files, tuple((s.st_mtime_ns, s.st_size) for s in (f.stat() for f in files)))
        if silenced is None or not silenced.is_file():
            return rules
        return rules.silence(_silenced(silenced))
    except OSError as error:
        raise ShapesError(str(beside or location), f"cannot be read: {error.strerror}") from None


def _silenced(table: Path) -> dict[str, str]:
    try:
        return {row["rule"]: row["reason"] for row in resources.rows(table)}
    except (KeyError, ValueError, IndexError):
        raise ShapesError(SILENCED, "expected a table with the columns rule and reason") from None


def _files(place: Path, may_be_empty: bool = False) -> tuple[Path, ...]:
    if place.is_file():
        return (place,)
    found = tuple(sorted(f for s in SUFFIXES for f in place.glob(f"*{s}") if f.name != SILENCED))
    if not found and not may_be_empty:
        raise ShapesError(str(place), "holds no shapes: expected Turtle files (*.ttl)")
    return found


@lru_cache(maxsize=8)
def _load(files: tuple[Path, ...], stamps: tuple[tuple[int, int], ...]) -> Rules:
    text, rules, classes = [], dict[str, Rule](), set[str]()
    for file in files:
        shapes = ShapesFile(file)
        text.append(shapes.text)
        classes |= shapes.classes
        for rule in shapes.rules():
            if rule.shape in rules:
                raise ShapesError(file.name, f"{rule.code}: is in {rules[rule.shape].file} too")
            rules[rule.shape] = rule
    return Rules("".join(text), rules, frozenset(classes), files)


class ShapesFile:
    """The statements of one file of shapes."""

    def __init__(self, file: Path) -> None:
        self.name = file.name
        triples = _named(_parse(file), hashlib.sha256(file.name.encode()).hexdigest()[:8])
        self.facts: dict[Subject, dict[str, list[Term]]] = {}
        self.around: dict[Subject, Subject] = {}
        self.classes: set[str] = set()
        for t in triples:
            assert not isinstance(t.subject, ox.Triple)
            predicate, object_ = t.predicate.value, t.object
            self.facts.setdefault(t.subject, {}).setdefault(predicate, []).append(object_)
            if predicate == _PROPERTY and isinstance(object_, ox.NamedNode | ox.BlankNode):
                self.around[object_] = t.subject
            if predicate in _CLASSES and isinstance(object_, ox.NamedNode):
                self.classes.add(object_.value)
        self.text = (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode()

    def rules(self) -> Iterator[Rule]:
        """A rule for each named shape; ShapesError for one that no engine could use."""
        for node, facts in self.facts.items():
            kinds = {_value(t) for t in facts.get(_TYPE, [])}
            nested = node in self.around
            if isinstance(node, ox.NamedNode) and (nested or kinds & {_NODE_SHAPE, _PROPERTY_SHAPE}):
                yield self._rule(node, nested or _PROPERTY_SHAPE in kinds)

    def _rule(self, node: ox.NamedNode, is_property: bool) -> Rule:
        code = node.value.rpartition("#")[2].rpartition("/")[2]
        facts = self.facts[node]
        if is_property and len(facts.get(_PATH, [])) != 1:
            raise ShapesError(self.name, f"{code}: a property shape has exactly one sh:path")
        for query in facts.get(_SPARQL, []):
            self._try(code, query)
        severity = _value(facts.get(_SEVERITY, [ox.NamedNode(iri("sh:Violation"))])[0])
        if severity not in LEVELS:
            raise ShapesError(self.name, f"{code}: sh:severity is none of Violation, Warning, Info")
        message = self._text(node, "sh:message") or self._text(node, "sh:name")
        return Rule(
            shape=node.value,
            code=code,
            level=LEVELS[severity],
            message=message,
            hint=self._text(node, "omx:hint"),
            confidential=self._text(node, "omx:confidential") == "true",
            file=self.name,
            name=self._text(node, "sh:name") or message,
            why=self._text(node, "sh:description"),
            source=self._text(node, "dcterms:source"),
            targets=tuple((t, _value(o)) for t in _TARGETS for o in facts.get(iri(f"sh:{t}"), [])),
        )

    def _text(self, node: Subject, curie: str) -> str:
        """What the shape says, or else its query, or else the shape around it."""
        here: Subject | None = node
        seen: set[Subject] = set()
        while here is not None and here not in seen:
            seen.add(here)
            facts = self._of(here)
            for found in (facts, *(self._of(query) for query in facts.get(_SPARQL, []))):
                if values := found.get(iri(curie)):
                    return _value(values[0])
            here = self.around.get(here)
        return ""

    def _of(self, term: Term) -> dict[str, list[Term]]:
        """What is said of a node; nothing of a literal."""
        return {} if isinstance(term, ox.Literal | ox.Triple) else self.facts.get(term, {})

    def _try(self, code: str, query: Term) -> None:
        """Asks an empty graph: engines say too late, or not at all, that a query is none."""
        facts = self._of(query)
        text = "".join(_value(t) for t in facts.get(_SELECT, []))
        prefixes: dict[str, str] = {}
        for owner in facts.get(_PREFIXES, []):
            for declared in self._of(owner).get(_DECLARE, []):
                prefix, namespace = (
                    self._of(declared).get(iri(f"sh:{n}"), []) for n in ("prefix", "namespace")
                )
                prefixes.update({_value(p): _value(n) for p, n in zip(prefix, namespace, strict=False)})
        try:
            ox.Store().query(text, prefixes=prefixes)
        except (SyntaxError, ValueError) as error:
            raise ShapesError(self.name, f"{code}: sh:select is not a SPARQL query: {error}") from None


def _value(term: Term) -> str:
    return "" if isinstance(term, ox.Triple) else term.value


def _parse(file: Path) -> list[ox.Triple]:
    """The statements of a Turtle file, or of a table of plausible ranges."""
    try:
        text = shapes_of(file).encode() if file.suffix == ".tsv" else file.read_bytes()
    except ValueError as error:
        raise ShapesError(file.name, str(error)) from None
    try:
        return [q.triple for q in ox.parse(text, ox.RdfFormat.TURTLE)]
    except SyntaxError as error:
        where = f"{file.name}:{error.lineno}" if error.lineno else file.name
        raise ShapesError(where, f"is not Turtle: {error.msg}") from None


def _named(triples: list[ox.Triple], mark: str) -> list[ox.Triple]:
    """The triples with an IRI for each inner property shape, and blank nodes that no other file has."""
    names: dict[Term, Subject] = {}
    for t in triples:
        if t.predicate.value == _PROPERTY and isinstance(t.object, ox.BlankNode):
            outer = names.get(t.subject, t.subject)
            if isinstance(outer, ox.NamedNode):
                names[t.object] = ox.NamedNode(f"{outer.value}.{len(names) + 1}")
    for t in triples:
        for term in (t.subject, t.object):
            if isinstance(term, ox.BlankNode):
                names.setdefault(term, ox.BlankNode(f"s{mark}n{len(names)}"))
    return [
        ox.Triple(names.get(t.subject, t.subject), t.predicate, names.get(t.object, t.object))
        for t in triples
    ]
