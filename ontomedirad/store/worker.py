"""One query on a snapshot of a folder, in a process that can be ended.

Run as a script by `ontomedirad.store.timed`; it imports nothing of this package. Standard input
is a JSON object: `location`, `text`, `seconds`, `memory` (bytes of address space, 0 for no bound). Standard
output is SPARQL 1.1 Query Results JSON. Exit status: 0 done, 2 no query, 3 the store, 4 memory.
"""

from __future__ import annotations

import json
import signal
import sys

import pyoxigraph as ox


def main() -> int:
    """Read the order, run it, write the answer."""
    order = json.load(sys.stdin)
    if hasattr(signal, "setitimer"):  # ends it also where the process that asked is gone
        signal.setitimer(signal.ITIMER_REAL, order["seconds"] + 1)
    if order["memory"]:
        import resource  # not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (order["memory"], order["memory"]))
    try:
        store = ox.Store.read_only(order["location"])
    except OSError:
        return 3
    try:
        answer = store.query(order["text"])
        if isinstance(answer, ox.QueryTriples):
            return 2
        answer.serialize(sys.stdout.buffer, ox.QueryResultsFormat.JSON)
        sys.stdout.buffer.flush()
    except SyntaxError:
        return 2
    except BrokenPipeError:
        return 0
    except MemoryError:
        return 4
    except OSError:
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
