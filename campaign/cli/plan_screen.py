"""What a plan looks like, as lines."""

from collections.abc import Collection, Sequence
from datetime import datetime
from difflib import SequenceMatcher
from itertools import pairwise
from textwrap import wrap

from campaign.cli.approval_lines import approval_lines
from campaign.cli.words import (
    MOMENT,
    folded,
    moment,
    moment_there,
    names,
    paragraph,
    span,
    spread,
    width,
)
from campaign.domain.campaign import Account, Campaign
from campaign.domain.civil_time import city, wall_time
from campaign.domain.message import excerpt_title
from campaign.domain.plan import Amendment, Change, Plan, Planned, Sign
from campaign.domain.post import Post
from campaign.domain.statement import Kind
from campaign.operations.passed import has_passed
from campaign.preview.names import count


def plan_lines(campaign: Campaign, plan: Plan, asking: Collection[str] = frozenset()) -> list[str]:
    """The whole screen but its last line. In doubt, only a person can look at `asking` accounts."""
    zone = f"{city(campaign.zone)} time"
    lines = [spread(f"{campaign.title} · {campaign.id} · {_standing(plan)}", zone), ""]
    several = len({_post(change).language for change in plan.changes}) > 1
    for group in _groups(plan.pending, campaign.zone):
        lines += _group_lines(group, plan, campaign.zone, several_languages=several)
    for amendment in plan.amendments:
        lines += _amendment_lines(amendment)
    lines += _missed_lines(plan.missed, everything=not plan.changes)
    if not plan.changes:
        return lines + _note_lines(plan)
    lines += [""] if lines[-1] else []
    lines += [*_account_lines(campaign, plan, asking), "", *_totals(plan)]
    lines += approval_lines(plan)
    lines += _embargo(campaign)
    lines += [f"! {r.key}: these words are {r.other_state} as {r.other_key}" for r in plan.repeats]
    return lines + _note_lines(plan)


def _standing(plan: Plan) -> str:
    if plan.is_first:
        return "first plan, nothing scheduled yet"
    if not plan.changes:
        return "nothing to schedule"
    number = len(plan.pending) + len(plan.amendments)
    what = f" for {names(list(plan.only))} only" if plan.only else ""
    return (count(number, "change") if number else "nothing to change") + what


def _amendment_lines(amendment: Amendment) -> list[str]:
    """A new rule says what becomes of the approvals that are there."""
    whole = f"~ {amendment.what}: {amendment.before} → {amendment.after}"
    pieces = [f"~ {amendment.what}: {amendment.before}", f"→ {amendment.after}"]
    lines = [whole] if len(whole) + 2 <= width() else pieces
    lines = [f"  {lines[0]}", *(f"      {line}" for line in lines[1:])]
    if not amendment.is_rule:
        return lines
    loses, gains = len(amendment.loses), len(amendment.gains)
    verb = "loses its" if loses == 1 else "lose their"
    keep = "keeps" if amendment.keeps == 1 else "keep"
    if loses or amendment.keeps:
        lines.append(f"      {count(loses, 'post')} {verb} approval, {amendment.keeps} {keep} it")
    if loses:
        lines.append("      what loses it is a draft again and needs a new approval")
    if gains:
        lines.append(f"      {count(gains, 'post')} approved by the new rule already")
    return lines


def _note_lines(plan: Plan) -> list[str]:
    notes = list(plan.notes)
    cancelled = [c.key for c in plan.changes if c.before and c.before.cancelled_by and c.after]
    if cancelled:
        one = "1 post is cancelled and stays so"
        several = f"{len(cancelled)} posts are cancelled and stay so"
        said = one if len(cancelled) == 1 else several
        notes.append(f"{said}:  campaign retry {cancelled[0]}")
    lines = [line for note in notes for line in paragraph(note, width() - 2)]
    return ["", *(f"  {line}" for line in lines)] if lines else []


