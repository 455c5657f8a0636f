"""Which kind of source something is: a descriptor, or DICOM. Reads only its first bytes."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Any

_START = 132
_JSON = re.compile(rb'\s*\[?\s*\{\s*"[0-9A-Fa-f]{8}"')
_JSON_TAG = re.compile("[0-9A-Fa-f]{8}")
_SUFFIXES = {".dcm", ".dicom", ".ima"}


def is_dicom(source: Any) -> bool:
    """Whether a source is DICOM; what is neither is taken for a descriptor, whose reader tells.

    A folder is DICOM; so are data sets of pydicom, DICOM JSON, files that are called so, and files
    or bytes that begin as DICOM, zip or DICOM JSON do.
    """
    if isinstance(source, (list, tuple)):
        return bool(source) and all(isinstance(part, str) or is_dicom(part) for part in source)
    if isinstance(source, dict):
        return any(_JSON_TAG.fullmatch(str(key)) for key in source)
    if isinstance(source, bytes):
        return starts_as_dicom(source[:_START])
    if isinstance(source, (str, os.PathLike)):
        return bool(os.fspath(source)) and _path_is_dicom(Path(source))
    if hasattr(source, "read") and hasattr(source, "seek"):
        return _file_is_dicom(source)
    pydicom = sys.modules.get("pydicom")
    return pydicom is not None and isinstance(source, pydicom.Dataset)


def starts_as_dicom(start: bytes) -> bool:
    """Whether bytes begin as a DICOM file (PS3.10, 7.1), a zip or DICOM JSON do."""
    return start[128:132] == b"DICM" or start.startswith(b"PK\x03\x04") or bool(_JSON.match(start))


def _path_is_dicom(path: Path) -> bool:
    try:
        if path.is_dir() or path.name == "DICOMDIR" or path.suffix.lower() in _SUFFIXES:
            return path.exists()
        with path.open("rb") as file:
            return starts_as_dicom(file.read(_START))
    except (OSError, ValueError):
        return False


def _file_is_dicom(file: Any) -> bool:
    try:
        place = file.tell()
        start = file.read(_START)
        file.seek(place)
    except (OSError, ValueError):
        return False
    return isinstance(start, bytes) and starts_as_dicom(start)
