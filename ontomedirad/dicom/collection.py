"""A source read whole: its series and reports, and what was wrong with its files."""

from __future__ import annotations

from typing import Any

from ontomedirad.dicom.instances import Instance, Reader
from ontomedirad.dicom.series import Unit, group
from ontomedirad.dicom.sources import instances
from ontomedirad.privacy import Privacy
from ontomedirad.report import Finding


class Collection:
    """The series and reports of a source. Raises SourceError when there is no such source."""

    def __init__(self, source: Any, privacy: Privacy, name: str = "") -> None:
        found: list[Instance] = []
        self.findings: list[Finding] = []
        for one in instances(source, Reader(privacy), name):
            if isinstance(one, Instance):
                found.append(one)
            else:
                self.findings.append(one)
        self.units: list[Unit] = group(found)
