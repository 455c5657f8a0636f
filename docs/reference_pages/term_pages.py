"""The class tree, and a page a module with an anchor a term, made from the ontology.

`PAGES` maps each page's path below docs/ to the function that returns its Markdown.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from functools import cache, partial

from ontomedirad import resources, terms
from ontomedirad.ontology import Kind, Ontology, Term, open_ontology
from ontomedirad.ontology.present import roots, term_facts
from ontomedirad.ontology.uses import Use, by_term, find_uses

TREE = "ontology/tree.md"
SCRIPT = """<input id="tree-filter" type="search" placeholder="Label or CURIE" aria-label="Filter the tree">
<script>
document.getElementById("tree-filter").addEventListener("input", function (event) {
  const wanted = event.target.value.trim().toLowerCase();
  document.querySelectorAll("#tree li").forEach(function (item) {
    item.hidden = wanted !== "" && !item.textContent.toLowerCase().includes(wanted);
  });
  document.querySelectorAll("#tree details").forEach(function (part) {
    part.open = wanted !== "" && part.textContent.toLowerCase().includes(wanted);
  });
});
</script>
"""


@cache
def _ontology() -> Ontology:
    return open_ontology()


@cache
def _uses() -> dict[str, list[Use]]:
    return by_term(find_uses())


def page_of(module: str) -> str:
    """The path of a module's page."""
    return f"ontology/terms-{module}.md"


def anchor(curie: str) -> str:
    """The anchor of a term on its module's page."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", curie).strip("-")


def tree_page() -> str:
    """All classes, nested; each name leads to its term."""
    ontology = _ontology()
    count = sum(t.kind is Kind.class_ for t in ontology)
    body = "".join(_branch(ontology, iri, ()) for iri in roots(ontology))
    return (
        "# Class tree\n\n"
        f"{count:,} classes. A class with several parents stands below each of them. The search of the site "
        "finds terms by label and definition as well.\n\n"
        f'{SCRIPT}\n<ul id="tree">\n{body}</ul>\n'
    )


def _branch(ontology: Ontology, iri: str, path: tuple[str, ...]) -> str:
    name = f'<a href="{_target(ontology, iri)}">{html.escape(ontology.label(iri))}</a>'
    name += f" <code>{html.escape(terms.curie(iri))}</code>"
    below = () if iri in path else ontology.children(iri)
    if not below:
        return f"<li>{name}</li>\n"
    inner = "".join(_branch(ontology, child, (*path, iri)) for child in below)
    opened = " open" if len(path) < 2 else ""
    return f"<li><details{opened}><summary>{name}</summary><ul>\n{inner}</ul></details></li>\n"


def _target(ontology: Ontology, iri: str) -> str:
    return f"../terms-{ontology.home(iri)}/#{anchor(terms.curie(iri))}"


def module_page(module: str) -> str:
    """The terms of a module, sorted by label, each with all that is known of it."""
    ontology, mapped = _ontology(), _mapped()
    named = sorted(
        (t for t in ontology if ontology.home(t.iri) == module), key=lambda t: (t.label.lower(), t.iri)
    )
    about = next(m.iri for m in ontology.modules if m.name == module)
    parts = [
        f"# Terms: {module}\n\n{_said(about, 'dcterms:description')} {len(named):,} terms, from "
        f"{_said(about, 'dcterms:source') or 'the sources that each names'}. The [class tree](tree.md) shows "
        "how classes are arranged; [sources and licences](licences.md) says what was taken from where.\n"
    ]
    for term in named:
        parts.append(f"\n#### {_plain(term.label)} {{ #{anchor(term.curie)} }}\n\n")
        parts.append(
            "\n".join(_lines(ontology, term, _uses().get(term.iri, []), mapped.get(term.curie, []))) + "\n"
        )
    return "".join(parts)


def _said(iri: str, predicate: str) -> str:
    return _plain(", ".join(sorted(t.value for t in _ontology().texts(iri, terms.iri(predicate)))))


def _lines(ontology: Ontology, term: Term, uses: list[Use], mapped: list[str]) -> Iterator[str]:
    facts = term_facts(ontology, term.iri)
    retired = ", out of use" if "deprecated" in facts else ""
    yield f"`{term.curie}` ({term.kind.value}{retired}): {_plain(term.definition)}\n"
    rows = [("Source", _plain(term.source)), ("Code", f"`{facts['code']}`" if "code" in facts else "")]
    rows.append(("Below", ", ".join(_link(ontology, i) for i in term.parents)))
    rows += [(side.title(), ", ".join(f"`{c}`" for c in facts.get(side, ()))) for side in ("domain", "range")]
    rows.append(("Also called", _plain(", ".join(facts.get("also called", ())))))
    rows.append(("Mapped to", ", ".join(f"`{m}`" for m in mapped)))
    rows.append(("Queries", ", ".join(_queries(uses))))
    rows.append(("Named in", ", ".join(f"`{f}`" for f in _files(uses))))
    for name, value in rows:
        if value:
            yield f"- {name}: {value}"


def _link(ontology: Ontology, iri: str) -> str:
    label = _plain(ontology.label(iri) or terms.curie(iri))
    home = ontology.home(iri)
    return f"[{label}](terms-{home}.md#{anchor(terms.curie(iri))})" if home else f"`{terms.curie(iri)}`"


def _queries(uses: list[Use]) -> list[str]:
    names = sorted(
        {u.file.removeprefix("queries/").removesuffix(".rq") for u in uses if u.file.startswith("queries/")}
    )
    return [f"[{name}](../reference/queries.md#{name})" for name in names]


def _files(uses: list[Use]) -> list[str]:
    return sorted({u.file for u in uses if u.file.startswith(("shapes/", "translators/"))})


@cache
def _mapped() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in sorted((resources.ontology() / "mappings").glob("*.sssom.tsv")):
        for row in resources.rows(path):
            found.setdefault(row["subject_id"], []).append(row["object_id"])
    return found


def _plain(text: str) -> str:
    return re.sub(r"([\\`*_\[\]{}#|])", r"\\\1", html.escape(text, quote=False))


PAGES: dict[str, Callable[[], str]] = {
    TREE: tree_page,
    **{page_of(m.name): partial(module_page, m.name) for m in _ontology().modules if m.terms},
}
