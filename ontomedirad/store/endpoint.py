"""How a SPARQL endpoint is reached: addresses, credentials, patience, bounds."""

from __future__ import annotations

import os
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator

from ontomedirad.errors import StoreError

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_ENVIRONMENT = {
    "update": "ONTOMEDIRAD_STORE_UPDATE",
    "user": "ONTOMEDIRAD_STORE_USER",
    "password": "ONTOMEDIRAD_STORE_PASSWORD",
    "token": "ONTOMEDIRAD_STORE_TOKEN",
    "certificates": "ONTOMEDIRAD_STORE_CERTIFICATES",
}

Seconds = Annotated[float, Field(gt=0)]


class Endpoint(BaseModel):
    """A SPARQL 1.1 endpoint.

    `url` is where queries go, or the address of a data set whose queries go to `url`/query and
    updates to `url`/update, as Fuseki and Oxigraph have it. `update` names the address of updates
    where it is another. `user` with `password` is basic authentication (RFC 7617), `token` a
    bearer token (RFC 6750); neither leaves for another machine without TLS. `certificates` is a
    file of the authorities to trust, in place of the system's.

    `connect` is the patience for a connection, `silence` for the next byte, `answer` for a whole
    answer, in seconds. `answer_bytes` is the most that an answer may hold, `piece_bytes` what one
    update of a load holds at most, unless a single graph is larger. `tries` is how often a query
    is sent before giving up.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: Annotated[str, Field(pattern=r"^https?://[^\s/?#@]+(/[^\s?#]*)?(\?[^\s#]*)?$")]
    update: Annotated[str, Field(pattern=r"^(https?://[^\s/?#@]+(/[^\s?#]*)?(\?[^\s#]*)?)?$")] = ""
    user: str = ""
    password: SecretStr = SecretStr("")
    token: SecretStr = SecretStr("")
    certificates: str = ""
    connect: Seconds = 10
    silence: Seconds = 60
    answer: Seconds = 300
    answer_bytes: Annotated[int, Field(gt=0)] = 1 << 30
    piece_bytes: Annotated[int, Field(gt=0)] = 16 << 20
    tries: Annotated[int, Field(ge=1, le=10)] = 3
    connections: Annotated[int, Field(ge=1)] = 8

    @model_validator(mode="after")
    def _consistent(self) -> Endpoint:
        if self.user and self.token.get_secret_value():
            raise ValueError("give a user with a password, or a token, not both")
        if self.user or self.token.get_secret_value():
            for address in filter(None, (self.url, self.update)):
                parts = urlsplit(address)
                if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
                    raise ValueError("credentials leave for another machine over https only")
        return self

    @classmethod
    def at(cls, url: str) -> Endpoint:
        """The endpoint at an address; StoreError where it is no address that can be used."""
        return _checked({"url": url})

    @classmethod
    def from_environment(cls, url: str) -> Endpoint:
        """The same with what ONTOMEDIRAD_STORE_USER, _PASSWORD, _TOKEN, _UPDATE and _CERTIFICATES say."""
        found = {name: os.environ.get(variable, "") for name, variable in _ENVIRONMENT.items()}
        return _checked({"url": url} | {name: value for name, value in found.items() if value})


def _checked(fields: dict[str, str]) -> Endpoint:
    """The endpoint; an address that holds credentials is refused without being repeated."""
    if "@" in urlsplit(fields["url"]).netloc:
        raise StoreError("an address holds no credentials: give user and password, or a token, beside it")
    try:
        return Endpoint.model_validate(fields)
    except ValidationError as error:
        said = "; ".join(
            f"{'.'.join(map(str, e['loc'])) or 'endpoint'}: {e['msg']}"
            for e in error.errors(include_url=False, include_input=False)
        )
        raise StoreError(f"this endpoint cannot be used: {said}") from None
