"""check, shapes."""

from __future__ import annotations

import os
from pathlib import Path

import click

from ontomedirad.cli.common import choice, existing, level_option, say, source

_engine = click.option(
    "--engine",
    type=click.Choice(["pyrudof", "pyshacl"]),
    default="pyrudof",
    show_default=True,
    help="SHACL engine.",
)
_beside = click.option(
    "--shapes",
    "beside",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    envvar="ONTOMEDIRAD_SHAPES",
    metavar="FOLDER",
    help="Shapes of your own on top of the package's; its silenced.tsv leaves rules out.",
)


def _reasons(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    reasons = dict(v.partition("=")[::2] for v in values)
    if bare := [rule for rule, reason in reasons.items() if not reason.strip()]:
        raise click.BadParameter(f"{', '.join(bare)}: give a reason, as RULE=REASON")
    return reasons


@click.command("check")
@click.argument("file", metavar="FILE|STORE")
@level_option
@choice("--format", "text", "json", "sarif", "junit", "shacl")
@_engine
@_beside
@click.option(
    "--topic", "topics", multiple=True, metavar="TOPIC", help="Only rules of this topic; repeatable."
)
@click.option(
    "--silence",
    "silenced",
    multiple=True,
    callback=_reasons,
    metavar="RULE=REASON",
    help="Leave a rule out and say why; repeatable.",
)
def check_(
    file: str,
    level: str,
    form: str,
    engine: str,
    beside: Path | None,
    topics: tuple[str, ...],
    silenced: dict[str, str],
) -> int:
    """Judge the graph of a descriptor or DICOM file, a file of RDF or a whole store by the shapes."""
    from ontomedirad.api import translate
    from ontomedirad.checking import check, load_rules
    from ontomedirad.checking.graphs import Checkable
    from ontomedirad.checking.outputs import grouped, junit, sarif
    from ontomedirad.kinds import is_dicom
    from ontomedirad.report import Report
    from ontomedirad.settings import Settings

    def judged(graph: Checkable) -> Report:
        return check(
            graph,
            level=level,
            engine=engine,
            beside=beside,
            topics=topics,
            silenced=silenced,
            workers=os.cpu_count() or 1,
        )

    if Path(file).is_dir() or file.startswith(("http://", "https://")):
        with existing(file) as store:
            report = judged(store)
    elif file == "-" or file.endswith(".xml") or is_dicom(file):
        content, label = source(file)
        translation = translate(content, settings=Settings.from_environment(), name=label)
        report = translation.report.at(level) + judged(translation)
    else:
        report = judged(Path(file))
    rules = load_rules(beside=beside)
    match form:
        case "json":
            click.echo(report.to_json())
        case "sarif":
            click.echo(sarif(report, rules))
        case "junit":
            click.echo(junit(report, rules))
        case "shacl":
            click.echo(report.graph)
        case _:
            click.echo(grouped(report, rules))
    return 0 if report.conforms(level) else 1


@click.group("shapes")
def shapes_() -> None:
    """List, show and test the shapes; tell what no shape looks at."""


@shapes_.command("list")
@_beside
@click.option(
    "--topic", "topics", multiple=True, metavar="TOPIC", help="Only rules of this topic; repeatable."
)
def list_(beside: Path | None, topics: tuple[str, ...]) -> None:
    """The rules, one a line: topic, level, code, what holds."""
    from ontomedirad.checking import load_rules

    rules = load_rules(beside=beside)
    for rule in (rules.about(topics) if topics else rules).by_shape.values():
        if rule.targets:
            click.echo(f"{rule.topic}\t{rule.level.name}\t{rule.code}\t{rule.name}")


@shapes_.command("show")
@click.argument("rule")
@_beside
def show_(rule: str, beside: Path | None) -> None:
    """One rule: what holds, why, where from, what to do."""
    from ontomedirad.checking import load_rules
    from ontomedirad.terms import curie

    found = [r for r in load_rules(beside=beside).by_shape.values() if r.code == rule]
    if not found:
        raise click.BadParameter(f"there is no rule {rule!r}: ontomedirad shapes list", param_hint="RULE")
    for r in found:
        click.echo(f"{r.code}: {r.name}")
        told = {
            "shape": r.shape,
            "file": r.file,
            "level": r.level.name,
            "looks at": ", ".join(f"{kind} {curie(node)}" for kind, node in r.targets),
            "why": r.why,
            "source": r.source,
            "message": r.message,
            "what to do": r.hint,
        }
        for name, text in told.items():
            if text:
                click.echo(f"  {name}: {text}")


@shapes_.command("test")
@click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path("tests/shapes")
)
@_beside
@click.option("--rule", "codes", multiple=True, metavar="RULE", help="Only this rule's; repeatable.")
def test_(folder: Path, beside: Path | None, codes: tuple[str, ...]) -> int:
    """Try the examples of a folder, TOPIC/RULE/conforms.ttl and fails.ttl, with both engines."""
    from ontomedirad.checking import load_rules
    from ontomedirad.checking.engines import ENGINES
    from ontomedirad.checking.examples import examples, try_examples

    rules = load_rules(beside=beside)
    listed, lacking = examples(folder, rules)
    chosen = [e for e in listed if not codes or e.rule.code in codes]
    tried, wrong = 0, 0
    for trial in try_examples(chosen, rules, ENGINES):
        tried += 1
        if trial.problem:
            wrong += 1
            click.echo(f"{trial.example.file}: {trial.engine}: {trial.problem}")
    for code in lacking:
        if not codes or code in codes:
            wrong += 1
            click.echo(f"{code}: has no conforming or no failing example")
    say(
        f"{len(chosen)} examples of {len({e.rule.code for e in chosen})} rules, {tried} trials, {wrong} wrong"
    )
    return 1 if wrong or not chosen else 0


@shapes_.command("unseen")
@click.argument("file", metavar="FILE|STORE")
@_beside
def unseen_(file: str, beside: Path | None) -> None:
    """Classes and properties that a descriptor's graph or a store uses and no shape looks at."""
    from ontomedirad.api import translate
    from ontomedirad.checking import load_rules
    from ontomedirad.checking.coverage import unseen
    from ontomedirad.settings import Settings
    from ontomedirad.terms import curie

    rules = load_rules(beside=beside)
    if Path(file).is_dir():
        with existing(file) as store:
            found = unseen(store, rules)
    elif file == "-" or file.endswith(".xml"):
        content, label = source(file)
        found = unseen(translate(content, settings=Settings.from_environment(), name=label), rules)
    else:
        found = unseen(Path(file), rules)
    for term, uses in found.items():
        click.echo(f"{uses}\t{curie(term)}")
