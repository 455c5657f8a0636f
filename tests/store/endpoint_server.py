"""Endpoints on loopback for the tests: one that answers from a pyoxigraph store, and bad ones."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pyoxigraph as ox

from ontomedirad.query import Query
from ontomedirad.store import Store

JSON = "application/sparql-results+json"
YES = b'{"head": {}, "boolean": true}'

Answer = Callable[["Handler", str], None]
"""What a test's endpoint does with a request: the handler, and the text of the query or update."""


class Handler(BaseHTTPRequestHandler):
    """Hands each POST to the answer of its server."""

    protocol_version = "HTTP/1.1"
    timeout = 10
    server: Server

    def do_POST(self) -> None:
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.seen.append((self.path, text, dict(self.headers)))
        try:
            self.server.answer(self, text)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def send(self, status: int, kind: str, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def start(self, kind: str = JSON, **headers: str) -> None:
        """The head of an answer whose end the closed connection says."""
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Connection", "close")
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.close_connection = True

    @property
    def is_update(self) -> bool:
        return self.headers["Content-Type"].startswith("application/sparql-update")

    def log_message(self, format: str, *args: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """Remembers what it was sent."""

    daemon_threads = False

    def __init__(self, answer: Answer) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer = answer
        self.seen: list[tuple[str, str, dict[str, str]]] = []
        self.stopping = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/ds"

    @property
    def updates(self) -> int:
        return sum(h["Content-Type"].startswith("application/sparql-update") for _, _, h in self.seen)


def answers(query: Query, store: Store) -> list[str]:
    """The rows of a query, sorted; without the time of import, which differs from store to store."""
    told = [i for i, c in enumerate(query.columns) if c.name != "Imported"]
    return sorted(str([row[i] for i in told]) for row in query.run(store).terms())


@contextmanager
def serving(answer: Answer) -> Iterator[Server]:
    """An endpoint while the block runs."""
    server = Server(answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join()


def backed(store: ox.Store, *, union: bool = False) -> Answer:
    """The SPARQL 1.1 Protocol over a pyoxigraph store."""
    lock = threading.Lock()

    def answer(handler: Handler, text: str) -> None:
        if handler.path == "/ds":
            handler.send(404, "text/plain", b"nothing here")
            return
        try:
            with lock:
                if handler.is_update:
                    store.update(text)
                    handler.send(200, "text/plain", b"")
                    return
                found = store.query(text, use_default_graph_as_union=union)
                if isinstance(found, ox.QueryTriples):
                    body = ox.serialize(found, format=ox.RdfFormat.N_TRIPLES)
                    kind = "application/n-triples"
                else:
                    body, kind = found.serialize(format=ox.QueryResultsFormat.JSON), JSON
        except (SyntaxError, OSError, RuntimeError) as error:
            handler.send(400, "text/plain", str(error).encode())
            return
        assert body is not None
        handler.send(200, kind, body)

    return answer
