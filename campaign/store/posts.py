"""Campaigns, accounts and posts as rows: reading them as values, adding and changing them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from campaign.domain.campaign import Account, Campaign, Late
from campaign.domain.civil_time import wall_time
from campaign.domain.delivery import idempotency_key
from campaign.domain.message import content_hash
from campaign.domain.post import Post, StoredPost
from campaign.domain.statement import Kind
from campaign.domain.states import State
from campaign.store.approvals import spell_rule
from campaign.store.engine import Transaction
from campaign.store.schema import account, campaign, delivery, installation, post

TO_COME = (State.DRAFT, State.QUEUED)


def posts_of(connection: sa.Connection, campaign_id: str | None = None) -> dict[str, StoredPost]:
    """Every post by key, earliest first: of one campaign, or of all for None."""
    query = (
        sa.select(post, account.c.platform, account.c.identity, account.c.settings)
        .join(account, account.c.name == post.c.account)
        .order_by(post.c.due_at, post.c.id)
    )
    if campaign_id is not None:
        query = query.where(post.c.campaign_id == campaign_id)
    parts = _parts(connection, campaign_id)
    return {row.key: _stored(row, parts[row.id]) for row in connection.execute(query)}


def _parts(connection: sa.Connection, campaign_id: str | None) -> dict[int, list[Any]]:
    query = sa.select(delivery.c.post_id, delivery.c.state, delivery.c.body).order_by(
        delivery.c.post_id, delivery.c.part
    )
    if campaign_id is not None:
        query = query.join(post).where(post.c.campaign_id == campaign_id)
    parts: dict[int, list[Any]] = {}
    for row in connection.execute(query):
        parts.setdefault(row.post_id, []).append(row)
    return parts


def _stored(row: Any, rows: list[Any]) -> StoredPost:
    # Cancelled parts of a living post are left from a longer text.
    parts = [part for part in rows if part.state != State.CANCELLED] or _approvable(row, rows)
    wanted = Post(
        key=row.key,
        campaign_id=row.campaign_id,
        account=read_account(row),
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


def _approvable(row: Any, rows: list[Any]) -> list[Any]:
    """Of a post that is cancelled whole, the parts that its content hash is of."""
    account = read_account(row)
    who = {"platform": account.platform, "identity": account.identity}
    lengths = range(1, len(rows) + 1)
    right = (
        n for n in lengths if content_hash(who, [p.body for p in rows[:n]]) == row.content_hash
    )
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
    where = account.c.name == wanted.name
    if tx.execute(sa.select(account.c.name).where(where)).first():
        tx.execute(account.update().where(where).values(settings=dict(wanted.settings)))
    else:
        values = {"name": wanted.name, "platform": wanted.platform, "identity": wanted.handle}
        tx.execute(account.insert().values(**values, settings=dict(wanted.settings)))


def add_posts(tx: Transaction, wanted: Sequence[Post]) -> None:
    """Write new posts and their parts as drafts, many rows a statement."""
    if not wanted:
        return
    rows = [{"key": one.key, **_columns(one)} for one in wanted]
    added = tx.execute(post.insert().returning(post.c.id, post.c.key), rows)
    ids = {row.key: row.id for row in added}
    installed = _installed(tx)
    drafts = [
        {"post_id": ids[one.key], "part": part, "state": State.DRAFT}
        | _frozen(installed, one, part)
        for one in wanted
        for part in range(1, len(one.bodies) + 1)
    ]
    tx.execute(delivery.insert(), drafts)


def change_post(tx: Transaction, stored: StoredPost, wanted: Post) -> None:
    """Give a post new words, or revive it: new bytes, new keys, no approval, drafts again.

    Only for posts of which nothing may be public; the state table refuses the others.
    """
    set_states(tx, stored.id, State.DRAFT)
    fresh = {"approved_hash": None, "reason": None, "retry_at": None, "cancelled_by": None}
    values = _columns(wanted) | fresh
    tx.execute(post.update().where(post.c.id == stored.id).values(**values))
    _freeze_parts(tx, stored.id, wanted)


def move_post(tx: Transaction, stored: StoredPost, wanted: Post) -> None:
    """Give a post another time; its words and its approval stay. What was claimed is let go."""
    values = _columns(wanted) | {"reason": None, "retry_at": None}
    tx.execute(post.update().where(post.c.id == stored.id).values(**values))
    where = delivery.c.post_id == stored.id
    tx.execute(delivery.update().where(where).values(ready_at=wanted.due_at))
    for before, after in ((State.CLAIMED, State.QUEUED), (State.SKIPPED, State.DRAFT)):
        tx.execute(delivery.update().where(where, delivery.c.state == before).values(state=after))


def retime_post(tx: Transaction, stored: StoredPost, due_at: datetime, not_after: datetime) -> None:
    """What did not go out is a draft again, due when a person says. A begun thread keeps the time
    it began at.
    """
    values: dict[str, object] = {"reason": None, "cancelled_by": None}
    if not stored.is_perhaps_public:
        values |= {"due_at": due_at, "not_before": due_at, "not_after": not_after}
        values["local_time"] = wall_time(due_at, stored.post.zone)
        values["retry_at"] = due_at
    tx.execute(post.update().where(post.c.id == stored.id).values(**values))
    ours = (delivery.c.post_id == stored.id) & (delivery.c.part <= len(stored.post.bodies))
    ended = [State.CANCELLED] if stored.is_gone else [State.FAILED, State.SKIPPED]
    back = delivery.update().where(ours, delivery.c.state.in_(ended))
    tx.execute(back.values(state=State.DRAFT))
    coming = delivery.update().where(ours, delivery.c.state.in_(TO_COME))
    tx.execute(coming.values(ready_at=due_at))


def cancel_post(tx: Transaction, stored: StoredPost, person: str) -> None:
    """Cancel it until a person retries it: no schedule revives it."""
    remove_post(tx, stored)
    tx.execute(post.update().where(post.c.id == stored.id).values(cancelled_by=person))


def remove_post(tx: Transaction, stored: StoredPost) -> None:
    """Cancel what has not gone out. What failed or was skipped goes by way of a draft."""
    where = delivery.c.post_id == stored.id
    for before in (State.FAILED, State.SKIPPED):
        given_up = delivery.update().where(where, delivery.c.state == before)
        tx.execute(given_up.values(state=State.DRAFT))
    set_states(tx, stored.id, State.CANCELLED)


def set_states(tx: Transaction, post_id: int, state: State) -> None:
    """Move all parts of a post; the state table decides whether it may."""
    where = (delivery.c.post_id == post_id) & (delivery.c.state != state)
    tx.execute(delivery.update().where(where).values(state=state))


def _freeze_parts(tx: Transaction, post_id: int, wanted: Post) -> None:
    installed = _installed(tx)
    numbers = sa.select(delivery.c.part, delivery.c.resend_no).where(delivery.c.post_id == post_id)
    known = {row.part: row.resend_no for row in tx.execute(numbers)}
    for part in range(1, len(wanted.bodies) + 1):
        values = _frozen(installed, wanted, part, known.get(part, 0))
        if part in known:
            where = (delivery.c.post_id == post_id) & (delivery.c.part == part)
            tx.execute(delivery.update().where(where).values(**values))
        else:
            row = {"post_id": post_id, "part": part, "state": State.DRAFT}
            tx.execute(delivery.insert().values(**row, **values))
    # A row is kept: its attempts hang on it. A shorter text leaves it cancelled.
    surplus = (delivery.c.post_id == post_id) & (delivery.c.part > len(wanted.bodies))
    tx.execute(delivery.update().where(surplus).values(state=State.CANCELLED))


def _installed(tx: Transaction) -> str:
    return str(tx.execute(sa.select(installation.c.uuid)).scalar_one())


def _frozen(installed: str, wanted: Post, part: int, resend_no: int = 0) -> dict[str, object]:
    """What a plan writes into a part: its bytes, their key, and when it may go."""
    key = idempotency_key(installed, wanted.key, part, wanted.content_hash, resend_no)
    body = dict(wanted.bodies[part - 1])
    return {"idempotency_key": key, "body": body, "ready_at": wanted.due_at}


def _columns(wanted: Post) -> dict[str, object]:
    return {
        "campaign_id": wanted.campaign_id,
        "account": wanted.account.name,
        "language": wanted.language,
        "kind": wanted.kind,
        "excerpt_ref": wanted.excerpt_ref,
        "text_hash": wanted.text_hash,
        "content_hash": wanted.content_hash,
        "local_time": wanted.local_time,
        "zone": wanted.zone,
        "due_at": wanted.due_at,
        "not_before": wanted.not_before,
        "not_after": wanted.not_after,
        "lateness": wanted.lateness,
    }
