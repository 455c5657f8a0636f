"""One DICOM instance: read from a file, bytes, pydicom or JSON into what may be kept of it.

Headers only: reading stops before pixels (pydicom, `stop_before_pixels`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any, TypeVar

from pydicom import Dataset, dcmread
from pydicom.errors import InvalidDicomError

from ontomedirad.dicom.allowed import image_classes, varying_tags
from ontomedirad.dicom.elements import Elements, JsonElements, PydicomElements
from ontomedirad.dicom.header import Header, take
from ontomedirad.dicom.identity import Clean, Identity, examine
from ontomedirad.dicom.trees import Item, tree
from ontomedirad.privacy import Privacy
from ontomedirad.report import Finding, Level, Place

PREAMBLE = 128
MAGIC = b"DICM"
_PORTION = 64 * 1024
"""Most headers are shorter; reading them at once is quicker than element by element."""
MAX_HEADER = 256 * 1024 * 1024
"""A header larger than this is not read; the largest enhanced objects have some tens of megabytes."""


@dataclass(slots=True)
class Instance:
    """What is kept of one instance; `content` is the tree of a structured report."""

    name: str
    header: Header
    identity: Identity
    digest: str
    content: Item | None = None

    @property
    def sop_class(self) -> str:
        """Its SOP Class UID."""
        return self.header.text("SOPClassUID")

    @property
    def uid(self) -> str:
        """Its SOP Instance UID."""
        return self.header.text("SOPInstanceUID")

    @property
    def series(self) -> str:
        """Its Series Instance UID."""
        return self.header.text("SeriesInstanceUID")


class Damaged(Exception):
    """A source is no DICOM, or broken; `problem` says how, without quoting it."""

    def __init__(self, problem: str, hint: str = "") -> None:
        self.problem, self.hint = problem, hint
        super().__init__(problem)

    def finding(self, name: str) -> Finding:
        """As a finding at *must*."""
        return Finding(Level.must, "dicom-unreadable", self.problem, Place(name), self.hint)


class Reader:
    """Reads instances one after another; of a series' later ones only what may vary in it."""

    def __init__(self, privacy: Privacy) -> None:
        self.privacy = privacy
        self._begun: set[str] = set()
        self._clean: Clean = set()

    def file(self, file: IO[bytes], name: str, force: bool = False) -> Instance:
        """The instance in an open file. Raises Damaged."""
        start = file.read(_PORTION)
        header, end = BytesIO(start), len(start)
        try:
            dataset = dcmread(header, stop_before_pixels=True, force=force)
            end = header.tell()
        except Exception:  # cut off by the portion, or broken: the whole file tells
            end = len(start)
        if end < len(start):
            return self.dataset(dataset, name, hashlib.sha256(start[:end]).hexdigest())
        return self._whole(file, name, force)

    def _whole(self, file: IO[bytes], name: str, force: bool) -> Instance:
        """As `file`, where the header is longer than the first portion of it."""
        file.seek(0)
        dataset = _guarded(lambda: dcmread(file, stop_before_pixels=True, force=force))
        end = file.tell()
        file.seek(0)
        digest = hashlib.sha256(file.read(min(end, MAX_HEADER))).hexdigest()
        return self.dataset(dataset, name, digest)

    def bytes(self, content: bytes, name: str) -> Instance:
        """The instance in bytes. Raises Damaged."""
        return self.file(BytesIO(content), name, force=not has_preamble(content))

    def dataset(self, dataset: Dataset, name: str, digest: str = "") -> Instance:
        """The instance that pydicom read. Raises Damaged."""
        return _guarded(lambda: self._taken(PydicomElements(dataset), name, digest))

    def json(self, members: Mapping[str, Any], name: str) -> Instance:
        """An instance in the DICOM JSON model (PS3.18, F). Raises Damaged."""
        return _guarded(lambda: self._taken(JsonElements(members), name, ""))

    def _taken(self, elements: Elements, name: str, digest: str) -> Instance:
        series = next(iter(elements.texts(0x0020000E)), "")
        sop_class = next(iter(elements.texts(0x00080016)), "")
        again = series in self._begun and sop_class in image_classes()
        header = take(elements, varying_tags() if again else None)
        if not header.text("SOPClassUID") or not series:
            raise Damaged("holds no DICOM image or report: it has no SOP Class UID or Series Instance UID")
        self._begun.add(series)
        content = tree(elements) if elements.items(0x0040A730) else None
        identity = examine(elements, self.privacy, self._clean)
        return Instance(name, header, identity, digest or _digest(header, content), content)


def has_preamble(content: bytes) -> bool:
    """Whether bytes begin as a DICOM file does (PS3.10, 7.1)."""
    return content[PREAMBLE : PREAMBLE + len(MAGIC)] == MAGIC


def _digest(header: Header, content: Item | None) -> str:
    return hashlib.sha256(f"{header!r}{content!r}".encode()).hexdigest()


T = TypeVar("T")


def _guarded(read: Callable[[], T]) -> T:
    """What `read` gives; whatever pydicom raises on bytes that are broken becomes Damaged."""
    try:
        return read()
    except Damaged:
        raise
    except InvalidDicomError:
        raise Damaged("is no DICOM file", "expected DICM after a preamble of 128 bytes") from None
    except (KeyboardInterrupt, SystemExit):
        raise
    except Exception as error:
        kind = type(error).__name__
        raise Damaged(
            f"is damaged: it cannot be read to the end of its header ({kind})",
            "fetch it again from the archive",
        ) from None
