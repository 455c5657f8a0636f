"""Small documents of former versions of the wire format, made up; every step of the upgrade fits one."""

from __future__ import annotations

import re

from ontomedirad.descriptor import NAMESPACE

_HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<NonDicomFileSetDescriptor xmlns="{NAMESPACE}">
  <ReferencedClinicalResearchStudy>
    <ClinicalResearchStudyID>755523-st212</ClinicalResearchStudyID>
    <ClinicalResearchStudyTitle>Made up</ClinicalResearchStudyTitle>
  </ReferencedClinicalResearchStudy>
  <PatientId>DEMO-0001</PatientId>
"""

_CATEGORY = "VoxelBasedDistributionOfAbsorbedDoseCategory"

_MAP = f"""
          <{_CATEGORY}>absorbed dose</{_CATEGORY}>
          <AbsorbedDoseUnit>milligray</AbsorbedDoseUnit>
          <NonDICOMVoxelBasedAbsorbedDoseDistribution>
            <NonDICOMDataClass>3D dose map</NonDICOMDataClass>
            <NonDICOMDataFormat>NRRD format</NonDICOMDataFormat>
            <NonDICOMDataFileName>maps/80.nrrd</NonDICOMDataFileName>
          </NonDICOMVoxelBasedAbsorbedDoseDistribution>"""

_CONTEXT = """
        <DateTimeProcessStarted>2018-03-04 10:00:00</DateTimeProcessStarted>
        <PerformingInstitution>Example Hospital</PerformingInstitution>"""

_IMAGE = """
          <DICOMStudyUID>2.25.1</DICOMStudyUID>
          <DICOMSeriesUID>2.25.2</DICOMSeriesUID>"""

OF_2018 = f"""{_HEAD}
  <WP2subtask212WorkflowData>
    <CTSegmentation>{_CONTEXT}
      <DICOMImageUsed>{_IMAGE}
      </DICOMImageUsed>
      <SegmentationMethodUsed>
        <SegmentationMethod>Interactive contour segmentation</SegmentationMethod>
        <SoftwareName>Contourer</SoftwareName>
        <SoftwareName>Painter</SoftwareName>
      </SegmentationMethodUsed>
      <VOIDescriptorProduced>
        <VOIId>1</VOIId>
        <VOILabel>lungs</VOILabel>
        <VOIData>
          <NonDICOMDataClass>VOI</NonDICOMDataClass>
          <NonDICOMDataFormat>STL format</NonDICOMDataFormat>
          <NonDICOMDataFileName>lungs.stl</NonDICOMDataFileName>
        </VOIData>
        <VOIData>
          <NonDICOMDataClass>VOI</NonDICOMDataClass>
          <NonDICOMDataFormat>NRRD format</NonDICOMDataFormat>
          <NonDICOMDataFileName>lungs.nrrd</NonDICOMDataFileName>
        </VOIData>
      </VOIDescriptorProduced>
      <VOIDescriptorProduced>
        <VOIId>2</VOIId>
        <VOILabel>breast</VOILabel>
      </VOIDescriptorProduced>
    </CTSegmentation>
    <SimpleCTMonteCarloDosimetry>
      <CalculationOfVoxelMap>{_CONTEXT}
        <MonteCarloMethodUsed>
          <MonteCarloMethod>Monte Carlo CT dosimetry</MonteCarloMethod>
          <SoftwareName>Simulator</SoftwareName>
          <SimulatedImagingDevice>Scanner A</SimulatedImagingDevice>
          <SimulatedImagingDevice>Scanner B</SimulatedImagingDevice>
          <MonteCarloMethodSetting>
            <MethodSetting>KVP</MethodSetting>
            <MethodSettingValue>80</MethodSettingValue>
            <MethodSettingUnit>kV</MethodSettingUnit>
          </MonteCarloMethodSetting>
          <MonteCarloMethodSetting>
            <MethodSetting>Histories</MethodSetting>
            <MethodSettingValue>1e9</MethodSettingValue>
          </MonteCarloMethodSetting>
        </MonteCarloMethodUsed>
        <DICOMCTImageDataUsed>{_IMAGE}
        </DICOMCTImageDataUsed>
        <VoxelBasedDistributionOfAbsorbedDoseProduced>{_MAP}
        </VoxelBasedDistributionOfAbsorbedDoseProduced>
      </CalculationOfVoxelMap>
      <CalculationOfAbsorbedDosesInVOIs>{_CONTEXT}
        <VoxelBasedDistributionOfAbsorbedDoseUsed>{_MAP}
        </VoxelBasedDistributionOfAbsorbedDoseUsed>
        <VOIDescriptorUsed>
          <VOIId>1</VOIId>
          <VOILabel>lungs</VOILabel>
        </VOIDescriptorUsed>
        <VOIDescriptorUsed>
          <VOIId>2</VOIId>
          <VOILabel>breast</VOILabel>
        </VOIDescriptorUsed>
        <AbsorbedDosePerVOI>
          <AbsorbedDoseCategory>mean absorbed radiation dose</AbsorbedDoseCategory>
          <AbsorbedDoseValue>3.5</AbsorbedDoseValue>
          <AbsorbedDoseUnit>milligray</AbsorbedDoseUnit>
          <VOI>
            <VOIId>1</VOIId>
            <VOILabel>lungs</VOILabel>
          </VOI>
        </AbsorbedDosePerVOI>
        <AbsorbedDosePerVOI>
          <AbsorbedDoseCategory>mean absorbed radiation dose</AbsorbedDoseCategory>
          <AbsorbedDoseValue>2.25</AbsorbedDoseValue>
          <AbsorbedDoseUnit>milligray</AbsorbedDoseUnit>
          <VOI>
            <VOIId>2</VOIId>
            <VOILabel>breast</VOILabel>
          </VOI>
        </AbsorbedDosePerVOI>
      </CalculationOfAbsorbedDosesInVOIs>
    </SimpleCTMonteCarloDosimetry>
  </WP2subtask212WorkflowData>
</NonDicomFileSetDescriptor>
"""

OF_2019 = (
    OF_2018.replace("VOIData>", "NonDICOMVOIContainer>")
    .replace("VOIDescriptorUsed>\n          <VOIId>", "VOIIdentifierUsed>")
    .replace(
        "</VOIId>\n          <VOILabel>lungs</VOILabel>\n        </VOIDescriptorUsed>", "</VOIIdentifierUsed>"
    )
    .replace(
        "</VOIId>\n          <VOILabel>breast</VOILabel>\n        </VOIDescriptorUsed>",
        "</VOIIdentifierUsed>",
    )
)
"""As the first, but for VOIs used, which are named by their identifiers."""


def of_061(current: str) -> str:
    """A treatment of the current version in the words of version 061."""
    dose = re.compile(
        "(?<=</irdbb:AbsorbedDoseInVOIValue>)(\\s*)<irdbb:AbsorbedDoseUnit>gray</irdbb:AbsorbedDoseUnit>"
    )
    return (
        dose.sub(r"\1<irdbb:AbsorbedDoseInVOIUnit>gray</irdbb:AbsorbedDoseInVOIUnit>", current)
        .replace("VersionSchemas : 108", "VersionSchemas : 061")
        .replace("NRRD format", "HDF format")
        .replace(".nrrd<", ".h5<")
        .replace("sodiumIodideI131", "NaI")
    )
