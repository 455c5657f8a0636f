"""The errors of the package, from their classes."""

from __future__ import annotations

import inspect

from ontomedirad import errors
from ontomedirad.checking import ShapesError
from reference_pages.markdown import first_line, table

DO = {
    "SourceError": "Correct the file; the hint says how.",
    "NotConforming": "Read `error.report`; it holds all findings.",
    "StoreError": "Name a folder that is a store, or a new one.",
    "StoreLocked": "Wait for the other writer, or open the store read-only.",
    "EndpointError": "Do what the message says; `error.said` holds the endpoint's own words.",
    "UnknownQuery": "Take one of the names in the message.",
    "ParameterError": "Take the parameters that the message lists.",
    "UnknownTerm": "Take one of the terms in the message.",
    "MissingExtra": "Install the extra that the message names.",
    "ShapesError": "Correct the file of shapes that the message names.",
}


def all_errors() -> list[type[errors.OntomediradError]]:
    """The root and everything below it, parents first."""
    found, todo = [], [errors.OntomediradError]
    while todo:
        error = todo.pop(0)
        found.append(error)
        todo = [*error.__subclasses__(), *todo]
    return [e for e in found if e.__module__.startswith("ontomedirad")]


def errors_page() -> str:
    assert ShapesError in all_errors()
    rows = []
    for error in all_errors():
        depth = sum(issubclass(error, e) for e in all_errors()) - 1
        name = "&nbsp;" * 4 * depth + f"`{error.__name__}`"
        say = first_line(inspect.getdoc(error))
        rows.append((name, f"`{error.__module__}`", str(error.exit_code), say, DO.get(error.__name__, "")))
    return (
        "# Errors\n\n"
        "Everything that the package raises on purpose is an `ontomedirad.OntomediradError`. A message says "
        "what was wrong, where, what was expected and what to do. No message holds a patient's value "
        "([decision 4](../decisions/0004-privacy-of-messages.md)).\n\n"
        "A wrong argument in Python, such as an unknown format, is a `ValueError` or `KeyError` as usual; "
        "a model with a wrong value is pydantic's `ValidationError`.\n\n"
        + table(("Error", "Module", "Exit code", "What it means", "What to do"), rows)
        + "\n## Exit codes { #exit-codes }\n\n"
        + table(
            ("Code", "Meaning"),
            [
                ("0", "done, and conforming"),
                ("1", "read, and something was found at `--level` (*must*, if not given) or above"),
                ("2", "could not be read, or the command was used wrongly"),
                ("130", "stopped from the keyboard"),
            ],
        )
    )
