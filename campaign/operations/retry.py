"""`retry`: what failed, was skipped, late or cancelled gets another chance, now or at a time."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from campaign.domain.approval import Standing, standing
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
    rejected, for other words. `pauses` are those that hold it, its blocked account among them.
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
    (`14:30`, `2026-12-18 14:30`, on the campaign's clock). What a person has cancelled comes back
    only where nothing else of it stands still: who mends an account did not cancel it.

    Never a post whose words are public or in doubt. Raises UsageError for a time that
    means nothing, CampaignError where nothing can be retried, and says why.
    """
    with store.write(person) as tx:
        meant = in_scope(posts.posts_of(tx.connection), scope)
        still = [stored for stored in meant if _stands_still(stored, tx.now)]
        chosen = [stored for stored in still if not stored.is_gone] or still
        if not chosen:
            raise CampaignError(_nothing(meant))
        refuse_repeats(tx, chosen)
        for stored, row in doubts.declared_absent(tx, chosen):
            refuse_resend(tx, stored, row, person, asks_window=False)
            doubts.raise_key(tx, stored, row)
        due = {stored.id: _due(at, stored.post, tx.now) for stored in chosen}
        edits.retime_posts(tx, [(s, due[s.id], due[s.id] + _length(s.post)) for s in chosen])
        stands = _settle_approvals(tx, chosen)
        for stored in chosen:
            _record(tx, stored, due[stored.id], reason, person)
        paused = {pause.scope for pause in control.pauses(tx.connection)}
        paused |= {f"account:{name}" for name in control.blocked_accounts(tx.connection)}
        return [_tell(s, due[s.id], stands[s.id], tx.now, paused) for s in chosen]


def left_cancelled(store: Store, scope: str) -> list[StoredPost]:
    """What a person has cancelled of what `scope` covers, and did not come back."""
    with store.read() as connection:
        return [one for one in in_scope(posts.posts_of(connection), scope) if one.cancelled_by]


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


def _length(post: Post) -> timedelta:
    return max(post.not_after - post.due_at, timedelta(minutes=1))


def _settle_approvals(tx: Transaction, chosen: Sequence[StoredPost]) -> dict[int, Standing]:
    """Queue what is approved; the rule may be another one since its words were."""
    rules = approvals.rules_of(tx.connection, chosen)
    decided = approvals.decisions(tx.connection, chosen)
    stands = {s.id: standing(rules[s.post.campaign_id], decided[s.id]) for s in chosen}
    approvals.release(tx, [stored for stored in chosen if stands[stored.id].is_complete])
    approvals.hold(tx, [stored for stored in chosen if not stands[stored.id].is_complete])
    return stands


def _record(
    tx: Transaction, stored: StoredPost, due_at: datetime, reason: str | None, person: str
) -> None:
    tx.record(
        "retried",
        stored.post.key,
        content_hash=stored.post.content_hash,
        was=str(stored.state),
        due_at=due_at.isoformat(),
        person=person,
        reason=reason,
    )


def _tell(
    stored: StoredPost, due_at: datetime, stands: Standing, now: datetime, paused: set[str]
) -> Retried:
    return Retried(
        key=stored.post.key,
        due_at=due_at,
        zone=stored.post.zone,
        is_now=due_at <= now,
        goes=stands.is_complete,
        is_rejected=bool(stands.rejections),
        pauses=tuple(sorted(paused & scopes_of(stored.post))),
    )
