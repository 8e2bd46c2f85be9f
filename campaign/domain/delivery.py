"""One part on its way: what the publisher holds in its hands."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from campaign.domain.campaign import Account, Late
from campaign.domain.outcome import Outcome, Receipt
from campaign.domain.states import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A row of the queue with what its post, account and parent say of it.

    `gen` counts its attempts and is never reset; `worker` names the process that made the last one.
    For one that is looked for, `since` is when it was first armed, and `taken` are the remote ids
    that the same words of ours have on the same account.
    """

    id: int
    post_id: int
    post_key: str
    part: int
    key: str
    body: Mapping[str, object]
    state: State
    gen: int
    worker: str | None
    account: Account
    content_hash: str
    approved_hash: str | None
    due_at: datetime
    not_after: datetime
    lateness: Late
    parent: Receipt | None = None
    since: datetime | None = None
    taken: frozenset[str] = frozenset()

    @property
    def is_approved(self) -> bool:
        return self.approved_hash == self.content_hash

    def is_too_late(self, now: datetime) -> bool:
        """The window is the post's and tested at part 1: a begun thread is finished."""
        return self.part == 1 and now > self.not_after

    def waits_until(self, when: datetime) -> datetime:
        """Not longer than its window: then its policy decides, and a person hears of it."""
        return min(when, self.not_after + timedelta(microseconds=1)) if self.part == 1 else when


@dataclass(frozen=True, slots=True, kw_only=True)
class LastLook:
    """All that has to hold of a delivery in the moment before it is armed. Instants are UTC."""

    state: State
    part: int
    is_approved: bool
    not_before: datetime
    not_after: datetime
    is_blocked: bool
    is_paused: bool

    def allows(self, state: State, now: datetime) -> bool:
        """Whether it may be armed out of `state`. The window is tested at part 1."""
        is_in_time = self.not_before <= now and (self.part > 1 or now <= self.not_after)
        is_stopped = self.is_blocked or self.is_paused
        return self.state is state and self.is_approved and is_in_time and not is_stopped


@dataclass(frozen=True, slots=True, kw_only=True)
class Armed:
    """An armed delivery on its way to a sender. `stamp` is elapsed time before the arm's commit."""

    delivery: Delivery
    stamp: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What a sender brings back for one attempt."""

    delivery: Delivery
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a look at the network, begun `at`, found for an unknown delivery.

    A receipt: it is there. `certain` without one: it is not. `replay_for`: for how long after
    the first attempt the network still knows our key; None where it knows no keys.
    """

    delivery: Delivery
    at: datetime
    receipt: Receipt | None = None
    certain: bool = False
    replay_for: timedelta | None = None
    detail: str = ""


def idempotency_key(
    installed: str, post_key: str, part: int, content_hash: str, resend_no: int = 0
) -> str:
    """The same in every attempt at these bytes; other bytes, or a person's word that the last
    ones never arrived: another key.
    """
    pieces = [installed, post_key, str(part), content_hash]
    pieces += [str(resend_no)] if resend_no else []
    whole = "\x00".join(pieces).encode()
    return base64.b32encode(hashlib.sha256(whole).digest()).decode().rstrip("=").lower()
