"""`campaign init`."""

import re
from datetime import UTC, datetime
from pathlib import Path

import click

from campaign.cli.options import is_interactive, say_next
from campaign.errors import UsageError
from campaign.operations.start import Answers, start, start_example, suggest_day
from campaign.platforms.counting import NETWORKS


@click.command(
    epilog="Example:  campaign init migrants-day --statement statement.en.md     or in a script:"
    "  campaign init --statement statement.en.md --day 'international-migrants-day 2026'"
    " --timezone Europe/Zurich --account outbox=press-office"
)
@click.argument("folder", default=".", type=click.Path(path_type=Path, file_okay=False))
@click.option("--statement", type=click.Path(path_type=Path), help="The statement: .md or .txt.")
@click.option("--language", help="The statement's language. [from its name, or en]")
@click.option("--day", help="An observance and its year, or a date: 2026-12-18.")
@click.option("--timezone", help="A city: Europe/Zurich, Africa/Nairobi, Asia/Bangkok.")
@click.option("--link", help="Where the statement can be read; posts end with it.")
@click.option("--account", "accounts", multiple=True, metavar="PLATFORM=HANDLE", help="Repeatable.")
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
    if example:
        file = start_example(folder)
    else:
        if statement is None:
            raise UsageError("Name the statement: campaign init --statement FILE   (.md or .txt)")
        language = language or _language(statement)
        day = day or _ask_day(statement, language)
        answers = Answers(
            statement=statement,
            language=language,
            id=_id(day),
            title=_title(day),
            day_line=day,
            zone=timezone or _ask("Time zone, as a city (Europe/Zurich)", "--timezone"),
            link=link if link is not None else _ask_link(),
            accounts=_accounts(accounts or tuple(_ask_accounts().split())),
        )
        file = start(folder, answers)
    click.echo(f"Written: {file}")
    say_next("campaign plan" if folder == Path() else f"cd {folder}     then  campaign plan")


def _ask(question: str, option: str, default: str | None = None) -> str:
    if not is_interactive():
        raise UsageError(f"Nobody is here to be asked. In a script, say {option}.")
    return str(click.prompt(question, default=default)).strip()


def _ask_day(statement: Path, language: str) -> str:
    observance = suggest_day(statement, language)
    year = datetime.now(UTC).year
    guess = f"{observance.id} {year}" if observance else None
    return _ask("The day and its year, or a date (2026-12-18)", "--day", guess)


def _ask_link() -> str | None:
    """A script that leaves it out has none; a person is asked."""
    if not is_interactive():
        return None
    return click.prompt("Link to the statement (Enter for none)", default="", show_default=False)


def _ask_accounts() -> str:
    known = ", ".join(NETWORKS)
    return _ask(f"Accounts, as platform=handle ({known})", "--account", "outbox=press-office")


def _accounts(given: tuple[str, ...]) -> dict[str, str]:
    accounts = {}
    for pair in given:
        platform, _, handle = pair.partition("=")
        if platform not in NETWORKS or not handle:
            raise UsageError(
                f'"{pair}" is not an account. Write platform=handle; platforms: '
                f"{', '.join(NETWORKS)}."
            )
        accounts[platform] = handle.removeprefix("@")
    return accounts


def _language(statement: Path) -> str:
    found = re.search(r"\.([a-z]{2})$", statement.stem)
    return found.group(1) if found else "en"


def _id(day: str) -> str:
    """`imd-2026` for `international-migrants-day 2026`; `campaign-2026-12-18` for a date."""
    name, _, year = day.rpartition(" ")
    if not name:
        return f"campaign-{day}"
    letters = "".join(word[0] for word in re.findall(r"[a-z]+", name.lower()) if word != "of")
    return f"{letters}-{year}"


def _title(day: str) -> str:
    name, _, year = day.rpartition(" ")
    return f"{name.replace('-', ' ').title()} {year}" if name else f"Campaign of {day}"
