"""A store at an endpoint keeps the promises of an embedded one; a bad endpoint gives a clear error."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Iterator
from itertools import repeat
from pathlib import Path

import pyoxigraph as ox
import pytest
from endpoint_server import JSON, YES, Answer, Handler, Server, answers, backed, serving

import ontomedirad
from ontomedirad import open_store, terms
from ontomedirad.descriptor import NonDicomFileSetDescriptor
from ontomedirad.errors import EndpointError, OntomediradError, QueryError, StoreError
from ontomedirad.query import queries
from ontomedirad.settings import Settings
from ontomedirad.store import Endpoint, Store
from ontomedirad.store.remote import MARK

ALL = "SELECT ?s ?p ?o { ?s ?p ?o }"


def fast(url: str, **more: object) -> Endpoint:
    """An endpoint that is given up on soon."""
    fields = {"connect": 5, "silence": 5, "answer": 10, "answer_bytes": 200_000} | more
    return Endpoint.model_validate({"url": url} | fields)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(backed(ox.Store())) as running:
        yield running


def two(example: NonDicomFileSetDescriptor) -> list[ontomedirad.Translation]:
    return [ontomedirad.translate(example, settings=Settings(file_set=n)) for n in ("one", "two")]


def same(one: Store, other: Store) -> None:
    """Both stores hold the same graphs, and answer the same."""
    assert set(one.select(ALL)) == set(other.select(ALL))
    assert len(list(one.select(ALL))) == len(set(one.select(ALL)))
    assert sorted(one.graphs()) == sorted(other.graphs())
    for graph in one.graphs():
        assert set(one.quads(graph)) == set(other.quads(graph))


def test_putting_replacing_and_removing_are_as_in_an_embedded_store(
    server: Server, example: NonDicomFileSetDescriptor
) -> None:
    one, other = two(example)
    assert example.slide2 is not None
    example.slide2.dose_fits[0].doses[0].value = 99.5  # type: ignore[assignment]
    changed = two(example)[0]
    with open_store(server.url) as remote, open_store(":memory:") as local:
        for store in (remote, local):
            assert [store.put(t) for t in (one, other, one)] == [True, True, False]
        same(remote, local)
        for store in (remote, local):
            assert store.put(changed) is True
        same(remote, local)
        for store in (remote, local):
            store.remove(other.graph)
        same(remote, local)
        with pytest.raises(StoreError, match="no graph"):
            remote.remove(other.graph)
        assert not remote.ask(f"ASK {{ ?s <{terms.iri('omx:has_source_hash')}> ?o }}")


def test_each_write_is_one_request(server: Server, example: NonDicomFileSetDescriptor) -> None:
    one, other = two(example)
    with open_store(server.url) as store:
        store.put(one)
        before = server.updates
        store.put(other)
        store.remove(other.graph)
        assert server.updates == before + 2


def test_the_catalogue_answers_the_same(server: Server, example: NonDicomFileSetDescriptor) -> None:
    with open_store(server.url) as remote, open_store(":memory:") as local:
        for translation in two(example):
            remote.put(translation)
            local.put(translation)
        for query in queries().values():
            assert answers(query, remote) == answers(query, local), query.name


def test_a_store_moves_to_an_endpoint_and_back(
    server: Server, tmp_path: Path, example: NonDicomFileSetDescriptor
) -> None:
    with open_store(":memory:") as local:
        for translation in two(example):
            local.put(translation)
        local.dump(tmp_path / "there.nq")
        with open_store(Endpoint(url=server.url, piece_bytes=100_000)) as remote:
            before = server.updates
            remote.load(tmp_path / "there.nq")
            assert server.updates - before > 1
            same(remote, local)
            count = remote.dump(tmp_path / "back.nq")
            assert count == remote.info().quads == local.info().quads
            remote.backup(tmp_path / "copy")
        with open_store(":memory:") as back, open_store(tmp_path / "copy") as copy:
            back.load(tmp_path / "back.nq")
            same(back, local)
            same(copy, local)


def test_info_says_what_the_endpoint_offers(server: Server) -> None:
    with open_store(server.url) as store:
        offers = store.info().offers
        assert offers is not None
        assert (offers.union_default_graph, offers.inference) == (False, False)
        assert (offers.writable, offers.transactions) == (True, True)
        assert MARK not in list(store.graphs())


def test_a_union_default_graph_is_found_out_and_left_alone(example: NonDicomFileSetDescriptor) -> None:
    held = ox.Store()
    with serving(backed(held, union=True)) as server, open_store(server.url) as store:
        store.put(ontomedirad.translate(example))
        offers = store.info().offers
        assert offers is not None
        assert offers.union_default_graph
        assert not list(held.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    with serving(backed(held, union=True)) as server, open_store(server.url, read_only=True) as store:
        offers = store.info().offers
        assert offers is not None
        assert offers.union_default_graph
        assert offers.transactions is None


def test_an_endpoint_that_keeps_the_half_of_a_failed_update_is_found_out() -> None:
    held = ox.Store()
    answer = backed(held)

    def halves(handler: Handler, text: str) -> None:
        if handler.is_update and "LOAD" in text:
            held.update(text.partition(" ;\n")[0])
            handler.send(500, "text/plain", b"")
        else:
            answer(handler, text)

    with serving(halves) as server, open_store(server.url) as store:
        offers = store.info().offers
        assert offers is not None
        assert offers.transactions is False


def test_a_read_only_store_is_written_by_nobody(server: Server) -> None:
    with open_store(server.url):
        pass
    before = server.updates
    with open_store(server.url, read_only=True) as store:
        with pytest.raises(StoreError, match="read-only"):
            store.load_ontology()
        assert store.ask("ASK { ?s ?p ?o }")
    assert server.updates == before


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        r"SELECT * { S\u0045RVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        r'SELECT * { FILTER("\u0022 ) SERVICE <http://127.0.0.1:9/> { } #" = "") }',
        r"SELECT * { FILTER('\U00000027 ) SERVICE <http://127.0.0.1:9/> { } #' = '') }",
        r'SELECT * { FILTER("a\u005C" ) SERVICE <http://127.0.0.1:9/> { } #" = "") }',
        "DROP ALL",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "nonsense",
    ],
)
def test_what_is_no_query_of_the_store_is_not_sent(server: Server, text: str) -> None:
    with open_store(server.url) as store:
        before = len(server.seen)
        with pytest.raises(QueryError):
            store.select(text)
        assert len(server.seen) == before


# Bad endpoints: each answers the first question of `open_store`, unless it is what is bad.


def hang(handler: Handler, text: str) -> None:
    handler.server.stopping.wait(10)
    handler.close_connection = True


def drip(handler: Handler, text: str) -> None:
    handler.start()
    for byte in repeat(b" "):
        if handler.server.stopping.wait(0.05):
            return
        handler.wfile.write(byte)


def flood(handler: Handler, text: str) -> None:
    handler.start()
    for part in repeat(b" " * 50_000):
        handler.wfile.write(part)


BOMB = gzip.compress(b" " * 50_000_000)


def bomb(handler: Handler, text: str) -> None:
    handler.send(200, JSON, BOMB, Content_Encoding="gzip")


def cut(handler: Handler, text: str) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.send_header("Content-Length", "10000")
    handler.end_headers()
    handler.wfile.write(b'{"head": {"vars": ["s"]}, "results": {"bindings": [')
    handler.close_connection = True


def cut_without_length(handler: Handler, text: str) -> None:
    handler.start()
    handler.wfile.write(b'{"head": {"vars": ["s"]}, "results": {"bindings": [')


def hang_up(handler: Handler, text: str) -> None:
    handler.close_connection = True


def says(status: int, kind: str, body: bytes, **headers: str) -> Answer:
    return lambda handler, text: handler.send(status, kind, body, **headers)


PATIENCE: dict[str, dict[str, float]] = {"hangs": {"silence": 0.5}, "drips": {"answer": 1}}
SECRET = b"parse error near PATIENT-0815"
BAD: dict[str, tuple[Answer, str]] = {
    "hangs": (hang, "silent for 0.5 s"),
    "drips": (drip, "no whole answer within 1 s"),
    "floods": (flood, "longer than 200,000 bytes"),
    "packs a bomb": (bomb, "longer than 200,000 bytes"),
    "cuts": (cut, "broke in the middle"),
    "cuts without length": (cut_without_length, "ends in the middle"),
    "hangs up": (hang_up, "broke in the middle"),
    "answers a page": (says(200, "text/html", b"<html>"), "answers text/html, which is no SPARQL result"),
    "answers nonsense": (says(200, JSON, b"\x00\xff{]"), "no SPARQL result"),
    "answers another shape": (says(200, JSON, b'{"a": [1]}'), "no SPARQL result"),
    "names no type": (says(200, "", YES), "answers something unnamed"),
    "is not packed as it says": (says(200, JSON, YES, Content_Encoding="gzip"), "cannot be unpacked"),
    "cannot read": (says(400, "text/plain", SECRET), "cannot read this query"),
    "wants credentials": (says(401, "text/plain", SECRET), "credentials are missing or wrong"),
    "forbids": (says(403, "text/plain", SECRET), "do not allow this"),
    "is broken": (says(500, "text/plain", SECRET), "refused the request .HTTP 500."),
    "is busy": (says(503, "text/plain", SECRET, Retry_After="0"), "is busy .HTTP 503."),
    "moved": (says(301, "text/plain", b"", Location="http://127.0.0.1:9/"), "at another address"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_endpoint_gives_a_clear_error_in_time(name: str) -> None:
    answer, message = BAD[name]
    bad = False

    def at_first_good(handler: Handler, text: str) -> None:
        if bad:
            answer(handler, text)
        else:
            handler.send(200, JSON, YES)

    with (
        serving(at_first_good) as server,
        open_store(fast(server.url, **PATIENCE.get(name, {})), read_only=True) as store,
    ):
        bad = True
        start = time.monotonic()
        with pytest.raises(OntomediradError, match=message) as caught:
            list(store.select(ALL))
        assert time.monotonic() - start < 30
        assert "PATIENT" not in str(caught.value)


@pytest.mark.parametrize("name", BAD)
def test_a_bad_endpoint_cannot_be_opened(name: str) -> None:
    with serving(BAD[name][0]) as server, pytest.raises(StoreError) as caught:
        open_store(fast(server.url, **PATIENCE.get(name, {})))
    assert "PATIENT" not in str(caught.value)


def test_nobody_is_there() -> None:
    with serving(says(200, JSON, YES)) as server:
        url = server.url
    with pytest.raises(EndpointError, match="cannot be reached"):
        open_store(fast(url))


def test_a_query_is_repeated_while_the_endpoint_is_busy(server: Server) -> None:
    answer, busy = server.answer, iter([503, 502])

    def sometimes(handler: Handler, text: str) -> None:
        status = next(busy, 0)
        if status:
            handler.send(status, "text/plain", b"")
        else:
            answer(handler, text)

    with open_store(server.url) as store:
        server.answer = sometimes
        before = len(server.seen)
        assert store.ask("ASK { ?s ?p ?o }")
        assert len(server.seen) == before + 3


def lost(done: bool, how: Answer) -> Callable[[Answer], Answer]:
    """Updates are done or not, and answered by `how`."""

    def wrap(answer: Answer) -> Answer:
        def handle(handler: Handler, text: str) -> None:
            if not handler.is_update:
                answer(handler, text)
                return
            if done:
                held = Recorder()
                answer(held, text)  # type: ignore[arg-type]
            how(handler, text)

        return handle

    return wrap


class Recorder:
    """A handler that says nothing."""

    path, is_update = "/ds/update", True

    def send(self, *arguments: object) -> None:
        pass


LOST = {
    "connection": hang_up,
    "silence": hang,
    "gateway": says(504, "text/plain", b""),
}


@pytest.mark.parametrize("how", LOST)
def test_a_write_whose_answer_is_lost_is_looked_up_and_not_repeated(
    server: Server, example: NonDicomFileSetDescriptor, how: str
) -> None:
    with open_store(fast(server.url, silence=2, answer_bytes=1 << 30)) as store:
        one, other = two(example)
        before = server.updates
        server.answer, good = lost(True, LOST[how])(server.answer), server.answer
        assert store.put(one) is True
        assert server.updates == before + 1
        server.answer = lost(False, LOST[how])(good)
        with pytest.raises(EndpointError, match="do it again, which changes nothing if it was") as caught:
            store.put(other)
        assert caught.value.unknown
        assert server.updates == before + 2
        server.answer = good
        assert store.put(other) is True


def test_a_write_that_is_refused_is_an_error_and_not_repeated(
    server: Server, example: NonDicomFileSetDescriptor
) -> None:
    with open_store(server.url) as store:
        good, before = server.answer, server.updates

        def busy(handler: Handler, text: str) -> None:
            if handler.is_update:
                handler.send(503, "text/plain", b"")
            else:
                good(handler, text)

        server.answer = busy
        with pytest.raises(EndpointError, match="HTTP 503"):
            store.put(ontomedirad.translate(example))
        assert server.updates == before + 1


@pytest.mark.parametrize(
    ("more", "header"),
    [
        ({"user": "anna", "password": "geheim"}, "Basic YW5uYTpnZWhlaW0="),
        ({"token": "abc.def"}, "Bearer abc.def"),
        ({}, None),
    ],
)
def test_credentials_are_sent_as_said_and_shown_nowhere(
    server: Server, more: dict[str, str], header: str | None
) -> None:
    endpoint = Endpoint.model_validate({"url": server.url} | more)
    with open_store(endpoint) as store:
        assert {h.get("Authorization") for _, _, h in server.seen} == {header}
        shown = f"{endpoint!r} {store.info()!r}"
    assert not any(secret in shown for secret in ("geheim", "abc.def"))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"url": "http://store.example.org/ds", "token": "abc"}, "over https only"),
        ({"url": "https://h/ds", "update": "http://h/up", "user": "anna"}, "over https only"),
        ({"url": "https://h/ds", "token": "abc", "user": "anna"}, "not both"),
    ],
)
def test_credentials_that_would_leak_are_refused(fields: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Endpoint.model_validate(fields)


def test_credentials_in_an_address_are_refused_without_repeating_them() -> None:
    with pytest.raises(StoreError, match="no credentials") as caught:
        open_store("http://anna:geheim@127.0.0.1:9/ds")
    assert "geheim" not in str(caught.value)


def test_the_environment_gives_credentials(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    monkeypatch.setenv("ONTOMEDIRAD_STORE_TOKEN", "abc")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    with open_store(Endpoint.from_environment(server.url)):
        assert server.seen[0][2]["Authorization"] == "Bearer abc"


def test_an_endpoint_without_the_library_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "httpx", None)
    with pytest.raises(OntomediradError, match=r"pip install 'ontomedirad\[remote\]'"):
        open_store("http://127.0.0.1:9/ds")
