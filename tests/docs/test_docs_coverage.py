"""Nothing that users can name is missing from the docs."""

from __future__ import annotations

import re
from functools import cache

import pytest
from fenced import ROOT
from reference_pages import PAGES, PARTS, with_parts
from reference_pages.command_line import all_commands
from reference_pages.diagrams import DRAWN, diagram
from reference_pages.errors import all_errors
from reference_pages.mapping import blocks, roles
from reference_pages.ontology import extension_terms

import ontomedirad
from ontomedirad import terms
from ontomedirad.authoring.workflows import WORKFLOWS
from ontomedirad.checking import load_rules
from ontomedirad.descriptor import Descriptor
from ontomedirad.descriptor.block import Block
from ontomedirad.descriptor.outline import outline
from ontomedirad.descriptor.references import general_rules
from ontomedirad.descriptor.rules import RULES
from ontomedirad.descriptor.upgrade import STEPS

made = cache(lambda name: PAGES[name]())


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_has_a_title_and_text(name: str) -> None:
    page = made(name)
    assert page.startswith("# ")
    assert len(page) > 600
    assert "None" not in re.sub(r"```.*?```|`[^`]*`|\w*None\w+", "", page, flags=re.S)


@pytest.mark.parametrize("name", PARTS)
def test_a_written_page_takes_in_each_generated_table(name: str) -> None:
    marks = [
        p for p in (ROOT / "docs").rglob("*.md") if f"<!-- generated: {name} -->" in p.read_text("utf-8")
    ]
    assert len(marks) == 1
    assert PARTS[name]() in with_parts(marks[0].read_text("utf-8"))


def test_every_command_is_in_the_reference_and_on_a_written_page() -> None:
    names = [name for name, _ in all_commands()]
    assert len(names) > 20
    for name in names[1:]:
        assert f"`{name}`" in made("reference/command-line.md"), name
    groups = {" ".join(n.split()[:2]) for n in names[1:]}
    written = "".join(p.read_text("utf-8") for p in (ROOT / "docs").rglob("*.md"))
    assert [g for g in sorted(groups) if g not in written] == []


def test_every_option_is_in_the_reference() -> None:
    for name, command in all_commands():
        for parameter in command.params:
            for option in getattr(parameter, "opts", ()):
                if option.startswith("-"):
                    assert option in made("reference/command-line.md"), f"{name} {option}"


@pytest.mark.parametrize("name", ontomedirad.__all__)
def test_every_public_name_is_in_the_reference(name: str) -> None:
    assert f"\n::: ontomedirad.{name}\n" in made("reference/python.md")


def test_every_name_of_the_python_reference_exists() -> None:
    from importlib import import_module

    for path in re.findall(r"^::: (\S+)$", made("reference/python.md"), re.M):
        home, _, name = path.rpartition(".")
        try:
            module = import_module(home)
        except ModuleNotFoundError:
            outer, _, inner = home.rpartition(".")
            module = getattr(import_module(outer), inner)
        assert hasattr(module, name) or module.__name__ == name, path


def test_every_block_is_on_the_mapping_page() -> None:
    def below(block: type[Block]) -> set[type[Block]]:
        return {block} | {b for child in block.__subclasses__() for b in below(child)}

    known = {b for b in below(Block) if b.__module__.startswith("ontomedirad.")} - {Block, Descriptor}
    assert known == set(blocks())
    for block in known:
        assert f"\n## {block.__name__} " in made("reference/mapping.md")


def test_every_role_is_on_the_mapping_page_with_all_its_predicates() -> None:
    rows = roles()
    assert len(rows) > 20
    for row in rows:
        line = next(x for x in made("reference/mapping.md").splitlines() if f"</a>{row['role']} |" in x)
        for column in ("forward", "backward", "prov_forward", "prov_backward"):
            assert row[column] in line


def test_every_element_of_the_schema_is_on_the_mapping_page() -> None:
    for block in blocks():
        for field in block.plan().fields:
            assert f"`{field.tag}`" in made("reference/mapping.md")


def test_every_rule_and_every_shape_is_in_the_reference() -> None:
    for rule in (*general_rules(), *RULES):
        assert f"| `{rule.code}` | {rule.level.name} |" in made("reference/rules.md")
    for shape in load_rules().by_shape.values():
        assert f"`{shape.code}`" in made("reference/shapes.md")


@pytest.mark.parametrize("name", DRAWN)
def test_the_picture_of_a_schema_is_what_the_models_make(name: str) -> None:
    """`python docs/reference_pages/diagrams.py` writes it."""
    picture = (ROOT / f"docs/assets/schema-{name}.svg").read_text("utf-8")
    assert picture == diagram(name)
    for block in outline(name):
        assert f">{block.__name__}<" in picture or len(block.__name__) > 50


def test_every_step_of_the_upgrade_is_in_the_reference() -> None:
    for step in STEPS:
        assert f"| `{step.code}` |" in made("reference/upgrades.md")


def test_every_code_of_a_schema_finding_is_in_the_reference() -> None:
    source = (ROOT / "ontomedirad/descriptor/schema.py").read_text("utf-8")
    codes = set(re.findall(r'"(xsd(?:-\w+)?)"', source))
    assert len(codes) > 5
    for code in codes:
        assert f"| `{code}` |" in made("reference/rules.md")


@pytest.mark.parametrize("name", [w.__name__ for w in WORKFLOWS])
def test_every_workflow_has_a_whole_example(name: str) -> None:
    pages = [p.read_text("utf-8") for p in (ROOT / "docs/how-to").glob("describe-*.md")]
    assert any(re.search(rf"^from ontomedirad\.authoring import .*\b{name}\b", page, re.M) for page in pages)


def test_every_query_with_its_parameters_and_columns_is_in_the_reference() -> None:
    page = made("reference/queries.md")
    for query in ontomedirad.queries().values():
        assert f"## {query.name} " in page
        for part in (*query.parameters, *query.columns):
            assert f"`{part.name}`" in page


def test_every_error_is_in_the_reference() -> None:
    for error in all_errors():
        assert f"`{error.__name__}`" in made("reference/errors.md")


def test_every_term_of_the_extension_is_in_the_reference() -> None:
    found = extension_terms()
    assert len(found) > 20
    for term in found:
        assert f"`{terms.curie(term)}`" in made("reference/ontology.md")
