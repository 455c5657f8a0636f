"""The command line, from its click commands."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from ontomedirad.cli import commands
from reference_pages.markdown import code, heading, plain, table


def all_commands() -> Iterator[tuple[str, click.Command]]:
    """Every command and group by its full name, in the order of their names."""
    yield from _below("ontomedirad", commands)


def _below(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=name)
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            assert found is not None
            yield from _below(f"{name} {inner}", found)


def command_line_page() -> str:
    parts = [
        "# Command line\n\n"
        "Data go to standard output, messages to standard error. A file named `-` is standard input. "
        "Exit codes are on the page of [errors](errors.md#exit-codes).\n\n",
        table(
            ("Variable", "What it sets"),
            [
                ("`ONTOMEDIRAD_STORE`", "the store, where `--store` is not given"),
                ("`ONTOMEDIRAD_BASE`", "what individuals' IRIs start with; ends in `/` or `#`"),
                (
                    "`ONTOMEDIRAD_SECRET`",
                    "the secret of patients' keys ([privacy](../explanation/privacy.md))",
                ),
            ],
        ),
    ]
    for name, command in all_commands():
        parts.append(_section(name, command))
    return "".join(parts)


def _section(name: str, command: click.Command) -> str:
    context = click.Context(command, info_name=name)
    depth = 2 + (name.count(" ") > 1)
    text = [heading(depth, code(name), name.replace(" ", "-")), inspect.cleandoc(command.help or "") + "\n\n"]
    usage = " ".join(command.collect_usage_pieces(context))
    text.append(f"```text\n{name} {usage}\n```\n\n")
    options = [p for p in command.params if isinstance(p, click.Option)]
    if options:
        text.append(table(("Option", "What it does"), [_option(p, context) for p in options]))
    return "".join(text)


def _option(option: click.Option, context: click.Context) -> tuple[str, str]:
    record = option.get_help_record(context)
    assert record is not None
    said = [plain(option.help or "")]
    if isinstance(option.type, click.Choice):
        said.append("One of " + ", ".join(f"`{c}`" for c in option.type.choices) + ".")
    if option.default is not None and not option.is_flag and isinstance(option.default, (str, int)):
        said.append(f"Default: `{option.default}`.")
    if option.envvar:
        said.append(f"Falls back to `{option.envvar}`.")
    if option.required:
        said.append("Required.")
    return code(", ".join(option.opts)), " ".join(s for s in said if s)
