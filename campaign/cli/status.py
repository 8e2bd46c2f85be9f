"""`campaign status`."""

from pathlib import Path

import click

from campaign.cli.options import (
    database_option,
    existing_store,
    json_option,
    print_json,
    say_next,
)
from campaign.cli.words import city, count, moment, span, spread
from campaign.daemon import is_running
from campaign.domain.message import excerpt_title
from campaign.domain.post import StoredPost
from campaign.domain.states import State
from campaign.operations.status import CampaignStatus, Status
from campaign.operations.status import status as read

WIDTH = 100


@click.command(epilog="Example:  campaign status     or everything  campaign status --all")
@database_option
@click.option("--all", "everything", is_flag=True, help="List every post.")
@json_option
def status(database: str | None, *, everything: bool, as_json: bool) -> None:
    """See what went out, what comes next, and what needs a person."""
    store = existing_store(database)
    now = read(store)
    running = is_running(store.path)
    if as_json:
        print_json(_describe(now, running=running))
        return
    if not now.campaigns:
        click.echo("Nothing is scheduled here yet.")
        say_next("campaign plan")
        return
    for each in now.campaigns:
        _show(now, each, running=running, everything=everything)
    kill_file = store.path.resolve().parent / "KILL"
    _show_stops(now, kill_file)
    say_next(_next(now, running=running))


def _show(now: Status, each: CampaignStatus, *, running: bool, everything: bool) -> None:
    is_going = "running" if running else "NOT RUNNING"
    stops = count(len(now.pauses), "pause") if now.pauses else "nothing paused"
    clock = f"{moment(now.now, each.zone)} {city(each.zone)}"
    click.echo(spread(f"{each.title} · {is_going} · {stops}", clock, WIDTH))
    counts = each.counts
    to_come = counts[State.QUEUED] + counts[State.CLAIMED]
    click.echo(
        f"\n  {counts[State.PUBLISHED]} published    {counts[State.ARMED]} sending"
        f"    {to_come} to come    {counts[State.DRAFT]} waiting for a person"
        f"    {counts[State.SKIPPED]} skipped    {counts[State.FAILED]} failed"
        f"    {counts[State.UNKNOWN]} UNKNOWN       of {count(len(each.posts), 'post')}\n"
    )
    for stored in each.standing(State.UNKNOWN, State.FAILED):
        _show_trouble(stored)
    _show_held(each)
    _show_coming(now, each)
    if everything:
        for stored in each.posts:
            when = moment(stored.post.due_at, stored.post.zone)
            click.echo(f"  {when}   {stored.state:<10} {stored.post.key}")


def _show_trouble(stored: StoredPost) -> None:
    post = stored.post
    title = f"{excerpt_title(post.excerpt_ref)} · {post.account.name}"
    if stored.state is State.UNKNOWN:
        click.echo(
            f"! {moment(post.due_at, post.zone)}  {title}   No answer came. It may be public."
        )
        click.echo("      It is looked for by itself where the network can be read, and is never")
        click.echo("      sent again blindly.")
    else:
        click.echo(f"! {moment(post.due_at, post.zone)}  {title}   The network refused it.")
    click.echo(f"      See what happened:  campaign audit show {post.key}\n")


def _show_held(each: CampaignStatus) -> None:
    drafts = each.standing(State.DRAFT)
    late = [s for s in drafts if s.reason]
    waiting = [s for s in drafts if not s.reason]
    if waiting:
        first = waiting[0].post
        when = moment(first.due_at, first.zone)
        click.echo(f"  wait   {count(len(waiting), 'post')} for approval, the first due {when}")
    for stored in late:
        click.echo(f"  held   {stored.post.key}: {stored.reason}. It wants a new time in the file")


def _show_coming(now: Status, each: CampaignStatus) -> None:
    queued = each.standing(State.QUEUED, State.CLAIMED)
    for word, stored in zip(("next", "then", "then"), queued, strict=False):
        post = stored.post
        late = f"  {span(now.now - post.due_at)} late" if post.due_at < now.now else ""
        title = f"{excerpt_title(post.excerpt_ref)} · {post.account.name}"
        click.echo(f"  {word}   {moment(post.due_at, post.zone)}   {title}{late}")
    if len(queued) > 3:
        click.echo(f"         … and {count(len(queued) - 3, 'more post')}")


def _show_stops(now: Status, kill_file: Path) -> None:
    for pause in now.pauses:
        what = "everything" if pause.scope == "all" else pause.scope.replace(":", " ", 1)
        why = f": {pause.reason}" if pause.reason else ""
        click.echo(f"  paused {what} by {pause.person} at {pause.at:%d %b %H:%M} UTC{why}")
    for name, reason in now.blocked.items():
        click.echo(f"  blocked {name}: {reason}  Then: campaign resume --account {name}")
    if kill_file.exists():
        click.echo(f"  stopped: nothing is sent while {kill_file} exists")


def _next(now: Status, *, running: bool) -> str:
    posts = [stored for each in now.campaigns for stored in each.posts]
    if any(s.state is State.DRAFT and not s.reason for s in posts):
        return "campaign approve"
    queued = [stored for stored in posts if stored.state is State.QUEUED]
    if queued and not running:
        return f"nothing is running to send {count(len(queued), 'post')}. Start it:  campaign run"
    return "campaign audit"


def _describe(now: Status, *, running: bool) -> dict[str, object]:
    return {
        "now": now.now.isoformat(),
        "running": running,
        "paused": [{"scope": p.scope, "reason": p.reason, "person": p.person} for p in now.pauses],
        "blocked": now.blocked,
        "campaigns": [
            {
                "id": each.id,
                "title": each.title,
                "counts": {str(state): each.counts[state] for state in State},
                "posts": [_post(stored) for stored in each.posts],
            }
            for each in now.campaigns
        ],
    }


def _post(stored: StoredPost) -> dict[str, object]:
    return {
        "key": stored.post.key,
        "state": str(stored.state),
        "due_at": stored.post.due_at.isoformat(),
        "approved": stored.is_approved,
        "reason": stored.reason,
    }
