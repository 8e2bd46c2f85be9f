"""`campaign cancel`, `campaign retry` and `campaign resolve`."""

import shlex
from typing import TYPE_CHECKING

import click

from campaign.cli.control import as_option, chosen_scope, scope_options, told
from campaign.cli.options import (
    at,
    database_option,
    existing_store,
    person_name,
    person_option,
    reason_option,
    say_next,
)
from campaign.cli.words import moment_there, names
from campaign.domain.states import State
from campaign.errors import UsageError
from campaign.preview.names import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from campaign.domain.post import StoredPost
    from campaign.operations.retry import Retried


@click.command(epilog='Example:  campaign cancel recommendation-3 --reason "overtaken by events"')
@scope_options
@reason_option("Why; it stands in the audit.")
@database_option
@person_option
def cancel(
    *, reason: str | None, database: str | None, person: str | None, **scopes: str | bool | None
) -> None:
    """Take posts out of the queue: one POST, or all that a scope covers.

    No schedule brings them back; campaign retry does. What is being sent is paused instead, so that
    it waits should it come back unsent; what is public is not touched.
    """
    from campaign.operations.cancel import cancel as apply

    scope = chosen_scope(scopes, "cancel")
    store = existing_store(database)
    met = apply(store, scope, reason, person_name(person))
    if met.held:
        click.echo(f"Cancelled: {count(len(met.held), 'post')} ({told(scope)}).")
    _say_some("On the way already, and paused in case it comes back unsent", met.on_their_way)
    whole = [stored for stored in met.public if stored.state is State.PUBLISHED]
    _say_some("Public already, and not touched", whole)
    begun = [stored for stored in met.public if stored.state is not State.PUBLISHED]
    _say_some("Begun already, and not stopped: campaign pause POST holds the rest", begun)
    there = at(store.place)
    more = (
        f"to bring one back  campaign retry {met.held[0].post.key}"
        if met.held
        else f"to let it go after all  campaign resume {met.on_their_way[0].post.key}"
    )
    say_next(f"campaign status{there}     and {more}{there}")


def _say_some(what: str, posts: "Sequence[StoredPost]") -> None:
    if posts:
        keys = names([stored.post.key for stored in posts[:3]])
        click.echo(f"{what} ({count(len(posts), 'post')}):")
        click.echo(f"  {keys}{' …' if len(posts) > 3 else ''}")


@click.command(
    epilog="\b\nExample:  campaign retry recommendation-3/en/un-x\n"
    '          campaign retry quote-1 --at "2026-12-18 14:30"'
)
@scope_options
@click.option("--at", "when", metavar="WHEN", help="14:30 today, or 2026-12-18 14:30. [now]")
@reason_option("Why; it stands in the audit.")
@database_option
@person_option
def retry(
    *,
    when: str | None,
    reason: str | None,
    database: str | None,
    person: str | None,
    **scopes: str | bool | None,
) -> None:
    """Give posts that failed, were skipped, late or cancelled another chance.

    Never one whose words are public already, or may be. It needs its approval as before.
    """
    from campaign.operations.retry import left_cancelled
    from campaign.operations.retry import retry as apply

    scope = chosen_scope(scopes, "retry")
    store = existing_store(database)
    given, there = apply(store, scope, when, reason, person_name(person)), at(store.place)
    for each in given:
        click.echo(f"{each.key}  {_time(each)}{_lacks(each, there)}")
    _say_some("Cancelled by a person, and still so: name it", left_cancelled(store, scope))
    # By its name: what was rejected, or is past its deadline, is approved in no other way.
    named = f" {shlex.quote(scope.partition(':')[2])}" if scope.startswith("post:") else ""
    waits = any(not each.goes for each in given)
    say_next(f"campaign approve{named}{there}" if waits else f"campaign status{there}")


def _time(given: "Retried") -> str:
    """Not now, where its own line of the calendar says later: an embargo may stand behind it."""
    return "now" if given.is_now else moment_there(given.due_at, given.zone)


def _lacks(given: "Retried", there: str) -> str:
    if given.goes and given.pauses:
        return f"   held: it waits for  campaign resume {as_option(given.pauses[0])}{there}"
    if given.goes:
        return ""
    return "   rejected: it waits for other words" if given.is_rejected else "   waits for approval"


@click.command(
    epilog="\b\nExample:  campaign resolve recommendation-3/en/un-telegram --url https://t.me/UN/412"
)
@click.argument("post")
@click.option("--url", help="It is there: the address of the post.")
@click.option("--absent", is_flag=True, help="It is not there.")
@click.option("--resend", is_flag=True, help="With --absent: send it once more.")
@reason_option("How you know; it stands in the audit.")
@database_option
@person_option
def resolve(
    *,
    post: str,
    url: str | None,
    absent: bool,
    resend: bool,
    reason: str | None,
    database: str | None,
    person: str | None,
) -> None:
    """Say whether a POST in doubt is there, after you have looked at the network.

    It is there: --url. It is not there, from 15 minutes after it was sent: --absent --reason, which
    gives it up, and with --resend sends it once more: while its time is not over, and where two
    roles approve only after another person has said --absent.
    """
    from campaign.operations.resolve import resolve_absent, resolve_there

    if bool(url) == absent or (resend and not absent) or (absent and not reason):
        name = shlex.quote(post)
        raise UsageError(
            f"Say what you found:\n  campaign resolve {name} --url URL\n"
            f'  campaign resolve {name} --absent --reason "…"'
        )
    store, who = existing_store(database), person_name(person)
    there = at(store.place)
    if url:
        row = resolve_there(store, post, url, who)
        click.echo(f"{row.post_key} is published: {url}")
        say_next(f"campaign status{there}")
        return
    row = resolve_absent(store, post, reason or "", who, resend=resend)
    if resend:
        click.echo(f"{row.post_key} is in the queue once more, under a new key.")
        say_next(f"campaign status{there}")
        return
    click.echo(f"{row.post_key} is given up: it is not there, and is not sent again.")
    retry_it = f"campaign retry {row.post_key}{there}"
    say_next(f"to send it after all  {retry_it}     (by another person, where two roles approve)")
