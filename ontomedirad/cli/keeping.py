"""store: look at it, dump, load, back up, remove."""

from __future__ import annotations

from pathlib import Path

import click

from ontomedirad.cli.common import existing, say, store_option

_target = click.argument("target", type=click.Path(path_type=Path))


@click.group("store")
def store_() -> None:
    """Look at a store and its log, dump, load, back up, remove a graph."""


@store_.command("info")
@store_option
def info(location: str) -> None:
    """What the store holds, and whether its ontology is current."""
    with existing(location) as store:
        found = store.info()
        click.echo(f"{found.location}: {found.graphs:,} graphs, {found.quads:,} quads")
        click.echo(f"ontology {found.ontology_version or 'missing'}")
        for graph in store.graphs():
            click.echo(f"  {graph}")
        if found.advice:
            say(found.advice)


@store_.command("log")
@click.argument("graph", default="")
@store_option
def log(graph: str, location: str) -> None:
    """What was put when, by whom, from which bytes, and what replaced it: of one GRAPH, or of all."""
    with existing(location) as store:
        click.echo(store.log(graph).text())


@store_.command("dump")
@_target
@store_option
def dump(target: Path, location: str) -> None:
    """Write all graphs to a file of N-Quads."""
    with existing(location) as store:
        say(f"{target}: {store.dump(target):,} quads")


@store_.command("load")
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@store_option
def load(source: Path, location: str) -> None:
    """Add the graphs of a dump; graphs of the same name are replaced."""
    from ontomedirad.store import open_store

    with open_store(location) as store:
        store.load(source)
        say(f"{location}: {store.info().quads:,} quads")


@store_.command("backup")
@_target
@store_option
def backup(target: Path, location: str) -> None:
    """Copy the store to a new folder that opens as a store."""
    with existing(location, read_only=False) as store:
        store.backup(target)
    say(f"{target}: done")


@store_.command("remove")
@click.argument("graph")
@store_option
def remove(graph: str, location: str) -> None:
    """Take one source's graph and its import record out."""
    with existing(location, read_only=False) as store:
        store.remove(graph)
    say(f"removed <{graph}>")
