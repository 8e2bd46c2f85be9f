"""`retry`: what failed, was skipped, late or cancelled gets another chance, now or at a time."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from campaign.domain.approval import standing
from campaign.domain.civil_time import resolve, to_local
from campaign.domain.post import Post, StoredPost
from campaign.domain.states import State
from campaign.errors import CampaignError, UsageError
from campaign.operations.resolve import refuse_repeats, refuse_resend
from campaign.operations.selection import in_scope, scopes_of
from campaign.store import approvals, control, doubts, edits, posts
from campaign.store.engine import Store, Transaction

WHEN = re.compile(r"(?:(\d{4}-\d\d-\d\d)[ T])?(\d\d:\d\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Retried:
    """A post with its new time; `goes` says whether it is queued, or waits for approval still, or,
    rejected, for other words. `pauses` are those that hold it.
    """

    key: str
    due_at: datetime
    zone: str
    is_now: bool
    goes: bool
    is_rejected: bool
    pauses: tuple[str, ...] = ()


def retry(
    store: Store, scope: str, at: str | None, reason: str | None, person: str
) -> list[Retried]:
    """Give what `scope` covers, and what has not gone out by itself, a new time: now, or `at`
    (`14:30`, `2026-12-18 14:30`, on the campaign's clock).

    Never a post whose words are public or in doubt. Raises UsageError for a time that
    means nothing, CampaignError where nothing can be retried, and says why.
    """
    with store.write(person) as tx:
        meant = in_scope(posts.posts_of(tx.connection), scope)
        chosen = [stored for stored in meant if _stands_still(stored, tx.now)]
        if not chosen:
            raise CampaignError(_nothing(meant))
        refuse_repeats(tx, chosen)
        given = [
            _retry(tx, stored, _due(at, stored.post, tx.now), reason, person) for stored in chosen
        ]
        paused = {pause.scope for pause in control.pauses(tx.connection)}
        return [
            replace(one, pauses=tuple(sorted(paused & scopes_of(stored.post))))
            for one, stored in zip(given, chosen, strict=True)
        ]


def _due(at: str | None, post: Post, now: datetime) -> datetime:
    """Never before its first time: an embargo may stand behind that. Raises UsageError."""
    instant = _when(at, post.zone, now)
    if at is None:
        return max(instant, post.not_before)
    if instant < post.not_before:
        first = to_local(post.not_before, post.zone)
        raise UsageError(
            f"{post.key} may not go out before {first:%d %b %Y %H:%M} ({post.zone}). Give a later"
            " time, or change its line in the campaign file and schedule."
        )
    return instant


def _when(text: str | None, zone: str, now: datetime) -> datetime:
    """A time of day is today's on the campaign's clock. Raises UsageError."""
    if text is None:
        return now
    found = WHEN.fullmatch(text.strip())
    try:
        day = date.fromisoformat(found[1]) if found and found[1] else to_local(now, zone).date()
        at = datetime.combine(day, time.fromisoformat(found[2])) if found else None
        instant = resolve(at, zone) if at else None
    except ValueError:
        instant = None
    if instant is None:
        raise UsageError(
            f'"{text}" is not a time. Write 14:30 for today, or 2026-12-18 14:30. {zone} time.'
        )
    if instant <= now:
        raise UsageError(f"{text} is over in {zone}. Give a later time, or leave --at out: now.")
    return instant


def _stands_still(stored: StoredPost, now: datetime) -> bool:
    """It failed, was skipped, or cancelled by a person, or is a draft whose time is over."""
    if stored.state is State.DRAFT:
        return bool(stored.reason) or stored.is_over(now)
    if stored.state is State.CANCELLED:
        return stored.cancelled_by is not None
    return stored.state in {State.FAILED, State.SKIPPED}


def _nothing(meant: Sequence[StoredPost]) -> str:
    stored = meant[0]
    key = stored.post.key
    why = {
        State.PUBLISHED: "is public already",
        State.ARMED: "is being sent",
        State.UNKNOWN: "may be public: nobody knows yet. Look first:  campaign status",
        State.DRAFT: f"waits for approval:  campaign approve {key}",
        State.CANCELLED: "was taken out of the campaign file. Put it back there, and schedule",
    }.get(stored.state, "is in the queue already and goes out at its time")
    more = f" (and {len(meant) - 1} more)" if len(meant) > 1 else ""
    return f"{key}{more} {why}. Nothing was retried."


def _retry(
    tx: Transaction, stored: StoredPost, due_at: datetime, reason: str | None, person: str
) -> Retried:
    for row in doubts.declared_absent(tx, stored.id):
        refuse_resend(tx, stored, row, person, asks_window=False)
        doubts.raise_key(tx, stored, row)
    length = max(stored.post.not_after - stored.post.due_at, timedelta(minutes=1))
    edits.retime_post(tx, stored, due_at, due_at + length)
    rule = approvals.rule_of(tx.connection, stored.post.campaign_id)
    decided = approvals.decisions(tx.connection, [stored])
    stands = standing(rule, decided[stored.id])
    # The rule may be another one since these words were approved.
    (approvals.release if stands.is_complete else approvals.hold)(tx, [stored])
    tx.record(
        "retried",
        stored.post.key,
        content_hash=stored.post.content_hash,
        was=str(stored.state),
        due_at=due_at.isoformat(),
        person=person,
        reason=reason,
    )
    return Retried(
        key=stored.post.key,
        due_at=due_at,
        zone=stored.post.zone,
        is_now=due_at <= tx.now,
        goes=stands.is_complete,
        is_rejected=bool(stands.rejections),
    )
