"""The tokens of a SPARQL text, by the terminals of its grammar.

Source: SPARQL 1.1 Query Language, section 19.8, productions [139] to [173]. Everything that can
hide a `$` or a quote is a terminal of its own: comments, IRIs, the four forms of strings,
prefixed names with their escapes. What is left is words, numbers and marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ontomedirad.errors import QueryError

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)  # [164] PN_CHARS_BASE
_START = f"{_BASE}_"  # [165] PN_CHARS_U
_MORE = f"{_START}0-9\u00b7\u0300-\u036f\u203f-\u2040"
_CHARS = f"{_MORE}\\-"  # [167] PN_CHARS
_ESCAPE = r"\\(?:[tbnrf\\\"']|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})"  # [160] ECHAR, 19.2
_PLX = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]"  # [170] PLX
_NAME = f"[{_START}0-9][{_MORE}]*"  # [166] VARNAME
_PREFIX = f"(?:[{_BASE}](?:[{_CHARS}.]*[{_CHARS}])?)?:"  # [140] PNAME_NS
_LOCAL = f"(?:[{_START}0-9:]|{_PLX})(?:(?:[{_CHARS}.:]|{_PLX})*(?:[{_CHARS}:]|{_PLX}))?"  # [169] PN_LOCAL

_TERMINALS = {
    "space": r"[\x20\t\r\n]+",
    "comment": r"\#[^\r\n]*",
    "iri": r"<[^<>\"{}|^`\\\x00-\x20]*>",
    "string": "|".join(
        (
            rf"'''(?:'{{0,2}}(?:[^'\\]|{_ESCAPE}))*'''",
            rf'"""(?:"{{0,2}}(?:[^"\\]|{_ESCAPE}))*"""',
            rf"'(?:[^'\\\r\n]|{_ESCAPE})*'",
            rf'"(?:[^"\\\r\n]|{_ESCAPE})*"',
        )
    ),
    "language": r"@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*",
    "parameter": rf"\${_NAME}",
    "variable": rf"\?{_NAME}",
    "blank": rf"_:[{_START}0-9](?:[{_CHARS}.]*[{_CHARS}])?",
    "name": f"{_PREFIX}(?:{_LOCAL})?",
    "word": r"[A-Za-z_][A-Za-z0-9_]*",
    "number": r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?",
    "mark": r"\^\^|&&|\|\||[!<>]=|[{}()\[\].,;|/^+*?!=<>\-]",
}
_TOKEN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _TERMINALS.items()))

_SILENT = {"space", "comment"}


@dataclass(frozen=True, slots=True)
class Token:
    """One terminal: its kind, a key of the table above, and its text."""

    kind: str
    text: str

    def says(self, word: str) -> bool:
        """Whether it is that keyword; keywords have no case (19.8, note 1)."""
        return self.kind == "word" and self.text.upper() == word


def tokens(text: str) -> list[Token]:
    """All tokens of `text`, spaces and comments included: joined, they are the text again.

    Raises QueryError with the line where no terminal fits.
    """
    return list(_scan(text))


def significant(text: str) -> list[Token]:
    """The tokens that the grammar sees."""
    return [t for t in _scan(text) if t.kind not in _SILENT]


def _scan(text: str) -> Iterator[Token]:
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            line = text.count("\n", 0, at) + 1
            raise QueryError(
                f"not a SPARQL query: line {line} holds something that is no token of SPARQL 1.1"
            )
        assert found.lastgroup is not None
        yield Token(found.lastgroup, found.group())
        at = found.end()


def in_values(stream: list[Token]) -> dict[int, int]:
    """Positions of tokens inside data blocks, and how many variables each block has.

    Source: SPARQL 1.1 Query Language, section 10.2, productions [62] to [65].
    """
    found: dict[int, int] = {}
    inside, width, head = False, 0, False
    for i, token in enumerate(stream):
        if token.says("VALUES"):
            head, width = True, 0
        elif head and token.kind == "variable":
            width += 1
        elif head and token.text == "{":
            head, inside = False, True
        elif inside and token.text == "}":
            inside = False
        elif inside:
            found[i] = width
    return found
