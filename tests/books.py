"""What the tables say, read past the product's own doors."""

import sqlite3
from pathlib import Path
from typing import Any

from campaign.domain.states import State
from campaign.store.engine import Store


def rows(path: Path, query: str, *values: object) -> list[tuple[Any, ...]]:
    """Every row that a query of one's own gives."""
    db = sqlite3.connect(path)
    try:
        return db.execute(query, values).fetchall()
    finally:
        db.close()


def force(path: Path, *statements: str) -> None:
    """Change a database by hand, as somebody with an editor could: its triggers are dropped."""
    db = sqlite3.connect(path, isolation_level=None)
    try:
        names = db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in names:
            db.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            db.execute(statement)
    finally:
        db.close()


def states(store: Store) -> list[State]:
    """Each part's state, by post and part."""
    found = rows(store.path, "SELECT state FROM delivery ORDER BY post_id, part")
    return [State(state) for (state,) in found]


def actions(store: Store) -> list[str]:
    """What the audit says was done, oldest first, after the scheduling."""
    found = rows(store.path, "SELECT action FROM audit ORDER BY seq")
    before = {"added", "scheduled", "approved"}
    return [action for (action,) in found if action not in before]


def outcomes(store: Store) -> list[str | None]:
    """Each attempt's outcome, oldest first."""
    found = rows(store.path, "SELECT outcome FROM attempt ORDER BY delivery_id, gen")
    return [outcome for (outcome,) in found]
