"""Absorbed doses of CT by Monte Carlo simulation (WP2, subtask 2.1.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from ontomedirad.descriptor.block import Block
from ontomedirad.descriptor.data import STORED_IN_SERIES, DICOMData, NonDICOMData
from ontomedirad.descriptor.kinds import CT
from ontomedirad.descriptor.marks import (
    Agent,
    Coded,
    Expects,
    Identifier,
    Input,
    Instance,
    Kind,
    Linked,
    Meaning,
    Measured,
    Method,
    Output,
    Process,
    Quantity,
    Reference,
    Role,
    Scope,
    StoredIn,
    Tag,
    Text,
    Thing,
    Unit,
    Value,
    Wrapped,
)
from ontomedirad.descriptor.regions import VOI, MeasuredIn, VOIIdentifiers
from ontomedirad.descriptor.settings import MethodSettingType
from ontomedirad.descriptor.treatment import Execution
from ontomedirad.descriptor.values import (
    AbsorbedDoseCategory,
    AbsorbedDoseUnit,
    DoseMapCategory,
    PlainText,
    StatisticalSubCategory,
)

if TYPE_CHECKING:
    from ontomedirad.translation.build import Build

_INTERACTIVE = "interactive contour segmentation"

_SoftwareNames = Annotated[
    Annotated[list[PlainText], Field(min_length=1)] | None, Wrapped("SoftwareName"), Agent("software")
]
_Settings = Annotated[
    Annotated[list[MethodSettingType], Field(min_length=1)] | None, Wrapped("MethodSettingType")
]


class AttenuatorType(Block):
    """What stands in the beam, as the simulation knows it."""

    meaning: ClassVar[Meaning] = Thing(("dcm:128472",), kind="attenuator", of_patient=False)

    category: Annotated[PlainText, Tag("AttenuatorCategory"), Text("om:has_description")]
    description: Annotated[PlainText, Tag("EquivalentAttenuatorDescription"), Text("om:has_description")]
    material: Annotated[
        PlainText,
        Tag("EquivalentAttenuatorMaterial"),
        Instance(("dcm:113757",), kind="material"),
        Role("equivalent material"),
    ]
    thickness: Annotated[
        PlainText,
        Tag("EquivalentAttenuatorThicknessValue"),
        Measured(("dcm:128469",), unit="thickness_unit"),
        Role("attenuator thickness"),
    ]
    thickness_unit: Annotated[PlainText, Tag("EquivalentAttenuatorThicknessUnit")]
    model: Annotated[PlainText, Tag("EquivalentAttenuatorModel"), Text("om:has_name")]


class MonteCarloMethodType(Block):
    """The Monte Carlo method: one for each name, its settings those of the process."""

    meaning: ClassVar[Meaning] = Thing(
        ("om:Monte_Carlo_CT_dosimetry_method",),
        scope=Scope.world,
        key=("name",),
        kind="monte_carlo_method",
        of_patient=False,
    )

    name: Annotated[PlainText, Tag("MonteCarloMethod"), Text("om:has_name")]
    software: Annotated[_SoftwareNames, Tag("SoftwareNames")] = None
    settings: Annotated[_Settings, Tag("MonteCarloMethodSetting"), Role("setting", of_process=True)] = None
    devices: Annotated[
        list[PlainText] | None, Tag("SimulatedImagingDevices"), Wrapped("SimulatedImagingDevice")
    ] = None

    def also(self, build: Build, node: str) -> None:
        """Each simulated device has a model, which is what the calculation used."""
        process, field = build.frames[-1].process, self.plan().by_name["devices"]
        for at, name in enumerate(self.devices or (), 1):
            device = build.names.name("device", process, name)
            model = build.names.name("device_model", process, name)
            build.type(device, "om:medical_imaging_device")
            build.text(device, "om:has_name", name)
            build.type(model, "om:model_of_medical_imaging_device")
            build.say(model, "om:refers_to_device", device)
            build.say(model, "om:used_as_instrument_in", process)
            for made in (device, model):
                build.mention(made, self)
            build.stand(device, self, field, at)


class VoxelBasedDistributionOfAbsorbedDoseType(Block):
    """A map of absorbed dose, or of dose normalised to the tube's load."""

    meaning: ClassVar[Meaning] = Thing(
        ("dcm:128487",), scope=Scope.file_set, key=("identifier",), kind="dose_map"
    )

    identifier: Annotated[PlainText, Tag("VoxelBasedDistributionOfAbsorbedDoseIdentifier"), Identifier()]
    category: Annotated[
        DoseMapCategory,
        Tag("VoxelBasedDistributionOfAbsorbedDoseCategory"),
        Coded(),
        Role("dose map quantity"),
    ]
    unit: Annotated[AbsorbedDoseUnit, Tag("AbsorbedDoseUnit"), Unit()]
    file: Annotated[
        NonDICOMData | None,
        Tag("NonDICOMVoxelBasedAbsorbedDoseDistribution"),
        StoredIn(),
        Expects(("3D absorbed dose map",)),
    ] = None
    series: Annotated[DICOMData | None, Tag("DICOMVoxelBasedAbsorbedDoseDistribution"), STORED_IN_SERIES] = (
        None
    )

    def also(self, build: Build, node: str) -> None:
        """A map in DICOM says its format, and where the archive keeps it."""
        if self.series is not None:
            build.say_class(node, "om:has_format", "om:DICOM_format")
            place = f"/pacs/studies/{self.series.study_uid}/series/{self.series.series_uid}"
            build.text(node, "om:has_IRDBB_WADO_handle", place)


