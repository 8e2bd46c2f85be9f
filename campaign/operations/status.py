"""`status`: now, next, and what needs a person. Reads only."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from campaign.domain.campaign import ApprovalRule
from campaign.domain.post import StoredPost
from campaign.domain.states import State
from campaign.errors import CampaignError
from campaign.operations.review import Waiting, waiting_in
from campaign.operations.selection import scopes_of
from campaign.store import approvals, audit, control, doubts
from campaign.store.engine import Connection, Store
from campaign.store.posts import campaigns, posts_of

SOON = timedelta(hours=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """A post that was approved once, and changed shortly before its time."""

    stored: StoredPost
    at: datetime
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignStatus:
    """One campaign's posts, in the order of their times; `waiting` are those to be approved, and
    `polyglots` are the accounts that speak in more than one language.
    """

    id: str
    title: str
    zone: str
    rule: ApprovalRule
    posts: tuple[StoredPost, ...]
    waiting: tuple[Waiting, ...] = ()
    edited: tuple[Edited, ...] = ()
    polyglots: frozenset[str] = frozenset()

    @property
    def counts(self) -> Counter[State]:
        return Counter(stored.state for stored in self.posts)

    def standing(self, *states: State) -> list[StoredPost]:
        return [stored for stored in self.posts if stored.state in states]

    def held(self, now: datetime) -> list[StoredPost]:
        """Drafts that no approval can send any more: they want a new time."""
        drafts = self.standing(State.DRAFT)
        return [stored for stored in drafts if stored.reason or stored.is_over(now)]

    def adrift(self) -> list[StoredPost]:
        """What is to come at another hour than was planned, as a zone's clock has new rules."""
        to_come = self.standing(State.DRAFT, State.QUEUED)
        return [stored for stored in to_come if stored.post.is_adrift and stored.retry_at is None]

    def paused(self, now: "Status") -> list[StoredPost]:
        """What is to come and stands under a pause."""
        scopes = {pause.scope for pause in now.pauses}
        queued = self.standing(State.QUEUED)
        return [stored for stored in queued if scopes & scopes_of(stored.post)]

    def pauses(self, now: "Status") -> list[control.Pause]:
        """The pauses that touch a post of this campaign."""
        scopes = {scope for stored in self.posts for scope in scopes_of(stored.post)}
        return [pause for pause in now.pauses if pause.scope in scopes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """`blocked` maps an account to the reason why it waits; `doubts` may be public, and only a
    person can look at the accounts in `asking`. `refused` says what came back for failed posts.
    """

    now: datetime
    campaigns: tuple[CampaignStatus, ...]
    pauses: tuple[control.Pause, ...]
    blocked: dict[str, str]
    doubts: tuple[doubts.Doubt, ...]
    asking: frozenset[str] = frozenset()
    refused: Mapping[str, str] = field(default_factory=dict)


def status(store: Store) -> Status:
    now = store.clock.now()
    with store.read() as connection:
        campaigns = tuple(_campaigns(connection, now))
        unknown = tuple(doubts.unknown(connection))
        return Status(
            now=now,
            campaigns=campaigns,
            pauses=tuple(control.pauses(connection)),
            blocked=control.blocked_accounts(connection),
            doubts=unknown,
            asking=_asking(campaigns) if unknown else frozenset(),
            refused={one.post_key: one.detail for one in doubts.failed(connection)},
        )


def _asking(campaigns: Iterable[CampaignStatus]) -> frozenset[str]:
    """Of the accounts in doubt, those that our adapters cannot read. No plug-in is loaded."""
    from campaign.operations.networks import Adapters  # slow, and needed on bad days only

    in_doubt = (one.post.account for each in campaigns for one in each.standing(State.UNKNOWN))
    found, adapters = set[str](), Adapters(Path())
    for account in in_doubt:
        with suppress(CampaignError):  # its settings are mended elsewhere
            found |= adapters.asking([account] if "plugin" not in account.settings else [])
    return frozenset(found)


def _campaigns(connection: Connection, now: datetime) -> Iterator[CampaignStatus]:
    for row in campaigns(connection):
        posts = tuple(posts_of(connection, row.id).values())
        waiting = tuple(waiting_in(connection, posts, now))
        yield CampaignStatus(
            id=row.id,
            title=row.title,
            zone=row.zone,
            rule=approvals.read_rule(row.approval),
            posts=posts,
            waiting=waiting,
            edited=tuple(_edited(connection, waiting, now)),
            polyglots=_polyglots(posts),
        )


def _polyglots(posts: Iterable[StoredPost]) -> frozenset[str]:
    spoken = {(stored.post.account.name, stored.post.language) for stored in posts}
    accounts = Counter(name for name, _ in spoken)
    return frozenset(name for name, number in accounts.items() if number > 1)


def _edited(
    connection: Connection, waiting: tuple[Waiting, ...], now: datetime
) -> Iterator[Edited]:
    for each in waiting:
        post = each.stored.post
        if not each.is_open or post.due_at - now > SOON:
            continue
        change = audit.newest(connection, post.key, "changed")
        if change is not None and approvals.had_approval(connection, each.stored.id):
            at = datetime.fromisoformat(change.at)
            yield Edited(stored=each.stored, at=at, person=change.actor)
