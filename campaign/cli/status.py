"""`campaign status`."""

import shlex
from datetime import timedelta
from pathlib import Path

import click

from campaign.cli.control import as_option
from campaign.cli.doubt_screen import trouble_lines
from campaign.cli.options import (
    at,
    database_option,
    existing_store,
    json_option,
    kill_file_option,
    print_json,
    say_next,
)
from campaign.cli.status_json import status_json
from campaign.cli.status_rows import rows
from campaign.cli.words import adrift, folded, moment, moment_there, span, spread, table
from campaign.domain.states import WAITING, State
from campaign.operations.status import CampaignStatus, Status
from campaign.operations.status import status as read
from campaign.preview.names import count
from campaign.store.place import folder_of
from campaign.store.presence import running as daemons

# On every screen; the others only where there is one of them.
ALWAYS = (State.PUBLISHED, State.QUEUED, State.FAILED)
COUNTED = {
    State.PUBLISHED: "published",
    State.ARMED: "sending",
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
@kill_file_option("The file that stops campaign run. [KILL beside the database]")
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
    if kill.exists() and not now.doubts:
        say_next(f"to go on  rm {shlex.quote(str(kill))}")
        return
    _say_next(now, running=running, there=at(store.place))


def _show(now: Status, each: CampaignStatus, *, running: int, there: str) -> None:
    to_come = bool(each.standing(State.QUEUED))
    several = f"{running} running" if running > 1 else "running"
    going = several if running else "NOT RUNNING" if to_come else "not running"
    pauses = each.pauses(now)
    stops = count(len(pauses), "pause") if pauses else "nothing paused"
    clock = moment_there(now.now, each.zone)
    click.echo(spread(f"{each.title} · {going} · {stops}", clock))
    click.echo()
    for line in _counts(each):
        click.echo(line)
    click.echo()
    for line in trouble_lines(now, each, there):
        click.echo(line)
    found = rows(now, each, pauses)
    for line in table(found) if found else ():
        click.echo(line)
    for line in adrift([stored.post for stored in each.adrift()]):
        click.echo(line)
    if to_come and not running:
        click.echo()
        for line in _nothing_runs(now, each, there):
            click.echo(line)


def _nothing_runs(now: Status, each: CampaignStatus, there: str) -> list[str]:
    queued = each.standing(State.QUEUED)
    are = count(len(queued), "post is", "posts are")
    them = "it" if len(queued) == 1 else "them"
    first = queued[0].post
    due = moment(first.due_at, first.zone)
    ahead = first.due_at - now.now
    when = f"in {span(ahead)}" if ahead > timedelta(0) else f"{span(-ahead)} ago"
    lines = [
        f"  !  {are} scheduled and nothing is running to send {them}.",
        f"     Start it: campaign run{there}   (first post {due}, {when})",
    ]
    if now.now > first.not_after:
        lines.append("     That one is too late to go out by itself.")
    return lines


def _counts(each: CampaignStatus) -> list[str]:
    numbers = each.counts
    shown = [
        f"{numbers[state]:,} {word}"
        for state, word in COUNTED.items()
        if numbers[state] or state in ALWAYS
    ]
    return folded([*shown, f"of {count(len(each.posts), 'post')}"], "    ")


def _show_all(each: CampaignStatus) -> None:
    click.echo()
    shown = [(moment(s.post.due_at, s.post.zone), COUNTED[s.state], s.post.key) for s in each.posts]
    for line in table(shown):
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
