"""A campaign as its file describes it, checked: accounts, calendar, approval, late policy."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from campaign.domain.civil_time import SATURDAY_AND_SUNDAY, Clocks, Weekend
from campaign.domain.deadline import Before
from campaign.domain.decisions import Decisions
from campaign.domain.quiet import Quiet
from campaign.domain.statement import Kind, Place


class Wording(StrEnum):
    """`verbatim` keeps the source's words; `imperative` turns a leading gerund into a call."""

    VERBATIM = "verbatim"
    IMPERATIVE = "imperative"


class Numbering(StrEnum):
    """`posted` counts what goes out; `source` keeps the statement's own numbers."""

    POSTED = "posted"
    SOURCE = "source"


class Voice(StrEnum):
    """Who posts: whoever issued the statement, or a partner, who names the source."""

    OWN = "own"
    PARTNER = "partner"


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

    `settings` are the adapter's own keys; they never hold a secret. `zone` is its own clock's,
    empty where that is the campaign's. `lead` stands above each of its posts of the statement's
    words.
    """

    name: str
    platform: str
    handle: str
    language: str
    settings: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    stagger: timedelta = timedelta(minutes=5)
    zone: str = ""
    lead: str = ""

    @property
    def speaks(self) -> tuple[str, ...]:
        """Its languages, in the order in which they follow each other by `stagger`."""
        return self.languages or (self.language,)

    @property
    def shown(self) -> dict[str, str]:
        """The settings that readers notice: they are frozen with the words, and approved."""
        names = ("visibility", "warning")
        return {name: self.settings[name] for name in names if self.settings.get(name)}

    @property
    def identity(self) -> str:
        """Who speaks: platform and handle. Renaming the account changes nothing."""
        return f"{self.platform}:{self.handle}"

    @property
    def who(self) -> str:
        """The identity to find it by: networks tell no handles apart by capitals."""
        return self.identity.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A day of the calendar. `offset` counts days from D, working days only where `working_days`;
    `day` replaces it with a fixed date.
    """

    offset: int = 0
    working_days: bool = False
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountKeys:
    """The keys that accounts of one platform may have beside those of all accounts: `options`
    are plain text, `secrets` are references to secrets.
    """

    options: frozenset[str] = frozenset()
    secrets: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot(When):
    """One calendar line: when, what, and on which accounts.

    `numbers` is None for all excerpts of the kind. Numbers after the first follow by
    `every`. `text` is the line as written. `name` is that of a message of one's own;
    `languages` are all of an account's where it is empty. `local` counts on each account's own
    clock; `until` ends the window on the day of the post.
    """

    kind: Kind
    at: time
    place: Place
    text: str
    numbers: tuple[int, ...] | None = None
    every: timedelta = timedelta(0)
    on: tuple[str, ...] = ()
    excluding: tuple[str, ...] = ()
    again: bool = False
    name: str = ""
    languages: tuple[str, ...] = ()
    local: bool = False
    until: time | None = None

    @property
    def is_on_the_day(self) -> bool:
        return self.day is None and self.offset == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalRule:
    """One person of each role in `by` must approve, `before` the post is due. Without roles,
    whoever schedules approves.
    """

    by: tuple[str, ...] = ()
    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    before: Before | None = None
    weekend: Weekend = SATURDAY_AND_SUNDAY

    def roles_of(self, person: str) -> tuple[str, ...]:
        return tuple(role for role in self.by if person in self.people.get(role, ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The campaign in one language: the statement's file, which of its lists to take, where to read
    it, the hashtags.
    """

    statement: str
    link: str | None = None
    hashtags: tuple[str, ...] = ()
    pick: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """`day` is D, said at `day_place`. `zone` is an IANA name. `file` names the campaign file in
    messages. `statement`, `language`, `link`, `hashtags` and `pick` are those of the first of the
    `editions`, by language.

    `pick` are the numbers of the statement's lists to take, where the reader will not choose.
    `templates` is the folder of one's own, beside the campaign file.
    Nothing goes out before `embargo`, a UTC instant, nor in the `quiet` hours of an account.
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
    numbering: Numbering = Numbering.POSTED
    voice: Voice = Voice.OWN
    templates: str = "templates"
    hashtags: tuple[str, ...] = ()
    approval: ApprovalRule = field(default_factory=ApprovalRule)
    late: LatePolicy = field(default_factory=LatePolicy)
    pick: tuple[int, ...] = ()
    sha256: str = ""
    decided: Decisions = field(default_factory=Decisions)
    editions: Mapping[str, Edition] = field(default_factory=dict)
    weekend: Weekend = SATURDAY_AND_SUNDAY
    clocks: Clocks = field(default_factory=Clocks)
    quiet: Quiet | None = None
    embargo: datetime | None = None
    day_place: Place | None = None

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self.editions) or (self.language,)

    def in_language(self, language: str) -> "Campaign":
        """The same campaign with the statement, link and hashtags of one language."""
        edition = self.editions.get(language)
        if edition is None:
            return self
        return replace(
            self,
            language=language,
            statement=edition.statement,
            link=edition.link,
            hashtags=edition.hashtags,
            pick=edition.pick,
        )

    @property
    def is_aged(self) -> bool:
        """Whether the statement is of another year than the day."""
        issued = self.decided.issued
        return issued is not None and issued.year != self.day.year

    @property
    def terms(self) -> dict[str, object]:
        """What counts beside the posts, in plain JSON types: who approves, how accounts post."""
        rule = self.approval
        return {
            "title": [self.title, str(self.day), self.zone],
            "by": list(rule.by),
            "people": {role: sorted(names) for role, names in rule.people.items()},
            "before": str(rule.before),
            "weekend": sorted(rule.weekend),
            "accounts": {each.name: [each.who, dict(each.settings)] for each in self.accounts},
        }

    def zone_of(self, account: Account) -> str:
        return account.zone or self.zone

    def account(self, name: str) -> Account:
        return next(account for account in self.accounts if account.name == name)
