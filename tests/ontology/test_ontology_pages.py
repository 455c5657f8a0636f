"""The pages of terms: every term has an anchor, every link leads to one."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from ontomedirad.ontology import Kind, Ontology

DOCS = Path(__file__).resolve().parents[2] / "docs"
sys.path.insert(0, str(DOCS))

from reference_pages.term_pages import PAGES, TREE, anchor, page_of  # noqa: E402


@pytest.fixture(scope="module")
def site() -> dict[str, str]:
    return {name: make() for name, make in PAGES.items()}


def test_every_term_has_a_place_of_its_own_with_its_definition(
    site: dict[str, str], ontology: Ontology
) -> None:
    for term in ontology:
        page = site[page_of(ontology.home(term.iri))]
        assert page.count(f"{{ #{anchor(term.curie)} }}") == 1, term.curie
        assert term.definition[:20].replace("&", "&amp;") in page


def test_the_tree_names_every_class_and_leads_to_it(site: dict[str, str], ontology: Ontology) -> None:
    tree = site[TREE]
    for term in ontology:
        if term.kind is Kind.class_:
            assert f'href="../terms-{ontology.home(term.iri)}/#{anchor(term.curie)}"' in tree


def test_links_between_terms_lead_somewhere(site: dict[str, str]) -> None:
    anchors = {name: set(re.findall(r"\{ #(\S+) \}", text)) for name, text in site.items()}
    for name, text in site.items():
        for page, place in re.findall(r"\]\((terms-[\w-]+\.md)#([^)]+)\)", text):
            assert place in anchors[f"ontology/{page}"], f"{name}: {page}#{place}"


def test_a_term_shows_code_mapping_and_queries(site: dict[str, str]) -> None:
    page = site[page_of("core")]
    (part,) = re.findall(r"\{ #dcm-113508 \}(.*?)\n#### ", page, re.S)
    for text in (
        "`DCM 113508`",
        "radiopharmaceutical-administrations",
        "`shapes/",
        "radiopharmaceutical activity",
    ):
        assert text in part


def test_written_pages_link_to_pages_that_exist(site: dict[str, str]) -> None:
    for path in DOCS.glob("*.md"):
        for link in re.findall(r"\]\(([\w-]+\.md)", path.read_text("utf-8")):
            assert f"ontology/{link}" in site or (DOCS / link).is_file(), f"{path.name}: {link}"
