"""What a DICOM source is, and the instances in it: a file, folder, DICOMDIR, zip, JSON, data sets.

Damaged and foreign files are findings; reading goes on after them.
"""

from __future__ import annotations

import json
import lzma
import os
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from pydicom import Dataset

from ontomedirad.dicom.instances import MAGIC, PREAMBLE, Damaged, Instance, Reader, has_preamble
from ontomedirad.errors import SourceError
from ontomedirad.report import Finding, Level, Place

MAX_MEMBER = 1 << 30
MAX_TOTAL = 8 << 30
MAX_RATIO = 1000
"""A zip's member larger than this, unpacked, or packed tighter, is not unpacked."""

_ZIP = b"PK\x03\x04"
_LEFT = "dicom-left-out"


def instances(source: Any, reader: Reader, name: str = "") -> Iterator[Instance | Finding]:
    """Each instance of the source, and a finding for each file that holds none."""
    if isinstance(source, Dataset):
        yield from _one(lambda: reader.dataset(source, name or "data set"), name or "data set")
    elif isinstance(source, dict):
        yield from _one(lambda: reader.json(source, name or "JSON"), name or "JSON")
    elif isinstance(source, Sequence) and not isinstance(source, (str, bytes)):
        for number, part in enumerate(source, 1):
            label = "" if isinstance(part, (str, os.PathLike)) else f"{name or 'data set'} {number}"
            yield from instances(part, reader, label)
    elif isinstance(source, bytes):
        yield from _content(source, reader, name or "bytes")
    elif hasattr(source, "read"):
        label = name or str(getattr(source, "name", "") or "file")
        yield from _content(_read(source, label), reader, label)
    elif isinstance(source, (str, os.PathLike)):
        yield from _path(Path(os.fspath(source)), reader, name)
    else:
        yield Damaged("is no DICOM").finding(name or "source")


def _path(path: Path, reader: Reader, name: str) -> Iterator[Instance | Finding]:
    label = name or str(path)
    if path.is_dir():
        for inner in sorted(p for p in path.rglob("*") if p.is_file()):
            yield from _file(inner, reader, str(inner))
    elif path.name == "DICOMDIR":
        yield from _directory(path, reader)
    elif not path.exists():
        raise SourceError(label, "does not exist")
    else:
        yield from _file(path, reader, label, alone=True)


def _file(path: Path, reader: Reader, label: str, alone: bool = False) -> Iterator[Instance | Finding]:
    try:
        with path.open("rb") as file:
            start = file.read(PREAMBLE + len(MAGIC))
            if path.name == "DICOMDIR":
                return
            if has_preamble(start) or (alone and not _packed(start)):
                file.seek(0)
                if alone and start.lstrip()[:1] in (b"{", b"["):
                    yield from _content(file.read(), reader, label)
                else:
                    yield from _one(lambda: reader.file(file, label, force=not has_preamble(start)), label)
            elif start.startswith(_ZIP):
                file.seek(0)
                yield from _zipped(file, reader, label)
            elif path.suffix.lower() == ".json":
                file.seek(0)
                yield from _content(file.read(), reader, label)
            elif path.suffix.lower() in (".dcm", ".dicom", ".ima"):
                file.seek(0)
                yield from _one(lambda: reader.file(file, label, force=True), label)
            elif not alone:
                yield Finding(Level.may, _LEFT, "is no DICOM file and was left out", Place(label))
    except OSError as error:
        yield Finding(Level.must, "dicom-unreadable", f"cannot be read: {error.strerror}", Place(label))


def _packed(start: bytes) -> bool:
    return start.startswith(_ZIP)


def _content(content: bytes, reader: Reader, label: str) -> Iterator[Instance | Finding]:
    if content.startswith(_ZIP):
        yield from _zipped(BytesIO(content), reader, label)
    elif content.lstrip()[:1] in (b"{", b"["):
        try:
            found = json.loads(content)
        except (ValueError, RecursionError):
            yield Damaged("is not JSON").finding(label)
            return
        yield from instances(found, reader, label)
    else:
        yield from _one(lambda: reader.bytes(content, label), label)


def _one(read: Any, label: str) -> Iterator[Instance | Finding]:
    try:
        yield read()
    except Damaged as damage:
        yield damage.finding(label)


_BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    ValueError,
)
"""What reading a zip archive raises that is damaged, encrypted or packed in an unknown way."""


def _zipped(file: IO[bytes], reader: Reader, label: str) -> Iterator[Instance | Finding]:
    total = 0
    try:
        archive = zipfile.ZipFile(file)
        members = sorted(archive.infolist(), key=lambda i: i.filename)
    except _BROKEN_ZIP:
        yield Damaged("is a damaged zip archive").finding(label)
        return
    with archive:
        for info in members:
            inside = f"{label}/{info.filename}"
            total += info.file_size
            tight = info.file_size > MAX_RATIO * max(info.compress_size, 1)
            if not info.filename or info.is_dir() or info.filename.endswith("DICOMDIR"):
                continue
            if info.file_size > MAX_MEMBER or total > MAX_TOTAL or tight:
                yield Damaged("is too large to be unpacked").finding(inside)
                continue
            try:
                content = archive.read(info)
            except _BROKEN_ZIP:
                yield Damaged("is damaged or encrypted in its archive").finding(inside)
                continue
            if has_preamble(content) or info.filename.lower().endswith((".dcm", ".json")):
                yield from _content(content, reader, inside)
            else:
                yield Finding(Level.may, _LEFT, "is no DICOM file and was left out", Place(inside))


def _directory(path: Path, reader: Reader) -> Iterator[Instance | Finding]:
    """The files that a DICOMDIR lists (PS3.3, F.3); paths that lead out of its folder are refused."""
    from pydicom import dcmread

    root = path.parent.resolve()
    try:
        listed = [
            [r.ReferencedFileID] if isinstance(r.ReferencedFileID, str) else list(r.ReferencedFileID)
            for r in dcmread(path).DirectoryRecordSequence
            if "ReferencedFileID" in r
        ]
    except Exception as error:
        yield Damaged(f"is a damaged DICOMDIR ({type(error).__name__})").finding(str(path))
        return
    for parts in listed:
        target = root.joinpath(*map(str, parts))
        if not target.resolve().is_relative_to(root):
            yield Damaged("lists a file outside of its folder").finding(str(path))
        elif not target.is_file():
            yield Finding(
                Level.should, "dicom-unreadable", "is listed in DICOMDIR and absent", Place(str(target))
            )
        else:
            yield from _file(target, reader, str(target), alone=True)


def _read(file: Any, label: str) -> bytes:
    try:
        content = file.read()
    except (OSError, ValueError):
        raise SourceError(label, "cannot be read", "open it in binary mode") from None
    if not isinstance(content, bytes):
        raise SourceError(label, "is open as text", "open it in binary mode")
    return content
