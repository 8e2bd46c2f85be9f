"""`campaign init`."""

import shlex
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import click

from campaign.cli.options import is_interactive, say_next
from campaign.cli.words import names
from campaign.domain.statement import Statement
from campaign.errors import UsageError
from campaign.operations import answers
from campaign.operations.start import (
    Answers,
    look_at,
    refuse_taken,
    start,
    start_example,
    statements_in,
)
from campaign.platforms.counting import NETWORKS
from campaign.preview.names import count

T = TypeVar("T")


@click.command(
    epilog="\b\nExample:  campaign init migrants-day --statement statement.en.md\nIn a script:"
    "  campaign init --statement statement.en.md --account outbox=press-office\\\n"
    "              --day 'international-migrants-day 2026' --timezone Europe/Zurich"
)
@click.argument("folder", default=".", type=click.Path(path_type=Path, file_okay=False))
@click.option("--statement", type=click.Path(path_type=Path), help="The statement: .md or .txt.")
@click.option("--language", help="The statement's language. [from its name: .en.]")
@click.option("--day", help="An observance and its year, or a date: 2026-12-18.")
@click.option("--timezone", help="A city: Europe/Zurich, Africa/Nairobi, Asia/Bangkok.")
@click.option("--link", help="Where the statement can be read; posts end with it.")
@click.option("--account", "accounts", multiple=True, metavar="NETWORK=NAME", help="Repeatable.")
@click.option("--example", is_flag=True, help="Copy the shipped campaign, to look around in.")
def init(  # noqa: PLR0913  (one argument an option)
    folder: Path,
    statement: Path | None,
    language: str | None,
    day: str | None,
    timezone: str | None,
    link: str | None,
    accounts: tuple[str, ...],
    *,
    example: bool,
) -> None:
    """Start a campaign in FOLDER: a campaign file and a copy of the statement.

    What the options leave open is asked: the day, the zone, the link, the accounts.
    """
    there = "" if folder == Path() else f"cd {shlex.quote(str(folder))} && "
    if example:
        click.echo(f"Written: {start_example(folder)}")
        say_next(f"{there}campaign rehearse")
        return
    refuse_taken(folder)
    if statement is None:
        raise UsageError(_which_statement())
    named = language or answers.language_in(statement.name)
    needed = {"--day": day, "--timezone": timezone, "--account": accounts, "--language": named}
    read = look_at(statement, answers.read_language(named)) if named else None
    _refuse_silence(needed)
    language = _language(named)
    read = read or look_at(statement, language)
    click.echo(f"{statement.name}: {_contents(read)}.")
    given = Answers(
        statement=statement,
        language=language,
        day=_day(day, read),
        zone=_zone(timezone, read),
        link=_link(link),
        accounts=_accounts(accounts),
    )
    click.echo(f"Written: {start(folder, given)}")
    say_next(f"{there}campaign check")


def _which_statement() -> str:
    """Nobody named the statement: say how, and which file here may be it."""
    found = statements_in(Path())
    likely = next((name for name in found if "statement" in name.lower()), "")
    name = likely or (found[0] if len(found) == 1 else "")
    if name:
        return f"Which statement? Perhaps  campaign init --statement {shlex.quote(name)}"
    return (
        "A campaign begins with a statement, and none is named. Put it here as Markdown or plain"
        " text, and write  campaign init --statement statement.en.md\n"
        "To look around first:  campaign init --example"
    )


def _language(given: str | None) -> str:
    question = "In which language is the statement? Two letters, as in en, fr, es, ar, ru, zh"
    return _answer(question, given, answers.read_language, None)


def _contents(read: Statement) -> str:
    found = {
        "recommendation": len(read.recommendations),
        "fact": len(read.facts),
        "quote": len(read.quotes),
    }
    listed = [count(number, noun) for noun, number in found.items() if number]
    return names(["a headline", *listed])


def _refuse_silence(needed: Mapping[str, object]) -> None:
    missing = [option for option, value in needed.items() if not value]
    if missing and not is_interactive():
        raise UsageError(
            f"Nobody is here to be asked, so nothing was written. In a script, say {names(missing)}"
            " too."
        )


def _day(given: str | None, read: Statement) -> answers.Day:
    question = "The day and its year, or a date (2026-12-18)"
    guess = answers.guess_day(read, datetime.now(UTC).date())
    return _answer(question, given, answers.read_day, guess)


def _zone(given: str | None, read: Statement) -> str:
    question = "Whose clock? A city, as in Europe/Zurich"
    return _answer(question, given, answers.read_zone, answers.guess_zone(read))


def _link(given: str | None) -> str | None:
    if given is None and not is_interactive():
        return None  # a script may leave it out
    return _answer(
        "Where can it be read? A web address, or Enter for none", given, answers.read_link, ""
    )


def _accounts(given: tuple[str, ...]) -> dict[str, str]:
    if given:
        return answers.read_accounts(given)
    click.echo(f"Networks: {', '.join(NETWORKS)}. The outbox is a folder, to try things out.")
    question = "Which accounts? network=name, with spaces between several"

    def read(text: str) -> dict[str, str]:
        return answers.read_accounts(text.replace(",", " ").split())

    return _answer(question, None, read, "outbox=press-office")


def _answer(question: str, given: str | None, read: Callable[[str], T], guess: str | None) -> T:
    """What an option said, or else what a person answers, asked until it is understood."""
    if given is not None:
        return read(given)
    while True:
        try:
            return read(click.prompt(question, default=guess, show_default=bool(guess)))
        except answers.NotUnderstoodError as error:
            click.echo(f"  {error}")
            guess = error.guess or guess
