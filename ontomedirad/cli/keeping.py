"""store: look at it, dump, load, back up, rebuild, remove."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ontomedirad.cli.common import existing, find, opened, say, store_option
from ontomedirad.errors import SourceError

if TYPE_CHECKING:
    from ontomedirad.dicom.series import Unit
    from ontomedirad.settings import Settings
    from ontomedirad.store import Offers

_target = click.argument("target", type=click.Path(path_type=Path))


@click.group("store")
def store_() -> None:
    """Look at a store and its log, dump, load, back up, rebuild, remove a graph."""


@store_.command("info")
@store_option
@click.option("--probe", is_flag=True, help="Also try whether an endpoint undoes what fails; this writes.")
def info(location: str, probe: bool) -> None:
    """What the store holds, whether it is current, and what an endpoint offers."""
    with existing(location, read_only=not probe) as store:
        found = store.info()
        click.echo(f"{found.location}: {found.graphs:,} graphs, {found.quads:,} quads")
        click.echo(f"ontology {found.ontology_version or 'missing'}")
        if found.offers is not None:
            click.echo("\n".join(_offered(found.offers)))
        for graph in store.graphs():
            click.echo(f"  {graph}")
        if found.advice:
            say(found.advice)


def _offered(offers: Offers) -> Iterator[str]:
    """What an endpoint gives, a line each."""
    yield f"server {offers.server or 'does not say its name'}"
    merge = "the union of all graphs" if offers.union_default_graph else "the merge that this store keeps"
    yield f"default graph: {merge}"
    for name, value in (
        ("inference", offers.inference),
        ("writable", offers.writable),
        ("transactions", offers.transactions),
    ):
        yield f"{name}: {'not tried' if value is None else 'yes' if value else 'no'}"


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
    with opened(location) as store:
        store.load(source)
        say(f"{location}: {store.info().quads:,} quads")


@store_.command("backup")
@_target
@store_option
def backup(target: Path, location: str) -> None:
    """Copy the store to a new folder that opens as a store."""
    with existing(location, read_only=location.startswith("http")) as store:
        store.backup(target)
    say(f"{target}: done")


@store_.command("rebuild")
@click.argument("files", nargs=-1, metavar="[PATH...]")
@store_option
def rebuild(files: tuple[str, ...], location: str) -> int:
    """Make again what another version made: the ontology, the merge, and graphs from their sources.

    Without PATH, the ontology and the merge of all graphs. With the sources, or folders of them,
    also the graphs that another version made. Cut off, the same command goes on.
    """
    from ontomedirad.rebuild import rebuild
    from ontomedirad.settings import Settings

    counts: dict[str, int] = {}
    with existing(location, read_only=False) as store:
        if store.info().ontology_version != store.ontology.version:
            store.load_ontology()
            say(f"ontology {store.ontology.version}")
        if files:
            settings = Settings.from_environment()
            for done in rebuild(store, _read(files, settings), settings=settings):
                counts[done.outcome] = counts.get(done.outcome, 0) + 1
                if done.outcome != "made again":
                    say(f"{done.source_name}: {done.outcome}: <{done.graph}>")
        else:
            counts["merged again"] = sum(1 for _ in store.merge_again())
    say(f"{location}: " + (", ".join(f"{n} {word}" for word, n in counts.items()) or "nothing to do"))
    return 1 if counts.keys() - {"made again", "merged again"} else 0


def _read(files: tuple[str, ...], settings: Settings) -> Iterator[tuple[str, bytes] | Unit]:
    found = find(files)
    if found.dicom:
        from ontomedirad.dicom.instances import Instance, Reader
        from ontomedirad.dicom.series import group
        from ontomedirad.dicom.sources import instances

        reader = Reader(settings.privacy)
        read = (one for name in found.dicom for one in instances(name, reader))
        yield from group(one for one in read if isinstance(one, Instance))
    for name in found.descriptors:
        try:
            yield name, Path(name).read_bytes()
        except OSError as error:
            raise SourceError(name, f"cannot be read: {error.strerror}") from None


@store_.command("remove")
@click.argument("graph")
@store_option
def remove(graph: str, location: str) -> None:
    """Take one source's graph and its import record out."""
    with existing(location, read_only=False) as store:
        store.remove(graph)
    say(f"removed <{graph}>")
