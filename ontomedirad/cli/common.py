"""What the commands share: options, sources, output."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ontomedirad.errors import SourceError

if TYPE_CHECKING:
    from ontomedirad.store import Store

files = click.argument("files", nargs=-1, required=True, metavar="FILE...")
store_option = click.option(
    "--store",
    "location",
    envvar="ONTOMEDIRAD_STORE",
    required=True,
    metavar="STORE",
    help="The store's folder, or the address of a SPARQL endpoint.",
)
level_option = click.option(
    "--level",
    type=click.Choice(["must", "should", "may"]),
    default="must",
    show_default=True,
    help="The least level that counts.",
)
output_option = click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write here, not to standard output.",
)


timeout_option = click.option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS", help="End it after that."
)
limit_option = click.option("--limit", type=click.IntRange(min=1), metavar="ROWS", help="Give no more rows.")


def choice(name: str, *values: str, default: str | None = None) -> Callable[[Any], Any]:
    """An option with a fixed list of values; the first is the default."""
    return click.option(
        name, "form", type=click.Choice(values), default=default or values[0], show_default=True
    )


def source(name: str) -> tuple[bytes | str, str]:
    """What a file argument means: bytes of standard input for `-`, else the path; and its name."""
    if name == "-":
        return sys.stdin.buffer.read(), "standard input"
    return name, name


def descriptors(paths: tuple[str, ...]) -> Iterator[str]:
    """The files that the paths name; a folder stands for all XML files below it."""
    for name in paths:
        path = Path(name)
        if name != "-" and path.is_dir():
            found = sorted(p for p in path.rglob("*.xml") if p.is_file())
            if not found:
                raise SourceError(name, "has no XML file in it")
            yield from map(str, found)
        else:
            yield name


def write(data: bytes | str, output: Path | None) -> None:
    """Data to a file, whole or not at all, or to standard output."""
    content = data.encode() if isinstance(data, str) else data
    if output is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    part = output.with_name(output.name + ".part")
    try:
        part.write_bytes(content)
        part.replace(output)
    except OSError as error:
        raise SourceError(str(output), f"cannot be written: {error.strerror}") from None


def say(text: str) -> None:
    """A message for the person, on standard error."""
    click.echo(text, err=True)


def opened(location: str, *, read_only: bool = False) -> Store:
    """A store at a folder, or at an endpoint with the credentials of the environment."""
    from ontomedirad.store import Endpoint, open_store

    if location.startswith(("http://", "https://")):
        return open_store(Endpoint.from_environment(location), read_only=read_only)
    return open_store(location, read_only=read_only)


def existing(location: str, *, read_only: bool = True) -> Store:
    """A store that must be there already."""
    from ontomedirad.errors import StoreError

    if not location.startswith(("http://", "https://")) and not Path(location).is_dir():
        raise StoreError(
            f"{location}: there is no store here; ontomedirad import FILE --store {location} makes one"
        )
    return opened(location, read_only=read_only)
