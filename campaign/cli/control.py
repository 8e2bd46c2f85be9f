"""`campaign pause` and `campaign resume`: no questions, effective when they return."""

import shlex
from collections.abc import Callable
from typing import Any

import click

from campaign.cli.options import (
    at,
    database_option,
    existing_store,
    person_name,
    person_option,
    reason_option,
    say_next,
)
from campaign.cli.words import names
from campaign.errors import UsageError
from campaign.operations import control

SCOPES = ("campaign", "account", "platform", "language")


def scope_options(function: Callable[..., Any]) -> Callable[..., Any]:
    for name in reversed(SCOPES):
        function = click.option(f"--{name}", metavar="NAME", help=f"One {name}.")(function)
    function = click.option("--all", "everything", is_flag=True, help="Everything.")(function)
    return click.argument("post", required=False)(function)


@click.command(epilog='Example:  campaign pause --language fr --reason "text under review"')
@scope_options
@reason_option("Why; it stands in the status and in the audit.")
@database_option
@person_option
def pause(
    *, reason: str | None, database: str | None, person: str | None, **scopes: str | bool | None
) -> None:
    """Stop posts from going out, at once: everything, or one part of it, or one POST.

    It never asks, and holds when it returns. recommendation-3 is that post on every account.
    """
    scope = chosen_scope(scopes, "pause", "--all")
    store = existing_store(database)
    armed = control.pause(store, scope, reason, person_name(person))
    covered = "Nothing" if scope == "all" else "Nothing of it"
    click.echo(f"Paused: {told(scope)}. {covered} is sent from now on.")
    if armed:
        click.echo(f"Already on their way before: {', '.join(armed)}.")
    there = at(store.place)
    say_next(f"campaign status{there}     and to go on  campaign resume {as_option(scope)}{there}")


@click.command(epilog="Example:  campaign resume --all")
@scope_options
@reason_option("Why; it stands in the audit.")
@database_option
@person_option
def resume(
    *, reason: str | None, database: str | None, person: str | None, **scopes: str | bool | None
) -> None:
    """Let them go out again: what is late, one a minute on each account; what is too late, as its
    `late` policy says.
    """
    scope = chosen_scope(scopes, "resume", "--all")
    store = existing_store(database)
    if control.resume(store, scope, reason, person_name(person)):
        click.echo(f"Resumed: {told(scope)}. What is overdue follows the rule for late posts.")
    else:
        click.echo(f"There was no pause of {told(scope)}, so nothing is different now.")
    there, rest = at(store.place), ""
    if left := control.pauses(store):
        listed = [told(each.scope) for each in left[:3]]
        more = [f"{len(left) - 3} more"] if len(left) > 3 else []
        click.echo(f"Still paused: {names([*listed, *more])}.")
        rest = f"     and for the rest  campaign resume {as_option(left[0].scope)}{there}"
    say_next(f"campaign status{there}{rest}")


def chosen_scope(
    scopes: dict[str, str | bool | None], verb: str, example: str = "recommendation-3"
) -> str:
    """The one scope that was given. Raises UsageError for none, and for several."""
    chosen = [f"{name}:{scopes[name]}" for name in (*SCOPES, "post") if scopes[name]]
    chosen += ["all"] if scopes["everything"] else []
    if len(chosen) != 1:
        raise UsageError(
            "Say what: --all, --campaign, --account, --platform, --language, or one POST."
            f" For example:  campaign {verb} {example}"
        )
    return chosen[0]


def told(scope: str) -> str:
    """The scope in words: `everything`, `account un-x`."""
    return "everything" if scope == "all" else scope.replace(":", " ", 1)


def as_option(scope: str) -> str:
    """The scope as `pause` and `resume` take it."""
    kind, _, name = scope.partition(":")
    name = shlex.quote(name) if name else ""
    return name if kind == "post" else f"--{kind} {name}".strip()
