"""`approve`: a person's decision, in a role, on the exact words that were shown."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from campaign.domain.campaign import ApprovalRule
from campaign.domain.post import StoredPost
from campaign.domain.states import State
from campaign.errors import CampaignError, StalePlanError, UsageError
from campaign.operations.selection import select
from campaign.store import approvals
from campaign.store.engine import Connection, Store
from campaign.store.posts import posts_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A post that waits for approval: which roles have given it, and which are missing.

    Once its time has passed it is no longer open: an approval could not send it any more.
    """

    stored: StoredPost
    given: tuple[str, ...]
    missing: tuple[str, ...]
    rule: ApprovalRule
    is_open: bool

    def is_for(self, person: str) -> bool:
        """Whether this person has a role that is still missing."""
        return not self.rule.by or bool(set(self.rule.roles_of(person)) & set(self.missing))


@dataclass(frozen=True, slots=True, kw_only=True)
class Approvals:
    """Which person has approved in which role, and the roles that are missing."""

    given: Mapping[str, str]
    missing: tuple[str, ...]


def waiting(store: Store, names: Iterable[str] = ()) -> list[Waiting]:
    """The named posts, or all, that still need somebody's approval. Raises UsageError."""
    with store.read() as connection:
        chosen = select(posts_of(connection), names)
        return [
            _waiting(connection, stored, store.clock.now())
            for stored in chosen
            if State.DRAFT in stored.states and not stored.is_approved
        ]


def _waiting(connection: Connection, stored: StoredPost, now: datetime) -> Waiting:
    rule = approvals.rule_of(connection, stored.post.campaign_id)
    given = approvals.approved_roles(connection, stored.id, stored.post.content_hash)
    needed = rule.by or (approvals.SCHEDULER,)
    missing = tuple(role for role in needed if role not in given)
    return Waiting(
        stored=stored,
        given=tuple(given),
        missing=missing,
        rule=rule,
        is_open=approvals.still_open(now, stored),
    )


def standing(store: Store, campaign_id: str) -> dict[str, tuple[StoredPost, Approvals]]:
    """Each post of a campaign as the queue has it, and who has approved its present words."""
    with store.read() as connection:
        rule = approvals.rule_of(connection, campaign_id)
        needed = rule.by or (approvals.SCHEDULER,)
        found = {}
        for key, stored in posts_of(connection, campaign_id).items():
            given = approvals.approved_roles(connection, stored.id, stored.post.content_hash)
            missing = tuple(role for role in needed if role not in given)
            found[key] = (stored, Approvals(given=given, missing=missing))
        return found


def shown_hash(posts: Sequence[StoredPost]) -> str:
    """One short hash for all that a person was shown: the decision is bound to it."""
    lines = sorted(f"{stored.post.key} {stored.post.content_hash}" for stored in posts)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def approve(store: Store, names: Sequence[str], shown: str, person: str) -> list[Waiting]:
    """Approve what was shown, in each role that `person` has and that is still missing.

    Returns the posts as they stand afterwards. Raises StalePlanError when what was shown is no
    longer what would be approved, UsageError when the person has no role there.
    """
    with store.write(person) as tx:
        every = posts_of(tx.connection)
        chosen = [
            stored
            for stored in select(every, names)
            if State.DRAFT in stored.states and not stored.is_approved
        ]
        if shown_hash(chosen) != shown:
            raise StalePlanError(
                "The words have changed since they were shown, so nothing was approved."
                " Read them again: campaign approve"
            )
        for stored in chosen:
            _refuse_late(stored, is_open=approvals.still_open(tx.now, stored))
            rule = approvals.rule_of(tx.connection, stored.post.campaign_id)
            given = approvals.approved_roles(tx.connection, stored.id, stored.post.content_hash)
            for role in _roles(rule, person, stored):
                if role not in given:
                    approvals.approve(tx, stored, role, person)
            approvals.release_if_approved(tx, stored, rule)
        return [_waiting(tx.connection, stored, tx.now) for stored in chosen]


def refuse_stranger(waiting: Sequence[Waiting], person: str) -> None:
    """Raises UsageError when no role that these posts need is this person's."""
    if not any(each.rule.roles_of(person) or not each.rule.by for each in waiting):
        _roles(waiting[0].rule, person, waiting[0].stored)


def _roles(rule: ApprovalRule, person: str, stored: StoredPost) -> tuple[str, ...]:
    if not rule.by:
        return (approvals.SCHEDULER,)
    roles = rule.roles_of(person)
    if not roles:
        names = "; ".join(f"{role}: {', '.join(rule.people.get(role, ()))}" for role in rule.by)
        raise UsageError(
            f"{person} may not approve {stored.post.key}. Its campaign names {names}."
            " If you are one of them, say so: --as NAME"
        )
    return roles


def _refuse_late(stored: StoredPost, *, is_open: bool) -> None:
    if not is_open:
        raise CampaignError(
            f"The time of {stored.post.key} has passed. Give it a new time in the calendar of the"
            " campaign file, then: campaign schedule. Nothing was approved."
        )
