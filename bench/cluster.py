"""A PostgreSQL of the bench's own: durable settings, a private folder, ended with the bench."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

SETTINGS = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "shared_buffers": "512MB",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "listen_addresses": "127.0.0.1",
}
USER = "bench"


@dataclass(frozen=True)
class Cluster:
    """`pid` is the postmaster's; each contender gets a database of its own, made anew."""

    binaries: Path
    port: int
    pid: int

    def url(self, database: str) -> str:
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{database}"

    def make_anew(self, database: str, template: str = "template1") -> str:
        """Drop and make a database; returns its URL."""
        self.ask(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
        self.ask(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
        return self.url(database)

    def ask(self, sql: str, database: str = "postgres") -> int:
        """Run it; the first field of an answer, or 0."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            found = connection.execute(sql)
            row = found.fetchone() if found.description else None
        return int(row[0]) if row else 0


def binaries() -> Path | None:
    """Where initdb, postgres, psql and pgbench are."""
    places = Path("/usr/lib/postgresql").glob("*/bin")  # Debian keeps them out of the PATH
    versions = sorted(places, key=lambda place: int(place.parent.name))
    if versions:
        return versions[-1]
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def cluster() -> Iterator[Cluster | None]:
    """Start one, and end it by its pid; None where PostgreSQL is not installed."""
    where = binaries()
    if where is None:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="campaign-bench-pg-", dir="/var/tmp"))
    owner = _owner(folder)
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "TZ": "UTC"}
    how: dict[str, Any] = {"cwd": folder, "env": environment, **owner}
    data, port = folder / "data", _free_port()
    usual = ["-U", USER, "-A", "trust", "-E", "UTF8", "--no-locale"]
    make = [str(where / "initdb"), "-D", str(data), *usual]
    subprocess.run(make, check=True, stdout=subprocess.DEVNULL, **how)
    options = {**SETTINGS, "port": str(port), "unix_socket_directories": str(folder)}
    settings = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
    log = (folder / "log").open("wb")
    server = subprocess.Popen(
        [where / "postgres", "-D", data, *settings], stdout=log, stderr=log, **how
    )
    try:
        _wait_until_ready(data, server)
        yield Cluster(binaries=where, port=port, pid=server.pid)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _owner(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: as root, everything is done as `postgres`."""
    if os.geteuid() != 0:
        return {}
    person = pwd.getpwnam("postgres")
    os.chown(folder, person.pw_uid, person.pw_gid)
    return {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_until_ready(data: Path, server: subprocess.Popen[bytes]) -> None:
    status = data / "postmaster.pid"
    until = time.monotonic() + 30
    while time.monotonic() < until and server.poll() is None:
        if status.exists() and "ready" in status.read_text():
            return
        time.sleep(0.02)
    raise RuntimeError(f"PostgreSQL did not start: {(data.parent / 'log').read_text()}")
