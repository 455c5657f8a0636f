"""An author who writes whole descriptors at random, but knows what belongs where.

Everything that is made is put into the document; a reference names something that stands in it. What
rules ask of single values (UIDs, classes of files, units of doses) is kept, so that all that is
left to chance is what the author may choose.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from hypothesis import strategies as st
from strategies import FLOATS, INTEGERS, TEXTS

from ontomedirad.authoring.draft import Draft
from ontomedirad.authoring.given import takes_number
from ontomedirad.authoring.parameters import Parameter, allotted, blocks_below, parameters, referred
from ontomedirad.authoring.workflows import CTNumberCalibration
from ontomedirad.descriptor import (
    AbsorbedDoseInVOI,
    AbsorbedDosePerVOIType,
    Block,
    DICOMData,
    GeometricalTransformation,
    NonDICOMData,
    VoxelBasedDistributionOfAbsorbedDoseType,
)
from ontomedirad.descriptor.marks import Expects, Moment

INJECTED = datetime(2026, 3, 2, 10, 15)
SPOKEN = tuple(t for t in TEXTS if t.strip())


def begin(workflow: type[Draft], patient: str = "P-001") -> Any:
    """An empty descriptor; of a treatment, with its administration."""
    if workflow is CTNumberCalibration:
        return workflow()
    draft: Any = workflow(study=("755523-t33", "A study"), patient_id=patient)  # type: ignore[call-arg]
    if workflow.treatment():
        draft.AcquisitionSettings(
            "Hospital",
            INJECTED,
            pre_activity=(3700, "megabecquerel"),
            post_activity=(12.5, "megabecquerel"),
            radiopharmaceutical="sodiumIodideI131",
            isotope="iodine131",
        )
    return draft


class Author:
    """Draws one descriptor of a workflow."""

    def __init__(self, draw: st.DrawFn, workflow: type[Draft]) -> None:
        self.draw, self.workflow = draw, workflow
        self.draft = begin(workflow)
        self.numbers = count(1)
        self.standing: dict[str, list[Block]] = {}

    def write(self) -> Any:
        """The whole document, in its draft."""
        self.block(self.workflow.WORKFLOW)
        return self.draft

    def block(self, block: type[Block], classes: tuple[str, ...] = ()) -> Block:
        """A block with its needed parts and some of the others; `classes` are those that a file may have."""
        asked = parameters(block, self.workflow.treatment())
        given: dict[str, Any] = {}
        if block is GeometricalTransformation:
            given["type"] = self.draw(st.sampled_from(allowed(asked, "type")))
            classes = (given["type"],)
        if block in (AbsorbedDosePerVOIType, VoxelBasedDistributionOfAbsorbedDoseType):
            given |= self._amount(asked)
        for p in sorted(asked, key=lambda p: not _declares(p)):
            if p.name not in given and self._wanted(block, p):
                given[p.name] = self._value(block, p, classes)
        made = getattr(self.draft, block.__name__)(**given)
        self.standing.setdefault(made.plan().kind, []).append(made)
        return made

    def _amount(self, asked: tuple[Parameter, ...]) -> dict[str, str]:
        """A category with a unit, and a statistic, that fit it (rule R17)."""
        category = self.draw(st.sampled_from(allowed(asked, "category")))
        normalised = "normalized" in category
        units = [u for u in allowed(asked, "unit") if ("ampere" in u) == normalised]
        found = {"category": category, "unit": self.draw(st.sampled_from(units))}
        if any(p.name == "statistic" for p in asked) and not normalised:
            found["statistic"] = category.split()[0]
        return found

    def _wanted(self, block: type[Block], p: Parameter) -> bool:
        if p.field is allotted(block):
            return False
        if p.targets and not self._known(p):
            assert not p.needed or (p.field.many and not p.field.filled), f"{block.__name__}.{p.name}"
            return p.needed
        return p.needed or _declares(p) or (p.field.name not in _STATED and self.draw(st.booleans()))

    def _known(self, p: Parameter) -> list[Block]:
        return self.standing.get(p.targets[0].plan().kind, [])

    def _value(self, block: type[Block], p: Parameter, classes: tuple[str, ...]) -> Any:
        if not p.field.many:
            return self._one(block, p, classes)
        if p.targets:
            known = self._known(p)
            return self.draw(st.lists(st.sampled_from(known), min_size=1, max_size=3)) if known else []
        return [self._one(block, p, classes) for _ in range(self.draw(st.integers(1, 2)))]

    def _one(self, block: type[Block], p: Parameter, classes: tuple[str, ...]) -> Any:
        field = p.field
        if p.targets:
            return self.draw(st.sampled_from(self._known(p)))
        if field.block is not None:
            expects = field.mark(Expects)
            return self.block(
                field.block,
                classes if field.block is NonDICOMData and classes else expects.classes if expects else (),
            )
        assert field.leaf is not None
        if field.leaf.values:
            chosen = classes if field.name == "data_class" and classes else field.leaf.values
            chosen = ("gray", "milligray") if block is AbsorbedDoseInVOI else chosen
            return self.draw(st.sampled_from(chosen))
        if field.mark(Moment):
            moment = INJECTED + timedelta(minutes=self.draw(st.integers(0, 10**6)))
            return self.draw(st.sampled_from((moment, moment.isoformat(sep=" "))))
        if block is DICOMData:
            return f"2.25.{next(self.numbers)}"
        if field.name in block.meaning.key:
            return f"name {next(self.numbers)}"
        if field.name.endswith("unit"):
            return self.draw(st.sampled_from(("mm", "kV")))
        if field.leaf.xsd == "integer":
            return self.draw(st.one_of(st.sampled_from(INTEGERS), st.integers()))
        if field.leaf.xsd == "float":
            return self.draw(st.one_of(st.sampled_from(FLOATS), st.floats()))
        return self.draw(
            st.one_of(st.sampled_from(SPOKEN), st.floats() if takes_number(field) else st.nothing())
        )


_STATED = frozenset({"isotope", "pre_activity", "post_activity", "category"})
"""What the author leaves to the file set."""


def allowed(asked: tuple[Parameter, ...], name: str) -> tuple[str, ...]:
    """The value list of a field."""
    leaf = next(p.field.leaf for p in asked if p.name == name)
    assert leaf is not None
    return leaf.values


def _declares(p: Parameter) -> bool:
    """Whether something that can be referred to stands in this part of the document."""
    below = blocks_below(p.field.block).values() if p.field.block else ()
    return not (referred() - {NonDICOMData}).isdisjoint(below)


@st.composite
def drafts(draw: st.DrawFn, workflow: type[Draft]) -> Any:
    """Whole descriptors of a workflow."""
    return Author(draw, workflow).write()
