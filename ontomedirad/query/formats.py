"""Results as W3C formats, a row at a time.

Sources: SPARQL 1.1 Query Results CSV and TSV Formats; SPARQL 1.1 Query Results JSON Format, 3;
SPARQL Query Results XML Format (Second Edition), 2.3.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TextIO
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from ontomedirad import terms
from ontomedirad.query.values import spelled

if TYPE_CHECKING:
    from ontomedirad.store.base import Term

Terms = Iterable["tuple[Term | None, ...]"]

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STRING = terms.iri("xsd:string")
_LANGUAGE_STRING = terms.iri("rdf:langString")


def written(pieces: Iterable[str], out: TextIO | None) -> str | None:
    """The pieces into `out` as they come, or all of them as one text."""
    if out is None:
        return "".join(pieces)
    for piece in pieces:
        out.write(piece)
    return None


def csv_lines(names: tuple[str, ...], rows: Terms) -> Iterator[str]:
    """Header and rows; a literal is its lexical form, nothing is the empty field."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    for fields in _with_header(names, rows):
        writer.writerow(fields)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _with_header(names: tuple[str, ...], rows: Terms) -> Iterator[Iterable[str]]:
    yield names
    for row in rows:
        yield ["" if t is None else _lexical(t) for t in row]


def _lexical(term: Term) -> str:
    return term.value if isinstance(term, (ox.NamedNode, ox.Literal)) else str(term)


def tsv_lines(names: tuple[str, ...], rows: Terms) -> Iterator[str]:
    """Variables with their `?`, and terms as SPARQL writes them; no term holds a tab or a line end."""
    yield "\t".join(f"?{name}" for name in names) + "\n"
    for row in rows:
        yield "\t".join("" if t is None else _written(t) for t in row) + "\n"


def _written(term: Term) -> str:
    return spelled(term) if isinstance(term, (ox.NamedNode, ox.Literal)) else str(term)


def json_lines(names: tuple[str, ...], rows: Terms) -> Iterator[str]:
    """One JSON document, a line a row."""
    yield json.dumps({"head": {"vars": names}})[:-1] + ', "results": {"bindings": ['
    comma = "\n"
    for row in rows:
        found = {name: _binding(t) for name, t in zip(names, row, strict=True) if t is not None}
        yield comma + json.dumps(found, ensure_ascii=False)
        comma = ",\n"
    yield "\n]}}\n"


def _binding(term: Term) -> dict[str, object]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {k: _binding(v) for k, v in parts.items()}}
    found: dict[str, object] = {"type": "literal", "value": term.value}
    if term.language:
        return found | {"xml:lang": term.language}
    if term.datatype.value not in {_STRING, _LANGUAGE_STRING}:
        found["datatype"] = term.datatype.value
    return found


def xml_lines(names: tuple[str, ...], rows: Terms) -> Iterator[str]:
    """One XML document, a line a row.

    A character that XML 1.0 cannot hold (section 2.2) becomes U+FFFD; JSON and TSV keep it.
    """
    variables = "".join(f"<variable name={quoteattr(name)}/>" for name in names)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'
    yield f"<head>{variables}</head>\n<results>\n"
    for row in rows:
        found = (
            f"<binding name={quoteattr(n)}>{_element(t)}</binding>"
            for n, t in zip(names, row, strict=True)
            if t is not None
        )
        yield f"<result>{''.join(found)}</result>\n"
    yield "</results>\n</sparql>\n"


def _element(term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        return f"<uri>{_in_xml(term.value)}</uri>"
    if isinstance(term, ox.BlankNode):
        return f"<bnode>{_in_xml(term.value)}</bnode>"
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return f"<triple>{''.join(f'<{k}>{_element(v)}</{k}>' for k, v in parts.items())}</triple>"
    kind = ""
    if term.language:
        kind = f" xml:lang={quoteattr(term.language)}"
    elif term.datatype.value not in {_STRING, _LANGUAGE_STRING}:
        kind = f" datatype={quoteattr(term.datatype.value)}"
    return f"<literal{kind}>{_in_xml(term.value)}</literal>"


def _in_xml(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text), {"\r": "&#xD;"})
