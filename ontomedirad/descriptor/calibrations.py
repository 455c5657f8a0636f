"""Calibrations of gamma cameras and CT scanners with phantoms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from ontomedirad.descriptor.block import Block
from ontomedirad.descriptor.calibration import CTNumberCalibrationCurve
from ontomedirad.descriptor.coefficients import (
    CalibrationCoefficient,
    SPECTRecoveryCoefficientCurveInCalibration,
)
from ontomedirad.descriptor.data import DICOMData
from ontomedirad.descriptor.kinds import (
    COEFFICIENT,
    CT,
    CT_CURVE,
    NM_RECON,
    NM_TOMO,
    RECOVERY_CURVE,
    RESTS_ON_IMAGES,
    method,
)
from ontomedirad.descriptor.leaf import Integer
from ontomedirad.descriptor.marks import (
    Input,
    Linked,
    Meaning,
    Output,
    Process,
    Reference,
    Role,
    Tag,
    Wrapped,
)
from ontomedirad.descriptor.phantoms import DensityPhantom, Phantom, VOIInCT, VOIInSPECT
from ontomedirad.descriptor.planar_calibration import DRAWN, SCANS, PlanarCalibrationWorkflow, calibration_of
from ontomedirad.descriptor.root import Descriptor
from ontomedirad.descriptor.treatment import (
    CTRelevantCalibrationReference,
    Execution,
    NMRelevantCalibrationReference,
)
from ontomedirad.descriptor.values import PlainText

if TYPE_CHECKING:
    from ontomedirad.translation.build import Build

_VOIS_IN_CT = Annotated[
    list[Integer],
    Field(min_length=1),
    Tag("VOIInCTIdentifierUsed"),
    Wrapped("VOIIdentifierUsed"),
    Reference("VOIInCT"),
    Input(),
]
_VOIS_IN_SPECT = Annotated[
    list[Integer],
    Field(min_length=1),
    Tag("VOIInSPECTIdentifierUsed"),
    Wrapped("VOIIdentifierUsed"),
    Reference("VOIInSPECT"),
    Input(),
]


class SPECTAcqCTAcqAndReconstructionInCalibration(Block):
    """The acquisition of a phantom's SPECT and CT."""

    meaning: ClassVar[Meaning] = Process(("om:SPECT_data_acquisition",))

    phantom: Phantom
    nm_produced: Annotated[DICOMData, Tag("NMTomoProduced"), Output(NM_TOMO), SCANS]
    ct_produced: Annotated[DICOMData, Tag("CTReconProduced"), Output(CT), SCANS]


class SPECTReconstructionInCalibration(Block):
    """The reconstruction of the phantom's SPECT."""

    meaning: ClassVar[Meaning] = Process(("om:SPECT_data_reconstruction",))

    execution: Execution
    nm_used: Annotated[DICOMData, Tag("NMTomoUsed"), Input(NM_TOMO), SCANS]
    ct_used: Annotated[DICOMData, Tag("CTReconUsed"), Input(CT), SCANS]
    method: Annotated[PlainText, Tag("ReconstructionMethodAndCorrectionsUsed"), *method("dcm:113961")]
    ct_curve: Annotated[CTNumberCalibrationCurve | None, Tag("CTNumberCalibrationCurveUsed"), Input()] = None
    ct_curve_reference: Annotated[
        CTRelevantCalibrationReference | None, Tag("CTNumberCalibrationCurveReference"), Input(CT_CURVE)
    ] = None
    nm_produced: Annotated[DICOMData, Tag("NMTomoReconProduced"), Output(NM_RECON), RESTS_ON_IMAGES, SCANS]


class CTSegmentationInCalibration(Block):
    """Volumes of interest drawn on the phantom's images."""

    meaning: ClassVar[Meaning] = Process(("om:CT_segmentation_in_SPECT_calibration",))

    execution: Execution
    nm_used: Annotated[DICOMData, Tag("NMTomoReconUsed"), Input(NM_RECON)]
    ct_used: Annotated[DICOMData, Tag("CTReconUsed"), Input(CT)]
    method: Annotated[PlainText, Tag("SegmentationMethodMethodUsed"), *method("om:image_segmentation_method")]
    vois_in_ct: Annotated[
        list[VOIInCT], Field(min_length=1), Tag("VOIInCTProduced"), Wrapped("VOIInCT"), Output(), DRAWN
    ]
    vois_in_spect: Annotated[
        list[VOIInSPECT],
        Field(min_length=1),
        Tag("VOIInSPECTProduced"),
        Wrapped("VOIInSPECT"),
        Output(),
        DRAWN,
    ]


class SPECTSensitivityCalculation(Block):
    """The calibration coefficient: counts a second for each unit of activity."""

    meaning: ClassVar[Meaning] = Process(("om:SPECT_calibration_coefficient_calculation",))

    execution: Execution
    vois_in_ct: _VOIS_IN_CT
    vois_in_spect: _VOIS_IN_SPECT
    coefficient: Annotated[
        CalibrationCoefficient,
        Tag("SPECTCalibrationCoefficientProduced"),
        Output(COEFFICIENT),
        Linked("rests on", ("vois_in_ct", "vois_in_spect")),
    ]


