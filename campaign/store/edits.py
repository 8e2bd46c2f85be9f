"""Posts as a plan or a person changes them: many rows a statement, each by its primary key.

What is changed, moved or removed may not be public in any part; the state table refuses that.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

import sqlalchemy as sa

from campaign.domain.delivery import idempotency_key
from campaign.domain.post import Post, StoredPost
from campaign.domain.states import State
from campaign.store.bulk import insert_rows, pieces, update_rows
from campaign.store.engine import Transaction
from campaign.store.posts import TO_COME
from campaign.store.schema import delivery, installation, post

Edit = tuple[StoredPost, Post]

PARTS = delivery.update().where(delivery.c.post_id == sa.bindparam("row"))
COMING = PARTS.where(sa.or_(*(delivery.c.state == state for state in TO_COME)))


def add_posts(tx: Transaction, wanted: Sequence[Post]) -> None:
    """Write new posts and their parts as drafts."""
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
    insert_rows(tx.connection, delivery, drafts)


def change_posts(tx: Transaction, edits: Sequence[Edit]) -> None:
    """Give posts new words, or revive them: new bytes, new keys, no approval, drafts again."""
    if not edits:
        return
    _turn(tx, [stored for stored, _ in edits], State.DRAFT)
    fresh = {"approved_hash": None, "reason": None, "cancelled_by": None}
    update_rows(
        tx.connection, post, [{**_timed(stored, wanted), **fresh} for stored, wanted in edits]
    )
    _freeze_parts(tx, edits)


def move_posts(tx: Transaction, edits: Sequence[Edit]) -> None:
    """Give posts another time; words and approval stay."""
    if not edits:
        return
    update_rows(
        tx.connection,
        post,
        [{**_timed(stored, wanted), "reason": None} for stored, wanted in edits],
    )
    tx.execute(PARTS, [{"row": s.id, "ready_at": wanted.due_at} for s, wanted in edits])
    moved = [stored for stored, _ in edits]
    _turn(tx, moved, State.DRAFT, State.SKIPPED)


def remove_posts(tx: Transaction, removed: Sequence[StoredPost]) -> None:
    """Cancel what has not gone out. What failed or was skipped goes by way of a draft."""
    _turn(tx, removed, State.DRAFT, State.FAILED, State.SKIPPED)
    _turn(tx, removed, State.CANCELLED)


def cancel_posts(tx: Transaction, cancelled: Sequence[StoredPost], person: str) -> None:
    """Cancel them until a person retries them: no schedule revives them."""
    remove_posts(tx, cancelled)
    for ids in _pieces(cancelled):
        tx.execute(post.update().where(post.c.id.in_(ids)).values(cancelled_by=person))


def retime_posts(tx: Transaction, times: Sequence[tuple[StoredPost, datetime, datetime]]) -> None:
    """What did not go out is a draft again, due when a person says: from one time to another. A
    begun thread keeps the time it began at.
    """
    fresh = {"reason": None, "cancelled_by": None}
    begun = [{"id": s.id, **fresh} for s, _, _ in times if s.is_perhaps_public]
    others = [
        # Not its local_time, by which the plan sees whether the calendar says another one.
        {"id": s.id, **fresh, "due_at": at, "not_before": at, "not_after": end, "retry_at": at}
        for s, at, end in times
        if not s.is_perhaps_public
    ]
    for rows in (begun, others):
        if rows:
            update_rows(tx.connection, post, rows)
    _turn(tx, [s for s, _, _ in times if not s.is_gone], State.DRAFT, State.FAILED, State.SKIPPED)
    gone = defaultdict[int, list[StoredPost]](list)
    for stored, _, _ in times:
        if stored.is_gone:
            gone[len(stored.post.bodies)].append(stored)
    for parts, posts in gone.items():
        _turn(tx, posts, State.DRAFT, State.CANCELLED, up_to=parts)
    tx.execute(COMING, [{"row": s.id, "ready_at": at} for s, at, _ in times])


def _timed(stored: StoredPost, wanted: Post) -> dict[str, object]:
    """A post's columns as the plan has them. A person's time is over once that is another one."""
    given = stored.retry_at if wanted.due_at == stored.retry_at else None
    return {"id": stored.id, **_columns(wanted), "retry_at": given}


def _turn(
    tx: Transaction,
    posts: Sequence[StoredPost],
    after: State,
    *before: State,
    up_to: int | None = None,
) -> None:
    """Move all parts of posts, or those in the states `before`, or the first of them; the state
    table decides whether they may.
    """
    which = delivery.c.state.in_(before) if before else delivery.c.state != after
    if up_to is not None:
        which &= delivery.c.part <= up_to
    for ids in _pieces(posts):
        parts = delivery.update().where(delivery.c.post_id.in_(ids), which)
        tx.execute(parts.values(state=after))


def _freeze_parts(tx: Transaction, edits: Sequence[Edit]) -> None:
    installed = _installed(tx)
    known = _known_parts(tx, [stored for stored, _ in edits])
    frozen, added, surplus = [], [], []
    for stored, wanted in edits:
        parts = known.get(stored.id, {})
        for part in range(1, len(wanted.bodies) + 1):
            if part in parts:
                row, resend_no = parts[part]
                frozen.append({"id": row, **_frozen(installed, wanted, part, resend_no)})
            else:
                draft = {"post_id": stored.id, "part": part, "state": State.DRAFT}
                added.append(draft | _frozen(installed, wanted, part))
        # A row is kept: its attempts hang on it. A shorter text leaves it cancelled.
        longer = [row for part, (row, _) in parts.items() if part > len(wanted.bodies)]
        surplus += [{"id": row, "state": State.CANCELLED} for row in longer]
    for write, rows in ((update_rows, frozen), (insert_rows, added), (update_rows, surplus)):
        if rows:
            write(tx.connection, delivery, rows)


def _known_parts(
    tx: Transaction, posts: Sequence[StoredPost]
) -> dict[int, dict[int, tuple[int, int]]]:
    """By post and part: the row, and how often it was sent anew."""
    known: dict[int, dict[int, tuple[int, int]]] = {}
    columns = (delivery.c.post_id, delivery.c.part, delivery.c.id, delivery.c.resend_no)
    for ids in _pieces(posts):
        for row in tx.execute(sa.select(*columns).where(delivery.c.post_id.in_(ids))):
            known.setdefault(row.post_id, {})[row.part] = (row.id, row.resend_no)
    return known


def _pieces(posts: Sequence[StoredPost]) -> Iterator[list[int]]:
    for piece in pieces(posts):
        yield [stored.id for stored in piece]


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
