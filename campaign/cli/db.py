"""`campaign db`: what a server's database needs once, before anybody uses it."""

from pathlib import Path

import click

from campaign.cli.options import at, database_option, database_place, say_next
from campaign.errors import UsageError


@click.group(epilog="Example:  campaign db upgrade --database postgresql://HOST/campaign")
def db() -> None:
    """Look after a PostgreSQL database. An SQLite file looks after itself."""


@db.command(epilog="Example:  campaign db upgrade --database postgresql://HOST/campaign")
@database_option
def upgrade(database: str | None) -> None:
    """Make the tables, or bring them to this version. Stop every `campaign run` first.

    Nothing else does it: workers and commands refuse a database of another version.
    """
    from campaign.store.migrate import upgrade_server

    place = database_place(database)
    if isinstance(place, Path):
        raise UsageError(
            f"{place} is an SQLite file, which is brought up by itself, with a copy beside it."
            " This command is for postgresql://… addresses."
        )
    before, after = upgrade_server(place)
    if before == after:
        click.echo(f"{place} has version {after} already. Nothing was changed.")
    else:
        was = f"It was {before}." if before else "It was empty."
        click.echo(f"{place} has version {after} now. {was}")
    say_next(f"campaign status{at(place)}")
