"""query, sparql, export-descriptor."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ontomedirad.cli.common import (
    choice,
    existing,
    limit_option,
    output_option,
    say,
    store_option,
    timeout_option,
    write,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from ontomedirad.query import Query, Result


_folders = click.option(
    "--queries",
    "folders",
    multiple=True,
    envvar="ONTOMEDIRAD_QUERIES",
    type=click.Path(exists=True, file_okay=False),
    metavar="FOLDER",
    help="A folder of queries of your own; may be repeated.",
)


@click.group("query")
def query_() -> None:
    """List, show and run the named queries."""


@query_.command("list")
@_folders
def list_(folders: tuple[str, ...]) -> None:
    """Every query with what it answers, by topic."""
    from rich.console import Console
    from rich.table import Table

    from ontomedirad.query import queries

    table = Table(box=None, pad_edge=False)
    for heading in ("query", "topic", "answers"):
        table.add_column(heading, no_wrap=heading != "answers", style="bold" if heading == "query" else None)
    for query in sorted(queries(*folders).values(), key=lambda q: (q.header.topic, q.name)):
        table.add_row(query.name, query.header.topic, query.header.summary)
    Console().print(table)


@query_.command("show")
@click.argument("name")
@_folders
@click.option("--text", is_flag=True, help="Only the SPARQL text.")
def show(name: str, folders: tuple[str, ...], text: bool) -> None:
    """A query's description, parameters, columns, example and text."""
    from ontomedirad.query import queries

    query = queries(*folders)[name]
    click.echo(query.text if text else _described(query))


def _view(result: Result, form: str) -> str:
    """A result in one of its forms; a table is as wide as the terminal."""
    from rich.console import Console

    views: dict[str, Callable[[], str]] = {
        "table": lambda: result.to_table(Console().width).rstrip("\n") + "\n",
        "csv": result.to_csv,
        "tsv": result.to_tsv,
        "json": result.to_json,
        "xml": result.to_xml,
    }
    return views[form]()


def _described(query: Query) -> str:
    """A query's header for people."""
    header = query.header
    lines = [query.name, f"  {header.summary}", "", header.description.strip(), ""]
    if header.legacy_id is not None:
        lines += [f"continues original query {header.legacy_id}", ""]
    lines.append("parameters")
    lines += [f"  {p.name} ({p.wanted}): {p.description}; as {p.example}" for p in header.parameters]
    lines += [] if header.parameters else ["  none"]
    lines += ["", "columns"]
    for column in header.columns:
        unit = column.unit or (f"unit in {column.unit_column}" if column.unit_column else "")
        lines.append(f"  {column.name}{f' ({unit})' if unit else ''}: {column.description}")
    if header.differences:
        lines += ["", "differs from the original", f"  {header.differences.strip()}"]
    return "\n".join([*lines, "", query.text])


@query_.command("run")
@click.argument("name")
@store_option
@_folders
@click.option("-p", "--parameter", "parameters", multiple=True, metavar="NAME=VALUE", help="May be repeated.")
@timeout_option
@limit_option
@choice("--format", "table", "csv", "tsv", "json", "xml", "parquet")
@output_option
def run(
    name: str,
    location: str,
    folders: tuple[str, ...],
    parameters: tuple[str, ...],
    timeout: float | None,
    limit: int | None,
    form: str,
    output: Path | None,
) -> None:
    """Run a query; `query show NAME` says which parameters it takes."""
    from ontomedirad.query import queries

    query = queries(*folders)[name]
    given: dict[str, str | list[str]] = {}
    for text in parameters:
        key, sign, value = text.partition("=")
        if not sign:
            raise click.BadParameter(f"expected NAME=VALUE, got {text!r}", param_hint="-p")
        held = given.get(key)
        given[key] = value if held is None else [*(held if isinstance(held, list) else [held]), value]
    query.bind(**given)
    with existing(location) as store:
        result = query.run(store, timeout=timeout, limit=limit, **given)
        if form == "parquet":
            if output is None:
                raise click.UsageError("parquet needs a file: -o FILE")
            result.to_parquet(output)
        else:
            write(_view(result, form), output)
        _say_cut(result)


def _say_cut(result: Result) -> None:
    if result.cut:
        say(f"there are more rows than the {result.limit:,} of --limit")


@click.command("sparql")
@click.argument("file", metavar="FILE|-")
@store_option
@timeout_option
@limit_option
@choice("--format", "table", "csv", "tsv", "json", "xml")
@output_option
def sparql_(
    file: str, location: str, timeout: float | None, limit: int | None, form: str, output: Path | None
) -> None:
    """Run a SELECT of your own over all graphs of a store; updates are impossible here."""
    from ontomedirad import terms
    from ontomedirad.errors import SourceError
    from ontomedirad.query.header import Column
    from ontomedirad.query.result import Result

    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise SourceError(file, "cannot be read as text") from None
    prefixes = "".join(f"PREFIX {p}: <{ns}>\n" for p, ns in terms.sparql_prefixes().items())
    with existing(location) as store:
        found = store.select(prefixes + text, timeout=timeout)
        columns = tuple(Column(name=v, description="") for v in found.variables)
        result = Result(columns, found.rows, file, limit)
        write(_view(result, form), output)
        _say_cut(result)


@click.command("export-descriptor")
@click.argument("source", metavar="[FILE|GRAPH]", default="")
@click.option("--store", "location", envvar="ONTOMEDIRAD_STORE", metavar="STORE", help="The store's folder.")
@output_option
def export_descriptor_(source: str, location: str | None, output: Path | None) -> None:
    """Write the descriptor that a graph was made of.

    The graph is a FILE of RDF, or a GRAPH of a store, by its IRI; a store of one graph needs no name.
    """
    from ontomedirad.descriptor import Descriptor

    if source and Path(source).is_file():
        found = Descriptor.from_graph(source)
    elif location is None:
        raise click.UsageError("name a file of RDF, or a store by --store and a graph in it")
    else:
        with existing(location) as store:
            found = Descriptor.from_graph(store, source)
    write(found.to_xml(), output)
