"""Approvals as rows, and the one place where a post becomes ready to go."""

from datetime import datetime

import sqlalchemy as sa

from campaign.domain.campaign import ApprovalRule
from campaign.domain.post import StoredPost
from campaign.domain.states import State
from campaign.store.engine import Transaction
from campaign.store.schema import approval, campaign, delivery, post

SCHEDULER = "scheduler"  # the role of whoever schedules a campaign that names no approvers


def rule_of(connection: sa.Connection, campaign_id: str) -> ApprovalRule:
    stored = connection.scalar(sa.select(campaign.c.approval).where(campaign.c.id == campaign_id))
    if not stored:
        return ApprovalRule()
    people = {role: tuple(names) for role, names in stored["people"].items()}
    return ApprovalRule(by=tuple(stored["by"]), people=people)


def approve(tx: Transaction, stored: StoredPost, role: str, person: str) -> None:
    """Write one person's approval, in one role, of the words the post has now."""
    tx.execute(
        approval.insert().values(
            post_id=stored.id,
            role=role,
            person=person,
            identity="claimed",
            content_hash=stored.post.content_hash,
            decision="approve",
            at=tx.now,
        )
    )
    tx.record(
        "approved",
        stored.post.key,
        content_hash=stored.post.content_hash,
        role=role,
        person=person,
        identity="claimed",
    )


def approved_roles(connection: sa.Connection, post_id: int, content_hash: str) -> dict[str, str]:
    """Which roles have approved these words, and who did."""
    query = sa.select(approval.c.role, approval.c.person).where(
        approval.c.post_id == post_id,
        approval.c.content_hash == content_hash,
        approval.c.decision == "approve",
        approval.c.revoked_at.is_(None),
    )
    return {row.role: row.person for row in connection.execute(query.order_by(approval.c.id))}


def release_if_approved(tx: Transaction, stored: StoredPost, rule: ApprovalRule) -> bool:
    """When every role has approved the current words: mark the post, and queue its drafts."""
    post_id, content_hash = stored.id, stored.post.content_hash
    roles = approved_roles(tx.connection, post_id, content_hash)
    if not set(rule.by or (SCHEDULER,)) <= set(roles):
        return False
    values = {"approved_hash": content_hash, "reason": None}
    tx.execute(post.update().where(post.c.id == post_id).values(**values))
    drafts = (delivery.c.post_id == post_id) & (delivery.c.state == State.DRAFT)
    tx.execute(delivery.update().where(drafts).values(state=State.QUEUED))
    return True


def approvers(connection: sa.Connection, campaign_id: str | None) -> dict[int, tuple[str, ...]]:
    """For each post, the people whose approvals cover its present words, oldest first."""
    query = (
        sa.select(approval.c.post_id, approval.c.person)
        .join(post, post.c.id == approval.c.post_id)
        .where(approval.c.content_hash == post.c.content_hash, approval.c.revoked_at.is_(None))
        .order_by(approval.c.id)
    )
    if campaign_id is not None:
        query = query.where(post.c.campaign_id == campaign_id)
    people: dict[int, tuple[str, ...]] = {}
    for row in connection.execute(query):
        names = people.get(row.post_id, ())
        people[row.post_id] = names if row.person in names else (*names, row.person)
    return people


def still_open(now: datetime, stored: StoredPost) -> bool:
    """Whether an approval now would still let the post go out."""
    return now <= stored.post.not_after
