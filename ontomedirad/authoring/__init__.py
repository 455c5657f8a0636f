"""Writing a descriptor: a file set makes its blocks, allots identifiers and keeps references right.

    treatment = Slide2(study=("755523-t33", "A study"), patient_id="P-001")
    day = treatment.TimePointDescriptionElement(24, "hours")      # category and identifier follow
    liver = treatment.VOI("liver", time_point=day)                # identifier allotted
    treatment.MassPerVOIAtTimePoint(1.72, "kilogram", liver, day) # given as what it is
    ...
    treatment.write("treatment.xml")

What cannot be right is refused where it is written (NotConforming): a VOI of another file set, a
unit that does not fit, an isotope that was not administered. What only the whole can show is in
`report()`, each finding with the line of Python that it is about.
"""

from __future__ import annotations

from ontomedirad.authoring.draft import Draft
from ontomedirad.authoring.workflows import (
    Calibration,
    CTMonteCarlo,
    CTNumberCalibration,
    Hybrid,
    Slide1,
    Slide2,
    TwoDim,
)

__all__ = [
    "CTMonteCarlo",
    "CTNumberCalibration",
    "Calibration",
    "Draft",
    "Hybrid",
    "Slide1",
    "Slide2",
    "TwoDim",
]
