"""Parts that may be public, for a person to look at: reading them, and writing the answer down."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from campaign.domain.delivery import idempotency_key
from campaign.domain.outcome import Receipt, Result
from campaign.domain.post import StoredPost
from campaign.domain.states import State
from campaign.store.bulk import pieces
from campaign.store.engine import Transaction
from campaign.store.receipts import spell_receipt
from campaign.store.schema import attempt, audit, delivery, installation, post

TRIED = (State.UNKNOWN, State.FAILED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A part that was sent at least once, with its last attempt. `absent_by` declared it absent."""

    delivery_id: int
    post_key: str
    part: int
    state: State
    gen: int
    resend_no: int
    text: str
    armed_at: datetime
    outcome: str | None
    detail: str
    settled_at: datetime | None
    looked_for: datetime | None
    absent_by: str | None

    @property
    def is_declared_absent(self) -> bool:
        return self.state is State.FAILED and self.outcome == Result.ABSENT


def parts(tx: Transaction, post_id: int) -> list[Doubt]:
    """Every part of a post that was sent and is not published, in order."""
    return read(tx.connection, delivery.c.post_id == post_id)


def declared_absent(
    tx: Transaction, posts: Sequence[StoredPost]
) -> Iterator[tuple[StoredPost, Doubt]]:
    """Parts that somebody has declared absent, given up or taken out since, and not sent again."""
    for piece in pieces(posts):
        these = {stored.post.key: stored for stored in piece}
        ids = [stored.id for stored in these.values()]
        where = delivery.c.post_id.in_(ids), attempt.c.outcome == Result.ABSENT
        for row in read(tx.connection, *where, states=(State.FAILED, State.CANCELLED)):
            yield these[row.post_key], row


def unknown(connection: sa.Connection) -> list[Doubt]:
    """Every part in doubt, oldest first."""
    return read(connection, sa.text("delivery.state = 'unknown'"))


def failed(connection: sa.Connection) -> list[Doubt]:
    """Every part that was refused, or given up."""
    return read(connection, delivery.c.state == State.FAILED)


def read(connection: sa.Connection, *where: Any, states: Sequence[State] = TRIED) -> list[Doubt]:
    other = attempt.alias()
    last = sa.select(sa.func.max(other.c.id)).where(other.c.delivery_id == delivery.c.id)
    query = (
        sa.select(delivery, post.c.key.label("post_key"), attempt.c.armed_at, attempt.c.outcome)
        .add_columns(attempt.c.detail, attempt.c.settled_at)
        .join(post, post.c.id == delivery.c.post_id)
        .join(attempt, attempt.c.id == last.scalar_subquery())
        .where(delivery.c.state.in_(states), *where)
        .order_by(attempt.c.armed_at, delivery.c.id)
    )
    return [_doubt(connection, row) for row in connection.execute(query).all()]


def _doubt(connection: sa.Connection, row: Any) -> Doubt:
    absent = row.outcome == Result.ABSENT
    return Doubt(
        delivery_id=row.id,
        post_key=row.post_key,
        part=row.part,
        state=State(row.state),
        gen=row.gen,
        resend_no=row.resend_no,
        text=row.body["text"],
        armed_at=row.armed_at,
        outcome=row.outcome,
        detail=row.detail or "no answer yet",
        settled_at=row.settled_at,
        looked_for=row.ready_at if row.state == State.UNKNOWN else None,
        absent_by=_resolver(connection, row.post_key) if absent else None,
    )


def _resolver(connection: sa.Connection, key: str) -> str | None:
    """Who resolved this post last; the audit is where a person's word stands."""
    query = (
        sa.select(audit.c.actor)
        .where(audit.c.object == key, audit.c.action == "resolved")
        .order_by(audit.c.seq.desc())
    )
    return connection.scalar(query.limit(1))


def has_proof(tx: Transaction, row: Doubt) -> bool:
    """An earlier attempt was answered well, though a later one is in doubt."""
    query = sa.select(attempt.c.id).where(
        attempt.c.delivery_id == row.delivery_id, attempt.c.outcome == Result.PUBLISHED
    )
    return tx.execute(query).first() is not None


def was_only_refused(tx: Transaction, delivery_id: int) -> bool:
    """Whatever reached the network was refused as being there already: no attempt may be public."""
    query = sa.select(attempt.c.outcome).where(
        attempt.c.delivery_id == delivery_id,
        attempt.c.outcome.is_(None) | (attempt.c.outcome != Result.NOT_SENT),
    )
    return set(tx.connection.scalars(query)) == {Result.DUPLICATE}


def settle(
    tx: Transaction,
    row: Doubt,
    outcome: Result,
    detail: str,
    state: State,
    receipt: Receipt | None = None,
) -> None:
    """A person's word closes every attempt that is still in doubt, and moves the part. Only a proof
    undoes another person's word.
    """
    open_to = [Result.UNKNOWN, Result.DUPLICATE, *([Result.ABSENT] if receipt else [])]
    open_ones = (attempt.c.delivery_id == row.delivery_id) & (
        attempt.c.outcome.is_(None) | attempt.c.outcome.in_(open_to)
    )
    values = {"outcome": outcome, "detail": detail, "settled_at": tx.now}
    tx.execute(attempt.update().where(open_ones).values(**values))
    changed: dict[str, object] = {"state": state}
    if receipt is not None:
        changed["receipt"] = spell_receipt(receipt)
    tx.execute(delivery.update().where(delivery.c.id == row.delivery_id).values(**changed))


def raise_key(tx: Transaction, stored: StoredPost, row: Doubt) -> None:
    """Another sending of the same bytes that a network shall not take for the last one."""
    installed = tx.execute(sa.select(installation.c.uuid)).scalar_one()
    number = row.resend_no + 1
    post_key, content = stored.post.key, stored.post.content_hash
    key = idempotency_key(installed, post_key, row.part, content, number)
    where = delivery.c.id == row.delivery_id
    tx.execute(delivery.update().where(where).values(idempotency_key=key, resend_no=number))


def requeue(tx: Transaction, row: Doubt) -> None:
    where = delivery.c.id == row.delivery_id
    tx.execute(delivery.update().where(where).values(state=State.QUEUED, ready_at=tx.now))
