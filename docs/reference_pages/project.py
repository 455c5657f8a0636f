"""The changelog, the guide for contributors and the page on security, which live at the root."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def _page(name: str) -> str:
    """A root file as a page: its links into docs/ become links within the site."""
    text = (ROOT / name).read_text("utf-8").replace("](docs/", "](")
    return text.replace("](CHANGELOG.md", "](changelog.md")


def changelog_page() -> str:
    return _page("CHANGELOG.md")


def contributing_page() -> str:
    return _page("CONTRIBUTING.md")


def security_page() -> str:
    return _page("SECURITY.md")
