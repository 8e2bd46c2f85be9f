"""`campaign approve`."""

import click

from campaign.cli.options import (
    database_option,
    existing_store,
    is_interactive,
    person_name,
    person_option,
    say_next,
)
from campaign.cli.words import count, moment, names
from campaign.domain.message import excerpt_title
from campaign.errors import UsageError
from campaign.operations import review


@click.command(epilog="Example:  campaign approve recommendation-3 --as a.diallo")
@click.argument("posts", nargs=-1, metavar="[POST]...")
@database_option
@person_option
@click.option("--hash", "shown", help="For scripts: approve only if the words have this hash.")
def approve(
    posts: tuple[str, ...], database: str | None, person: str | None, shown: str | None
) -> None:
    """Read the words that wait for approval, and approve them.

    Your decision is bound to exactly the words shown. Without POST, everything that waits.
    """
    store = existing_store(database)
    waiting = review.waiting(store, posts)
    if not waiting:
        click.echo("Nothing waits for approval.")
        say_next("campaign status")
        return
    for each in waiting:
        _show(each)
    now_shown = review.shown_hash([each.stored for each in waiting])
    who = person_name(person)
    if shown is None:
        _ask(len(waiting), who, now_shown)
    after = review.approve(store, posts, shown or now_shown, who)
    _say(after)


def _show(each: review.Waiting) -> None:
    post = each.stored.post
    when = f"{moment(post.due_at, post.zone)} {post.zone}"
    click.echo(f"{excerpt_title(post.excerpt_ref)} · {post.account.name} · {when}")
    for number, body in enumerate(post.bodies, 1):
        if len(post.bodies) > 1:
            click.echo(f"  {number}/{len(post.bodies)}")
        for line in str(body["text"]).splitlines():
            click.echo(f"  │ {line}")
        if body.get("card"):
            click.echo(f"  Card  {body['card']}")
    given = f"approved by {names(list(each.given))}; " if each.given else ""
    click.echo(f"  {given}waiting for {names(list(each.missing))}\n")


def _ask(number: int, who: str, shown: str) -> None:
    if not is_interactive():
        raise UsageError(
            f"Nobody is here to be asked, so nothing was approved. In a script, say --hash {shown}"
        )
    click.confirm(f"Approve these {count(number, 'post')} as {who}?", abort=True)


def _say(after: list[review.Waiting]) -> None:
    missing = [each for each in after if each.missing]
    click.echo(f"Approved: {count(len(after), 'post')}.")
    if missing:
        roles = names(sorted({role for each in missing for role in each.missing}))
        click.echo(f"Still waiting for {roles}: {count(len(missing), 'post')}.")
        say_next(f"{roles}  campaign approve")
    else:
        say_next("campaign run     (or  campaign status)")
