"""A small DICOM file set descriptor, made up: a CT, an NM and a PET series, and a dose report."""

from __future__ import annotations

from ontomedirad.descriptor import NAMESPACE


def series(uid: str, modality: str, made: str, sop_class: str) -> str:
    return f"""<DICOMSeries><DICOMSeriesDescriptor>
      <SeriesNumber-00200011>{uid[-1]}</SeriesNumber-00200011>
      <SeriesInstanceUID-0020000e>{uid}</SeriesInstanceUID-0020000e>
      <SeriesDate-00080021>20200117</SeriesDate-00080021><SeriesTime-00080031>10170{uid[-1]}</SeriesTime-00080031>
      <Modality-00080060>{modality}</Modality-00080060><Manufacturer-00080070>Maker</Manufacturer-00080070>
      <ManufacturersModelName-00081090>Model {modality}</ManufacturersModelName-00081090>
      <InstitutionName-00080080>MARKER-institution</InstitutionName-00080080>
      <ProtocolName-00181030>MARKER-protocol</ProtocolName-00181030>
      <SeriesDescription-0008103e>MARKER-series</SeriesDescription-0008103e>
    </DICOMSeriesDescriptor>
    <DICOMSOPInstanceDescriptor>{made}</DICOMSOPInstanceDescriptor>
    <DICOMSOPInstance><DICOMSOPInstanceUID>{uid}.1</DICOMSOPInstanceUID>
      <DICOMSOPClassUID>{sop_class}</DICOMSOPClassUID></DICOMSOPInstance>
    <DICOMSOPInstance><DICOMSOPInstanceUID>{uid}.2</DICOMSOPInstanceUID>
      <DICOMSOPClassUID>{sop_class}</DICOMSOPClassUID></DICOMSOPInstance></DICOMSeries>"""


def code(tag: str, scheme: str, value: str, meaning: str) -> str:
    return f"""<{tag}><CodingSchemeDesignator-00080102>{scheme}</CodingSchemeDesignator-00080102>
      <CodeValue-00080100>{value}</CodeValue-00080100>
      <CodeMeaning-00080104>{meaning}</CodeMeaning-00080104></{tag}>"""


def given(name: str, drug: str, nuclide: str, activity: str, event: str) -> str:
    return f"""<RadiopharmaceuticalInformationSequence-00540016>
      <Radiopharmaceutical-00180031>{name}</Radiopharmaceutical-00180031>{drug}{nuclide}
      <RadiopharmaceuticalVolume-00181071>2.5</RadiopharmaceuticalVolume-00181071>
      <RadiopharmaceuticalStartTime-00181072>090000</RadiopharmaceuticalStartTime-00181072>
      <RadiopharmaceuticalStopTime-00181073>090100</RadiopharmaceuticalStopTime-00181073>
      <RadionuclideTotalDose-00181074>{activity}</RadionuclideTotalDose-00181074>
      <RadiopharmaceuticalAdministrationEventUID-00083012>{event}</RadiopharmaceuticalAdministrationEventUID-00083012>
    </RadiopharmaceuticalInformationSequence-00540016>"""


CT = """<CTImageAcquisitionDescriptor><FrameOfReferenceUID-00200052>2.25.50</FrameOfReferenceUID-00200052>
  <ImageType-00080008>ORIGINAL\\PRIMARY\\AXIAL</ImageType-00080008>
  <AcquisitionDate-00080022>20200118</AcquisitionDate-00080022>
  <AcquisitionTime-00080032>101711</AcquisitionTime-00080032>
  <AcquisitionType-00189302>SPIRAL</AcquisitionType-00189302>
  <RevolutionTime-00189305>0.5</RevolutionTime-00189305>
  <TotalCollimationWidth-00189307>38.4</TotalCollimationWidth-00189307>
  <GantryDetectorTilt-00181120>1.5</GantryDetectorTilt-00181120>
  <TableFeedPerRotation-00189310>46.1</TableFeedPerRotation-00189310>
  <SpiralPitchFactor-00189311>1.2</SpiralPitchFactor-00189311><KVP-00180060>120</KVP-00180060>
  <ExposureTime-00181150>501</ExposureTime-00181150><XRayTubeCurrent-00181151>51</XRayTubeCurrent-00181151>
  <ExposureInMicroAs-00181153>25500</ExposureInMicroAs-00181153><FilterType-00181160>FLAT</FilterType-00181160>
  <FocalSpots-00181190>1.1</FocalSpots-00181190>
  <ExposureModulationType-00189323>XYZ_EC</ExposureModulationType-00189323></CTImageAcquisitionDescriptor>"""

