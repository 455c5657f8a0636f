"""Where a value comes from, what rests on it, and how to hand that on: trees, pictures, PROV."""

from __future__ import annotations

from ontomedirad.lineage.compare import Comparison, compare
from ontomedirad.lineage.crate import write_crate
from ontomedirad.lineage.exchange import export_prov
from ontomedirad.lineage.explain import Explanation, explain
from ontomedirad.lineage.impact import Impact, impact
from ontomedirad.lineage.steps import Maker, Step

__all__ = [
    "Comparison",
    "Explanation",
    "Impact",
    "Maker",
    "Step",
    "compare",
    "explain",
    "export_prov",
    "impact",
    "write_crate",
]
