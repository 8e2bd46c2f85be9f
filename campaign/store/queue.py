"""The queue's SQL: each verb of the publish protocol as a few statements. Decides nothing.

Where several workers share the database, whoever takes rows locks them: what is due or held, by
passing over another's rows; what came back, by waiting for them, in the order of their ids.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from campaign.domain.campaign import Late
from campaign.domain.delivery import Delivery, LastLook, Settled
from campaign.domain.outcome import Receipt, Result
from campaign.domain.states import State
from campaign.store.bulk import insert_rows, update_rows
from campaign.store.engine import Transaction
from campaign.store.posts import read_account
from campaign.store.receipts import read_receipt, spell_receipt
from campaign.store.schema import account, attempt, delivery, post
from campaign.store.statements import (
    ARM,
    ARMED,
    CLOSE,
    DUE,
    LAST_LOOK,
    LOCK,
    LOOK,
    NEXT,
    ONE,
    OPEN,
    QUEUED,
    is_paused,
    rows_where,
    taken,
)


def _delivery(row: Any) -> Delivery:
    return Delivery(
        id=row.id,
        post_id=row.post_id,
        post_key=row.post_key,
        part=row.part,
        key=row.idempotency_key,
        body=row.body,
        state=State(row.state),
        gen=row.gen,
        worker=row.worker,
        account=read_account(row),
        content_hash=row.content_hash,
        approved_hash=row.approved_hash,
        due_at=row.due_at,
        not_after=row.not_after,
        lateness=Late(row.lateness),
        parent=read_receipt(row.parent),
    )


def _deliveries(
    connection: sa.Connection, query: sa.Select[Any], **values: object
) -> list[Delivery]:
    return [_delivery(row) for row in connection.execute(query, values)]


class Standing(NamedTuple):
    """Where a delivery stands now, whatever it was when it was sent."""

    id: int
    state: State
    gen: int
    worker: str | None
    content_hash: str
    is_approved: bool

    def is_still(self, sent: Delivery) -> bool:
        """The same attempt at the same words was the last one."""
        ours = (self.gen, self.worker, self.content_hash)
        return ours == (sent.gen, sent.worker, sent.content_hash)


def lock(tx: Transaction, ids: Iterable[int]) -> dict[int, Standing]:
    """Wait for these rows, in the order of their ids, so that no two workers wait in a circle."""
    rows = tx.execute(LOCK, {"ids": sorted(ids)})
    return {row.id: Standing._make([row.id, State(row.state), *row[2:]]) for row in rows}


def lock_accounts(tx: Transaction, names: Iterable[str]) -> set[str]:
    """Lock these accounts' rows, but for those that another worker has; returns which are ours."""
    query = sa.select(account.c.name).where(account.c.name.in_(sorted(names)))
    return set(tx.connection.scalars(query.with_for_update(skip_locked=True, key_share=True)))


def attempts_since(tx: Transaction, name: str, since: datetime) -> list[datetime]:
    """When parts of this account were armed, oldest first; not those that reached nothing."""
    query = (
        sa.select(attempt.c.armed_at)
        .where(
            attempt.c.account == name,
            attempt.c.armed_at > since,
            attempt.c.outcome.is_(None) | (attempt.c.outcome != Result.NOT_SENT),
        )
        .order_by(attempt.c.armed_at)
    )
    return list(tx.connection.scalars(query))


def due(tx: Transaction, limit: int) -> list[Delivery]:
    """Queued rows that may go now, oldest first: due, not paused, not blocked, in their turn."""
    return _deliveries(tx.connection, DUE, now=tx.now, limit=limit)


def last_looks(tx: Transaction, rows: Sequence[Delivery]) -> dict[int, LastLook]:
    """How these rows stand, just before the wire: a statement of its own. The snapshot that chose
    them is older than their locks: another worker may have blocked the account in between.
    """
    if not rows:
        return {}
    found = tx.execute(LAST_LOOK, {"ids": [row.id for row in rows]})
    return {
        row.id: LastLook(
            state=State(row.state),
            part=row.part,
            is_approved=row.approved_hash == row.content_hash,
            not_before=row.not_before,
            not_after=row.not_after,
            is_blocked=row.blocked_reason is not None,
            is_paused=row.is_paused,
        )
        for row in found
    }


def arm(
    tx: Transaction, rows: Sequence[Delivery], worker: str, lease_until: datetime
) -> list[Delivery]:
    """Write the attempts, then the states: the trigger refuses an armed row without one."""
    if not rows:
        return []
    armed = [replace(row, state=State.ARMED, gen=row.gen + 1, worker=worker) for row in rows]
    ours = {"worker": worker, "armed_at": tx.now}
    tried = [
        {"delivery_id": row.id, "gen": row.gen, "account": row.account.name, **ours}
        for row in armed
    ]
    insert_rows(tx.connection, attempt, tried)
    ids = [row.id for row in armed]
    tx.execute(ARM, {"ids": ids, "holder": worker, "until": lease_until})
    return armed


def publish(tx: Transaction, receipts: Mapping[int, Receipt | None]) -> None:
    """Move these deliveries to published, each with its receipt."""
    if not receipts:
        return
    proofs = {row: receipt and spell_receipt(receipt) for row, receipt in receipts.items()}
    done = {"state": State.PUBLISHED, "lease_until": None}
    rows = [{"id": row, "receipt": proof, **done} for row, proof in proofs.items()]
    update_rows(tx.connection, delivery, rows)


def move(tx: Transaction, delivery_id: int, state: State, **values: object) -> None:
    tx.execute(delivery.update().where(delivery.c.id == delivery_id).values(state=state, **values))


