"""Rules of CT doses and of settings: units that fit what they measure, units that are known."""

from __future__ import annotations

from collections.abc import Iterator

from ontomedirad import vocabulary
from ontomedirad.descriptor.block import Block
from ontomedirad.descriptor.facts import Facts
from ontomedirad.descriptor.monte_carlo import (
    AbsorbedDosePerVOIType,
    AttenuatorType,
    VoxelBasedDistributionOfAbsorbedDoseType,
)
from ontomedirad.descriptor.nearest import nearest
from ontomedirad.descriptor.rulebook import Break, rule
from ontomedirad.descriptor.settings import MethodSettingType
from ontomedirad.report import Level
from ontomedirad.settings import Settings

_NORMALISED = "normalized to tube load"


@rule("R17", Level.must, "The unit of a CT dose fits its category: normalised to tube load, or of dose.")
def _units_of_categories(facts: Facts, settings: Settings) -> Iterator[Break]:
    for cls in (AbsorbedDosePerVOIType, VoxelBasedDistributionOfAbsorbedDoseType):
        for mention in facts.of(cls):
            category, unit = (getattr(mention.model, name) for name in ("category", "unit"))
            known = vocabulary.unit_of(unit) if unit else None
            if category is None or known is None or (_NORMALISED in category) == (known.si != "Gy"):
                continue
            normalised = _NORMALISED in category
            yield Break(
                f"the unit {unit} does not fit the category {category!r}",
                facts.place(mention.model, "unit"),
                "write a unit per milliampere second" if normalised else "write gray or milligray",
                (facts.place(mention.model, "category"),),
            )


@rule("R17", Level.must, "The statistic of a CT dose is that of its category.")
def _statistics(facts: Facts, settings: Settings) -> Iterator[Break]:
    for mention in facts.of(AbsorbedDosePerVOIType):
        category, statistic = (getattr(mention.model, name) for name in ("category", "statistic"))
        if None in (category, statistic) or _NORMALISED in category or category.startswith(statistic):
            continue
        yield Break(
            f"the statistic {statistic} contradicts the category {category!r}",
            facts.place(mention.model, "statistic"),
            "make both agree",
            (facts.place(mention.model, "category"),),
        )


@rule("unit", Level.should, "A unit that is written freely is one of translators/unit_spellings.tsv.")
def _known_units(facts: Facts, settings: Settings) -> Iterator[Break]:
    fields: tuple[tuple[type[Block], str], ...] = (
        (MethodSettingType, "unit"),
        (AttenuatorType, "thickness_unit"),
    )
    for cls, name in fields:
        for mention in facts.of(cls):
            unit = getattr(mention.model, name)
            if unit is None or not unit.strip() or vocabulary.unit_of(unit) is not None:
                continue
            near = nearest(unit.strip(), vocabulary.unit_words())
            yield Break(
                f"{cls.plan().by_name[name].tag} is no unit that is known here: the value has no SI value",
                facts.place(mention.model, name),
                f"did you mean {near!r}?" if near else "correct it, or add its spelling to the table",
            )
