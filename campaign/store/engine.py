"""Opening the database, and the two ways to use it: a short read, or a write with its records."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from campaign.clock import CarriedClock, Clock
from campaign.domain.audit import Fact
from campaign.domain.delivery import Delivery
from campaign.errors import StoreError
from campaign.store import audit, migrate
from campaign.store.dialects import Dialect, dialect_for
from campaign.store.place import Place
from campaign.store.sentences import sentences

Connection = sa.Connection


class Transaction:
    """One write. `now` is its instant; what `record` collects is chained just before the commit."""

    def __init__(self, connection: sa.Connection, actor: str, now: datetime) -> None:
        self.connection = connection
        self.actor = actor
        self.now = now
        self.records: list[audit.Entry] = []

    def record(
        self, action: str, subject: str, *, content_hash: str | None = None, **facts: Fact
    ) -> None:
        """Say in the audit who does what to which post, account or campaign."""
        self.records.append(audit.Entry(action, subject, content_hash, facts))

    def record_part(self, action: str, row: Delivery, **facts: Fact) -> None:
        """The same of one part of a post, with the attempt that it is of."""
        self.record(
            action,
            row.post_key,
            content_hash=row.content_hash,
            part=row.part,
            gen=row.gen,
            **facts,
        )

    def execute(self, statement: sa.Executable, values: Any = None) -> sa.CursorResult[Any]:
        return self.connection.execute(statement, values)


class Store:
    """A campaign database. One instance may be shared by threads."""

    def __init__(self, engine: sa.Engine, place: Place, dialect: Dialect, clock: Clock) -> None:
        self._engine = engine
        self._reading = dialect.reading(engine)
        self._dialect = dialect
        self.place = place
        self.clock = clock

    @contextmanager
    def write(self, actor: str, *, alone: bool = True) -> Iterator[Transaction]:
        """A transaction that meets no other command half done, and on SQLite nobody at all.

        `alone=False` is for the workers' rounds, which part themselves by row locks. Raises
        StoreError when the database is locked, full, read-only or gone; nothing is then kept,
        except that a failed commit may be in doubt.
        """
        with sentences(self.place), self._engine.connect() as plain:
            connection = plain.execution_options(immediate=True)
            with connection.begin():
                self._dialect.take_turn(connection, alone=alone)
                transaction = Transaction(connection, actor, self._begin(connection))
                yield transaction
                if alone:
                    self._dialect.wake_workers(connection)
                if transaction.records:
                    self._dialect.hold_head(connection)
                    audit.append(connection, transaction.now, actor, transaction.records)

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A read that sees one moment, and should end soon: on SQLite a reader stops the writer."""
        with sentences(self.place), self._reading.connect() as connection:
            yield connection

    def keep(self) -> sa.Connection:
        """A connection to be kept; the caller closes it."""
        with sentences(self.place):
            return self._engine.connect()

    @property
    def driver_error(self) -> type[BaseException]:
        """What a kept connection's driver raises."""
        return self._engine.dialect.loaded_dbapi.Error

    def close(self) -> None:
        self._engine.dispose()

    def _begin(self, connection: sa.Connection) -> datetime:
        """The write's instant, once it is its turn, in a schema that this program knows."""
        version, now = connection.execute(
            sa.select(migrate.VERSION, self._dialect.now.label("now"))
        ).one()
        migrate.refuse_unknown(self.place, version)
        if isinstance(self.clock, CarriedClock):
            self.clock.set(now)
        return self.clock.now()


def open_store(place: Place, clock: Clock, *, create: bool = True) -> Store:
    """Open the database: an SQLite file is made and migrated where needed, a server's never is.

    Raises StoreError, also where there is no file and `create` is false.
    """
    if isinstance(place, Path):
        _refuse_unusable(place, create=create)
    dialect = dialect_for(place)
    engine = dialect.engine()
    store = Store(engine, place, dialect, dialect.clock(clock))
    try:
        with sentences(place):
            dialect.refuse_unfit(engine)
            if isinstance(place, Path):
                migrate.bring_up(engine, dialect, place)
            else:
                migrate.refuse_other(engine, dialect, place)
        _set_clock(store, dialect)
    except BaseException:
        store.close()
        raise
    return store


def _set_clock(store: Store, dialect: Dialect) -> None:
    if isinstance(store.clock, CarriedClock):
        with store.read() as connection:
            store.clock.set(connection.execute(sa.select(dialect.now)).scalar_one())


def _refuse_unusable(path: Path, *, create: bool) -> None:
    if path.is_dir():
        raise StoreError(f"{path} is a folder. Give the database's own name: {path / path.name}.db")
    if not path.exists() and not create:
        raise StoreError(f"There is no database {path} yet. Make it: campaign schedule")
    if not path.parent.is_dir():
        raise StoreError(f"The folder {path.parent} is not there. Make it, or name another one.")
