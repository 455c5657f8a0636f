"""What a document may start with, and how it comes back from a graph."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from ontomedirad.descriptor.block import Block

if TYPE_CHECKING:
    import os

    import pyoxigraph as ox
    import rdflib

    from ontomedirad.store import Store
    from ontomedirad.translation.result import Translation

    Graph = Translation | Store | rdflib.Graph | str | os.PathLike[str] | Iterable[ox.Quad]


class Descriptor(Block):
    """A whole document: a file set descriptor, or a calibration that is a document of its own."""

    @classmethod
    def from_graph(cls, source: Graph, graph: str = "") -> Self:
        """The descriptor that a graph was made of, equal to the one that was translated.

        `source` is a translation, a store, an rdflib graph, a file of RDF or quads of pyoxigraph;
        `graph` is the IRI of the graph that is meant where there are several. What is said of the
        individuals is read; how the document was written comes from the `form` vocabulary. Raises
        SourceError where the source holds no descriptor, several, or one of another class than `cls`.
        """
        from ontomedirad.errors import SourceError
        from ontomedirad.lineage.export import descriptor_of

        found = descriptor_of(source, graph)
        if not isinstance(found, cls):
            raise SourceError("the graph", f"is of a {type(found).__name__}, not of a {cls.__name__}")
        return found

    def to_xml(self) -> bytes:
        """The document in UTF-8 with declaration, indented."""
        from ontomedirad.descriptor.write import to_xml

        return to_xml(self)
