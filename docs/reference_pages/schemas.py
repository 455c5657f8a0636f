"""The schemas: what each is for, its files, its picture."""

from __future__ import annotations

from ontomedirad.descriptor.outline import outline
from ontomedirad.descriptor.xsd import SCHEMA_VERSION, SCHEMAS, root_fields, root_of
from reference_pages.diagrams import DRAWN
from reference_pages.markdown import code, first_line, heading, plain, slug, table


def schemas_page() -> str:
    rows = [
        (
            f"[{n}](#{slug(n)})" if n in DRAWN else n,
            code(root_of(n).__name__),
            plain(_about(n)),
            str(len(outline(n))),
        )
        for n in SCHEMAS
    ]
    return (
        "# Schemas\n\n"
        f"The wire format, version {SCHEMA_VERSION}: one schema for all descriptors of results, one for "
        "each workflow, one for DICOM file sets. All are made from the models, and accept just what the "
        "published XML schemas accept. `ontomedirad schema show NAME` prints one: `--format xsd`, "
        "`--format json` for JSON Schema (2020-12), or `--format table` for a tab-separated table of its "
        "elements. In JSON, elements are keys and those that repeat are arrays; the order of elements, "
        "which XML asks for, has no place there.\n\n"
        + table(("Name", "Root", "What it describes", "Blocks"), rows)
        + "".join(map(_one, DRAWN))
    )


def _about(name: str) -> str:
    last = root_fields(name)[-1][0]
    if not SCHEMAS[name] or last.block is None:
        return first_line(root_of(name).__doc__)
    return first_line(last.block.__doc__)


def _one(name: str) -> str:
    picture = f"../assets/schema-{name}.svg"
    return (
        heading(2, name)
        + f"{plain(_about(name))} The [mapping](mapping.md) says what each block becomes in the graph.\n\n"
        + f"[![The blocks of {name} and their elements]({picture})]({picture})\n"
    )
