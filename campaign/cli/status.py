"""`campaign status`."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import click

from campaign.cli.control import as_option, told
from campaign.cli.doubt_screen import doubt_lines
from campaign.cli.options import (
    KILL_VARIABLE,
    at,
    database_option,
    existing_store,
    json_option,
    print_json,
    say_next,
)
from campaign.cli.status_json import status_json
from campaign.cli.words import adrift, count, folded, moment, names, span, spread, table
from campaign.domain.civil_time import city
from campaign.domain.message import excerpt_title
from campaign.domain.states import WAITING, State
from campaign.operations.review import Waiting
from campaign.operations.status import CampaignStatus, Edited, Status
from campaign.operations.status import status as read
from campaign.store.control import Pause
from campaign.store.place import folder_of
from campaign.store.presence import running as daemons

# On every screen; the others only where there is one of them.
ALWAYS = (State.PUBLISHED, State.QUEUED, State.FAILED)
COUNTED = {
    State.PUBLISHED: "published",
    State.ARMED: "sending now",
    State.QUEUED: "to come",
    State.DRAFT: "waiting for a person",
    State.SKIPPED: "skipped",
    State.CANCELLED: "cancelled",
    State.FAILED: "failed",
    State.UNKNOWN: "UNKNOWN",
}


@click.command(epilog="\b\nExample:  campaign status\nEvery post:  campaign status --all")
@database_option
@click.option("--all", "everything", is_flag=True, help="List every post.")
@click.option(
    "--kill-file",
    type=click.Path(path_type=Path),
    envvar=KILL_VARIABLE,
    help="The file that stops campaign run. [KILL beside the database]",
)
@json_option
def status(
    database: str | None, *, everything: bool, kill_file: Path | None, as_json: bool
) -> None:
    """See what went out, what comes next, and what needs a person."""
    store = existing_store(database)
    now = read(store)
    running = daemons(store)
    kill = kill_file or folder_of(store.place) / "KILL"
    if as_json:
        print_json(status_json(now, running=running > 0, killed=kill.exists()))
        return
    if not now.campaigns:
        click.echo("Nothing is scheduled here yet.")
        say_next("campaign plan")
        return
    for each in now.campaigns:
        _show(now, each, running=running, there=at(store.place))
        if everything:
            _show_all(each)
    if kill.exists():
        click.echo(f"  stopped  nothing is sent while {kill} exists; remove it to go on")
    _say_next(now, running=running, there=at(store.place))


def _show(now: Status, each: CampaignStatus, *, running: int, there: str) -> None:
    to_come = bool(each.standing(State.QUEUED, State.CLAIMED))
    several = f"{running} running" if running > 1 else "running"
    going = several if running else "NOT RUNNING" if to_come else "not running"
    pauses = each.pauses(now)
    stops = count(len(pauses), "pause") if pauses else "nothing paused"
    clock = f"{moment(now.now, each.zone)} {city(each.zone)}"
    click.echo(spread(f"{each.title} · {going} · {stops}", clock))
    click.echo()
    for line in _counts(each):
        click.echo(line)
    click.echo()
    for line in _troubles(now, each, there):
        click.echo(line)
    rows = [*_coming(now, each), *_held(now, each), *_stops(now, each, pauses)]
    for line in table(rows) if rows else ():
        click.echo(line)
    for line in adrift([stored.post for stored in each.adrift()]):
        click.echo(line)
    if to_come and not running:
        click.echo(f"\n  !  {_nothing_runs(now, each)}")


def _nothing_runs(now: Status, each: CampaignStatus) -> str:
    queued = each.standing(State.QUEUED, State.CLAIMED)
    are = "1 post is" if len(queued) == 1 else f"{len(queued):,} posts are"
    them = "it" if len(queued) == 1 else "them"
    first = queued[0].post
    ahead = first.due_at - now.now
    when = f"in {span(ahead)}" if ahead > timedelta(0) else f"{span(-ahead)} ago"
    if now.now > first.not_after:
        when += "; too late to go out by itself"
    return (
        f"{are} scheduled and nothing is running to send {them}.\n"
        f"     Start it: campaign run   (first post {moment(first.due_at, first.zone)}, {when})"
    )


def _troubles(now: Status, each: CampaignStatus, there: str) -> Iterator[str]:
    """What needs a person at once: in doubt, failed, edited shortly before its time."""
    posts = {stored.post.key: stored for stored in each.posts}
    needs_two = len(each.rule.by) > 1
    for doubt in now.doubts:
        if doubt.post_key in posts:
            stored, name = posts[doubt.post_key], _typed(now, doubt.post_key)
            yield from doubt_lines(
                stored, doubt, now=now.now, needs_two=needs_two, name=name, there=there
            )
            yield ""
    for stored in each.standing(State.FAILED):
        post, name = stored.post, _typed(now, stored.post.key)
        yield (
            f"! {moment(post.due_at, post.zone)}  {excerpt_title(post.excerpt_ref)} ·"
            f" {post.account.name}   It did not go out."
        )
        yield f"      What happened    campaign audit show {name}{there}"
        yield f"      Once it is mended  campaign retry {name}{there}"
        yield ""
    for edited in each.edited:
        yield from _edited(now, edited, there)


def _edited(now: Status, edited: Edited, there: str) -> list[str]:
    post = edited.stored.post
    when, due = moment(edited.at, post.zone)[-5:], moment(post.due_at, post.zone)[-5:]
    title = f"{excerpt_title(post.excerpt_ref)} · {post.account.name}"
    return [
        f"! {title} was changed at {when} by {edited.person};",
        f"      its approval was for other words. It will not go out at {due}.",
        f"      Approve: campaign approve {_typed(now, post.key)}{there}",
        "",
    ]


def _typed(now: Status, key: str) -> str:
    """A post's name as it is typed: without the campaign's id where there is only one."""
    return key.partition("/")[2] if len(now.campaigns) == 1 else key


def _counts(each: CampaignStatus) -> list[str]:
    numbers = each.counts
    numbers[State.QUEUED] += numbers[State.CLAIMED]
    shown = [
        f"{numbers[state]} {word}"
        for state, word in COUNTED.items()
        if numbers[state] or state in ALWAYS
    ]
    return folded([*shown, f"of {count(len(each.posts), 'post')}"], "    ")


def _coming(now: Status, each: CampaignStatus) -> list[tuple[str, str, str, str]]:
    paused = each.paused(now)
    queued = each.standing(State.QUEUED, State.CLAIMED)
    rows = []
    for word, stored in zip(("next", "then", "then"), queued, strict=False):
        post = stored.post
        late = f"{span(now.now - post.due_at)} late" if post.due_at < now.now else ""
        held = ", ".join(filter(None, [late, "paused" if stored in paused else ""]))
        title = f"{excerpt_title(post.excerpt_ref)} · {post.account.name}"
        rows.append((word, moment(post.due_at, post.zone), title, held))
    if len(queued) > 3:
        rows.append(("", "", f"and {count(len(queued) - 3, 'more post')}", ""))
    return rows


def _held(now: Status, each: CampaignStatus) -> list[tuple[str, str, str, str]]:
    rows = []
    waiting = [one for one in each.waiting if one.is_open and not one.standing.rejection]
    if waiting:
        first = waiting[0].stored.post
        what = f"first of {count(len(waiting), 'post')}" if len(waiting) > 1 else "1 post"
        rows.append(("wait", moment(first.due_at, first.zone), what, _for_whom(waiting)))
    for one in each.waiting:
        no, post = one.standing.rejection, one.stored.post
        if no is not None:
            title = f"{excerpt_title(post.excerpt_ref)} · {post.account.name}"
            why = f"by {no.person} ({no.role}): {no.reason or ''}"
            rows.append(("rejected", moment(post.due_at, post.zone), title, why))
    told = {one.stored.id for one in each.waiting if one.standing.rejections}
    held = [stored for stored in each.held(now.now) if stored.id not in told]
    for stored in held[:3]:
        post = stored.post
        why = stored.reason or "not approved in time"
        title = f"{excerpt_title(post.excerpt_ref)} · {post.account.name}"
        rows.append(("held", moment(post.due_at, post.zone), title, f"{why}; needs a new time"))
    if len(held) > 3:
        rows.append(("", "", f"and {len(held) - 3} more held", "campaign status --all"))
    return rows


def _for_whom(waiting: list[Waiting]) -> str:
    """Who is waited for, and by when for the first."""
    roles = names(sorted({role for one in waiting for role in one.missing}))
    deadlines = [(one.deadline, one) for one in waiting if one.deadline]
    if not deadlines:
        return f"for {roles}"
    deadline, first = min(deadlines, key=lambda pair: pair[0])
    when = moment(deadline, first.stored.post.zone)
    return f"for {roles}, {f'overdue since {when}: --urgent' if first.is_overdue else f'by {when}'}"


def _stops(
    now: Status, each: CampaignStatus, pauses: list[Pause]
) -> list[tuple[str, str, str, str]]:
    rows = []
    for pause in pauses:
        why = f": {pause.reason}" if pause.reason else ""
        rows.append(
            ("paused", moment(pause.at, each.zone), told(pause.scope), f"by {pause.person}{why}")
        )
    accounts = {stored.post.account.name for stored in each.posts}
    rows += [
        ("blocked", "", f"account {name}", reason)
        for name, reason in now.blocked.items()
        if name in accounts
    ]
    return rows


def _show_all(each: CampaignStatus) -> None:
    click.echo()
    rows = [(moment(s.post.due_at, s.post.zone), s.state, s.post.key) for s in each.posts]
    for line in table(rows):
        click.echo(line)


def _say_next(now: Status, *, running: int, there: str) -> None:
    posts = [stored for each in now.campaigns for stored in each.posts]
    held = [stored for each in now.campaigns for stored in each.held(now.now)]
    states = {stored.state for stored in posts}
    failed = [s for s in posts if s.state is State.FAILED]
    waiting = [one for each in now.campaigns for one in each.waiting if one.is_open]
    if now.doubts:
        say_next("look at the network, then one of the resolve commands above")
    elif any(not one.standing.rejection for one in waiting):
        say_next(f"campaign approve{there}")
    elif State.QUEUED in states and not running:
        say_next(f"campaign run{there}")
    elif failed:
        say_next(f"campaign audit show {failed[0].post.key}{there}")
    elif now.blocked:
        say_next(f"mend it, then  campaign resume --account {next(iter(now.blocked))}{there}")
    elif now.pauses:
        say_next(f"to go on  campaign resume {as_option(now.pauses[0].scope)}{there}")
    elif waiting:
        say_next("change the words that were rejected, then  campaign schedule")
    elif held:
        say_next(f"give it a new time  campaign retry {held[0].post.key} --at WHEN{there}")
    elif states & WAITING and State.PUBLISHED not in states:
        say_next(f"nothing to do; look again later  campaign status{there}")
    else:
        say_next(f"campaign audit{there}")
