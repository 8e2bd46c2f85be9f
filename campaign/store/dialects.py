"""What SQLite and PostgreSQL do differently, each in one class. All other SQL is the same.

A write has its turn before it reads anything. On SQLite there is one writer. On PostgreSQL an
advisory lock parts them: rounds of workers share it, and a person's command has it alone. So a
command meets no round half done, as on SQLite, and a round's reads are newer than any command.
Row locks (`FOR UPDATE`) part the rounds among themselves; SQLite passes them over.
"""

import sqlite3
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa

from campaign.clock import CarriedClock, Clock, SystemClock
from campaign.errors import StoreError
from campaign.store.place import Place, Server

BUSY_SECONDS = 15
TURN_SECONDS = 6 * BUSY_SECONDS  # longer than a worker frozen in its round can hold its turn
CONNECT_SECONDS = 10
LOCKS = 1667329392  # "camp": the class of our advisory locks
TURN, HEAD, PRESENCE = 1, 2, 3
CHANNEL = "campaign"


class Dialect(Protocol):
    """`names` lists the tables; `now` is the database's own instant, where it is asked for one."""

    @property
    def names(self) -> sa.TextClause: ...

    @property
    def now(self) -> sa.ColumnElement[Any]: ...

    def clock(self, given: Clock) -> Clock: ...

    def engine(self) -> sa.Engine: ...

    def reading(self, engine: sa.Engine) -> sa.Engine:
        """The same for reads: all statements of one see the same moment."""

    def take_turn(self, connection: sa.Connection, *, alone: bool) -> None:
        """The first statement of a write: wait for one's turn."""

    def take_time(self, connection: sa.Connection) -> None:
        """A migration of many rows takes as long as it needs, once it is its turn."""

    def hold_head(self, connection: sa.Connection) -> None:
        """Wait for the end of the audit's chain; it is held until the commit."""

    def wake_workers(self, connection: sa.Connection) -> None:
        """Tell every worker, at the commit, that a person changed something."""

    def refuse_unfit(self, engine: sa.Engine) -> None:
        """Raise StoreError where the way to the database would break our promises."""


