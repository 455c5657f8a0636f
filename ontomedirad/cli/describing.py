"""ontology, schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ontomedirad.cli.common import choice, level_option, output_option, write
from ontomedirad.errors import SourceError

if TYPE_CHECKING:
    from ontomedirad.ontology import Ontology

_release = click.option(
    "--ontology",
    "place",
    type=click.Path(path_type=Path),
    metavar="PLACE",
    help="Another release: a folder of modules, or one file.",
)
_text_json_tsv = choice("--format", "text", "json", "tsv")


def _open(place: Path | None) -> Ontology:
    from ontomedirad.ontology import open_ontology

    return open_ontology(place)


@click.group("ontology")
def ontology_() -> None:
    """Look at the ontology, review and classify it."""


@ontology_.command("info")
@_release
@_text_json_tsv
def info(place: Path | None, form: str) -> None:
    """Modules with version and number of terms."""
    from dataclasses import asdict

    from ontomedirad.ontology.present import tsv

    ontology = _open(place)
    if form == "json":
        rows = [asdict(m) for m in ontology.modules]
        click.echo(
            json.dumps({"version": ontology.version, "terms": len(ontology), "modules": rows}, indent=2)
        )
        return
    if form == "tsv":
        cells = [(m.name, m.version, str(m.terms), m.iri) for m in ontology.modules]
        click.echo(tsv([("module", "version", "terms", "iri"), *cells]))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    table.add_column("module", style="bold")
    table.add_column("version")
    table.add_column("terms", justify="right")
    table.add_column("IRI", overflow="fold")
    for module in ontology.modules:
        table.add_row(module.name, module.version, f"{module.terms:,}", module.iri)
    Console().print(table)


@ontology_.command("term")
@click.argument("text", metavar="TERM")
@_release
@_text_json_tsv
def term(text: str, place: Path | None, form: str) -> None:
    """A term by IRI, CURIE, label or code: what it is, where it stands, where it is used."""
    from ontomedirad.ontology.present import facts_tsv, term_facts, term_text
    from ontomedirad.ontology.uses import find_uses

    ontology = _open(place)
    facts = term_facts(ontology, ontology.term(text).iri, find_uses())
    if form == "json":
        click.echo(json.dumps(facts, indent=2, ensure_ascii=False))
    else:
        click.echo(facts_tsv(facts) if form == "tsv" else term_text(facts))


@ontology_.command("tree")
@click.argument("text", metavar="[TERM]", required=False)
@click.option("--depth", type=click.IntRange(min=0), help="So many levels below the first.")
@_release
@_text_json_tsv
def tree(text: str | None, depth: int | None, place: Path | None, form: str) -> None:
    """A class and everything below it; without TERM, all classes."""
    from ontomedirad.ontology import present

    ontology = _open(place)
    tops = present.roots(ontology) if text is None else (ontology.term(text).iri,)
    draw = {"text": present.tree_text, "json": present.tree_json, "tsv": present.tree_tsv}[form]
    click.echo(draw(ontology, tops, depth))


@ontology_.command("report")
@_release
@level_option
@_text_json_tsv
def report(place: Path | None, level: str, form: str) -> int:
    """What curators have to look at: labels, definitions, references, terms used and not declared."""
    from ontomedirad.ontology.present import report_tsv
    from ontomedirad.ontology.reviewing import review

    found = review(_open(place), level=level)
    if form == "json":
        click.echo(found.to_json())
    else:
        click.echo(report_tsv(found) if form == "tsv" else found.text())
    return 0 if found.conforms(level) else 1


@ontology_.command("classify")
@_release
@choice("--format", "text", "json", "tsv")
def classify_(place: Path | None, form: str) -> int:
    """Run the reasoner HermiT: whether the ontology is consistent and every class can have instances.

    Needs Java, and the extra owl of this package.
    """
    from dataclasses import asdict

    from ontomedirad.ontology.classify import classify
    from ontomedirad.ontology.present import tsv

    ontology = _open(place)
    found = classify(ontology)
    named = [(iri, ontology.label(iri)) for iri in found.unsatisfiable]
    if form == "json":
        click.echo(json.dumps(asdict(found), indent=2))
    elif form == "tsv":
        click.echo(tsv([("unsatisfiable", "label"), *named]))
    else:
        click.echo("consistent" if found.consistent else "inconsistent: contradictory statements")
        click.echo(f"{len(named)} of {found.classes:,} classes can have no instance")
        for iri, label in named:
            click.echo(f"  {label}  {iri}")
    return 0 if found.conforms else 1


@ontology_.command("export")
@_release
@click.option("--module", metavar="NAME", help="One module, not all as one document.")
@choice("--format", "ttl", "owl", "nt", "jsonld", "tsv", "sssom")
@click.option("--mapping", type=click.Choice(["units", "dicom", "snomed"]), help="The table, for sssom.")
@output_option
def export(
    place: Path | None, module: str | None, form: str, mapping: str | None, output: Path | None
) -> None:
    """The ontology as one document, as a table of terms, or a mapping as SSSOM."""
    from ontomedirad.ontology.mappings import sssom
    from ontomedirad.ontology.release import EXPORTS

    if (form == "sssom") != (mapping is not None):
        raise click.UsageError("--format sssom and --mapping NAME go together")
    ontology = _open(place)
    names = [m.name for m in ontology.modules]
    if module is not None and module not in names:
        raise SourceError(module, "is no module", f"one of {', '.join(names)}")
    write(sssom(mapping, ontology) if mapping else EXPORTS[form](ontology, module), output)


@click.group("schema")
def schema_() -> None:
    """List and show the schemas of descriptors."""


@schema_.command("list")
def list_() -> None:
    """The names of the schemas."""
    from ontomedirad.descriptor.xsd import SCHEMAS

    for name in SCHEMAS:
        click.echo(name)


@schema_.command("show")
@click.argument("name", default="non-dicom-file-set-descriptor")
@choice("--format", "xsd", "json", "table")
@output_option
def show(name: str, form: str, output: Path | None) -> None:
    """A schema as XML Schema, as JSON Schema, or as a table of its elements (tab-separated)."""
    from ontomedirad.descriptor.outline import outline_table
    from ontomedirad.descriptor.schema import schema_text
    from ontomedirad.descriptor.xsd import SCHEMAS

    if name not in SCHEMAS:
        raise SourceError(name, "is no schema", f"one of {', '.join(SCHEMAS)}")
    write(outline_table(name) if form == "table" else schema_text(name, form), output)
