"""`campaign status`."""

import click

from campaign.cli.control import as_option, told
from campaign.cli.options import (
    at,
    database_option,
    existing_store,
    json_option,
    print_json,
    say_next,
)
from campaign.cli.words import city, count, folded, moment, names, span, spread, table
from campaign.domain.message import excerpt_title
from campaign.domain.post import StoredPost
from campaign.domain.states import WAITING, State
from campaign.operations.review import waiting
from campaign.operations.status import CampaignStatus, Status
from campaign.operations.status import status as read
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
@json_option
def status(database: str | None, *, everything: bool, as_json: bool) -> None:
    """See what went out, what comes next, and what needs a person."""
    store = existing_store(database)
    now = read(store)
    running = daemons(store)
    if as_json:
        print_json(_describe(now, running=running))
        return
    if not now.campaigns:
        click.echo("Nothing is scheduled here yet.")
        say_next("campaign plan")
        return
    needed = {role for each in waiting(store) if each.is_open for role in each.missing}
    for each in now.campaigns:
        _show(now, each, running=running, roles=names(sorted(needed)), there=at(store.place))
        if everything:
            _show_all(each)
    kill_file = folder_of(store.place) / "KILL"
    if kill_file.exists():
        click.echo(f"  stopped  nothing is sent while {kill_file} exists")
    _say_next(now, running=running, there=at(store.place))


def _show(now: Status, each: CampaignStatus, *, running: int, roles: str, there: str) -> None:
    to_come = bool(each.standing(State.QUEUED, State.CLAIMED))
    several = f"{running} running" if running > 1 else "running"
    going = several if running else "NOT RUNNING" if to_come else "not running"
    stops = count(len(now.pauses), "pause") if now.pauses else "nothing paused"
    clock = f"{moment(now.now, each.zone)} {city(each.zone)}"
    click.echo(spread(f"{each.title} · {going} · {stops}", clock))
    click.echo()
    for line in _counts(each):
        click.echo(line)
    click.echo()
    for stored in each.standing(State.UNKNOWN, State.FAILED):
        _show_trouble(stored, there)
    rows = [*_coming(now, each), *_held(now, each, roles), *_stops(now, each)]
    for line in table(rows) if rows else ():
        click.echo(line)
    if to_come and not running:
        click.echo("  !  Nothing is running, so nothing is sent until somebody starts it.")


def _counts(each: CampaignStatus) -> list[str]:
    numbers = each.counts
    numbers[State.QUEUED] += numbers[State.CLAIMED]
    shown = [
        f"{numbers[state]} {word}"
        for state, word in COUNTED.items()
        if numbers[state] or state in ALWAYS
    ]
    return folded([*shown, f"of {count(len(each.posts), 'post')}"], "    ")


def _show_trouble(stored: StoredPost, there: str) -> None:
    post = stored.post
    what = f"! {moment(post.due_at, post.zone)}  {excerpt_title(post.excerpt_ref)}"
    if stored.state is State.UNKNOWN:
        click.echo(f"{what} · {post.account.name}   No answer came. It may be public.")
        click.echo("      It is looked for by itself where the network can be read, and is never")
        click.echo("      sent again blindly.")
    else:
        click.echo(f"{what} · {post.account.name}   The network refused it.")
    click.echo(f"      See what happened:  campaign audit show {post.key}{there}\n")


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


def _held(now: Status, each: CampaignStatus, roles: str) -> list[tuple[str, str, str, str]]:
    rows = []
    held = each.held(now.now)
    drafts = [stored for stored in each.standing(State.DRAFT) if stored not in held]
    if drafts:
        first = drafts[0].post
        what = f"first of {count(len(drafts), 'post')}" if len(drafts) > 1 else "1 post"
        rows.append(("wait", moment(first.due_at, first.zone), what, f"for {roles}"))
    for stored in held[:3]:
        post = stored.post
        why = stored.reason or "not approved in time"
        title = f"{excerpt_title(post.excerpt_ref)} · {post.account.name}"
        rows.append(("held", moment(post.due_at, post.zone), title, f"{why}; needs a new time"))
    if len(held) > 3:
        rows.append(("", "", f"and {len(held) - 3} more held", "campaign status --all"))
    return rows


def _stops(now: Status, each: CampaignStatus) -> list[tuple[str, str, str, str]]:
    rows = []
    for pause in now.pauses:
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
    trouble = [s for s in posts if s.state in {State.UNKNOWN, State.FAILED}]
    if any(s.state is State.DRAFT and s not in held for s in posts):
        say_next(f"campaign approve{there}")
    elif State.QUEUED in states and not running:
        say_next(f"campaign run{there}")
    elif trouble:
        say_next(f"campaign audit show {trouble[0].post.key}{there}")
    elif now.blocked:
        say_next(f"mend it, then  campaign resume --account {next(iter(now.blocked))}{there}")
    elif now.pauses:
        say_next(f"to go on  campaign resume {as_option(now.pauses[0].scope)}{there}")
    elif held:
        say_next("give what is held a new time in the campaign file, then  campaign schedule")
    elif states & WAITING and State.PUBLISHED not in states:
        say_next(f"nothing to do; look again later  campaign status{there}")
    else:
        say_next(f"campaign audit{there}")


def _describe(now: Status, *, running: int) -> dict[str, object]:
    return {
        "now": now.now.isoformat(),
        "running": running > 0,
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
