"""A campaign as its file describes it, checked: accounts, calendar, approval, late policy."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum

from campaign.domain.statement import Kind, Place


class Wording(StrEnum):
    """`verbatim` keeps the source's words; `imperative` turns a leading gerund into a call."""

    VERBATIM = "verbatim"
    IMPERATIVE = "imperative"


class Late(StrEnum):
    """What happens to a post whose window has closed."""

    ASK = "ask"
    SKIP = "skip"
    SEND = "send"


@dataclass(frozen=True, slots=True, kw_only=True)
class LatePolicy:
    """A post may go out up to `after` behind its time; then `then`. `send` stops after 24 hours."""

    after: timedelta = timedelta(hours=1)
    then: Late = Late.ASK


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One identity on one platform. `name` is the campaign file's word for it.

    `settings` are the adapter's own keys; they never hold a secret.
    """

    name: str
    platform: str
    handle: str
    language: str
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def identity(self) -> str:
        """Who speaks: platform and handle. Renaming the account changes nothing."""
        return f"{self.platform}:{self.handle}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One calendar line: when, what, and on which accounts.

    `offset` counts days from D, working days only where `working_days`; `day` replaces it with a
    fixed date. `numbers` is None for all excerpts of the kind. Numbers after the first follow by
    `every`. `text` is the line as written.
    """

    kind: Kind
    at: time
    place: Place
    text: str
    offset: int = 0
    working_days: bool = False
    day: date | None = None
    numbers: tuple[int, ...] | None = None
    every: timedelta = timedelta(0)
    on: tuple[str, ...] = ()
    excluding: tuple[str, ...] = ()
    again: bool = False

    @property
    def is_on_the_day(self) -> bool:
        return self.day is None and self.offset == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalRule:
    """One person of each role in `by` must approve. Without roles, whoever schedules approves."""

    by: tuple[str, ...] = ()
    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def roles_of(self, person: str) -> tuple[str, ...]:
        return tuple(role for role in self.by if person in self.people.get(role, ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """`day` is D. `zone` is an IANA name. `file` names the campaign file in messages.

    `pick` are the numbers of the statement's lists to take, where the reader will not choose.
    """

    id: str
    title: str
    day: date
    zone: str
    file: str
    statement: str
    language: str
    accounts: tuple[Account, ...]
    calendar: tuple[Slot, ...]
    observance: str | None = None
    link: str | None = None
    wording: Wording = Wording.VERBATIM
    hashtags: tuple[str, ...] = ()
    approval: ApprovalRule = field(default_factory=ApprovalRule)
    late: LatePolicy = field(default_factory=LatePolicy)
    pick: tuple[int, ...] = ()
    sha256: str = ""

    def account(self, name: str) -> Account:
        return next(account for account in self.accounts if account.name == name)
