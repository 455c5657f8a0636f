"""The statements about one DICOM source: its subjects, processes, quantities, and where each stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ontomedirad.descriptor.leaf import Float
from ontomedirad.dicom.series import Unit
from ontomedirad.report import Finding, Level
from ontomedirad.settings import Settings
from ontomedirad.texts import moment
from ontomedirad.translation import literals
from ontomedirad.translation.dicom import vocabulary as tables
from ontomedirad.translation.names import Names
from ontomedirad.translation.sources import AS_WRITTEN, ENTITY, stated
from ontomedirad.translation.statements import TYPE, Statements
from ontomedirad.vocabulary import term

ACTIVITY = term("prov:Activity")


class Graph(Statements):
    """What the translators of series and reports write to. Nodes and terms are N-Quads text."""

    def __init__(self, unit: Unit, settings: Settings, kind: str, key: str) -> None:
        super().__init__()
        self.unit = unit
        self.settings = settings
        self.privacy = settings.privacy
        self.names = Names(settings)
        self.graph = self.names.graph(kind, key)
        self.header = unit.first.header
        self.places: dict[str, str] = {}
        self.findings: list[Finding] = []
        self.left: Counter[str] = Counter()

    # --- individuals ------------------------------------------------------------------------

    def thing(self, node: str, *classes: str, at: str = "") -> str:
        """An entity of these classes, given as CURIEs."""
        for class_ in classes:
            self.type(node, class_)
        self.add(node, TYPE, ENTITY)
        return self.mention(node, at)

    def process(self, node: str, *classes: str, at: str = "") -> str:
        """An activity of these classes, given as CURIEs."""
        for class_ in classes:
            self.type(node, class_)
        self.add(node, TYPE, ACTIVITY)
        return self.mention(node, at)

    def mention(self, node: str, at: str) -> str:
        """Remember where an individual first stands in the source."""
        self.places.setdefault(node, at)
        return node

    def literal(self, node: str, predicate: str, text: str) -> None:
        """A plain literal, where there is something to say."""
        if text:
            self.text(node, predicate, text)

    # --- quantities -------------------------------------------------------------------------

    def quantity(
        self,
        key: Iterable[str],
        classes: Iterable[str],
        value: str,
        unit: str,
        at: str,
        kind: str = "measurement",
    ) -> str | None:
        """A quantity of these classes, named by its key, classes, value and unit; None for no number.

        `unit` is a UCUM code or a spelling that `translators/dicom/units.tsv` knows.
        """
        known = tables.unit(unit) if unit else tables.Unit(None)
        number = _number(tables.scaled(value, known.factor) if known else value)
        if number is None:
            self.tell("dicom-no-number", "is no number and is not carried", at, Level.should)
            return None
        classes = tuple(classes)
        made = self.names.name(kind, *key, *classes, number.canonical, unit)
        self.thing(made, *classes, at=at)
        if known is None:
            self.tell(
                "dicom-unit", "is in a unit that no table knows; it is carried as written", at, Level.should
            )
        terms = known.terms if known else None
        stated(self, made, number, terms, "" if known else _short(unit))
        if known is not None and known.factor != 1:
            self.add(made, AS_WRITTEN, literals.text(value))
            self.text(made, "omx:unit_as_written", unit)
        return made

    # --- times ------------------------------------------------------------------------------

    def begins(self, node: str, date: str, time: str = "") -> None:
        """When a process began: for PROV, and in the forms that queries cut (DICOM DA, TM, DT)."""
        if not self.privacy.keep_dates or not date:
            return
        written = date + time
        when = moment(_whole(written))
        if when is None:
            self.tell("dicom-no-time", "is no date and time", self.places.get(node, ""), Level.should)
            return
        if len(written) > len("20200131"):
            self.add(node, term("prov:startedAtTime"), literals.date_time(when)[0])
            self.text(node, "om:has_beginning", f"{when:%Y%m%dT%H%M%S}")
        else:
            self.text(node, "om:has_beginning", f"{when:%Y%m%d}")

    def ends(self, node: str, date: str, time: str = "") -> None:
        """When a process ended."""
        when = moment(_whole(date + time)) if date and self.privacy.keep_dates else None
        if when is not None:
            self.add(node, term("prov:endedAtTime"), literals.date_time(when)[0])
            self.text(node, "om:has_end", f"{when:%Y%m%dT%H%M%S}")

    def dated(self, node: str, date: str, time: str, what: str = "beginning") -> None:
        """Date and time as DICOM writes them, as the original queries return them."""
        if self.privacy.keep_dates and date.isdigit():
            self.literal(node, f"om:has_{what}_date", date)
            self.literal(node, f"om:has_{what}_time", time)

    # --- findings ---------------------------------------------------------------------------

    def tell(self, code: str, message: str, at: str, level: Level = Level.may, hint: str = "") -> None:
        """A finding at a place of the source; it never quotes a value."""
        where = self.unit.place(at)
        self.findings.append(Finding(level, code, f"{at or 'the source'} {message}", where, hint))

    def leave(self, what: str) -> None:
        """Count something that is not carried."""
        self.left[what] += 1

    def told(self) -> list[Finding]:
        """All findings, those about what was left counted."""
        left = [
            Finding(Level.may, "dicom-not-carried", f"{what}: {n} not carried", self.unit.place(what))
            for what, n in sorted(self.left.items())
        ]
        return [*self.findings, *left]


def _whole(text: str) -> str:
    """A DICOM date and time that `moment` reads: no colons or blanks, hours completed by minutes."""
    digits = text.strip().replace(":", "").replace(" ", "")
    return digits + "00" if len(digits) == len("2020013109") else digits


def _number(text: str) -> Float | None:
    try:
        return Float(text)
    except ValueError:
        return None


def _short(unit: str) -> str:
    """A unit that nobody knows, as far as it has the form of a UCUM code."""
    return unit if len(unit) <= 16 and unit.isascii() and " " not in unit else "unknown"
