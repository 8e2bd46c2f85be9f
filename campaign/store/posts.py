"""Campaigns, accounts and posts as rows: reading them as values, adding and changing them."""

import base64
import hashlib
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from campaign.domain.campaign import Account, Campaign, Late
from campaign.domain.plan import Repeat
from campaign.domain.post import Post, StoredPost
from campaign.domain.statement import Kind
from campaign.domain.states import State
from campaign.errors import CampaignError
from campaign.store.engine import Transaction
from campaign.store.schema import account, campaign, delivery, installation, post

TAKEN = (State.CLAIMED, State.ARMED, State.PUBLISHED, State.UNKNOWN)
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
    parts = [part for part in rows if part.state != State.CANCELLED] or rows
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
    )


def read_account(row: Any) -> Account:
    """Who speaks, from a row that joins post and account."""
    return Account(
        name=row.account,
        platform=row.platform,
        handle=row.identity,
        language=row.language,
        settings=row.settings,
    )


def repeats(connection: sa.Connection, wanted: Iterable[Post]) -> list[Repeat]:
    """Of the `wanted` posts, those whose words already stand on the same identity elsewhere.

    Claimed, armed, unknown or published counts anywhere; draft and queued in another campaign.
    """
    by_identity = {(p.account.platform, p.account.handle, p.text_hash): p for p in wanted}
    hashes = sorted({text_hash for _, _, text_hash in by_identity})
    found = []
    for start in range(0, len(hashes), 500):
        query = (
            sa.select(post, account.c.platform, account.c.identity, delivery.c.state)
            .join(account, account.c.name == post.c.account)
            .join(delivery, delivery.c.post_id == post.c.id)
            .where(post.c.text_hash.in_(hashes[start : start + 500]))
            .where(delivery.c.state.in_([*TAKEN, *TO_COME]))
        )
        for row in connection.execute(query):
            asked = by_identity.get((row.platform, row.identity, row.text_hash))
            if asked is not None and _repeats(asked, row):
                state = State(row.state)
                found.append(Repeat(key=asked.key, other_key=row.key, other_state=state))
    return found


def _repeats(asked: Post, row: Any) -> bool:
    elsewhere = row.campaign_id != asked.campaign_id
    return bool(row.key != asked.key and (row.state not in TO_COME or elsewhere))


def save_campaign(tx: Transaction, wanted: Campaign) -> None:
    """Write the campaign's row as its file has it now."""
    people = {role: list(names) for role, names in wanted.approval.people.items()}
    values = {
        "title": wanted.title,
        "day": wanted.day,
        "zone": wanted.zone,
        "approval": {"by": list(wanted.approval.by), "people": people},
        "file_sha256": wanted.sha256,
        "applied_at": tx.now,
    }
    known = sa.select(campaign.c.id).where(campaign.c.id == wanted.id)
    if tx.execute(known).first() is None:
        tx.execute(campaign.insert().values(id=wanted.id, **values))
    else:
        tx.execute(campaign.update().where(campaign.c.id == wanted.id).values(**values))


def campaigns(connection: sa.Connection) -> list[sa.Row[Any]]:
    return list(connection.execute(sa.select(campaign).order_by(campaign.c.day, campaign.c.id)))


def save_account(tx: Transaction, wanted: Account) -> None:
    """Write an account's row. Raises CampaignError when name and identity do not go together."""
    same = (account.c.platform == wanted.platform) & (account.c.identity == wanted.handle)
    query = sa.select(account).where((account.c.name == wanted.name) | same)
    rows = tx.execute(query).all()
    for row in rows:
        _refuse_other_identity(wanted, row)
    if rows:
        where = account.c.name == wanted.name
        tx.execute(account.update().where(where).values(settings=dict(wanted.settings)))
    else:
        values = {"name": wanted.name, "platform": wanted.platform, "identity": wanted.handle}
        tx.execute(account.insert().values(**values, settings=dict(wanted.settings)))


def _refuse_other_identity(wanted: Account, row: Any) -> None:
    if row.name != wanted.name:
        raise CampaignError(
            f"{wanted.handle} on {wanted.platform} is called {row.name} in this database. Call it"
            f" {row.name} in the campaign file too, or use another database (--database)."
        )
    if (row.platform, row.identity) != (wanted.platform, wanted.handle):
        raise CampaignError(
            f"{wanted.name} is {row.identity} on {row.platform} in this database, and"
            f" {wanted.handle} on {wanted.platform} in the campaign file. Give the new account"
            " another name."
        )


def add_post(tx: Transaction, wanted: Post) -> int:
    """Write a post and its parts as drafts; returns the post's id."""
    row = tx.execute(post.insert().values(key=wanted.key, **_columns(wanted)))
    post_id = int(row.inserted_primary_key[0])  # type: ignore[index]  # one row has one
    _freeze_parts(tx, post_id, wanted)
    return post_id


def change_post(tx: Transaction, stored: StoredPost, wanted: Post) -> None:
    """Give a post new words, or revive it: new bytes, new keys, no approval, drafts again.

    Only for posts of which nothing may be public; the state table refuses the others.
    """
    set_states(tx, stored.id, State.DRAFT)
    values = _columns(wanted) | {"approved_hash": None, "reason": None}
    tx.execute(post.update().where(post.c.id == stored.id).values(**values))
    _freeze_parts(tx, stored.id, wanted)


def move_post(tx: Transaction, stored: StoredPost, wanted: Post) -> None:
    """Give a post another time; its words and its approval stay. What was claimed is let go."""
    values = _columns(wanted) | {"reason": None}
    tx.execute(post.update().where(post.c.id == stored.id).values(**values))
    where = delivery.c.post_id == stored.id
    tx.execute(delivery.update().where(where).values(ready_at=wanted.due_at))
    for before, after in ((State.CLAIMED, State.QUEUED), (State.SKIPPED, State.DRAFT)):
        tx.execute(delivery.update().where(where, delivery.c.state == before).values(state=after))


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
    installed = tx.execute(sa.select(installation.c.uuid)).scalar_one()
    known = set(
        tx.connection.scalars(sa.select(delivery.c.part).where(delivery.c.post_id == post_id))
    )
    for part, body in enumerate(wanted.bodies, 1):
        key = idempotency_key(installed, wanted.key, part, wanted.content_hash)
        values = {"idempotency_key": key, "body": dict(body), "ready_at": wanted.due_at}
        if part in known:
            where = (delivery.c.post_id == post_id) & (delivery.c.part == part)
            tx.execute(delivery.update().where(where).values(**values))
        else:
            row = {"post_id": post_id, "part": part, "state": State.DRAFT}
            tx.execute(delivery.insert().values(**row, **values))
    # A row is kept: its attempts hang on it. A shorter text leaves it cancelled.
    surplus = (delivery.c.post_id == post_id) & (delivery.c.part > len(wanted.bodies))
    tx.execute(delivery.update().where(surplus).values(state=State.CANCELLED))


def idempotency_key(installed: str, post_key: str, part: int, content_hash: str) -> str:
    """The same in every attempt at these bytes; other bytes, another key."""
    whole = "\x00".join((installed, post_key, str(part), content_hash)).encode()
    return base64.b32encode(hashlib.sha256(whole).digest()).decode().rstrip("=").lower()


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
