"""What content items say of the individual around them: a rule for each role of `concepts.tsv`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ontomedirad.dicom.trees import Item
from ontomedirad.translation.dicom.owners import Concept, Owner
from ontomedirad.translation.dicom.roles import administrations, doses, events, patients, settings
from ontomedirad.translation.dicom.roles.settings import settle

if TYPE_CHECKING:
    from ontomedirad.translation.dicom.report import Report

Role = Callable[["Report", Owner, Item, Concept], None]

ROLES: dict[str, Role] = {
    "procedure": events.told_elsewhere,
    "device": events.told_elsewhere,
    "key": events.told_elsewhere,
    "phantom": events.told_elsewhere,
    "finding site": events.told_elsewhere,
    "laterality": events.told_elsewhere,
    "authority": events.told_elsewhere,
    "intent": events.told_elsewhere,
    "associated procedure": events.told_elsewhere,
    "scope": events.scope,
    "source of dose": events.source_of_dose,
    "accumulated beginning": events.accumulated_beginning,
    "accumulated end": events.accumulated_end,
    "count": settings.count,
    "total": doses.total,
    "measure": settings.measure,
    "plane": settings.plane,
    "kind": events.kind,
    "beginning": events.beginning,
    "end": events.end,
    "protocol": events.protocol,
    "region": events.region,
    "identifier": events.identifier,
    "setting": settings.setting,
    "coded setting": settings.coded_setting,
    "sources": settings.sources,
    "dose": doses.dose,
    "estimate": doses.estimate,
    "modulation": settings.modulation,
    "algorithm": settings.algorithm,
    "repeated": events.repeated,
    "reason": events.reason,
    "material": settings.material,
    "effective dose": doses.effective,
    "agent": administrations.agent,
    "radionuclide": administrations.radionuclide,
    "half-life": administrations.half_life,
    "activity": administrations.activity,
    "route": administrations.route,
    "organ dose": doses.organ_dose,
    "patient measure": patients.patient_measure,
    "patient age": patients.patient_age,
    "patient sex": patients.patient_sex,
    "patient state": patients.patient_state,
    "used report": patients.used_report,
    "used event": patients.used_event,
    "method": patients.method,
    "model": patients.model,
    "model value": settings.measure,
    "representation": patients.representation,
}


__all__ = ["ROLES", "settle"]
