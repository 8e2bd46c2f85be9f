"""The seam every network stands behind: what an adapter is given, answers and raises.

PlatformError
├── NotSent            nothing reached the network: sent again inside the post's window
│   ├── RateLimited    not before `retry_at`
│   └── AccountBlocked the account has to wait, not the post: auth, config, quota or policy
├── Rejected           refused for good
└── OutcomeUnknown     may have been applied: never sent again blindly

Anything else an adapter raises counts as OutcomeUnknown.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import ClassVar

from campaign.clock import Clock
from campaign.domain.campaign import Account
from campaign.domain.measure import Measure
from campaign.domain.outcome import Receipt


class PlatformError(Exception):
    """Its message is shown to people and kept in the audit: no secrets, whole sentences."""


class NotSent(PlatformError):
    """Nothing reached the network."""


class RateLimited(NotSent):
    """The network asks us to wait until `retry_at`, a UTC instant."""

    def __init__(self, message: str, retry_at: datetime) -> None:
        super().__init__(message)
        self.retry_at = retry_at


class AccountBlocked(NotSent):
    """Nothing will go out on this account until a person has mended it."""


class Rejected(PlatformError):
    """The network refused this part; sending it again would be refused again."""


class OutcomeUnknown(PlatformError):
    """The network may or may not have published the part."""


class DuplicateSafety(StrEnum):
    """What happens when the same part is sent twice.

    replay: the network keeps one, by our key. lookup: we can read back what is there.
    ask: neither; a person has to look.
    """

    REPLAY = "replay"
    LOOKUP = "lookup"
    ASK = "ask"


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a network carries. `replay_for`: how long its duplicate key is remembered."""

    measure: Measure
    duplicate_safety: DuplicateSafety
    replay_for: timedelta | None = None
    threads: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """One part on its way out. `key` is the same in every attempt; `post_key` is for people.

    `body` holds `text`, `language` and, where the network shows one, `card` (a URL).
    `parent` is the receipt of the part before it in a thread.
    """

    post_key: str
    part: int
    key: str
    body: Mapping[str, object]
    parent: Receipt | None = None


class Platform(ABC):
    """One account on one network. Made without I/O for each sending, used by one thread.

    `folder` is where the database lives; relative paths in settings start there.
    """

    name: ClassVar[str]

    def __init__(self, account: Account, *, clock: Clock, folder: Path) -> None:
        self.account = account
        self.clock = clock
        self.folder = folder

    @abstractmethod
    def capabilities(self) -> Capabilities:
        """Pure; works offline."""

    @abstractmethod
    def publish(self, sending: Sending) -> Receipt:
        """Make exactly one visible request. Never retries, never sleeps.

        Raises a PlatformError; anything else that escapes counts as OutcomeUnknown.
        """

    def find(self, sending: Sending) -> Receipt | None:  # noqa: ARG002
        """Read back an earlier attempt: its receipt, or None when it is certainly not there.

        Raises OutcomeUnknown where the network cannot be asked, which is the default.
        """
        raise OutcomeUnknown(f"{self.name} cannot be read back.")
