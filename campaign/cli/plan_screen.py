"""What a plan looks like: as lines, and as JSON."""

from collections.abc import Sequence
from datetime import datetime
from difflib import SequenceMatcher

from campaign.cli.words import MOMENT, count, folded, moment, names, spread
from campaign.domain.campaign import Campaign
from campaign.domain.civil_time import city
from campaign.domain.message import Message, excerpt_title
from campaign.domain.plan import Change, Plan, Planned, Sign
from campaign.domain.post import Post, StoredPost
from campaign.domain.statement import Kind


def plan_lines(campaign: Campaign, plan: Plan, missed: Sequence[Planned]) -> list[str]:
    """The whole screen but its last line."""
    zone = f"{city(campaign.zone)} time"
    lines = [spread(f"{campaign.title} · {campaign.id} · {_standing(plan)}", zone), ""]
    for group in _groups(plan.pending, campaign.zone):
        lines += _group_lines(group, campaign.zone)
    lines += _missed_lines(missed, everything=not plan.changes)
    if not plan.changes:
        return lines
    lines += ["", *_account_lines(campaign, plan), "", *_totals(plan), _approval(campaign)]
    lines += _embargo(campaign)
    lines += [f"! {r.key}: these words are {r.other_state} as {r.other_key}" for r in plan.repeats]
    return lines


def _standing(plan: Plan) -> str:
    if plan.is_first:
        return "first plan, nothing scheduled yet"
    if not plan.changes:
        return "nothing to schedule"
    return count(len(plan.pending), "change") if plan.pending else "nothing to change"


def _groups(changes: Sequence[Change], zone: str) -> list[list[Change]]:
    """Changes that read as one line: the same sign, and the same excerpt or a run of calls; on the
    campaign's clock, or each on its own.
    """
    groups: dict[object, list[Change]] = {}
    for change in sorted(changes, key=lambda change: _post(change).due_at):
        post = _post(change)
        is_run = post.kind is Kind.RECOMMENDATION and change.sign in {Sign.ADD, Sign.REMOVE}
        what = (
            (post.local_time.date(), post.kind) if is_run else (post.local_time, post.excerpt_ref)
        )
        groups.setdefault((change.sign, what, post.zone == zone), []).append(change)
    return list(groups.values())


def _group_lines(group: Sequence[Change], zone: str) -> list[str]:
    first, posts = group[0], [_post(change) for change in group]
    times = sorted({post.local_time for post in posts})
    is_local = posts[0].zone != zone
    refs = list(dict.fromkeys(post.excerpt_ref for post in posts))
    title = excerpt_title(refs[0]) if len(refs) == 1 else f"{posts[0].kind}s"
    when = f"{times[0]:{MOMENT}}{' local' if is_local else ''}{' →' if len(times) > 1 else ''}"
    notes = [*_notes(group, refs, times), *(_other_clocks(posts, zone) if is_local else ())]
    many = count(len(group), "post")
    line = f"  {when:<{22 if is_local else 20}}  {first.sign} {title:<20}{many:>9}"
    lines = folded([line, *notes], "   ", indent="")
    lines = [lines[0], *(f"{'':26}{line}" for line in lines[1:])]
    if first.sign is Sign.CHANGE:
        lines += [f"      on {names([post.account.name for post in posts])}", *_diff(first)]
        lines += _voided(group)
    if first.sign is Sign.MOVE:
        lines += _moved(first.stored.post, posts[0])
    return lines


def _moved(before: Post, after: Post) -> list[str]:
    if before.local_time == after.local_time and before.zone == after.zone:
        if before.due_at == after.due_at:
            return ["      the same time, another window; approval kept"]
        then = moment(before.due_at, after.zone)
        return [
            f"      the clock of {after.zone} runs otherwise than was known;",
            f"      without this move the post would come on {then} there; approval kept",
        ]
    return [f"      was {moment(before.due_at, after.zone)}; approval kept"]


def _other_clocks(posts: Sequence[Post], zone: str) -> list[str]:
    """What the campaign's clock shows when the first post of each zone goes out."""
    first: dict[str, Post] = {}
    for post in posts:
        first.setdefault(post.zone, post)
    return [
        f"{city(post.zone)} {post.local_time:%H:%M} = {moment(post.due_at, zone)} {city(zone)}"
        for post in first.values()
    ]


def _notes(group: Sequence[Change], refs: list[str], times: Sequence[datetime]) -> list[str]:
    notes = []
    if len(times) > 1:
        same_day = times[0].date() == times[-1].date()
        notes.append(f"until {times[-1]:%H:%M}" if same_day else f"until {times[-1]:{MOMENT}}")
    threads: dict[str, set[str]] = {}
    for change in group:
        if change.after and len(change.after.message.parts) > 1:
            number = str(change.after.message.number)
            threads.setdefault(change.after.post.account.name, set()).add(number)
    if threads and len(refs) > 1:
        listed = [f"{', '.join(sorted(numbers))} on {name}" for name, numbers in threads.items()]
        notes.append(f"threads: {'; '.join(listed)}")
    elif threads:
        notes.append(f"thread on {names(list(threads))}")
    return notes


