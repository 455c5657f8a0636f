"""What kind of thing a step is, and its colour in pictures.

Colours are the Okabe-Ito set and the wine of Tol's, which colour-blind readers tell apart.
"""

from __future__ import annotations

from typing import NamedTuple


class Kind(NamedTuple):
    """A kind of thing: its name, its colour, and parts of the labels of its classes."""

    name: str
    colour: str
    parts: tuple[str, ...] = ()


KINDS = (
    Kind("calibration", "#F0E442", ("calibration", "recovery coefficient")),
    Kind("dose rate", "#D55E00", ("dose rate",)),
    Kind("dose", "#882255", ("absorbed dose", "radiation dose", "effective dose")),
    Kind("energy deposition", "#E69F00", ("energy deposition",)),
    Kind("activity, counts", "#56B4E9", ("activity", "counts")),
    Kind("mass, volume", "#CC79A7", ("mass", "volume measurement")),
    Kind("transformation", "#999999", ("transformation",)),
    Kind("segmentation, VOI", "#009E73", ("segmentation", "VOI", "ROI")),
    Kind("image", "#0072B2", ("dataset", "image")),
)
"""The first kind that has a part of the label counts."""

OTHER = Kind("other", "#D8DEE4")

LEGEND = (
    "calibration",
    "image",
    "transformation",
    "segmentation, VOI",
    "mass, volume",
    "activity, counts",
    "energy deposition",
    "dose rate",
    "dose",
    "other",
)
"""Names of kinds in the order in which results come to be."""


def kind_of(label: str) -> Kind:
    """The kind that the label of a class belongs to."""
    return next((kind for kind in KINDS if any(part in label for part in kind.parts)), OTHER)
