"""Options that several commands share, and how they become a store, a person, a file."""

from __future__ import annotations

import getpass
import os
import re
import shlex
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import category

import click

from campaign.errors import CampaignError, OldSchemaError, StoreError, UsageError
from campaign.secrets import ENV_FILE
from campaign.store.place import Place, read_place

if TYPE_CHECKING:
    from campaign.store.engine import Store

DATABASE = "campaign.db"
VARIABLE = "CAMPAIGN_DATABASE_URL"
KILL_VARIABLE = "CAMPAIGN_KILL_FILE"
FILE = Path("campaign.yaml")

Decorated = Callable[..., Any]


def file_argument(function: Decorated) -> Decorated:
    return click.argument("file", default="campaign.yaml", type=click.Path(path_type=Path))(
        function
    )


def file_option(function: Decorated) -> Decorated:
    return click.option(
        "-f",
        "--file",
        default="campaign.yaml",
        type=click.Path(path_type=Path),
        help="The campaign file. [campaign.yaml]",
    )(function)


def database_option(function: Decorated) -> Decorated:
    return click.option(
        "--database",
        envvar=VARIABLE,
        metavar="FILE|URL",
        help="The queue: an SQLite file, or postgresql://… [campaign.db beside the campaign file]",
    )(function)


def person_option(function: Decorated) -> Decorated:
    return click.option(
        "--as", "person", metavar="NAME", help="Who you are. [your name on this computer]"
    )(function)


def reason_option(text: str) -> Callable[[Decorated], Decorated]:
    """A reason stands in one line of a screen, whatever was typed."""
    return click.option(
        "--reason", callback=lambda _context, _option, said: one_line(said), help=text
    )


def kill_file_option(text: str) -> Callable[[Decorated], Decorated]:
    return click.option(
        "--kill-file", type=click.Path(path_type=Path), envvar=KILL_VARIABLE, help=text
    )


def one_line(said: str | None) -> str | None:
    """Without line ends and what steers a terminal; bytes that are no text become a mark."""
    if said is None:
        return None
    spaced = "".join(" " if category(each) == "Cc" else each for each in said)
    return " ".join(spaced.encode("utf-8", "replace").decode().split())


def json_option(function: Decorated) -> Decorated:
    return click.option("--json", "as_json", is_flag=True, help="Print JSON with stable keys.")(
        function
    )


def database_place(given: str | None, folder: Path = Path()) -> Place:
    """Where the queue is: as given (a path or an address), or `campaign.db` in `folder`.

    Raises CampaignError where a line in `.env` is meant to name another one.
    """
    if given:
        return read_place(given)
    with suppress(OSError):  # it may be somebody else's
        lines = (folder / ENV_FILE).read_text("utf-8", "replace").splitlines()
        if any(re.match(rf"\s*(export\s+)?{VARIABLE}\s*=", line) for line in lines):
            raise CampaignError(
                f"{VARIABLE} stands in {folder / ENV_FILE}, where only the secrets of accounts are"
                f" looked for. Set it where you type, too:  export {VARIABLE}=…"
            )
    return folder / DATABASE


def existing_store(given: str | None) -> Store:
    """The store of a campaign that was scheduled. Raises StoreError where there is none."""
    place = database_place(given)
    if isinstance(place, Path) and not place.exists():
        raise StoreError(
            f"There is no database {place} here, so nothing is scheduled yet."
            " Go to the campaign's folder, or make it:  campaign schedule"
        )
    return opened_store(place, create=False)


def opened_store(place: Place, *, create: bool = True) -> Store:
    """A store that is closed when the command ends, so that a server's session ends in order."""
    from campaign.clock import SystemClock
    from campaign.store.engine import open_store

    try:
        store = open_store(place, SystemClock(), create=create)
    except OldSchemaError as error:
        raise StoreError(f"{error}{at(place)}") from error
    click.get_current_context().call_on_close(store.close)
    return store


def at(database: Place) -> str:
    """What a command needs to find this database from here: nothing, or an option.

    An address is named without its password, so that none lands in a shell's history.
    """
    address = os.environ.get(VARIABLE)
    usual = read_place(address) if address else Path(DATABASE)
    return "" if database == usual else f" --database {shlex.quote(str(database))}"


def about(file: Path, option: str = "") -> str:
    """What a command needs to find this campaign file from here: nothing, or its name."""
    return "" if file == FILE else f"{option} {shlex.quote(str(file))}"


def person_name(given: str | None) -> str:
    """Who acts: the name given, or the one on this computer. Raises UsageError for no name."""
    try:
        name = getpass.getuser() if given is None else given.strip()
    except (KeyError, OSError) as error:
        raise UsageError("Nobody's name is known on this computer. Say it: --as NAME") from error
    if not name or any(category(each) in {"Cc", "Cs"} for each in name):
        raise UsageError("Whose name is that? Say yours in one line: --as NAME")
    return name


def is_interactive() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def print_json(value: object) -> None:
    import json

    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def say_next(command: str) -> None:
    """The last line of a screen: a command to paste."""
    click.echo(f"\nNext: {command}")


def confirm(question: str, refused: str) -> None:
    """Ask a person. Anything but yes ends the command, saying what did not happen."""
    try:
        if click.confirm(question):
            return
    except click.Abort:
        click.echo()
    raise CampaignError(refused)


def write_file(path: Path, text: str, encoding: str = "utf-8") -> None:
    """Raises CampaignError where the file cannot be written."""
    try:
        with path.open("w", encoding=encoding, newline="") as file:
            file.write(text)
    except OSError as error:
        raise CampaignError(
            f"{path} could not be written ({error.strerror}). Name another file or folder."
        ) from error
