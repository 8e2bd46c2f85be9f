"""Rows of `campaign status`: now, next, then; who is waited for; what is held, paused, blocked."""

from collections.abc import Sequence
from itertools import groupby

from campaign.cli.control import told
from campaign.cli.words import moment, names, span, title, voice
from campaign.domain.message import excerpt_title
from campaign.domain.post import StoredPost
from campaign.domain.states import State
from campaign.operations.review import Waiting
from campaign.operations.status import CampaignStatus, Status
from campaign.preview.names import count
from campaign.store.control import Pause

Row = tuple[str, str, str, str]  # a word, a time, what, and what is to be said of it
SHOWN = 3
NAMED = 3


def rows(now: Status, each: CampaignStatus, pauses: list[Pause]) -> list[Row]:
    return [
        *_now(each),
        *_coming(now, each),
        *_waiting(each),
        *_rejected(each),
        *_held(now, each),
        *_stops(now, each, pauses),
    ]


def _now(each: CampaignStatus) -> list[Row]:
    sending = each.standing(State.ARMED)
    found = []
    for stored in sending[:SHOWN]:
        part = stored.states.index(State.ARMED) + 1
        of = f" (part {part} of {len(stored.states)})" if len(stored.states) > 1 else ""
        when = moment(stored.post.due_at, stored.post.zone)
        found.append(("now", when, f"{title(stored.post, each.polyglots)}{of}", ""))
    if len(sending) > SHOWN:
        found.append(("", "", f"and {len(sending) - SHOWN} more on their way", ""))
    return found


def _coming(now: Status, each: CampaignStatus) -> list[Row]:
    """What follows, a line for each time and message."""
    queued = each.standing(State.QUEUED)
    groups = [
        list(group)
        for _, group in groupby(queued, lambda one: (one.post.due_at, one.post.excerpt_ref))
    ]
    found = []
    for word, group in zip(("next", "then", "then"), groups, strict=False):
        first = group[0].post
        who = [voice(stored.post, each.polyglots) for stored in group]
        more = [f"{len(who) - NAMED + 1} more"] if len(who) > NAMED else []
        accounts = names(who if not more else [*who[: NAMED - 1], *more])
        stuck = _stuck(now, each, group)
        what = f"{excerpt_title(first.excerpt_ref)} · {accounts}{f' ({stuck})' if stuck else ''}"
        found.append((word, moment(first.due_at, first.zone), what, ""))
    rest = sum(map(len, groups[len(found) :]))
    if rest:
        approved = "" if each.standing(State.DRAFT) else ", all approved"
        found.append(("", "", f"and {count(rest, 'more post')}{approved}", ""))
    return found


def _stuck(now: Status, each: CampaignStatus, group: Sequence[StoredPost]) -> str:
    """How late it is, and what keeps it."""
    first = group[0].post
    said = [f"{span(now.now - first.due_at)} late"] if first.due_at < now.now else []
    paused = {stored.id for stored in each.paused(now)}
    blocked = [one for one in group if one.post.account.name in now.blocked]
    for word, stopped in (("paused", [s for s in group if s.id in paused]), ("blocked", blocked)):
        if stopped:
            all_of_it = len(stopped) == len(group)
            said.append(word if all_of_it else f"{len(stopped)} of {len(group)} {word}")
    return ", ".join(said)


def _waiting(each: CampaignStatus) -> list[Row]:
    waiting = [one for one in each.waiting if one.is_open and not one.standing.rejection]
    if not waiting:
        return []
    first = waiting[0].stored.post
    many = len(waiting) > 1
    what = f"first of {count(len(waiting), 'post')}" if many else title(first, each.polyglots)
    return [("wait", moment(first.due_at, first.zone), what, _for_whom(waiting))]


def _for_whom(waiting: list[Waiting]) -> str:
    """Who is waited for, and by when for the first."""
    roles = names(sorted({role for one in waiting for role in one.missing}))
    deadlines = [(one.deadline, one) for one in waiting if one.deadline]
    if not deadlines:
        return f"for {roles}"
    deadline, first = min(deadlines, key=lambda pair: pair[0])
    when = moment(deadline, first.stored.post.zone)
    return f"for {roles}, {f'overdue since {when}: --urgent' if first.is_overdue else f'by {when}'}"


def _rejected(each: CampaignStatus) -> list[Row]:
    found = []
    for one in each.waiting:
        no, post = one.standing.rejection, one.stored.post
        if no is not None:
            why = f"by {no.person} ({no.role}): {no.reason or ''}"
            what = title(post, each.polyglots)
            found.append(("rejected", moment(post.due_at, post.zone), what, why))
    return found


def _held(now: Status, each: CampaignStatus) -> list[Row]:
    told = {one.stored.id for one in each.waiting if one.standing.rejections}
    held = [stored for stored in each.held(now.now) if stored.id not in told]
    found = []
    for stored in held[:SHOWN]:
        post, why = stored.post, stored.reason or "not approved in time"
        what = title(post, each.polyglots)
        found.append(("held", moment(post.due_at, post.zone), what, f"{why}; needs a new time"))
    if len(held) > SHOWN:
        found.append(("", "", f"and {len(held) - SHOWN} more held", "campaign status --all"))
    return found


def _stops(now: Status, each: CampaignStatus, pauses: list[Pause]) -> list[Row]:
    found = []
    for pause in pauses:
        why = f": {pause.reason}" if pause.reason else ""
        what = f"by {pause.person}{why}"
        found.append(("paused", moment(pause.at, each.zone), told(pause.scope), what))
    accounts = {stored.post.account.name for stored in each.posts}
    blocked = ((name, why) for name, why in now.blocked.items() if name in accounts)
    return [*found, *(("blocked", "", f"account {name}", why) for name, why in blocked)]
