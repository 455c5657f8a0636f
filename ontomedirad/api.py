"""The first two steps as one call each: judge a source, and make its graph."""

from __future__ import annotations

from ontomedirad.descriptor.read import Document, Source, read
from ontomedirad.descriptor.references import refer
from ontomedirad.descriptor.schema import judge
from ontomedirad.errors import NotConforming
from ontomedirad.report import Level, Report, collect
from ontomedirad.settings import Settings
from ontomedirad.translation import translate_document
from ontomedirad.translation.result import Translation


def validate(
    source: Source, *, level: Level | str = Level.must, settings: Settings | None = None, name: str = ""
) -> Report:
    """Everything that is wrong with a descriptor, at `level` or above: schema and reference rules.

    `source` is a path, bytes, a binary file object, an lxml element or tree, or a model.
    Raises SourceError when it holds no XML to speak of.
    """
    _, report = _judged(read(source, name), settings)
    return report.at(level)


def translate(source: Source, *, settings: Settings | None = None, name: str = "") -> Translation:
    """The graph of a descriptor, with the report of all findings and the source map.

    Raises SourceError when `source` holds no XML to speak of, NotConforming when the schema
    refuses it. Findings of reference rules do not keep the graph from being made: they are in
    `report`, and `Store.put` heeds them.
    """
    document = read(source, name)
    obeys, report = _judged(document, settings)
    if not obeys:
        raise NotConforming(report)
    return translate_document(document, report, settings)


def _judged(document: Document, settings: Settings | None) -> tuple[bool, Report]:
    broken = judge(document)
    if any(f.code == "xsd-root" for f in broken):
        return False, collect(broken, document.name)
    return not broken, collect([*broken, *refer(document, settings)], document.name)
