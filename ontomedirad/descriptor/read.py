"""From a source to a judged document: safe reading, the XSD gate, the models.

Any DOCTYPE is refused, entities stay unresolved, nothing is fetched, and size, depth, text and
number of elements have limits (OWASP XML External Entity Prevention).
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import IO, Any

from lxml import etree

from ontomedirad.descriptor.block import Block
from ontomedirad.descriptor.dicom_set import DicomFileSetDescriptor
from ontomedirad.descriptor.document import ROOTS, NonDicomFileSetDescriptor, whole
from ontomedirad.descriptor.standing import Reading, Standing
from ontomedirad.errors import SourceError
from ontomedirad.report import Place

Source = str | os.PathLike[str] | bytes | IO[bytes] | etree._Element | etree._ElementTree | Block

MAX_BYTES = 32 * 1024 * 1024
MAX_ELEMENTS = 1_000_000
"""Beyond these no descriptor goes; libxml2 adds 256 levels of depth and 10 MB for one text."""

_VERSION = re.compile(r"\s*VersionSchemas\s*:\s*(\d+)\s*")
_STEP = re.compile(r"\{[^}]*\}")
_LONGEST_NAME = 200

_PROBLEMS = {
    "ERR_DOCUMENT_EMPTY": "it does not start with an element",
    "ERR_DOCUMENT_END": "something stands after the end of the root element",
    "ERR_INVALID_CHAR": "a character is not allowed in XML",
    "ERR_INVALID_ENCODING": "its bytes are not of the encoding it declares (UTF-8 where it declares none)",
    "ERR_UNSUPPORTED_ENCODING": "the encoding it declares is not known",
    "ERR_RESOURCE_LIMIT": "it is too deep, or a text in it too long, or its entities expand too far",
    "ERR_NAME_REQUIRED": "a < or & stands where no element or entity follows: write &lt; or &amp;",
    "ERR_UNDECLARED_ENTITY": "an entity is not defined: write &amp; where an & is meant",
    "ERR_TAG_NAME_MISMATCH": "an element is closed by the end of another",
    "ERR_TAG_NOT_FINISHED": "it ends before all elements are closed",
    "ERR_GT_REQUIRED": "the tag of an element is not closed by >",
    "ERR_RESERVED_XML_NAME": "something stands before the XML declaration",
    "NS_ERR_UNDEFINED_NAMESPACE": "a prefix has no namespace",
}
"""What libxml2's errors mean. Its own messages quote the source, and are not told."""


@dataclass(eq=False)
class Document:
    """A descriptor that was read: its tree, its models, and where each model stands.

    `root` holds None for what the source lacks or what cannot be read as its type; whether the
    source obeys the XSD is the report of `ontomedirad.validate`.
    """

    tree: etree._Element
    name: str
    version: str
    source_hash: str
    source: Document | None = None
    """The document as it was read, where this one is upgraded from it."""
    origins: Mapping[etree._Element, etree._Element] = field(default_factory=dict)
    """Of each element of an upgraded document the element of its source that it stands for."""

    @cached_property
    def models(self) -> Block:
        """The model of the root element, made once."""
        self.reading = Reading()
        tag = etree.QName(self.tree).localname
        plan = ROOTS.get(tag, NonDicomFileSetDescriptor).plan()
        return self.reading.block(self.tree, plan, f"/{tag}").model

    @cached_property
    def root(self) -> NonDicomFileSetDescriptor:
        """The descriptor that the document is, or the one that stands for it (see `whole`)."""
        models = self.models
        root, standing = whole(models), self.standing_of(models)
        for made in (root, root.study, root.calibration):
            if made is not None and id(made) not in self.reading.standings:
                self.reading.enter(made, self.tree, standing.path).said = standing.said
        if self.dicom is not None:
            for made, said in ((root, self.dicom.patient), (root.study, self.dicom.study)):
                if said is not None:
                    self.standing_of(made).element = self.element_of(said)
        return root

    @property
    def dicom(self) -> DicomFileSetDescriptor | None:
        """The models of a DICOM file set's descriptor; None of any other."""
        return self.models if isinstance(self.models, DicomFileSetDescriptor) else None

    @property
    def stated_version(self) -> str:
        """The version of the schema that the source names, before any upgrade; empty where it names none."""
        return (self.source or self).version

    @property
    def readable(self) -> bool:
        """Whether every leaf is of its type. libxml2 lets some pass that are not, such as 12E."""
        return self.models is not None and not self.reading.unreadable

    @cached_property
    def digest(self) -> str:
        """SHA-256 of what the document says, whatever its white space, comments and prefixes.

        FHIR identifiers, which the archive fills in later, and the order of lists do not count:
        descriptors that hold the same facts describe one file set.
        """
        said = f"{self.tree.tag!s} {self.standing_of(self.models).said}"
        return hashlib.sha256(said.encode()).hexdigest()

    def standing_of(self, model: Block) -> Standing:
        """Where a model was read from."""
        return self.reading.standings[id(model)]

    def element_of(self, model: Block) -> etree._Element:
        """The element a model was read from."""
        return self.reading.standings[id(model)].element

    def place(self, element: etree._Element, node: str = "") -> Place:
        """File, line and path of an element; of an upgraded document those in its source."""
        element = self.origins.get(element, element)
        return Place(self.name, element.sourceline, path_of(element), node)


