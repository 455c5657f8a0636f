"""Kill a process that writes, many times, and look at what it leaves: `python -m benchmarks.kills [N]`.

What must hold: everything acknowledged is there, and what was under way is there whole or not at
all. The tests run a few of these kills.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import ontomedirad
from ontomedirad import terms
from ontomedirad.demo.treatment import example_descriptor
from ontomedirad.descriptor import to_xml
from ontomedirad.rebuild import rebuild
from ontomedirad.settings import Settings

PATIENTS = ("P-1", "P-2", "P-3", "P-4")
OLD = "0.0.0"
FORM = terms.PREFIXES["form"]
DUMPS = 3
"""Different dumps that are loaded in turn: one before the last acknowledged is told apart."""

CHILD = """
import sys
from pathlib import Path
import ontomedirad
from benchmarks import kills
action, folder = sys.argv[1], Path(sys.argv[2])
with ontomedirad.open_store(folder / "store") as store:
    print("ready", flush=True)
    for number in range(1, 1_000_000):
        if kills.STEPS[action](store, folder, number) is None:
            break
        print(number, flush=True)
    print("done", flush=True)
"""


def version(number: int) -> ontomedirad.Translation:
    """A treatment whose first dose is the number, always of the same file set."""
    model = example_descriptor()
    assert model.slide2 is not None
    model.slide2.dose_fits[0].doses[0].value = float(number)  # type: ignore[assignment]
    return ontomedirad.translate(model, settings=Settings(file_set="one"))


def put(store: ontomedirad.Store, folder: Path, number: int) -> bool | None:
    """Put the next version."""
    return store.put(version(number))


def load(store: ontomedirad.Store, folder: Path, number: int) -> bool | None:
    """Load the next dump."""
    store.load(folder / f"{number % DUMPS}.nq")
    return True


def backup(store: ontomedirad.Store, folder: Path, number: int) -> bool | None:
    """Back up to the next folder."""
    store.backup(folder / f"copy-{number}")
    return True


def rebuild_next(store: ontomedirad.Store, folder: Path, number: int) -> bool | None:
    """Make the next outdated graph again."""
    return next((True for r in rebuild(store, sources()) if r.outcome == "made again"), None)


STEPS: dict[str, Callable[[ontomedirad.Store, Path, int], bool | None]] = {
    "put": put,
    "load": load,
    "backup": backup,
    "rebuild": rebuild_next,
}


def sources() -> list[tuple[str, bytes]]:
    """The descriptors of the patients."""
    return [(f"{p}.xml", to_xml(example_descriptor(p))) for p in PATIENTS]


def prepare(action: str, folder: Path) -> None:
    """What the child finds."""
    with ontomedirad.open_store(folder / "store") as store:
        if action == "rebuild":
            fill_as_old_version(store)
        else:
            store.put(version(0))
            if action == "load":
                for number in reversed(range(DUMPS)):
                    store.put(version(number))
                    store.dump(folder / f"{number}.nq")


def fill_as_old_version(store: ontomedirad.Store) -> None:
    """Put the patients' treatments as an older version of the package would have recorded them."""
    for name, content in sources():
        translation = ontomedirad.translate(content, name=name)
        store.put(translation)
        beside = f"{translation.graph}_import"
        lines = "".join(f"{q} .\n" for q in store.quads(beside))
        store.backend.replace([beside], lines.replace(f'"{ontomedirad.__version__}"', f'"{OLD}"'))


def look(action: str, folder: Path, acknowledged: int) -> None:
    """AssertionError where something acknowledged is lost, or something is there in part."""
    with ontomedirad.open_store(folder / "store") as store:
        if action == "rebuild":
            assert len(list(store.outdated())) in {
                max(0, len(PATIENTS) - acknowledged - under_way) for under_way in (0, 1)
            }
            for _ in rebuild(store, sources()):
                pass
            assert not list(store.outdated())
            for name, content in sources():
                translation = ontomedirad.translate(content, name=name)
                assert set(store.quads(translation.graph)) == set(translation.quads)
            return
        numbers = (acknowledged, acknowledged + 1) if action != "backup" else (0,)
        if action == "load":
            numbers = tuple(n % DUMPS for n in numbers)
        whole_one_of(store, numbers)
    for number in range(1, acknowledged + 2) if action == "backup" else ():
        copy = folder / f"copy-{number}"
        if number <= acknowledged or copy.exists():
            with ontomedirad.open_store(copy, read_only=True) as store:
                whole_one_of(store, (0,))


def whole_one_of(store: ontomedirad.Store, numbers: tuple[int, ...]) -> None:
    """AssertionError unless the store holds one of these versions, and its merge."""
    graph = version(0).graph
    assert list(store.graphs()) == [graph]
    held = set(store.quads(graph))
    assert any(held == set(version(n).quads) for n in numbers)
    seen = set(store.select("SELECT ?s ?p ?o { ?s ?p ?o }"))
    facts = {(q.subject, q.predicate, q.object) for q in held if FORM not in f"{q.predicate} {q.object}"}
    assert facts <= seen


def kill_once(action: str, folder: Path, seed: int) -> int:
    """Start the child, kill it some steps and a moment later, look; how many steps it acknowledged.

    The seed says how many steps, and which moment.
    """
    folder.mkdir(parents=True)
    prepare(action, folder)
    root = str(Path(__file__).resolve().parents[1])
    env = os.environ | {"PYTHONPATH": os.pathsep.join([root, *(p for p in sys.path if p)])}
    process = subprocess.Popen(
        [sys.executable, "-c", CHILD, action, str(folder)], stdout=subprocess.PIPE, text=True, env=env
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    chance = random.Random(seed)
    said = [process.stdout.readline() for _ in range(chance.randrange(3))]
    time.sleep(chance.uniform(0, 0.2))
    process.send_signal(signal.SIGKILL)
    said += process.stdout.read().splitlines()
    process.wait()
    process.stdout.close()
    acknowledged = max((int(line) for line in said if line.strip().isdigit()), default=0)
    look(action, folder, acknowledged)
    return acknowledged


def main() -> None:
    """As many kills of each action as the first argument says."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    for action in STEPS:
        total = 0
        for seed in range(count):
            with tempfile.TemporaryDirectory() as folder:
                total += kill_once(action, Path(folder) / "f", seed)
        print(f"{action}: {count} kills, {total} steps acknowledged, nothing lost", flush=True)


if __name__ == "__main__":
    main()