class SQLite:
    """One file, one writer: BEGIN IMMEDIATE is the turn, the head and the row locks in one."""

    names = sa.text("SELECT name FROM sqlite_master")
    now = sa.null()

    def __init__(self, path: Path) -> None:
        self.path = path

    def clock(self, given: Clock) -> Clock:
        return given

    def engine(self) -> sa.Engine:
        engine = sa.create_engine(
            "sqlite+pysqlite://",
            creator=lambda: sqlite3.connect(
                self.path, timeout=BUSY_SECONDS, check_same_thread=False
            ),
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

    def reading(self, engine: sa.Engine) -> sa.Engine:
        return engine  # while one reads, nobody commits

    def take_turn(self, connection: sa.Connection, *, alone: bool) -> None:
        """It has begun as the only writer."""

    def take_time(self, connection: sa.Connection) -> None:
        """Nothing ends a statement here."""

    def hold_head(self, connection: sa.Connection) -> None:
        """Nobody else can write."""

    def wake_workers(self, connection: sa.Connection) -> None:
        """The daemon looks at PRAGMA data_version."""

    def refuse_unfit(self, engine: sa.Engine) -> None:
        """A file is what it is."""


class PostgreSQL:
    """One database, any number of workers."""

    names = sa.text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
    now = sa.func.clock_timestamp()

    # A session that hangs must not hold its locks: what waits longer than this is given up.
    SETTINGS = (
        ("synchronous_commit", "on"),  # an arm survives a power cut
        ("lock_timeout", f"{BUSY_SECONDS}s"),
        ("statement_timeout", f"{2 * BUSY_SECONDS}s"),
        ("idle_in_transaction_session_timeout", f"{4 * BUSY_SECONDS}s"),
        ("timezone", "UTC"),
        # A plan made while a table is young, without statistics, scans it, and is kept when it has
        # grown: the trigger then read every attempt there ever was, 30 ms a round instead of 3.
        ("enable_seqscan", "off"),
        ("jit", "off"),  # it would compile whatever cannot do without a scan
    )

    def __init__(self, server: Server) -> None:
        self.server = server

    def clock(self, given: Clock) -> Clock:
        """The server's, so that all workers agree; but a rehearsal's or a test's stays."""
        return CarriedClock(given) if isinstance(given, SystemClock) else given

    def engine(self) -> sa.Engine:
        server = self.server
        url = sa.URL.create(
            "postgresql+psycopg",
            username=server.user,
            password=server.password,
            host=server.host,
            port=server.port,
            database=server.name,
        )
        lively = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
        usual = {"connect_timeout": CONNECT_SECONDS, "application_name": "campaign"}
        engine = sa.create_engine(
            url,
            isolation_level="READ COMMITTED",
            connect_args={**usual, **lively, **dict(server.options)},
        )

        @sa.event.listens_for(engine, "connect", insert=True)
        def _(db: Any, _record: object) -> None:
            self._set_up(db)

        return engine

    def reading(self, engine: sa.Engine) -> sa.Engine:
        return engine.execution_options(isolation_level="REPEATABLE READ")

    def _set_up(self, db: Any) -> None:
        """Settings of the session, asked for and then read back: a pooler could drop them."""
        encoding = db.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            raise StoreError(
                f"{self.server} keeps its text in {encoding}, and posts need UTF8. Make another"
                f" database:  {self.server.createdb(f'{self.server.name}_utf8')}"
            )
        for name, value in self.SETTINGS:
            db.execute("SELECT set_config(%s, %s, false)", (name, value))
        db.commit()
        (commit,) = db.execute("SELECT current_setting('synchronous_commit')").fetchone()
        db.commit()
        if commit != "on":
            raise StoreError(
                f"{self.server} does not keep the setting synchronous_commit=on, without which a"
                " post could go out twice after a power cut. Connect to the server itself."
            )

    def take_turn(self, connection: sa.Connection, *, alone: bool) -> None:
        """A command waits longer than others: a pause must not fail because one of them hangs."""
        if alone:
            for name in ("lock_timeout", "statement_timeout"):
                limit = sa.func.set_config(name, f"{TURN_SECONDS}s", sa.true())  # for this write
                connection.execute(sa.select(limit))
        lock = sa.func.pg_advisory_xact_lock if alone else sa.func.pg_advisory_xact_lock_shared
        connection.execute(sa.select(lock(LOCKS, TURN)))

    def take_time(self, connection: sa.Connection) -> None:
        connection.execute(sa.select(sa.func.set_config("statement_timeout", "0", sa.true())))

    def hold_head(self, connection: sa.Connection) -> None:
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCKS, HEAD)))

    def wake_workers(self, connection: sa.Connection) -> None:
        connection.execute(sa.select(sa.func.pg_notify(CHANNEL, "")))

    def refuse_unfit(self, engine: sa.Engine) -> None:
        """A pooler that changes the server's session between two transactions takes away our
        settings and our locks. Where one stands between, two sessions must be two, and stay so.
        """
        with engine.connect() as one, engine.connect() as two:
            first = _backend(one)
            promised = one.connection.driver_connection
            if promised is None or promised.info.backend_pid == first:
                return  # nobody stands between
            if first == _backend(two) or first != _backend(one):
                raise StoreError(
                    f"{self.server} is reached through a pooler in transaction mode, which takes"
                    " locks away. Give the server's own address, or set the pooler to session mode."
                )


def _backend(connection: sa.Connection) -> int:
    pid = connection.scalar(sa.select(sa.func.pg_backend_pid()))
    connection.rollback()
    return int(pid or 0)


def dialect_for(place: Place) -> Dialect:
    return SQLite(place) if isinstance(place, Path) else PostgreSQL(place)
