"""Acquisition, reconstruction and registration of a treatment's images."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from ontomedirad.descriptor.block import Block
from ontomedirad.descriptor.calibration import CTNumberCalibrationCurve
from ontomedirad.descriptor.data import DICOMData, Files, Series, Transformations
from ontomedirad.descriptor.kinds import (
    COEFFICIENT,
    CT,
    CT_CURVE,
    CT_RESAMPLED,
    NM_RECON,
    NM_RESAMPLED,
    NM_TOMO,
    RECOVERY_CURVE,
    RESTS_ON_IMAGES,
    Counts,
    method,
)
from ontomedirad.descriptor.marks import (
    Expects,
    Input,
    Linked,
    Meaning,
    Output,
    Process,
    Tag,
    Wrapped,
)
from ontomedirad.descriptor.regions import (
    Segmentation,
)
from ontomedirad.descriptor.treatment import (
    CTRelevantCalibrationReference,
    Execution,
    NMRelevantCalibrationReference,
    TimePointsDescribed,
    TimePointUsed,
)
from ontomedirad.descriptor.values import PlainText


class SPECTAcqCTAcqAndReconstruction(Block):
    """The acquisition of a SPECT and its CT at one time point or more."""

    meaning: ClassVar[Meaning] = Process(("om:SPECT_data_acquisition",), treatment=True)

    time_points: TimePointsDescribed
    nm_calibration: Annotated[
        NMRelevantCalibrationReference,
        Tag("NMRelevantCalibrationReference"),
        Input(COEFFICIENT),
        Input(RECOVERY_CURVE),
    ]
    ct_calibration: Annotated[
        CTRelevantCalibrationReference, Tag("CTRelevantCalibrationReference"), Input(CT_CURVE)
    ]
    nm_produced: Annotated[DICOMData, Tag("NMTomoProduced"), Output(NM_TOMO)]
    ct_produced: Annotated[DICOMData, Tag("CTReconProduced"), Output(CT)]


class SPECTReconstruction(Block):
    """The reconstruction of a SPECT from its projections."""

    meaning: ClassVar[Meaning] = Process(("om:SPECT_data_reconstruction",), treatment=True)

    execution: Execution
    time_point: TimePointUsed
    nm_used: Annotated[DICOMData, Tag("NMTomoUsed"), Input(NM_TOMO)]
    ct_used: Annotated[DICOMData, Tag("CTReconUsed"), Input(CT)]
    method: Annotated[PlainText, Tag("ReconstructionMethodAndCorrectionsUsed"), *method("dcm:113961")]
    ct_curve: Annotated[CTNumberCalibrationCurve | None, Tag("CTNumberCalibrationCurveUsed"), Input()] = None
    ct_curve_reference: Annotated[
        CTRelevantCalibrationReference | None, Tag("CTNumberCalibrationCurveReference"), Input(CT_CURVE)
    ] = None
    nm_produced: Annotated[
        DICOMData,
        Tag("NMTomoReconProduced"),
        Output(NM_RECON),
        RESTS_ON_IMAGES,
        Linked("rests on", ("ct_curve", "ct_curve_reference")),
    ]


class SPECTDataAcquisitionAndReconstruction(Block):
    """All acquisitions of the treatment, and their reconstructions where they were done apart."""

    acquisitions: Annotated[
        list[SPECTAcqCTAcqAndReconstruction],
        Field(min_length=1),
        Tag("SPECTAcqCTAcqAndReconstructionContainer"),
        Wrapped("SPECTAcqCTAcqAndReconstruction"),
    ]
    reconstructions: Annotated[
        list[SPECTReconstruction] | None,
        Field(min_length=1),
        Tag("SPECTReconstructionContainer"),
        Wrapped("SPECTReconstruction"),
    ] = None


class RegistrationVOISegmentationAndPropagation(Block):
    """Images brought into one space, segmented there, and the VOIs carried over."""

    meaning: ClassVar[Meaning] = Process(
        ("om:registration_VOI_segmentation_and_propagation",), treatment=True
    )

    execution: Execution
    time_point: TimePointUsed
    counts: Annotated[
        Counts | None, Tag("CountsPerVOIAtTimePointProducedContainer"), Linked("rests on", ("nm_used",))
    ] = None
    nm_used: Annotated[Series, Tag("NMTomoReconUsed"), Input(NM_RECON)]
    ct_used: Annotated[Series, Tag("CTReconUsed"), Input(CT)]
    method: Annotated[
        PlainText, Tag("ImageProcessingMethodMethodUsed"), *method("om:image_processing_method")
    ]
    segmentation: Annotated[Segmentation, Tag("Segmentation"), Output(), RESTS_ON_IMAGES]
    ct_resampled: Annotated[
        Series | None,
        Tag("CTReconResampledOnCommonReferenceProduced"),
        Output(CT_RESAMPLED),
        Linked("resampling of", ("ct_used",)),
    ] = None
    nm_resampled: Annotated[
        Series | None,
        Tag("NMTomoReconResampledOnCommonReferenceProduced"),
        Output(NM_RESAMPLED),
        Linked("resampling of", ("nm_used",)),
    ] = None
    ct_resampled_files: Annotated[
        Files | None,
        Tag("NonDICOMCTReconResampledOnCommonReferenceProduced"),
        Output(("om:resampled_CT_image_dataset",)),
        Expects(("CT Reconstruction",)),
        Linked("resampling of", ("ct_used",)),
    ] = None
    nm_resampled_files: Annotated[
        Files | None,
        Tag("NonDICOMNMTomoReconResampledOnCommonReferenceProduced"),
        Output(NM_RESAMPLED),
        Expects(("NM Tomo Reconstruction",)),
        Linked("resampling of", ("nm_used",)),
    ] = None
    density_images: Annotated[
        Files | None,
        Tag("DensityImageProduced"),
        Output(("om:density_image",)),
        Expects(("Density Image",)),
        Linked("rests on", ("ct_used",)),
    ] = None
    transformations: Annotated[
        Transformations | None, Tag("GeometricalTransformationContainer"), RESTS_ON_IMAGES
    ] = None
