"""`campaign platforms`."""

import click

from campaign.cli.options import json_option, print_json, say_next
from campaign.cli.words import paragraph, width
from campaign.operations.platforms import Listed
from campaign.operations.platforms import platforms as read
from campaign.platforms.base import DuplicateSafety

SAFETY = {
    DuplicateSafety.REPLAY: "the network itself keeps one of two",
    DuplicateSafety.LOOKUP: "a doubt is looked up",
    DuplicateSafety.ASK: "a doubt needs a person",
}


@click.command(epilog="Example:  campaign platforms")
@json_option
def platforms(*, as_json: bool) -> None:
    """See which networks can be published to, their limits, and what each can carry."""
    found = read()
    if as_json:
        print_json([_describe(one) for one in found])
        return
    able = [one for one in found if one.capabilities]
    click.echo("Can be published to")
    for one in able:
        _show(one)
    for one in found:
        if one.problem:
            click.echo(f"\n! {one.problem}")
        elif one.outside:
            click.echo(f"\n  {one.name}: installed from elsewhere; a campaign file that trusts it")
            click.echo(f"  says  plugins: [{one.name}]")
    counted = [one.title for one in found if one.network and not one.capabilities]
    if counted:
        click.echo()
        for line in paragraph(f"Counted, previewed and rehearsed: {', '.join(counted)}", width()):
            click.echo(line)
    say_next("campaign accounts verify")


def _show(one: Listed) -> None:
    able = one.capabilities
    assert able is not None
    click.echo(f"\n  {one.name:<12}{able.measure.limit:,} {able.measure.unit}")
    click.echo(f"  {'':<12}{'threads' if able.threads else 'no threads'}; {_carried(one)}")
    click.echo(f"  {'':<12}{able.duplicate_safety}: {SAFETY[able.duplicate_safety]}")
    for title, keys in (("keys", one.keys), ("secrets", one.secrets)):
        for at, (name, text) in enumerate(keys.items()):
            first, *rest = paragraph(text, width() - 35)
            click.echo(f"  {'' if at else title:>10}  {name:<20} {first}")
            for line in rest:
                click.echo(f"{'':35}{line}")


def _carried(one: Listed) -> str:
    able = one.capabilities
    assert able is not None
    beside = ", ".join(sorted(able.carries))
    return f"beside the text: {beside}" if beside else "nothing beside the text"


def _describe(one: Listed) -> dict[str, object]:
    able, network = one.capabilities, one.network
    measure = able.measure if able else network.measure if network else None
    return {
        "name": one.name,
        "title": one.title,
        "publishes": able is not None,
        "outside": one.outside,
        "problem": one.problem,
        "limit": measure.limit if measure else None,
        "unit": measure.unit if measure else None,
        "threads": able.threads if able else network.threads if network else None,
        "duplicate_safety": able.duplicate_safety if able else None,
        "replay_for_seconds": able.replay_for.total_seconds() if able and able.replay_for else None,
        "carries": sorted(able.carries) if able else [],
        "keys": one.keys,
        "secrets": one.secrets,
    }
