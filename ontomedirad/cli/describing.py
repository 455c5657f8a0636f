"""ontology, schema."""

from __future__ import annotations

import click

from ontomedirad.cli.common import write
from ontomedirad.errors import SourceError


@click.group("ontology")
def ontology_() -> None:
    """Look at the ontology."""


@ontology_.command("info")
def info() -> None:
    """Modules with version and number of terms."""
    from rich.console import Console
    from rich.table import Table

    from ontomedirad.ontology import open_ontology

    ontology = open_ontology()
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
def term(text: str) -> None:
    """A term by IRI, CURIE, label or code: what it is, where it stands."""
    from ontomedirad import terms
    from ontomedirad.ontology import open_ontology

    ontology = open_ontology()
    found = ontology.term(text)
    click.echo(f"{found.label}  {terms.curie(found.iri)}  ({found.kind})")
    click.echo(found.iri)
    if found.definition:
        click.echo(f"\n{found.definition}")
    for parent in ontology.parents(found.iri):
        click.echo(f"\nis a {ontology.label(parent)}  {terms.curie(parent)}")
    for child in ontology.children(found.iri):
        click.echo(f"  includes {ontology.label(child)}  {terms.curie(child)}")


@ontology_.command("tree")
@click.argument("text", metavar="TERM")
def tree(text: str) -> None:
    """A class and everything below it."""
    from ontomedirad import terms
    from ontomedirad.ontology import open_ontology

    ontology = open_ontology()

    def draw(iri: str, depth: int, path: frozenset[str]) -> None:
        click.echo(f"{'  ' * depth}{ontology.label(iri)}  {terms.curie(iri)}")
        if iri not in path:
            for child in ontology.children(iri):
                draw(child, depth + 1, path | {iri})

    draw(ontology.term(text).iri, 0, frozenset())


@click.group("schema")
def schema_() -> None:
    """List and show the XML schemas of descriptors."""


@schema_.command("list")
def list_() -> None:
    """The names of the schemas."""
    from ontomedirad.descriptor.xsd import SCHEMAS

    for name in SCHEMAS:
        click.echo(name)


@schema_.command("show")
@click.argument("name", default="non-dicom-file-set-descriptor")
def show(name: str) -> None:
    """A schema's text."""
    from ontomedirad.descriptor.schema import schema_text
    from ontomedirad.descriptor.xsd import SCHEMAS

    if name not in SCHEMAS:
        raise SourceError(name, "is no schema", f"one of {', '.join(SCHEMAS)}")
    write(schema_text(name), None)