class CalculationOfVoxelMap(Block):
    """The simulation that makes a map of absorbed dose."""

    meaning: ClassVar[Meaning] = Process(("om:calculation_of_a_3D_dose_map",))

    execution: Execution
    attenuators: Annotated[
        Annotated[list[AttenuatorType], Field(min_length=1)] | None,
        Tag("AttenuatorUsed"),
        Wrapped("AttenuatorType"),
        Role("setting"),
    ] = None
    method: Annotated[MonteCarloMethodType | None, Tag("MonteCarloMethodUsed"), Method()] = None
    image_used: Annotated[DICOMData, Tag("DICOMCTImageDataUsed"), Input(CT)]
    dose_map: Annotated[
        VoxelBasedDistributionOfAbsorbedDoseType | None,
        Tag("VoxelBasedDistributionOfAbsorbedDoseProduced"),
        Output(),
        Linked("rests on", ("image_used",)),
    ] = None

    def also(self, build: Build, node: str) -> None:
        """The institution answers for the whole dosimetry."""
        build.institution(self.execution.institution, build.enclosing[-2])


class AbsorbedDosePerVOIType(Block):
    """A dose of a VOI: its mean, minimum, maximum, median or mode."""

    meaning: ClassVar[Meaning] = Quantity(kind="measurement", key=("category", "statistic"))

    category: Annotated[AbsorbedDoseCategory, Tag("AbsorbedDoseCategory"), Kind()]
    statistic: Annotated[StatisticalSubCategory | None, Tag("StatisticalSubCategory"), Kind()] = None
    value: Annotated[PlainText, Tag("AbsorbedDoseValue"), Value()]
    unit: Annotated[AbsorbedDoseUnit, Tag("AbsorbedDoseUnit"), Unit()]
    voi: MeasuredIn

    def also(self, build: Build, node: str) -> None:
        """The dose is absorbed by the organ that the VOI stands for."""
        for region in build.measured[node][0] if node in build.measured else ():
            for organ in build.organs.get(region, ()):
                build.link("absorbed by", node, organ)


class CalculationOfAbsorbedDosesInVOIs(Block):
    """Doses of VOIs, read in a dose map."""

    meaning: ClassVar[Meaning] = Process(("om:calculation_of_mean_absorbed_doses_in_VOIs",))

    execution: Execution
    dose_map_used: Annotated[
        PlainText,
        Tag("VoxelBasedDistributionOfAbsorbedDoseIdentifierUsed"),
        Reference("VoxelBasedDistributionOfAbsorbedDoseType"),
        Input(),
    ]
    vois_used: Annotated[VOIIdentifiers | None, Tag("VOIIdentifierUsed"), Role("region used")] = None
    doses: Annotated[
        Annotated[list[AbsorbedDosePerVOIType], Field(min_length=1)] | None,
        Tag("AbsorbedDosePerVOIProduced"),
        Wrapped("AbsorbedDosePerVOIType"),
        Output(),
        Linked("rests on", ("dose_map_used",)),
    ] = None


class SimpleCTMonteCarloDosimetry(Block):
    """One simulation and the doses read from it."""

    meaning: ClassVar[Meaning] = Process(("om:Monte_Carlo_CT_dosimetry",), kind="dosimetry")

    dose_map: Annotated[CalculationOfVoxelMap, Tag("CalculationOfVoxelMap")]
    doses: Annotated[CalculationOfAbsorbedDosesInVOIs, Tag("CalculationOfAbsorbedDosesInVOIs")]

    def also(self, build: Build, node: str) -> None:
        """The segmentation of the file is part of each of its dosimetries."""
        for segmentation in build.processes.get("CTSegmentation", ()):
            build.link("part of process", segmentation, node)


class SegmentationMethodType(Block):
    """How a CT image was segmented."""

    meaning: ClassVar[Meaning] = Thing(kind="method", of_patient=False)

    name: Annotated[PlainText, Tag("SegmentationMethod"), Text("om:has_name")]
    software: Annotated[_SoftwareNames, Tag("SoftwareNamesUsed")] = None
    settings: Annotated[_Settings, Tag("SegmentationMethodSetting"), Role("about")] = None

    def also(self, build: Build, node: str) -> None:
        """One method has a class of its own."""
        interactive = self.name.strip().casefold() == _INTERACTIVE
        build.type(
            node,
            "om:interactive_contour_segmentation_method" if interactive else "om:image_segmentation_method",
        )


class CTSegmentation(Block):
    """The segmentation of a CT image."""

    meaning: ClassVar[Meaning] = Process(("om:image_segmentation",))

    execution: Execution
    image_used: Annotated[DICOMData, Tag("DICOMImageUsed"), Input(CT)]
    method: Annotated[SegmentationMethodType | None, Tag("SegmentationMethodUsed"), Method()] = None
    vois: Annotated[
        list[VOI],
        Field(min_length=1),
        Tag("VOIDescriptorProduced"),
        Wrapped("VOI"),
        Output(),
        Linked("extracted from", ("image_used",)),
    ]


class WP2subtask212WorkflowData(Block):
    """CT doses by Monte Carlo simulation: a segmentation, and simulations."""

    segmentation: Annotated[CTSegmentation | None, Tag("CTSegmentation")] = None
    dosimetries: Annotated[list[SimpleCTMonteCarloDosimetry] | None, Tag("SimpleCTMonteCarloDosimetry")] = (
        None
    )
