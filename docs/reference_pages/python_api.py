"""The Python API: one mkdocstrings directive a public name."""

from __future__ import annotations

import ontomedirad
from ontomedirad import authoring
from reference_pages.markdown import heading

DO = ("validate", "translate", "check", "open_store", "open_ontology", "queries")
"""The functions, in the order in which data pass through them."""

RELATED = {
    "Writing descriptors": (*(f"ontomedirad.authoring.{name}" for name in authoring.__all__),),
    "Descriptors": (
        "ontomedirad.descriptor.read.read",
        "ontomedirad.descriptor.to_xml",
        "ontomedirad.descriptor.Document",
        "ontomedirad.descriptor.Float",
        "ontomedirad.descriptor.Integer",
    ),
    "Stores and their answers": (
        "ontomedirad.store.StoreInfo",
        "ontomedirad.store.Endpoint",
        "ontomedirad.store.Offers",
        "ontomedirad.store.Outdated",
        "ontomedirad.rebuild.rebuild",
        "ontomedirad.store.Log",
        "ontomedirad.store.Import",
        "ontomedirad.query.Query",
        "ontomedirad.query.Result",
        "ontomedirad.query.Row",
    ),
    "Lineage": (
        "ontomedirad.lineage.Explanation",
        "ontomedirad.lineage.Step",
        "ontomedirad.lineage.Maker",
        "ontomedirad.lineage.Impact",
        "ontomedirad.lineage.compare",
        "ontomedirad.lineage.Comparison",
        "ontomedirad.lineage.export_prov",
        "ontomedirad.lineage.write_crate",
    ),
    "Terms": ("ontomedirad.ontology.Term", "ontomedirad.ontology.Module"),
}
"""What the public names return and take, by the module that people import it from."""


def python_page() -> str:
    names = [*DO, *(n for n in ontomedirad.__all__ if n not in DO)]
    parts = [
        "# Python\n\n"
        "The public names are those of `import ontomedirad`. Nothing in them keeps state between "
        "calls, or uses "
        "the network, but for stores at an endpoint. The models of the descriptor are on the page of the "
        "[mapping](mapping.md); "
        "errors have [a page of their own](errors.md).\n",
        heading(2, "Functions"),
        *(_directive(f"ontomedirad.{n}") for n in names if n in DO),
        heading(2, "Classes"),
        *(_directive(f"ontomedirad.{n}") for n in names if n not in DO),
    ]
    for title, paths in RELATED.items():
        parts += [heading(2, title), *map(_directive, paths)]
    return "".join(parts)


def _directive(path: str) -> str:
    return f"\n::: {path}\n"
