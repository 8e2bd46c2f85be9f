"""`campaign plan` and `campaign schedule`."""

import sys
from pathlib import Path

import click

from campaign.cli.decisions import decision_lines, decisions_json
from campaign.cli.options import (
    database_option,
    database_path,
    file_argument,
    is_interactive,
    json_option,
    person_name,
    person_option,
    print_json,
    say_next,
)
from campaign.cli.plan_screen import plan_json, plan_lines
from campaign.clock import SystemClock
from campaign.domain.plan import Plan, Sign
from campaign.domain.states import State
from campaign.errors import UsageError
from campaign.operations.decisions import refuse_open
from campaign.operations.draft import Drafted, draft
from campaign.operations.plan import missed
from campaign.operations.plan import plan as make
from campaign.operations.schedule import refuse_unpublishable
from campaign.operations.schedule import schedule as apply
from campaign.store.engine import Store, open_store


@click.command(epilog="Example:  campaign plan     or in a script:  campaign plan --exit-code")
@file_argument
@database_option
@json_option
@click.option("--exit-code", is_flag=True, help="Exit with 3 when changes are pending.")
def plan(file: Path, database: str | None, *, as_json: bool, exit_code: bool) -> None:
    """Show what scheduling would change. Writes nothing.

    FILE is the campaign file; without it, campaign.yaml in this folder.
    """
    drafted = draft(file)
    path = database_path(database, file.parent)
    clock = SystemClock()
    store = open_store(path, clock) if path.exists() else None
    shown = make(drafted, store, clock.now())
    if as_json:
        print_json(plan_json(shown) | decisions_json(drafted))
    else:
        _show(drafted, shown)
        say_next(_after_plan(shown, file))
    if exit_code and shown.pending:
        sys.exit(3)


@click.command(epilog="Example:  campaign schedule     or in a script:  campaign schedule --yes")
@file_argument
@database_option
@person_option
@click.option("--yes", is_flag=True, help="Apply the plan without asking.")
def schedule(file: Path, database: str | None, person: str | None, *, yes: bool) -> None:
    """Show the plan, ask, and put exactly that into the queue.

    Without an approval rule in the file, scheduling approves the words too, in your name.
    """
    drafted = draft(file)
    refuse_open(drafted.open)
    refuse_unpublishable(drafted)
    clock = SystemClock()
    store = open_store(database_path(database, file.parent), clock)
    shown = make(drafted, store, clock.now())
    _show(drafted, shown)
    if not shown.pending:
        say_next("campaign status")
        return
    if not yes:
        _ask(shown)
    apply(store, drafted, shown.checksum, person_name(person))
    _say_done(drafted, shown, store)


def _show(drafted: Drafted, shown: Plan) -> None:
    for line in plan_lines(drafted.campaign, shown, missed(drafted, shown)):
        click.echo(line)
    for line in decision_lines(drafted, shown):
        click.echo(line)


def _after_plan(shown: Plan, file: Path) -> str:
    option = "" if file == Path("campaign.yaml") else f" -f {file}"
    argument = "" if file == Path("campaign.yaml") else f" {file}"
    if not shown.pending:
        return "campaign status"
    return f"read them  campaign preview{option}      then  campaign schedule{argument}"


def _ask(shown: Plan) -> None:
    if not is_interactive():
        raise UsageError(
            "Nobody is here to be asked, so nothing was scheduled. In a script, say --yes."
        )
    click.echo()
    click.confirm(f"Put these {len(shown.pending)} changes into the queue?", abort=True)


def _say_done(drafted: Drafted, shown: Plan, store: Store) -> None:
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
        click.echo(f"Waiting for approval: {waiting} posts.")
        say_next(f"{' and '.join(drafted.campaign.approval.by)} each run  campaign approve")
    else:
        say_next("campaign run     (it publishes for as long as it runs)")
