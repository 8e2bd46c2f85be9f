"""Opening the database, and the two ways to use it: a short read, or a write with its records."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from campaign.clock import Clock
from campaign.domain.audit import Fact
from campaign.errors import StoreError
from campaign.store import audit, migrate

BUSY_SECONDS = 15
Connection = sa.Connection


class Transaction:
    """One write. `now` is its instant; what `record` collects is chained just before the commit."""

    def __init__(self, connection: sa.Connection, actor: str, clock: Clock) -> None:
        self.connection = connection
        self.actor = actor
        self.now = clock.now()
        self._records: list[audit.Entry] = []

    def record(
        self, action: str, subject: str, *, content_hash: str | None = None, **facts: Fact
    ) -> None:
        """Say in the audit who does what to which post, account or campaign."""
        self._records.append(audit.Entry(action, subject, content_hash, facts))

    def execute(self, statement: sa.Executable, values: Any = None) -> sa.CursorResult[Any]:
        return self.connection.execute(statement, values)

    def _chain(self) -> None:
        audit.append(self.connection, self.now, self.actor, self._records)


class Store:
    """A campaign database. One instance may be shared by threads."""

    def __init__(self, engine: sa.Engine, path: Path, clock: Clock) -> None:
        self._engine = engine
        self.path = path
        self.clock = clock
        self._watch: sa.Connection | None = None

    @contextmanager
    def write(self, actor: str) -> Iterator[Transaction]:
        """A transaction that holds the database's only write lock from its first moment.

        Raises StoreError when the database is locked, full, read-only or gone; nothing is then
        kept, except that a failed commit may be in doubt.
        """
        with _sentences(self.path), self._engine.connect() as plain:
            connection = plain.execution_options(immediate=True)
            with connection.begin():
                transaction = Transaction(connection, actor, self.clock)
                yield transaction
                transaction._chain()  # noqa: SLF001  (the last act before the commit)

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A read that should end soon: on SQLite a reader stops the writer."""
        with _sentences(self.path), self._engine.connect() as connection:
            yield connection

    def version(self) -> int:
        """A number that changes when another connection has committed. Asks no table."""
        with _sentences(self.path):
            if self._watch is None:
                self._watch = self._engine.connect()
            number = self._watch.exec_driver_sql("PRAGMA data_version").scalar()
            self._watch.rollback()
        return int(number or 0)

    def close(self) -> None:
        if self._watch is not None:
            self._watch.close()
        self._engine.dispose()


def open_store(path: Path, clock: Clock, *, create: bool = True) -> Store:
    """Open the SQLite database at `path`, made and migrated where needed.

    Raises StoreError, also where there is none and `create` is false.
    """
    if path.is_dir():
        raise StoreError(f"{path} is a folder. Give the database's own name: {path / path.name}.db")
    if not path.exists() and not create:
        raise StoreError(f"There is no database {path} yet. Make it: campaign schedule")
    if not path.parent.is_dir():
        raise StoreError(f"The folder {path.parent} is not there. Make it, or name another one.")
    engine = _engine(path)
    with _sentences(path):
        migrate.bring_up(engine, path)
    return Store(engine, path, clock)


def _engine(path: Path) -> sa.Engine:
    engine = sa.create_engine(
        "sqlite+pysqlite://",
        creator=lambda: sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False),
        poolclass=sa.QueuePool,
    )

    @sa.event.listens_for(engine, "connect")
    def _(db: sqlite3.Connection, _record: object) -> None:
        db.isolation_level = None  # the driver begins nothing by itself
        # TRUNCATE, not WAL: SQLite before 3.51.3 can lose commits in WAL mode
        # (https://sqlite.org/wal.html#walresetbug). FULL: an arm survives a power cut.
        for pragma in ("journal_mode=TRUNCATE", "synchronous=FULL", "foreign_keys=ON"):
            db.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def _(connection: sa.Connection) -> None:
        immediate = connection.get_execution_options().get("immediate")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


@contextmanager
def _sentences(path: Path) -> Iterator[None]:
    """Turn the driver's errors into sentences. The state table's refusals are bugs and stay."""
    try:
        yield
    except (sa.exc.OperationalError, sa.exc.DatabaseError) as error:
        if isinstance(error, sa.exc.IntegrityError):
            raise
        raise StoreError(_sentence(path, str(error.orig))) from error
    except sqlite3.OperationalError as error:
        raise StoreError(_sentence(path, str(error))) from error


def _sentence(path: Path, reason: str) -> str:
    if "locked" in reason:
        return (
            f"{path} is locked by another program for more than {BUSY_SECONDS} s."
            " Close what has it open, then try again. Nothing was changed."
        )
    if "readonly" in reason or "read-only" in reason:
        return f"{path} is read-only. Make the file and its folder writable. Nothing was changed."
    if "full" in reason or "disk I/O" in reason:
        return f"The disk of {path} is full or failing ({reason}). Nothing was changed."
    if "unable to open" in reason:
        return f"{path} cannot be opened: its folder or the file may not be writable for you."
    if "not a database" in reason:
        return f"{path} is not a campaign database. Name another one with --database."
    return f"{path} cannot be used: {reason}."
