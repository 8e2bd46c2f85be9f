"""Bringing a database to the version this program knows, or saying why it cannot be used."""

import shutil
import uuid
from importlib.resources import as_file
from pathlib import Path

import sqlalchemy as sa

from campaign.errors import StoreError
from campaign.shipped import folder
from campaign.store import schema

HEAD = "0002"  # the newest migration; a test compares it with the folder
ANY_TABLE = sa.text("SELECT 1 FROM sqlite_master")


def current_version(connection: sa.Connection) -> str | None:
    """The database's schema version: None for an empty one, one cheap query otherwise."""
    tables = sa.text("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")
    if connection.execute(tables).first() is None:
        return None
    version = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    return str(version) if version else None


def bring_up(engine: sa.Engine, path: Path) -> None:
    """Migrate an empty or older database; a copy is kept beside an older one first.

    Raises StoreError for a newer database, or an older one with something claimed or armed.
    """
    with engine.connect() as connection:
        version = current_version(connection)
        is_foreign = version is None and connection.execute(ANY_TABLE).first() is not None
    if is_foreign:
        raise StoreError(f"{path} is another program's database. Name another one with --database.")
    if version == HEAD:
        return
    if version is not None:
        _refuse_unless_idle(engine, path, version)
        shutil.copy2(path, path.with_name(f"{path.name}.before-{HEAD}"))
    _upgrade(engine)


def _upgrade(engine: sa.Engine) -> None:
    from alembic import command  # 0.3 s to import: only when there is something to do
    from alembic.config import Config

    alone = engine.execution_options(immediate=True)  # of two programs, one finds it done
    with as_file(folder("migrations")) as place, alone.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(place).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        if connection.execute(sa.select(schema.installation.c.id)).first() is None:
            row = {"id": 1, "uuid": str(uuid.uuid4())}
            connection.execute(schema.installation.insert(), row)


def _refuse_unless_idle(engine: sa.Engine, path: Path, version: str) -> None:
    if version > HEAD:
        raise StoreError(
            f"{path} was made by a newer campaign (its version is {version}, this one knows"
            f" {HEAD}). Install the newer one: pip install --upgrade campaign"
        )
    busy = sa.text("SELECT count(*) FROM delivery WHERE state IN ('claimed', 'armed')")
    with engine.connect() as connection:
        if connection.execute(busy).scalar():
            raise StoreError(
                f"{path} has to be upgraded, and posts are being sent. Stop campaign run first."
            )
