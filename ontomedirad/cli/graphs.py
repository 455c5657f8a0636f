"""validate, translate, upgrade."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ontomedirad.cli.common import (
    Found,
    choice,
    files,
    find,
    level_option,
    output_option,
    say,
    source,
    write,
)
from ontomedirad.errors import NotConforming, SourceError

if TYPE_CHECKING:
    from ontomedirad.report import Report
    from ontomedirad.settings import Settings
    from ontomedirad.translation.result import Translation


file_set_option = click.option(
    "--file-set",
    metavar="ID",
    help="The archive's identifier of the file set: a corrected descriptor then replaces the earlier one.",
)


def named(settings: Settings, file_set: str | None, names: Sequence[str]) -> Settings:
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
    """Say everything that is wrong with descriptors and DICOM: schema, references, identities."""
    from ontomedirad.settings import Settings

    settings, worst, reports = Settings.from_environment(), 0, []
    found = find(files)
    for judged in _judged(found, level, settings):
        if isinstance(judged, SourceError):
            say(f"error: {judged}")
            worst = 2
            continue
        worst = max(worst, 0 if judged.conforms(level) else 1)
        if form == "text":
            click.echo(judged.text())
        else:
            reports.append(json.loads(judged.to_json()))
    if form == "json":
        click.echo(json.dumps(reports, indent=2))
    return worst


def _judged(found: Found, level: str, settings: Settings) -> Iterator[Report | SourceError]:
    """A report for each descriptor, series and DICOM report, and an error for each unreadable file."""
    from ontomedirad.api import translations, validate
    from ontomedirad.report import Report

    for name in found.descriptors:
        try:
            content, label = source(name)
            yield validate(content, level=level, settings=settings, name=label)
        except SourceError as error:
            yield error
    if found.dicom:
        for made in translations(found.dicom, settings=settings):
            yield (made if isinstance(made, Report) else made.report).at(level)


@click.command("translate")
@files
@output_option
@choice("--format", "nq", "trig", "ttl", "nt", "jsonld")
@click.option("--base", metavar="IRI", help="What individuals' IRIs start with.")
@file_set_option
def translate_(
    files: tuple[str, ...], output: Path | None, form: str, base: str | None, file_set: str | None
) -> int:
    """Make RDF from descriptors and DICOM. Findings are told; what is refused makes nothing."""
    from pydantic import ValidationError

    from ontomedirad.api import translate, translations
    from ontomedirad.kinds import is_dicom
    from ontomedirad.report import Report
    from ontomedirad.settings import Settings

    settings = named(Settings.from_environment(), file_set, files)
    if base is not None:
        try:
            settings = Settings(**{**dict(settings), "base": base})
        except ValidationError:
            raise click.BadParameter("expected an IRI that ends in / or #", param_hint="--base") from None
    parts, worst = [], 0
    for name in files:
        content, label = source(name)
        if not is_dicom(content):
            made: Iterable[Translation | Report] = [translate(content, settings=settings, name=label)]
        else:
            made = translations(content, settings=settings, name="" if content == label else label)
        for one in made:
            report = one if isinstance(one, Report) else one.report
            if not report.conforms():
                say(report.at("must").text())
                worst = 1
            if not isinstance(one, Report):
                parts.append(one.serialize(form))
    write(b"".join(parts), output)
    return worst


@click.command("upgrade")
@click.argument("file", metavar="FILE")
@output_option
def upgrade_(file: str, output: Path | None) -> int:
    """Write a descriptor of a former version in the current form; what was done is told.

    What the current form demands and the former one lacks is told, and nothing is written.
    """
    from ontomedirad.api import judged
    from ontomedirad.descriptor.read import read
    from ontomedirad.descriptor.upgrade import to_current_xml
    from ontomedirad.settings import Settings

    content, label = source(file)
    document, obeys, report = judged(read(content, label), Settings.from_environment())
    if not obeys:
        raise NotConforming(report)
    say(report.text() if document.source else f"{label}: is in the current form")
    write(to_current_xml(document), output)
    return 0 if report.conforms() else 1
