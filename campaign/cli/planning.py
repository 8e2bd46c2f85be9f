"""`campaign plan` and `campaign schedule`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from campaign.cli.decisions import decision_lines, decisions_json
from campaign.cli.options import (
    about,
    at,
    confirm,
    database_option,
    database_place,
    file_argument,
    is_interactive,
    json_option,
    person_name,
    person_option,
    print_json,
    say_next,
)
from campaign.cli.plan_screen import plan_json, plan_lines
from campaign.cli.words import count, names
from campaign.clock import SystemClock
from campaign.domain.plan import Plan, Sign
from campaign.domain.states import State
from campaign.errors import UsageError
from campaign.operations.decisions import refuse_open
from campaign.operations.draft import Drafted, draft
from campaign.operations.plan import missed
from campaign.operations.plan import plan as make
from campaign.store.place import Place

if TYPE_CHECKING:
    from campaign.store.engine import Store


@click.command(epilog="\b\nExample:  campaign plan\nIn a script:  campaign plan --exit-code")
@file_argument
@database_option
@json_option
@click.option("--exit-code", is_flag=True, help="Exit with 3 when changes are pending.")
def plan(file: Path, database: str | None, *, as_json: bool, exit_code: bool) -> None:
    """Show what scheduling would change. Writes nothing.

    FILE is the campaign file; without it, campaign.yaml in this folder.
    """
    drafted = draft(file)
    path = database_place(database, file.parent)
    shown = _compare(drafted, path)
    if as_json:
        print_json(plan_json(shown) | decisions_json(drafted))
    else:
        _show(drafted, shown)
        say_next(_after_plan(shown, file, path))
    if exit_code and shown.pending:
        sys.exit(3)


@click.command(epilog="\b\nExample:  campaign schedule\nIn a script:  campaign schedule --yes")
@file_argument
@database_option
@person_option
@click.option("--yes", is_flag=True, help="Apply the plan without asking.")
def schedule(file: Path, database: str | None, person: str | None, *, yes: bool) -> None:
    """Show the plan, ask, and put exactly that into the queue.

    Without an approval rule in the file, scheduling approves the words too, in your name.
    """
    from campaign.operations.schedule import refuse_unpublishable
    from campaign.operations.schedule import schedule as apply
    from campaign.store.engine import open_store

    drafted = draft(file)
    refuse_open(drafted.open)
    refuse_unpublishable(drafted)
    path, who = database_place(database, file.parent), person_name(person)
    before = _compare(drafted, path)
    _show(drafted, before)
    if not before.pending:
        say_next(_after_plan(before, file, path))
        return
    if not yes:
        _ask(before)
    store = open_store(path, SystemClock())
    shown = apply(store, drafted, before.checksum, who)
    _say_done(drafted, shown, store)


def _compare(drafted: Drafted, database: Place) -> Plan:
    """The plan. Without a database nothing of the store is imported: a third of a second."""
    clock = SystemClock()
    if isinstance(database, Path) and not database.exists():
        return make(drafted, None, clock.now())
    from campaign.store.engine import open_store

    store = open_store(database, clock)
    try:
        return make(drafted, store, clock.now())
    finally:
        store.close()


def _show(drafted: Drafted, shown: Plan) -> None:
    for line in plan_lines(drafted.campaign, shown, missed(drafted, shown)):
        click.echo(line)
    for line in decision_lines(drafted, shown):
        click.echo(line)


def _after_plan(shown: Plan, file: Path, database: Place) -> str:
    default = database == database_place(None, file.parent)
    schedule = f"campaign schedule{about(file)}{'' if default else at(database)}"
    if shown.pending:
        return f"read them  campaign preview{about(file, ' -f')}      then  {schedule}"
    if shown.changes:
        return f"campaign status{at(database)}"
    return f"see it play  campaign rehearse{about(file)}      or give it a later day in {file}"


def _ask(shown: Plan) -> None:
    if not is_interactive():
        raise UsageError(
            "Nobody is here to be asked, so nothing was scheduled. In a script, say --yes."
        )
    click.echo()
    number = len(shown.pending)
    what = "this change" if number == 1 else f"these {number} changes"
    confirm(f"Put {what} into the queue?", "Nothing was scheduled.")


def _say_done(drafted: Drafted, shown: Plan, store: "Store") -> None:
    from campaign.operations.status import status

    counts = {sign: shown.count(sign) for sign in (Sign.ADD, Sign.CHANGE, Sign.MOVE, Sign.REMOVE)}
    words = zip(("added", "changed", "moved", "removed"), counts.values(), strict=True)
    click.echo("\nScheduled. " + ", ".join(f"{n} {word}" for word, n in words if n) + ".")
    waiting = sum(
        len(each.standing(State.DRAFT))
        for each in status(store).campaigns
        if each.id == drafted.campaign.id
    )
    if waiting and drafted.campaign.approval.by:
        roles = list(drafted.campaign.approval.by)
        each = " each run" if len(roles) > 1 else " runs"
        click.echo(f"Waiting for approval: {count(waiting, 'post')}.")
        say_next(f"{names(roles)}{each}  campaign approve{at(store.place)}")
    else:
        say_next(f"campaign run{at(store.place)}     (it publishes for as long as it runs)")