def _diff(change: Change) -> list[str]:
    """The words that change, as a word diff of the first post's text."""
    old = _text(change.stored.post).split()
    new = _text(change.wanted.post).split()
    pieces = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            kept = old[i1:i2]
            pieces += kept if len(kept) < 9 else [*kept[:4], "…", *kept[-4:]]
            continue
        gone = f"[-{' '.join(old[i1:i2])}-]" if i2 > i1 else ""
        came = f"{{+{' '.join(new[j1:j2])}+}}" if j2 > j1 else ""
        pieces.append(gone + came)
    return [f"      {' '.join(pieces)}"]


def _text(post: Post) -> str:
    return " ".join(str(body["text"]) for body in post.bodies)


def _voided(group: Sequence[Change]) -> list[str]:
    voided = [change for change in group if change.before and change.before.is_approved]
    if not voided:
        return []
    return [f"      {count(len(voided), 'approval')} of the old words no longer holds."]


def _missed_lines(missed: Sequence[Planned], *, everything: bool) -> list[str]:
    if not missed:
        return ["  The calendar asks for no post."] if everything else []
    if everything:
        last = max(planned.post.local_time for planned in missed)
        were = "Its 1 post was" if len(missed) == 1 else f"Its {len(missed)} posts were all"
        return [f"  {were} due by {last:%d %B %Y}, and that time is over."]
    titles = list(dict.fromkeys(planned.message.title for planned in missed))
    listed = names(titles if len(titles) < 5 else [*titles[:3], f"{len(titles) - 3} more"])
    return [f"  Left out, because their time is over: {count(len(missed), 'post')} ({listed})."]


def _account_lines(campaign: Campaign, plan: Plan) -> list[str]:
    wanted = [change.after.post for change in plan.changes if change.after]
    counts = {
        a.name: sum(post.account.name == a.name for post in wanted) for a in campaign.accounts
    }
    return folded([f"{name} {number}" for name, number in counts.items()], " · ")


def _totals(plan: Plan) -> list[str]:
    words = {
        Sign.ADD: "add", Sign.CHANGE: "change", Sign.MOVE: "move", Sign.REMOVE: "remove",
        Sign.SENT: "sent",
    }  # fmt: skip
    counts = [f"{sign} {plan.count(sign)} {word}" for sign, word in words.items()]
    parts = sum(len(change.after.post.bodies) for change in plan.changes if change.after)
    same = plan.count(Sign.SAME)
    return folded(
        [*counts, *([f"{same} unchanged"] if same else []), f"{count(parts, 'part')} in all"],
        "   ",
        indent="",
    )


def _approval(campaign: Campaign) -> str:
    if not campaign.approval.by:
        return "Approval: whoever schedules approves; the audit says so"
    return f"Approval: {names(list(campaign.approval.by))}, one person of each"


def _embargo(campaign: Campaign) -> list[str]:
    """When it is over, on the campaign's clock and on those of the accounts."""
    if campaign.embargo is None:
        return []
    zones = dict.fromkeys([campaign.zone, *map(campaign.zone_of, campaign.accounts)])
    clocks = [f"{moment(campaign.embargo, zone)} {city(zone)}" for zone in zones]
    return folded([f"Embargo: nothing goes out before {clocks[0]}", *clocks[1:]], " = ", indent="")


def _post(change: Change) -> Post:
    return change.after.post if change.after else change.stored.post


def plan_json(plan: Plan) -> dict[str, object]:
    """Keys: campaign, checksum, changes (sign, key, due_at, account, parts), repeats."""
    return {
        "campaign": plan.campaign_id,
        "checksum": plan.checksum,
        "changes": [_change_json(change) for change in plan.changes],
        "repeats": [{"key": r.key, "other": r.other_key} for r in plan.repeats],
    }


def _change_json(change: Change) -> dict[str, object]:
    post = _post(change)
    message: Message | None = change.after.message if change.after else None
    before: StoredPost | None = change.before
    return {
        "sign": str(change.sign),
        "key": change.key,
        "account": post.account.name,
        "due_at": post.due_at.isoformat(),
        "local_time": post.local_time.isoformat(),
        "zone": post.zone,
        "was_due_at": before.post.due_at.isoformat() if before else None,
        "state": str(before.state) if before else None,
        "parts": [body["text"] for body in post.bodies],
        "counts": [part.count for part in message.parts] if message else None,
    }
