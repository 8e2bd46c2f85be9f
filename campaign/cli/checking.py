"""`campaign check`."""

import sys
from pathlib import Path
from textwrap import fill

import click

from campaign.cli.options import about, file_argument, json_option, print_json, say_next
from campaign.cli.words import width
from campaign.clock import SystemClock
from campaign.config.problems import heading, numbered
from campaign.operations.check import Checked
from campaign.operations.check import check as look
from campaign.preview.names import count


@click.command(
    epilog="\b\nExample:  campaign check\n          campaign check --fix\n"
    "          campaign check --aged"
)
@file_argument
@click.option("--fix", is_flag=True, help="Mend what is mechanical, such as tabs; show the diff.")
@click.option("--aged", is_flag=True, help="What has aged, one line to paste for each decision.")
@json_option
def check(file: Path, *, fix: bool, aged: bool, as_json: bool) -> None:
    """Show every problem of the campaign file, the statement and the messages, at once.

    It reads no queue and writes nothing; with --fix it mends FILE where no word changes.
    """
    if fix:
        _fix(file, quiet=as_json)
    checked = look(file, SystemClock().now())
    if as_json:
        print_json(_json(checked))
    elif aged and not checked.problems:
        _show_aged(checked, file)
    else:
        _show(checked, file)
    if checked.problems:
        sys.exit(1)


def _fix(file: Path, *, quiet: bool) -> None:
    from campaign.operations.fix import fix

    diff = fix(file)
    if not quiet:
        click.echo(diff or "Nothing to mend by itself.\n")


def _show(checked: Checked, file: Path) -> None:
    files = [checked.file, *(one.where for one in checked.problems)]
    shown = ", ".join(list(dict.fromkeys(files))[:1])
    lines = _decisions(checked, file)
    click.echo(heading(shown, checked.title, len(checked.problems), len(lines), width=width()))
    for block in numbered(checked.problems, width()):
        click.echo(f"\n{block}")
    if not checked.problems and checked.posts:
        click.echo(f"\n  {count(checked.posts, 'post')} on {count(checked.accounts, 'account')}.")
    for line in lines:
        click.echo(f"\n{_wrapped(f' ?  {line}', '    ')}")
    if not checked.problems:
        for note in (*checked.threads, *checked.notes):
            click.echo(_wrapped(f"  {note}", "    "))
    say_next(_after(checked, file))


def _decisions(checked: Checked, file: Path) -> list[str]:
    """One line each, but one for all that has aged."""
    lines = [str(one) for one in checked.open if not one.aged]
    if aged := checked.aged:
        phrases = count(len(aged), "phrase has", "phrases have")
        lines.append(
            f"The statement is from {checked.issued} and you publish in {checked.year}. {phrases}"
            f" aged:  campaign check{about(file)} --aged"
        )
    return lines


def _after(checked: Checked, file: Path) -> str:
    number = len(checked.problems)
    if number:
        which = "it" if number == 1 else f"1–{number}"
        again = f"campaign check{about(file)}"
        return f"mend {which} and run  {again}  again. Nothing was written or sent."
    return f"read them  campaign preview{about(file, ' -f')}      then  campaign plan{about(file)}"


def _show_aged(checked: Checked, file: Path) -> None:
    """Lines to paste. A line that is pasted and not decided is refused, so nothing is guessed."""
    if not checked.aged:
        click.echo("Nothing is to be decided about another year.")
        say_next(f"campaign check{about(file)}")
        return
    click.echo(f"# The statement is from {checked.issued}, and you publish in {checked.year}.")
    click.echo("aged:")
    for one in checked.aged:
        choices = f'"{one.choices}"' if one.aged.startswith("role ") else one.choices
        click.echo(f"  {one.aged}: {choices}    # {one.what}")
    say_next(f"paste them into {file}, keep one word of each, and run  campaign check{about(file)}")


def _wrapped(text: str, indent: str) -> str:
    return fill(
        text, width(), subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _json(checked: Checked) -> dict[str, object]:
    return {
        "file": checked.file,
        "campaign": checked.title,
        "posts": checked.posts,
        "problems": [
            {
                "file": one.where,
                "line": one.line,
                "column": one.column,
                "what": one.what,
                "mend": one.mend,
            }
            for one in checked.problems
        ],
        "open": [
            {"what": one.what, "mend": one.mend, "aged": one.aged or None} for one in checked.open
        ],
        "threads": list(checked.threads),
        "notes": list(checked.notes),
    }
