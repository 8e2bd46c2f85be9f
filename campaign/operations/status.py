"""`status`: now, next, and what needs a person. Reads only."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from campaign.domain.post import Post, StoredPost
from campaign.domain.states import State
from campaign.store import control
from campaign.store.engine import Store
from campaign.store.posts import campaigns, posts_of


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignStatus:
    """One campaign's posts, in the order of their times."""

    id: str
    title: str
    zone: str
    posts: tuple[StoredPost, ...]

    @property
    def counts(self) -> Counter[State]:
        return Counter(stored.state for stored in self.posts)

    def standing(self, *states: State) -> list[StoredPost]:
        return [stored for stored in self.posts if stored.state in states]

    def held(self, now: datetime) -> list[StoredPost]:
        """Drafts that no approval can send any more: they want a new time."""
        drafts = self.standing(State.DRAFT)
        return [stored for stored in drafts if stored.reason or stored.post.not_after < now]

    def adrift(self) -> list[StoredPost]:
        """What is to come at another hour than was planned, as a zone's clock has new rules."""
        to_come = self.standing(State.DRAFT, State.QUEUED, State.CLAIMED)
        return [stored for stored in to_come if stored.post.is_adrift]

    def paused(self, now: "Status") -> list[StoredPost]:
        """What is to come and stands under a pause."""
        scopes = {pause.scope for pause in now.pauses}
        queued = self.standing(State.QUEUED, State.CLAIMED)
        return [stored for stored in queued if scopes & _scopes(stored.post)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """`blocked` maps an account to the reason why it waits."""

    now: datetime
    campaigns: tuple[CampaignStatus, ...]
    pauses: tuple[control.Pause, ...]
    blocked: dict[str, str]


def _scopes(post: Post) -> set[str]:
    return {
        "all",
        f"campaign:{post.campaign_id}",
        f"account:{post.account.name}",
        f"platform:{post.account.platform}",
        f"language:{post.language}",
        f"post:{post.key}",
    }


def status(store: Store) -> Status:
    with store.read() as connection:
        every = tuple(
            CampaignStatus(
                id=row.id,
                title=row.title,
                zone=row.zone,
                posts=tuple(posts_of(connection, row.id).values()),
            )
            for row in campaigns(connection)
        )
        return Status(
            now=store.clock.now(),
            campaigns=every,
            pauses=tuple(control.pauses(connection)),
            blocked=control.blocked_accounts(connection),
        )
