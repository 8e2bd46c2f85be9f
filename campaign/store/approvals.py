"""Decisions as rows, and the one place where a post becomes ready to go, or is held."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from campaign.domain.approval import Decision
from campaign.domain.campaign import ApprovalRule
from campaign.domain.civil_time import SATURDAY_AND_SUNDAY
from campaign.domain.deadline import Before
from campaign.domain.post import StoredPost
from campaign.domain.states import State
from campaign.store.bulk import insert_rows, pieces, update_rows
from campaign.store.engine import Transaction
from campaign.store.schema import approval, campaign, delivery, post

STANDS = (approval.c.content_hash == post.c.content_hash) & approval.c.revoked_at.is_(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """One person's yes, and when it was taken back."""

    person: str
    at: datetime
    revoked_at: datetime | None

    def stood(self, when: datetime | None) -> bool:
        """Whether it stood at a moment at which something was sent; for None, whether it stands."""
        if when is None or self.revoked_at is None:
            return self.revoked_at is None and (when is None or self.at <= when)
        return self.at <= when < self.revoked_at


def rule_of(connection: sa.Connection, campaign_id: str) -> ApprovalRule:
    stored = connection.scalar(sa.select(campaign.c.approval).where(campaign.c.id == campaign_id))
    return read_rule(stored) if stored else ApprovalRule()


def rules_of(connection: sa.Connection, posts: Iterable[StoredPost]) -> dict[str, ApprovalRule]:
    """The rules of the posts' campaigns, by campaign."""
    return {name: rule_of(connection, name) for name in {one.post.campaign_id for one in posts}}


def read_rule(stored: dict[str, Any]) -> ApprovalRule:
    people = {role: tuple(names) for role, names in stored["people"].items()}
    before = stored.get("before")
    return ApprovalRule(
        by=tuple(stored["by"]),
        people=people,
        before=Before.parse(before) if before else None,
        weekend=frozenset(stored.get("weekend", SATURDAY_AND_SUNDAY)),
    )


def spell_rule(rule: ApprovalRule) -> dict[str, Any]:
    people = {role: list(names) for role, names in rule.people.items()}
    before = {"before": str(rule.before)} if rule.before else {}
    usual = rule.weekend == SATURDAY_AND_SUNDAY
    weekend = {} if usual else {"weekend": sorted(rule.weekend)}
    return {"by": list(rule.by), "people": people} | before | weekend


def decide(
    tx: Transaction,
    decided: Sequence[StoredPost],
    role: str,
    person: str,
    *,
    is_yes: bool = True,
    reason: str | None = None,
    urgent: bool = False,
) -> None:
    """Write one person's decision, in one role, on the words that these posts have now."""
    if not decided:
        return
    given = {"role": role, "person": person, "identity": "claimed"}
    said = {"decision": "approve" if is_yes else "reject", "reason": reason, "at": tx.now}
    words = [{"post_id": one.id, "content_hash": one.post.content_hash} for one in decided]
    insert_rows(tx.connection, approval, [{**each, **given, **said} for each in words])
    facts: dict[str, str | bool] = {"reason": reason} if reason else {}
    facts |= {"urgent": True} if urgent else {}
    for one in decided:
        tx.record(
            "approved" if is_yes else "rejected",
            one.post.key,
            content_hash=one.post.content_hash,
            **given | facts,
        )


def take_back(
    tx: Transaction,
    posts: Sequence[StoredPost],
    *,
    person: str | None = None,
    is_yes: bool,
    roles: Sequence[str] = (),
) -> dict[int, list[str]]:
    """Take back yeses or noes to the present words: one person's or everybody's, in some roles or
    in all. Returns the roles by post.
    """
    query = (
        sa.select(approval.c.id, approval.c.post_id, approval.c.role)
        .join(post, post.c.id == approval.c.post_id)
        .where(STANDS, approval.c.decision == ("approve" if is_yes else "reject"))
        .order_by(approval.c.id)
    )
    if person is not None:
        query = query.where(approval.c.person == person)
    if roles:
        query = query.where(approval.c.role.in_(roles))
    taken: dict[int, list[str]] = {}
    for piece in pieces(posts):
        ids = [stored.id for stored in piece]
        found = tx.execute(query.where(approval.c.post_id.in_(ids))).all()
        theirs = approval.c.id.in_([row.id for row in found])
        tx.execute(approval.update().where(theirs).values(revoked_at=tx.now))
        for row in found:
            taken.setdefault(row.post_id, []).append(row.role)
    return taken


def decisions(
    connection: sa.Connection, posts: Iterable[StoredPost]
) -> dict[int, tuple[Decision, ...]]:
    """What stands decided on the present words of each of these posts, oldest first."""
    ids = [stored.id for stored in posts]
    found: dict[int, tuple[Decision, ...]] = dict.fromkeys(ids, ())
    for piece in pieces(ids):
        query = (
            sa.select(approval)
            .join(post, post.c.id == approval.c.post_id)
            .where(STANDS, approval.c.post_id.in_(piece))
            .order_by(approval.c.id)
        )
        for row in connection.execute(query):
            found[row.post_id] += (_decision(row),)
    return found


def _decision(row: Any) -> Decision:
    return Decision(
        role=row.role,
        person=row.person,
        is_yes=row.decision == "approve",
        at=row.at,
        reason=row.reason,
    )


def release(tx: Transaction, approved: Sequence[StoredPost]) -> None:
    """Their words are approved: mark the posts, and queue their drafts."""
    if not approved:
        return
    marks = [{"id": one.id, "approved_hash": one.post.content_hash} for one in approved]
    update_rows(tx.connection, post, [{**mark, "reason": None} for mark in marks])
    for piece in pieces(approved):
        ids = [one.id for one in piece]
        drafts = delivery.c.post_id.in_(ids) & (delivery.c.state == State.DRAFT)
        tx.execute(delivery.update().where(drafts).values(state=State.QUEUED))


def hold(tx: Transaction, refused: Sequence[StoredPost]) -> None:
    """Their words are not approved any more: what is queued is a draft again."""
    for piece in pieces(refused):
        ids = [one.id for one in piece]
        tx.execute(post.update().where(post.c.id.in_(ids)).values(approved_hash=None))
        queued = delivery.c.post_id.in_(ids) & (delivery.c.state == State.QUEUED)
        tx.execute(delivery.update().where(queued).values(state=State.DRAFT))


def approvals_of(
    connection: sa.Connection, campaign_id: str | None
) -> dict[int, tuple[Approval, ...]]:
    """For each post, every yes to its present words, oldest first: also those taken back since."""
    query = (
        sa.select(approval.c.post_id, approval.c.person, approval.c.at, approval.c.revoked_at)
        .join(post, post.c.id == approval.c.post_id)
        .where(approval.c.content_hash == post.c.content_hash, approval.c.decision == "approve")
        .order_by(approval.c.id)
    )
    if campaign_id is not None:
        query = query.where(post.c.campaign_id == campaign_id)
    given: dict[int, tuple[Approval, ...]] = {}
    for row in connection.execute(query):
        one = Approval(person=row.person, at=row.at, revoked_at=row.revoked_at)
        given[row.post_id] = (*given.get(row.post_id, ()), one)
    return given


def had_approval(connection: sa.Connection, post_id: int) -> bool:
    """Whether other words of this post were approved once."""
    query = sa.select(approval.c.id).join(post, post.c.id == approval.c.post_id)
    query = query.where(
        approval.c.post_id == post_id,
        approval.c.decision == "approve",
        approval.c.content_hash != post.c.content_hash,
    )
    return connection.execute(query.limit(1)).first() is not None
