"""validate, translate, import."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ontomedirad.cli.common import (
    choice,
    descriptors,
    files,
    level_option,
    output_option,
    say,
    source,
    store_option,
    write,
)
from ontomedirad.errors import NotConforming, SourceError

if TYPE_CHECKING:
    from ontomedirad.settings import Settings
    from ontomedirad.store import Store


_file_set = click.option(
    "--file-set",
    metavar="ID",
    help="The archive's identifier of the file set: a corrected descriptor then replaces the earlier one.",
)


def _named(settings: Settings, file_set: str | None, names: Sequence[str]) -> Settings:
    """The settings with the file set's identifier, which fits one file only."""
    if file_set is None:
        return settings
    if len(names) != 1:
        raise click.UsageError("--file-set names the file set of one descriptor: give one file")
    return settings.model_copy(update={"file_set": file_set})


@click.command("validate")
@files
@level_option
@choice("--format", "text", "json")
def validate_(files: tuple[str, ...], level: str, form: str) -> int:
    """Say everything that is wrong with descriptors: schema, references, plausibility."""
    from ontomedirad.api import validate
    from ontomedirad.settings import Settings

    settings, worst, reports = Settings.from_environment(), 0, []
    for name in files:
        try:
            content, label = source(name)
            report = validate(content, level=level, settings=settings, name=label)
        except SourceError as error:
            say(f"error: {error}")
            worst = 2
            continue
        worst = max(worst, 0 if report.conforms(level) else 1)
        if form == "text":
            click.echo(report.text())
        else:
            reports.append(json.loads(report.to_json()))
    if form == "json":
        click.echo(json.dumps(reports, indent=2))
    return worst


@click.command("translate")
@files
@output_option
@choice("--format", "nq", "trig", "ttl", "nt", "jsonld")
@click.option("--base", metavar="IRI", help="What individuals' IRIs start with.")
@_file_set
def translate_(
    files: tuple[str, ...], output: Path | None, form: str, base: str | None, file_set: str | None
) -> int:
    """Make RDF from descriptors. Findings of rules are told; what the schema refuses makes nothing."""
    from pydantic import ValidationError

    from ontomedirad.api import translate
    from ontomedirad.settings import Settings

    settings = _named(Settings.from_environment(), file_set, files)
    if base is not None:
        try:
            settings = Settings(**{**dict(settings), "base": base})
        except ValidationError:
            raise click.BadParameter("expected an IRI that ends in / or #", param_hint="--base") from None
    parts, worst = [], 0
    for name in files:
        content, label = source(name)
        translation = translate(content, settings=settings, name=label)
        if not translation.report.conforms():
            say(translation.report.at("must").text())
            worst = 1
        parts.append(translation.serialize(form))
    write(b"".join(parts), output)
    return worst


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="PATH...")
@store_option
@click.option("--no-check", is_flag=True, help="Leave the shapes out; schema and reference rules stay.")
@_file_set
def import_(files: tuple[str, ...], location: str, no_check: bool, file_set: str | None) -> int:
    """Validate, translate, check and store descriptors; folders are searched for XML files.

    A file that does not conform is told and left out; the others go in.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from ontomedirad.settings import Settings
    from ontomedirad.store import open_store

    names = list(descriptors(files))
    counts = {"imported": 0, "unchanged": 0, "refused": 0, "unreadable": 0}
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    settings = _named(Settings.from_environment(), file_set, names)
    with (
        open_store(location) as store,
        Progress(
            *columns, console=console, transient=True, disable=len(names) < 2 or not console.is_terminal
        ) as progress,
    ):
        task = progress.add_task("importing", total=len(names))
        for name in names:
            try:
                changed = _import_one(name, store, settings, no_check)
                counts["imported" if changed else "unchanged"] += 1
            except NotConforming as error:
                counts["refused"] += 1
                progress.console.print(error.report.text(), markup=False, highlight=False, soft_wrap=True)
            except SourceError as error:
                counts["unreadable"] += 1
                progress.console.print(f"error: {error}", markup=False, highlight=False, soft_wrap=True)
            progress.advance(task)
    said = ", ".join(f"{n} {word}" for word, n in counts.items() if n)
    say(f"{location}: {said}")
    return 2 if counts["unreadable"] else 1 if counts["refused"] else 0


def _import_one(name: str, store: Store, settings: Settings, no_check: bool) -> bool:
    from ontomedirad.api import translate
    from ontomedirad.checking import check

    content, label = source(name)
    translation = translate(content, settings=settings, name=label)
    if not translation.report.conforms():
        raise NotConforming(translation.report.at("must"))
    if not no_check:
        report = check(translation)
        if not report.conforms():
            raise NotConforming(report)
    return store.put(translation)
