"""Pauses as rows: what may not go out, why, and who said so."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from campaign.domain.states import State
from campaign.store.engine import Transaction
from campaign.store.schema import account, control, delivery, post
from campaign.store.statements import ARMED, SCOPES


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    scope: str
    reason: str | None
    person: str
    at: datetime


def pause(tx: Transaction, scope: str, reason: str | None, person: str) -> None:
    """Pause one scope, on record. Where it is paused already the reason is one more, so that who
    lifts it for one of them reads the others.
    """
    query = sa.select(control).where(control.c.scope == scope, control.c.paused)
    before = tx.execute(query).first()
    why = _one_more(before and before.reason, reason, "; ")
    who = _one_more(before and before.person, person, " and ")
    _set(tx, scope, paused=True, reason=why, person=who or person)
    tx.record("paused", scope, person=person, reason=reason)


def _one_more(before: str | None, word: str | None, between: str) -> str | None:
    words = before.split(between) if before else []
    return between.join([*words, word] if word and word not in words else words) or None


def resume(tx: Transaction, scope: str, reason: str | None, person: str) -> None:
    """Lift the pause of exactly this scope; who resumes records it."""
    _set(tx, scope, paused=False, reason=reason, person=person)


def _set(tx: Transaction, scope: str, *, paused: bool, reason: str | None, person: str) -> None:
    values = {"paused": paused, "reason": reason, "person": person, "at": tx.now}
    known = tx.execute(sa.select(control.c.scope).where(control.c.scope == scope)).first()
    if known is None:
        tx.execute(control.insert().values(scope=scope, **values))
    else:
        tx.execute(control.update().where(control.c.scope == scope).values(**values))


def pauses(connection: sa.Connection) -> list[Pause]:
    """What is paused now, oldest first; of a post only while something of it could go out."""
    could_go = sa.exists().where(
        post.c.key == sa.func.substr(control.c.scope, len("post:") + 1),
        delivery.c.post_id == post.c.id,
        delivery.c.state.not_in([State.PUBLISHED, State.CANCELLED]),
    )
    stops = control.c.scope.not_like("post:%") | could_go
    query = sa.select(control).where(control.c.paused, stops).order_by(control.c.at)
    return [
        Pause(scope=row.scope, reason=row.reason, person=row.person, at=row.at)
        for row in connection.execute(query)
    ]


def armed(connection: sa.Connection) -> dict[str, set[str]]:
    """The posts of which a part is on the wire now, by key, with every scope that covers them."""
    query = (
        sa.select(post.c.key, *SCOPES)
        .join(delivery, delivery.c.post_id == post.c.id)
        .join(account, account.c.name == post.c.account)
        .where(ARMED)
        .order_by(post.c.key)
    )
    return {row.key: set(row[1:]) for row in connection.execute(query)}


def blocked_accounts(connection: sa.Connection) -> dict[str, str]:
    """Accounts that wait for a person, and why."""
    query = sa.select(account.c.name, account.c.blocked_reason).where(
        account.c.blocked_reason.is_not(None)
    )
    return {row.name: row.blocked_reason for row in connection.execute(query)}


def unblock(tx: Transaction, name: str) -> bool:
    """Lift an account's block; True when there was one."""
    where = (account.c.name == name) & account.c.blocked_reason.is_not(None)
    return tx.execute(account.update().where(where).values(blocked_reason=None)).rowcount > 0


def known_scopes(connection: sa.Connection) -> dict[str, set[str]]:
    """The names each kind of scope can take here."""
    columns = {
        "campaign": post.c.campaign_id,
        "account": account.c.name,
        "platform": account.c.platform,
        "language": post.c.language,
        "post": post.c.key,
    }
    return {
        kind: {str(value) for value in connection.scalars(sa.select(column).distinct())}
        for kind, column in columns.items()
    }