def path_of(element: etree._Element) -> str:
    """The element's path without namespaces, with positions: `/Root/Box[2]/Value`."""
    path = element.getroottree().getelementpath(element)
    steps = "" if path == "." else "/" + _STEP.sub("", path)
    root = etree.QName(element.getroottree().getroot()).localname
    return f"/{root}{steps}"


def read(source: Source, name: str = "") -> Document:
    """The document that `source` holds.

    A str or path is a file; content comes as bytes, a binary file object, an lxml element or
    tree, or as models. Raises SourceError when there is no XML to speak of.
    """
    if isinstance(source, Block):
        from ontomedirad.descriptor.write import to_xml

        return read(to_xml(source), name or "descriptor")
    if isinstance(source, (etree._Element, etree._ElementTree)):
        root = source if isinstance(source, etree._Element) else source.getroot()
        label = name or "descriptor"
        if root is None or not isinstance(root.tag, str):
            raise SourceError(label, "holds no element")
        _refuse_entities(root, label)
        content = etree.tostring(root, with_tail=False)
        return _document(deepcopy(root), label, hashlib.sha256(content).hexdigest())
    content, label = _content(source, name)
    return parse(content, label)


def _content(source: Any, name: str) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return _capped(source, name or "descriptor"), name or "descriptor"
    if isinstance(source, (str, os.PathLike)):
        path = Path(source)
        label = name or _named(path)
        try:
            with path.open("rb") as file:
                return _capped(file.read(MAX_BYTES + 1), label), label
        except IsADirectoryError:
            raise SourceError(label, "is a folder, not a file", "name the descriptor in it") from None
        except FileNotFoundError:
            raise SourceError(label, "does not exist") from None
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "it is no usable file name"
            raise SourceError(label, f"cannot be read: {reason}") from None
    if hasattr(source, "read"):
        label = name or str(getattr(source, "name", "") or "descriptor")
        return _capped(_drained(source, label), label), label
    raise SourceError(name or "source", f"is no source: {type(source).__name__}")


def _named(path: Path) -> str:
    """The path as messages show it; not where it is content that was taken for a path."""
    text = str(path)
    return text if "<" not in text and len(text) <= _LONGEST_NAME else "this path"


def _drained(file: IO[bytes], label: str) -> bytes:
    """All bytes of an open file, which may give them in portions, up to just beyond the limit."""
    content = bytearray()
    while len(content) <= MAX_BYTES:
        try:
            portion = file.read(MAX_BYTES + 1 - len(content))
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "it is closed, or open for another purpose"
            raise SourceError(label, f"cannot be read: {reason}", "open it in binary mode") from None
        if not isinstance(portion, bytes):
            raise SourceError(label, "is open as text", "open it in binary mode")
        if not portion:
            break
        content += portion
    return bytes(content)


def _capped(content: bytes, label: str) -> bytes:
    if len(content) > MAX_BYTES:
        raise SourceError(label, f"is larger than {MAX_BYTES // 1024 // 1024} MB")
    return content


def parse(content: bytes, label: str) -> Document:
    """The document in `content`; SourceError where it is not well-formed or breaks a limit."""
    if not content.strip():
        raise SourceError(label, "is empty")
    if content.startswith(b"\x1f\x8b"):
        raise SourceError(label, "is compressed by gzip", "unpack it first")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        tree = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        kind = next((e.type_name for e in error.error_log if e.type_name in _PROBLEMS), "")
        problem = _PROBLEMS.get(kind, "it is not well-formed")
        raise SourceError(f"{label}:{error.lineno or 1}", f"is not usable XML: {problem}") from None
    _refuse_entities(tree, label)
    return _document(tree, label, hashlib.sha256(content).hexdigest())


def _refuse_entities(tree: etree._Element, label: str) -> None:
    if tree.getroottree().docinfo.internalDTD is not None:
        raise SourceError(label, "has a DOCTYPE", "a descriptor needs none: remove it")


def _document(tree: etree._Element, label: str, source_hash: str) -> Document:
    if int(tree.xpath("count(//*)")) > MAX_ELEMENTS:
        raise SourceError(label, f"has more than {MAX_ELEMENTS:,} elements")
    said = (_VERSION.fullmatch(c.text or "") for c in tree.getroottree().getroot().iter(etree.Comment))
    version = next((m[1] for m in said if m), "")
    etree.strip_tags(tree, etree.Comment, etree.ProcessingInstruction)
    return Document(tree, label, version, source_hash)
