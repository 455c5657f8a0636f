"""Reads ontology modules from files. Nothing but the suffix decides how a file is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from ontomedirad import resources
from ontomedirad.errors import SourceError
from ontomedirad.ontology.model import Ontology

FORMATS: dict[str, ox.RdfFormat] = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".owl": ox.RdfFormat.RDF_XML,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
"""How the suffix of a module's file says that it is written."""

MAX_BYTES = 100_000_000
"""No module may be larger; the largest published one has 0.6 MB."""

_NESTED_ENTITY = re.compile(rb"<!ENTITY[^>]*&[^#][^>]*>")


def open_ontology(location: str | Path | None = None) -> Ontology:
    """The ontology of this package, or another release: a folder of module files, or one file.

    Files of other suffixes than those of `FORMATS`, and subfolders, are passed over. Raises
    SourceError where nothing is there, or a file cannot be read; it names the file and the line.
    """
    place = resources.ontology() if location is None else Path(location)
    return Ontology((path.stem, _parse(path)) for path in _files(place))


def _files(place: Path) -> list[Path]:
    suffixes = ", ".join(FORMATS)
    if place.is_file():
        if place.suffix.lower() not in FORMATS:
            raise SourceError(place.name, "not a format of an ontology module", f"expected {suffixes}")
        return [place]
    try:
        found = sorted(p for p in place.iterdir() if p.suffix.lower() in FORMATS and p.is_file())
    except OSError as error:
        raise SourceError(
            str(place), f"cannot be read: {error.strerror}", "give a folder or a file"
        ) from error
    if not found:
        raise SourceError(str(place), "holds no ontology module", f"expected files of {suffixes}")
    return found


def _parse(path: Path) -> Iterator[ox.Triple]:
    format_ = FORMATS[path.suffix.lower()]
    try:
        if path.stat().st_size > MAX_BYTES:
            raise SourceError(path.name, f"is larger than {MAX_BYTES // 1_000_000} MB")
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(path.name, f"cannot be read: {error.strerror}") from error
    if format_ is ox.RdfFormat.RDF_XML and _NESTED_ENTITY.search(data):
        raise SourceError(path.name, "declares XML entities that refer to other entities", "expand them")
    try:
        for quad in ox.parse(input=data, format=format_):
            yield quad.triple
    except (SyntaxError, ValueError) as error:
        raise SourceError(*_where(path, data, error)) from error


def _where(path: Path, data: bytes, error: SyntaxError | ValueError) -> tuple[str, str]:
    """File with line, and what is wrong; the RDF/XML parser gives no line, the XML parser does."""
    message = error.msg if isinstance(error, SyntaxError) else str(error)
    line = error.lineno if isinstance(error, SyntaxError) else None
    if line is None and FORMATS[path.suffix.lower()] is ox.RdfFormat.RDF_XML:
        from lxml import etree

        try:
            etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError as wrong:
            line, message = wrong.lineno, wrong.msg or message
    return (f"{path.name}:{line}" if line else path.name), message
