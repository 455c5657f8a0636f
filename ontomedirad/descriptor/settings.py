"""Settings of methods: free names, values and units; a few names have a class of their own."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, ClassVar

from ontomedirad import resources
from ontomedirad.descriptor.block import Block
from ontomedirad.descriptor.marks import Meaning, Quantity, Scope, Tag, Text, Unit, Value
from ontomedirad.descriptor.values import PlainText

if TYPE_CHECKING:
    from ontomedirad.translation.build import Build

_MODULATION = "Simulation of intensity modulation"
_UNMODULATED = "no use of x-ray modulation"


class MethodSettingType(Block):
    """A setting of a method, such as the tube's voltage."""

    meaning: ClassVar[Meaning] = Quantity(scope=Scope.owner, kind="setting", key=("name",), of_patient=False)

    name: Annotated[PlainText | None, Tag("MethodSetting"), Text("om:has_name")] = None
    value: Annotated[PlainText | None, Tag("MethodSettingValue"), Value()] = None
    unit: Annotated[PlainText | None, Tag("MethodSettingUnit"), Unit()] = None

    def also(self, build: Build, node: str) -> None:
        """The class of the setting; modulation of the tube current is a class used as an individual."""
        build.type(node, _classes().get(self.name or "", "om:device_setting"))
        if self.name == _MODULATION:
            unmodulated = (self.value or "").strip().casefold() == _UNMODULATED
            class_ = "om:no_use_of_X_ray_modulation" if unmodulated else "om:use_of_X_ray_modulation"
            build.say_class(build.frames[-1].process, "om:has_setting", class_)


@cache
def _classes() -> dict[str, str]:
    table = resources.translators() / "descriptor" / "settings.tsv"
    return {row["setting"]: row["class"] for row in resources.rows(table)}
