"""The hash chain: how a record is spelled, hashed and checked."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from campaign.domain.message import canonical

Fact: TypeAlias = str | int | bool | None

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One link: who did what to which object, and the hash of the link before it."""

    seq: int
    at: str
    actor: str
    action: str
    object: str
    content_hash: str | None
    facts: dict[str, Fact]
    prev_hash: str

    def hash(self) -> str:
        """SHA-256 over 0x00 (an RFC 9162 leaf) and the record's canonical JSON."""
        fields = {name: getattr(self, name) for name in self.__slots__}
        return hashlib.sha256(b"\x00" + canonical(fields)).hexdigest()


def spell(at: datetime) -> str:
    """A UTC instant as the chain writes it."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
