"""The known word nearest to one that was misspelt, for hints."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from itertools import islice

_LONGEST = 100
_MOST = 500
"""Beyond these a word is no misspelling, and looking for its like takes time and memory."""
_SLIP = 2
"""A found value this much longer or shorter than a listed one may hold more than a slip: it is not told."""
_SHOWN = 12
"""A value list longer than this is not printed whole."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The word of the first 500 `known` ones that is most like `word`; None where none is."""
    if len(word) > _LONGEST:
        return None
    found = difflib.get_close_matches(word, [k for k in islice(known, _MOST) if len(k) <= _LONGEST], 1, 0.6)
    return found[0] if found else None


def not_listed(name: str, found: str, near: str | None, allowed: Sequence[str]) -> str:
    """That `name` holds a value that is not of its list; what it holds is told only of a slip."""
    misspelt = near is not None and abs(len(near) - len(found)) <= _SLIP
    said = f"{name} is {found!r}" if misspelt else f"{name} holds a value that is not of its list"
    shown = ", ".join(allowed) if len(allowed) <= _SHOWN else f"{len(allowed)} values"
    return f"{said}; allowed: {shown}"
