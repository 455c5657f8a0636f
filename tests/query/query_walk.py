"""What the answers must be, read off a descriptor's XML with XPath alone: no models, no graph."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

from lxml import etree

NS = {"d": "https://www.irdbb-medirad.com"}

ORGANS = {
    "air": "obo:FMA_84580",
    "bladder": "obo:FMA_15900",
    "body surface": "obo:FMA_61695",
    "bone": "obo:FMA_30317",
    "left kidney": "obo:FMA_7205",
    "left lung": "obo:FMA_7310",
    "liver": "obo:FMA_7197",
    "L2": "om:L2_L4_bone_marrow",
    "right kidney": "obo:FMA_7204",
    "right lung": "obo:FMA_7309",
    "salivary glands": "om:set_of_salivary_glands",
    "spleen": "obo:FMA_7196",
    "stomach": "obo:FMA_7148",
    "thyroid": "obo:FMA_9603",
}
"""Classes of the Foundational Model of Anatomy, and two of OntoMEDIRAD."""

SEGMENTATION = "VOISegmentationVOIMassDetermination"
REGISTRATION = "RegistrationVOISegmentationAndPropagation"
PROCESS_CLASSES = {
    SEGMENTATION: "om:VOI_segmentation_VOI_mass_determination",
    REGISTRATION: "om:registration_VOI_segmentation_and_propagation",
}


class Walk:
    """One descriptor's XML."""

    def __init__(self, xml: bytes) -> None:
        self.root = etree.fromstring(xml)
        self.patient = self.text(self.root, "d:PatientId")
        self.study = self.text(self.root, "d:ReferencedClinicalResearchStudy/d:ClinicalResearchStudyID")

    @staticmethod
    def text(element: etree._Element, path: str) -> str:
        found = element.xpath(f"string({path})", namespaces=NS)
        assert isinstance(found, str)
        return found

    def all(self, path: str, element: etree._Element | None = None) -> list[etree._Element]:
        start = self.root if element is None else element
        return start.xpath(path, namespaces=NS)  # type: ignore[return-value]

    def texts(self, path: str, element: etree._Element | None = None) -> list[str]:
        return [e.text or "" for e in self.all(path, element)]

    @property
    def organs(self) -> dict[str, str]:
        """Class of the organ by VOI identifier."""
        return {
            self.text(v, "d:VOIIdentifier"): ORGANS[self.text(v, "d:OrganOrTissue")]
            for v in self.all("//d:VOIProduced[d:OrganOrTissue]")
        }

    def doses(self) -> set[tuple[str, str, str, float, str, float | None]]:
        """(study, patient, organ, value, unit, uncertainty); the same dose may stand twice."""
        found: dict[tuple[str, float, str, tuple[str, ...]], float | None] = {}
        for dose in self.all("//d:AbsorbedDoseInVOIProduced[d:AbsorbedDoseInVOIValue]"):
            vois = tuple(sorted(self.texts("d:VOIIdentifierList/d:VOIIdentifierUsed", dose)))
            value = float(self.text(dose, "d:AbsorbedDoseInVOIValue"))
            unit = self.text(dose, "d:AbsorbedDoseUnit")
            stated = self.text(dose, "d:AbsorbedDoseInVOIUncertainty")
            for organ in {self.organs[v] for v in vois}:
                key = (organ, value, unit, vois)
                found[key] = float(stated) if stated else found.get(key)
        return {(self.study, self.patient, o, v, u, e) for (o, v, u, _), e in found.items()}

    @property
    def time_points(self) -> dict[str, set[str]]:
        """Time points of each DICOM series: those of every box that names it."""
        found = defaultdict(set)
        for box in self.all("//*[d:TimePointIdentifierUsed or d:TimePointDescription]"):
            named = self.texts("d:TimePointIdentifierUsed", box)
            named += self.texts("d:TimePointDescription//d:TimePointIdentifier", box)
            for series in self.texts(".//d:DICOMSeriesUID", box):
                found[series].update(named)
        return found

    def series(self, path: str) -> set[str]:
        return set(self.texts(f"{path}//d:DICOMSeriesUID"))

    def ct_images(self) -> set[tuple[str, str]]:
        """(series, time point) of CT images that segmentations and registrations used."""
        used = set().union(*(self.series(f"//d:{process}/d:CTReconUsed") for process in PROCESS_CLASSES))
        return {(s, t) for s in used for t in self.time_points[s]}

    def nm_images(self) -> set[tuple[str, str]]:
        """(series, time point) of tomographic NM images that any process used."""
        tomographic = self.series("//d:NMTomoProduced") | self.series("//d:NMTomoUsed")
        used = self.series("//d:NMTomoUsed") | self.series("//d:NMTomoReconUsed")
        return {(s, t) for s in tomographic & used for t in self.time_points[s]}

    def classes(self, series: str) -> set[str]:
        """The most specific classes that the boxes give to a series."""
        is_in = {
            "om:NM_tomo_dataset": "//d:NMTomoProduced|//d:NMTomoUsed",
            "om:NM_recon_tomo_dataset": "//d:NMTomoReconUsed|//d:NMTomoReconProduced",
            "om:resampled_CT_image_dataset": "//d:CTReconResampledOnNMReferenceProduced"
            "|//d:CTReconResampledOnNMReferenceUsed|//d:CTReconResampledOnCommonReferenceProduced",
            "om:CT_image_dataset": "//d:CTReconUsed|//d:CTReconProduced",
        }
        found = {
            c
            for c, path in is_in.items()
            if any(series in self.texts(".//d:DICOMSeriesUID", e) for e in self.all(path))
        }
        return found - ({"om:CT_image_dataset"} if "om:resampled_CT_image_dataset" in found else set())

    def volumes(self) -> set[tuple[str, str, str, str, str, str, str, str]]:
        """(VOI, organ, time point, process class, date, time, input series, its class)."""
        found = set()
        for name, process in PROCESS_CLASSES.items():
            for box in self.all(f"//d:{name}"):
                started = self.text(box, "d:ProcessExecutionContext/d:DateTimeProcessStarted")
                date, time = started[:10].replace("-", ""), started[11:16].replace(":", "")
                used = "(d:NMTomoReconUsed|d:CTReconUsed)/descendant-or-self::*/d:DICOMSeriesUID"
                inputs = set(self.texts(used, box))
                parts = ("d:VOIIdentifier", "d:OrganOrTissue", "d:TimePointIdentifier")
                declared = self.all(".//d:VOIProduced[d:VOIIdentifier]", box)
                vois = {tuple(self.text(v, part) for part in parts) for v in declared}
                for (voi, organ, time_point), series in product(vois, inputs):
                    for class_ in self.classes(series):
                        found.add((voi, ORGANS[organ], time_point, process, date, time, series, class_))
        return found

    def administration(self) -> tuple[str, str, str, str, float, float, str, str, str]:
        """(study, patient, site, day and time, before, after, units, radionuclide as descriptors say)."""
        a = self.all("d:AcquisitionSettings")[0]
        return (
            self.study,
            self.patient,
            self.text(a, "d:Siteadministeringthetreatment"),
            self.text(a, "d:Dateandtimeofinjection"),
            float(self.text(a, "d:PreAdministeredActivity/d:AdministeredActivityValue")),
            float(self.text(a, "d:PostAdministeredActivity/d:AdministeredActivityValue")),
            self.text(a, "d:PreAdministeredActivity/d:ActivityUnit"),
            self.text(a, "d:PostAdministeredActivity/d:ActivityUnit"),
            self.text(a, "d:Isotope"),
        )

    def files(self) -> set[str]:
        """Paths of all files."""
        return set(self.texts("//d:NonDICOMDataFileName"))
