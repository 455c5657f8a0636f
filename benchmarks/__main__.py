"""Measure translate, check, put and query, print a table, write benchmarks/results/<date>.json.

    python -m benchmarks [DESCRIPTOR] [--triples N] [--checked N] [--reference]

Without DESCRIPTOR the made-up treatment of the demo is measured. Every figure of speed is a
ratio to a floor of the same run, so that runs on other machines compare.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pyoxigraph as ox

import ontomedirad
from benchmarks.dicom import read_by_pydicom, write_series
from benchmarks.floor import Floor
from benchmarks.measure import best, machine
from ontomedirad import terms
from ontomedirad.demo.treatment import ROOT_UID, example_descriptor
from ontomedirad.descriptor import to_xml
from ontomedirad.query import queries

RESULTS = Path(__file__).parent / "results"


def main() -> None:
    """Run all measurements."""
    parser = argparse.ArgumentParser(prog="benchmarks", description="Measure, as ratios to a floor.")
    parser.add_argument("descriptor", nargs="?", type=Path, help="a descriptor to measure with")
    parser.add_argument("--triples", type=int, default=200_000, help="size of the store that queries run on")
    parser.add_argument("--checked", type=int, default=500_000, help="size of the store that is checked")
    parser.add_argument("--reference", action="store_true", help="time pySHACL too; it takes minutes")
    arguments = parser.parse_args()
    content = arguments.descriptor.read_bytes() if arguments.descriptor else to_xml(example_descriptor())
    rows = []
    for measure in (
        lambda: translating(content),
        lambda: checking(content, reference=arguments.reference),
        lambda: checking_store(arguments.checked),
        lambda: putting(content),
        lambda: reading_series(1000),
        lambda: asking(arguments.triples),
    ):
        measured = measure()
        for name, value, bar in measured:
            print(f"{name:<56}{value:>10}   {bar}", flush=True)
        rows += measured
    RESULTS.mkdir(exist_ok=True)
    when = datetime.now(UTC).strftime("%Y-%m-%dT%H%M%SZ")
    figures = [dict(zip(("what", "value", "bar"), row, strict=True)) for row in rows]
    told = {"when": when, **machine(), "rows": figures}
    path = RESULTS / f"{when}.json"
    path.write_text(json.dumps(told, indent=2) + "\n", "utf-8")
    print(f"\n{path}")


Row = tuple[str, str, str]


def translating(content: bytes) -> list[Row]:
    """Bytes to N-Quads, against the floor."""
    floor = best(Floor(content).run)
    ours = best(lambda: ontomedirad.translate(content).nquads)
    return [
        ("statements", f"{len(ontomedirad.translate(content)):,}", ""),
        ("floor: parse, validate, build quads", f"{floor * 1000:.1f} ms", ""),
        ("translate / floor", f"{ours / floor:.2f}", "at most 1.5"),
    ]


def checking(content: bytes, *, reference: bool = False) -> list[Row]:
    """The shapes on one graph, everything loaded; pySHACL beside."""
    translation = ontomedirad.translate(content)
    ours = best(lambda: ontomedirad.check(translation), repeat=5)
    rows = [("check of one graph", f"{ours * 1000:.0f} ms", "under 500 ms")]
    if reference:
        theirs = best(lambda: ontomedirad.check(translation, engine="pyshacl"), repeat=1)
        rows.append(("pySHACL / pyrudof", f"{theirs / ours:.1f}", ""))
    return rows


def checking_store(triples: int) -> list[Row]:
    """The shapes on a whole store, graph by graph."""
    with ontomedirad.open_store(":memory:") as store:
        size = filled(store, triples)
        seconds = best(lambda: ontomedirad.check(store, workers=2), repeat=1)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    return [
        (f"check of a store of {size:,} statements, two threads", f"{seconds:.1f} s", "500,000 under 20 s"),
        ("memory so far, store included", f"{memory:.2f} GB", "under 3 GB"),
    ]


def filled(store: ontomedirad.Store, triples: int) -> int:
    """Put treatments of made-up patients until there are so many statements; says how many."""
    size, patient = 0, 0
    while size < triples:
        patient += 1
        translation = ontomedirad.translate(treatment_of(patient))
        store.put(translation)
        size += len(translation)
    return size


def putting(content: bytes) -> list[Row]:
    """Translate and put, against translating and loading the same N-Quads into the store directly."""
    settings = [ontomedirad.Settings(file_set=f"set-{i}") for i in range(20)]

    def direct() -> None:
        with tempfile.TemporaryDirectory() as folder:
            store = ox.Store(folder)
            for s in settings:
                text = ontomedirad.translate(content, settings=s).nquads
                store.load(text.encode(), ox.RdfFormat.N_QUADS)

    def ours() -> None:
        with tempfile.TemporaryDirectory() as folder, ontomedirad.open_store(folder) as store:
            for s in settings:
                store.put(ontomedirad.translate(content, settings=s))

    ratio = best(ours, repeat=3) / best(direct, repeat=3)
    return [("20 imports / translate and load directly", f"{ratio:.2f}", "at most 1.5")]


def reading_series(images: int) -> list[Row]:
    """The headers of one CT series to N-Quads, against pydicom reading those headers."""
    with tempfile.TemporaryDirectory() as folder:
        paths = write_series(Path(folder), images)
        floor = best(lambda: read_by_pydicom(paths), repeat=3)
        ours = best(lambda: ontomedirad.translate(folder).nquads, repeat=3)
    return [
        (f"floor: pydicom reads {images:,} CT headers", f"{floor * 1000:.0f} ms", ""),
        (f"{images:,} CT headers to N-Quads / floor", f"{ours / floor:.2f}", "at most 1.3"),
    ]


def treatment_of(number: int) -> bytes:
    """The example as another patient's: pseudonym, images and time of administration of its own."""
    text = to_xml(example_descriptor(f"P{number:05}"))
    return text.replace(ROOT_UID.encode(), f"{ROOT_UID}.{number}".encode())


