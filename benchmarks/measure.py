"""How a call is timed, and where the run took place."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable
from importlib.metadata import version

PACKAGES = ("lxml", "pydantic", "pyoxigraph", "pyrudof", "rdflib", "xmlschema")


def best(call: Callable[[], object], *, repeat: int = 15) -> float:
    """The shortest of `repeat` runs, in seconds, after one to warm up."""
    call()
    shortest = float("inf")
    for _ in range(repeat):
        start = time.perf_counter()
        call()
        shortest = min(shortest, time.perf_counter() - start)
    return shortest


def machine() -> dict[str, object]:
    """What ran: machine, Python, versions of the packages that do the work."""
    return {
        "machine": platform.node(),
        "processor": platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
    }
