"""A whole example: a treatment is described, translated, checked, stored, asked and explained."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

from ontomedirad.api import translate
from ontomedirad.checking import check
from ontomedirad.demo.treatment import example_descriptor
from ontomedirad.descriptor.write import to_xml
from ontomedirad.errors import NotConforming, SourceError
from ontomedirad.lineage.doses import OrganDose, dose_parts, stacked
from ontomedirad.lineage.explain import explain
from ontomedirad.lineage.figure import lineage_parts
from ontomedirad.store import Store, open_store

ANSWERS = ("absorbed-doses", "volumes-of-interest", "radiopharmaceutical-administrations")


def run_demo(folder: Path) -> Iterator[str]:
    """Write the example into `folder`; yields what was done, line by line."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SourceError(str(folder), f"cannot be made: {error.strerror}") from None
    descriptor, graph, place = folder / "descriptor.xml", folder / "graph.trig", folder / "store"
    descriptor.write_bytes(to_xml(example_descriptor()))
    yield f"{descriptor}: a treatment with I-131, written from typed Python objects"
    translation = translate(descriptor, name="descriptor.xml")
    graph.write_bytes(translation.serialize("trig"))
    size = f"{len(translation):,} statements about {len(translation.individuals)} individuals"
    yield f"{graph}: its graph, {size}"
    report = translation.report.at("must") + check(translation)
    if not report.conforms():
        raise NotConforming(report)
    yield "checked: schema, references and shapes hold"
    if place.exists():
        shutil.rmtree(place)
    with open_store(place) as store:
        store.put(translation)
        yield f"{place}: a store with the graph, its import record and the ontology"
        for name in ANSWERS:
            result = store.query(name)
            (folder / f"{name}.csv").write_text(result.to_csv(), "utf-8", newline="")
            yield f"{folder / name}.csv: {len(result)} row{'s' if len(result) != 1 else ''}"
        picture, asked = _picture(store)
        (folder / "doses.svg").write_text(picture, "utf-8")
        yield f"{folder / 'doses.svg'}: absorbed dose per organ, and where one dose comes from"
    yield ""
    yield "What to type next:"
    where = shlex.quote(str(place))
    yield f"  ontomedirad query run absorbed-doses --store {where}"
    yield f"  ontomedirad explain {asked} --store {where}"
    yield "  ontomedirad query list"


def _picture(store: Store) -> tuple[str, str]:
    rows = [row.as_dict() for row in store.query("absorbed-doses")]
    doses = [
        OrganDose(
            str(row["OrganOrTissueClassLabel"]),
            float(row["AbsorbedDoseInVOIValue"]),
            None if row["UncertaintyValue"] is None else float(row["UncertaintyValue"]),
            str(row["AbsorbedDoseInVOIUnitLabel"]),
        )
        for row in rows
    ]
    highest = max(rows, key=lambda row: float(row["AbsorbedDoseInVOIValue"]))
    asked = str(highest["AbsorbedDose"])
    title = "Absorbed dose per organ"
    return stacked(title, dose_parts(doses, title), lineage_parts(explain(store, asked))), asked
