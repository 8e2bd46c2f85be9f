"""`campaign audit`: what was published, one post's trail, and the proof of the record."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import click

from campaign.cli.audit_table import SHOWN, is_late, sent_lines, unsent, unsent_lines
from campaign.cli.options import (
    at,
    database_option,
    existing_store,
    json_option,
    print_json,
    say_next,
    write_file,
)
from campaign.cli.words import moment, moment_there, second, span, spread, table
from campaign.domain.audit import Publication
from campaign.domain.civil_time import city, to_local
from campaign.domain.message import excerpt_title
from campaign.domain.post import StoredPost
from campaign.domain.states import WAITING, State
from campaign.errors import CampaignError
from campaign.operations.audit import (
    ToLookAt,
    Verdict,
    describe,
    to_csv,
    to_look_at,
    verify,
)
from campaign.operations.selection import select
from campaign.operations.status import status
from campaign.preview.names import count
from campaign.store.audit import Link, trail
from campaign.store.engine import Store
from campaign.store.place import folder_of
from campaign.store.posts import posts_of
from campaign.store.publications import publications


@click.group(
    invoke_without_command=True,
    epilog="\b\nExample:  campaign audit\n          campaign audit show recommendation-3\n"
    "          campaign audit verify",
)
@database_option
@json_option
@click.option(
    "--csv",
    "csv_file",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="Write a spreadsheet to this file.",
)
@click.option("--all", "everything", is_flag=True, help="List every part, not only the last 20.")
@click.pass_context
def audit(
    ctx: click.Context,
    database: str | None,
    csv_file: Path | None,
    *,
    as_json: bool,
    everything: bool,
) -> None:
    """Prove what was published, when, and who approved it."""
    ctx.obj = database
    if ctx.invoked_subcommand:
        return
    store = existing_store(database)
    items = list(publications(store))
    if as_json:
        print_json([describe(item) for item in items])
    elif csv_file:
        _write_csv(csv_file, to_csv(items))
        if str(csv_file) != "-":
            click.echo(f"Written: {csv_file}, {count(len(items), 'part')}.")
            say_next(f"open {csv_file} in a spreadsheet")
    else:
        _show(store, items, everything=everything)


@audit.command("show", epilog="Example:  campaign audit show recommendation-3/en/un-x")
@click.argument("post")
@database_option
@json_option
@click.pass_obj
def show(inherited: str | None, post: str, database: str | None, *, as_json: bool) -> None:
    """Everything on record about one POST, oldest first."""
    store = existing_store(database or inherited)
    with store.read() as connection:
        chosen = select(posts_of(connection), [post])
        links = [link for stored in chosen for link in trail(connection, stored.post.key)]
    if as_json:
        print_json([_describe_link(link) for link in links])
        return
    click.echo(count(len(links), "entry", "entries"))
    zones = {stored.post.key: stored.post.zone for stored in chosen}
    for key, zone in zones.items():
        click.echo(f"\n{key} · {city(zone)} time")
        for line in table([_entry(link, zone) for link in links if link.record.object == key]):
            click.echo(line)
    say_next(f"is the record whole?  campaign audit verify{at(store.place)}")


@audit.command("verify", epilog="Example:  campaign audit verify")
@database_option
@json_option
@click.pass_obj
def verify_command(inherited: str | None, database: str | None, *, as_json: bool) -> None:
    """Recompute the whole chain of records: was anything altered, removed or inserted?"""
    store = existing_store(database or inherited)
    verdict = verify(store)
    if as_json:
        print_json({"records": verdict.records, "head": verdict.head, "faults": verdict.faults})
    else:
        for fault in verdict.faults[:SHOWN]:
            click.echo(f"! {fault}")
    if not verdict.is_intact:
        raise CampaignError(
            f"The record does not hold: {count(len(verdict.faults), 'fault')} in"
            f" {_entries(verdict)}. Keep this file as it is, and compare it with your last backup."
        )
    if not as_json:
        click.echo(f"{_entries(verdict)}, chain intact. Nothing was altered, removed or inserted.")
        click.echo(f"Head {verdict.head[:16]}…")
        say_next(f"campaign audit{at(store.place)}")


def _entries(verdict: Verdict) -> str:
    return count(verdict.records, "entry", "entries")


def _show(store: Store, items: list[Publication], *, everything: bool) -> None:
    if not items:
        click.echo("Nothing is scheduled here yet, so nothing was published.")
        say_next("campaign plan")
        return
    now, there = status(store), at(store.place)
    for each in now.campaigns:
        clock = moment_there(now.now, each.zone)
        click.echo(spread(f"{each.title} · {_due(each.posts, now.now)}", clock))
    posts = [stored for each in now.campaigns for stored in each.posts]
    polyglots = frozenset[str]().union(*(each.polyglots for each in now.campaigns))
    sent = [item for item in items if item.state is State.PUBLISHED]
    missing, looks = unsent(items, now.now), to_look_at(store)
    click.echo(f"\n  {_counts(posts, sum(map(is_late, missing)))}")
    _show_slowest(sent)
    shown, folder = sent if everything else sent[-SHOWN:], f"{folder_of(store.place).as_uri()}/"
    for line in sent_lines(shown, looks, polyglots, folder):
        click.echo(line)
    if len(sent) > len(shown):
        click.echo(f"  … {len(sent) - SHOWN} more before these:  campaign audit --all{there}")
    for line in unsent_lines(missing, now, polyglots, there):
        click.echo(line)
    click.echo()
    rest = [*_looks(looks), ("Record", _record(verify(store))), *_to_go(posts, now.now)]
    for line in table(rest):
        click.echo(line)
    if sent or missing:
        one = missing[0] if missing else sent[-1]
        say_next(
            f"for a spreadsheet  campaign audit --csv audit.csv{there}"
            f"\n      for one post       campaign audit show {one.post_key}{there}"
        )
    else:
        say_next(f"campaign status{there}")


def _counts(posts: Sequence[StoredPost], late: int) -> str:
    """Posts by their state; with those that are late, as many as were due."""
    states = [stored.state for stored in posts]
    always = (State.PUBLISHED, State.SKIPPED, State.FAILED, State.UNKNOWN)
    said = [f"{states.count(state)} {state}" for state in always]
    return "   ".join([*said, *([f"{late} late"] if late else [])])


def _due(posts: Sequence[StoredPost], now: datetime) -> str:
    """`11–18 December · 99 posts were due`."""
    due = [s.post for s in posts if s.post.due_at <= now and s.state is not State.CANCELLED]
    if not due:
        return f"{count(len(posts), 'post')}, none was due yet"
    first, last = (to_local(post.due_at, post.zone) for post in (due[0], due[-1]))
    if first.date() == last.date():
        days = f"{last.day} {last:%B}"
    elif (first.year, first.month) == (last.year, last.month):
        days = f"{first.day}–{last.day} {last:%B}"
    else:
        days = f"{first.day} {first:%B} – {last.day} {last:%B}"
    return f"{days} · {count(len(due), 'post was', 'posts were')} due"


def _looks(looks: ToLookAt) -> list[tuple[str, str]]:
    said = [f"{count(len(looks.resolved), 'post')} resolved by a person"] if looks.resolved else []
    if looks.edited:
        said.append(f"{count(len(looks.edited), 'post')} edited and approved again")
    return [("To look at", " · ".join(said))] if said else []


def _record(verdict: Verdict) -> str:
    chain = "chain intact" if verdict.is_intact else "CHAIN BROKEN:  campaign audit verify"
    return f"{_entries(verdict)}, {chain}"


def _to_go(posts: Sequence[StoredPost], now: datetime) -> list[tuple[str, str]]:
    waiting = [s.post for s in posts if s.state in WAITING and s.post.due_at > now]
    if not waiting:
        return []
    first = min(waiting, key=lambda post: post.due_at)
    when = f"{moment(first.due_at, first.zone)} ({excerpt_title(first.excerpt_ref)})"
    most = "" if len(waiting) == 1 else "the first "
    return [("Still to go", f"{count(len(waiting), 'post')}, {most}{when}")]


def _show_slowest(sent: list[Publication]) -> None:
    """Of what a person found, nobody knows when it appeared."""
    timed = [item for item in sent if item.published_at]
    if not timed:
        return
    slowest = max(timed, key=_lateness)
    late = _lateness(slowest)
    known = "" if len(timed) == len(sent) else " of those whose moment is known"
    if late < 1:
        click.echo(f"  each part{known} within a second of its time")
        return
    title = f"{excerpt_title(slowest.excerpt_ref)}, {slowest.account}"
    click.echo(f"  slowest{known}: {span(timedelta(seconds=late))} after its time ({title})")


def _lateness(item: Publication) -> float:
    assert item.published_at is not None
    return (item.published_at - item.due_at).total_seconds()


# Facts that a screen says in another way, or that only a machine wants; --json has them all.
UNSAID = {"person", "identity", "gen", "part", "parts", "result", "remote_id"}


def _entry(link: Link, zone: str) -> tuple[str, str, str, str]:
    """When, what, by whom, and what else is on record."""
    record = link.record
    facts = {name: value for name, value in record.facts.items() if value is not None}
    who = record.actor
    if who.count(":") > 1:  # a daemon signs as host:process:number
        who = f"campaign run ({who.partition(':')[0]})"
    said = [f"part {facts['part']}"] if "part" in facts else []
    for name, value in facts.items():
        if name.endswith("_at"):
            said.append(f"{name[:-3]} {second(datetime.fromisoformat(str(value)), zone)}")
        elif name not in UNSAID:
            said.append(f"{name.replace('_', ' ')} {value}")
    at_time = second(datetime.fromisoformat(record.at), zone)
    return at_time, record.action, f"by {who}", ", ".join(said)


def _describe_link(link: Link) -> dict[str, object]:
    record = link.record
    return {name: getattr(record, name) for name in record.__slots__} | {"hash": link.hash}


def _write_csv(path: Path, text: str) -> None:
    if str(path) == "-":
        click.echo(text, nl=False)
        return
    # utf-8-sig: a spreadsheet program takes a file without the mark for Latin-1
    write_file(path, text, encoding="utf-8-sig")
