"""DICOM sources: what may be read of images and structured reports, grouped into series and reports.

    Collection(source).units      what makes one graph each
    Collection(source).findings   files that hold nothing, or that are damaged

Headers only; pixels are never read, and attributes that no table allows are not taken.
"""

from __future__ import annotations

from ontomedirad.dicom.collection import Collection
from ontomedirad.dicom.series import Unit

__all__ = ["Collection", "Unit"]
