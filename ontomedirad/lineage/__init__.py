"""Where a value comes from, and how to hand that on: trees, pictures, PROV documents."""

from __future__ import annotations

from ontomedirad.lineage.explain import Explanation, Maker, Step, explain, provenance
from ontomedirad.lineage.prov_document import prov_document

__all__ = ["Explanation", "Maker", "Step", "explain", "prov_document", "provenance"]
