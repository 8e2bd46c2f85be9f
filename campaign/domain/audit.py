"""The hash chain: how a record is spelled, hashed and checked."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from campaign.domain.message import canonical
from campaign.domain.states import State

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
        """What stands beside it in the chain, and in the next record."""
        return hash_of({name: getattr(self, name) for name in self.__slots__})


def hash_of(fields: Mapping[str, object]) -> str:
    """SHA-256 over 0x00 (an RFC 9162 leaf) and the canonical JSON of a record's fields."""
    return hashlib.sha256(b"\x00" + canonical(fields)).hexdigest()


def spell(at: datetime) -> str:
    """A UTC instant as the chain writes it."""
    return at.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """One part that went out, or was to go out, as the audit and the timeline tell it.

    `state` is the delivery's; instants are UTC; `url` and `published_at` are missing until it is
    published. Where a person found it after a doubt, nobody knows when it appeared: then
    `published_at` stays missing and `sent_from` is the earliest moment. `approved_by` are people,
    in the order of their approvals; `reason` says why it did not go out, or is in doubt.
    """

    post_key: str
    excerpt_ref: str
    account: str
    platform: str
    handle: str
    language: str
    part: int
    parts: int
    text: str
    state: State
    due_at: datetime
    zone: str
    card: str | None = None
    card_title: str = ""
    published_at: datetime | None = None
    sent_from: datetime | None = None
    url: str | None = None
    approved_by: tuple[str, ...] = ()
    reason: str | None = None
