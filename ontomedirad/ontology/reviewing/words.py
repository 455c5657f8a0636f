"""Checks of labels, definitions and sources."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from ontomedirad.ontology.model import Kind
from ontomedirad.ontology.reviewing.subject import BUILT_IN, Remark, Subject, listed
from ontomedirad.terms import iri as expand

_LABEL, _PREF_LABEL = expand("rdfs:label"), expand("skos:prefLabel")
_NAMED = {"rdfs:label": _LABEL, "skos:prefLabel": _PREF_LABEL}
_DEFINITIONS = (expand("obo:IAO_0000115"), expand("skos:definition"))
_SOURCES = (expand("dcterms:source"), expand("obo:IAO_0000119"))
_FILLER = {"a", "an", "and", "in", "is", "of", "or", "that", "the", "to", "which"}
_NEW_WORDS = 3
"""So many words that the label lacks make a definition more than the label."""


def without_label(subject: Subject) -> Iterator[Remark]:
    """Queries print labels: a term without any shows as an IRI or drops out of the answer."""
    for iri in subject.terms:
        if not subject.ontology.label(iri):
            yield Remark(iri, "has no label", "add rdfs:label and skos:prefLabel in English")


def one_label(subject: Subject) -> Iterator[Remark]:
    """Some queries print rdfs:label, some skos:prefLabel: a term with one of them drops out of the others."""
    for iri in subject.terms:
        has = {n: bool(subject.ontology.texts(iri, p)) for n, p in _NAMED.items()}
        if sum(has.values()) == 1:
            lacks = next(name for name, there in has.items() if not there)
            yield Remark(iri, f"has no {lacks}", "repeat the label that it has")


def double_label(subject: Subject) -> Iterator[Remark]:
    """Each further label multiplies the rows of a query that prints it."""
    for iri in subject.terms:
        for name, predicate in _NAMED.items():
            texts = subject.ontology.texts(iri, predicate)
            by_language = Counter((t.language or "") for t in set(texts))
            if (len(by_language) > 1 and "" in by_language) or any(n > 1 for n in by_language.values()):
                shown = ", ".join(f'"{t.value}"' + (f"@{t.language}" if t.language else "") for t in texts)
                yield Remark(iri, f"has more than one {name}: {shown}", "keep one; others are skos:altLabel")


def contradictory_label(subject: Subject) -> Iterator[Remark]:
    """Programs that read one, and programs that read the other, show different names."""
    for iri in subject.terms:
        plain = {t.value.strip() for t in subject.ontology.texts(iri, _LABEL)}
        preferred = {t.value.strip() for t in subject.ontology.texts(iri, _PREF_LABEL)}
        if plain and preferred and plain.isdisjoint(preferred):
            yield Remark(
                iri, f"is called {_quoted(plain)} and preferably {_quoted(preferred)}", "make both one"
            )


def shared_label(subject: Subject) -> Iterator[Remark]:
    """Terms of one namespace that people cannot tell apart."""
    for first, label, others in _same_label(subject):
        near = [o for o in others if _namespace(o) == _namespace(first)]
        if near:
            yield Remark(first, f'shares the label "{label}" with {listed(near)}', "rename or merge them")


def ambiguous_label(subject: Subject) -> Iterator[Remark]:
    """Terms of different sources under one name."""
    for first, label, others in _same_label(subject):
        far = [o for o in others if _namespace(o) != _namespace(first)]
        if far:
            yield Remark(first, f'shares the label "{label}" with {listed(far)}')


def _same_label(subject: Subject) -> Iterator[tuple[str, str, list[str]]]:
    found = defaultdict(list)
    for iri in subject.terms:
        if label := subject.ontology.label(iri):
            found[label.casefold().strip(), subject.ontology.kind(iri)].append(iri)
    for (label, _), iris in found.items():
        if len(iris) > 1:
            yield iris[0], label, iris[1:]


def without_definition(subject: Subject) -> Iterator[Remark]:
    """Without one, two people will use the term for different things."""
    for iri in subject.terms:
        if subject.ontology.kind(iri) is not Kind.individual and not _definitions(subject, iri):
            hint = "genus and differentia in one or two sentences, with a source"
            yield Remark(iri, "has no definition", hint, tuple(subject.used.get(iri, ())[:3]))


def double_definition(subject: Subject) -> Iterator[Remark]:
    """Two definitions in one language contradict each other sooner or later."""
    for iri in subject.terms:
        texts = set(subject.ontology.texts(iri, _DEFINITIONS[0]))
        if any(n > 1 for n in Counter(t.language for t in texts).values()):
            yield Remark(iri, f"has {len(texts)} definitions", "keep one")


def circular_definition(subject: Subject) -> Iterator[Remark]:
    """A definition that only repeats the name explains nothing."""
    for iri in subject.terms:
        label = _words(subject.ontology.label(iri))
        for text in _definitions(subject, iri):
            if len(_words(text) - label) < _NEW_WORDS:
                yield Remark(
                    iri, f'is defined by hardly more than its label: "{text}"', "say what sets it apart"
                )


def shared_definition(subject: Subject) -> Iterator[Remark]:
    """What is defined alike is the same, or one definition is wrong."""
    found = defaultdict(list)
    for iri in subject.terms:
        for text in _definitions(subject, iri):
            found[text].append(iri)
    for iris in found.values():
        if len(iris) > 1:
            yield Remark(iris[0], f"has the definition of {listed(iris[1:])}", "say what sets them apart")


def without_source(subject: Subject) -> Iterator[Remark]:
    """A reader wants to check a definition against the document that it rests on."""
    for iri in subject.terms:
        if _definitions(subject, iri) and not any(subject.ontology.texts(iri, p) for p in _SOURCES):
            yield Remark(iri, "has a definition without source", "add dcterms:source")


def _definitions(subject: Subject, iri: str) -> list[str]:
    return [t.value for p in _DEFINITIONS for t in subject.ontology.texts(iri, p)]


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", text.lower())) - _FILLER


def _namespace(iri: str) -> str:
    """The part of an IRI before its local name; of OBO IRIs, with the ontology's prefix."""
    match = re.match(r"(.*[#/])([A-Za-z]+_(?=\d))?", iri)
    return match[0] if match and not iri.startswith(BUILT_IN) else iri


def _quoted(texts: set[str]) -> str:
    return ", ".join(f'"{t}"' for t in sorted(texts))
