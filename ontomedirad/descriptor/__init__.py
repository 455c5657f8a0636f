"""The file set descriptor as typed models: read, write, judge.

document = read("descriptor.xml")        # tree, models and places
document.root.patient_id
NonDicomFileSetDescriptor(...).to_xml()  # valid XML from models
Descriptor.from_graph(store, graph)      # the models that a graph was made of
"""

from __future__ import annotations

from ontomedirad.descriptor.block import NAMESPACE, Block
from ontomedirad.descriptor.calibration import CTNumberCalibrationCurve, ElementOfCTNumberCalibrationCurve
from ontomedirad.descriptor.data import DICOMData, GeometricalTransformation, NonDICOMData
from ontomedirad.descriptor.document import NonDicomFileSetDescriptor, ReferencedClinicalResearchStudy
from ontomedirad.descriptor.doses import (
    AbsorbedDoseCalculationInVOI,
    DoseRateCurveFitVOITimeIntegration,
    RadioBiologicalCalculationInHybridOr3DSlide2Dosimetry,
)
from ontomedirad.descriptor.imaging import (
    RegistrationVOISegmentationAndPropagation,
    SPECTAcqCTAcqAndReconstruction,
    SPECTDataAcquisitionAndReconstruction,
    SPECTReconstruction,
)
from ontomedirad.descriptor.leaf import Float, Integer
from ontomedirad.descriptor.rates import (
    EnergyDepositionRateCalculationIn3DDosimetry,
    KernelLimitForConvolutions,
    SumAndScalingAbsorbedDoseRateCalculation,
    VOIActivityDetermination,
    VOISegmentationEnergyDepositionCalculationAbsorbedDoseRateCalculation,
    VOISegmentationVOIMassDetermination,
)
from ontomedirad.descriptor.read import Document, read
from ontomedirad.descriptor.regions import (
    VOI,
    AbsorbedDoseInVOI,
    AbsorbedDoseRatePerVOIAtTimePoint,
    CountsPerVOIAtTimePoint,
    DataActivityPerVOIAtTimePoint,
    MassPerVOIAtTimePoint,
    OrganMass,
    Segmentation,
)
from ontomedirad.descriptor.root import Descriptor
from ontomedirad.descriptor.slide2 import ThreeDimDosimetrySlide2workflow
from ontomedirad.descriptor.treatment import (
    AcquisitionSettings,
    AdministeredActivity,
    CTRelevantCalibrationReference,
    CurveFittingMethod,
    NMRelevantCalibrationReference,
    ProcessExecutionContext,
    TimePointDescriptionElement,
)
from ontomedirad.descriptor.write import to_xml

__all__ = [
    "NAMESPACE",
    "VOI",
    "AbsorbedDoseCalculationInVOI",
    "AbsorbedDoseInVOI",
    "AbsorbedDoseRatePerVOIAtTimePoint",
    "AcquisitionSettings",
    "AdministeredActivity",
    "Block",
    "CTNumberCalibrationCurve",
    "CTRelevantCalibrationReference",
    "CountsPerVOIAtTimePoint",
    "CurveFittingMethod",
    "DICOMData",
    "DataActivityPerVOIAtTimePoint",
    "Descriptor",
    "Document",
    "DoseRateCurveFitVOITimeIntegration",
    "ElementOfCTNumberCalibrationCurve",
    "EnergyDepositionRateCalculationIn3DDosimetry",
    "Float",
    "GeometricalTransformation",
    "Integer",
    "KernelLimitForConvolutions",
    "MassPerVOIAtTimePoint",
    "NMRelevantCalibrationReference",
    "NonDICOMData",
    "NonDicomFileSetDescriptor",
    "OrganMass",
    "ProcessExecutionContext",
    "RadioBiologicalCalculationInHybridOr3DSlide2Dosimetry",
    "ReferencedClinicalResearchStudy",
    "RegistrationVOISegmentationAndPropagation",
    "SPECTAcqCTAcqAndReconstruction",
    "SPECTDataAcquisitionAndReconstruction",
    "SPECTReconstruction",
    "Segmentation",
    "SumAndScalingAbsorbedDoseRateCalculation",
    "ThreeDimDosimetrySlide2workflow",
    "TimePointDescriptionElement",
    "VOIActivityDetermination",
    "VOISegmentationEnergyDepositionCalculationAbsorbedDoseRateCalculation",
    "VOISegmentationVOIMassDetermination",
    "read",
    "to_xml",
]
