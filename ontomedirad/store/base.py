"""What every store can do, whatever holds the quads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

import pyoxigraph as ox

RECORD = "_import"
"""What the graph of an import's record is called beside the content graph that it is about."""


def is_record(graph: str) -> bool:
    """Whether a graph is the record of an import."""
    return graph.endswith(RECORD)


def record_graph(graph: str) -> str:
    """The IRI of the import record of a content graph."""
    return graph + RECORD


Stamp = str | object | None
"""What is equal while a graph stays the same; None while it is absent."""


Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(slots=True)
class Solutions:
    """The answer of a SELECT: its variables, and its rows as they come."""

    variables: tuple[str, ...]
    rows: Iterator[tuple[Term | None, ...]]

    def __iter__(self) -> Iterator[tuple[Term | None, ...]]:
        return self.rows


class Backend(Protocol):
    """Quads somewhere. Each writing call is one transaction: all of it, or nothing."""

    location: str

    @property
    def piece(self) -> int | None:
        """Bytes that one transaction of a load should hold; None where there is no bound."""

    def select(self, text: str, timeout: float | None = None) -> Solutions:
        """The rows of a SELECT over the merge of all graphs, StoreError after `timeout` seconds."""

    def ask(self, text: str) -> bool:
        """The answer of an ASK over the merge of all graphs."""

    def replace(self, graphs: Iterable[str], nquads: str) -> None:
        """Put `nquads` in place of all that the named `graphs` held.

        Queries see the RDF merge of all graphs but the records of imports: a triple that several
        graphs hold counts once (RDF 1.1 Semantics, section 4.1).
        """

    def has_graph(self, graph: str) -> bool:
        """Whether any quad is in the named graph."""

    def graphs(self) -> Iterator[str]:
        """IRIs of all named graphs."""

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """All quads, or those of one graph."""

    def quads_of(self, node: str) -> Iterator[ox.Quad]:
        """All quads with that subject."""

    def stamps(self, graphs: Iterable[str]) -> dict[str, Stamp]:
        """A stamp of each of the graphs, which changes when the graph does."""

    def size(self) -> int:
        """How many quads there are."""

    def close(self) -> None:
        """Give back what the store holds open."""


class Closing:
    """A context manager around `close`."""

    def close(self) -> None:
        """Give back what is held open."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