def asking(triples: int) -> list[Row]:
    """Each named query with its example's parameters on an on-disk store of about that size."""
    with tempfile.TemporaryDirectory() as folder, ontomedirad.open_store(folder) as store:
        size = filled(store, triples)
        rows = [("store for queries, statements", f"{size:,}", "")]
        for query in queries().values():
            found = len(list(query.run(store)))
            seconds = best(lambda q=query: list(q.run(store)), repeat=3)
            rows.append((f"query {query.name}, {found:,} rows", f"{seconds * 1000:.0f} ms", "under 500 ms"))
        return rows + tracing(store)


_PREFIXES = "".join(f"PREFIX {p}: <{ns}>\n" for p, ns in terms.PREFIXES.items())
_DOSE = "SELECT ?n WHERE { ?n a om:total_absorbed_dose_per_VOI } LIMIT 1"
_CALIBRATION = "SELECT ?n WHERE { ?p prov:used ?n . ?n om:has_reference_calibration_date ?d } LIMIT 1"


def tracing(store: ontomedirad.Store) -> list[Row]:
    """Where one dose comes from, against reading as many rows of it as one query gives; an impact."""
    dose, calibration = (
        next(str(n.value) for (n,) in store.select(_PREFIXES + text) if isinstance(n, ox.NamedNode))
        for text in (_DOSE, _CALIBRATION)
    )
    nodes = " ".join(f"<{n}>" for n in store.explain(dose).steps)
    floor = best(lambda: list(store.select(f"SELECT ?s ?p ?o {{ VALUES ?s {{ {nodes} }} ?s ?p ?o }}")))
    explained = best(lambda: store.explain(dose))
    affected = len(store.impact(calibration))
    seconds = best(lambda: store.impact(calibration), repeat=1)
    return [
        ("explain of one dose", f"{explained * 1000:.0f} ms", "under 100 ms"),
        ("explain / reading all that is said of its steps", f"{explained / floor:.1f}", ""),
        (f"impact of one calibration, {affected:,} results", f"{seconds * 1000:.0f} ms", ""),
        ("the same for 10,000 results", f"{seconds / affected * 10_000 * 1000:.0f} ms", "under 2,000 ms"),
    ]


if __name__ == "__main__":
    main()
