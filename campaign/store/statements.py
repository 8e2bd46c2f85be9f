"""The queue's statements. Those that every round needs are built once: building one costs more
than running it.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from campaign.domain.outcome import Result
from campaign.domain.states import State
from campaign.store.schema import Instant, account, attempt, control, delivery, post

previous = delivery.alias("previous")

# Literals, so that SQLite uses the partial indexes (schema.py).
QUEUED = sa.text("delivery.state = 'queued'")
UNKNOWN = sa.text("delivery.state = 'unknown'")
ARMED = sa.text("delivery.state = 'armed'")


SCOPES = (  # of the post of the row at hand
    sa.literal("all"),
    sa.literal("campaign:") + post.c.campaign_id,
    sa.literal("account:") + post.c.account,
    sa.literal("platform:") + account.c.platform,
    sa.literal("language:") + post.c.language,
    sa.literal("post:") + post.c.key,
)


def is_paused() -> sa.Exists:
    """Some pause covers the post of the row at hand."""
    return sa.exists().where(control.c.paused, control.c.scope.in_(SCOPES))


def rows_where(*conditions: sa.ColumnElement[bool] | sa.TextClause | sa.Exists) -> sa.Select[Any]:
    joined = (
        delivery.join(post, post.c.id == delivery.c.post_id)
        .join(account, account.c.name == post.c.account)
        .outerjoin(
            previous,
            (previous.c.post_id == delivery.c.post_id) & (previous.c.part == delivery.c.part - 1),
        )
    )
    return (
        sa.select(
            delivery,
            post.c.key.label("post_key"),
            post.c.account,
            post.c.language,
            post.c.content_hash,
            post.c.approved_hash,
            post.c.due_at,
            post.c.not_after,
            post.c.lateness,
            account.c.platform,
            account.c.identity,
            account.c.settings,
            previous.c.receipt.label("parent"),
        )
        .select_from(joined)
        .where(*conditions)
    )


def taken(query: sa.Select[Any], *, skip: bool = True) -> sa.Select[Any]:
    """With its deliveries locked, in their newest state; `skip` passes over those of others."""
    return query.with_for_update(of=delivery, skip_locked=skip, key_share=True)


class listed(GenericFunction[str]):  # noqa: N801  (named as SQL names it)
    """The values of a JSON list as rows: a statement about many rows stays one text, prepared and
    cached once, however many they are.
    """

    inherit_cache = True


@compiles(listed, "sqlite")
def _(function: listed, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json_each({compiler.process(function.clauses, **kw)})"


@compiles(listed, "postgresql")
def _(function: listed, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json_array_elements_text({compiler.process(function.clauses, **kw)})"


def among_ids(column: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """One of the list handed in as `ids`."""
    ids = listed(sa.bindparam("ids", type_=sa.JSON)).table_valued("value")
    return column.in_(sa.select(sa.cast(ids.c.value, sa.Integer)))


NOW = sa.bindparam("now", type_=Instant)
DUE = taken(
    rows_where(
        QUEUED,
        delivery.c.ready_at <= NOW,
        account.c.blocked_reason.is_(None),
        (delivery.c.part == 1) | (previous.c.state == State.PUBLISHED),
        ~is_paused(),
    )
    .order_by(delivery.c.ready_at, delivery.c.id)
    .limit(sa.bindparam("limit", type_=sa.Integer))
)
ARM = (
    delivery.update()
    .where(among_ids(delivery.c.id))
    .values(
        state=State.ARMED,
        gen=delivery.c.gen + 1,
        worker=sa.bindparam("holder", type_=sa.String),
        lease_until=sa.bindparam("until", type_=Instant),
    )
)
# By the keys alone, decided in Python: with a condition on the posts PostgreSQL read all of them.
LAST_LOOK = rows_where(among_ids(delivery.c.id)).with_only_columns(
    delivery.c.id,
    delivery.c.state,
    delivery.c.part,
    post.c.approved_hash,
    post.c.content_hash,
    post.c.not_before,
    post.c.not_after,
    account.c.blocked_reason,
    is_paused().label("is_paused"),
)
ONE = rows_where(delivery.c.id == sa.bindparam("id"))
LOCK = taken(
    sa.select(
        delivery.c.id,
        delivery.c.state,
        delivery.c.gen,
        delivery.c.worker,
        post.c.content_hash,
        (post.c.approved_hash.is_not_distinct_from(post.c.content_hash)).label("is_approved"),
    )
    .join(post, post.c.id == delivery.c.post_id)
    .where(among_ids(delivery.c.id))
    .order_by(delivery.c.id),
    skip=False,
)
OPEN = sa.select(
    attempt.c.id, attempt.c.delivery_id, attempt.c.gen, attempt.c.worker, attempt.c.outcome
).where(
    among_ids(attempt.c.delivery_id),
    attempt.c.outcome.is_(None)
    | attempt.c.outcome.in_([Result.UNKNOWN, Result.ABSENT, Result.DUPLICATE]),
)
LOOK = taken(
    rows_where(UNKNOWN, delivery.c.ready_at <= NOW)
    .order_by(delivery.c.ready_at)
    .limit(sa.bindparam("limit", type_=sa.Integer))
)
NEXT = [
    sa.select(sa.func.min(delivery.c.ready_at)).where(state, delivery.c.ready_at > NOW)
    for state in (QUEUED, UNKNOWN)
]
CLOSE = (
    attempt.update()
    .where(among_ids(attempt.c.id))
    .values(
        outcome=sa.bindparam("result", type_=sa.String),
        detail=sa.bindparam("said", type_=sa.String),
        settled_at=NOW,
    )
)
