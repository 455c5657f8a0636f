"""The known word nearest to one that was misspelt, for hints."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from itertools import islice

_LONGEST = 100
_MOST = 500
"""Beyond these a word is no misspelling, and looking for its like takes time and memory."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The word of the first 500 `known` ones that is most like `word`; None where none is."""
    if len(word) > _LONGEST:
        return None
    found = difflib.get_close_matches(word, [k for k in islice(known, _MOST) if len(k) <= _LONGEST], 1, 0.6)
    return found[0] if found else None
