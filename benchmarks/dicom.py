"""A CT series of a thousand images, with the attributes that scanners write, and pydicom's reading of it."""

from __future__ import annotations

import io
from pathlib import Path

from pydicom import Dataset, dcmread
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian

ROOT = "1.2.826.0.1.3680043.10.999"


def write_series(folder: Path, images: int) -> list[Path]:
    """Files of one series; about a hundred attributes each, and a few hundred pixels."""
    paths = []
    for number in range(1, images + 1):
        path = folder / f"IM{number:05}"
        path.write_bytes(_image(number))
        paths.append(path)
    return paths


def read_by_pydicom(paths: list[Path]) -> None:
    """The floor: pydicom reads each header, and the values of the attributes that are carried."""
    for path in paths:
        dcmread(path, stop_before_pixels=True)


def _image(number: int) -> bytes:
    d = Dataset()
    d.SOPClassUID, d.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.2", f"{ROOT}.3.{number}"
    d.StudyInstanceUID, d.SeriesInstanceUID = f"{ROOT}.1", f"{ROOT}.2"
    d.FrameOfReferenceUID = f"{ROOT}.4"
    d.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL", "CT_SOM5 SPI"]
    for keyword in ("Study", "Series", "Acquisition", "Content"):
        setattr(d, f"{keyword}Date", "20240101")
        setattr(d, f"{keyword}Time", f"09{number // 60 % 60:02}{number % 60:02}.123000")
    d.Modality, d.Manufacturer, d.ManufacturerModelName = "CT", "Made in code", "Synthetic 1"
    d.PatientID = d.PatientName = "P-001"
    d.PatientBirthDate, d.PatientSex, d.PatientAge = "", "F", "063Y"
    d.PatientWeight, d.PatientSize, d.PatientIdentityRemoved = "62", "1.68", "YES"
    d.StudyDescription, d.SeriesDescription, d.ProtocolName = "CT Thorax", "CT Thorax 1.0", "CT ThoraxRoutine"
    d.BodyPartExamined, d.ScanOptions, d.SliceThickness, d.KVP = "CHEST", "SPIRAL", "1.0", "120"
    d.DataCollectionDiameter, d.SoftwareVersions, d.ReconstructionDiameter = "500", "VA1", "380"
    d.DistanceSourceToDetector, d.DistanceSourceToPatient = "1085.6", "595"
    d.GantryDetectorTilt, d.TableHeight, d.RotationDirection = "0", "150", "CW"
    d.ExposureTime, d.XRayTubeCurrent, d.Exposure = "500", str(200 + number % 97), str(100 + number % 49)
    d.FilterType, d.GeneratorPower, d.FocalSpots, d.ConvolutionKernel = "FLAT", "48", "1.2", "B31f"
    d.PatientPosition, d.SpiralPitchFactor, d.TotalCollimationWidth = "HFS", 1.2, 38.4
    d.SingleCollimationWidth, d.TableSpeed, d.TableFeedPerRotation = 0.6, 92.0, 46.0
    d.CTDIvol = 8.0 + number % 13 / 10
    d.AcquisitionNumber, d.SeriesNumber, d.InstanceNumber = "1", "2", str(number)
    d.ImagePositionPatient = ["-190.0", "-340.5", str(-500 + number)]
    d.ImageOrientationPatient = ["1", "0", "0", "0", "1", "0"]
    d.SliceLocation, d.ImageComments, d.StudyID, d.AccessionNumber = str(-500 + number), "", "", ""
    d.ReferringPhysicianName = d.InstitutionName = d.StationName = ""
    for keyword in ("ReferencedImageSequence", "SourceImageSequence", "ProcedureCodeSequence"):
        item = Dataset()
        if keyword == "ProcedureCodeSequence":
            item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = "CT01", "99X", "CT"
        else:
            item.ReferencedSOPClassUID, item.ReferencedSOPInstanceUID = d.SOPClassUID, f"{ROOT}.5"
        setattr(d, keyword, [item])
    private = d.private_block(0x0029, "SYNTHETIC", create=True)
    private.add_new(0x10, "OB", bytes(4000))
    d.SamplesPerPixel, d.PhotometricInterpretation, d.Rows, d.Columns = 1, "MONOCHROME2", 16, 16
    d.PixelSpacing = ["0.74", "0.74"]
    d.BitsAllocated, d.BitsStored, d.HighBit, d.PixelRepresentation = 16, 12, 11, 0
    d.WindowCenter, d.WindowWidth, d.RescaleIntercept, d.RescaleSlope = "40", "400", "-1024", "1"
    d.PixelData = bytes(512)
    d["PixelData"].VR = "OW"
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = d.SOPClassUID, d.SOPInstanceUID
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    out = io.BytesIO()
    FileDataset(out, d, preamble=bytes(128), file_meta=meta).save_as(out, enforce_file_format=True)
    return out.getvalue()
