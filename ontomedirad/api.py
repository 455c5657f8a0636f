"""The first two steps as one call each: judge a source, and make its graph."""

from __future__ import annotations

from ontomedirad.descriptor.read import Document, Source, read
from ontomedirad.descriptor.references import refer
from ontomedirad.descriptor.schema import wrong_root
from ontomedirad.descriptor.upgrade import judge
from ontomedirad.errors import NotConforming
from ontomedirad.report import Level, Report, collect
from ontomedirad.settings import Settings
from ontomedirad.translation import translate_document
from ontomedirad.translation.result import Translation


def validate(
    source: Source, *, level: Level | str = Level.must, settings: Settings | None = None, name: str = ""
) -> Report:
    """Everything that is wrong with a descriptor, at `level` or above: schema and reference rules.

    A document of a former version of the format is upgraded first, which is told at *may*.
    `source` is a path, bytes, a binary file object, an lxml element or tree, or a model.
    Raises SourceError when it holds no XML to speak of.
    """
    _, _, report = judged(read(source, name), settings)
    return report.at(level)


def translate(source: Source, *, settings: Settings | None = None, name: str = "") -> Translation:
    """The graph of a descriptor, with the report of all findings and the source map.

    Raises SourceError when `source` holds no XML to speak of, NotConforming when the schema
    refuses it, a document of a former version after its upgrade. Findings of reference rules do
    not keep the graph from being made: they are in `report`, and `Store.put` heeds them.
    """
    document, obeys, report = judged(read(source, name), settings)
    if not obeys:
        raise NotConforming(report)
    return translate_document(document, report, settings)


def judged(document: Document, settings: Settings | None) -> tuple[Document, bool, Report]:
    """The document in the current form of the format, whether it obeys the schema, and all findings."""
    found = judge(document)
    rules = () if wrong_root(document) else refer(found.document, settings)
    return found.document, found.obeys, collect([*found.findings, *rules], document.name)
