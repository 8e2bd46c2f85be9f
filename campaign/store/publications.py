"""What the audit and the timeline tell of each part: read by key, in pieces."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from campaign.domain.audit import Publication
from campaign.domain.states import PERHAPS_PUBLIC, State
from campaign.store.approvals import Approval, approvals_of
from campaign.store.engine import Store
from campaign.store.receipts import read_receipt
from campaign.store.schema import account, attempt, delivery, post

PIECE = 500
TROUBLED = (State.FAILED, State.UNKNOWN)


def publications(store: Store, campaign_id: str | None = None) -> Iterator[Publication]:
    """Every part of every post, by time due; no read outlives a piece."""
    with store.read() as connection:
        given = approvals_of(connection, campaign_id)
        ids = list(connection.scalars(_ids(campaign_id)))
    for start in range(0, len(ids), PIECE):
        with store.read() as connection:
            rows = connection.execute(_piece(ids[start : start + PIECE])).all()
        yield from (_publication(row, given.get(row.post_id, ())) for row in rows)


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
    sent = (
        sa.select(sa.func.max(attempt.c.armed_at))
        .where(attempt.c.delivery_id == delivery.c.id)
        .scalar_subquery()
    )
    return (
        sa.select(delivery, post, account.c.platform, account.c.identity, parts.label("parts"))
        .add_columns(said.label("said"), sent.label("sent_at"))
        .join(post, post.c.id == delivery.c.post_id)
        .join(account, account.c.name == post.c.account)
        .where(post.c.id.in_(ids))
        .order_by(post.c.due_at, post.c.id, delivery.c.part)
    )


def _publication(row: Any, given: tuple[Approval, ...]) -> Publication:
    receipt, state = read_receipt(row.receipt), State(row.state)
    # Who approved what may be public: whose yes stood when it was sent, whatever came after.
    sent_at = row.sent_at if state in PERHAPS_PUBLIC else None
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
        approved_by=tuple(dict.fromkeys(one.person for one in given if one.stood(sent_at))),
        reason=row.reason or (row.said if state in TROUBLED else None),
    )
