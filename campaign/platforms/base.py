"""The seam every network stands behind: what an adapter is given, answers and raises.

An adapter is one subclass of `Platform` in one file, named by an entry point in the group
`campaign.platforms`. It talks through `transport.Line`, judges answers with `answers.check`, and
its test is one subclass of `campaign.testing.PlatformContract`. docs/write-an-adapter.md leads
through one.

PlatformError
├── NotSent            nothing reached the network: sent again inside the post's window
│   ├── RateLimited    not before `retry_at`
│   └── AccountBlocked the account has to wait for a person, not the post
├── Rejected           refused for good
│   └── Duplicate      "already there", says the network: looked for before it is believed
└── OutcomeUnknown     may have been applied: never sent again blindly

Anything else an adapter raises counts as OutcomeUnknown.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar

from campaign.clock import Clock
from campaign.domain.campaign import Account
from campaign.domain.measure import Measure, Network
from campaign.domain.outcome import Receipt
from campaign.platforms.redaction import redacted

Body = Mapping[str, object]
NONE: Mapping[str, str] = MappingProxyType({})


class PlatformError(Exception):
    """Its message is shown to people and kept in the audit: no secrets, whole sentences."""


class NotSent(PlatformError):
    """Nothing reached the network, or the network said that it did nothing."""


class RateLimited(NotSent):
    """The network asks us to wait until `retry_at`, a UTC instant."""

    def __init__(self, message: str, retry_at: datetime) -> None:
        super().__init__(message)
        self.retry_at = retry_at


class AccountBlocked(NotSent):
    """Nothing will go out on this account until a person has mended it: a key that has expired,
    a right that is missing, credits that are used up, another account than the one named.
    """


class Rejected(PlatformError):
    """The network refused this part; sending it again would be refused again."""


class Duplicate(Rejected):
    """The network says that this text is already there: perhaps by an earlier attempt of ours. The
    outcome is unknown until `find` has looked.
    """


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


class Carried(StrEnum):
    """What a network can show or keep beside the text: names of keys in a part's body."""

    LANGUAGE = "language"
    CARD = "card"
    WARNING = "warning"
    VISIBILITY = "visibility"


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a network carries for one account, as its settings say.

    `replay_for`: how long the network remembers our key, for REPLAY. `carries`: what it takes
    beside the text. `visibilities`: the words it knows for who may see a post.
    """

    measure: Measure
    duplicate_safety: DuplicateSafety
    replay_for: timedelta | None = None
    threads: bool = True
    carries: frozenset[Carried] = frozenset()
    visibilities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """One part on its way out, or one that is looked for.

    `key` is the same in every attempt of the same bytes, so ids made from it need no saving;
    `post_key` is for people. `body` holds `text` and, where there are any, the keys of `Carried`.
    `parent` is the receipt of the part before it in a thread. `due_at` is the post's planned
    time, UTC; it does not change once a part may have been sent.

    For `publish`: the first byte may leave until the clock's `elapsed()` is `starts_by`; the
    answer has to be there `within` so many seconds. For `find`: `since` is when it was first
    armed, `taken` are remote ids that belong to other parts of ours.
    """

    post_key: str
    part: int
    key: str
    body: Body
    parent: Receipt | None = None
    due_at: datetime | None = None
    starts_by: float = math.inf
    within: float = 45.0
    since: datetime | None = None
    taken: frozenset[str] = field(default=frozenset())

    @property
    def text(self) -> str:
        return str(self.body["text"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """Whose account the secrets open. `handle` is None where the network cannot be asked.

    `rights` are in the network's own words; `expires_at` is a UTC instant, None for never.
    """

    handle: str | None
    remote_id: str = ""
    rights: tuple[str, ...] = ()
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What a network charges: `amount` in `currency`, an ISO 4217 code."""

    amount: Decimal
    currency: str = "USD"


