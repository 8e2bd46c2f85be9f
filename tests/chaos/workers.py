"""Workers that are there to be killed: forked from a warm parent, or slow, real processes."""

import concurrent.futures.thread  # noqa: F401  (else each worker would import it again)
import os
import signal
import sys
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from campaign.daemon import HOUSEKEEPING, REAP, Daemon
from campaign.domain.delivery import Looked
from campaign.errors import StoreError
from campaign.platforms.base import DuplicateSafety
from campaign.publisher.reap import reap
from campaign.publisher.round import Round
from campaign.publisher.timing import Timing
from campaign.runtime import Runtime
from campaign.store import queue
from campaign.store.engine import Store, open_store
from campaign.store.place import Place, Server, read_place
from tests.chaos.clock import SharedClock
from tests.chaos.oracle import Chaotic
from tests.factories import DUE
from tests.publisher.fuse import Fuse, start_child
from tests.publisher.stand import FAILED, NOT_SENT, PUBLISHED, UNKNOWN, settled

# Leases and looks as short as the cycles. How long a request may last is left as it is.
TIMING = Timing(
    arm_lease=timedelta(seconds=20),
    quiesce=timedelta(seconds=3),
    looks=tuple(timedelta(seconds=seconds) for seconds in (1, 4, 10, 20, 40, 60, 90, 120)),
)
PERMITS = 3
HANGS = 600  # seconds after which a worker is called hung, however busy the machine is


@dataclass(frozen=True, slots=True)
class Worker:
    """A living one. `report` says at which step its fuse burned down, if it has one."""

    pid: int
    report: Path | None = None

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)  # it is not yet waited for, so the number is its own

    def ended(self, *, wait: bool = False) -> int | None:
        """Its status, once it has ended."""
        pid, status = os.waitpid(self.pid, 0 if wait else os.WNOHANG)
        assert not pid or status in {0, signal.SIGKILL}, f"a worker ended with {status}"
        return status if pid else None

    def step(self) -> str:
        """What it was killed at: a step of its own, if it got so far as to write that down."""
        told = self.report.read_text() if self.report and self.report.exists() else ""
        return told or "random"


def work(
    store: Store, clock: SharedClock, folder: Path, fuse: Fuse | None, timing: Timing = TIMING
) -> None:
    """The real daemon, until nothing moves by itself any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is meant for who counts
    HOUSEKEEPING[REAP] = 0.5
    runtime = Runtime(store=store, clock=clock, folder=folder, adapter_of=lambda _name: Chaotic)
    if fuse:
        fuse.lay(runtime, Chaotic)
    Daemon(runtime, permits=PERMITS, timing=timing).run(until_done=True)


def supervised(
    store: Store, clock: SharedClock, folder: Path, fuse: Fuse | None, timing: Timing
) -> None:
    """Started anew where there was no database at its start."""
    while True:
        try:
            return work(store, clock, folder, fuse, timing)
        except StoreError:
            time.sleep(0.1)


def fork(
    store: Store, clock: SharedClock, folder: Path, fuse: Fuse | None, timing: Timing
) -> Worker:
    """From a parent with everything imported, its statements compiled, and nothing open."""
    pid = start_child(lambda: supervised(store, clock, folder, fuse, timing), seconds=HANGS)
    return Worker(pid, fuse.report if fuse else None)


def spawn(place: Place, clock: SharedClock, folder: Path) -> Worker:
    """A process of its own, which opens the database itself."""
    where = place if isinstance(place, Path) else _address(place)
    words = [where, folder, int(clock.skips), Chaotic.port, Chaotic.cycle, Chaotic.safety]
    command = [sys.executable, "-m", "tests.chaos.workers", *map(str, words)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return Worker(os.posix_spawn(sys.executable, command, environment))


def _address(server: Server) -> str:
    return f"postgresql://{server.user}@/{server.name}?host={dict(server.options)['host']}"


def main(where: str, folder: str, skips: str, port: str, cycle: str, safety: str) -> None:
    Chaotic.port, Chaotic.cycle = int(port), cycle
    Chaotic.safety = DuplicateSafety(safety)
    clock = shared_clock(Path(folder), skips=skips == "1")
    work(open_store(read_place(where), clock), clock, Path(folder), None)


def shared_clock(folder: Path, *, skips: bool) -> SharedClock:
    return SharedClock(DUE, folder / "clock", skips=skips)


def warm(store: Store, clock: SharedClock) -> None:
    """Compile what a worker asks of the database, by rounds without threads; leave nothing open.

    The store holds a campaign that is thrown away afterwards.
    """
    for outcome in (PUBLISHED, NOT_SENT, FAILED, UNKNOWN, UNKNOWN):
        playing = _round(store)
        _round(store, *[settled(armed, outcome) for armed in playing.armed], free=0)
    clock.pass_time(TIMING.looks[1].total_seconds())
    for look in _round(store).looks:
        absent = Looked(delivery=look, at=clock.now(), certain=True, replay_for=timedelta(hours=1))
        _round(store, absent, free=0)
    clock.pass_time(TIMING.arm_lease.total_seconds())
    reap(store, "warm", TIMING)
    with store.read() as connection:
        queue.next_ready(connection, clock.now())
        queue.can_go_on(connection)
    store.close()


def _round(store: Store, *returned: object, free: int = PERMITS) -> Round:
    playing = Round(store, "warm", TIMING)
    playing.play(returned, free=free, may_arm=True)  # type: ignore[arg-type]
    return playing


if __name__ == "__main__":
    main(*sys.argv[1:])
