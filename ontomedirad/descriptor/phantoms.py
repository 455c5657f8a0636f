"""Phantoms of calibrations: their inserts, fillings, and the regions drawn on their images."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from ontomedirad.descriptor.block import Block
from ontomedirad.descriptor.data import STORED_IN_SERIES, DICOMData, NonDICOMData
from ontomedirad.descriptor.leaf import Float, Integer
from ontomedirad.descriptor.marks import (
    Expects,
    Identifier,
    Meaning,
    Measured,
    Output,
    Reference,
    Role,
    Scope,
    StoredIn,
    Tag,
    Text,
    Thing,
    TimeOf,
    UnitOf,
    Wrapped,
)
from ontomedirad.descriptor.regions import VOI_FILES
from ontomedirad.descriptor.values import ActivityUnit, CountsUnit, DateOrTime, Isotope, PlainText, VolumeUnit

if TYPE_CHECKING:
    from ontomedirad.translation.build import Build

PART = "phantom_part"
PHANTOM_PART = Reference("HotInsert")
"""Hot inserts, cold inserts and the tank share one set of identifiers."""

Volume = Annotated[
    Float,
    Tag("VolumeValue"),
    Measured(("om:nominal_volume_measurement_datum",), unit="volume_unit"),
    Role("measured for"),
]
VolumeUnitOf = Annotated[VolumeUnit, Tag("VolumeUnit")]


def _part(class_: str) -> Thing:
    return Thing((class_,), scope=Scope.file_set, key=("identifier",), kind=PART, of_patient=False)


def fill(build: Build, node: str, model: HotInsert | Tank) -> None:
    """Write the filling of a phantom's part, and its activities measured before and after filling.

    The filling is an individual: a portion of radiopharmaceutical that holds the radionuclide.
    """
    filling, fields = build.names.name("filling", node), model.plan().by_name
    isotope = build.coded("isotope", model.isotope)
    build.type(filling, "snmi:radiopharmaceutical")
    build.link("part", node, filling)
    build.link("part", filling, isotope)
    build.mention(filling, model)
    build.stand(isotope, model, fields["isotope"])
    for class_, field, unit, when in (
        ("dcm:113508", "pre_activity", model.pre_unit, model.pre_time),
        ("dcm:113509", "post_activity", model.post_unit, model.post_time),
    ):
        made = build.measure(filling, class_, class_, getattr(model, field), unit)
        build.link("measures for", made, filling)
        build.text(made, "om:has_measurement_date_and_time", when)
        build.mention(made, model)
        build.measured_as(made, model, fields[field], getattr(model, field))


class HotInsert(Block):
    """An insert filled with activity."""

    meaning: ClassVar[Meaning] = _part("om:hot_insert_of_NM_phantom")

    volume: Volume
    volume_unit: VolumeUnitOf
    pre_activity: Annotated[Float, Tag("PreAdminActivityValue")]
    pre_unit: Annotated[ActivityUnit, Tag("PreAdminActivity"), UnitOf("pre_activity")]
    pre_time: Annotated[DateOrTime, Tag("PreAdminActivityTimestamp"), TimeOf("pre_activity")]
    post_activity: Annotated[Float, Tag("PostAdminActivityValue")]
    post_unit: Annotated[ActivityUnit, Tag("PostAdminActivity"), UnitOf("post_activity")]
    post_time: Annotated[DateOrTime, Tag("PostAdminActivityTimestamp"), TimeOf("post_activity")]
    identifier: Annotated[PlainText, Tag("HotInsertIdentifier"), Identifier()]
    isotope: Annotated[Isotope, Tag("Isotope")]

    def also(self, build: Build, node: str) -> None:
        """The filling."""
        fill(build, node, self)


class ColdInsert(Block):
    """An insert without activity."""

    meaning: ClassVar[Meaning] = _part("om:cold_insert_of_NM_phantom")

    volume: Volume
    volume_unit: VolumeUnitOf
    identifier: Annotated[PlainText, Tag("ColdInsertIdentifier"), Identifier()]


class Tank(Block):
    """The body of the phantom, filled with background activity."""

    meaning: ClassVar[Meaning] = _part("om:tank_of_NM_phantom")

    volume: Volume
    volume_unit: VolumeUnitOf
    pre_activity: Annotated[Float, Tag("PreAdminBackgroundActivityValue")]
    pre_unit: Annotated[ActivityUnit, Tag("PreAdminBackgroundActivity"), UnitOf("pre_activity")]
    pre_time: Annotated[DateOrTime, Tag("PreAdminBackgroundActivityTimestamp"), TimeOf("pre_activity")]
    post_activity: Annotated[Float, Tag("PostAdminBackgroundActivityValue")]
    post_unit: Annotated[ActivityUnit, Tag("PostAdminBackgroundActivity"), UnitOf("post_activity")]
    post_time: Annotated[DateOrTime, Tag("PostAdminBackgroundActivityTimestamp"), TimeOf("post_activity")]
    identifier: Annotated[PlainText, Tag("TankIdentifier"), Identifier()]
    isotope: Annotated[Isotope, Tag("Isotope")]

    def also(self, build: Build, node: str) -> None:
        """The filling."""
        fill(build, node, self)


class NMPhantom(Block):
    """A phantom with inserts, for the calibration of a gamma camera."""

    meaning: ClassVar[Meaning] = Thing(
        ("om:NM_phantom_device",), scope=Scope.site, key=("identifier",), kind="phantom", of_patient=False
    )

    name: Annotated[PlainText, Tag("NMPhantomName"), Text("om:has_name")]
    identifier: Annotated[PlainText, Tag("NMPhantomIdentifier"), Identifier()]
    hot_inserts: Annotated[
        list[HotInsert],
        Field(min_length=1),
        Tag("HotInsertContainer"),
        Wrapped("HotInsert"),
        Role("part"),
    ]
    cold_inserts: Annotated[
        list[ColdInsert],
        Field(min_length=1),
        Tag("ColdInsertContainer"),
        Wrapped("ColdInsert"),
        Role("part"),
    ]
    tank: Annotated[Tank, Tag("Tank"), Role("part")]


class DensityPhantom(Block):
    """A phantom with materials of known density, for the calibration of a CT scanner."""

    meaning: ClassVar[Meaning] = Thing(
        ("om:CT_quality_control_phantom",),
        scope=Scope.site,
        key=("identifier",),
        kind="density_phantom",
        of_patient=False,
    )

    name: Annotated[PlainText, Tag("DensityPhantomName"), Text("om:has_name")]
    identifier: Annotated[PlainText, Tag("DensityPhantomIdentifier"), Identifier()]


Phantom = Annotated[NMPhantom, Tag("PhantomUsed"), Role("instrument", of_process=True)]

_PartShown = Annotated[PlainText, Tag("PhantomPartIdentifier"), PHANTOM_PART, Role("represents")]
_Series = Annotated[DICOMData | None, Tag("DICOMVOIContainer"), STORED_IN_SERIES]
_File = Annotated[NonDICOMData | None, Tag("NonDICOMVOIContainer"), StoredIn(), Expects(VOI_FILES)]


class VOIInCT(Block):
    """A volume of interest drawn on the CT of a phantom."""

    meaning: ClassVar[Meaning] = Thing(("om:VOI",), scope=Scope.file_set, key=("identifier",))

    identifier: Annotated[Integer, Tag("VOIIdentifier"), Identifier()]
    volume: Annotated[
        Float,
        Tag("VOIVolumeValue"),
        Measured(("om:image_derived_volume_measurement_datum",), unit="volume_unit"),
        Role("measured quantity"),
        Output(),
    ]
    volume_unit: Annotated[VolumeUnit, Tag("VOIVolumeUnit")]
    part: _PartShown
    series: _Series = None
    file: _File = None


class VOIInSPECT(Block):
    """A volume of interest drawn on the SPECT of a phantom, with its counts."""

    meaning: ClassVar[Meaning] = Thing(("om:VOI",), scope=Scope.file_set, key=("identifier",))

    identifier: Annotated[Integer, Tag("VOIIdentifier"), Identifier()]
    counts: Annotated[
        Float,
        Tag("CountsInVOIValue"),
        Measured(("om:counts_per_VOI",), unit="counts_unit"),
        Role("measured quantity"),
        Output(),
    ]
    counts_unit: Annotated[CountsUnit, Tag("CountsInVOIUnit")] = "counts"
    part: _PartShown
    series: _Series = None
    file: _File = None


class ROIInSPECT(Block):
    """A region of interest drawn on the planar image of a phantom, with its counts."""

    meaning: ClassVar[Meaning] = Thing(("om:ROI",), scope=Scope.file_set, key=("identifier",))

    identifier: Annotated[PlainText, Tag("ROIIdentifier"), Identifier()]
    counts: Annotated[
        Float,
        Tag("CountsInROIValue"),
        Measured(("om:counts_per_ROI",), unit="counts_unit"),
        Role("measured quantity"),
        Output(),
    ]
    counts_unit: Annotated[CountsUnit, Tag("CountsInROIUnit")] = "counts"
    part: _PartShown
    series: Annotated[DICOMData | None, Tag("DICOMROIContainer"), STORED_IN_SERIES] = None
    file: Annotated[NonDICOMData | None, Tag("NonDICOMROIContainer"), StoredIn(), Expects(VOI_FILES)] = None
