"""import."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

from ontomedirad.cli.common import find, opened, say, source, store_option
from ontomedirad.cli.graphs import file_set_option, named
from ontomedirad.errors import NotConforming, SourceError
from ontomedirad.report import Finding, Level, Report, collect

if TYPE_CHECKING:
    from ontomedirad.settings import Settings
    from ontomedirad.store import Store
    from ontomedirad.translation.result import Translation

_LEFT = {"dicom-kind", "dicom-left-out"}
"""Codes of findings that say that nothing of a source is carried; they refuse nothing."""

Show = Callable[[str], None]


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="PATH...")
@store_option
@click.option("--study", metavar="ID", help="The research study of DICOM that names none.")
@click.option("--no-check", is_flag=True, help="Leave the shapes out; schema, rules and privacy stay.")
@file_set_option
def import_(
    files: tuple[str, ...], location: str, study: str | None, no_check: bool, file_set: str | None
) -> int:
    """Validate, translate, check and store descriptors and DICOM; folders are searched for both.

    What does not conform is told and left out; the others go in. What is unchanged since it was
    imported is not translated again.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from ontomedirad.settings import Settings

    found = find(files)
    settings = named(Settings.from_environment(), file_set, [*found.descriptors, *found.dicom])
    if study is not None:
        settings = settings.model_copy(update={"study": study})
    total = len(found.descriptors) + len(found.dicom)
    counts: Counter[str] = Counter()
    if found.left:
        counts["neither XML nor DICOM"] = found.left
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    hidden = total < 2 or not console.is_terminal
    with (
        opened(location) as store,
        Progress(*columns, console=console, transient=True, disable=hidden) as bar,
    ):
        task = bar.add_task("importing", total=total)

        def show(text: str) -> None:
            bar.console.print(text, markup=False, highlight=False, soft_wrap=True)

        for done in _descriptors(found.descriptors, store, settings, no_check, show):
            counts[done] += 1
            bar.advance(task)
        for done in _dicom(found.dicom, store, settings, no_check, show, lambda: bar.advance(task)):
            counts[done] += 1
    order = ("imported", "unchanged", "refused", "unreadable", "not carried", "neither XML nor DICOM")
    say(
        f"{location}: " + (", ".join(f"{counts[word]} {word}" for word in order if counts[word]) or "nothing")
    )
    return 2 if counts["unreadable"] else 1 if counts["refused"] else 0


def _descriptors(
    names: list[str], store: Store, settings: Settings, no_check: bool, show: Show
) -> Iterator[str]:
    """What became of each descriptor."""
    from ontomedirad.api import translate

    for name in names:
        try:
            content, label = source(name)
            yield _put(translate(content, settings=settings, name=label), store, no_check)
        except NotConforming as error:
            show(error.report.text())
            yield "refused"
        except SourceError as error:
            show(f"error: {error}")
            yield "unreadable"


def _dicom(
    names: list[str],
    store: Store,
    settings: Settings,
    no_check: bool,
    show: Show,
    advance: Callable[[], None],
) -> Iterator[str]:
    """What became of each damaged file, series and report.

    All files are read first, since a series may be spread over any of them.
    """
    if not names:
        return
    from ontomedirad.dicom.instances import Instance, Reader
    from ontomedirad.dicom.series import group
    from ontomedirad.dicom.sources import instances
    from ontomedirad.translation.dicom import graph_name, translate_unit

    reader, read = Reader(settings.privacy), list[Instance]()
    for name in names:
        for one in instances(name, reader):
            if isinstance(one, Instance):
                read.append(one)
            else:
                yield _told(collect([one], name), show, "unreadable")
        advance()
    for unit in group(read):
        graph = graph_name(unit, settings)
        if graph and store.unchanged(graph, unit.source_hash, settings.fingerprint):
            yield "unchanged"
            continue
        try:
            yield _put(translate_unit(unit, settings), store, no_check)
        except NotConforming as error:
            yield _told(error.report, show, "refused")


def _told(report: Report, show: Show, otherwise: str) -> str:
    """Show why a source is left out, unless that is its kind."""
    weighty: list[Finding] = [f for f in report if f.level is Level.must]
    if all(f.code in _LEFT for f in weighty or report):
        return "not carried"
    show(report.at("must").text())
    return otherwise


def _put(translation: Translation, store: Store, no_check: bool) -> str:
    """Check and store a graph. Raises NotConforming."""
    from ontomedirad.checking import check

    if not translation.report.conforms():
        raise NotConforming(translation.report.at("must"))
    if store.unchanged(translation.graph, translation.document.source_hash, translation.settings_hash):
        return "unchanged"
    if not no_check:
        report = check(translation)
        if not report.conforms():
            raise NotConforming(report)
    return "imported" if store.put(translation) else "unchanged"
