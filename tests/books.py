"""What the tables say, read past the product's own doors."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from campaign.domain.states import State
from campaign.store.engine import Store
from campaign.store.place import Place


@contextmanager
def opened(place: Place) -> Iterator[Any]:
    """The driver's own connection, past our settings, on which each statement commits."""
    if isinstance(place, Path):
        db: Any = sqlite3.connect(place, isolation_level=None)
    else:
        db = psycopg.connect(
            dbname=place.name, user=place.user, autocommit=True, host=dict(place.options)["host"]
        )
    try:
        yield db
    finally:
        db.close()


def rows(place: Place, query: str, *values: object) -> list[tuple[Any, ...]]:
    """Every row that a query of one's own gives."""
    with opened(place) as db:
        if not isinstance(place, Path):
            query = query.replace("?", "%s")
        return list(db.execute(query, values).fetchall())


def force(place: Place, *statements: str, guarded: bool = False) -> None:
    """Change a database by hand, as somebody with an editor could: its triggers are off.

    `guarded` puts them back afterwards.
    """
    with opened(place) as db:
        on = _triggers(db, place) if guarded else []
        if isinstance(place, Path):
            names = db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
            off = [f"DROP TRIGGER {name}" for (name,) in names]
        else:
            off = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in ("delivery", "audit")]
        for statement in (*off, *statements, *on):
            db.execute(statement)


def _triggers(db: Any, place: Place) -> list[str]:
    """What makes the triggers act again."""
    if isinstance(place, Path):
        query = "SELECT sql FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = (
            "SELECT format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', tgrelid::regclass, tgname)"
            " FROM pg_trigger WHERE NOT tgisinternal"
        )
    return [statement for (statement,) in db.execute(query).fetchall()]


def database_file(store: Store) -> Path:
    assert isinstance(store.place, Path)
    return store.place


def every_row(place: Place) -> list[tuple[Any, ...]]:
    tables = ("post", "delivery", "campaign", "account", "approval", "attempt", "audit", "control")
    return [row for table in tables for row in rows(place, f"SELECT * FROM {table}")]


def states(store: Store) -> list[State]:
    """Each part's state, by post and part."""
    found = rows(store.place, "SELECT state FROM delivery ORDER BY post_id, part")
    return [State(state) for (state,) in found]


def actions(store: Store) -> list[str]:
    """What the audit says was done, oldest first, after the scheduling."""
    found = rows(store.place, "SELECT action FROM audit ORDER BY seq")
    before = {"added", "scheduled", "approved"}
    return [action for (action,) in found if action not in before]


def outcomes(store: Store) -> list[str | None]:
    """Each attempt's outcome, oldest first."""
    found = rows(store.place, "SELECT outcome FROM attempt ORDER BY delivery_id, gen")
    return [outcome for (outcome,) in found]
