"""What the audit and the timeline tell of each part: read by key, in pieces."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from campaign.domain.audit import Publication
from campaign.domain.states import State
from campaign.store.approvals import approvers
from campaign.store.engine import Store
from campaign.store.receipts import read_receipt
from campaign.store.schema import account, attempt, delivery, post

PIECE = 500
TROUBLED = (State.FAILED, State.UNKNOWN)


def publications(store: Store, campaign_id: str | None = None) -> Iterator[Publication]:
    """Every part of every post, by time due; no read outlives a piece."""
    with store.read() as connection:
        people = approvers(connection, campaign_id)
        ids = list(connection.scalars(_ids(campaign_id)))
    for start in range(0, len(ids), PIECE):
        with store.read() as connection:
            rows = connection.execute(_piece(ids[start : start + PIECE])).all()
        yield from (_publication(row, people.get(row.post_id, ())) for row in rows)


def _ids(campaign_id: str | None) -> sa.Select[Any]:
    query = sa.select(post.c.id).order_by(post.c.due_at, post.c.id)
    return query if campaign_id is None else query.where(post.c.campaign_id == campaign_id)


def _piece(ids: list[int]) -> sa.Select[Any]:
    other = delivery.alias()
    parts = (
        sa.select(sa.func.count())
        .where(other.c.post_id == post.c.id, other.c.state != State.CANCELLED)
        .scalar_subquery()
    )
    said = (
        sa.select(attempt.c.detail)
        .where(attempt.c.delivery_id == delivery.c.id)
        .order_by(attempt.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        sa.select(delivery, post, account.c.platform, account.c.identity, parts.label("parts"))
        .add_columns(said.label("said"))
        .join(post, post.c.id == delivery.c.post_id)
        .join(account, account.c.name == post.c.account)
        .where(post.c.id.in_(ids))
        .order_by(post.c.due_at, post.c.id, delivery.c.part)
    )


def _publication(row: Any, people: tuple[str, ...]) -> Publication:
    receipt, state = read_receipt(row.receipt), State(row.state)
    is_timed = receipt is not None and not receipt.is_found
    return Publication(
        post_key=row.key,
        excerpt_ref=row.excerpt_ref,
        account=row.account,
        platform=row.platform,
        handle=row.identity,
        language=row.language,
        part=row.part,
        parts=max(row.parts, 1),
        text=row.body["text"],
        card=row.body.get("card"),
        card_title=row.body.get("card_title", ""),
        state=state,
        due_at=row.due_at,
        zone=row.zone,
        published_at=receipt.published_at if receipt and is_timed else None,
        sent_from=receipt.published_at if receipt and not is_timed else None,
        url=receipt.url if receipt else None,
        approved_by=people,
        reason=row.reason or (row.said if state in TROUBLED else None),
    )
