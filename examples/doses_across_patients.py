"""Several patients in one store: doses of an organ, and what the dose of one of them rests on."""

from __future__ import annotations

from collections import Counter

import ontomedirad
from ontomedirad.demo.treatment import example_descriptor

PATIENTS = ("P-001", "P-002", "P-003")


def main() -> None:
    """Put three patients into a store, and ask."""
    with ontomedirad.open_store(":memory:") as store:
        for patient in PATIENTS:
            store.put(ontomedirad.translate(example_descriptor(patient)))
        print(store.info().graphs, "treatments")
        doses = store.query("absorbed-doses", organ="thyroid")
        for row in doses:
            print(row.PatientId, row.OrganOrTissueClassLabel, row.AbsorbedDoseInGray, "Gy")
        explanation = store.explain(next(iter(doses)).AbsorbedDose)
        rests_on = Counter(step.labels[0] for step in explanation if step.labels)
        for what, count in sorted(rests_on.items()):
            print(f"{count:4} {what}")


if __name__ == "__main__":
    main()
