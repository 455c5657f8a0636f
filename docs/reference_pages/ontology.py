"""The ontology: its modules, and the terms of our extension."""

from __future__ import annotations

from ontomedirad import terms
from reference_pages.markdown import code, heading, ontology, plain, table


def extension_terms() -> list[str]:
    """IRIs of the terms that this project adds."""
    return [t.iri for t in ontology() if t.curie.startswith("omx:")]


def ontology_page() -> str:
    modules = [(f"`{m.name}`", plain(m.version), f"{m.terms:,}", f"`{m.iri}`") for m in ontology().modules]
    own = []
    for iri in extension_terms():
        t = ontology().term(iri)
        above = ", ".join(plain(ontology().label(p) or terms.curie(p)) for p in t.parents)
        own.append((code(t.curie), t.kind.value, above, plain(t.definition), plain(t.source)))
    prefixes = [(code(p), f"`{ns}`") for p, ns in terms.sparql_prefixes().items()]
    return (
        "# Ontology\n\n"
        f"Version {plain(ontology().version)}, {len(ontology()):,} terms. Published terms keep their "
        "IRIs; terms "
        "of our own have the prefix `omx`. `ontomedirad ontology term` shows any of them.\n"
        + heading(2, "Modules")
        + table(("Module", "Version", "Terms", "IRI"), modules)
        + heading(2, "Terms of the extension", "extension")
        + table(("Term", "Kind", "Below", "Definition", "Source"), own)
        + heading(2, "Prefixes")
        + "Queries, the command line and `terms.curie` know these.\n\n"
        + table(("Prefix", "Namespace"), prefixes)
    )
