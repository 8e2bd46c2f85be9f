"""`campaign plan` and `campaign schedule`."""

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from campaign.cli.decisions import decision_lines, decisions_json
from campaign.cli.options import (
    DATABASE,
    about,
    at,
    confirm,
    database_option,
    database_place,
    file_argument,
    is_interactive,
    json_option,
    opened_store,
    person_name,
    person_option,
    print_json,
    say_next,
)
from campaign.cli.plan_file import read_plan, refuse_stale, write_plan
from campaign.cli.plan_json import plan_json
from campaign.cli.plan_screen import plan_lines
from campaign.cli.words import moment_there, names, paragraph, width
from campaign.clock import SystemClock
from campaign.domain.plan import Plan, Sign
from campaign.errors import CampaignError, UsageError
from campaign.operations.decisions import refuse_open
from campaign.operations.draft import Drafted, draft
from campaign.operations.passed import too_late
from campaign.operations.plan import plan as make
from campaign.preview.names import count
from campaign.store.place import Place

if TYPE_CHECKING:
    from campaign.store.engine import Store

only_option = click.option(
    "--only", multiple=True, metavar="POST", help="Only these posts; the rest stays as it is."
)


@click.command(
    epilog="\b\nExample:  campaign plan\nIn a script:  campaign plan --exit-code --out plan.json"
)
@file_argument
@database_option
@json_option
@only_option
@click.option("--exit-code", is_flag=True, help="Exit with 3 when changes are pending.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Keep the plan in this file, for schedule --plan.",
)
def plan(
    file: Path,
    database: str | None,
    *,
    as_json: bool,
    only: tuple[str, ...],
    exit_code: bool,
    out: Path | None,
) -> None:
    """Show what scheduling would change. Writes nothing but the file of --out.

    FILE is the campaign file; without it, campaign.yaml in this folder.
    """
    drafted = draft(file)
    path = database_place(database, file.parent)
    shown = _compare(drafted, path, only)
    if out is not None:
        write_plan(out, shown)
    if as_json:
        print_json(plan_json(shown) | decisions_json(drafted))
    else:
        _show(drafted, shown)
        again = f"campaign plan{about(file)}{_at(path, file)}{_only(shown)}"
        undecided = f"decide what is asked above, then  {again}"
        say_next(undecided if drafted.open else _after_plan(shown, file, path, out))
    if exit_code and shown.is_pending:
        sys.exit(3)


@click.command(
    epilog="\b\nExample:  campaign schedule\nIn a script:  campaign schedule --plan plan.json"
)
@file_argument
@database_option
@person_option
@only_option
@click.option("--yes", is_flag=True, help="Apply the plan without asking.")
@click.option(
    "--plan",
    "kept",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Apply exactly the plan in this file, without asking.",
)
@click.option(
    "--remove", "removing", type=int, metavar="N", help="Where much is removed: yes, N posts."
)
def schedule(
    file: Path,
    database: str | None,
    person: str | None,
    *,
    only: tuple[str, ...],
    yes: bool,
    kept: Path | None,
    removing: int | None,
) -> None:
    """Show the plan, ask, and put exactly that into the queue.

    FILE is the campaign file; without it, campaign.yaml in this folder. Without an approval rule in
    it, scheduling approves the words too, in your name.
    """
    from campaign.operations.schedule import refuse_removals, refuse_unpublishable
    from campaign.operations.schedule import schedule as apply

    drafted = draft(file)
    refuse_open(drafted.open)
    refuse_unpublishable(drafted)
    path, who = database_place(database, file.parent), person_name(person)
    _refuse_both(kept, only)
    asked = read_plan(kept, drafted.campaign.id) if kept else None
    only = asked.only if asked else only
    before = _compare(drafted, path, only)
    if kept and asked:
        refuse_stale(kept, asked, before)
    _show(drafted, before)
    if not before.is_pending:
        say_next(_after_plan(before, file, path))
        return
    if removing is not None:  # before anybody is asked
        refuse_removals(before, removing)
    if not (yes or asked):
        removing = _ask(before, removing, f"{about(file)}{_at(path, file)}")
    store = opened_store(path)
    shown = apply(store, drafted, before.checksum, who, only=only, removing=removing)
    _say_done(drafted, shown, store)


def _refuse_both(kept: Path | None, only: tuple[str, ...]) -> None:
    if kept and only:
        names = " ".join(f"--only {shlex.quote(name)}" for name in only)
        raise UsageError(
            "A plan in a file says itself which posts it is for. Leave --only out, or make another:"
            f"  campaign plan {names} --out {shlex.quote(str(kept))}"
        )


