"""The calibration of a gamma camera for planar images."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from ontomedirad.descriptor.block import Block
from ontomedirad.descriptor.coefficients import (
    CalibrationCoefficient,
)
from ontomedirad.descriptor.data import DICOMData
from ontomedirad.descriptor.kinds import (
    RESTS_ON_IMAGES,
    method,
)
from ontomedirad.descriptor.marks import (
    Input,
    Linked,
    Meaning,
    Output,
    Process,
    Reference,
    Tag,
    Wrapped,
)
from ontomedirad.descriptor.phantoms import Phantom, ROIInSPECT
from ontomedirad.descriptor.planar import CORRECTED, NM_STATIC, PLANAR_COEFFICIENT
from ontomedirad.descriptor.regions import IMAGES_USED
from ontomedirad.descriptor.treatment import (
    Execution,
)
from ontomedirad.descriptor.values import PlainText

if TYPE_CHECKING:
    from ontomedirad.translation.build import Build

SCANS = Linked("scans", ("phantom",), outward=True)
"""The image shows the phantom of the calibration."""

DRAWN = Linked("extracted from", IMAGES_USED)
"""The region was drawn on the images of its process."""


def calibration_of(class_: str) -> Process:
    """The mark of a calibration: nothing in it is about the patient."""
    return Process((class_,), kind="calibration_process", of_phantom=True)


class PlanarAcquisition(Block):
    """The acquisition of a phantom's planar image."""

    meaning: ClassVar[Meaning] = Process(("om:planar_NM_data_acquisition",))

    phantom: Phantom
    static_produced: Annotated[DICOMData, Tag("NMStaticProduced"), Output(NM_STATIC), SCANS]


class PlanarImageCorrections(Block):
    """The correction of the phantom's planar image."""

    meaning: ClassVar[Meaning] = Process(("om:planar_NM_data_correction",))

    execution: Execution
    static_used: Annotated[DICOMData, Tag("NMStaticUsed"), Input(NM_STATIC), SCANS]
    corrections: Annotated[PlainText, Tag("CorrectionsUsed"), *method("om:correction_method")]
    corrected: Annotated[
        DICOMData, Tag("NMStaticCorrectedProduced"), Output(CORRECTED), RESTS_ON_IMAGES, SCANS
    ]


class PlanarImageSegmentation(Block):
    """Regions drawn on the phantom's planar image."""

    meaning: ClassVar[Meaning] = Process(("om:projection_image_segmentation",))

    execution: Execution
    static_used: Annotated[DICOMData, Tag("NMStaticCorrectedUsed"), Input(CORRECTED)]
    method: Annotated[PlainText, Tag("SegmentationMethodUsed"), *method("om:image_segmentation_method")]
    rois: Annotated[list[ROIInSPECT], Field(min_length=1), Tag("ROIInSPECTProduced"), Output(), DRAWN]


class PlanarSensitivityCalculation(Block):
    """The planar calibration coefficient."""

    meaning: ClassVar[Meaning] = Process(("om:planar_NM_calibration_coefficient_calculation",))

    execution: Execution
    rois_used: Annotated[
        list[PlainText],
        Field(min_length=1),
        Tag("ROIIdentifierUsed"),
        Wrapped("ROIIdentifier"),
        Reference("ROIInSPECT"),
        Input(),
    ]
    static_used: Annotated[DICOMData, Tag("NMStaticCorrectedUsed"), Input(CORRECTED)]
    coefficient: Annotated[
        CalibrationCoefficient,
        Tag("PlanarCalibrationCoefficientProduced"),
        Output(PLANAR_COEFFICIENT),
        RESTS_ON_IMAGES,
        Linked("rests on", ("rois_used",)),
    ]


class PlanarCalibrationWorkflow(Block):
    """The calibration of a gamma camera for planar images of one radionuclide."""

    meaning: ClassVar[Meaning] = calibration_of("omx:planar_NM_calibration")

    acquisition: Annotated[PlanarAcquisition, Tag("PlanarAcquisition")]
    corrections: Annotated[PlanarImageCorrections, Tag("PlanarImageCorrections")]
    segmentation: Annotated[PlanarImageSegmentation, Tag("PlanarImageSegmentation")]
    sensitivity: Annotated[PlanarSensitivityCalculation, Tag("PlanarSensitivityCalculation")]

    def also(self, build: Build, node: str) -> None:
        """Identifier and phantom of the calibration as a whole."""
        build.text(node, "om:has_id", self.sensitivity.coefficient.calibration_identifier)
        build.link_before("instrument", node, "phantom")
