"""Options that several commands share, and how they become a store, a person, a file."""

import getpass
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from campaign.clock import SystemClock
from campaign.errors import UsageError
from campaign.store.engine import Store, open_store

DATABASE = "campaign.db"

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
        envvar="CAMPAIGN_DATABASE_URL",
        metavar="FILE",
        help="The queue's SQLite file. [campaign.db beside the campaign file]",
    )(function)


def person_option(function: Decorated) -> Decorated:
    return click.option(
        "--as", "person", metavar="NAME", help="Who you are. [your name on this computer]"
    )(function)


def json_option(function: Decorated) -> Decorated:
    return click.option("--json", "as_json", is_flag=True, help="Print JSON with stable keys.")(
        function
    )


def database_path(given: str | None, folder: Path = Path()) -> Path:
    """The database's path: as given (a path or sqlite:///path), or `campaign.db` in `folder`."""
    if not given:
        return folder / DATABASE
    if given.startswith("sqlite:///"):
        return Path(given.removeprefix("sqlite:///"))
    if "://" in given:
        raise UsageError(
            f"The database {given.split('://')[0]}://… cannot be used: this version keeps the"
            " queue in an SQLite file. Give a path: --database campaign.db"
        )
    return Path(given)


def existing_store(given: str | None, folder: Path = Path()) -> Store:
    """The store of a campaign that was scheduled. Raises StoreError where there is none."""
    return open_store(database_path(given, folder), SystemClock(), create=False)


def person_name(given: str | None) -> str:
    """Who acts: the name given, or the one on this computer."""
    if given:
        return given.strip()
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:
        raise UsageError("Nobody's name is known on this computer. Say it: --as NAME") from error


def is_interactive() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def print_json(value: object) -> None:
    import json

    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def say_next(command: str) -> None:
    """The last line of a screen: a command to paste."""
    click.echo(f"\nNext: {command}")
