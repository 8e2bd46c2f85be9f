"""`campaign approve`, `campaign reject` and `campaign revoke`."""

import shlex
import sys
from collections.abc import Sequence
from datetime import datetime

import click

from campaign.cli.options import (
    at,
    confirm,
    database_option,
    database_place,
    existing_store,
    is_interactive,
    person_name,
    person_option,
    reason_option,
    say_next,
)
from campaign.cli.words import moment, moment_there, names, width
from campaign.domain.message import excerpt_title
from campaign.domain.post import StoredPost
from campaign.errors import CampaignError, UsageError
from campaign.operations import review
from campaign.operations.review import Waiting
from campaign.operations.selection import Stopped
from campaign.preview.names import count, language_name
from campaign.preview.terminal import bar_lines


@click.command(epilog="Example:  campaign approve recommendation-3 --as a.diallo")
@click.argument("posts", nargs=-1, metavar="[POST]...")
@database_option
@person_option
@click.option("--hash", "shown", help="For scripts: approve only if the words have this hash.")
@click.option(
    "--urgent", is_flag=True, help="After the deadline; the audit says so. Needs --reason."
)
@reason_option("Why; it stands in the audit.")
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
    if urgent and not reason:
        raise UsageError('Say why it is urgent: --urgent --reason "…"')
    store, who = existing_store(database), person_name(person)
    waiting = review.waiting(store, posts)
    still_open = [each for each in waiting if each.is_open]
    mine = [each for each in still_open if each.is_for(who)]
    if still_open:
        review.refuse_stranger(still_open, who)
    there = at(store.place)
    if not posts:  # what somebody rejected, or is past its deadline, is approved by name only
        mine = [each for each in mine if not each.standing.rejections]
        mine = [each for each in mine if urgent or not each.is_overdue]
    elif not urgent:
        _refuse_overdue(mine, posts, there)
    late = [each for each in waiting if not each.is_open]
    if posts and late and not mine:
        raise CampaignError(_late(late, posts, there, " Nothing was approved."))
    if mine:
        _show(mine)
    asked = {each.stored.id for each in mine}
    others = [each for each in still_open if each.stored.id not in asked]
    _show_others(others, late, there)
    if not mine:
        _say_nothing(others, who, there)
        return
    now_shown = review.shown_hash(mine)
    if shown is None:
        _ask(len(mine), who, now_shown)
    keys = [each.stored.post.key for each in mine]
    after = review.approve(store, keys, shown or now_shown, who, urgent=urgent, reason=reason)
    _say(after, there)


@click.command(epilog='Example:  campaign reject recommendation-3 --reason "the figure is old"')
@click.argument("posts", nargs=-1, required=True, metavar="POST...")
@reason_option("Why; whoever mends it reads this.")
@database_option
@person_option
def reject(
    posts: tuple[str, ...], reason: str | None, database: str | None, person: str | None
) -> None:
    """Say no to the words of a post. It does not go out until they change, or your role approves
    them after all. Needs --reason.
    """
    who = person_name(person)
    if not reason:
        again = shlex.join(["reject", *posts, *(("--as", person) if person else ())])
        raise UsageError(
            "Whoever mends it needs to know why, so nothing was rejected.\n\n"
            f'Next: campaign {again} --reason "…"{at(database_place(database))}'
        )
    store = existing_store(database)
    stopped = review.reject(store, posts, who, reason)
    _refuse_nothing(stopped, "rejected")
    there = at(store.place)
    begun = [stored for stored in stopped.held if stored.is_perhaps_public]
    whole = [stored for stored in stopped.held if not stored.is_perhaps_public]
    rejected = len(stopped.held) + len(stopped.on_their_way)
    click.echo(f"Rejected: {count(rejected, 'post')}.{_until(whole)}")
    if begun:
        keys = _some(begun)
        click.echo(f"Begun already, so only the rest of it is stopped: {keys}.")
    _say_too_late(stopped)
    if not whole:  # words that are public in part are changed by nobody
        say_next(f"campaign status{there}")
        return
    say_next(f"mend the words, then  campaign schedule{there}      see it  campaign status{there}")


def _until(whole: Sequence[StoredPost]) -> str:
    if not whole:
        return ""
    if len(whole) == 1:
        return " It does not go out until its words change."
    return " They do not go out until their words change."


@click.command(epilog="Example:  campaign revoke recommendation-3 --as a.diallo")
@click.argument("posts", nargs=-1, required=True, metavar="POST...")
@reason_option("Why; it stands in the audit.")
@database_option
@person_option
def revoke(
    posts: tuple[str, ...], reason: str | None, database: str | None, person: str | None
) -> None:
    """Take your own approval back. What has not begun to be sent waits for approval again."""
    store, who = existing_store(database), person_name(person)
    stopped = review.revoke(store, posts, who, reason)
    _refuse_nothing(stopped, "taken back")
    revoked = len(stopped.held) + len(stopped.on_their_way)
    click.echo(f"Taken back: your approval of {count(revoked, 'post')}.")
    keys = [stored.post.key for stored in stopped.held]
    if waits := review.waiting(store, keys) if keys else []:
        click.echo(f"Waiting for {_roles(waits)} again: {count(len(waits), 'post')}.")
    _say_too_late(stopped)
    say_next(f"campaign status{at(store.place)}")


