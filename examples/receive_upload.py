"""An archive takes in what users send: judged, translated, checked, stored; or refused with reasons."""

from __future__ import annotations

import ontomedirad
from ontomedirad import Settings
from ontomedirad.demo.treatment import example_descriptor
from ontomedirad.descriptor import to_xml
from ontomedirad.errors import NotConforming, SourceError

SETTINGS = Settings(base="https://archive.example.org/id/", secret="a secret of this archive")


def receive(content: bytes, file_set: str, store: ontomedirad.Store) -> str:
    """What to answer to the user who sent `content` as file set `file_set`."""
    settings = SETTINGS.model_copy(update={"file_set": file_set})
    try:
        translation = ontomedirad.translate(content, settings=settings, name=file_set)
        report = translation.report + ontomedirad.check(translation)
        if not report.conforms():
            raise NotConforming(report)
        changed = store.put(translation)
    except NotConforming as refused:
        return f"refused: {refused.report.summary()}"
    except SourceError as unreadable:
        return f"unreadable: {unreadable}"
    return "stored" if changed else "unchanged"


def main() -> None:
    """Send five documents to the archive."""
    first = example_descriptor()
    later = example_descriptor()
    later.slide2.dose_fits[0].doses[0].uncertainty = 2.5
    broken = example_descriptor()
    broken.acquisition.isotope = "lutetium177"
    with ontomedirad.open_store(":memory:") as store:
        print("first version:", receive(to_xml(first), "4711", store))
        print("the same again:", receive(to_xml(first), "4711", store))
        print("a later version:", receive(to_xml(later), "4711", store))
        print("one that contradicts itself:", receive(to_xml(broken), "4712", store))
        print("something else:", receive(b"%PDF-1.7", "4713", store))
        print("graphs:", *store.graphs())


if __name__ == "__main__":
    main()
