"""Links between pages lead somewhere, and every page can be reached from the site's menu."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

import pytest
from fenced import ROOT
from reference_pages import PAGES, with_parts

_LINK = re.compile(r"!?\[(?:[^\[\]]|\[[^\]]*\])*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} (.*?)(?: \{ #([\w-]+) \})?$", re.M)
_MACHINE = re.compile(r"file://|(?<![\w.])/(?:home|root|Users)/|localhost")


def _pages() -> dict[str, str]:
    """All pages of the site by path, written and generated."""
    docs = ROOT / "docs"
    written = {p.relative_to(docs).as_posix(): with_parts(p.read_text("utf-8")) for p in docs.rglob("*.md")}
    return written | {name: make() for name, make in PAGES.items()}


SITE = _pages()
ROOT_FILES = [p.name for p in ROOT.glob("*.md")]


def _without_code(text: str) -> str:
    return re.sub(r"^ *```.*?^ *```$|`[^`\n]*`", "", text, flags=re.M | re.S)


def _anchors(text: str) -> set[str]:
    found = set(re.findall(r'<a id="([\w-]+)">', text))
    for title, anchor in _HEADING.findall(re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)):
        words = re.sub(r"[^\w\s-]", "", title.replace("`", "")).strip().lower()
        found.add(anchor or re.sub(r"[-\s]+", "-", words))
    return found


@pytest.mark.parametrize("name", SITE)
def test_links_of_a_page_lead_to_a_page_and_an_anchor(name: str) -> None:
    for link in _LINK.findall(_without_code(SITE[name])):
        if link.startswith(("http://", "https://")):
            continue
        path, _, anchor = link.partition("#")
        target = _resolved(PurePosixPath(name).parent / path) if path else name
        if target.endswith(".md"):
            assert target in SITE, f"{name}: {link}"
            assert not anchor or anchor in _anchors(SITE[target]), f"{name}: {link}"
        else:
            assert (ROOT / "docs" / target).is_file(), f"{name}: {link}"


def _resolved(path: PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


@pytest.mark.parametrize("name", ROOT_FILES)
def test_links_of_a_file_at_the_root_lead_to_a_file(name: str) -> None:
    for link in _LINK.findall(_without_code((ROOT / name).read_text("utf-8"))):
        if not link.startswith(("http://", "https://")):
            assert (ROOT / link.partition("#")[0]).exists(), f"{name}: {link}"


def test_every_page_is_in_the_menu_and_every_entry_is_a_page() -> None:
    menu = (ROOT / "mkdocs.yml").read_text("utf-8").partition("nav:")[2].partition("plugins:")[0]
    entries = re.findall(r"[\w./-]+\.md", menu)
    assert sorted(entries) == sorted(SITE)


@pytest.mark.parametrize("name", SITE)
def test_no_page_speaks_of_a_machine(name: str) -> None:
    assert not _MACHINE.search(SITE[name])
