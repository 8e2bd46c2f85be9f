"""The publisher killed with SIGKILL at every statement, commit and platform step of a run.

Each cycle forks twice from a driver, which has no threads: one child runs the real daemon until
its fuse burns down, the next one recovers. Then the books are compared. Two drivers share the steps.
"""

import itertools
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from campaign.clock import SkippingClock
from campaign.daemon import Daemon
from campaign.domain.audit import Publication
from campaign.domain.states import State
from campaign.operations.audit import verify
from campaign.runtime import Runtime
from campaign.store.engine import open_store
from campaign.store.place import Place, Server
from campaign.store.publications import publications
from tests.conftest import TEMPLATE
from tests.factories import DUE, clock_at, drafted, fill
from tests.postgres import Cluster
from tests.publisher.fuse import Fuse, in_child, start_child
from tests.publisher.ledger import Ledger, SteppingOutbox

Network = type[Ledger] | type[SteppingOutbox]
NETWORKS: list[Network] = [SteppingOutbox, Ledger]
DRIVERS = 2  # a cycle mostly waits for the disk and the clock; so many run side by side
OUTLASTED = 4
STRIDE = {"sqlite": 1, "postgresql": 3}  # on a server a step costs more; CAMPAIGN_STRIDE=1: each
if "CAMPAIGN_STRIDE" in os.environ:
    STRIDE = dict.fromkeys(STRIDE, int(os.environ["CAMPAIGN_STRIDE"]))
TEXTS = (("One.",), ("Two, first.", "Two, second."))


@dataclass(frozen=True)
class Queue:
    """Where the cycles of one driver play: a filled database, made anew for each."""

    place: Place
    template: Path
    cluster: Cluster | None = None

    @property
    def recovery_after(self) -> timedelta:
        """A file's next daemon knows that its rows' holder is dead; a server's waits for leases."""
        return timedelta(minutes=1 if self.cluster is None else 4)

    def make_anew(self) -> None:
        if self.cluster is None:
            assert isinstance(self.place, Path)
            shutil.copy(self.template, self.place)
            return
        assert isinstance(self.place, Server)
        self.cluster.clear(self.place)
        fill_it(self.place)


def fill_it(place: Place) -> None:
    store = open_store(place, clock_at(DUE - timedelta(days=1)))
    fill(store, drafted(TEXTS))
    store.close()


def run(place: Place, folder: Path, network: Network, fuse: Fuse | None, start: timedelta) -> None:
    """The real daemon on a skipping clock, until nothing moves by itself any more."""
    clock = SkippingClock(DUE + start)
    store = open_store(place, clock)
    runtime = Runtime(store=store, clock=clock, folder=folder, adapter_of=lambda _name: network)
    if fuse:
        fuse.lay(runtime, network)
    for _ in range(3):  # a doubt is looked at after 30 s and after 2 min
        Daemon(runtime, permits=2).run(until_done=True)
        clock.skip_to(clock.now() + timedelta(minutes=2))


def count_steps(queue: Queue, folder: Path, network: Network) -> int:
    """How many steps an undisturbed run takes; counted in a child, so that this one stays bare."""
    queue.make_anew()
    count = folder / "steps"

    def work() -> None:
        fuse = Fuse(0)
        run(queue.place, folder, network, fuse, timedelta(0))
        count.write_text(str(fuse.steps))

    assert in_child(work) == 0
    assert len(network.published(folder)) == 3
    return int(count.read_text())


def kill_and_recover(queue: Queue, folder: Path, network: Network, step: int) -> bool:
    """One cycle. True when the fuse burned down before the run was over."""
    queue.make_anew()
    status = in_child(lambda: run(queue.place, folder, network, Fuse(step), timedelta(0)))
    killed = os.WIFSIGNALED(status)
    assert killed or status == 0
    recover = lambda: run(queue.place, folder, network, None, queue.recovery_after)  # noqa: E731
    assert in_child(recover) == 0
    check_books(queue.place, folder, network)
    return killed


def check_books(place: Place, folder: Path, network: Network) -> None:
    store = open_store(place, clock_at(DUE + timedelta(hours=1)))
    items = list(publications(store))
    verdict = verify(store)
    store.close()
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


def kill_at(steps: Iterator[int], queue: Queue, folder: Path, network: Network) -> None:
    """One driver's cycles, until several fuses in a row outlasted their run; threads and the load
    of the machine decide how many steps that takes. The number of kills is left in a file.
    """
    killed = outlasted = 0
    while outlasted < OUTLASTED:
        step = next(steps)
        cycle = folder / f"step-{step}"
        cycle.mkdir()
        burned = kill_and_recover(queue, cycle, network, step)
        killed, outlasted = killed + burned, 0 if burned else outlasted + 1
        shutil.rmtree(cycle)
    (folder / f"killed-{os.getpid()}").write_text(str(killed))


@pytest.mark.slow
@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("kind", STRIDE)
def test_killed_at_every_step_nothing_is_lost_or_doubled(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str, network: Network
) -> None:
    template = tmp_path / "template.db"
    fill_it(template)
    cluster = request.getfixturevalue("cluster") if kind == "postgresql" else None
    queues = [
        Queue(cluster.create(TEMPLATE) if cluster else tmp_path / f"{n}.db", template, cluster)
        for n in range(DRIVERS)
    ]
    (tmp_path / "whole").mkdir()
    steps = count_steps(queues[0], tmp_path / "whole", network)
    drivers = [
        start_child(
            lambda queue=queue, first=first: kill_at(  # type: ignore[misc]
                itertools.count(first, DRIVERS * STRIDE[kind]), queue, tmp_path, network
            ),
            seconds=1500,
        )
        for first, queue in enumerate(queues, 1)
    ]
    assert [os.waitpid(driver, 0)[1] for driver in drivers] == [0] * DRIVERS
    killed = sum(int(path.read_text()) for path in tmp_path.glob("killed-*"))
    assert killed * STRIDE[kind] >= steps * 0.7
