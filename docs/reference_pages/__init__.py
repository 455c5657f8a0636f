"""The reference pages, made from the code and the data that they describe.

`PAGES` maps each page's path below docs/ to the function that returns its Markdown. The site's
build writes them (docs/build_pages.py), and tests call the same functions.
"""

from __future__ import annotations

from collections.abc import Callable

from reference_pages.command_line import command_line_page
from reference_pages.dicom import dicom_page
from reference_pages.errors import errors_page
from reference_pages.mapping import mapping_page
from reference_pages.names import keys_table
from reference_pages.ontology import ontology_page
from reference_pages.project import changelog_page, contributing_page, security_page
from reference_pages.prov_constraints import prov_constraints_page
from reference_pages.python_api import python_page
from reference_pages.queries import queries_page
from reference_pages.rules import rules_page
from reference_pages.schemas import schemas_page
from reference_pages.shapes import PAGES as SHAPE_PAGES
from reference_pages.shapes import shapes_page
from reference_pages.term_pages import PAGES as TERM_PAGES
from reference_pages.upgrades import upgrades_page
from reference_pages.values import values_page

PAGES: dict[str, Callable[[], str]] = {
    "reference/python.md": python_page,
    "reference/command-line.md": command_line_page,
    "reference/errors.md": errors_page,
    "reference/mapping.md": mapping_page,
    "reference/values.md": values_page,
    "reference/schemas.md": schemas_page,
    "reference/dicom.md": dicom_page,
    "reference/rules.md": rules_page,
    "reference/upgrades.md": upgrades_page,
    "reference/queries.md": queries_page,
    "reference/shapes.md": shapes_page,
    "reference/prov-constraints.md": prov_constraints_page,
    "reference/ontology.md": ontology_page,
    "changelog.md": changelog_page,
    "contributing.md": contributing_page,
    "security.md": security_page,
    **TERM_PAGES,
    **SHAPE_PAGES,
}
"""Pages that are generated whole."""

PARTS: dict[str, Callable[[], str]] = {"keys": keys_table}
"""Tables that a written page takes in at a line `<!-- generated: NAME -->`."""


def with_parts(text: str) -> str:
    """A written page with its generated tables in their places."""
    for name, make in PARTS.items():
        mark = f"<!-- generated: {name} -->"
        if mark in text:
            text = text.replace(mark, make())
    return text
