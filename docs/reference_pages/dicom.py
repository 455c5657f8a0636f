"""What becomes of DICOM: routing, attributes, dose reports, identities, values, from translators/dicom/."""

from __future__ import annotations

from pathlib import Path

from ontomedirad import resources
from reference_pages.markdown import code, heading, plain, table, term

TITLES = {
    "routing.tsv": "Which object becomes what",
    "attributes.tsv": "Attributes of images",
    "sequences.tsv": "Sequences",
    "reports.tsv": "Kinds of reports",
    "containers.tsv": "Containers of reports",
    "concepts.tsv": "Content items of reports",
    "report_texts.tsv": "Texts of reports",
    "identity.tsv": "Identities",
    "values.tsv": "Values",
    "units.tsv": "Units as reports write them",
    "anatomy.sssom.tsv": "Body regions",
    "radionuclides.sssom.tsv": "Radionuclides",
    "radiopharmaceuticals.sssom.tsv": "Radiopharmaceuticals",
}
"""The tables in the order of the page."""

FINDINGS = (
    ("dicom-identity", "must", "an attribute says who the patient or another person is"),
    ("dicom-identity-removed", "must", "the source does not say that its identity was removed"),
    ("dicom-identity-in-graph", "must", "something that the source says of a person turns up in the graph"),
    ("dicom-unreadable", "must", "a file is damaged, or holds no image or report"),
    ("dicom-kind", "must", "nothing of an object of this kind is carried"),
    ("dicom-series-of-one", "must", "a series holds images of several patients or studies"),
    ("dicom-mixed-series", "should", "a series holds images of several kinds"),
    ("dicom-no-patient", "should", "the patient is called by a placeholder, and known by their study alone"),
    ("dicom-other-study", "should", "a report names another study than its header"),
    ("dicom-unit", "should", "a unit is in no table; it is carried as written"),
    ("dicom-no-number", "should", "a value is no number; it is not carried"),
    ("dicom-no-time", "should", "a date and time cannot be read"),
    ("dicom-region", "may", "a code of a body region is in no table"),
    ("dicom-radionuclide", "may", "a code of a radionuclide is in no table"),
    ("dicom-radiopharmaceutical", "may", "a code of a radiopharmaceutical is in no table"),
    ("dicom-no-event-uid", "may", "an administration has no event UID"),
    ("dicom-map", "may", "a parametric map is in no unit that tells its quantity"),
    ("dicom-relative-dose", "may", "a dose map is not in gray"),
    ("dicom-not-carried", "may", "how often an attribute or content item was not carried"),
    ("dicom-left-out", "may", "a file is no DICOM"),
)
"""Findings about DICOM sources: code, level, meaning."""


def dicom_page() -> str:
    parts = [
        "# DICOM\n\n"
        "What becomes of images and dose reports. Every table is a file of `translators/dicom/`, which a "
        "curator changes; attributes, concepts and texts that are in none of them are not read. "
        "[How to import archives](../how-to/archives.md) and [privacy](../explanation/privacy.md#dicom) "
        "say how it is used.\n",
        heading(2, "Findings", "findings"),
        table(("Code", "Level", "What it says"), [(code(c), lv, text) for c, lv, text in FINDINGS]),
    ]
    folder = resources.translators() / "dicom"
    parts += [_section(folder / name, title) for name, title in TITLES.items()]
    return "".join(parts)


def _section(path: Path, title: str) -> str:
    """A table as it lies: its remarks, then its rows."""
    lines = path.read_text("utf-8").splitlines()
    sssom = path.name.endswith(".sssom.tsv")
    remarks = " ".join(line.lstrip("# ") for line in lines if line.startswith("#") and not sssom)
    if sssom:
        remarks = "A mapping in the form of SSSOM."
    rows = resources.rows(path)
    cells = [[_cell(value) for value in row.values()] for row in rows]
    return (
        heading(2, title)
        + f"`translators/dicom/{path.name}`. {plain(remarks)}\n\n"
        + table([plain(k) for k in rows[0]], cells)
    )


def _cell(value: str) -> str:
    if value.startswith(("om:", "omx:", "dcm:", "rn:", "snmi:", "obo:")):
        return term(value)
    return code(value)
