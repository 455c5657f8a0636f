"""Quads from descriptors: identity, quantities, provenance, and where each node came from."""

from __future__ import annotations

from ontomedirad.descriptor.read import Document, Source, read
from ontomedirad.report import Report
from ontomedirad.settings import Settings
from ontomedirad.translation.build import Build
from ontomedirad.translation.result import Translation
from ontomedirad.translation.translator import translator


def translate_document(document: Document, report: Report, settings: Settings | None = None) -> Translation:
    """The graph of a document that was already judged; see `ontomedirad.translation`."""
    settings = settings or Settings()
    build = Build(document, settings)
    root = document.dicom or document.root
    translator(type(root)).describe(build, root, "", f"/{type(root).__name__}", ())
    build.finish()
    return Translation(
        build.graph[1:-1], build.nquads(), report, document, build.elements, settings.fingerprint
    )


__all__ = ["Document", "Source", "Translation", "read", "translate_document"]