class SPECTRecoveryCoefficientCurveCalculation(Block):
    """The recovery coefficient curve: what share of the activity is seen, by volume."""

    meaning: ClassVar[Meaning] = Process(("om:SPECT_recovery_coefficient_curve_calculation",))

    execution: Execution
    vois_in_ct: _VOIS_IN_CT
    vois_in_spect: _VOIS_IN_SPECT
    phantom_used: Annotated[
        PlainText, Tag("PhantomIdentifierUsed"), Reference("NMPhantom"), Role("instrument", of_process=True)
    ]
    coefficient_used: Annotated[
        NMRelevantCalibrationReference, Tag("SPECTCalibrationCoefficientReferenceUsed"), Input(COEFFICIENT)
    ]
    curve: Annotated[
        SPECTRecoveryCoefficientCurveInCalibration,
        Tag("SPECTRecoveryCoefficientCurveInCalibrationProduced"),
        Output(RECOVERY_CURVE),
        Linked("rests on", ("vois_in_ct", "vois_in_spect", "coefficient_used")),
    ]


class SPECTCTCalibrationWorkflow(Block):
    """The calibration of a SPECT/CT camera for one radionuclide."""

    meaning: ClassVar[Meaning] = calibration_of("om:SPECT_CT_calibration")

    acquisition: Annotated[
        SPECTAcqCTAcqAndReconstructionInCalibration, Tag("SPECTAcqCTAcqAndReconstructionInCalibration")
    ]
    reconstruction: Annotated[SPECTReconstructionInCalibration, Tag("SPECTReconstructionInCalibration")]
    segmentation: Annotated[CTSegmentationInCalibration, Tag("CTSegmentationInCalibration")]
    sensitivity: Annotated[SPECTSensitivityCalculation, Tag("SPECTSensitivityCalculation")]
    recovery: Annotated[
        SPECTRecoveryCoefficientCurveCalculation | None, Tag("SPECTRecoveryCoefficientCurveCalculation")
    ] = None

    def also(self, build: Build, node: str) -> None:
        """Identifier and phantom of the calibration as a whole."""
        build.text(node, "om:has_id", self.sensitivity.coefficient.calibration_identifier)
        build.link_before("instrument", node, "phantom")


class CTAcqForCTNumberCalibrationCurve(Block):
    """The acquisition of a density phantom's CT."""

    meaning: ClassVar[Meaning] = Process(("om:CT_acquisition",))

    phantom: Annotated[DensityPhantom, Tag("DensityPhantomUsed"), Role("instrument", of_process=True)]
    ct_produced: Annotated[DICOMData, Tag("CTReconProduced"), Output(CT), SCANS]


class CalculationOfCTNumberCalibrationCurve(Block):
    """CT numbers measured in materials of known density."""

    meaning: ClassVar[Meaning] = Process(("om:calculation_of_CT_number_calibration_curve",))

    execution: Execution
    ct_used: Annotated[DICOMData, Tag("CTReconUsed"), Input(CT), SCANS]
    curve: Annotated[
        CTNumberCalibrationCurve, Tag("CTNumberCalibrationCurveProduced"), Output(), RESTS_ON_IMAGES
    ]


class CTCalibrationWorkflow(Descriptor):
    """The calibration of a CT scanner's numbers."""

    meaning: ClassVar[Meaning] = calibration_of("om:CT_calibration")

    acquisition: Annotated[CTAcqForCTNumberCalibrationCurve, Tag("CTAcqForCTNumberCalibrationCurve")]
    calculation: Annotated[
        CalculationOfCTNumberCalibrationCurve, Tag("CalculationOfCTNumberCalibrationCurve")
    ]

    def also(self, build: Build, node: str) -> None:
        """Identifier and phantom of the calibration as a whole."""
        build.text(node, "om:has_id", self.calculation.curve.date)
        build.link_before("instrument", node, "phantom")


class CalibrationWorkflow(Block):
    """One calibration, or several of one occasion."""

    spect: Annotated[SPECTCTCalibrationWorkflow | None, Tag("SPECTCTCalibrationWorkflow")] = None
    planar: Annotated[PlanarCalibrationWorkflow | None, Tag("PlanarCalibrationWorkflow")] = None
    ct: Annotated[CTCalibrationWorkflow | None, Tag("CTCalibrationWorkflow")] = None

    @property
    def site(self) -> str | None:
        """The hospital that calibrated: it answers for the calculation."""
        boxes = (
            self.spect and self.spect.sensitivity,
            self.planar and self.planar.sensitivity,
            self.ct and self.ct.calculation,
        )
        found = (box.execution.institution for box in boxes if box and box.execution)
        return next(found, None)
