"""A plan: what the files want against what the queue holds, as a value with a checksum."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from campaign.domain.campaign import ApprovalRule
from campaign.domain.message import Message, canonical
from campaign.domain.post import Post, StoredPost
from campaign.domain.states import State


class Sign(StrEnum):
    """The sign each change carries on screens."""

    ADD = "+"
    CHANGE = "~"
    MOVE = ">"
    REMOVE = "-"
    SENT = "="
    SAME = " "


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A post as the files want it, with the message it was made from."""

    post: Post
    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One step from the queue to the files. An Add has no `before`, a Remove no `after`."""

    sign: Sign
    before: StoredPost | None = None
    after: Planned | None = None

    @property
    def key(self) -> str:
        return self.after.post.key if self.after else self.stored.post.key

    @property
    def stored(self) -> StoredPost:
        assert self.before is not None
        return self.before

    @property
    def wanted(self) -> Planned:
        assert self.after is not None
        return self.after

    @property
    def is_pending(self) -> bool:
        return self.sign in {Sign.ADD, Sign.CHANGE, Sign.MOVE, Sign.REMOVE}

    def describe(self) -> dict[str, object]:
        """What the checksum covers: the step, and both sides of it."""
        before, after = self.before, self.after
        return {
            "sign": str(self.sign),
            "key": self.key,
            "before": [before.post.content_hash, before.post.due_at.isoformat()]
            if before
            else None,
            "after": [after.post.content_hash, after.post.due_at.isoformat()] if after else None,
            "window": [after.post.not_after.isoformat(), after.post.lateness] if after else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """A change of the campaign itself: its title, its approval rule, an account's settings.

    A new rule may void approvals (`loses`) and may be met by some that are there (`gains`); both
    are posts' keys. `keeps` counts the approved posts that stay so.
    """

    what: str
    before: str
    after: str
    loses: tuple[str, ...] = ()
    gains: tuple[str, ...] = ()
    keeps: int = 0
    is_rule: bool = False

    def describe(self) -> list[object]:
        return [self.what, self.before, self.after, list(self.loses), list(self.gains)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """A wanted text that already stands, or went out, on the same identity under another key."""

    key: str
    other_key: str
    other_state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All changes in the calendar's order, the untouched ones among them.

    `only` names what it is limited to; `rule` is the one that counts for it; `terms` are those of
    the campaign's file; `missed` are wanted posts whose time was over before they were known;
    `notes` are worth knowing; `voided` says whose approvals of which posts are lost.
    """

    campaign_id: str
    changes: tuple[Change, ...]
    repeats: tuple[Repeat, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    only: tuple[str, ...] = ()
    rule: ApprovalRule = field(default_factory=ApprovalRule)
    terms: Mapping[str, object] = field(default_factory=dict)
    missed: tuple[Planned, ...] = ()
    notes: tuple[str, ...] = ()
    voided: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def signed(self, *signs: Sign) -> list[Change]:
        return [change for change in self.changes if change.sign in signs]

    def count(self, sign: Sign) -> int:
        return len(self.signed(sign))

    @property
    def pending(self) -> list[Change]:
        """What `schedule` would do to posts."""
        return [change for change in self.changes if change.is_pending]

    @property
    def is_pending(self) -> bool:
        """Whether `schedule` would do anything."""
        return bool(self.amendments or self.pending)

    @property
    def rule_change(self) -> Amendment | None:
        return next((one for one in self.amendments if one.is_rule), None)

    @property
    def removes_much(self) -> bool:
        """More than 3 posts and more than 30 % of those that could still go out."""
        removed = self.count(Sign.REMOVE)
        return removed > 3 and removed > 0.3 * self.to_come

    @property
    def to_come(self) -> int:
        """How many posts of the queue, before this plan, are not sent and not given up."""
        return sum(
            change.before is not None and not change.before.is_gone and change.sign is not Sign.SENT
            for change in self.changes
        )

    @property
    def unsent(self) -> list[Planned]:
        """What is still to go out once this plan is applied."""
        settled = (Sign.SENT, Sign.REMOVE)
        open_ones = [change for change in self.changes if change.sign not in settled]
        return [c.wanted for c in open_ones if not (c.before and c.before.cancelled_by)]

    @property
    def is_first(self) -> bool:
        return all(change.sign is Sign.ADD for change in self.changes)

    @property
    def checksum(self) -> str:
        """Over all that would be done: the plan that was shown is the one applied. What is left
        alone may go out in between.
        """
        whole = {
            "campaign": self.campaign_id,
            "terms": dict(self.terms),
            "changes": [change.describe() for change in self.pending],
            "amendments": [one.describe() for one in self.amendments],
            "only": list(self.only),
        }
        return hashlib.sha256(canonical(whole)).hexdigest()


def changes_between(
    wanted: Sequence[Planned], existing: Mapping[str, StoredPost]
) -> tuple[Change, ...]:
    """Compare. `existing` holds this campaign's posts by key, in the queue's order."""
    keys = {planned.post.key for planned in wanted}
    changes = [_compare(planned, existing.get(planned.post.key)) for planned in wanted]
    changes += [
        Change(sign=Sign.SENT if stored.is_perhaps_public else Sign.REMOVE, before=stored)
        for key, stored in existing.items()
        if key not in keys and not stored.is_gone
    ]
    return tuple(changes)


def said_twice(changes: Iterable[Change]) -> Iterable[Repeat]:
    """Wanted texts that stand under two keys of the same identity, without an `again`."""
    first: dict[tuple[str, str], Change] = {}
    for change in changes:
        if change.after is None or change.wanted.post.again:
            continue
        post = change.wanted.post
        other = first.setdefault((post.account.identity, post.text_hash), change)
        settled = {Sign.SAME, Sign.SENT}
        if other is not change and not settled >= {change.sign, other.sign}:
            state = other.stored.state if other.before else State.DRAFT
            yield Repeat(key=change.key, other_key=other.key, other_state=state)


def _compare(planned: Planned, stored: StoredPost | None) -> Change:
    sign = Sign.SAME
    if stored is not None and stored.cancelled_by:
        return _cancelled(planned, stored)
    if stored is not None and _has_own_time(stored, planned.post):
        planned = replace(planned, post=_at_its_own_time(planned.post, stored.post))
    if stored is None or stored.is_gone:
        sign = Sign.ADD
    elif stored.is_perhaps_public:
        sign = Sign.SENT
    elif stored.post.content_hash != planned.post.content_hash:
        sign = Sign.CHANGE
    elif _has_other_window(stored, planned.post):
        sign = Sign.MOVE
    return Change(sign=sign, before=stored, after=planned)


def _cancelled(planned: Planned, stored: StoredPost) -> Change:
    """A person's word: no plan revives it, nor gives it other words. Its time is the calendar's all
    the same: else a retry could send it before a new embargo is over.
    """
    post, wanted = stored.post, planned.post
    has_own = stored.retry_at is not None and not _has_other_line(post, wanted)
    if has_own or not _has_other_window(stored, wanted):
        return Change(sign=Sign.SAME, before=stored, after=planned)
    moved = replace(
        post,
        local_time=wanted.local_time,
        zone=wanted.zone,
        due_at=wanted.due_at,
        not_before=wanted.not_before,
        not_after=wanted.not_after,
        lateness=wanted.lateness,
    )
    return Change(sign=Sign.MOVE, before=stored, after=replace(planned, post=moved))


def _has_own_time(stored: StoredPost, wanted: Post) -> bool:
    """A time that a person gave by hand counts until the calendar says another one."""
    is_given = stored.retry_at is not None and not stored.is_gone
    return is_given and not _has_other_line(stored.post, wanted)


def _at_its_own_time(wanted: Post, stored: Post) -> Post:
    return replace(
        wanted,
        due_at=stored.due_at,
        not_before=stored.not_before,
        not_after=stored.not_after,
    )


def _has_other_line(post: Post, wanted: Post) -> bool:
    return (post.local_time, post.zone) != (wanted.local_time, wanted.zone)


def _has_other_window(stored: StoredPost, wanted: Post) -> bool:
    post = stored.post
    if _has_other_line(post, wanted):
        return True
    theirs = (wanted.due_at, wanted.not_before, wanted.not_after, wanted.lateness)
    return (post.due_at, post.not_before, post.not_after, post.lateness) != theirs