def _compare(drafted: Drafted, database: Place, only: tuple[str, ...]) -> Plan:
    """The plan. Without a database nothing of the store is imported: a third of a second."""
    if isinstance(database, Path) and not database.exists():
        return make(drafted, None, SystemClock().now(), only)
    store = opened_store(database)
    try:
        return make(drafted, store, store.clock.now(), only)
    finally:
        store.close()


def _show(drafted: Drafted, shown: Plan) -> None:
    for line in plan_lines(drafted.campaign, shown, drafted.asking):
        click.echo(line)
    is_told = shown.pending or not shown.changes
    if is_told and (over := too_late(drafted, SystemClock().now())):
        for line in paragraph(f"? {over}", width() - 2):
            click.echo(f"  {line}")
    for line in decision_lines(drafted, shown):
        click.echo(line)


def _after_plan(shown: Plan, file: Path, database: Place, out: Path | None = None) -> str:
    schedule = f"campaign schedule{about(file)}{_at(database, file)}"
    if out is not None and shown.is_pending:
        return f"{schedule} --plan {shlex.quote(str(out))}"
    schedule += _only(shown)
    if shown.pending:
        return f"read them  campaign preview{about(file, ' -f')}      then  {schedule}"
    if shown.is_pending:
        return schedule
    if shown.changes:
        return f"campaign status{at(database)}"
    return f"see it play  campaign rehearse{about(file)}      or give it a later day in {file}"


def _at(database: Place, file: Path) -> str:
    """What a command needs to find this database: nothing for the one beside the file."""
    return "" if database == file.parent / DATABASE else at(database)


def _only(shown: Plan) -> str:
    return "".join(f" --only {shlex.quote(name)}" for name in shown.only)


def _ask(shown: Plan, removing: int | None, where: str) -> int | None:
    """A yes; for a plan that removes much, the number of posts that go."""
    if not is_interactive():
        raise UsageError(
            "Nobody is here to be asked, so nothing was scheduled. In a script, say --yes, or keep"
            f" the plan and apply exactly that one:\n\nNext: campaign plan{where}{_only(shown)}"
            f" --out plan.json     and then  campaign schedule{where} --plan plan.json"
        )
    click.echo()
    removed = shown.count(Sign.REMOVE)
    if shown.removes_much and removing is None:
        click.echo(f"This removes {removed} of the {shown.to_come} posts still to come.")
        if _typed("If you mean it, type how many posts go") != str(removed):
            raise CampaignError("That is not the number. Nothing was scheduled.")
        return removed
    number = len(shown.pending) + len(shown.amendments)
    what = "this change" if number == 1 else f"these {number} changes"
    confirm(f"Put {what} into the queue?", "Nothing was scheduled.")
    return removing


def _typed(question: str) -> str:
    try:
        return str(click.prompt(question, default="", type=str, show_default=False)).strip()
    except click.Abort:
        click.echo()
        return ""


def _say_done(drafted: Drafted, shown: Plan, store: "Store") -> None:
    from campaign.operations.review import waiting

    counts = {sign: shown.count(sign) for sign in (Sign.ADD, Sign.CHANGE, Sign.MOVE, Sign.REMOVE)}
    words = zip(("added", "changed", "moved", "removed"), counts.values(), strict=True)
    said = [f"{n} {word}" for word, n in words if n]
    said += [f"{one.what} changed" for one in shown.amendments]
    untouched = shown.count(Sign.SAME) + shown.count(Sign.SENT)
    rest = f" {count(untouched, 'post')} untouched." if untouched else ""
    click.echo(f"\nScheduled. {', '.join(said)}.{rest}")
    open_ones = [
        each
        for each in waiting(store)
        if each.is_open
        and not each.standing.rejections
        and each.stored.post.campaign_id == drafted.campaign.id
    ]
    if not open_ones or not open_ones[0].rule.by:
        say_next(f"campaign run{at(store.place)}     (it publishes for as long as it runs)")
        return
    first = min(open_ones, key=lambda each: each.stored.post.due_at)
    zone, roles = first.stored.post.zone, list(first.rule.by)
    by = f", by {moment_there(first.deadline, zone)}" if first.deadline else ""
    click.echo(f"Waiting for approval: {count(len(open_ones), 'post')}{by}.")
    each = " each run" if len(roles) > 1 else " runs"
    say_next(f"{names(roles)}{each}  campaign approve{at(store.place)}")
