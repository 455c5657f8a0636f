"""Where ontology, shapes, translators and queries are: the only module that knows.

In a wheel they travel inside the package; in a checkout they are read where they lie.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder `ontology`, `shapes`, `translators` or `queries`."""
    inside = _PACKAGE / "resources" / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def ontology() -> Path:
    """OWL modules in Turtle."""
    return folder("ontology")


def shapes() -> Path:
    """SHACL shapes, one file a topic."""
    return folder("shapes")


def translators() -> Path:
    """What translators know as data."""
    return folder("translators")


def queries() -> Path:
    """Named queries, one .rq file each."""
    return folder("queries")


def rows(path: Path) -> list[dict[str, str]]:
    """A tab-separated table as one dict a row; lines starting with `#` are remarks."""
    lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t"), strict=True)) for line in lines[1:]]
