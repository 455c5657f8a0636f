"""Answers that come from outside this process: bounded, whole before a row is handed out."""

from __future__ import annotations

import io
import re
import tempfile
import time
from collections.abc import Iterable, Iterator
from typing import IO

import pyoxigraph as ox

from ontomedirad import terms
from ontomedirad.descriptor.leaf import canonical_digits
from ontomedirad.errors import StoreError
from ontomedirad.store.base import Solutions, Term

_DOUBLE = ox.NamedNode(terms.iri("xsd:double"))
_DIGITS = re.compile(r"[+-]?[0-9]+(?:\.[0-9]*)?[eE][+-]?[0-9]+")
IN_MEMORY = 4 << 20
"""Bytes of an answer that are kept in memory; a longer one goes to a temporary file."""


class Deadline:
    """A moment by which something must be done."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds that are left, never less than none."""
        return max(0.0, self._end - time.monotonic())

    @property
    def passed(self) -> bool:
        """Whether it is too late."""
        return self.left == 0


def spooled(chunks: Iterable[bytes], most: int, deadline: Deadline, where: str) -> IO[bytes]:
    """All of `chunks`, rewound; StoreError where they are more than `most` bytes, or too late."""
    file: IO[bytes] = io.BytesIO()
    size = 0
    try:
        for chunk in chunks:
            size += len(chunk)
            if size > most:
                raise StoreError(f"{where}: the answer is longer than {most:,} bytes; ask for less")
            if deadline.passed:
                raise StoreError(
                    f"{where}: no whole answer within {deadline.seconds:g} s; ask for less, or wait longer"
                )
            if size > IN_MEMORY and isinstance(file, io.BytesIO):
                held, file = file.getvalue(), tempfile.TemporaryFile()  # noqa: SIM115 - closed by its reader
                file.write(held)
            file.write(chunk)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def parsed(file: IO[bytes], form: ox.QueryResultsFormat, where: str) -> Solutions | bool:
    """Rows or the answer of an ASK; StoreError where the bytes are none."""
    try:
        answer = ox.parse_query_results(file, form)
    except (SyntaxError, ValueError, OSError):
        file.close()
        raise _nonsense(where) from None
    if isinstance(answer, ox.QueryBoolean):
        file.close()
        return bool(answer)
    names = tuple(v.value for v in answer.variables)
    return Solutions(names, _Rows(answer, len(names), file, where))


class _Rows:
    """The rows of an answer as they are asked for; the file is closed after the last, or when dropped."""

    def __init__(self, answer: ox.QuerySolutions, width: int, file: IO[bytes], where: str) -> None:
        self._answer, self._width, self._file, self._where = answer, width, file, where

    def __iter__(self) -> Iterator[tuple[Term | None, ...]]:
        return self

    def __next__(self) -> tuple[Term | None, ...]:
        try:
            row = next(self._answer)
        except (SyntaxError, ValueError, OSError):
            self._file.close()
            raise _nonsense(self._where) from None
        except StopIteration:
            self._file.close()
            raise
        return tuple(canonical(row[i]) for i in range(self._width))

    def __del__(self) -> None:
        self._file.close()


def _nonsense(where: str) -> StoreError:
    return StoreError(f"{where}: the answer is no SPARQL result, or ends in the middle")


def canonical(term: Term | None) -> Term | None:
    """The same term; a double in the spelling that translation gives it, whatever the engine made of it."""
    if isinstance(term, ox.Literal) and term.datatype == _DOUBLE and _DIGITS.fullmatch(term.value):
        return ox.Literal(canonical_digits(float(term.value)), datatype=_DOUBLE)
    return term


def in_time(
    rows: Iterator[tuple[Term | None, ...]], deadline: Deadline, where: str
) -> Iterator[tuple[Term | None, ...]]:
    """Rows until the deadline, StoreError after it."""
    for row in rows:
        if deadline.passed:
            raise StoreError(f"{where}: the query took longer than {deadline.seconds:g} s; ask for less")
        yield row
