"""`campaign renew`."""

import re
import shlex
from pathlib import Path
from textwrap import fill

import click

from campaign.cli.options import file_option, say_next
from campaign.cli.words import width
from campaign.config.problems import render
from campaign.errors import UsageError
from campaign.operations.renew import LEAP_DAY, Renewed
from campaign.operations.renew import renew as make
from campaign.preview.names import count


@click.command(epilog="Example:  campaign renew 2027 --to ../imd-2027")
@click.argument("year")
@click.option(
    "--to",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The new folder; empty, or not there yet.",
)
@click.option("--leap-day", type=click.Choice(list(LEAP_DAY)), help="What 29 February becomes.")
@file_option
def renew(year: str, to: Path, leap_day: str | None, file: Path) -> None:
    """Start the same campaign for another YEAR, as a new folder with a new id.

    Comments stay, the statement is copied, the dates move; nothing of the old one is touched.
    """
    if not re.fullmatch(r"20\d\d", year):
        raise UsageError(
            f'"{year}" is not a year to come. For example:  campaign renew 2027 --to DIR'
        )
    done = make(file, int(year), to, leap_day)
    click.echo(
        f"Written: {done.file}   {done.campaign.title}, D is {done.campaign.day:%A %d %B %Y}"
    )
    for note in done.notes:
        click.echo(_wrapped(f"  {note}"))
    _show_open(done)
    say_next(f"cd {shlex.quote(str(to))} && campaign plan")


def _show_open(done: Renewed) -> None:
    if done.open:
        click.echo(f"\n{count(len(done.open), 'decision')} to take before scheduling:")
    for one in done.open:
        click.echo(_wrapped(f"? {one}"))
    if done.problems:
        click.echo(
            f"\nTo mend before anything can be planned:\n\n{render(done.problems, width=width())}"
        )


def _wrapped(text: str) -> str:
    return fill(
        text, width(), subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )
