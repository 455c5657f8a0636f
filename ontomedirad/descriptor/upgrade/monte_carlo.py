"""Steps of the CT doses by Monte Carlo simulation (WP2, subtask 2.1.2), as written until October 2019."""

from __future__ import annotations

from lxml import etree

from ontomedirad.descriptor.upgrade.draft import (
    Done,
    Draft,
    Outcome,
    Refused,
    Steps,
    child,
    local,
    named,
    said,
)

STEPS = Steps()

_MAP = "VoxelBasedDistributionOfAbsorbedDose"
_MAP_FILE = "NonDICOMVoxelBasedAbsorbedDoseDistribution"
_DOSES = "CalculationOfAbsorbedDosesInVOIs"


def _in(element: etree._Element, *parents: str) -> bool:
    return local(element.getparent()) in parents


def _has(element: etree._Element, *tags: str) -> bool:
    return any(child(element, tag) is not None for tag in tags)


@STEPS.add(
    "U6",
    "VOIData",
    "NonDICOMVOIContainer",
    known="2018, October 2019",
    was="Each file of a VOI is a `VOIData` or `NonDICOMVOIContainer` in `VOIDescriptorProduced`.",
    now="Each is a `NonDICOMData` in `NonDICOMDataContainer`.",
)
def _files_of_voi(draft: Draft, element: etree._Element) -> Done | None:
    if not _in(element, "VOIDescriptorProduced"):
        return None
    former = local(element)
    draft.gather(element, "NonDICOMDataContainer", "NonDICOMData")
    return Done(f"{former} is read as a NonDICOMData of NonDICOMDataContainer")


@STEPS.add(
    "U7",
    "VOIDescriptorProduced",
    known="2018, October 2019",
    was="`VOIDescriptorProduced` is one VOI, and is repeated.",
    now="It holds all, each a `VOI`.",
)
def _voi(draft: Draft, element: etree._Element) -> Done | None:
    if not _in(element, "CTSegmentation") or not _has(element, "VOIIdentifier", "OrganOrTissue"):
        return None
    draft.gather(element, "VOIDescriptorProduced", "VOI")
    return Done("VOIDescriptorProduced is read as a VOI of VOIDescriptorProduced")


_SOFTWARE = {"SegmentationMethodUsed": "SoftwareNamesUsed", "MonteCarloMethodUsed": "SoftwareNames"}


@STEPS.add(
    "U8",
    "SoftwareName",
    known="2018, October 2019",
    was="`SoftwareName` stands in the method.",
    now="It stands in `SoftwareNamesUsed` of a segmentation, in `SoftwareNames` of a simulation.",
)
def _software(draft: Draft, element: etree._Element) -> Done | None:
    container = _SOFTWARE.get(local(element.getparent()))
    if container is None:
        return None
    draft.gather(element, container, "SoftwareName")
    return Done(f"SoftwareName is read as one of {container}")


@STEPS.add(
    "U9",
    "MonteCarloMethodSetting",
    known="2018, October 2019",
    was="`MonteCarloMethodSetting` is one setting, and is repeated.",
    now="It holds all, each a `MethodSettingType`.",
)
def _setting(draft: Draft, element: etree._Element) -> Done | None:
    if not _in(element, "MonteCarloMethodUsed") or not _has(element, "MethodSetting", "MethodSettingValue"):
        return None
    draft.gather(element, "MonteCarloMethodSetting", "MethodSettingType")
    return Done("MonteCarloMethodSetting is read as a MethodSettingType of MonteCarloMethodSetting")


@STEPS.add(
    "U10",
    "SimulatedImagingDevice",
    known="2018, October 2019",
    was="`SimulatedImagingDevice` stands in the method, before its settings.",
    now="It stands in `SimulatedImagingDevices`, after them.",
)
def _device(draft: Draft, element: etree._Element) -> Done | None:
    method = element.getparent()
    if method is None or local(method) != "MonteCarloMethodUsed":
        return None
    draft.gather(element, "SimulatedImagingDevices", "SimulatedImagingDevice")
    container = element.getparent()
    assert container is not None
    method.append(container)
    return Done("SimulatedImagingDevice is read as one of SimulatedImagingDevices")


@STEPS.add(
    "U11",
    f"{_MAP}Produced",
    known="2018",
    was="A dose map has no identifier: where it is used, it is said again.",
    now="Its identifier is the name of its file, which tells the maps apart. Refused where it has no file.",
)
def _map_identifier(draft: Draft, element: etree._Element) -> Outcome | None:
    if child(element, f"{_MAP}Identifier") is not None or not draft.once(_says_maps_again):
        return None
    name = _file_of(element)
    if not name:
        return Refused(
            f"{_MAP}Produced has neither an identifier nor a file that could identify it",
            f"give it a {_MAP}Identifier, and name that where the map is used",
        )
    element.insert(0, draft.make(f"{_MAP}Identifier", element, name))
    return Done(f"{_MAP}Produced gets the name of its file for an identifier")


