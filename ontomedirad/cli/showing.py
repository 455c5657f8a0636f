"""demo."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("demo")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path("demo"))
def demo_(folder: Path) -> None:
    """Make an example treatment in FOLDER: descriptor, graph, store, answers, picture."""
    from ontomedirad.demo import run_demo

    for line in run_demo(folder):
        click.echo(line)