def move_parts(tx: Transaction, post_id: int, before: State, after: State) -> None:
    """Move every part of a post that stands in `before`."""
    condition = (delivery.c.post_id == post_id) & (delivery.c.state == before)
    tx.execute(delivery.update().where(condition).values(state=after))


def set_reason(tx: Transaction, post_id: int, reason: str | None) -> None:
    tx.execute(post.update().where(post.c.id == post_id).values(reason=reason))


def block_account(tx: Transaction, name: str, reason: str) -> None:
    tx.execute(account.update().where(account.c.name == name).values(blocked_reason=reason))


def get(tx: Transaction, delivery_id: int) -> Delivery | None:
    rows = _deliveries(tx.connection, ONE, id=delivery_id)
    return rows[0] if rows else None


def close_attempts(tx: Transaction, items: Sequence[Settled]) -> list[Settled]:
    """Write each outcome on its own attempt; it may only replace none, or a doubt.

    Returns those that were written. The deliveries' locks guard the attempts too.
    """
    rows = tx.execute(OPEN, {"ids": [item.delivery.id for item in items]})
    open_ones = {(row.delivery_id, row.gen, row.worker): row for row in rows}
    closing: list[Settled] = []
    alike: dict[tuple[Result, str], list[int]] = {}
    for item in items:
        sent, outcome = item.delivery, item.outcome
        row = open_ones.get((sent.id, sent.gen, sent.worker))
        is_doubt = outcome.result in {Result.UNKNOWN, Result.DUPLICATE}
        # ABSENT is a person's word: a proof undoes it, a doubt does not.
        if row is not None and not (is_doubt and row.outcome == Result.ABSENT):
            closing.append(item)
            alike.setdefault((outcome.result, outcome.detail), []).append(row.id)
    for (result, detail), ids in alike.items():
        tx.execute(CLOSE, {"ids": ids, "result": result, "said": detail, "now": tx.now})
    return closing


def has_earlier_doubt(tx: Transaction, row: Standing) -> bool:
    """An attempt before this one is still unknown, or turned out well: it may be public already."""
    query = sa.select(attempt.c.id).where(
        attempt.c.delivery_id == row.id,
        attempt.c.gen < row.gen,
        attempt.c.outcome.in_([Result.UNKNOWN, Result.PUBLISHED, Result.DUPLICATE]),
    )
    return tx.execute(query).first() is not None


def not_sent_count(tx: Transaction, delivery_id: int) -> int:
    query = sa.select(sa.func.count()).where(
        attempt.c.delivery_id == delivery_id, attempt.c.outcome == Result.NOT_SENT
    )
    return int(tx.execute(query).scalar_one())


class Tried(NamedTuple):
    """When the first attempt at a delivery and the last one were armed, and since when nobody knows
    what came of the last.
    """

    first: datetime
    last: datetime
    doubt_since: datetime


def attempt_times(tx: Transaction, delivery_id: int) -> Tried:
    query = (
        sa.select(attempt.c.armed_at, attempt.c.settled_at)
        .where(attempt.c.delivery_id == delivery_id)
        .order_by(attempt.c.gen)
    )
    rows = tx.execute(query).all()
    last = rows[-1]
    return Tried(rows[0].armed_at, last.armed_at, last.settled_at or last.armed_at)


def taken_ids(tx: Transaction, row: Delivery) -> frozenset[str]:
    """Remote ids that other parts with words of this post have on its account: not this part's."""
    theirs = post.alias("theirs")
    query = (
        sa.select(delivery.c.receipt)
        .join(post, post.c.id == delivery.c.post_id)
        .join(
            theirs,
            (theirs.c.account == post.c.account) & (theirs.c.text_hash == post.c.text_hash),
        )
        .where(theirs.c.id == row.post_id, delivery.c.id != row.id, delivery.c.receipt.is_not(None))
    )
    return frozenset(receipt["remote_id"] for receipt in tx.connection.scalars(query))


def held(tx: Transaction, lease_over: datetime | None) -> list[Delivery]:
    """Armed rows: those whose lease ended by `lease_over`, or all of them for None."""
    conditions = [ARMED] if lease_over is None else [ARMED, delivery.c.lease_until <= lease_over]
    query = rows_where(*conditions).order_by(delivery.c.lease_until, delivery.c.id)
    return _deliveries(tx.connection, taken(query))


def to_look_at(tx: Transaction, limit: int) -> list[Delivery]:
    """Unknown rows whose next look is due."""
    return _deliveries(tx.connection, LOOK, now=tx.now, limit=limit)


def set_ready(tx: Transaction, delivery_id: int, ready_at: datetime) -> None:
    tx.execute(delivery.update().where(delivery.c.id == delivery_id).values(ready_at=ready_at))


def next_ready(connection: sa.Connection, now: datetime) -> datetime | None:
    """The next instant at which something comes due or wants a look."""
    times = [connection.scalar(query, {"now": now}) for query in NEXT]
    return min((time for time in times if time is not None), default=None)


def can_go_on(connection: sa.Connection) -> bool:
    """Something will still move without a person: it is held, or queued with its way free.

    Behind a failed or unknown part the rest of a thread waits for a person.
    """
    before = delivery.alias()
    stuck = sa.exists().where(
        before.c.post_id == delivery.c.post_id,
        before.c.part < delivery.c.part,
        before.c.state.not_in([State.QUEUED, State.ARMED, State.PUBLISHED]),
    )
    free = rows_where(QUEUED, account.c.blocked_reason.is_(None), ~stuck, ~is_paused())
    held = sa.select(delivery.c.id).where(ARMED)
    free = free.order_by(delivery.c.ready_at)  # along the index, not through the table
    return any(connection.execute(query.limit(1)).first() for query in (held, free))