@STEPS.add(
    "U12",
    f"{_MAP}Used",
    known="2018",
    was="The dose map used is said again, whole.",
    now="Its identifier is named. Refused where no map that the file set produces says the same.",
)
def _map_used(draft: Draft, element: etree._Element) -> Outcome | None:
    if not _in(element, _DOSES):
        return None
    identifier = draft.once(_maps).get(_says(element))
    if not identifier:
        return Refused(
            f"{_MAP}Used is none of the maps that the file set produces: category, unit or file differ",
            f"make it agree with its {_MAP}Produced",
        )
    used = draft.make(f"{_MAP}IdentifierUsed", element, identifier)
    element.addprevious(used)
    draft.remove(element)
    return Done(f"{_MAP}Used is read as the identifier of the map that says the same")


def _says_maps_again(draft: Draft) -> bool:
    return draft.document.tree.find(f".//{named(f'{_MAP}Used')}") is not None


def _file_of(dose_map: etree._Element) -> str:
    file = child(dose_map, _MAP_FILE)
    return "" if file is None else said(child(file, "NonDICOMDataFileName"))


def _maps(draft: Draft) -> dict[tuple[tuple[str, str], ...], str]:
    """The identifier of each map produced, by what it says of itself."""
    maps = reversed(list(draft.root.iter(named(f"{_MAP}Produced"))))
    return {_says(m): said(child(m, f"{_MAP}Identifier")) for m in maps}


def _says(dose_map: etree._Element) -> tuple[tuple[str, str], ...]:
    """What a map says of itself, without its identifier."""
    apart = f"{_MAP}Identifier"
    return tuple((local(e), said(e)) for e in dose_map.iter() if not len(e) and local(e) != apart)


@STEPS.add(
    "U13",
    "VOIDescriptorUsed",
    known="2018",
    was="A VOI used is said again, with its label.",
    now="Its identifier is named. Refused where the label is not that of the VOI declared.",
)
def _voi_used(draft: Draft, element: etree._Element) -> Outcome | None:
    if not _in(element, _DOSES):
        return None
    outcome, number = _named_voi(draft, element, "VOIIdentifierUsed")
    if number is not None:
        draft.gather(number, "VOIIdentifierUsed", "VOIIdentifierUsed")
    return outcome


@STEPS.add(
    "U14",
    "VOI",
    known="2018",
    was="The VOI of a dose is said again, with its label.",
    now="Its identifier is named. Refused where the label is not that of the VOI declared.",
)
def _voi_of_dose(draft: Draft, element: etree._Element) -> Outcome | None:
    if not _in(element, "AbsorbedDosePerVOI", "AbsorbedDosePerVOIProduced"):
        return None
    outcome, _ = _named_voi(draft, element, "VOIIdentifier")
    return outcome


def _named_voi(
    draft: Draft, element: etree._Element, tag: str
) -> tuple[Outcome | None, etree._Element | None]:
    """Put the identifier of a VOI, as element `tag`, in the place of what says the VOI again."""
    number, label = child(element, "VOIId"), child(element, "VOILabel")
    if number is None:
        return None, None
    if label is not None and said(label) != draft.once(_labels).get(said(number), said(label)):
        problem = f"VOILabel in {local(element)} is not that of the VOI declared with this VOIId"
        return Refused(problem, "make both agree"), None
    identifier = draft.make(tag, number, number.text)
    element.addprevious(identifier)
    draft.remove(element)
    return Done(f"{local(element)} is read as {tag}, which names the VOI"), identifier


def _labels(draft: Draft) -> dict[str, str]:
    """The label of each VOI by its identifier, as the source declares them."""
    vois = draft.document.tree.iter(named("VOIDescriptorProduced"))
    return {said(child(voi, "VOIId")): said(child(voi, "VOILabel")) for voi in vois}


@STEPS.add(
    "U15",
    "VOIIdentifierUsed",
    known="October 2019",
    was="`VOIIdentifierUsed` is one identifier, and is repeated.",
    now="It holds all, each a `VOIIdentifierUsed`.",
)
def _voi_identifier(draft: Draft, element: etree._Element) -> Done | None:
    if not _in(element, _DOSES) or len(element) or not said(element):
        return None
    draft.gather(element, "VOIIdentifierUsed", "VOIIdentifierUsed")
    return Done("VOIIdentifierUsed is read as one of VOIIdentifierUsed")


@STEPS.add(
    "U16",
    "AbsorbedDosePerVOI",
    "AbsorbedDosePerVOIProduced",
    known="2018, October 2019",
    was="`AbsorbedDosePerVOIProduced`, in 2018 `AbsorbedDosePerVOI`, is one dose, and is repeated.",
    now="`AbsorbedDosePerVOIProduced` holds all, each an `AbsorbedDosePerVOIType`.",
)
def _dose(draft: Draft, element: etree._Element) -> Done | None:
    if not _in(element, _DOSES) or not _has(element, "AbsorbedDoseCategory", "AbsorbedDoseValue"):
        return None
    former = local(element)
    draft.gather(element, "AbsorbedDosePerVOIProduced", "AbsorbedDosePerVOIType")
    return Done(f"{former} is read as an AbsorbedDosePerVOIType of AbsorbedDosePerVOIProduced")
