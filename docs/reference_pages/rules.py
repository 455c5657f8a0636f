"""The rules that the schema cannot say, from the rules themselves."""

from __future__ import annotations

import re

from ontomedirad.descriptor.references import MAX_FINDINGS, general_rules
from ontomedirad.descriptor.rules import RULES
from reference_pages.markdown import plain, table

SCHEMA = (
    ("xsd-root", "The root is `NonDicomFileSetDescriptor`, in the namespace of the wire format."),
    ("xsd-element", "Elements stand where the schema has them, and in its order."),
    ("xsd-missing", "Required elements are there."),
    ("xsd-attribute", "Elements have no attributes."),
    ("xsd-text", "No text stands between elements."),
    ("xsd-value", "A value of a value list is one of its values."),
    ("xsd-type", "Numbers are written as XML Schema writes them."),
    ("xsd", "Anything else that the schema refuses."),
)


def _order(code: str) -> tuple[int, str]:
    digits = re.sub(r"\D", "", code)
    return (int(digits) if digits else 0, code)


def rules_page() -> str:
    rules = sorted([*general_rules(), *RULES], key=lambda r: _order(r.code))
    rows = [(f"`{r.code}`", r.level.name, plain(r.says)) for r in rules]
    return (
        "# Rules of descriptors\n\n"
        "`ontomedirad validate` judges a descriptor by its [XML schema](schemas.md) and by the rules below. "
        "A finding carries the code of its rule. Only a finding at *must* keeps a descriptor out of a "
        "store.\n\n"
        "## Reference rules { #reference-rules }\n\n"
        "What holds where a rule is kept. A code with two rows is one rule that asks for two things.\n\n"
        + table(("Code", "Level", "What holds"), rows)
        + "\nA number without a row is not used in this version.\n"
        "\n## Findings of the schema { #schema-findings }\n\n"
        "All are at *must*; what the schema refuses is not translated. Of the schema, and of each "
        f"rule, the first {MAX_FINDINGS:,} findings are told.\n\n"
        + table(("Code", "What holds"), [(f"`{c}`", t) for c, t in SCHEMA])
        + "\nDocuments of [former versions](upgrades.md) are upgraded before they are judged.\n"
        "Rules about the graph are [shapes](shapes.md).\n"
        "\n## Findings of authors { #author-findings }\n\n"
        "A descriptor that is written with `ontomedirad.authoring` is judged by the same rules, with the "
        "same codes. One more finding is at *should*: `unplaced`, a VOI or another thing that was made, "
        "and stands nowhere in the document.\n"
    )
