"""`campaign preview`: in the terminal, or as one page."""

from datetime import UTC, datetime
from pathlib import Path

import click

from campaign.cli.options import (
    about,
    file_option,
    json_option,
    print_json,
    say_next,
    write_file,
)
from campaign.cli.words import count, width
from campaign.domain.plan import Planned
from campaign.errors import UsageError
from campaign.operations.draft import draft
from campaign.operations.selection import is_meant


@click.command(
    epilog="\b\nExample:  campaign preview recommendation-3 --on x\n"
    "          campaign preview --html preview.html"
)
@click.argument("posts", nargs=-1, metavar="[POST]...")
@file_option
@click.option("--on", metavar="ACCOUNT", help="Only this account.")
@click.option(
    "--html", type=click.Path(path_type=Path, dir_okay=False), help="Write one page to this file."
)
@json_option
def preview(
    posts: tuple[str, ...], file: Path, on: str | None, html: Path | None, *, as_json: bool
) -> None:
    """Read what each network will show, with that network's own count.

    POST is the name of a message ("recommendation 3", recommendation-3) or a post's key. Without
    it, all of them.
    """
    drafted = draft(file)
    chosen = _choose(drafted.planned, posts, on)
    if as_json:
        print_json([_describe(planned) for planned in chosen])
    elif html:
        from campaign.preview.html import preview_page

        made_at = datetime.now(UTC)
        page = preview_page(drafted.campaign, chosen, networks=drafted.networks, made_at=made_at)
        write_file(html, page)
        click.echo(f"{count(len(chosen), 'post')}, as readers will see them: {html}")
        say_next(f"open {html} in a browser      then  campaign plan{about(file)}")
    else:
        from campaign.preview.terminal import preview_lines

        for planned in chosen:
            for line in preview_lines(
                drafted.campaign, planned, networks=drafted.networks, width=width()
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


def _describe(planned: Planned) -> dict[str, object]:
    message, post = planned.message, planned.post
    return {
        "key": post.key,
        "account": post.account.name,
        "platform": message.platform,
        "language": message.language,
        "due_at": post.due_at.isoformat(),
        "source": str(message.place),
        "limit": message.limit,
        "unit": message.unit,
        "parts": [{"text": p.text, "count": p.count, "card": p.card} for p in message.parts],
        "converted": [list(pair) for pair in message.converted],
    }
