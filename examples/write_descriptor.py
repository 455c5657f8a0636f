"""A dosimetry tool writes a descriptor, and lets it be judged before it hands it on."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import ontomedirad
from ontomedirad.demo.treatment import example_descriptor
from ontomedirad.descriptor import read, to_xml


def main() -> None:
    """Change a descriptor: wrong at first, then right."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "treatment.xml"
        path.write_bytes(to_xml(example_descriptor()))
        treatment = read(path).root

        fit = treatment.slide2.dose_fits[0]
        fit.doses[0].vois = [1006, 4711]
        print(ontomedirad.validate(treatment, name="changed").text())

        fit.doses[0].vois = fit.vois_used
        print(ontomedirad.validate(treatment, name="corrected").summary())


if __name__ == "__main__":
    main()
