"""`campaign approve`, `campaign reject` and `campaign revoke`."""

from collections.abc import Sequence

import click

from campaign.cli.options import (
    at,
    confirm,
    database_option,
    existing_store,
    is_interactive,
    person_name,
    person_option,
    say_next,
)
from campaign.cli.words import count, moment, names, width
from campaign.domain.civil_time import city
from campaign.domain.message import excerpt_title
from campaign.domain.post import StoredPost
from campaign.errors import UsageError
from campaign.operations import review
from campaign.operations.review import Waiting
from campaign.preview.names import language_name
from campaign.preview.terminal import bar_lines
from campaign.store.place import Place


@click.command(epilog="Example:  campaign approve recommendation-3 --as a.diallo")
@click.argument("posts", nargs=-1, metavar="[POST]...")
@database_option
@person_option
@click.option("--hash", "shown", help="For scripts: approve only if the words have this hash.")
@click.option(
    "--urgent", is_flag=True, help="After the deadline; the audit says so. Needs --reason."
)
@click.option("--reason", help="Why; it stands in the audit.")
def approve(
    posts: tuple[str, ...],
    database: str | None,
    person: str | None,
    shown: str | None,
    *,
    urgent: bool,
    reason: str | None,
) -> None:
    """Read the words that wait for approval, and approve them.

    Your decision is bound to exactly the words shown. Without POST, everything that waits for you.
    """
    if urgent and not (reason or "").strip():
        raise UsageError('Say why it is urgent: --urgent --reason "…"')
    store, who = existing_store(database), person_name(person)
    waiting = review.waiting(store, posts)
    still_open = [each for each in waiting if each.is_open]
    mine = [each for each in still_open if each.is_for(who)]
    if still_open:
        review.refuse_stranger(still_open, who)
    if not posts:  # what somebody rejected, or is past its deadline, is approved by name only
        mine = [each for each in mine if not each.standing.rejection]
        mine = [each for each in mine if urgent or not each.is_overdue]
    if mine:
        _show(mine)
    _show_overdue([each for each in still_open if each.is_overdue and each not in mine])
    _show_late([each for each in waiting if not each.is_open])
    if not mine:
        _say_nothing(still_open, who, store.place)
        return
    now_shown = review.shown_hash([each.stored for each in mine])
    if shown is None:
        _ask(len(mine), who, now_shown)
    keys = [each.stored.post.key for each in mine]
    after = review.approve(store, keys, shown or now_shown, who, urgent=urgent, reason=reason)
    _say(after, store.place)


@click.command(epilog='Example:  campaign reject recommendation-3 --reason "the figure is old"')
@click.argument("posts", nargs=-1, required=True, metavar="POST...")
@click.option("--reason", required=True, help="Why; whoever mends it reads this.")
@database_option
@person_option
def reject(posts: tuple[str, ...], reason: str, database: str | None, person: str | None) -> None:
    """Say no to the words of a post. It does not go out until they change, or your role approves
    them after all.
    """
    store, who = existing_store(database), person_name(person)
    if not reason.strip():
        raise UsageError('Say why: --reason "…"')
    stopped, gone = review.reject(store, posts, who, reason)
    click.echo(f"Rejected: {count(len(stopped), 'post')}.")
    _say_gone(gone)
    there = at(store.place)
    say_next(f"mend the words, then  campaign schedule      see it  campaign status{there}")


@click.command(epilog="Example:  campaign revoke recommendation-3 --as a.diallo")
@click.argument("posts", nargs=-1, required=True, metavar="POST...")
@click.option("--reason", help="Why; it stands in the audit.")
@database_option
@person_option
def revoke(
    posts: tuple[str, ...], reason: str | None, database: str | None, person: str | None
) -> None:
    """Take your own approval back. What has not begun to be sent waits for approval again."""
    store, who = existing_store(database), person_name(person)
    held, gone = review.revoke(store, posts, who, reason)
    click.echo(f"Taken back: your approval of {count(len(held), 'post')}.")
    _say_gone(gone)
    say_next(f"campaign status{at(store.place)}")


