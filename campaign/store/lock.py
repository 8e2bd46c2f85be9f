"""One daemon for one SQLite file: the lock beside it, which ends with the process that holds it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from campaign.errors import CampaignError, StoreError


@contextmanager
def lock_file(database: Path, *, wait: float = 1.0) -> Iterator[None]:
    """One daemon for one SQLite file: the lock ends with the process, however it ends.

    It waits a moment, because `is_running` holds the lock while it looks.
    """
    lock = FileLock(_lock_path(database))
    try:
        lock.acquire(timeout=wait)
    except Timeout as error:
        raise CampaignError(
            f"Another campaign run already works on {database}. One is enough: leave it running,"
            " or stop it first."
        ) from error
    except OSError as error:
        raise StoreError(
            f"{database} and its folder must be writable to publish from it ({error.strerror})."
        ) from error
    try:
        yield
    finally:
        lock.release()


def is_running(database: Path) -> bool:
    """Whether a daemon holds the database's lock; no for one that we may not look at."""
    if not _lock_path(database).exists():
        return False
    try:
        with lock_file(database, wait=0):
            return False
    except StoreError:
        return False
    except CampaignError:
        return True


def _lock_path(database: Path) -> Path:
    real = database.resolve()  # two names of one file are one database
    return real.with_name(f"{real.name}.lock")
