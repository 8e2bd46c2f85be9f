"""A plan: what the files want against what the queue holds, as a value with a checksum."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

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
            "window": after.post.not_after.isoformat() if after else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """A wanted text that already stands, or went out, on the same identity under another key."""

    key: str
    other_key: str
    other_state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All changes in the calendar's order, the untouched ones among them."""

    campaign_id: str
    changes: tuple[Change, ...]
    repeats: tuple[Repeat, ...] = ()

    def signed(self, *signs: Sign) -> list[Change]:
        return [change for change in self.changes if change.sign in signs]

    def count(self, sign: Sign) -> int:
        return len(self.signed(sign))

    @property
    def pending(self) -> list[Change]:
        """What `schedule` would do."""
        return self.signed(Sign.ADD, Sign.CHANGE, Sign.MOVE, Sign.REMOVE)

    @property
    def is_first(self) -> bool:
        return all(change.sign is Sign.ADD for change in self.changes)

    @property
    def checksum(self) -> str:
        """Over every change but what is sent: the plan that was shown is the one applied."""
        described = [change.describe() for change in self.changes if change.sign is not Sign.SENT]
        whole = {"campaign": self.campaign_id, "changes": described}
        return hashlib.sha256(canonical(whole)).hexdigest()


def make_plan(
    campaign_id: str,
    wanted: Sequence[Planned],
    existing: Mapping[str, StoredPost],
    elsewhere: Iterable[Repeat] = (),
) -> Plan:
    """Compare. `existing` holds this campaign's posts by key, in the queue's order."""
    keys = {planned.post.key for planned in wanted}
    changes = [_compare(planned, existing.get(planned.post.key)) for planned in wanted]
    changes += [
        Change(sign=Sign.SENT if stored.is_perhaps_public else Sign.REMOVE, before=stored)
        for key, stored in existing.items()
        if key not in keys and not _is_gone(stored)
    ]
    return Plan(campaign_id=campaign_id, changes=tuple(changes), repeats=tuple(elsewhere))


def _is_gone(stored: StoredPost) -> bool:
    return all(state is State.CANCELLED for state in stored.states)


def _compare(planned: Planned, stored: StoredPost | None) -> Change:
    if stored is None or _is_gone(stored):
        return Change(sign=Sign.ADD, before=stored, after=planned)
    sign = Sign.SAME
    if stored.is_perhaps_public:
        sign = Sign.SENT
    elif stored.post.content_hash != planned.post.content_hash:
        sign = Sign.CHANGE
    elif stored.post.with_window_of(planned.post) != stored.post:
        sign = Sign.MOVE
    return Change(sign=sign, before=stored, after=planned)
