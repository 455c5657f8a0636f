"""The steps that bring documents of former versions into the current form, from the steps themselves."""

from __future__ import annotations

from ontomedirad.descriptor.upgrade import STEPS
from ontomedirad.descriptor.upgrade.words import table as former
from ontomedirad.descriptor.xsd import SCHEMA_VERSION
from reference_pages.markdown import code, heading, plain, table


def upgrades_page() -> str:
    steps = [(code(s.code), s.known, s.was, s.now) for s in STEPS]
    names = [(code(r["inside"]), code(r["former"]), code(r["name"]), r["known"]) for r in former("names")]
    values = [
        (code(r["element"]), code(r["former"]), code(r["value"]), r["known"], plain(r["check"]))
        for r in former("values")
    ]
    return (
        "# Former versions\n\n"
        f"What differs between former versions of the wire format and version {SCHEMA_VERSION}, and what "
        "[the upgrade](../how-to/upgrade.md) does about it. A finding carries the code of its step: at *may* "
        "where the place was upgraded, at *must* where it is refused. *Met in* names the documents that "
        "showed the difference.\n"
        + heading(2, "Steps")
        + "In the order in which they are applied.\n\n"
        + table(("Code", "Met in", "What stood there", "What stands there now"), steps)
        + heading(2, "Former names")
        + table(("In", "Former name", "Name", "Met in"), names)
        + heading(2, "Former values")
        + table(("Element", "Former value", "Value", "Met in", "To check"), values)
        + "\nThe two tables are `former_names.tsv` and `former_values.tsv` in `translators/descriptor/`.\n"
    )
