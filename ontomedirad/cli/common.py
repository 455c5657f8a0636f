"""What the commands share: options, sources, output."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
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


@dataclass(slots=True)
class Found:
    """What paths hold: descriptors, DICOM files, and how many files are neither."""

    descriptors: list[str] = field(default_factory=list)
    dicom: list[str] = field(default_factory=list)
    left: int = 0


def find(paths: tuple[str, ...]) -> Found:
    """The sources that the paths name; a folder stands for all descriptors and DICOM files below it."""
    from ontomedirad.kinds import is_dicom

    found = Found()
    for name in paths:
        path = Path(name)
        if name == "-" or not path.is_dir():
            (found.dicom if name != "-" and is_dicom(name) else found.descriptors).append(name)
            continue
        before = len(found.descriptors) + len(found.dicom)
        for file in sorted(p for p in path.rglob("*") if p.is_file() and p.name != "DICOMDIR"):
            if file.suffix.lower() == ".xml":
                found.descriptors.append(str(file))
            elif is_dicom(file):
                found.dicom.append(str(file))
            else:
                found.left += 1
        if len(found.descriptors) + len(found.dicom) == before:
            raise SourceError(name, "has no XML and no DICOM file in it")
    return found


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
