"""Quads from DICOM: one graph for a series of images, one for a structured report."""

from __future__ import annotations

from collections.abc import Callable

from ontomedirad.dicom.identity import leaks
from ontomedirad.dicom.series import Unit
from ontomedirad.errors import NotConforming
from ontomedirad.report import Finding, Level, collect
from ontomedirad.settings import Settings
from ontomedirad.translation.dicom.graph import Graph
from ontomedirad.translation.dicom.image import Image
from ontomedirad.translation.dicom.objects import Map, Segmentation
from ontomedirad.translation.dicom.report import Report
from ontomedirad.translation.result import Translation

_LITERAL = '"'


def judge(unit: Unit, settings: Settings) -> list[Finding]:
    """What keeps a series or report out: that nothing of it is carried, or an identity."""
    if unit.route.handling == "none" or not graph_of(unit, settings):
        hint = "images of CT, PET and NM, segmentations, dose maps and dose reports are"
        message = f"objects of this kind are not carried: {unit.route.name}"
        return [Finding(Level.must, "dicom-kind", message, unit.place("SOPClassUID (0008,0016)"), hint)]
    found = list(unit.findings)
    for instance in unit.instances:
        found += instance.identity.findings(settings.privacy, instance.name)
    return list(dict.fromkeys(found))


def graph_of(unit: Unit, settings: Settings) -> Graph | None:
    """The graph that a unit's statements go to, still empty; None where nothing of it is carried."""
    header = unit.first.header
    if unit.route.handling == "report":
        known = Report.kind(unit)
        return Graph(unit, settings, "report", header.text("SOPInstanceUID")) if known else None
    return Graph(unit, settings, "series", header.text("SeriesInstanceUID"))


def graph_name(unit: Unit, settings: Settings) -> str:
    """The IRI of the graph that a unit makes; empty where nothing of it is carried."""
    graph = graph_of(unit, settings)
    return graph.graph[1:-1] if graph is not None else ""


def translate_unit(unit: Unit, settings: Settings | None = None) -> Translation:
    """The graph of a series or report. Raises NotConforming where its gate refuses it."""
    settings = settings or Settings()
    found = judge(unit, settings)
    if any(f.level is Level.must for f in found):
        raise NotConforming(collect(found, unit.name))
    graph = graph_of(unit, settings)
    assert graph is not None
    _WRITERS[unit.route.handling](graph)
    found += graph.told()
    found += _leaked(unit, graph, settings)
    report = collect(found, unit.name)
    if not report.conforms():
        raise NotConforming(report)
    return Translation(graph.graph[1:-1], graph.nquads(), report, unit, graph.places, settings.fingerprint)


def _leaked(unit: Unit, graph: Graph, settings: Settings) -> list[Finding]:
    """The gate of what gets out: nothing that a source said about a person is in a text of the graph."""
    secrets: dict[str, str] = {}
    for instance in unit.instances:
        secrets |= instance.identity.secrets
    secrets = {text: where for text, where in secrets.items() if not settings.privacy.site(text)}
    if not secrets:
        return []
    said = {line.partition(_LITERAL)[2].rpartition(_LITERAL)[0] for line in graph.lines if _LITERAL in line}
    texts = {text for text in said if any(c.isalpha() for c in text)}
    return [
        Finding(
            Level.must,
            "dicom-identity-in-graph",
            f"what {where} holds turns up in the graph",
            unit.place(where),
            "take the text that repeats it off the list of texts, or clean the source",
        )
        for where in leaks(secrets, texts)
    ]


_WRITERS: dict[str, Callable[[Graph], None]] = {
    "image": lambda graph: Image(graph).describe(),
    "derived": lambda graph: Image(graph).describe(),
    "segmentation": lambda graph: Segmentation(graph).describe(),
    "structures": lambda graph: Segmentation(graph).describe(),
    "dose": lambda graph: Map(graph).describe(),
    "map": lambda graph: Map(graph).describe(),
    "report": lambda graph: Report(graph).describe(),
}

__all__ = ["Graph", "graph_name", "judge", "translate_unit"]
