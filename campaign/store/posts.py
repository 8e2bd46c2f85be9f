"""Campaigns, accounts and posts as rows: reading them as values, and writing the first two.

How posts are written: edits.py.
"""

from dataclasses import replace
from functools import cache
from typing import Any

import sqlalchemy as sa

from campaign.domain.campaign import Account, Campaign, Late
from campaign.domain.message import content_hash
from campaign.domain.post import Post, StoredPost
from campaign.domain.statement import Kind
from campaign.domain.states import State
from campaign.store.approvals import spell_rule
from campaign.store.engine import Transaction
from campaign.store.schema import account, campaign, delivery, post

TO_COME = (State.DRAFT, State.QUEUED)


def posts_of(connection: sa.Connection, campaign_id: str | None = None) -> dict[str, StoredPost]:
    """Every post by key, earliest first: of one campaign, or of all for None."""
    query = sa.select(post).order_by(post.c.due_at, post.c.id)
    if campaign_id is not None:
        query = query.where(post.c.campaign_id == campaign_id)
    parts = _parts(connection, campaign_id)
    known = {one.name: one for one in accounts(connection)}

    @cache  # an account has many posts
    def speaking(name: str, language: str) -> Account:
        return replace(known[name], language=language)

    return {
        row.key: _stored(row, speaking(row.account, row.language), parts[row.id])
        for row in connection.execute(query).all()
    }


def _parts(connection: sa.Connection, campaign_id: str | None) -> dict[int, list[Any]]:
    query = sa.select(delivery.c.post_id, delivery.c.state, delivery.c.body).order_by(
        delivery.c.post_id, delivery.c.part
    )
    if campaign_id is not None:
        query = query.join(post).where(post.c.campaign_id == campaign_id)
    parts: dict[int, list[Any]] = {}
    for row in connection.execute(query).all():
        parts.setdefault(row.post_id, []).append(row)
    return parts


def _stored(row: Any, account: Account, rows: list[Any]) -> StoredPost:
    # Cancelled parts of a living post are left from a longer text.
    parts = [part for part in rows if part.state != State.CANCELLED] or _approvable(
        row.content_hash, account, rows
    )
    wanted = Post(
        key=row.key,
        campaign_id=row.campaign_id,
        account=account,
        language=row.language,
        kind=Kind(row.kind),
        excerpt_ref=row.excerpt_ref,
        text_hash=row.text_hash,
        content_hash=row.content_hash,
        local_time=row.local_time,
        zone=row.zone,
        due_at=row.due_at,
        not_before=row.not_before,
        not_after=row.not_after,
        lateness=Late(row.lateness),
        bodies=tuple(part.body for part in parts),
    )
    return StoredPost(
        id=row.id,
        post=wanted,
        approved_hash=row.approved_hash,
        reason=row.reason,
        states=tuple(State(part.state) for part in parts),
        retry_at=row.retry_at,
        cancelled_by=row.cancelled_by,
    )


def _approvable(approvable: str, account: Account, rows: list[Any]) -> list[Any]:
    """Of a post that is cancelled whole, the parts that its content hash is of."""
    who = {"platform": account.platform, "identity": account.identity}
    lengths = range(1, len(rows) + 1)
    right = (n for n in lengths if content_hash(who, [p.body for p in rows[:n]]) == approvable)
    return rows[: next(right, len(rows))]


def read_account(row: Any) -> Account:
    """Who speaks, from a row that joins post and account."""
    return Account(
        name=row.account,
        platform=row.platform,
        handle=row.identity,
        language=row.language,
        settings=row.settings,
    )


def accounts(connection: sa.Connection) -> list[Account]:
    """Every account of the database, by name. Its languages stand with its posts."""
    query = sa.select(
        account.c.name.label("account"),
        account.c.platform,
        account.c.identity,
        account.c.settings,
        sa.literal("").label("language"),
    ).order_by(account.c.name)
    return [read_account(row) for row in connection.execute(query)]


def save_campaign(tx: Transaction, wanted: Campaign) -> None:
    """Write the campaign's row as its file has it now."""
    values = {
        "title": wanted.title,
        "day": wanted.day,
        "zone": wanted.zone,
        "approval": spell_rule(wanted.approval),
        "file_sha256": wanted.sha256,
        "applied_at": tx.now,
    }
    known = sa.select(campaign.c.id).where(campaign.c.id == wanted.id)
    if tx.execute(known).first() is None:
        tx.execute(campaign.insert().values(id=wanted.id, **values))
    else:
        tx.execute(campaign.update().where(campaign.c.id == wanted.id).values(**values))


def campaign_row(connection: sa.Connection, campaign_id: str) -> sa.Row[Any] | None:
    return connection.execute(sa.select(campaign).where(campaign.c.id == campaign_id)).first()


def known_accounts(connection: sa.Connection) -> dict[str, Account]:
    """Every account by who it is. Its name is the first it was scheduled under: it stands in the
    keys.
    """
    return {one.who: one for one in accounts(connection)}


def campaigns(connection: sa.Connection) -> list[sa.Row[Any]]:
    return list(connection.execute(sa.select(campaign).order_by(campaign.c.day, campaign.c.id)))


def save_account(tx: Transaction, wanted: Account) -> None:
    """Write an account's row, under the name that it was first scheduled with."""
    where, settings = account.c.name == wanted.name, dict(wanted.settings)
    known = tx.execute(sa.select(account.c.settings).where(where)).first()
    if known is not None and known.settings != settings:
        tx.execute(account.update().where(where).values(settings=settings))
        _look_again(tx, wanted.name)
    elif known is None:
        values = {"name": wanted.name, "platform": wanted.platform, "identity": wanted.handle}
        tx.execute(account.insert().values(**values, settings=settings))


def _look_again(tx: Transaction, name: str) -> None:
    """What is due and waits, for a slot of the old limit, say, is claimed anew. Not the rest of a
    thread: a person may have given it its time.
    """
    due = sa.select(post.c.id).where(post.c.account == name, post.c.due_at <= tx.now)
    waits = (delivery.c.part == 1) & (delivery.c.ready_at > tx.now)
    where = delivery.c.post_id.in_(due) & (delivery.c.state == State.QUEUED) & waits
    tx.execute(delivery.update().where(where).values(ready_at=tx.now))
