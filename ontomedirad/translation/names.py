"""Names are computed, not remembered: the IRI of an individual is a UUIDv5 of its natural key.

Keys are tables in the documentation (explanation, "Names"). No name holds a patient's
identifier, a person's name or free text: keys are hashed (RFC 9562, section 5.5).
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid5

from ontomedirad.descriptor.marks import Scope
from ontomedirad.settings import Settings
from ontomedirad.texts import key_text, plain

NAMESPACE = uuid5(UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8"), "https://w3id.org/ontomedirad/id/")
"""The UUIDv5 namespace of all individuals; the base IRI does not enter the key."""

_SEED = hashlib.sha1(NAMESPACE.bytes, usedforsecurity=False)
_SEPARATOR = "\x1f"
"""A character that XML cannot hold, so that no two keys run together."""


SPOKEN = (Scope.world, Scope.site)
"""Scopes that several sources share, where the case of a key and its blanks do not count."""


def key_in(scope: Scope) -> Callable[[Any], str]:
    """How the keys of individuals of that scope are compared."""
    return plain if scope in SPOKEN else key_text


class Names:
    """Makes IRIs as N-Quads terms under the base of `settings`."""

    def __init__(self, settings: Settings) -> None:
        self.base = settings.base
        self._made: dict[tuple[str, ...], str] = {}
        self._secret = settings.secret.get_secret_value().encode() if settings.secret else b""

    def name(self, kind: str, *key: str) -> str:
        """The IRI `<base kind_uuid>` of the individual of that kind with that key."""
        parts = (kind, *key)
        made = self._made.get(parts)
        if made is None:
            digest = _SEED.copy()
            digest.update(_SEPARATOR.join(parts).encode())
            x = digest.hexdigest()
            variant = "89ab"[int(x[16], 16) & 3]
            made = f"<{self.base}{kind}_{x[:8]}-{x[8:12]}-5{x[13:16]}-{variant}{x[17:20]}-{x[20:32]}>"
            self._made[parts] = made
        return made

    def patient(self, identifier: str) -> str:
        """The IRI of the person with that pseudonym; an HMAC where the deployment has a secret."""
        key = plain(identifier)
        if self._secret:
            key = hmac.new(self._secret, key.encode(), hashlib.sha256).hexdigest()
        return self.name("human", key)

    def hashed(self, text: str) -> str:
        """A text as part of a key that nobody can read back; an HMAC where the deployment has a secret."""
        return hmac.new(self._secret, plain(text).encode(), hashlib.sha256).hexdigest()

    def graph(self, kind: str, key: str) -> str:
        """The IRI of the named graph of one source."""
        return self.name(f"{kind}_graph", key)
