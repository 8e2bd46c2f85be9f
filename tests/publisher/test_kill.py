"""The publisher killed with SIGKILL at every statement, commit and platform step of a run.

Each cycle forks twice from a driver, which has no threads: one child runs the real daemon until
its fuse burns down, the next one recovers. Then the books are compared. Two drivers share the steps.
"""

import itertools
import os
import shutil
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from campaign.clock import SkippingClock
from campaign.daemon import Daemon
from campaign.domain.audit import Publication
from campaign.domain.states import State
from campaign.operations.audit import verify
from campaign.runtime import Runtime, open_runtime
from campaign.store.publications import publications
from tests.factories import DUE, clock_at, drafted, fill
from tests.publisher.ledger import Ledger, SteppingOutbox

Network = type[Ledger] | type[SteppingOutbox]
NETWORKS: list[Network] = [SteppingOutbox, Ledger]
DRIVERS = 2  # a cycle mostly waits for the disk and the clock; so many run side by side
OUTLASTED = 4
TEXTS = (("One.",), ("Two, first.", "Two, second."))


class Fuse:
    """Counts steps; at step `length` the process kills itself. Length 0 only counts."""

    def __init__(self, length: int) -> None:
        self.length = length
        self.steps = 0

    def burn(self, _name: str = "") -> None:
        self.steps += 1
        if self.steps == self.length:
            os.kill(os.getpid(), signal.SIGKILL)

    def lay(self, runtime: Runtime, network: Network) -> None:
        engine = runtime.store._engine
        sa.event.listen(engine, "before_cursor_execute", lambda *_: self.burn())
        sa.event.listen(engine, "commit", lambda *_: self.burn())  # just before it
        sa.event.listen(engine, "checkin", lambda *_: self.burn())  # just after it
        network.step = staticmethod(self.burn)


def in_child(work: Callable[[], None]) -> int:
    """Run `work` in a forked child; returns its wait status."""
    return os.waitpid(start_child(work, seconds=60), 0)[1]


def start_child(work: Callable[[], None], *, seconds: int) -> int:
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        signal.alarm(seconds)  # a child that hangs ends, and its status says so
        try:
            work()
        except BaseException:  # noqa: BLE001
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return child


def run(folder: Path, network: Network, fuse: Fuse | None, start: timedelta) -> None:
    """The real daemon on a skipping clock, until nothing moves by itself any more."""
    clock = SkippingClock(DUE + start)
    runtime = open_runtime(folder / "campaign.db", clock, adapter_of=lambda _name: network)
    if fuse:
        fuse.lay(runtime, network)
    for _ in range(3):  # a doubt is looked at after 30 s and after 2 min
        Daemon(runtime, permits=2).run(until_done=True)
        clock.skip_to(clock.now() + timedelta(minutes=2))


def prepare(folder: Path) -> Path:
    folder.mkdir()
    path = folder / "campaign.db"
    runtime = open_runtime(path, clock_at(DUE - timedelta(days=1)))
    fill(runtime.store, drafted(TEXTS))
    runtime.store.close()
    return path


def count_steps(folder: Path, template: Path, network: Network) -> int:
    """How many steps an undisturbed run takes; counted in a child, so that this one stays bare."""
    shutil.copy(template, folder / "campaign.db")
    count = folder / "steps"

    def work() -> None:
        fuse = Fuse(0)
        run(folder, network, fuse, timedelta(0))
        count.write_text(str(fuse.steps))

    assert in_child(work) == 0
    assert len(network.published(folder)) == 3
    return int(count.read_text())


def kill_and_recover(folder: Path, template: Path, network: Network, step: int) -> bool:
    """One cycle. True when the fuse burned down before the run was over."""
    shutil.copy(template, folder / "campaign.db")
    status = in_child(lambda: run(folder, network, Fuse(step), timedelta(0)))
    killed = os.WIFSIGNALED(status)
    assert killed or status == 0
    assert in_child(lambda: run(folder, network, None, timedelta(minutes=1))) == 0
    check_books(folder, network)
    return killed


def check_books(folder: Path, network: Network) -> None:
    runtime = open_runtime(folder / "campaign.db", clock_at(DUE + timedelta(hours=1)))
    items = list(publications(runtime.store))
    verdict = verify(runtime.store)
    runtime.store.close()
    assert verdict.faults == ()
    public = Counter(network.published(folder))
    assert not [name for name, times in public.items() if times > 1], "published twice"
    for item in items:
        check_part(item, public, network)


def check_part(item: Publication, public: Counter[str], network: Network) -> None:
    name = f"{item.post_key} {item.part}"
    if network is SteppingOutbox:
        name = f"{item.post_key.replace('/', '.')}.{item.part}"
        assert item.state is State.PUBLISHED, f"{name} was lost: {item.state}"
    # ASK: what was in doubt stays unknown, and a part behind it waits; nothing else is allowed.
    assert item.state in {State.PUBLISHED, State.UNKNOWN, State.QUEUED}
    if item.state is State.PUBLISHED:
        assert public[name] == 1, f"{name} is called published and is not"
    if item.state is State.QUEUED:
        assert public[name] == 0


def kill_at(steps: Iterator[int], folder: Path, template: Path, network: Network) -> None:
    """One driver's cycles, until several fuses in a row outlasted their run; threads and the load
    of the machine decide how many steps that takes. The number of kills is left in a file.
    """
    killed = outlasted = 0
    while outlasted < OUTLASTED:
        cycle = folder / f"step-{next(steps)}"
        cycle.mkdir()
        burned = kill_and_recover(cycle, template, network, int(cycle.name.partition("-")[2]))
        killed, outlasted = killed + burned, 0 if burned else outlasted + 1
        shutil.rmtree(cycle)
    (folder / f"killed-{os.getpid()}").write_text(str(killed))


@pytest.mark.slow
@pytest.mark.parametrize("network", NETWORKS)
def test_killed_at_every_step_nothing_is_lost_or_doubled(tmp_path: Path, network: Network) -> None:
    template = prepare(tmp_path / "template")
    (tmp_path / "whole").mkdir()
    steps = count_steps(tmp_path / "whole", template, network)
    drivers = [
        start_child(
            lambda first=first: kill_at(  # type: ignore[misc]
                itertools.count(first, DRIVERS), tmp_path, template, network
            ),
            seconds=600,
        )
        for first in range(1, DRIVERS + 1)
    ]
    assert [os.waitpid(driver, 0)[1] for driver in drivers] == [0] * DRIVERS
    killed = sum(int(path.read_text()) for path in tmp_path.glob("killed-*"))
    assert killed >= steps * 0.7
