"""What was imported is told as it was: by the clock, the bytes and the versions."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import ontomedirad
from ontomedirad import open_store
from ontomedirad.demo.treatment import example_descriptor
from ontomedirad.descriptor import to_xml


def test_imports_are_told_with_time_bytes_and_versions() -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    with open_store(":memory:") as store:
        expected = {}
        for patient in ("ONE", "TWO"):
            content = to_xml(example_descriptor(patient))
            translation = ontomedirad.translate(content, name=f"/somewhere/{patient}.xml")
            store.put(translation)
            expected[translation.graph] = (
                f"{patient}.xml",
                hashlib.sha256(content).hexdigest(),
                len(translation.quads),
            )
        rows = list(store.query("imports"))
        assert {r.Graph: (r.SourceName, r.SourceHash, r.Statements) for r in rows} == expected
        assert {(r.PackageVersion, r.OntologyVersion) for r in rows} == {
            (ontomedirad.__version__, store.ontology.version)
        }
        assert all(before <= r.Imported <= datetime.now(UTC) for r in rows)
        assert len(store.query("imports", since=before)) == 2
        assert not store.query("imports", since=before + timedelta(days=1))
        assert len(store.query("imports", version=ontomedirad.__version__)) == 2
        assert not store.query("imports", version="0.0.0")
        store.remove(rows[0].Graph)
        assert len(store.query("imports")) == 1
