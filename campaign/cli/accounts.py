"""`campaign accounts verify`."""

import click

from campaign.cli.options import (
    at,
    database_option,
    existing_store,
    json_option,
    person_name,
    person_option,
    print_json,
    say_next,
)
from campaign.errors import CampaignError
from campaign.operations.accounts import Checked
from campaign.operations.accounts import verify as ask
from campaign.runtime import Runtime
from campaign.store.place import folder_of


@click.group(epilog="Example:  campaign accounts verify")
def accounts() -> None:
    """Ask the networks whether our keys still open the right accounts."""


@accounts.command(epilog="Example:  campaign accounts verify un-x")
@click.argument("names", nargs=-1, metavar="[ACCOUNT]...")
@database_option
@person_option
@json_option
def verify(
    names: tuple[str, ...], database: str | None, person: str | None, *, as_json: bool
) -> None:
    """Whose account each key opens, with which rights, until when. Posts nothing.

    The wrong account, or a key that is not accepted, blocks the account: nothing goes out on it
    until it is verified again. A good answer lifts a block.
    """
    store = existing_store(database)
    runtime = Runtime(store=store, clock=store.clock, folder=folder_of(store.place))
    found = ask(runtime, names, person_name(person))
    if as_json:
        print_json([_describe(one) for one in found])
    else:
        for one in found:
            _show(one)
    bad = [one.account.name for one in found if one.problem]
    if bad:
        raise CampaignError(f"Not in order: {', '.join(bad)}. The lines above say what to do.")
    if not as_json:
        say_next(f"campaign status{at(store.place)}")


def _show(one: Checked) -> None:
    name, told = f"  {one.account.name:<16}", one.verified
    if one.problem or told is None:
        click.echo(f"! {one.account.name:<16}{one.problem}")
        if one.is_blocked:
            click.echo(f"  {'':<16}Nothing goes out on it until this is mended.")
        return
    if not one.is_good:
        click.echo(f"{name}{one.account.platform} cannot be asked whose account it is")
        return
    until = f", until {told.expires_at:%Y-%m-%d}" if told.expires_at else ""
    rights = f" may {', '.join(told.rights)}" if told.rights else ""
    click.echo(f"{name}{told.handle or told.remote_id} on {one.account.platform}{rights}{until}")
    if one.unblocked:
        click.echo(f"  {'':<16}It was blocked; it posts again.")


def _describe(one: Checked) -> dict[str, object]:
    told = one.verified
    return {
        "account": one.account.name,
        "platform": one.account.platform,
        "expected": one.account.handle,
        "good": one.is_good,
        "handle": told.handle if told else None,
        "remote_id": told.remote_id if told else None,
        "rights": list(told.rights) if told else [],
        "expires_at": told.expires_at.isoformat() if told and told.expires_at else None,
        "problem": one.problem,
        "blocked": one.is_blocked,
        "unblocked": one.unblocked,
    }
