"""Writes the generated pages into the site; run by mkdocs-gen-files at every build."""

from __future__ import annotations

import sys
from pathlib import Path

import mkdocs_gen_files

DOCS = Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS))
sys.path.insert(0, str(DOCS.parent))

from reference_pages import PAGES, with_parts  # noqa: E402

for name, make in PAGES.items():
    with mkdocs_gen_files.open(name, "w") as page:
        page.write(make())

for path in DOCS.rglob("*.md"):
    text = path.read_text("utf-8")
    whole = with_parts(text)
    if whole != text:
        with mkdocs_gen_files.open(path.relative_to(DOCS).as_posix(), "w") as page:
            page.write(whole)
