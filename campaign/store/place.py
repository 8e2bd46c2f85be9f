"""Where a queue is kept: an SQLite file, or a PostgreSQL database by its address."""

import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from campaign.errors import UsageError

TOLD = ("host", "sslmode", "sslrootcert", "target_session_attrs")
# A slash too few, or libpq's own form: no path, and a password may stand in it.
NO_PATH = re.compile(r"postgres(?:ql)?[+\w]*:|(?:host|port|user|password|dbname|service)\s*=")
FORM = "postgresql://USER:PASSWORD@HOST:PORT/NAME"


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """One database of a PostgreSQL server. Its text and its repr never hold the password."""

    user: str | None = None
    password: str | None = field(default=None, repr=False)
    host: str | None = None
    port: int | None = None
    name: str = ""
    options: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def __str__(self) -> str:
        """As it can be typed again; of the options, those that hold no secret."""
        user = f"{quote(self.user, safe='')}@" if self.user else ""
        port = f":{self.port}" if self.port else ""
        told = "&".join(f"{name}={value}" for name, value in self.options if name in TOLD)
        return f"postgresql://{user}{self.host or ''}{port}/{self.name}{'?' if told else ''}{told}"

    def createdb(self, name: str) -> str:
        """The command that makes a database there, for whoever may do so."""
        host = self.host or dict(self.options).get("host")
        known = [("-h", host), ("-p", self.port), ("-U", self.user)]
        where = [word for flag, value in known if value for word in (flag, str(value))]
        return shlex.join(["createdb", *where, "--encoding", "UTF8", "-T", "template0", name])


Place: TypeAlias = Path | Server


def read_place(given: str) -> Place:
    """A path, sqlite:///path or a postgresql:// address. Raises UsageError for anything else.

    What cannot be read is never repeated: a part of it could be a password.
    """
    if given.startswith("sqlite:///"):
        return Path(given.removeprefix("sqlite:///"))
    scheme, separator, _rest = given.partition("://")
    if not separator and NO_PATH.match(given):
        raise UsageError(f"The PostgreSQL address cannot be read. Write {FORM}")
    if not separator:
        return Path(given)
    if scheme.partition("+")[0] not in {"postgresql", "postgres"}:
        raise UsageError(
            f"The database {scheme}://… cannot be used. Give the path of an SQLite file, or {FORM}"
        )
    return _server(given)


def _server(given: str) -> Server:
    try:
        parts = urlsplit(given)
        port = parts.port
    except ValueError as error:
        raise UsageError(
            f"The PostgreSQL address cannot be read. Write {FORM}; in the password, @ : / ? #"
            " and % are written as %40 %3A %2F %3F %23 and %25."
        ) from error
    name = unquote(parts.path.strip("/"))
    if not name:
        raise UsageError(f"The PostgreSQL address does not name a database. Write {FORM}")
    return Server(
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        host=unquote(parts.hostname) if parts.hostname else None,
        port=port,
        name=name,
        options=tuple(parse_qsl(parts.query)),
    )


def folder_of(place: Place) -> Path:
    """Where relative paths begin: beside the file; for a server, where the program was started."""
    return place.resolve().parent if isinstance(place, Path) else Path.cwd()