def _groups(changes: Sequence[Change], zone: str) -> list[list[Change]]:
    """Changes that read as one line: the same sign and day, and the same excerpt or a run of calls;
    on the campaign's clock, or each on its own. Languages that follow each other are one line.
    """
    groups: dict[object, list[Change]] = {}
    for change in sorted(changes, key=lambda change: _post(change).due_at):
        post = _post(change)
        is_run = post.kind is Kind.RECOMMENDATION and change.sign in {Sign.ADD, Sign.REMOVE}
        what = post.kind if is_run else post.excerpt_ref, change.key.rpartition("~")[1]
        language = post.language if change.sign is Sign.CHANGE else ""
        step = _step(change) if change.sign is Sign.MOVE else None
        key = (change.sign, _clock(post).date(), what, language, step, post.zone == zone)
        groups.setdefault(key, []).append(change)
    return list(groups.values())


def _step(change: Change) -> tuple[object, ...]:
    """How far a move goes: what moves alike is told once."""
    old, new = change.stored.post, change.wanted.post
    window = old.not_after - old.due_at, new.not_after - new.due_at
    return new.due_at - old.due_at, *window, old.lateness, new.lateness, old.zone


def _group_lines(
    group: Sequence[Change], plan: Plan, zone: str, *, several_languages: bool
) -> list[str]:
    first, posts = group[0], [_post(change) for change in group]
    times = _times(posts)
    is_local = posts[0].zone != zone
    refs = list(dict.fromkeys(post.excerpt_ref for post in posts))
    title = excerpt_title(refs[0]) if len(refs) == 1 else f"{posts[0].kind}s"
    if first.sign is Sign.CHANGE and several_languages:
        title += f" ({posts[0].language})"
    when = f"{times[0]:{MOMENT}}{' local' if is_local else ''}{' →' if len(times) > 1 else ''}"
    notes = [*_notes(group, refs, times), *(_other_clocks(posts, zone) if is_local else ())]
    many = count(len(group), "post")
    line = f"  {when:<{22 if is_local else 18}}  {first.sign} {title:<22}{many:>9}"
    lines = folded([line, *notes], "   ", indent="")
    lines = [lines[0], *(f"{'':24}{line}" for line in lines[1:])]
    if first.sign is Sign.CHANGE:
        lines += [f"      on {names([post.account.name for post in posts])}", *_diff(first)]
        lines += _voided(group, plan)
    if first.sign is Sign.MOVE:
        lines += _was(first)
    return lines


def _times(posts: Sequence[Post]) -> list[datetime]:
    """When each excerpt comes first; its other languages and accounts may follow."""
    first: dict[str, datetime] = {}
    for post in posts:
        at = _clock(post)
        first[post.excerpt_ref] = min(at, first.get(post.excerpt_ref, at))
    return sorted(set(first.values()))


def _was(change: Change) -> list[str]:
    """The old time; or, where it is the same, what else is new about when it may go out."""
    old, new = change.stored.post, change.wanted.post
    kept = "approval kept" if change.stored.is_approved else "its words are the same"
    if (old.local_time, old.zone) != (new.local_time, new.zone):
        return [f"      was {moment(old.due_at, new.zone)}; {kept}"]
    if old.due_at != new.due_at:
        return [
            f"      the clock of {new.zone} runs otherwise than was known;",
            f"      without this move it would come on {moment(old.due_at, new.zone)}; {kept}",
        ]
    if old.not_after != new.not_after:
        until, was = moment(new.not_after, new.zone), moment(old.not_after, old.zone)
        return [f"      same time; may go out until {until}, was {was}; {kept}"]
    return [f"      same time; when it is late: {new.lateness}, was {old.lateness}; {kept}"]


def _other_clocks(posts: Sequence[Post], zone: str) -> list[str]:
    """What the campaign's clock shows when the first post of each zone goes out."""
    first: dict[str, Post] = {}
    for post in posts:
        first.setdefault(post.zone, post)
    return [
        f"{city(post.zone)} {_clock(post):%H:%M} = {moment_there(post.due_at, zone)}"
        for post in first.values()
    ]


