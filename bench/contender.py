"""What is measured: a queue with a set-up, a way in, workers, and a word on what is left."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from bench.cluster import Cluster
from bench.install import HOME, NODE_MODULES, PYTHON
from bench.peers.job import LINE

ROOT = Path(__file__).parents[1]
WORK = HOME / "work"


class Contender(ABC):
    """One queue, ours or a peer's. Each round begins with `setup`."""

    name: str
    database: str  # sqlite | postgresql
    most_workers = 2

    def __init__(self) -> None:
        self.folder = (ROOT / WORK / self.name.replace(" ", "-").replace(",", "")).resolve()
        self.record = self.folder / "record"

    @abstractmethod
    def setup(self, dues: Sequence[float]) -> None:
        """An empty queue with one job for each instant (Unix time)."""

    @abstractmethod
    def command(self, workers: int, how: Mapping[str, str]) -> tuple[list[str], dict[str, str]]:
        """The worker's command line and environment."""

    @abstractmethod
    def pending(self) -> int | None:
        """How many due jobs are not durably done yet; None where the table does not say."""

    def verify(self, count: int) -> None:
        """Raise AssertionError unless the end state is right: each job done once, none left."""
        numbers = [number for number, _ in self.records()]
        assert len(numbers) == count, f"{self.name}: {len(numbers)} of {count} jobs were done"
        assert len(set(numbers)) == count, f"{self.name}: a job was done twice"

    def processes(self, workers: int) -> int:
        """How many processes the harness starts for so many workers."""
        return workers

    def records(self) -> list[tuple[int, float]]:
        """What was done so far: (number, Unix time), in order."""
        raw = self.record.read_bytes() if self.record.exists() else b""
        return list(LINE.iter_unpack(raw[: len(raw) // LINE.size * LINE.size]))

    def done(self) -> int:
        return self.record.stat().st_size // LINE.size if self.record.exists() else 0

    def clear(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)

    @contextmanager
    def working(self, workers: int = 1, **how: str) -> Iterator[list[subprocess.Popen[bytes]]]:
        """Its workers at work; ended by their process groups, whatever happens."""
        command, environment = self.command(workers, how)
        log = (self.folder / "worker.log").open("ab")
        started = [_start(command, environment, log) for _ in range(self.processes(workers))]
        try:
            yield started
        finally:
            for process in started:
                _end(process)
            log.close()


def _start(
    command: list[str], environment: Mapping[str, str], log: IO[bytes]
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=log,
        stderr=log,
        start_new_session=True,
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with suppress(subprocess.TimeoutExpired):
            process.wait(5)


class Peer(Contender):
    """A queue of other people's, driven by `bench/peers/<module>`."""

    def __init__(
        self,
        name: str,
        module: str,
        *,
        cluster: Cluster | None = None,
        waiting: str | None = None,
        settings: Mapping[str, str] | None = None,
        most_workers: int = 2,
    ) -> None:
        """`waiting` counts, in its own table, what is due and not done."""
        self.name, self.module, self.waiting = name, module, waiting
        self.cluster = cluster
        self.database = "sqlite" if cluster is None else "postgresql"
        self.settings = settings or {}
        self.most_workers = most_workers
        super().__init__()

    def setup(self, dues: Sequence[float]) -> None:
        self.clear()
        if self.cluster is not None:
            self.cluster.make_anew(self._database)
        self._run("setup", "")
        self._run("enqueue", json.dumps(list(dues)))

    def command(self, workers: int, how: Mapping[str, str]) -> tuple[list[str], dict[str, str]]:
        return self._command("work"), {**self._environment(), "BENCH_WORKERS": str(workers), **how}

    def pending(self) -> int | None:
        if self.waiting is None:
            return None
        if self.cluster is not None:
            return self.cluster.ask(self.waiting, self._database)
        with sqlite3.connect(self.folder / "queue.db") as connection:
            return int(connection.execute(self.waiting).fetchone()[0])

    def processes(self, workers: int) -> int:
        return 1 if self.module == "huey_sqlite" else workers  # its consumer forks its workers

    @property
    def _database(self) -> str:
        return self.module

    def _run(self, verb: str, words: str) -> None:
        environment = {**os.environ, **self._environment(), "BENCH_WORKERS": "1"}
        done = subprocess.run(
            self._command(verb),
            cwd=ROOT,
            env=environment,
            input=words,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{self.name} {verb}: {done.stdout[-500:]}{done.stderr[-1500:]}")

    def _command(self, verb: str) -> list[str]:
        if self.module.endswith(".js"):
            return ["node", str(ROOT / "bench/peers" / self.module), verb]
        return [str(ROOT / PYTHON), "-m", f"bench.peers.{self.module}", verb]

    def _environment(self) -> dict[str, str]:
        place = {"BENCH_FILE": str(self.folder / "queue.db"), "BENCH_RECORD": str(self.record)}
        if self.cluster is not None:
            place["BENCH_PG"] = self.cluster.url(self._database)
        return {**place, "NODE_PATH": str(ROOT / NODE_MODULES), "PYTHONPATH": "", **self.settings}


def peers(here: set[str], cluster: Cluster | None) -> list[Peer]:
    """Every peer that is installed and has its database here."""
    found = []
    if "huey" in here:
        found.append(Peer("huey", "huey_sqlite"))
    if "apscheduler" in here:
        found.append(Peer("APScheduler's store", "apscheduler_sqlite", most_workers=1))
    if cluster is not None:
        found += _on_postgresql(here, cluster)
    return found


def _on_postgresql(here: set[str], cluster: Cluster) -> Iterator[Peer]:
    if "procrastinate" in here:
        waiting = (
            "SELECT count(*) FROM procrastinate_jobs"
            " WHERE status IN ('todo', 'doing') AND scheduled_at <= now()"
        )
        yield Peer("procrastinate", "procrastinate_pg", cluster=cluster, waiting=waiting)
    if "pgqueuer" in here:
        waiting = "SELECT count(*) FROM pgqueuer WHERE execute_after <= now()"
        for name, batch in (("pgqueuer", "10"), ("pgqueuer, batch 100", "100")):
            settings = {"BENCH_BATCH": batch}
            yield Peer(name, "pgqueuer_pg", cluster=cluster, waiting=waiting, settings=settings)
    if "graphile-worker" in here:
        waiting = "SELECT count(*) FROM graphile_worker._private_jobs WHERE run_at <= now()"
        module = "graphile_worker_pg.js"
        yield Peer("graphile-worker", module, cluster=cluster, waiting=waiting)
        settings = {"BENCH_LOCAL_QUEUE": "1"}
        name = "graphile-worker, localQueue"
        yield Peer(name, module, cluster=cluster, waiting=waiting, settings=settings)
