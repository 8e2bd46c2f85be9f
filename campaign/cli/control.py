"""`campaign pause` and `campaign resume`: no questions, effective when they return."""

from collections.abc import Callable
from typing import Any

import click

from campaign.cli.options import (
    database_option,
    existing_store,
    person_name,
    person_option,
    say_next,
)
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
@click.option("--reason", help="Why; it stands in the status and in the audit.")
@database_option
@person_option
def pause(
    *, reason: str | None, database: str | None, person: str | None, **scopes: str | bool | None
) -> None:
    """Stop posts from going out, at once: everything, or one part of it, or one POST."""
    store = existing_store(database)
    scope = _scope(scopes)
    armed = control.pause(store, scope, reason, person_name(person))
    click.echo(f"Paused: {_told(scope)}. Nothing that it covers is sent from now on.")
    if armed:
        click.echo(f"Already on their way before: {', '.join(armed)}.")
    say_next(f"campaign status     and to go on  campaign resume {_option(scope)}")


@click.command(epilog="Example:  campaign resume --all")
@scope_options
@click.option("--reason", help="Why; it stands in the audit.")
@database_option
@person_option
def resume(
    *, reason: str | None, database: str | None, person: str | None, **scopes: str | bool | None
) -> None:
    """Let them go out again. What has become too late follows its `late` policy: no flood."""
    store = existing_store(database)
    scope = _scope(scopes)
    if control.resume(store, scope, reason, person_name(person)):
        click.echo(f"Resumed: {_told(scope)}.")
    else:
        click.echo(f"There was no pause of {_told(scope)}. What is paused: campaign status")
    say_next("campaign status")


def _scope(scopes: dict[str, str | bool | None]) -> str:
    chosen = [f"{name}:{scopes[name]}" for name in (*SCOPES, "post") if scopes[name]]
    chosen += ["all"] if scopes["everything"] else []
    if len(chosen) != 1:
        raise UsageError(
            "Say what: --all, --campaign, --account, --platform, --language, or one POST."
        )
    return chosen[0]


def _told(scope: str) -> str:
    return "everything" if scope == "all" else scope.replace(":", " ", 1)


def _option(scope: str) -> str:
    kind, _, name = scope.partition(":")
    return name if kind == "post" else f"--{kind} {name}".strip()
