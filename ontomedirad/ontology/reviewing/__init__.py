"""The review of an ontology: what curators have to look at, as findings with levels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ontomedirad.ontology.model import Ontology
from ontomedirad.ontology.reviewing import outside, structure, words
from ontomedirad.ontology.reviewing.subject import Remark, Subject
from ontomedirad.ontology.uses import Use, find_uses
from ontomedirad.report import Finding, Level, Place, Report
from ontomedirad.terms import curie

Check = Callable[[Subject], Iterator[Remark]]

RULES: tuple[tuple[str, Level, str, Check], ...] = (
    ("label-missing", Level.must, "a term has a label", words.without_label),
    ("label-single", Level.should, "a term has rdfs:label and skos:prefLabel", words.one_label),
    ("label-double", Level.must, "a term has one label in a language", words.double_label),
    (
        "label-contradictory",
        Level.should,
        "label and preferred label are the same",
        words.contradictory_label,
    ),
    ("label-shared", Level.should, "no two terms of one namespace share a label", words.shared_label),
    ("label-ambiguous", Level.may, "no two terms share a label", words.ambiguous_label),
    ("definition-missing", Level.should, "a term has a definition", words.without_definition),
    ("definition-double", Level.must, "a term has one definition in a language", words.double_definition),
    ("definition-circular", Level.should, "a definition says more than the label", words.circular_definition),
    ("definition-shared", Level.should, "no two terms share a definition", words.shared_definition),
    ("source-missing", Level.should, "a definition names its source", words.without_source),
    ("reference-broken", Level.must, "what an axiom refers to is declared", structure.broken_reference),
    ("kind-double", Level.must, "a term is of one kind", structure.double_kind),
    ("kind-misused", Level.must, "a term is used as what it is declared", structure.misused_kind),
    ("declared-twice", Level.should, "one module declares a term", structure.declared_twice),
    ("cycle", Level.must, "no term is above itself", structure.cycle),
    ("orphan", Level.should, "a class has a parent", structure.orphan),
    ("misplaced", Level.must, "terms stand where the table of placement says", structure.misplaced),
    ("namespace-case", Level.must, "no two namespaces differ in case only", structure.namespace_case),
    ("import-missing", Level.should, "a module imports what it refers to", structure.missing_import),
    ("deprecated-used", Level.must, "nothing refers to a deprecated term", outside.deprecated_used),
    (
        "undeclared-used",
        Level.must,
        "tables, shapes, queries and code name declared terms",
        outside.undeclared,
    ),
    ("unit-unmapped", Level.may, "a unit has a UCUM code", outside.unmapped_unit),
)
"""Code, level, what holds, and the check that yields where it does not hold."""


def review(
    ontology: Ontology, uses: Iterable[Use] | None = None, *, level: Level | str = Level.may
) -> Report:
    """Everything in `ontology` that breaks a rule of `RULES`, at `level` or above, the worst first.

    `uses` are the places outside the ontology that name terms; by default those of this package.
    """
    subject = Subject(ontology, tuple(find_uses() if uses is None else uses))
    least = Level[level] if isinstance(level, str) else level
    findings = []
    for code, weight, _, check in sorted(RULES, key=lambda rule: -rule[1]):
        if weight >= least:
            findings += [_finding(code, weight, ontology, remark) for remark in check(subject)]
    name = f"ontology {ontology.version}".strip()
    return Report(tuple(dict.fromkeys(findings)), name, level=least)


def _finding(code: str, level: Level, ontology: Ontology, remark: Remark) -> Finding:
    module = remark.module or ontology.home(remark.term)
    places = [Place(file=module, node=remark.term)] if module else []
    places += [Place(file=use.file, line=use.line, node=remark.term) for use in remark.uses]
    message = f"{curie(remark.term)} {remark.says}" if remark.term else remark.says
    place, *also = places or [Place(node=remark.term)]
    return Finding(level, code, message, place, remark.hint, tuple(also))
