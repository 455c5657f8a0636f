"""Data that a file set names: DICOM series, files, and the transformations applied to them."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from ontomedirad.descriptor.block import Block
from ontomedirad.descriptor.marks import (
    Coded,
    Expects,
    Identifier,
    Kind,
    Late,
    Meaning,
    Output,
    Reference,
    Role,
    Scope,
    StoredIn,
    Tag,
    Text,
    Thing,
    Wrapped,
)
from ontomedirad.descriptor.values import NonDICOMDataClass, NonDICOMDataFormat, PlainText, TransformationType

AppliedTransformations = Annotated[
    Annotated[list[Annotated[PlainText, Field()]], Field(min_length=1)] | None,
    Tag("TransformationsUsed"),
    Wrapped("TransformationIdentifier"),
    Reference("GeometricalTransformation"),
    Role("transformed by"),
]


class DICOMData(Block):
    """One DICOM series (PS3.3 C.7.3.1): the same individual wherever its Series UID stands."""

    meaning: ClassVar[Meaning] = Thing(scope=Scope.world, key=("series_uid",), kind="series", dated=True)

    study_uid: Annotated[PlainText, Tag("DICOMStudyUID"), Text("om:has_DICOM_study_instance_UID")]
    series_uid: Annotated[PlainText, Tag("DICOMSeriesUID"), Text("om:has_DICOM_series_instance_UID")]
    transformations: AppliedTransformations = None


class NonDICOMData(Block):
    """A file of the file set, named by its path in it."""

    meaning: ClassVar[Meaning] = Thing(
        ("om:non_DICOM_file",), scope=Scope.file_set, key=("file_name",), kind="file", dated=True
    )

    data_class: Annotated[NonDICOMDataClass, Tag("NonDICOMDataClass"), Kind()]
    format: Annotated[NonDICOMDataFormat, Tag("NonDICOMDataFormat"), Coded(), Role("format")]
    file_name: Annotated[PlainText, Tag("NonDICOMDataFileName"), Text("om:has_name")]
    fhir_identifier: Annotated[
        PlainText | None,
        Tag("FHIRIdentifier"),
        Text("om:has_IRDBB_FHIR_handle", "/fhir/Binary/{}"),
        Text("omx:has_FHIR_identifier"),
        Late(),
    ] = None
    transformations: AppliedTransformations = None


Series = Annotated[list[DICOMData], Field(min_length=1), Wrapped("DICOMData")]
"""One or more series in a container element."""

Files = Annotated[list[NonDICOMData], Field(min_length=1), Wrapped("NonDICOMData")]
"""One or more files in a container element."""

STORED_IN_SERIES = StoredIn(("obo:IAO_0000100",))

TRANSFORMATION_FILES = (
    "Linear transformation matrix",
    "BSpline transformation",
    "Advanced elastix transformation",
)

_CT = ("om:CT_image_dataset",)
_NM = ("om:NM_recon_tomo_dataset",)


class GeometricalTransformation(Block):
    """A mapping of coordinates from the space of one image to that of another."""

    meaning: ClassVar[Meaning] = Thing(scope=Scope.file_set, key=("identifier",))

    files: Annotated[Files, Tag("GeometricalTransformationValue"), StoredIn(), Expects(TRANSFORMATION_FILES)]
    type: Annotated[TransformationType, Tag("TransformationType"), Kind()]
    identifier: Annotated[PlainText, Tag("TransformationIdentifier"), Identifier()]
    ct_source: Annotated[
        Series | None, Tag("DICOMCTSourceCoordinateSpaceUsed"), Role("source space", _CT)
    ] = None
    ct_destination: Annotated[
        Series | None, Tag("DICOMCTDestinationCoordinateSpaceUsed"), Role("destination space", _CT)
    ] = None
    nm_source: Annotated[
        Series | None, Tag("DICOMSPECTSourceCoordinateSpaceUsed"), Role("source space", _NM)
    ] = None
    nm_destination: Annotated[
        Series | None, Tag("DICOMSPECTDestinationCoordinateSpaceUsed"), Role("destination space", _NM)
    ] = None
    source_files: Annotated[Files | None, Tag("NonDICOMSourceCoordinateSpaceUsed"), Role("source space")] = (
        None
    )
    destination_files: Annotated[
        Files | None, Tag("NonDICOMDestinationCoordinateSpaceUsed"), Role("destination space")
    ] = None


Transformations = Annotated[
    list[GeometricalTransformation], Field(min_length=1), Wrapped("GeometricalTransformation"), Output()
]
"""The transformations that a registration made."""
