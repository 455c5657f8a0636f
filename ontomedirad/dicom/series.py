"""Instances grouped into what makes one graph: a series of images, or one structured report."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from ontomedirad.dicom.instances import Instance
from ontomedirad.dicom.routing import Route, route
from ontomedirad.report import Finding, Level, Place


@dataclass(eq=False)
class Unit:
    """A series, or a report: what becomes one named graph."""

    route: Route
    instances: list[Instance]
    findings: list[Finding] = field(default_factory=list)
    stated_version: str = ""

    @property
    def first(self) -> Instance:
        """The instance that speaks for the series."""
        return self.instances[0]

    @property
    def name(self) -> str:
        """What messages call it: its file, or the file of its first instance and how many follow."""
        more = len(self.instances) - 1
        return f"{self.first.name} and {more} more" if more else self.first.name

    @property
    def source_hash(self) -> str:
        """SHA-256 of the header read, or, of several, of their hashes in order of instance."""
        digests = sorted(i.digest for i in self.instances)
        return digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()

    def place(self, element: str, node: str = "") -> Place:
        """Where an attribute or content item stands."""
        return Place(self.first.name, None, element, node)


def group(found: Iterable[Instance]) -> list[Unit]:
    """Series and reports in the order in which they first came, instances in the order of their UIDs.

    Of instances with one UID the first counts.
    """
    parts: dict[tuple[str, str], dict[str, Instance]] = {}
    for instance in found:
        alone = instance.content is not None or route(instance).handling == "report"
        key = (instance.series, instance.uid if alone else "")
        parts.setdefault(key, {}).setdefault(instance.uid, instance)
    return [_unit(list(instances.values())) for instances in parts.values()]


def _unit(instances: list[Instance]) -> Unit:
    full, *others = instances
    ordered = [full, *sorted(others, key=lambda i: i.uid)]
    counted = Counter(route(i) for i in ordered)
    chosen = max(counted, key=lambda r: (counted[r], r.dataset))
    unit = Unit(chosen, ordered)
    if len(counted) > 1:
        unit.findings.append(
            Finding(
                Level.should,
                "dicom-mixed-series",
                f"the series holds images of {len(counted)} kinds; it is carried as the most frequent one",
                Place(unit.name, path="ImageType (0008,0008)"),
                "give localizers and derived images series of their own",
            )
        )
    for keyword, message in (
        ("PatientID", "the series holds images of several patients"),
        ("StudyInstanceUID", "the series is in several studies"),
    ):
        if len({i.header.text(keyword) for i in ordered}) > 1:
            where = Place(unit.name, path=keyword)
            unit.findings.append(Finding(Level.must, "dicom-series-of-one", message, where, "part them"))
    return unit
