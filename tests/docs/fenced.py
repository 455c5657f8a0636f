"""Runs the fenced blocks of a page, as a reader would who types them one after the other.

`python` blocks share one namespace; a `text` block after one is what it prints. Lines of a
`console` block that start with `$ ontomedirad` run through the command line, and what stands
below them is what it says. Output is compared loosely: `...` stands for anything, and white
space counts once. `<!-- exit: 1 -->` before a console block says how its last command ends;
`<!-- not run -->` before a block, that it is not to be run.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import re
import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ontomedirad.cli import run

ROOT = Path(__file__).resolve().parents[2]

_FENCE = re.compile(r"(?:^<!-- (?P<note>[^>]*) -->\n)?^```(?P<kind>[a-z]*)\n(?P<body>.*?)^```$", re.M | re.S)
_LOOSE = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@dataclass(frozen=True, slots=True)
class Fence:
    """One fenced block: what it is, what it holds, and the line where it starts."""

    kind: str
    body: str
    note: str
    line: int


def fences(text: str) -> Iterator[Fence]:
    """All fenced blocks of a page that start at the left margin."""
    for found in _FENCE.finditer(text):
        line = text.count("\n", 0, found.start("body"))
        yield Fence(found["kind"], found["body"], (found["note"] or "").strip(), line)


def run_page(page: Path, namespace: dict[str, Any] | None = None) -> int:
    """Run all blocks of a page in the current folder; returns how many were run."""
    names = namespace if namespace is not None else {}
    names.setdefault("__name__", "page")
    said, count = None, 0
    for fence in fences(page.read_text("utf-8")):
        where = f"{page.name}:{fence.line}"
        if fence.note == "not run":
            said = None
        elif fence.kind == "python":
            said, count = _python(fence, where, names), count + 1
        elif fence.kind == "console":
            _console(fence, where)
            said, count = None, count + 1
        elif fence.kind == "text" and said is not None:
            compare(said, fence.body, where)
            said = None
    return count


def compare(got: str, want: str, where: str) -> None:
    """Loosely equal, or an assertion that shows both."""
    fits = doctest.OutputChecker().check_output(want.strip() + "\n", got.strip() + "\n", _LOOSE)
    assert fits, f"{where}: expected\n{want}\ngot\n{got}"


def _python(fence: Fence, where: str, names: dict[str, Any]) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile("\n" * fence.line + fence.body, where, "exec", dont_inherit=True), names)
    return out.getvalue()


def _console(fence: Fence, where: str) -> None:
    steps: list[tuple[str, list[str]]] = []
    for line in fence.body.splitlines():
        if line.startswith("$ "):
            steps.append((line[2:], []))
        elif steps:
            steps[-1][1].append(line)
    for i, (command, shown) in enumerate(steps):
        code, said = _command(command, where)
        last = i == len(steps) - 1
        wanted = int(fence.note.removeprefix("exit:")) if last and fence.note.startswith("exit:") else 0
        assert code == wanted, f"{where}: {command} ended with {code}:\n{said}"
        if shown:
            compare(said, "\n".join(shown), where)


def _command(command: str, where: str) -> tuple[int, str]:
    program, *arguments = shlex.split(command)
    assert program == "ontomedirad", f"{where}: only ontomedirad is run here"
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, "utf-8", write_through=True)
    before = sys.stdout, sys.stderr
    sys.stdout = sys.stderr = out
    try:
        code = run(arguments)
    finally:
        sys.stdout, sys.stderr = before
    out.flush()
    return code, raw.getvalue().decode()
