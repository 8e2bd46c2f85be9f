"""What a database says when it cannot be used, as a sentence that a person can act on."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from campaign.errors import StoreError
from campaign.store.dialects import BUSY_SECONDS
from campaign.store.place import Place, Server


@contextmanager
def sentences(place: Place) -> Iterator[None]:
    """Turn the driver's errors into StoreError. Values that a table refuses are bugs, and stay."""
    try:
        yield
    except (sa.exc.IntegrityError, sa.exc.DataError):
        raise
    except sa.exc.DBAPIError as error:
        raise StoreError(_sentence(place, error.orig or error)) from error
    except sqlite3.OperationalError as error:
        raise StoreError(_sentence(place, error)) from error


def _sentence(place: Place, error: BaseException) -> str:
    if isinstance(place, Path):
        name = getattr(error, "sqlite_errorname", "")
        return MOVED.format(place=place) if name == DBMOVED else _of_file(place, str(error))
    return _of_server(place, getattr(error, "sqlstate", None) or "", str(error))


DBMOVED = "SQLITE_READONLY_DBMOVED"
MOVED = (
    "{place} is not the file any more that it was: it was moved, taken away or replaced while this"
    " program had it open. Put it back, or start this program again. Nothing was changed."
)


def _of_file(path: Path, reason: str) -> str:
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


# By SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html; connections that
# fail carry none, so their words are looked for.
SERVER = (
    (("28P01", "password authentication failed", "no password supplied"),
     "{place} does not take this password. Check both in the address, or in ~/.pgpass."),
    (("28000", "pg_hba.conf", "role "),
     "{place} does not let this user in. Ask whoever runs the server for a login and its rights."),
    (("3D000", "does not exist"),
     "There is no database {name} on that server. Make it:  {createdb}"),
    (("42501",),
     ("{place} does not give this user the right to do that. Ask whoever runs the server for the"
      " right to read and to write in it. Nothing was changed.")),
    (("25006",),
     ("{place} is read-only (a standby, or set to be so). Give the address of the server that is"
      " written to. Nothing was changed.")),
    (("55P03", "57014", "40P01", "40001"),
     "{place} is busy: a lock was waited for in vain. Try again in a minute. Nothing was changed."),
    (("53100",), "The disk of {place} is full. Nothing was changed."),
    (("53300", "too many clients"),
     "{place} has no connection free. End programs that use it, or raise its max_connections."),
    (("42P01", "42703"),
     "{place} does not have the tables of this campaign. Make them: campaign db upgrade"),
    (("translate host name", "not known", "name resolution", "resolve"),
     "Nothing is known of the host in {place}. Check the address."),
    (("refused", "No such file", "timeout", "timed out", "unreachable", "No route"),
     "No PostgreSQL server answers at {place}. Check the address, and that the server runs."),
    (("57P01", "57P02", "57P03", "closed the connection", "terminating", "consuming input",
      "connection is closed", "shutting down", "starting up", "could not send", "SSL SYSCALL"),
     "The PostgreSQL server of {place} has stopped, or the line to it is broken."),
)  # fmt: skip


def _of_server(server: Server, state: str, reason: str) -> str:
    for marks, sentence in SERVER:
        if state in marks or (not state and any(mark in reason for mark in marks)):
            return sentence.format(
                place=server, name=server.name, createdb=server.createdb(server.name)
            )
    first = reason.strip().splitlines()[0] if reason.strip() else "it gave no reason"
    return f"{server} cannot be used: {first}."