NM = f"""<NMImageAcquisitionDescriptor><FrameOfReferenceUID-00200052>2.25.51</FrameOfReferenceUID-00200052>
  <ImageType-00080008>DERIVED\\PRIMARY\\RECON TOMO\\EMISSION</ImageType-00080008>
  <EnergyWindowInformationSequence-00540012><EnergyWindowName-00540018>peak</EnergyWindowName-00540018>
    <EnergyWindowLowerLimit-00540014>327.6</EnergyWindowLowerLimit-00540014>
    <EnergyWindowUpperLimit-00540015>400.4</EnergyWindowUpperLimit-00540015></EnergyWindowInformationSequence-00540012>
  <EnergyWindowInformationSequence-00540012><EnergyWindowName-00540018>scatter</EnergyWindowName-00540018>
    <EnergyWindowLowerLimit-00540014>300</EnergyWindowLowerLimit-00540014>
    <EnergyWindowUpperLimit-00540015>320</EnergyWindowUpperLimit-00540015></EnergyWindowInformationSequence-00540012>
  {
    given(
        "Sodium iodide",
        code("RadiopharmaceuticalCodeSequence-00540304", "SRT", "C-B1044", "Iodide"),
        code("RadionuclideCodeSequence-005400300", "SCT", "1368003", "131Iodine"),
        "3700",
        "2.25.90",
    )
}
  <ReconstructionMethod-00541103>OSEM</ReconstructionMethod-00541103></NMImageAcquisitionDescriptor>"""

PET = f"""<PETImageAcquisitionDescriptor><ImageType-00080008>ORIGINAL\\PRIMARY</ImageType-00080008>
  {
    given(
        "FDG",
        code("RadiopharmaceuticalCodeSequence-00540304", "SRT", "C-B1031", "FDG"),
        code("RadionuclideCodeSequence-005400300", "SCT", "77004003", "18Fluorine"),
        "394000000",
        "2.25.91",
    )
}
  </PETImageAcquisitionDescriptor>"""

REPORT = f"""<StructuredReportDescriptor>
  {code("ContentTemplateSequence-0040a504", "DCMR", "10011", "")}
  {code("ConceptNameCodeSequence-0040a043", "DCM", "113701", "X-Ray Radiation Dose Report")}
  </StructuredReportDescriptor>"""

IMAGE_SET = f"""<?xml version="1.0" encoding="UTF-8"?>
<DicomFileSetDescriptor xmlns="{NAMESPACE}">
  <ReferencedClinicalStudy><ClinicalStudyID>755523-t33</ClinicalStudyID>
    <ClinicalStudyTitle>Made up</ClinicalStudyTitle></ReferencedClinicalStudy>
  <PatientDescriptor>
    <PatientID-00100020>DEMO-7F3A</PatientID-00100020>
    <PatientBirthDate-00100030></PatientBirthDate-00100030>
    <PatientSex-00100040>F</PatientSex-00100040><PatientAge-00101010>047Y</PatientAge-00101010>
    <PatientSize-00101020>1.65</PatientSize-00101020><PatientWeight-00101030>61.5</PatientWeight-00101030>
  </PatientDescriptor>
  <DICOMStudy><DICOMStudyDescriptor>
      <StudyInstanceUID-0020000d>2.25.10</StudyInstanceUID-0020000d>
      <StudyDate-00080020>20200116</StudyDate-00080020><StudyTime-00080030>101500</StudyTime-00080030>
      <BodyPartExamined-00180015>THYROID</BodyPartExamined-00180015>
      <StudyDescription-00081030>MARKER-study</StudyDescription-00081030></DICOMStudyDescriptor>
    {series("2.25.11", "CT", CT, "1.2.840.10008.5.1.4.1.1.2")}
    {series("2.25.12", "NM", NM, "1.2.840.10008.5.1.4.1.1.20")}
    {series("2.25.13", "PT", PET, "1.2.840.10008.5.1.4.1.1.128")}
    {series("2.25.14", "SR", REPORT, "1.2.840.10008.5.1.4.1.1.88.67")}
  </DICOMStudy>
</DicomFileSetDescriptor>
"""
