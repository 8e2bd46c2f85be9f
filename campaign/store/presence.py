"""A daemon's presence: who is running, and how a daemon hears that somebody else has written.

On SQLite a lock file lets one daemon run; on PostgreSQL each holds a shared lock of its session.
Both end with the process, however it ends, so nothing has to be tidied up or to grow old.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa
from filelock import FileLock, Timeout

from campaign.errors import CampaignError, StoreError
from campaign.store.dialects import CHANNEL, LOCKS, PRESENCE
from campaign.store.engine import Store
from campaign.store.place import Place
from campaign.store.sentences import sentences

AGAIN = 1.0  # seconds until a lost line is tried again


class Watch(Protocol):
    """`is_alone`: whoever else held rows of the queue is dead."""

    is_alone: bool

    def version(self) -> int:
        """A number that changes when somebody else has committed. Asks no table."""

    def close(self) -> None: ...


@contextmanager
def present(store: Store, ring: Callable[[], None]) -> Iterator[Watch]:
    """Be there, and be seen to be. `ring` is called when a server tells that somebody has written.

    Raises CampaignError where another daemon has the SQLite file.
    """
    with lock_file(store.place):
        is_file = isinstance(store.place, Path)
        watch: Watch = FileWatch(store) if is_file else Listener(store, ring)
        try:
            yield watch
        finally:
            watch.close()


class FileWatch:
    """PRAGMA data_version, on a connection kept for it."""

    is_alone = True

    def __init__(self, store: Store) -> None:
        self._place = store.place
        self._kept = store.keep()

    def version(self) -> int:
        with sentences(self._place):
            number = self._kept.exec_driver_sql("PRAGMA data_version").scalar()
            self._kept.rollback()
        return int(number or 0)

    def close(self) -> None:
        self._kept.close()


class Listener:
    """LISTEN, in a thread of its own. Its session holds the presence's lock."""

    is_alone = False

    def __init__(self, store: Store, ring: Callable[[], None]) -> None:
        self._store = store
        self._ring = ring
        self._heard = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="listener", daemon=True)
        self._thread.start()

    def version(self) -> int:
        return self._heard

    def close(self) -> None:
        self._ended.set()
        self._thread.join(5)

    def _serve(self) -> None:
        while not self._ended.is_set():
            with suppress(StoreError, self._store.driver_error):  # the loop says what is wrong
                self._listen()
            self._ended.wait(AGAIN)

    def _listen(self) -> None:
        kept = self._store.keep()
        try:
            driver: Any = kept.connection.driver_connection
            driver.autocommit = True
            driver.execute(f"SELECT pg_advisory_lock_shared({LOCKS}, {PRESENCE})")
            driver.execute(f"LISTEN {CHANNEL}")
            self._hear()  # what was said before the line was there is lost
            while not self._ended.is_set():
                for _notice in driver.notifies(timeout=0.5, stop_after=1):
                    self._hear()
        finally:
            kept.invalidate()  # closed, not lent to others: the lock and LISTEN go with it
            kept.close()

    def _hear(self) -> None:
        self._heard += 1
        self._ring()


@contextmanager
def lock_file(place: Place, *, wait: float = 1.0) -> Iterator[None]:
    """One daemon for one SQLite file: the lock ends with the process, however it ends.

    It waits a moment, because `running` holds the lock while it looks. A server has no such file.
    """
    if not isinstance(place, Path):
        yield
        return
    lock = FileLock(_lock_path(place))
    try:
        lock.acquire(timeout=wait)
    except Timeout as error:
        raise CampaignError(
            f"Another campaign run already works on {place}. One is enough: leave it running,"
            " or stop it first."
        ) from error
    except OSError as error:
        raise StoreError(
            f"{place} and its folder must be writable to publish from it ({error.strerror})."
        ) from error
    try:
        yield
    finally:
        lock.release()


def running(store: Store) -> int:
    """How many daemons are present now."""
    if isinstance(store.place, Path):
        return int(is_running(store.place))
    held = sa.text(
        "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database"
        " WHERE datname = current_database() AND locktype = 'advisory' AND granted"
        " AND classid = :locks AND objid = :presence"
    ).bindparams(locks=LOCKS, presence=PRESENCE)
    with store.read() as connection:
        return int(connection.execute(held).scalar_one())


def is_running(path: Path) -> bool:
    """Whether a daemon holds the file's lock; no for one that we may not look at."""
    if not _lock_path(path).exists():
        return False
    try:
        with lock_file(path, wait=0):
            return False
    except StoreError:
        return False
    except CampaignError:
        return True


def _lock_path(path: Path) -> Path:
    real = path.resolve()  # two names of one file are one database
    return real.with_name(f"{real.name}.lock")
