"""A post as it is wanted, and as it stands in the queue."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from campaign.domain.campaign import Account, Late
from campaign.domain.civil_time import wall_time
from campaign.domain.message import Message, content_hash, text_hash
from campaign.domain.occurrence import Occurrence
from campaign.domain.statement import Kind
from campaign.domain.states import PERHAPS_PUBLIC, State, post_state


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A message for one account at one time. `key` is its human name and its identity.

    All instants are UTC. `local_time` is the calendar's: what a clock in `zone` shows at `due_at`
    by the zone data it was planned with, unless a person gave another time by hand. It may go out
    from `not_before` to `not_after`. `bodies` holds one frozen JSON map for each part.
    """

    key: str
    campaign_id: str
    account: Account
    language: str
    kind: Kind
    excerpt_ref: str
    text_hash: str
    content_hash: str
    local_time: datetime
    zone: str
    due_at: datetime
    not_before: datetime
    not_after: datetime
    lateness: Late
    bodies: tuple[Mapping[str, object], ...]
    again: bool = False

    @property
    def is_adrift(self) -> bool:
        """Whether today's zone data no longer shows the planned time at the planned instant."""
        return wall_time(self.due_at, self.zone) != self.local_time


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPost:
    """A post as the queue has it. `states` holds each part's state, in order.

    `retry_at` is a time that a person gave it: it counts until the calendar says another one.
    `cancelled_by` is who cancelled it: no schedule revives it, only a person's retry.
    """

    id: int
    post: Post
    approved_hash: str | None
    reason: str | None
    states: tuple[State, ...]
    retry_at: datetime | None = None
    cancelled_by: str | None = None

    @property
    def state(self) -> State:
        return post_state(list(self.states))

    @property
    def is_approved(self) -> bool:
        return self.approved_hash == self.post.content_hash

    @property
    def is_gone(self) -> bool:
        """Cancelled in all its parts, by a plan or by a person."""
        return all(state is State.CANCELLED for state in self.states)

    @property
    def is_perhaps_public(self) -> bool:
        """Once one part is armed, unknown or published, no edit touches the post."""
        return any(state in PERHAPS_PUBLIC for state in self.states)

    def is_over(self, now: datetime) -> bool:
        """Whether its time has passed before any of it went out. A begun thread may be finished."""
        return now > self.post.not_after and not self.is_perhaps_public

    @property
    def is_begun(self) -> bool:
        """A part is public: a new approval rule does not stop the rest."""
        return State.PUBLISHED in self.states

    @property
    def is_on_its_way(self) -> bool:
        """A part is being sent or in doubt, and may come back unsent."""
        return State.ARMED in self.states or State.UNKNOWN in self.states


def post_key(campaign_id: str, ref: str, language: str, account: str) -> str:
    return f"{campaign_id}/{ref}/{language}/{account}"


def make_post(campaign_id: str, account: Account, message: Message, occurrence: Occurrence) -> Post:
    """Freeze a message for an account at an occurrence: keys, hashes, window."""
    bodies = tuple(part.frozen(message.language) | account.shown for part in message.parts)
    key = post_key(campaign_id, message.ref, message.language, account.name)
    return Post(
        key=key + occurrence.suffix,
        campaign_id=campaign_id,
        account=account,
        language=message.language,
        kind=message.kind,
        excerpt_ref=message.ref,
        text_hash=text_hash([part.body for part in message.parts]),
        content_hash=content_hash(
            {"platform": account.platform, "identity": account.identity}, bodies
        ),
        local_time=occurrence.local_time,
        zone=occurrence.zone,
        due_at=occurrence.due_at,
        not_before=occurrence.due_at,
        not_after=occurrence.not_after,
        lateness=occurrence.lateness,
        bodies=bodies,
        again=occurrence.again,
    )
