"""After an upgrade: make the graphs again that another version made, one by one, from their sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from ontomedirad.api import translate
from ontomedirad.errors import NotConforming
from ontomedirad.settings import Settings
from ontomedirad.store import Outdated, Store

Outcome = Literal["made again", "refused", "named otherwise", "source not given"]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What became of one graph."""

    graph: str
    source_name: str
    outcome: Outcome


def rebuild(
    store: Store,
    sources: Iterable[tuple[str, bytes]],
    *,
    settings: Callable[[Outdated], Settings] | Settings | None = None,
) -> Iterator[Rebuilt]:
    """Put each outdated graph again whose source is among `sources` (name and bytes), as it comes.

    A source is known by the SHA-256 of its bytes. Each graph is a transaction, and what is done is
    no longer outdated: cut off, the same call goes on where it stopped. A graph that these
    settings would give another name (another base, secret or file set) is left as it is, and so
    is one whose source does not conform any more. `settings` may choose for each graph.
    """
    waiting: dict[str, list[Outdated]] = {}
    for old in store.outdated():
        waiting.setdefault(old.source_hash, []).append(old)
    for _, content in sources:
        for old in waiting.pop(sha256(content).hexdigest(), []):
            yield Rebuilt(old.graph, old.source_name, _again(store, old, content, settings))
    for left in waiting.values():
        for old in left:
            yield Rebuilt(old.graph, old.source_name, "source not given")


def _again(
    store: Store,
    old: Outdated,
    content: bytes,
    settings: Callable[[Outdated], Settings] | Settings | None,
) -> Outcome:
    chosen = settings(old) if callable(settings) else settings
    try:
        translation = translate(content, settings=chosen, name=old.source_name)
        if translation.graph != old.graph:
            return "named otherwise"
        store.put(translation)
    except NotConforming:
        return "refused"
    return "made again"
