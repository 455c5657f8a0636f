"""Steps of any workflow: names and values that changed, and what a value alone does not say."""

from __future__ import annotations

from functools import cache
from pathlib import PurePosixPath

from lxml import etree

from ontomedirad import resources
from ontomedirad.descriptor.upgrade.draft import Done, Draft, Outcome, Refused, Steps, child, local, said

STEPS = Steps()

_HDF = {
    **dict.fromkeys((".h4", ".hdf4", ".he4"), "HDF4 format"),
    **dict.fromkeys((".h5", ".hdf5", ".he5"), "HDF5 format"),
}
"""Which of the two formats a file's ending stands for; `.hdf` is used for both."""


def table(name: str) -> list[dict[str, str]]:
    """The rows of translators/descriptor/former_NAME.tsv."""
    return resources.rows(resources.translators() / "descriptor" / f"former_{name}.tsv")


@cache
def _names() -> dict[tuple[str, str], str]:
    return {(r["inside"], r["former"]): r["name"] for r in table("names")}


@cache
def _values() -> dict[tuple[str, str], dict[str, str]]:
    return {(r["element"], r["former"]): r for r in table("values")}


@STEPS.add(
    "U1",
    *dict.fromkeys(former for _, former in _names()),
    known="2018, version 061",
    was="An element has a [former name](#former-names).",
    now="It has its current name.",
)
def _renamed(draft: Draft, element: etree._Element) -> Done | None:
    inside, former = local(element.getparent()), local(element)
    name = _names().get((inside, former))
    if name is None:
        return None
    draft.rename(element, name)
    return Done(f"{former} in {inside} is read as {name}")


@STEPS.add(
    "U2",
    *dict.fromkeys(element for element, _ in _values()),
    known="2018, October 2019",
    was="A value of a list has a [former spelling](#former-values).",
    now="It has its current spelling.",
)
def _respelt(draft: Draft, element: etree._Element) -> Done | None:
    row = _values().get((local(element), said(element)))
    if row is None or len(element):
        return None
    element.text = row["value"]
    return Done(f"{local(element)} {row['former']!r} is read as {row['value']!r}", row["check"])


@STEPS.add(
    "U3",
    "NonDICOMDataFormat",
    known="version 061",
    was="`NonDICOMDataFormat` is `HDF format`.",
    now="It is `HDF4 format` or `HDF5 format`, by the ending of the file's name: `.h4`, `.hdf4`, `.he4`, or "
    "`.h5`, `.hdf5`, `.he5`. Another ending is refused.",
)
def _hdf(draft: Draft, element: etree._Element) -> Outcome | None:
    parent = element.getparent()
    if said(element) != "HDF format" or len(element) or parent is None:
        return None
    ending = PurePosixPath(said(child(parent, "NonDICOMDataFileName"))).suffix.lower()
    if ending not in _HDF:
        return Refused(
            "neither NonDICOMDataFormat 'HDF format' nor the file's name says which of two formats it is",
            "write 'HDF4 format' or 'HDF5 format'",
        )
    element.text = _HDF[ending]
    return Done(
        f"NonDICOMDataFormat 'HDF format' is read as {_HDF[ending]!r}, by the ending of the file's name"
    )


@STEPS.add(
    "U4",
    "Radiopharmaceutical",
    known="before version 105; in no document seen",
    was="`Radiopharmaceutical` is `NaI`.",
    now="It is `sodiumIodideI131`, where `Isotope` beside it is `iodine131`; else it is refused.",
)
def _sodium_iodide(draft: Draft, element: etree._Element) -> Outcome | None:
    parent = element.getparent()
    if said(element) != "NaI" or len(element) or parent is None:
        return None
    if said(child(parent, "Isotope")) != "iodine131":
        return Refused(
            "Radiopharmaceutical 'NaI' is none of the current list, since Isotope is not iodine131",
            "write the radiopharmaceutical as the current list has it, or correct Isotope",
        )
    element.text = "sodiumIodideI131"
    return Done("Radiopharmaceutical 'NaI' is read as 'sodiumIodideI131', since Isotope is iodine131")


@STEPS.add(
    "U5",
    "DateTimeProcessStarted",
    known="2018",
    was="`DateTimeProcessStarted` and `PerformingInstitution` stand in the process itself.",
    now="Both stand in its `ProcessExecutionContext`.",
)
def _context(draft: Draft, element: etree._Element) -> Done | None:
    process = element.getparent()
    if process is None or local(process) == "ProcessExecutionContext":
        return None
    if child(process, "ProcessExecutionContext") is not None:
        return None
    context = draft.make("ProcessExecutionContext", element)
    element.addprevious(context)
    context.append(element)
    institution = child(process, "PerformingInstitution")
    if institution is not None:
        context.append(institution)
    return Done(f"DateTimeProcessStarted in {local(process)} is read as part of its ProcessExecutionContext")
