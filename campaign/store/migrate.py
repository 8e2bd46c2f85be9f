"""Bringing a database to the version this program knows, or saying why it cannot be used."""

import shutil
import sqlite3
import uuid
from contextlib import closing
from importlib.resources import as_file
from pathlib import Path

import sqlalchemy as sa

from campaign.errors import OldSchemaError, StoreError
from campaign.shipped import folder
from campaign.store import schema
from campaign.store.dialects import Dialect, dialect_for
from campaign.store.place import Place, Server
from campaign.store.sentences import sentences

HEAD = "0003"  # the newest migration; a test compares it with the folder
TABLE = sa.table("alembic_version", sa.column("version_num", sa.String))
VERSION = TABLE.c.version_num


def current_version(connection: sa.Connection, dialect: Dialect, place: Place) -> str | None:
    """The database's schema version, None for an empty one; two cheap queries.

    Raises StoreError for a database of another program.
    """
    names = set(connection.scalars(dialect.names))
    if TABLE.name in names:
        return connection.scalar(sa.select(VERSION))
    if names:
        raise StoreError(
            f"{place} is another program's database. Name another one with --database."
        )
    return None


def refuse_unknown(place: Place, version: str | None) -> None:
    """Raise StoreError for a schema that is not known here, OldSchemaError for one from before."""
    if version == HEAD:
        return
    if version is not None and version > HEAD:
        raise StoreError(
            f"{place} was made by a newer campaign (its version is {version}, this one knows"
            f" {HEAD}). Use the newer one on this computer, too."
        )
    state = f"has version {version}, and this campaign needs {HEAD}" if version else "is empty"
    raise OldSchemaError(
        f"{place} {state}. Bring it up once, for all who use it:  campaign db upgrade"
    )


def refuse_other(engine: sa.Engine, dialect: Dialect, place: Place) -> None:
    with engine.connect() as connection:
        refuse_unknown(place, current_version(connection, dialect, place))


def bring_up(engine: sa.Engine, dialect: Dialect, path: Path) -> None:
    """Migrate an empty or older file; a copy is kept beside an older one first.

    Raises StoreError for a newer one, or an older one with something armed.
    """
    with engine.connect() as connection:
        version = current_version(connection, dialect, path)
    if version != HEAD:
        _upgrade(engine, dialect, path)


def upgrade_server(server: Server) -> tuple[str | None, str]:
    """Migrate a server's database; returns its version before and now.

    It waits for the rounds and commands under way, and holds up all others. Raises StoreError
    while something is armed.
    """
    dialect = dialect_for(server)
    engine = dialect.engine()
    try:
        with sentences(server):
            dialect.refuse_unfit(engine)
            return _upgrade(engine, dialect, server), HEAD
    finally:
        engine.dispose()


def _upgrade(engine: sa.Engine, dialect: Dialect, place: Place) -> str | None:
    from alembic import command  # 0.3 s to import: only when there is something to do
    from alembic.config import Config

    immediate = engine.execution_options(immediate=True)  # of two programs, one finds it done
    with as_file(folder("migrations")) as scripts, immediate.begin() as connection:
        dialect.take_turn(connection, alone=True)
        dialect.take_time(connection)
        version = current_version(connection, dialect, place)
        if version is not None:
            _refuse_unless_idle(connection, place, version)
        if isinstance(place, Path) and version not in (None, HEAD):
            _keep_copy(place)
        config = Config()
        config.set_main_option("script_location", str(scripts).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if connection.execute(sa.select(schema.installation.c.id)).first() is None:
            row = {"id": 1, "uuid": str(uuid.uuid4())}
            connection.execute(schema.installation.insert(), row)
    return version


def _keep_copy(path: Path) -> None:
    """By SQLite itself, while nobody else writes: to open and close the file by other means would
    take our locks away (https://sqlite.org/howtocorrupt.html).
    """
    copy = path.with_name(f"{path.name}.before-{HEAD}")
    half = copy.with_name(f"{copy.name}.half")
    half.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(half)) as new:
        old.backup(new)
    shutil.copymode(path, half)
    half.replace(copy)


def _refuse_unless_idle(connection: sa.Connection, place: Place, version: str) -> None:
    if version > HEAD:
        refuse_unknown(place, version)
    busy = sa.text("SELECT count(*) FROM delivery WHERE state IN ('claimed', 'armed')")
    if version != HEAD and connection.execute(busy).scalar():
        raise StoreError(
            f"{place} has to be upgraded, and posts are being sent. Stop campaign run first."
            " If none runs, one was killed while it sent: run it once with the version before."
        )
