"""The first two steps as one call each: judge a source, and make its graph."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ontomedirad.descriptor.read import Document, Source, read
from ontomedirad.descriptor.references import refer
from ontomedirad.descriptor.schema import wrong_root
from ontomedirad.descriptor.upgrade import judge
from ontomedirad.errors import NotConforming, SourceError
from ontomedirad.kinds import is_dicom
from ontomedirad.report import Level, Report, collect
from ontomedirad.settings import Settings
from ontomedirad.translation import translate_document
from ontomedirad.translation.result import Translation

if TYPE_CHECKING:
    from ontomedirad.dicom import Collection

AnySource = Source | Any
"""A descriptor (`Source`), or DICOM: a path, folder, DICOMDIR, zip, bytes, pydicom Dataset, JSON."""


def validate(
    source: AnySource, *, level: Level | str = Level.must, settings: Settings | None = None, name: str = ""
) -> Report:
    """Everything that is wrong with a descriptor or a DICOM source, at `level` or above.

    `source` is a path, bytes, a binary file object, an lxml element or tree, or a model; or DICOM:
    a file, folder, DICOMDIR or zip, bytes, one or more pydicom Datasets, or DICOM JSON. A document
    of a former version of the format is upgraded first, which is told at *may*. Raises SourceError
    when the source holds neither.
    """
    if is_dicom(source):
        return _dicom_report(_collection(source, settings, name), settings, name).at(level)
    _, _, report = judged(read(source, name), settings)
    return report.at(level)


def translate(source: AnySource, *, settings: Settings | None = None, name: str = "") -> Translation:
    """The graph of a descriptor, a DICOM series or a report, with all findings and the source map.

    Raises SourceError when `source` cannot be read or holds several series and reports,
    NotConforming when the schema, a former version's document after its upgrade, or the privacy gate
    refuses it. Findings of reference rules do
    not keep the graph of a descriptor from being made: they are in `report`, and `Store.put`
    heeds them.
    """
    if is_dicom(source):
        collection = _collection(source, settings, name)
        if len(collection.units) != 1:
            raise _not_one(collection, name)
        return _translated(collection, 0, settings)
    document, obeys, report = judged(read(source, name), settings)
    if not obeys:
        raise NotConforming(report)
    return translate_document(document, report, settings)


def judged(document: Document, settings: Settings | None) -> tuple[Document, bool, Report]:
    """The document in the current form of the format, whether it obeys the schema, and all findings."""
    found = judge(document)
    rules = () if wrong_root(document) else refer(found.document, settings)
    return found.document, found.obeys, collect([*found.findings, *rules], document.name)


def translations(
    source: AnySource, *, settings: Settings | None = None, name: str = ""
) -> Iterator[Translation | Report]:
    """A Translation for each descriptor, series or report of the source; a Report for each refused.

    Raises SourceError when the source cannot be read.
    """
    if not is_dicom(source):
        try:
            yield translate(source, settings=settings, name=name)
        except NotConforming as error:
            yield error.report
        return
    collection = _collection(source, settings, name)
    if collection.findings:
        yield collect(collection.findings, name or str(source)[:200])
    for number in range(len(collection.units)):
        try:
            yield _translated(collection, number, settings)
        except NotConforming as error:
            yield error.report


# --- DICOM; pydicom is imported where it is needed ----------------------------------------------


def _collection(source: Any, settings: Settings | None, name: str) -> Collection:
    from ontomedirad.dicom import Collection

    return Collection(source, (settings or Settings()).privacy, name)


def _dicom_report(collection: Collection, settings: Settings | None, name: str) -> Report:
    from ontomedirad.translation.dicom import translate_unit

    found = list(collection.findings)
    for unit in collection.units:
        try:
            found += translate_unit(unit, settings).report.findings
        except NotConforming as error:
            found += error.report.findings
    return collect(found, name or _subject(collection))


def _subject(collection: Collection) -> str:
    names = [u.name for u in collection.units] or [f.place.file for f in collection.findings]
    return names[0] if len(names) == 1 else f"{len(names)} series, reports and files"


def _translated(collection: Collection, number: int, settings: Settings | None) -> Translation:
    from ontomedirad.translation.dicom import translate_unit

    return translate_unit(collection.units[number], settings)


def _not_one(collection: Collection, name: str) -> SourceError:
    """Why a source makes no one graph: nothing in it could be read, or there are several."""
    if not collection.units:
        first = collection.findings[0]
        return SourceError(str(first.place), first.message, first.hint)
    label = name or collection.units[0].name
    problem = f"holds {len(collection.units)} series and reports, and each is a graph of its own"
    return SourceError(label, problem, "translate them one by one, or import the folder")
