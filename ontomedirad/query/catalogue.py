"""The named queries: one `.rq` file each, with a header that says what it answers and takes."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ontomedirad import resources, terms
from ontomedirad.errors import QueryError, UnknownQuery
from ontomedirad.query.bind import Template, variables
from ontomedirad.query.header import Column, Parameter, header
from ontomedirad.query.result import Result

if TYPE_CHECKING:
    from ontomedirad.store.base import Solutions

SUFFIX = ".rq"
_STANDARD = ("rdf", "rdfs", "owl", "xsd", "skos", "prov")
"""Prefixes of W3C vocabularies, which the ontology uses and does not declare."""

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Selects(Protocol):
    """What a query runs on: a Store, or anything else that answers a SELECT text."""

    def select(self, text: str, *, timeout: float | None = None) -> Solutions:
        """The rows of a SELECT text."""


class Query:
    """One named query. `text` is as the file holds it, header included."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.header = header(text, name)
        self._template = Template(text, self.header.parameters, name)
        examples = {p.name: p.example for p in self.parameters}
        found = variables(self._template.bind(examples), name)
        declared = tuple(c.name for c in self.columns)
        if found != declared:
            strange = sorted(set(found) ^ set(declared)) or ["their order"]
            raise QueryError(f"{name}: header and SELECT differ in columns: {', '.join(strange)}")
        self._template.bind(self.header.example)

    @property
    def summary(self) -> str:
        """What it answers, in one line."""
        return self.header.summary

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """What it can be given."""
        return self.header.parameters

    @property
    def columns(self) -> tuple[Column, ...]:
        """What it gives back."""
        return self.header.columns

    @property
    def legacy_id(self) -> int | None:
        """The number of the original query that it continues."""
        return self.header.legacy_id

    @property
    def iris(self) -> frozenset[str]:
        """Every IRI that its text names."""
        return frozenset(self._template.iris)

    def bind(self, **parameters: Any) -> str:
        """The SPARQL text to run, complete with prefixes: any endpoint takes it.

        None stands for a parameter not given. Raises ParameterError, which lists all parameters,
        when one is unknown, missing or of the wrong type.
        """
        text = self._template.bind(parameters)
        variables(text, self.name)
        return text

    def run(
        self, store: Selects, /, *, timeout: float | None = None, limit: int | None = None, **parameters: Any
    ) -> Result:
        """The rows of this query in `store`, at most `limit`, within `timeout` seconds.

        Raises as `bind` does, QueryError, and StoreError when it takes longer.
        """
        solutions = store.select(self.bind(**parameters), timeout=timeout)
        return Result(self.columns, solutions.rows, self.name, limit)

    def __repr__(self) -> str:
        return f"<Query {self.name}: {self.summary}>"


class Catalogue(Mapping[str, Query]):
    """Named queries by name, in the order of their names."""

    def __init__(self, found: Iterable[Query]) -> None:
        self._queries: dict[str, Query] = {}
        for query in sorted(found, key=lambda q: q.name):
            if query.name in self._queries:
                raise QueryError(f"two folders hold a query of the name {query.name}")
            self._queries[query.name] = query

    def __getitem__(self, name: str) -> Query:
        try:
            return self._queries[name]
        except KeyError:
            raise UnknownQuery(f"no query has that name; {self._nearest(name)}") from None

    def get(self, name: str, default: Any = None) -> Any:
        """The query of that name, or `default`."""
        return self._queries.get(name, default)

    def __contains__(self, name: object) -> bool:
        return name in self._queries

    def __iter__(self) -> Iterator[str]:
        return iter(self._queries)

    def __len__(self) -> int:
        return len(self._queries)

    def by_legacy_id(self, number: int) -> Query:
        """The query that continues the original query of that number; UnknownQuery where none does."""
        for query in self._queries.values():
            if query.legacy_id == number:
                return query
        known = ", ".join(str(n) for n in sorted(q.legacy_id or 0 for q in self._queries.values()) if n)
        raise UnknownQuery(f"no query continues original {number}; there are {known}")

    def _nearest(self, name: str) -> str:
        near = difflib.get_close_matches(str(name)[:80].lower(), self._queries, n=3, cutoff=0.4)
        if near:
            return f"the nearest are {', '.join(near)}"
        return f"there are {', '.join(self._queries)}"

    def __repr__(self) -> str:
        return f"<Catalogue of {len(self)} queries: {', '.join(self)}>"


def queries(*folders: str | os.PathLike[str]) -> Catalogue:
    """The named queries of this package, and those of a deployment's own `folders`.

    Read once a set of folders. Raises QueryError for a file that is no named query, a name that
    two folders hold, or an IRI that the ontology does not declare.
    """
    return _catalogue(tuple(os.fspath(f) for f in folders))


@cache
def _catalogue(folders: tuple[str, ...]) -> Catalogue:
    own = [query for folder in folders for query in _read(Path(folder))]
    for query in own:
        _refuse_undeclared(query)
    return Catalogue([*_read(resources.queries()), *own])


def _refuse_undeclared(query: Query) -> None:
    """QueryError where a deployment's query names what no ontology declares: it would find nothing."""
    from ontomedirad.ontology import open_ontology

    ontology = open_ontology() if query.iris else None
    standard = tuple(terms.PREFIXES[p] for p in _STANDARD)
    unknown = [
        terms.curie(iri)
        for iri in sorted(query.iris)
        if not iri.startswith(standard) and ontology is not None and not ontology.declared(iri)
    ]
    if unknown:
        raise QueryError(f"{query.name}: the ontology does not declare {', '.join(unknown)}")


def _read(folder: Path) -> Iterator[Query]:
    try:
        files = sorted(p for p in folder.iterdir() if p.suffix == SUFFIX)
        texts = [(p.stem, p.read_text("utf-8")) for p in files]
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{folder}: queries cannot be read: {error}") from None
    for name, text in texts:
        if not _NAME.fullmatch(name):
            raise QueryError(f"{name}{SUFFIX}: a query's name is lower-case words joined by hyphens")
        yield Query(name, text)
