"""The whole document judged once more: what only a whole can break, told by lines of Python."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ontomedirad.authoring.parameters import allotted, blocks_below, referred
from ontomedirad.authoring.problems import declared_as
from ontomedirad.descriptor.block import Block
from ontomedirad.descriptor.facts import key_of
from ontomedirad.descriptor.read import Document, path_of, read
from ontomedirad.descriptor.references import refer
from ontomedirad.descriptor.schema import judge
from ontomedirad.descriptor.write import to_xml
from ontomedirad.report import Finding, Level, Place, Report
from ontomedirad.settings import Settings


def review(root: Block, places: Mapping[int, Place], made: Iterable[Block], settings: Settings) -> Report:
    """All findings about the document of `root`.

    `places` are the lines of Python of its blocks, by their ids; a finding keeps its path in the
    document. Of the blocks `made`, those that can be referred to and stand nowhere are told too.
    """
    document = read(to_xml(root))
    standing = list(_by_path(root, document))
    at = {path: places.get(id(model)) for path, model in standing}
    declared = {_name(model) for _, model in standing}
    found = [
        *judge(document),
        *(_unplaced(type(root), m, places[id(m)]) for m in made if _matters(m) and _name(m) not in declared),
        *refer(document, settings),
    ]
    return Report(tuple(dict.fromkeys(_in_python(f, at) for f in found)), type(root).__name__)


def _by_path(root: Block, document: Document) -> Iterator[tuple[str, Block]]:
    """Each block of the author beside the path of its element in the document."""
    read_root: Block = document.root
    if type(read_root) is not type(root):
        calibration = document.root.calibration
        assert calibration is not None and calibration.ct is not None
        read_root = calibration.ct
    todo: list[tuple[Block, Block]] = [(root, read_root)]
    while todo:
        ours, theirs = todo.pop()
        yield path_of(document.element_of(theirs)), ours
        for field in ours.plan().fields:
            value = getattr(ours, field.name)
            if field.block is None or value is None:
                continue
            other = getattr(theirs, field.name)
            todo += zip(value, other, strict=True) if field.many else [(value, other)]


def _in_python(finding: Finding, at: Mapping[str, Place | None]) -> Finding:
    also = tuple(_moved(p, at) for p in finding.also)
    return replace(finding, place=_moved(finding.place, at), also=also)


def _moved(place: Place, at: Mapping[str, Place | None]) -> Place:
    """The line of Python that made the innermost block around a place of the document."""
    path = place.path
    while path:
        line = at.get(path)
        if line is not None:
            return Place(line.file, line.line, place.path)
        path = path.rpartition("/")[0]
    return place


def _matters(model: Block) -> bool:
    return type(model) in referred() and allotted(type(model)) is not None


def _name(model: Block) -> tuple[str, str | None]:
    return model.plan().kind, key_of(model)


def _unplaced(root: type[Block], model: Block, place: Place) -> Finding:
    word, block = declared_as(type(model)).word, type(model)
    homes = [
        f"{f.name} of {b.__name__}"
        for b in blocks_below(root).values()
        for f in b.plan().fields
        if f.block is block
    ]
    message = f"this {word} stands nowhere in the document, so what refers to it finds nothing"
    return Finding(Level.should, "unplaced", message, place, f"give it in {', or '.join(homes)}")
