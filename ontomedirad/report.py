"""Findings: one shape for whatever found them, the XSD, a reference rule or a SHACL shape."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import IntEnum


class Level(IntEnum):
    """How much a finding weighs. Only `must` keeps a source out of a store."""

    may = 0
    should = 1
    must = 2


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a source: file, line (from 1), XPath or DICOM tag; `node` is the individual's IRI."""

    file: str = ""
    line: int | None = None
    path: str = ""
    node: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return where or self.path or self.node


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: `code` names the rule, `message` says it in the field's words."""

    level: Level
    code: str
    message: str
    place: Place = Place()
    hint: str = ""
    also: tuple[Place, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """The finding as JSON-ready values; empty parts are left out."""
        place = {k: v for k in ("file", "line", "path", "node") if (v := getattr(self.place, k))}
        also = [{k: v for k in ("file", "line", "path", "node") if (v := getattr(p, k))} for p in self.also]
        row: dict[str, object] = {"level": self.level.name, "code": self.code, "message": self.message}
        return (
            row
            | ({"place": place} if place else {})
            | ({"also": also} if also else {})
            | ({"hint": self.hint} if self.hint else {})
        )


@dataclass(frozen=True, slots=True)
class Report:
    """All findings about one source or graph, in the order of the source."""

    findings: tuple[Finding, ...] = ()
    subject: str = ""
    graph: str = field(default="", compare=False, repr=False)
    """The SHACL validation report as N-Triples, where a SHACL engine made this report."""
    level: Level = field(default=Level.must, compare=False)
    """The least level that keeps a source from conforming, as the reader asked for it."""
    looked_at: dict[str, int] = field(default_factory=dict, compare=False, repr=False)
    """How many nodes each shape looked at, by code: one that looked at none says nothing."""
    silenced: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    """Shapes that were left out, by code, and the reason."""

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def __add__(self, other: Report) -> Report:
        return Report(
            self.findings + other.findings,
            self.subject or other.subject,
            self.graph + other.graph,
            min(self.level, other.level),
            self.looked_at | other.looked_at,
            self.silenced | other.silenced,
        )

    def at(self, level: Level | str) -> Report:
        """Only the findings at `level` or above."""
        least = Level[level] if isinstance(level, str) else level
        return replace(self, findings=tuple(f for f in self.findings if f.level >= least), level=least)

    def conforms(self, level: Level | str | None = None) -> bool:
        """True when nothing was found at `level` or above; by default the level asked for, or *must*."""
        least = self.level if level is None else Level[level] if isinstance(level, str) else level
        return not any(f.level >= least for f in self.findings)

    def text(self) -> str:
        """The report for a terminal: a line a finding, its hint below, a count at the end."""
        lines = []
        for f in self.findings:
            lines.append(f"{f.place or self.subject}: {f.level.name}: {f.message} [{f.code}]")
            lines += [f"    at {f.place.path}"] if f.place.path and str(f.place) != f.place.path else []
            lines += [f"    see also {p}" for p in f.also]
            lines += [f"    hint: {f.hint}"] if f.hint else []
        lines.append(self.summary())
        return "\n".join(lines)

    def summary(self) -> str:
        """One line: conforms, or how many findings of each level."""
        counts = {lv: sum(f.level is lv for f in self.findings) for lv in reversed(Level)}
        said = ", ".join(f"{n} {lv.name}" for lv, n in counts.items() if n)
        verdict = "conforms" if self.conforms() else "does not conform"
        verdict += f" at level {self.level.name}" if self.level is not Level.must else ""
        return f"{self.subject or 'source'}: {verdict}" + (f" ({said})" if said else "")

    def _repr_html_(self) -> str:
        from html import escape

        rows = ((str(f.place), f.level.name, f.message, f.code, f.hint) for f in self.findings)
        head = "".join(f"<th>{name}</th>" for name in ("place", "level", "message", "code", "hint"))
        body = "".join("<tr>" + "".join(f"<td>{escape(v)}</td>" for v in row) + "</tr>" for row in rows)
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>" if body else ""
        return f"<p>{escape(self.summary())}</p>{table}"

    def to_json(self) -> str:
        """The report as JSON: `subject`, `conforms`, `findings`, of shapes `looked_at` and `silenced`."""
        rows = [f.as_dict() for f in self.findings]
        told: dict[str, object] = {"subject": self.subject, "conforms": self.conforms(), "findings": rows}
        told |= {"looked_at": self.looked_at} if self.looked_at else {}
        told |= {"silenced": self.silenced} if self.silenced else {}
        return json.dumps(told, indent=2)


def collect(findings: Iterable[Finding], subject: str) -> Report:
    """A report of `findings`, sorted by line where they have one, each finding once."""
    unique = dict.fromkeys(findings)
    return Report(tuple(sorted(unique, key=lambda f: f.place.line or 0)), subject)
