"""A query that ends in time: pyoxigraph cannot stop a running one, the system can end a process."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from ontomedirad.errors import StoreError
from ontomedirad.store.answers import Deadline, parsed, spooled
from ontomedirad.store.base import Solutions

MEMORY_BYTES = 8 << 30
"""Address space of the process of a timed query."""

ANSWER_BYTES = 4 << 30
_CHUNK = 1 << 16
_WORKER = Path(__file__).with_name("worker.py")


def timed(location: str, text: str, seconds: float) -> Solutions | bool:
    """The answer of a query on a snapshot of the store in a folder, taken now.

    The query runs in a process of its own, which is ended after `seconds`; the store and this
    process go on. Raises StoreError when it took too long, or more memory than it may have.
    """
    deadline = Deadline(seconds)
    memory = MEMORY_BYTES if sys.platform.startswith("linux") else 0
    order = json.dumps({"location": location, "text": text, "seconds": seconds, "memory": memory})
    process = subprocess.Popen(
        [sys.executable, "-P", str(_WORKER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    late = threading.Timer(seconds, process.kill)
    late.start()
    try:
        process.stdin.write(order.encode())
        process.stdin.close()
        body = spooled(_chunks(process), ANSWER_BYTES, deadline, location)
        status = process.wait()
    except BrokenPipeError:
        status = process.wait()
        body = None
    finally:
        late.cancel()
        process.kill()
        process.wait()
        process.stdout.close()
    if status or body is None:
        if body is not None:
            body.close()
        raise StoreError(f"{location}: {_said(status, deadline)}")
    return parsed(body, ox.QueryResultsFormat.JSON, location)


def _chunks(process: subprocess.Popen[bytes]) -> Iterator[bytes]:
    assert process.stdout is not None
    while chunk := process.stdout.read(_CHUNK):
        yield chunk


def _said(status: int, deadline: Deadline) -> str:
    if deadline.passed:
        return f"the query took longer than {deadline.seconds:g} s and was ended; ask for less"
    if status == 3:
        return "no snapshot of this store could be read"
    if status in {4, -6}:
        return f"the query took more memory than {MEMORY_BYTES:,} bytes and was ended; ask for less"
    return f"the process of the query ended early (status {status})"
