"""Everything this package raises on purpose.

    OntomediradError
    ├── SourceError            a source cannot be read at all: absent, not XML, hostile, too large
    ├── NotConforming          a source, a graph or a part being written breaks rules; carries the Report
    ├── StoreError             a store cannot be opened or written
    │   ├── StoreLocked        another process is writing to it
    │   └── EndpointError      a SPARQL endpoint refused, broke off, or cannot be reached
    ├── QueryError             a named query cannot be run
    │   ├── UnknownQuery       no query has that name
    │   └── ParameterError     a parameter is unknown, missing or of the wrong type
    ├── ShapesError            a file of shapes cannot be used (in ontomedirad.checking)
    ├── UnknownTerm            the ontology has no such term
    └── MissingExtra           an optional package is needed; the message names the extra

Messages are for people: what was wrong, where, what was expected, what to do. None holds a
patient's value (docs/decisions/0004-privacy-of-messages.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ontomedirad.report import Report


class OntomediradError(Exception):
    """Root of all errors of this package. `exit_code` is what the command line ends with."""

    exit_code = 2


class SourceError(OntomediradError):
    """A source could not be read. `source` names it, `hint` says what to do."""

    def __init__(self, source: str, problem: str, hint: str = "") -> None:
        self.source, self.problem, self.hint = source, problem, hint
        super().__init__(f"{source}: {problem}" + (f" ({hint})" if hint else ""))


class NotConforming(OntomediradError):
    """A source was read, or a descriptor is being written, and breaks rules at level *must*.

    All findings are in `report`.
    """

    exit_code = 1

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__(report.text())


class StoreError(OntomediradError):
    """A store could not be opened, read or written."""


class StoreLocked(StoreError):
    """Another process holds the store open for writing."""


class EndpointError(StoreError):
    """A SPARQL endpoint did not do what was asked.

    `status` is the HTTP status, 0 where there was no answer. `said` is the beginning of the
    endpoint's own words; they may repeat values of the query, so the message does not hold them.
    `unknown` says that a write may have been done all the same. `passing` and `pause` say whether,
    and after how many seconds, the same query may succeed.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int = 0,
        said: str = "",
        passing: bool = False,
        pause: float | None = None,
        unknown: bool = False,
    ) -> None:
        self.status, self.said = status, said
        self.passing, self.pause, self.unknown = passing, pause, unknown
        super().__init__(message)


class QueryError(OntomediradError):
    """A query could not be run."""


class UnknownQuery(QueryError):
    """The catalogue has no query of that name; the message names the nearest ones."""


class ParameterError(QueryError):
    """A parameter is unknown, missing or of the wrong type; the message lists all parameters."""


class UnknownTerm(OntomediradError):
    """The ontology has no term of that name; the message names the nearest ones."""


class MissingExtra(OntomediradError):
    """An optional package is not installed."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(
            f"{package} is needed for this and is not installed: pip install 'ontomedirad[{extra}]'"
        )
