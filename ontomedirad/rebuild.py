"""After an upgrade: make the graphs again that another version made, one by one, from their sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Literal

from ontomedirad.api import translate
from ontomedirad.errors import NotConforming
from ontomedirad.settings import Settings
from ontomedirad.store import Outdated, Store

if TYPE_CHECKING:
    from ontomedirad.dicom.series import Unit
    from ontomedirad.translation.result import Translation

Outcome = Literal["made again", "refused", "named otherwise", "source not given"]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What became of one graph."""

    graph: str
    source_name: str
    outcome: Outcome


def rebuild(
    store: Store,
    sources: Iterable[tuple[str, bytes] | Unit],
    *,
    settings: Callable[[Outdated], Settings] | Settings | None = None,
) -> Iterator[Rebuilt]:
    """Put each outdated graph again whose source is among `sources`, as it comes.

    A source is a descriptor's name and bytes, or a DICOM series or report. It is known by its
    SHA-256. Each graph is a transaction, and what is done is
    no longer outdated: cut off, the same call goes on where it stopped. A graph that these
    settings would give another name (another base, secret or file set) is left as it is, and so
    is one whose source does not conform any more. `settings` may choose for each graph.
    """
    waiting: dict[str, list[Outdated]] = {}
    for old in store.outdated():
        waiting.setdefault(old.source_hash, []).append(old)
    for source in sources:
        known = sha256(source[1]).hexdigest() if isinstance(source, tuple) else source.source_hash
        for old in waiting.pop(known, []):
            chosen = settings(old) if callable(settings) else settings
            yield Rebuilt(old.graph, old.source_name, _again(store, old, source, chosen))
    for left in waiting.values():
        for old in left:
            yield Rebuilt(old.graph, old.source_name, "source not given")


def _again(
    store: Store, old: Outdated, source: tuple[str, bytes] | Unit, settings: Settings | None
) -> Outcome:
    try:
        translation = _translated(source, settings, old.source_name)
        if translation.graph != old.graph:
            return "named otherwise"
        store.put(translation)
    except NotConforming:
        return "refused"
    return "made again"


def _translated(source: tuple[str, bytes] | Unit, settings: Settings | None, name: str) -> Translation:
    if isinstance(source, tuple):
        return translate(source[1], settings=settings, name=name)
    from ontomedirad.translation.dicom import translate_unit

    return translate_unit(source, settings)
