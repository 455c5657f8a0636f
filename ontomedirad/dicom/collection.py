"""A source read whole: its series and reports, and what was wrong with its files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from ontomedirad.dicom.instances import Instance, Reader
from ontomedirad.dicom.series import Unit, group
from ontomedirad.dicom.sources import instances
from ontomedirad.errors import SourceError
from ontomedirad.privacy import Privacy
from ontomedirad.report import Finding, Level


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
        nothing = not found and not any(f.level is Level.must for f in self.findings)
        if nothing:
            path = isinstance(source, (str, os.PathLike))
            folder = path and Path(source).is_dir()
            problem = "is a folder, and holds no DICOM" if folder else "holds no DICOM"
            raise SourceError(name or (str(source) if path else "source"), problem)
