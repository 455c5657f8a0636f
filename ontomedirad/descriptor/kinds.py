"""Classes and marks that the boxes of a treatment share."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ontomedirad.descriptor.marks import (
    Input,
    Instance,
    Linked,
    Measured,
    Method,
    Output,
    Reference,
    Wrapped,
)
from ontomedirad.descriptor.regions import (
    IMAGES_USED,
    CountsPerVOIAtTimePoint,
)

NM_TOMO = ("om:NM_tomo_dataset",)
NM_RECON = ("om:NM_recon_tomo_dataset",)
CT = ("om:CT_image_dataset",)
CT_RESAMPLED = ("om:resampled_CT_image_dataset", "om:CT_image_dataset")
NM_RESAMPLED = ("om:resampled_NM_recon_tomo_dataset",)
COEFFICIENT = ("om:SPECT_calibration_coefficient",)
RECOVERY_CURVE = ("om:SPECT_recovery_coefficient_curve",)
CT_CURVE = ("om:CT_number_calibration_curve",)

MATRIX = ("om:3D_energy_deposition_rate_at_timepoint",)
_DOSE_MAP = ("dcm:128487",)

RESTS_ON_IMAGES = Linked("rests on", IMAGES_USED)

Counts = Annotated[
    list[CountsPerVOIAtTimePoint], Field(min_length=1), Wrapped("CountsPerVOIAtTimePointProduced"), Output()
]


BED = (Measured(("omx:biological_effective_dose",)), Output())
"""Marks of the text that states a biological effective dose."""

DOSE_MAPS_USED = (Wrapped("VoxelAbsorbedDoseMapIdentifierUsed"), Reference("NonDICOMData"), Input(_DOSE_MAP))
"""Marks of a list of dose maps; the wire format gives maps no identifier but their file name."""


def method(*types: str) -> tuple[Instance, Method]:
    """Marks of a text that names a method of one of our classes."""
    return Instance(types, kind="method"), Method()