class Platform(ABC):
    """One account on one network. Made without I/O for each sending, used by one thread.

    `name` is the entry point's name. `title` is what screens call the network. `options` are the
    keys that an account of it may have in the campaign file, each with a line that says what it
    is for; their values are in `account.settings`, as text. `needs` are the secrets, likewise:
    settings hold only references to them, `secrets` holds them resolved. At plan time there are
    no secrets, so `capabilities`, `lint` and `estimate` must do without; so must __init__.

    `folder` is where the database lives; relative paths in settings start there.
    """

    API: ClassVar[int] = 1
    name: ClassVar[str]
    title: ClassVar[str]
    options: ClassVar[Mapping[str, str]] = NONE
    needs: ClassVar[Mapping[str, str]] = NONE

    @classmethod
    def needed(cls, settings: Mapping[str, str]) -> Iterable[str]:  # noqa: ARG003
        """Which of `needs` an account with these settings cannot do without: all of them."""
        return cls.needs

    def __init__(
        self, account: Account, *, clock: Clock, folder: Path, secrets: Mapping[str, str] = NONE
    ) -> None:
        self.account = account
        self.clock = clock
        self.folder = folder
        self.secrets = secrets

    @abstractmethod
    def capabilities(self) -> Capabilities:
        """What this account can carry, from its settings alone. Pure; works offline."""

    @abstractmethod
    def publish(self, sending: Sending) -> Receipt:
        """Make exactly one visible request, in `line.visible(sending)`. Never retry, never sleep.

        Requests that nobody sees, such as a log-in, may come before it: when they fail, raise
        NotSent. After the visible one, whatever is not certain is OutcomeUnknown. The receipt
        needs the id; its `extra` holds, as text, what a reply to this part will need (for the
        parts further down a thread, its first part too).
        """

    def find(self, sending: Sending) -> Receipt | None:  # noqa: ARG002
        """Read back an earlier attempt: its receipt, or None when it is certainly not there.

        It is ours when text and parent are the same, it was made after `since` less two minutes
        (clocks differ), and its id is not `taken`. Two that fit are OutcomeUnknown, and so is a
        network that cannot be asked, which is the default. Reads only. After None, a part is sent
        again where the network is REPLAY, under the same key: one that keeps our keys and cannot
        be read answers None.
        """
        raise OutcomeUnknown(f"{self.title} cannot be read back.")

    def lint(self, parts: Sequence[Body]) -> Iterator[str]:
        """What this network would refuse, or silently drop: one sentence each, with its mend.

        Called while planning, with the bodies as `publish` would get them. Pure. An adapter adds
        its own with `yield from super().lint(parts)` first.
        """
        able = self.capabilities()
        if len(parts) > 1 and not able.threads:
            yield f"{self.title} has no threads, and this message has {len(parts)} parts."
        for body in parts:
            yield from self._unfit(body, able)

    def estimate(self, parts: Sequence[Body]) -> Price | None:  # noqa: ARG002
        """What the network will charge for a message, or None where posting is free. Pure."""
        return None

    def verify(self) -> Verified:
        """Ask the network whose account this is. Cheap; reads only. Asked before the first part
        that goes out, or is looked for, in a process, and once a day: where it raises, nothing is.

        Raises AccountBlocked when the secrets open no account, another one than
        `account.handle` (see `refuse_other`), or one that lacks the right to post; NotSent when
        the network could not be asked.
        """
        return Verified(handle=None)

    def quote(self, words: object) -> str:
        """The network's own words, fit for a person: short, on one line, without our secrets."""
        return redacted(str(words), self.secrets.values())

    def refuse_other(self, handle: str) -> None:
        """Raise AccountBlocked when the secrets open another account than the one named."""
        if handle.lower().lstrip("@") != self.account.handle.lower().lstrip("@"):
            raise AccountBlocked(
                f"The key of {self.account.name} opens {handle} on {self.title}, not"
                f" {self.account.handle}; nothing went out through it. Put in the key of"
                f" {self.account.handle}, then: campaign accounts verify {self.account.name}"
            )

    def network(self) -> Network:
        """How this account counts and shows texts, for whoever writes them."""
        able = self.capabilities()
        return Network(
            name=self.name,
            title=self.title,
            measure=able.measure,
            threads=able.threads,
            link_as_card=Carried.CARD in able.carries,
        )

    def _unfit(self, body: Body, able: Capabilities) -> Iterator[str]:
        text, measure = str(body.get("text", "")), able.measure
        if not text.strip():
            yield f"{self.title} takes no empty text."
        if not measure.fits(text):
            count, unit = measure.count(text), measure.unit
            yield f"{self.title} takes {measure.limit} {unit}, and this part has {count}."
        for key in (Carried.CARD, Carried.WARNING, Carried.VISIBILITY):
            if body.get(key) and key not in able.carries:
                yield f"{self.title} cannot carry {key}. Take {key} out for {self.account.name}."
        seen_by = body.get(Carried.VISIBILITY)
        if Carried.VISIBILITY in able.carries and seen_by and seen_by not in able.visibilities:
            known = ", ".join(able.visibilities)
            yield f'{self.title} knows no visibility "{seen_by}". It knows {known}.'
