"""Requests to a SPARQL endpoint: one pooled client, bounded waits, no write repeated.

Source: SPARQL 1.1 Protocol, sections 2.1.3 (query by POST) and 2.2.2 (update by POST).
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

from ontomedirad.errors import EndpointError, MissingExtra, StoreError
from ontomedirad.store.answers import Deadline, spooled
from ontomedirad.store.endpoint import Endpoint

if TYPE_CHECKING:
    import httpx

QUERY, UPDATE = "application/sparql-query", "application/sparql-update"
_BUSY = {429, 502, 503, 504}
_ADVICE = {
    401: "credentials are missing or wrong",
    403: "these credentials do not allow this",
    404: "there is no SPARQL endpoint at this address",
    405: "this address does not take such requests",
    413: "the request is larger than the endpoint takes",
    415: "this address does not take such requests",
}
_LONGEST_PAUSE = 5.0
_SAID = 2_000
"""Characters of an error's text that are kept with the error, not shown."""


class Channel:
    """The requests of one store. Threads share it."""

    def __init__(self, endpoint: Endpoint) -> None:
        try:
            import httpx
        except ModuleNotFoundError:
            raise MissingExtra("httpx", "remote") from None
        self._httpx = httpx
        self.endpoint = endpoint
        self.server = ""
        token = endpoint.token.get_secret_value()
        self._client = httpx.Client(
            auth=(endpoint.user, endpoint.password.get_secret_value()) if endpoint.user else None,
            headers={"Authorization": f"Bearer {token}"} if token else None,
            timeout=httpx.Timeout(
                endpoint.silence, connect=endpoint.connect, pool=endpoint.connect + endpoint.silence
            ),
            limits=httpx.Limits(max_connections=endpoint.connections, keepalive_expiry=5),
            verify=_trusted(endpoint),
            follow_redirects=False,
            trust_env=False,
        )

    def ask(
        self, address: str, text: str, accept: str, deadline: Deadline | None = None
    ) -> tuple[IO[bytes], str]:
        """The answer to a query and its media type; repeated while the endpoint is busy or away."""
        deadline = deadline or Deadline(self.endpoint.answer)
        for attempt in range(1, self.endpoint.tries + 1):
            try:
                return self._once(address, text, accept, deadline)
            except EndpointError as error:
                pause = min(error.pause or 0.2 * 2**attempt, _LONGEST_PAUSE)
                if not error.passing or attempt == self.endpoint.tries or deadline.left <= pause:
                    raise
                time.sleep(pause)
        raise AssertionError("a loop of at least one attempt")

    def _once(self, address: str, text: str, accept: str, deadline: Deadline) -> tuple[IO[bytes], str]:
        with self._sent(address, QUERY, text, accept, deadline) as response:
            chunks = response.iter_bytes()
            body = spooled(chunks, self.endpoint.answer_bytes, deadline, address)
            return body, response.headers.get("content-type", "")

    def update(self, address: str, text: str) -> None:
        """Send an update, once.

        EndpointError with `unknown` set where the endpoint may have done it without saying so.
        """
        with self._sent(address, UPDATE, text, "*/*", Deadline(self.endpoint.answer)):
            pass

    @contextmanager
    def _sent(
        self, address: str, kind: str, text: str, accept: str, deadline: Deadline
    ) -> Iterator[httpx.Response]:
        """The response to one POST; every way to fail is an EndpointError."""
        httpx, unknown = self._httpx, kind == UPDATE
        headers = {"Content-Type": f"{kind}; charset=utf-8", "Accept": accept}
        limits = httpx.Timeout(
            max(0.001, min(self.endpoint.silence, deadline.left)),
            connect=max(0.001, min(self.endpoint.connect, deadline.left)),
        )
        try:
            with self._client.stream(
                "POST", address, content=text.encode(), headers=headers, timeout=limits
            ) as response:
                self.server = response.headers.get("server", "")
                if not response.is_success:
                    raise self._refused(address, response, deadline, unknown)
                yield response
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise EndpointError(
                f"{address}: cannot be reached ({_named(error)}); is the server running there?", passing=True
            ) from None
        except httpx.TimeoutException:
            raise EndpointError(
                f"{address}: silent for {limits.read:g} s; ask for less, or allow more time", unknown=unknown
            ) from None
        except httpx.DecodingError:
            raise EndpointError(f"{address}: the answer cannot be unpacked", unknown=unknown) from None
        except httpx.TransportError:
            raise EndpointError(
                f"{address}: the connection broke in the middle", passing=True, unknown=unknown
            ) from None
        except (httpx.InvalidURL, httpx.UnsupportedProtocol):
            raise EndpointError(f"{address}: is no address of an endpoint") from None

    def _refused(
        self, address: str, response: httpx.Response, deadline: Deadline, writing: bool
    ) -> EndpointError:
        """What the status says; the body may hold values of the query, so it is kept, not shown."""
        status = response.status_code
        try:
            body = spooled(response.iter_bytes(), self.endpoint.answer_bytes, deadline, address)
            said = body.read(_SAID).decode("utf-8", "replace")
        except StoreError:
            said = ""
        problem = _ADVICE.get(status, "")
        if response.has_redirect_location:
            problem = "the endpoint is at another address now; name that one"
        if not problem:
            problem = "the endpoint is busy" if status in _BUSY else "the endpoint refused the request"
        pause = response.headers.get("retry-after", "")
        return EndpointError(
            f"{address}: {problem} (HTTP {status})",
            status=status,
            said=said,
            passing=status in _BUSY,
            pause=float(pause) if pause.isascii() and pause.isdigit() else None,
            unknown=writing and status in {502, 504},
        )

    def close(self) -> None:
        """Close all connections."""
        self._client.close()


def _trusted(endpoint: Endpoint) -> Any:
    """Whom TLS trusts: the system's authorities, or those of a file."""
    if not endpoint.url.startswith("https:") and not endpoint.update.startswith("https:"):
        return True
    try:
        return ssl.create_default_context(cafile=endpoint.certificates or None)
    except OSError as error:
        raise StoreError(f"{endpoint.certificates}: no certificates can be read: {error.strerror}") from None


def _named(error: Exception) -> str:
    """The system's word for a failed connection."""
    return str(error) or type(error).__name__