def _say_gone(gone: Sequence[StoredPost]) -> None:
    if gone:
        keys = names([stored.post.key for stored in gone[:3]])
        more = f" and {len(gone) - 3} more" if len(gone) > 3 else ""
        click.echo(f"Public or on its way already, too late to stop: {keys}{more}.")


def _show_overdue(overdue: Sequence[Waiting]) -> None:
    if not overdue:
        return
    first = overdue[0]
    post, deadline = first.stored.post, first.deadline
    assert deadline is not None
    had = "1 post had" if len(overdue) == 1 else f"{len(overdue)} posts had"
    click.echo(
        f"{had} to be approved earlier, the first by {moment(deadline, post.zone)}"
        f" {city(post.zone)}.\nIf it has to go out all the same:"
        f'  campaign approve {post.key} --urgent --reason "…"'
    )


def _show(mine: Sequence[Waiting]) -> None:
    waits = "1 post waits" if len(mine) == 1 else f"{len(mine)} posts wait"
    click.echo(f"{waits} for {_roles(mine)}\n")
    for each in mine:
        _show_post(each)


def _show_post(each: Waiting) -> None:
    post = each.stored.post
    when = f"{moment(post.due_at, post.zone)} {city(post.zone)}"
    thread = f" · thread of {len(post.bodies)}" if len(post.bodies) > 1 else ""
    what = f"{excerpt_title(post.excerpt_ref)} · {language_name(post.language)}"
    click.echo(f"{what} · {post.account.name} · {when}{thread}")
    for number, body in enumerate(post.bodies, 1):
        if thread:
            click.echo(f"  {number}/{len(post.bodies)}")
        for line in bar_lines(str(body["text"]), post.language, width()):
            click.echo(line)
        if body.get("card"):
            click.echo(f"  Card  {body.get('card_title', '')}  {body['card']}")
    given = f"approved by {names(list(each.given))}; " if each.given else ""
    by = f", by {moment(each.deadline, post.zone)}" if each.deadline else ""
    if no := each.standing.rejection:
        click.echo(f"  rejected by {no.person} ({no.role}): {no.reason}")
    click.echo(f"  {given}waiting for {names(list(each.missing) or ['its words to change'])}{by}\n")


def _show_late(late: Sequence[Waiting]) -> None:
    if not late:
        return
    first = late[0].stored.post
    were = "1 post was" if len(late) == 1 else f"{len(late)} posts were"
    click.echo(
        f"{were} not approved in time, the first for {moment(first.due_at, first.zone)}"
        f" {city(first.zone)}.\nGive each a new time in the campaign file, then  campaign schedule"
        f"\nor  campaign retry {first.key} --at WHEN"
    )


def _say_nothing(waiting: Sequence[Waiting], who: str, database: Place) -> None:
    if waiting:
        number = count(len(waiting), "post")
        click.echo(f"Nothing waits for {who}. {number} still to be approved by {_roles(waiting)}.")
    else:
        click.echo("Nothing waits for approval.")
    say_next(f"campaign status{at(database)}")


def _roles(waiting: Sequence[Waiting]) -> str:
    """`legal (r.haddad)`: the roles that are missing, and who has them."""
    found: dict[str, tuple[str, ...]] = {}
    for each in waiting:
        found |= {role: each.rule.people.get(role, ()) for role in each.missing}
    return names(
        [f"{role} ({' or '.join(people)})" if people else role for role, people in found.items()]
    )


def _ask(number: int, who: str, shown: str) -> None:
    if not is_interactive():
        raise UsageError(
            f"Nobody is here to be asked, so nothing was approved. In a script, say --hash {shown}"
        )
    what = "this post" if number == 1 else f"these {number} posts"
    confirm(f"Approve {what} as {who}?", "Nothing was approved.")


def _say(after: Sequence[Waiting], database: Place) -> None:
    missing = [each for each in after if each.missing]
    click.echo(f"Approved: {count(len(after), 'post')}.")
    if missing:
        click.echo(f"Still waiting for {_roles(missing)}: {count(len(missing), 'post')}.")
        say_next(f"they run  campaign approve{at(database)}")
    else:
        say_next(f"campaign run{at(database)}     (or, if it runs already,  campaign status)")
