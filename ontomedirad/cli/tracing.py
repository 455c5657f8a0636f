"""explain, impact, compare, export-prov, export-crate."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ontomedirad.cli.common import choice, existing, output_option, say, store_option, write

if TYPE_CHECKING:
    from collections.abc import Callable

_WAYS = ("graph", "workflow", "software", "institution")
_PROV = ("provn", "provjson", "provxml", "provo")


@click.command("explain")
@click.argument("node")
@store_option
@choice("--format", "text", "svg", "json", "mermaid", *_PROV)
@output_option
def explain_(node: str, location: str, form: str, output: Path | None) -> None:
    """Show where a value, data set or region comes from; NODE is an IRI or CURIE of an individual."""
    from ontomedirad.lineage import explain
    from ontomedirad.lineage.exchange import export_prov

    with existing(location) as store:
        if form in _PROV:
            write(export_prov(store, node, form), output)
            return
        explanation = explain(store, node)
    forms: dict[str, Callable[[], str]] = {
        "text": lambda: explanation.text() + "\n",
        "svg": explanation.to_svg,
        "json": lambda: explanation.to_json() + "\n",
        "mermaid": explanation.to_mermaid,
    }
    write(forms[form](), output)


@click.command("impact")
@click.argument("node")
@store_option
@choice("--format", "text", "csv", "json")
@output_option
def impact_(node: str, location: str, form: str, output: Path | None) -> None:
    """List what rests on NODE: an image, calibration, segmentation, method, software or import.

    NODE is an IRI or CURIE; an import is named by its graph. The text counts results of each study and
    patient; csv and json list each.
    """
    with existing(location) as store:
        found = store.impact(node)
    forms: dict[str, Callable[[], str]] = {
        "text": lambda: found.text() + "\n",
        "csv": found.to_csv,
        "json": lambda: found.to_json() + "\n",
    }
    write(forms[form](), output)


@click.command("compare")
@click.argument("quantity", default="dcm:128513")
@store_option
@click.option(
    "--by",
    type=click.Choice(_WAYS),
    default="graph",
    show_default=True,
    help="What tells two ways apart.",
)
@choice("--format", "text", "csv", "json")
@click.option(
    "--plot", type=click.Path(dir_okay=False, path_type=Path), help="Draw a Bland-Altman plot here."
)
@output_option
def compare_(
    quantity: str, location: str, by: str, form: str, plot: Path | None, output: Path | None
) -> None:
    """Set values side by side that were had in several ways; QUANTITY is a class of quantities."""
    from ontomedirad.lineage.compare import compare

    with existing(location) as store:
        found = compare(store, quantity, by=by)
    if plot is not None:
        found.plot().savefig(plot)
        say(f"{plot}: written")
    forms: dict[str, Callable[[], str]] = {
        "text": lambda: found.text() + "\n",
        "csv": found.to_csv,
        "json": lambda: found.to_json() + "\n",
    }
    write(forms[form](), output)


@click.command("export-prov")
@click.argument("node", default="")
@store_option
@choice("--format", *_PROV)
@output_option
def export_prov_(node: str, location: str, form: str, output: Path | None) -> None:
    """Write PROV of NODE (a result, a patient or a study) and all it rests on, or of the whole store."""
    from ontomedirad.lineage.exchange import export_prov

    with existing(location) as store:
        write(export_prov(store, node, form), output)


@click.command("export-crate")
@click.argument("descriptor", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--license", "licence", metavar="IRI", required=True, help="Under which licence the data are.")
def export_crate_(descriptor: Path, folder: Path, licence: str) -> None:
    """Pack DESCRIPTOR, its graph and the files it names into FOLDER, as a Workflow Run RO-Crate.

    The files are looked for beside the descriptor; those that are not there are told.
    """
    from ontomedirad.lineage.crate import write_crate
    from ontomedirad.settings import Settings

    now = datetime.now(UTC)
    missing = write_crate(descriptor, folder, licence, now, settings=Settings.from_environment())
    for name in missing:
        say(f"not beside the descriptor, and left out: {name}")
    say(f"{folder}: done")