def _refuse_nothing(stopped: Stopped, verb: str) -> None:
    """Raises CampaignError where there was nothing left to stop."""
    if stopped.held or stopped.on_their_way:
        return
    why = _public(stopped) if stopped.public else "What you named is cancelled already."
    raise CampaignError(f"Nothing was {verb}. {why}")


def _say_too_late(stopped: Stopped) -> None:
    if stopped.on_their_way:
        keys = _some(stopped.on_their_way)
        click.echo(f"On the way already, and held if it comes back unsent: {keys}.")
    if stopped.public:
        click.echo(_public(stopped))


def _public(stopped: Stopped) -> str:
    return f"Public already, too late to stop: {_some(stopped.public)}."


def _some(posts: Sequence[StoredPost]) -> str:
    keys = [stored.post.key for stored in posts]
    return names(keys if len(keys) < 4 else [*keys[:3], f"{len(keys) - 3} more"])


def _refuse_overdue(mine: Sequence[Waiting], posts: Sequence[str], there: str) -> None:
    """Before anybody reads and says yes in vain. Raises CampaignError."""
    overdue = [each for each in mine if each.is_overdue]
    if overdue:
        raise CampaignError(f"{_overdue(overdue, posts, there)}\nNothing was approved.")


def _overdue(overdue: Sequence[Waiting], posts: Sequence[str], there: str) -> str:
    first = overdue[0]
    assert first.deadline is not None
    had, by = count(len(overdue), "post had", "posts had"), _first("by", first.deadline, overdue)
    typed = shlex.join(posts or [first.stored.post.key])
    return (
        f"{had} to be approved earlier, {by}.\n"
        f'If it has to go out all the same:  campaign approve {typed} --urgent --reason "…"{there}'
    )


def _late(late: Sequence[Waiting], posts: Sequence[str], there: str, so: str = "") -> str:
    first = late[0].stored.post
    were, due = count(len(late), "post was", "posts were"), _first("for", first.due_at, late)
    typed = shlex.join(posts or [first.key])
    return (
        f"{were} not approved in time, {due}.{so}\n"
        "Give each a new time in the campaign file, then  campaign schedule\n"
        f"or  campaign retry {typed} --at WHEN{there}"
    )


def _first(word: str, instant: datetime, several: Sequence[Waiting]) -> str:
    """`by Fri 18 Dec 12:00 Zurich`, or `the first by …`."""
    most = "" if len(several) == 1 else "the first "
    return f"{most}{word} {moment_there(instant, several[0].stored.post.zone)}"


def _show_others(others: Sequence[Waiting], late: Sequence[Waiting], there: str) -> None:
    """What is not asked for now, and what can be done about it."""
    if overdue := [each for each in others if each.is_overdue]:
        click.echo(_overdue(overdue, (), there))
    if rejected := [each.stored.post.key for each in others if each.standing.rejections]:
        were = count(len(rejected), "post was rejected: its", "posts were rejected: their")
        click.echo(f"{were} words have to change.")
        click.echo(f"If they are right after all:  campaign approve {rejected[0]}{there}")
    if late:
        click.echo(_late(late, (), there))


def _show(mine: Sequence[Waiting]) -> None:
    click.echo(f"{count(len(mine), 'post waits', 'posts wait')} for {_roles(mine)}\n")
    for each in mine:
        _show_post(each)


def _show_post(each: Waiting) -> None:
    post = each.stored.post
    when = moment_there(post.due_at, post.zone)
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
    by = [f"{person} ({role})" for role, person in each.standing.given.items()]
    given = f"approved by {names(by)}; " if by else ""
    until = f", by {moment(each.deadline, post.zone)}" if each.deadline else ""
    for no in each.standing.rejections:
        click.echo(f"  rejected by {no.person} ({no.role}): {no.reason}")
    missing = names(list(each.missing) or ["its words to change"])
    click.echo(f"  {given}waiting for {missing}{until}\n")


def _say_nothing(others: Sequence[Waiting], who: str, there: str) -> None:
    asked = [each for each in others if not each.is_overdue and not each.standing.rejections]
    more = f" {count(len(asked), 'post')} still to be approved by {_roles(asked)}." if asked else ""
    click.echo(f"Nothing waits for {who if others else 'approval'}.{more}")
    say_next(f"campaign status{there}")


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
            "Nobody is here to be asked, so nothing was approved. In a script, say which words you"
            f" mean:\n\nNext: {_again(shown)}"
        )
    what = "this post" if number == 1 else f"these {number} posts"
    confirm(f"Approve {what} as {who}?", "Nothing was approved.")


def _again(shown: str) -> str:
    """The command as it was typed, bound to the words that it has shown."""
    return shlex.join(["campaign", *sys.argv[1:], "--hash", shown])


def _say(after: Sequence[Waiting], there: str) -> None:
    missing = [each for each in after if each.missing]
    click.echo(f"Approved: {count(len(after), 'post')}.")
    if missing:
        click.echo(f"Still waiting for {_roles(missing)}: {count(len(missing), 'post')}.")
        say_next(f"they run  campaign approve{there}")
    else:
        say_next(f"campaign run{there}     (or, if it runs already,  campaign status{there})")
