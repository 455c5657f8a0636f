"""The command line: parse, call, print. Data go to standard output, messages to standard error.

Exit 0: done and conforming; 1: not conforming; 2: could not be read, or used wrongly.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from ontomedirad import __version__
from ontomedirad.errors import NotConforming, OntomediradError

if TYPE_CHECKING:
    from collections.abc import Sequence

_COMMANDS = {
    "check": "checks",
    "compare": "tracing",
    "demo": "showing",
    "explain": "tracing",
    "export-crate": "tracing",
    "export-descriptor": "asking",
    "export-prov": "tracing",
    "impact": "tracing",
    "import": "importing",
    "ontology": "describing",
    "query": "asking",
    "schema": "describing",
    "shapes": "checks",
    "sparql": "asking",
    "store": "keeping",
    "translate": "graphs",
    "upgrade": "graphs",
    "validate": "graphs",
}
"""Each command and the module of this folder that has it; loaded when it is called."""


class _Commands(click.Group):
    """Loads a command's module when it is asked for, so that `--help` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        from importlib import import_module

        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"ontomedirad.cli.{_COMMANDS[cmd_name]}")
        command = getattr(module, f"{cmd_name.replace('-', '_')}_")
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_SUMMARIES.items()))


_SUMMARIES = {
    "demo": "make an example treatment, its graph, store, answers and picture",
    "validate": "say everything that is wrong with descriptors and DICOM",
    "translate": "make RDF from descriptors and DICOM",
    "upgrade": "write a descriptor of a former version in the current form",
    "check": "judge a graph or a store by the shapes",
    "shapes": "list, show and test the shapes",
    "import": "validate, translate, check and store descriptors and DICOM",
    "query": "list, show and run the named queries",
    "sparql": "run a SPARQL query of your own",
    "explain": "show where a value comes from",
    "impact": "list what rests on an image, a calibration, a method or an import",
    "compare": "set values side by side that were had in several ways",
    "export-prov": "write PROV of a result, a patient, a study or a store",
    "export-crate": "pack a file set as a Workflow Run RO-Crate",
    "export-descriptor": "write the descriptor that a graph was made of",
    "ontology": "look at the ontology",
    "schema": "list and show the schemas",
    "store": "look at a store and its log, dump, load, back up, rebuild, remove",
}


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="ontomedirad")
def commands() -> None:
    """Semantic dosimetry: from descriptors and DICOM to a checked graph that answers questions.

    A file named - is standard input. STORE is a folder or an endpoint; it falls back to ONTOMEDIRAD_STORE.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave the process with its exit code."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code. No input whatever gives a traceback."""
    try:
        result = commands.main(args=arguments, prog_name="ontomedirad", standalone_mode=False)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        error.show()
        return 2
    except NotConforming as error:
        click.echo(error.report.text(), err=True)
        return error.exit_code
    except OntomediradError as error:
        click.echo(f"error: {error}", err=True)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("stopped", err=True)
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    return result if isinstance(result, int) else 0
