"""`campaign run` and `campaign rehearse`."""

import logging
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Self

import click

from campaign.cli.options import (
    about,
    at,
    database_option,
    existing_store,
    file_argument,
    kill_file_option,
    say_next,
)
from campaign.cli.words import adrift, moment, span
from campaign.domain.audit import Publication
from campaign.domain.campaign import Account
from campaign.domain.civil_time import city
from campaign.domain.message import excerpt_title
from campaign.domain.states import State
from campaign.errors import CampaignError
from campaign.preview.names import count
from campaign.runtime import Runtime
from campaign.store.place import folder_of

if TYPE_CHECKING:
    from campaign.daemon import Daemon


@click.command(epilog="Example:  campaign run --database campaign.db")
@database_option
@kill_file_option("While this file exists, nothing is sent. [KILL beside the database]")
@click.option(
    "--permits",
    default=64,
    show_default=True,
    type=click.IntRange(1, 1024),
    help="How many may be sent at once.",
)
def run(database: str | None, kill_file: Path | None, permits: int) -> None:
    """Publish what comes due, for as long as it runs. Stop it with Ctrl-C or SIGTERM.

    It reads only the database, never the campaign file, and serves every campaign in it.
    """
    from campaign.daemon import Daemon
    from campaign.store.presence import lock_file

    logging.basicConfig(format="%(asctime)s %(message)s", datefmt="%H:%M:%S %Z")
    logging.getLogger("campaign").setLevel(logging.INFO)
    store = existing_store(database)
    runtime = Runtime(store=store, clock=store.clock, folder=folder_of(store.place))
    daemon = Daemon(runtime, permits=permits, kill_file=kill_file)
    _stop_at_signals(daemon)
    with lock_file(store.place):  # says so at once where another one runs
        _say_start(runtime, daemon.kill_file)
    daemon.run()
    click.echo("Stopped. What is still to come stays in the queue.")
    say_next(f"campaign status{at(store.place)}")


def _stop_at_signals(daemon: "Daemon") -> None:
    """SIGHUP is a window that is closed; under nohup it stays without effect."""
    for name in ("SIGTERM", "SIGINT", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number and not (name == "SIGHUP" and signal.getsignal(number) is signal.SIG_IGN):
            signal.signal(number, lambda *_: daemon.stop())


def _say_start(runtime: Runtime, kill_file: Path) -> None:
    from campaign.operations.accounts import unready
    from campaign.operations.status import status

    now, senders = status(runtime.store), dict[str, Account]()
    for each in now.campaigns:
        queued, drafts = each.standing(State.QUEUED), each.standing(State.DRAFT)
        ahead = [stored for stored in queued if stored.post.due_at > now.now]
        first = f", the first {moment(ahead[0].post.due_at, each.zone)}" if ahead else ""
        waiting = f" {count(len(drafts), 'post')} not approved." if drafts else ""
        where = f" {city(each.zone)}" if ahead else ""
        click.echo(f"{each.title}: {count(len(ahead), 'post')} to come{first}{where}.{waiting}")
        for stored in [stored for stored in queued if stored not in ahead]:
            behind = span(now.now - stored.post.due_at)
            click.echo(f"  late: {stored.post.key} was due {behind} ago")
        for line in adrift([stored.post for stored in each.adrift()]):
            click.echo(line)
        senders |= {stored.post.account.name: stored.post.account for stored in queued}
    for why in unready(runtime, senders.values()):
        click.echo(f"  !  {why}")
    if kill_file.exists():
        click.echo(f"Nothing is sent while {kill_file} exists.")
    click.echo("Running, for as long as this window is open. Stop it with Ctrl-C.")
    sys.stdout.flush()


@click.command(epilog="Example:  campaign rehearse --out rehearsal")
@file_argument
@click.option(
    "--out",
    default="rehearsal",
    type=click.Path(path_type=Path),
    show_default=True,
    help="The folder for what comes out of it; made anew each time.",
)
def rehearse(file: Path, out: Path) -> None:
    """Play the whole campaign in seconds, by the real daemon, into a folder of files.

    Nothing leaves this computer, on any platform, and the real queue is not touched.
    """
    from campaign.operations.draft import draft
    from campaign.rehearsal import rehearse as play

    drafted = draft(file)
    parts = sum(len(planned.post.bodies) for planned in drafted.planned)
    with Progress(parts) as progress:
        done = play(drafted, out, progress.follow)
    campaign = drafted.campaign
    click.echo(f"{campaign.title} · rehearsed · {city(campaign.zone)} time\n")
    for line in _table(done.publications, campaign.zone):
        click.echo(line)
    failed = [item for item in done.publications if item.state is not State.PUBLISHED]
    for item in failed:
        click.echo(f"! {item.post_key} part {item.part} is {item.state}: {item.reason or ''}")
    if drafted.open:
        decisions = count(len(drafted.open), "decision")
        click.echo(
            f"\n? {decisions} still open before it can be scheduled: campaign plan{about(file)}"
        )
    click.echo(f"\nLook at   {out / 'preview.html'}   what readers will see")
    click.echo(f"          {out / 'timeline.html'}  what went out, and when")
    click.echo(f"          {out / 'audit.csv'}      the same for a spreadsheet")
    click.echo(f"          {out / 'outbox'}/        one file a part, as it would be sent")
    state = "intact" if done.verdict.is_intact else "BROKEN"
    click.echo(f"Record    {done.verdict.records:,} entries, chain {state}")
    if failed or not done.verdict.is_intact:
        raise CampaignError("The rehearsal did not end well; see the lines marked with ! above.")
    page = f"open {out / 'preview.html'} in a browser"
    say_next(f"{page}      then  campaign plan{about(file)}")


def _table(publications: tuple[Publication, ...], zone: str) -> list[str]:
    """One line for each time and message: on how many accounts, in how many parts."""
    groups: dict[tuple[str, str], list[Publication]] = {}
    for item in publications:
        key = (moment(item.due_at, zone), excerpt_title(item.excerpt_ref))
        groups.setdefault(key, []).append(item)
    lines: list[str] = []
    for (when, title), items in groups.items():
        sent = [item for item in items if item.state is State.PUBLISHED]
        accounts = {item.account for item in sent}
        threads = sorted({item.account for item in items if item.parts > 1})
        note = f"   thread on {', '.join(threads)}" if threads else ""
        posts, parts = count(len(accounts), "post"), count(len(sent), "part")
        lines.append(f"  {when}   {title:<18}{posts:>8}{parts:>10}{note}")
    sent = [item for item in publications if item.state is State.PUBLISHED]
    posts = count(len({item.post_key for item in sent}), "post")
    return [*lines, "", f"  {posts} in {count(len(sent), 'part')} went into the outbox."]


class Progress:
    """A bar for what lasts over a second, on a terminal only: counts the published parts."""

    def __init__(self, parts: int) -> None:
        self._parts = parts
        self._done = threading.Event()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        if self._thread is not None:
            self._thread.join()

    def follow(self, runtime: Runtime) -> None:
        if sys.stderr.isatty():
            self._thread = threading.Thread(target=self._show, args=(runtime.folder,), daemon=True)
            self._thread.start()

    def _show(self, folder: Path) -> None:
        if self._done.wait(1.0):
            return
        with click.progressbar(length=self._parts, label="Rehearsing", file=sys.stderr) as bar:
            while not self._done.wait(0.1):
                sent = sum(1 for _ in (folder / "outbox").glob("*.json"))
                bar.update(sent - bar.pos)
