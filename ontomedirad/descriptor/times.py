"""Rules of times: windows of time points, dates that can be read, their order."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ontomedirad import resources
from ontomedirad.descriptor.block import Block
from ontomedirad.descriptor.facts import Facts
from ontomedirad.descriptor.phantoms import HotInsert, Tank
from ontomedirad.descriptor.rulebook import Break, rule
from ontomedirad.descriptor.treatment import (
    CTRelevantCalibrationReference,
    NMRelevantCalibrationReference,
    ProcessExecutionContext,
    TimePointDescriptionElement,
)
from ontomedirad.report import Level
from ontomedirad.settings import Settings
from ontomedirad.texts import has_time, moment

_STAMPED: dict[type[Block], tuple[str, ...]] = {
    HotInsert: ("pre_time", "post_time"),
    Tank: ("pre_time", "post_time"),
    NMRelevantCalibrationReference: ("date",),
    CTRelevantCalibrationReference: ("date",),
}
"""Fields that hold a time, of blocks that are no process."""

_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}


@rule("R16", Level.should, "A time point lies in the window of its category.")
def _windows(facts: Facts, settings: Settings) -> Iterator[Break]:
    for mention in facts.of(TimePointDescriptionElement):
        point = mention.model
        assert isinstance(point, TimePointDescriptionElement)
        window = _categories().get(point.category or "")
        factor = _SECONDS.get(point.unit or "")
        if window is None or factor is None or point.distance is None:
            continue
        if not _within(window, point.distance * factor):
            centre, tolerance = window
            yield Break(
                f"the time point is outside its category's window, {centre:g} h ± {tolerance:g} h",
                facts.place(point, "distance"),
                "correct the distance or its unit, or choose another category",
            )


def _within(window: tuple[float, float], seconds: int) -> bool:
    centre, tolerance = window
    return (centre - tolerance) * 3600 <= seconds <= (centre + tolerance) * 3600


def category_of(distance: int, unit: str) -> str | None:
    """The category whose window holds a time point, the nearest of two; None where none does."""
    seconds = distance * _SECONDS[unit] if unit in _SECONDS else -1
    near = [
        (abs(seconds - window[0] * 3600), category)
        for category, window in _categories().items()
        if _within(window, seconds)
    ]
    return min(near)[1] if near else None


@cache
def _categories() -> dict[str, tuple[float, float]]:
    table = resources.translators() / "descriptor" / "time_points.tsv"
    return {r["category"]: (float(r["hours"]), float(r["tolerance"])) for r in resources.rows(table)}


@rule("R19", Level.must, "Dates and times can be read: ISO 8601 or DICOM's own form.")
def _dates(facts: Facts, settings: Settings) -> Iterator[Break]:
    for model, name in _moments(facts):
        value = getattr(model, name)
        if value is not None and moment(value) is None:
            tag = type(model).plan().by_name[name].tag
            yield Break(
                f"{tag} is no date and time", facts.place(model, name), "write it as 2020-01-17 15:08:54"
            )


@rule("R19", Level.should, "The time stamps of phantoms and calibrations can be read.")
def _stamps(facts: Facts, settings: Settings) -> Iterator[Break]:
    for cls, names in _STAMPED.items():
        for mention in facts.of(cls):
            for name in names:
                value = getattr(mention.model, name)
                if value is not None and value.strip() and moment(value) is None:
                    yield Break(
                        f"{cls.plan().by_name[name].tag} is no date and time",
                        facts.place(mention.model, name),
                        "write it as 2020-01-17 15:08:54",
                    )


@rule("R19", Level.should, "No process begins before the administration.")
def _order(facts: Facts, settings: Settings) -> Iterator[Break]:
    given = facts.root.acquisition
    start = moment(given.injected_at) if given and given.injected_at else None
    if given is None or start is None:
        return
    for model, name in _moments(facts):
        begun = moment(getattr(model, name) or "")
        if begun is None or begun.tzinfo is not None or start.tzinfo is not None:
            continue
        if begun.date() < start.date() or (begun < start and has_time(getattr(model, name))):
            yield Break(
                "the process begins before the radiopharmaceutical was administered",
                facts.place(model, name),
                "correct one of the two times",
                (facts.place(given, "injected_at"),),
            )


def _moments(facts: Facts) -> Iterator[tuple[Block, str]]:
    if facts.root.acquisition is not None:
        yield facts.root.acquisition, "injected_at"
    for mention in facts.of(ProcessExecutionContext):
        yield mention.model, "started"
