"""What a deployment decides: the base of individuals' IRIs and the secret of patient keys."""

from __future__ import annotations

import hashlib
import hmac
import os
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from ontomedirad.privacy import Privacy

DEFAULT_BASE = "https://w3id.org/ontomedirad/id/"


class Settings(BaseModel):
    """How names are made.

    `base` starts every individual's IRI and ends in `/` or `#`. With `secret`, keys of
    patients are HMACs, so that nobody who guesses a pseudonym can compute its IRI.
    `file_set` is the identifier that the host gives this file set; without it, the hash of
    the document names it. `studies` adds research studies that the ontology lacks:
    identifier as hospitals write it, to IRI. `study` is the identifier of the research study that
    DICOM sources belong to which name none; `privacy` is what may be carried of them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    base: Annotated[str, Field(pattern=r"^[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+[/#]$")] = DEFAULT_BASE
    secret: SecretStr | None = None
    file_set: str | None = None
    studies: dict[str, str] = {}
    study: str | None = None
    privacy: Privacy = Privacy()

    @property
    def fingerprint(self) -> str:
        """A hash of all settings: equal where translations are; the secret cannot be read from it."""
        secret = self.secret.get_secret_value().encode() if self.secret else b""
        said = self.model_dump_json(exclude={"secret", "file_set"})
        return hmac.new(secret, said.encode(), hashlib.sha256).hexdigest()

    @classmethod
    def from_environment(cls) -> Settings:
        """From ONTOMEDIRAD_BASE, _SECRET, _STUDY and _PRIVACY (a TOML file); for the command line."""
        base = os.environ.get("ONTOMEDIRAD_BASE")
        secret = os.environ.get("ONTOMEDIRAD_SECRET")
        privacy = os.environ.get("ONTOMEDIRAD_PRIVACY")
        return cls(
            **({"base": base} if base else {}),
            secret=SecretStr(secret) if secret else None,
            study=os.environ.get("ONTOMEDIRAD_STUDY") or None,
            privacy=Privacy.from_file(privacy) if privacy else Privacy(),
        )
