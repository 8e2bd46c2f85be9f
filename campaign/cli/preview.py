"""`campaign preview`: in the terminal, or as one page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from campaign.cli.options import (
    about,
    database_option,
    database_place,
    file_option,
    json_option,
    opened_store,
    print_json,
    say_next,
    write_file,
)
from campaign.cli.words import names, width
from campaign.clock import SystemClock
from campaign.domain.states import State
from campaign.errors import UsageError
from campaign.operations.draft import draft
from campaign.operations.selection import is_meant
from campaign.preview.names import count
from campaign.preview.wording import origin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from campaign.domain.approval import Standing
    from campaign.domain.plan import Planned
    from campaign.domain.post import StoredPost
    from campaign.operations.draft import Drafted
    from campaign.store.place import Place


@click.command(
    epilog="\b\nExample:  campaign preview recommendation-3 --on x\n"
    "          campaign preview --html preview.html"
)
@click.argument("posts", nargs=-1, metavar="[POST]...")
@file_option
@database_option
@click.option("--on", metavar="ACCOUNT", help="Only this account.")
@click.option(
    "--html", type=click.Path(path_type=Path, dir_okay=False), help="Write one page to this file."
)
@json_option
def preview(
    posts: tuple[str, ...],
    file: Path,
    database: str | None,
    on: str | None,
    html: Path | None,
    *,
    as_json: bool,
) -> None:
    """Read what each network will show, with that network's own count.

    POST is the name of a message ("recommendation 3", recommendation-3) or a post's key. Without
    it, all of them.
    """
    drafted = draft(file)
    chosen = _choose(drafted.planned, posts, on)
    states = _states(database_place(database, file.parent), drafted.campaign.id, chosen)
    now = SystemClock().now()
    if as_json:
        embargo = drafted.campaign.embargo
        print_json([_describe(one, states.get(one.post.key), embargo) for one in chosen])
    elif html:
        _write_page(drafted, chosen, states, now, file, html)
    else:
        _show(drafted, chosen, states, now, file)


def _write_page(
    drafted: Drafted,
    chosen: Sequence[Planned],
    states: Mapping[str, str],
    now: datetime,
    file: Path,
    html: Path,
) -> None:
    from campaign.preview.html import preview_page

    page = preview_page(
        drafted.campaign, chosen, networks=drafted.networks, made_at=now, states=states
    )
    write_file(html, page)
    click.echo(f"{count(len(chosen), 'post')}, as readers will see them: {html}")
    say_next(f"open {html} in a browser      then  campaign plan{about(file)}")


def _show(
    drafted: Drafted,
    chosen: Sequence[Planned],
    states: Mapping[str, str],
    now: datetime,
    file: Path,
) -> None:
    from campaign.preview.terminal import preview_lines

    for planned in chosen:
        for line in preview_lines(
            drafted.campaign,
            planned,
            networks=drafted.networks,
            now=now,
            state=states.get(planned.post.key),
            width=width(),
        ):
            click.echo(line)
        click.echo()
    click.echo(f"{count(len(chosen), 'post')}.")
    page = f"campaign preview{about(file, ' -f')} --html preview.html"
    say_next(f"as a page  {page}      then  campaign plan{about(file)}")


def _choose(
    planned: tuple[Planned, ...], names: tuple[str, ...], account: str | None
) -> list[Planned]:
    chosen = [
        each
        for each in planned
        if (not names or any(is_meant(each.post.key, name) for name in names))
        and (account is None or each.post.account.name == account)
    ]
    if not chosen:
        there = ", ".join(dict.fromkeys(each.message.ref for each in planned)) or "none"
        accounts = ", ".join(dict.fromkeys(each.post.account.name for each in planned))
        raise UsageError(f"No post is called that. Messages: {there}. Accounts: {accounts}.")
    return chosen


def _states(database: Place, campaign_id: str, planned: Sequence[Planned]) -> dict[str, str]:
    """What the queue says of each post; nothing before it was scheduled first."""
    if isinstance(database, Path) and not database.exists():
        return {}
    from campaign.operations.review import standings

    known = standings(opened_store(database, create=False), campaign_id)
    return {
        each.post.key: _state(each, *known[each.post.key])
        for each in planned
        if each.post.key in known
    }


def _state(planned: Planned, stored: StoredPost, approved: Standing) -> str:
    if stored.state not in {State.DRAFT, State.QUEUED}:
        return str(stored.state)
    if stored.post.content_hash != planned.post.content_hash:
        return "scheduled with other words; these are not approved: campaign schedule"
    if approved.rejection:
        no = approved.rejection
        return f"rejected by {no.person} ({no.role})" + (f": {no.reason}" if no.reason else "")
    by = ", ".join(f"{person} ({role})" for role, person in approved.given.items())
    given = f"approved by {by}" if by else "approved by nobody yet"
    return f"{given}; waiting for {names(list(approved.missing))}" if approved.missing else given


def _describe(planned: Planned, state: str | None, embargo: datetime | None) -> dict[str, object]:
    message, post = planned.message, planned.post
    return {
        "key": post.key,
        "account": post.account.name,
        "platform": message.platform,
        "language": message.language,
        "due_at": post.due_at.isoformat(),
        "embargo": embargo.isoformat() if embargo else None,
        "source": str(message.place),
        "limit": message.limit,
        "unit": message.unit,
        "parts": [{"text": p.text, "count": p.count, "card": p.card} for p in message.parts],
        "converted": [list(pair) for pair in message.converted],
        "words": origin(message),
        "notes": list(message.notes),
        "state": state,
    }
