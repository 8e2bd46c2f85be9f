"""`campaign audit`: what was published, one post's trail, and the proof of the record."""

from datetime import datetime
from pathlib import Path

import click

from campaign.cli.options import (
    database_option,
    existing_store,
    json_option,
    print_json,
    say_next,
)
from campaign.cli.words import count, second, span
from campaign.domain.audit import Publication
from campaign.domain.message import excerpt_title
from campaign.domain.states import State
from campaign.errors import CampaignError
from campaign.operations.audit import describe, to_csv, verify
from campaign.operations.selection import select
from campaign.store.audit import Link, trail
from campaign.store.engine import Store
from campaign.store.posts import posts_of
from campaign.store.publications import publications

SHOWN = 20


@click.group(
    invoke_without_command=True,
    epilog="Example:  campaign audit     campaign audit show POST     campaign audit verify",
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
    last = ""
    for link in links:
        record = link.record
        if record.object != last:
            click.echo(record.object)
            last = record.object
        facts = "  ".join(f"{name}={value}" for name, value in sorted(record.facts.items()))
        click.echo(f"  {record.at[:19].replace('T', ' ')} UTC  {record.action:<10} {facts}")
        click.echo(f"  {'':<23}  by {record.actor}")
    say_next("campaign audit verify")


@audit.command("verify", epilog="Example:  campaign audit verify")
@database_option
@json_option
@click.pass_obj
def verify_command(inherited: str | None, database: str | None, *, as_json: bool) -> None:
    """Recompute the whole chain of records: was anything altered, removed or inserted?"""
    verdict = verify(existing_store(database or inherited))
    if as_json:
        print_json({"records": verdict.records, "head": verdict.head, "faults": verdict.faults})
    else:
        for fault in verdict.faults:
            click.echo(f"! {fault}")
    if not verdict.is_intact:
        raise CampaignError(
            f"The record does not hold: {count(len(verdict.faults), 'fault')} in"
            f" {count(verdict.records, 'entry').replace('entrys', 'entries')}. Keep this file as it"
            " is, and compare it with your last backup."
        )
    if not as_json:
        click.echo(f"Record: {verdict.records:,} entries, chain intact. Head {verdict.head[:16]}…")


def _show(store: Store, items: list[Publication], *, everything: bool) -> None:
    if not items:
        click.echo("Nothing is scheduled here yet, so nothing was published.")
        say_next("campaign plan")
        return
    states = {item.post_key: item.state for item in reversed(items)}
    counted = {state: list(states.values()).count(state) for state in State}
    click.echo(
        f"  {counted[State.PUBLISHED]} published   {counted[State.SKIPPED]} skipped"
        f"   {counted[State.FAILED]} failed   {counted[State.UNKNOWN]} unknown"
        f"   of {count(len(states), 'post')}"
    )
    sent = [item for item in items if item.published_at]
    _show_slowest(sent)
    _show_table(sent if everything else sent[-SHOWN:])
    if len(sent) > SHOWN and not everything:
        click.echo(f"  … {len(sent) - SHOWN} more before these:  campaign audit --all")
    verdict = verify(store)
    state = "chain intact" if verdict.is_intact else "CHAIN BROKEN: campaign audit verify"
    click.echo(f"\n  Record       {verdict.records:,} entries, {state}")
    to_go = sum(state in {State.QUEUED, State.CLAIMED, State.DRAFT} for state in states.values())
    if to_go:
        click.echo(f"  Still to go  {count(to_go, 'post')}")
    say_next(f"for one post  campaign audit show {items[0].post_key}")


def _show_slowest(sent: list[Publication]) -> None:
    if not sent:
        return
    slowest = max(sent, key=_lateness)
    late = span(datetime.fromtimestamp(_lateness(slowest)) - datetime.fromtimestamp(0))  # noqa: DTZ006
    title = excerpt_title(slowest.excerpt_ref)
    click.echo(f"  slowest: {late} after its time ({title}, {slowest.account})")


def _lateness(item: Publication) -> float:
    assert item.published_at is not None
    return (item.published_at - item.due_at).total_seconds()


def _show_table(sent: list[Publication]) -> None:
    if not sent:
        return
    click.echo(f"\n  {'when sent':<17}{'what':<18}{'account':<24}{'approved by':<20}proof")
    for item in sent:
        assert item.published_at is not None
        when = second(item.published_at, item.zone)
        part = f"{item.part}/{item.parts}" if item.parts > 1 else ""
        who = ", ".join(item.approved_by)
        account = f"{item.account:<18}{part:<6}"
        title = excerpt_title(item.excerpt_ref)
        click.echo(f"  {when:<17}{title:<18}{account:<24}{who:<20}{item.url or ''}")


def _describe_link(link: Link) -> dict[str, object]:
    record = link.record
    return {name: getattr(record, name) for name in record.__slots__} | {"hash": link.hash}


def _write_csv(path: Path, text: str) -> None:
    if str(path) == "-":
        click.echo(text, nl=False)
        return
    try:
        # utf-8-sig: a spreadsheet program takes a file without the mark for Latin-1
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            file.write(text)
    except OSError as error:
        raise CampaignError(f"{path} could not be written ({error.strerror}).") from error
    click.echo(f"Written: {path}")