def _notes(group: Sequence[Change], refs: list[str], times: Sequence[datetime]) -> list[str]:
    notes = [_until(times)] if len(times) > 1 else []
    threads: dict[str, list[str]] = {}
    for change in group:
        if change.after and len(change.after.message.parts) > 1:
            number, name = str(change.after.message.number), change.after.post.account.name
            threads[name] = list(dict.fromkeys([*threads.get(name, []), number]))
    if len(refs) == 1:
        return [*notes, f"thread on {names(list(threads))}"] if threads else notes
    alike: dict[str, list[str]] = {}
    for name, numbers in threads.items():
        alike.setdefault(", ".join(numbers), []).append(name)
    listed = [f"{numbers} on {names(accounts)}" for numbers, accounts in alike.items()]
    return [*notes, f"threads: {'; '.join(listed)}"] if listed else notes


def _until(times: Sequence[datetime]) -> str:
    """`every 2 h to 20:00`; without one distance, only the end."""
    same_day = times[0].date() == times[-1].date()
    end = f"{times[-1]:%H:%M}" if same_day else f"{times[-1]:{MOMENT}}"
    distances = {later - earlier for earlier, later in pairwise(times)}
    return f"every {span(distances.pop())} to {end}" if len(distances) == 1 else f"until {end}"


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
    whole = wrap(" ".join(pieces), width() - 6, break_long_words=False, break_on_hyphens=False)
    return [f"      {line}" for line in whole]


def _text(post: Post) -> str:
    return " ".join(str(body["text"]) for body in post.bodies)


def _voided(group: Sequence[Change], plan: Plan) -> list[str]:
    lost = [plan.voided[change.key] for change in group if change.key in plan.voided]
    if not lost:
        return []
    people = ", ".join(dict.fromkeys(person for each in lost for person in each))
    if len(lost) == 1:
        return [f"      1 post loses its approval ({people}) and needs a new one."]
    return [f"      These {len(lost)} lose their approval ({people}) and need a new one."]


def _missed_lines(missed: Sequence[Planned], *, everything: bool) -> list[str]:
    if not missed:
        return ["  The calendar asks for no post."] if everything else []
    if everything:
        last = max(planned.post.local_time for planned in missed)
        were = count(len(missed), "post was", "posts were all")
        return [f"  Its {were} due by {last:%d %B %Y}, and that time is over."]
    return [f"  {line}" for one in has_passed(missed) for line in paragraph(one, width() - 2)]


def _account_lines(campaign: Campaign, plan: Plan, asking: Collection[str]) -> list[str]:
    """How many posts each account has, in which languages, and where a doubt needs a person."""
    posts: dict[str, list[Post]] = {}
    for change in plan.changes:
        if change.after:
            posts.setdefault(change.wanted.post.account.name, []).append(change.wanted.post)
    wanted = {account.identity: account for account in campaign.accounts}
    pieces = []
    for name, of_it in posts.items():
        account = wanted[of_it[0].account.identity]
        said = _voices(account, {post.language for post in of_it})
        if account.name in asking:
            said.append("cannot be read: in doubt, a person is asked")
        pieces.append(f"{name} {len(of_it)}" + (f" ({'; '.join(said)})" if said else ""))
    return folded(pieces, " · ")


def _voices(account: Account, languages: Collection[str]) -> list[str]:
    """`en fr, 10 min apart`, for an account that speaks several."""
    spoken = [language for language in account.speaks if language in languages]
    return [f"{' '.join(spoken)}, {span(account.stagger)} apart"] if len(spoken) > 1 else []


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


def _embargo(campaign: Campaign) -> list[str]:
    """When it is over, on the campaign's clock and on those of the accounts."""
    if campaign.embargo is None:
        return []
    zones = dict.fromkeys([campaign.zone, *map(campaign.zone_of, campaign.accounts)])
    clocks = [moment_there(campaign.embargo, zone) for zone in zones]
    return folded([f"Embargo: nothing goes out before {clocks[0]}", *clocks[1:]], " = ", indent="")


def _post(change: Change) -> Post:
    return change.after.post if change.after else change.stored.post


def _clock(post: Post) -> datetime:
    """What its clock shows when it goes out: for a retried post not what the calendar says."""
    return wall_time(post.due_at, post.zone)
