"""All rules of single facts, registered by the modules that hold them."""

from __future__ import annotations

from ontomedirad.descriptor import agreements, amounts, identities, images, times
from ontomedirad.descriptor.rulebook import RULES

__all__ = ["RULES", "agreements", "amounts", "identities", "images", "times"]
