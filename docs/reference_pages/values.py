"""Value lists and units, from the tables in translators/."""

from __future__ import annotations

from pathlib import Path

from ontomedirad import resources
from reference_pages.markdown import code, heading, plain, table, term

INTRO = {
    "unit": "Units that a descriptor writes. [Units](#units) says what each is in UCUM, QUDT and SI.",
    "duration": "The unit of a time point's distance is written as the property that holds the number.",
    "organ": "`L2` is what files hold for the bone marrow of L2 to L4.",
}


def _rows(*name: str) -> list[dict[str, str]]:
    return resources.rows(resources.translators().joinpath(*name))


def value_lists() -> dict[str, list[dict[str, str]]]:
    """Rows of values.tsv by list, in the order of the file."""
    found: dict[str, list[dict[str, str]]] = {}
    for row in _rows("descriptor", "values.tsv"):
        found.setdefault(row["list"], []).append(row)
    return found


def list_anchor(name: str) -> str:
    return "list-" + name.replace(" ", "-")


def values_page() -> str:
    parts = [
        "# Value lists and units\n\n"
        "What each value of a descriptor stands for. The tables are files in `translators/`, which "
        "[a curator changes](../how-to/curate.md).\n"
    ]
    for name, rows in value_lists().items():
        parts.append(heading(2, f"List: {name}", list_anchor(name)))
        if name in INTRO:
            parts.append(INTRO[name] + "\n\n")
        parts.append(table(("Value", "Term"), [(code(r["value"]), term(r["term"])) for r in rows]))
    units = [
        (term(r["unit"]), code(r["ucum"]), code(r["qudt"]), code(r["factor"]), code(r["si"]))
        for r in _rows("units.tsv")
    ]
    windows = [
        (plain(r["category"]), r["hours"], r["tolerance"]) for r in _rows("descriptor", "time_points.tsv")
    ]
    carried = [
        (code(r["radiopharmaceutical"]), code(r["isotope"]))
        for r in _rows("descriptor", "radiopharmaceuticals.tsv")
    ]
    studies = [(code(r["identifier"]), code(r["aliases"]), term(r["study"])) for r in _rows("studies.tsv")]
    parts += [
        heading(2, "Units", "units"),
        "A value times the factor is the value in the SI unit, which the graph holds as "
        "`omx:has_SI_value`.\n\n",
        table(("Unit", "UCUM", "QUDT", "Factor", "SI unit"), units),
        heading(2, "Windows of time points", "windows"),
        "Hours after the administration; rule `R16` compares a time point with its category's window.\n\n",
        table(("Category", "Hours", "Tolerance (hours)"), windows),
        heading(2, "Isotopes of radiopharmaceuticals", "isotopes"),
        table(("Radiopharmaceutical", "Isotope"), carried),
        heading(2, "Research studies", "studies"),
        "Identifiers and aliases are compared whole, without regard to case. A deployment adds its own in "
        "`Settings.studies`.\n\n",
        table(("Identifier", "Aliases", "Study"), studies),
    ]
    return "".join([*parts, *map(_other, other_tables())])


SHOWN = {
    "values.tsv",
    "units.tsv",
    "time_points.tsv",
    "radiopharmaceuticals.tsv",
    "studies.tsv",
    "roles.tsv",
    "former_names.tsv",
    "former_values.tsv",
}
"""Tables that have a section of their own above, or a page of their own."""


def other_tables() -> list[Path]:
    """Tables of translators/ without a section of their own."""
    found = (p for p in resources.translators().rglob("*.tsv") if p.parent.name != "dicom")
    return sorted(p for p in found if p.name not in SHOWN)


def _other(path: Path) -> str:
    """A table as it lies: its remarks, then its rows."""
    lines = path.read_text("utf-8").splitlines()
    remarks = " ".join(line.lstrip("# ") for line in lines if line.startswith("#"))
    rows = resources.rows(path)
    name = path.relative_to(resources.translators()).as_posix()
    cells = [[code(value) for value in row.values()] for row in rows]
    title = heading(2, f"Table: {name}", "table-" + name.replace("/", "-").replace(".", "-"))
    return title + f"{plain(remarks)}\n\n" + table(list(rows[0]) if rows else [], cells)
