"""Runs that are killed with SIGKILL at one step of theirs, the run that recovers, and the books.

A cycle forks twice from a driver, which has no threads: one child runs the real daemon until its
fuse burns down, the next one recovers. Several drivers share the steps.
"""

import itertools
import os
import random
import shutil
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

from campaign.clock import SkippingClock
from campaign.daemon import Daemon
from campaign.domain.audit import Publication
from campaign.domain.campaign import Account
from campaign.domain.states import State
from campaign.operations.audit import verify
from campaign.operations.status import status
from campaign.platforms.base import DuplicateSafety, Platform
from campaign.runtime import Runtime
from campaign.store.engine import Store, open_store
from campaign.store.place import Place, Server
from campaign.store.publications import publications
from tests.factories import DUE, clock_at, drafted, fill
from tests.postgres import Cluster
from tests.publisher.fuse import Fuse, in_child

DRIVERS = 2  # a cycle mostly waits for the disk and the clock; so many run side by side
OUTLASTED = 4
# Where a part may stand after a recovery, and how often it may then be public.
PUBLIC: dict[DuplicateSafety, dict[State, set[int]]] = {
    DuplicateSafety.REPLAY: {State.PUBLISHED: {1}},
    DuplicateSafety.LOOKUP: {State.PUBLISHED: {1}, State.UNKNOWN: {0}, State.QUEUED: {0}},
    DuplicateSafety.ASK: {State.PUBLISHED: {1}, State.UNKNOWN: {0, 1}, State.QUEUED: {0}},
}


class Scene:
    """What one driver's cycles publish, and through what. `network` has a `step` to be killed at."""

    safety: DuplicateSafety
    network: Any
    accounts: Sequence[Account] = ()
    texts: ClassVar[Sequence[Sequence[str]]] = (("One.",), ("Two, first.", "Two, second."))
    permits: ClassVar[int] = 2

    def adapter_of(self, account: Account) -> type[Platform]:
        """As in a Runtime."""
        raise NotImplementedError

    def published(self, folder: Path) -> list[str]:
        """Every part that is public, as `called` names it, from the network's own ledger."""
        raise NotImplementedError

    def called(self, item: Publication) -> str:
        """What the ledger calls a part."""
        raise NotImplementedError

    def begin(self, folder: Path) -> None:
        """A network without posts, whose ledger lies in `folder`."""

    def end(self) -> None:
        """The cycle is over, and the network with it."""

    def check(self, folder: Path) -> None:
        """What else the ledger has to show."""


@dataclass(frozen=True)
class Queue:
    """Where the cycles of one driver play: a filled database, made anew for each. `passes_over`:
    kinds of steps at which nothing is killed.
    """

    scene: Scene
    place: Place
    template: Path
    cluster: Cluster | None = None
    passes_over: Collection[str] = ()

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
        fill_it(self.place, self.scene)

    def run(self, folder: Path, fuse: Fuse | None, start: timedelta) -> None:
        """The real daemon on a skipping clock, until nothing moves by itself any more."""
        scene, clock = self.scene, SkippingClock(DUE + start)
        store = open_store(self.place, clock)
        runtime = Runtime(store=store, clock=clock, folder=folder, adapter_of=scene.adapter_of)
        if fuse:
            fuse.lay(runtime, scene.network)
        for turn in range(6):  # a doubt is looked at after 30 s, 2 and 10 min
            if turn > 2 and not self._ends_by_itself(store):
                return
            Daemon(runtime, permits=scene.permits).run(until_done=True)
            clock.skip_to(clock.now() + timedelta(minutes=2 if turn < 2 else 8))

    def _ends_by_itself(self, store: Store) -> bool:
        """A replay that a busy machine began too late is tried once more."""
        is_replay = self.scene.safety is DuplicateSafety.REPLAY
        return is_replay and bool(status(store).doubts)

    def count_steps(self, folder: Path) -> int:
        """How many steps an undisturbed run takes; counted in a child: this one stays bare."""
        self.make_anew()
        count = folder / "steps"

        def work() -> None:
            fuse = self._fuse(0)
            self.run(folder, fuse, timedelta(0))
            count.write_text(str(fuse.steps))

        self.scene.begin(folder)
        assert in_child(work) == 0
        public = self.scene.published(folder)
        self.scene.end()
        assert len(public) == len(set(public)) == sum(len(parts) for parts in self.scene.texts)
        return int(count.read_text())

    def kill_and_recover(self, folder: Path, step: int, recovery: int = 0) -> bool:
        """One cycle. True when the fuse burned down before the run was over. `recovery`: the step
        at which a first recovery is killed as well.
        """
        self.make_anew()
        self.scene.begin(folder)
        start = timedelta(0)
        killed = self._killed(folder, step, start)
        if recovery:
            start += self.recovery_after
            self._killed(folder, recovery, start)
        start += self.recovery_after
        assert in_child(lambda: self.run(folder, None, start)) == 0
        check_books(self.place, folder, self.scene)
        self.scene.end()
        return killed

    def _fuse(self, length: int) -> Fuse:
        return Fuse(length, passes_over=self.passes_over)

    def _killed(self, folder: Path, step: int, start: timedelta) -> bool:
        status = in_child(lambda: self.run(folder, self._fuse(step), start))
        assert os.WIFSIGNALED(status) or status == 0
        return os.WIFSIGNALED(status)

    def kill_at(self, steps: Iterable[int], folder: Path, *, recoveries: int = 0) -> None:
        """One driver's cycles: all steps, or until several fuses in a row outlasted their run;
        threads and the load of the machine decide how many steps that takes. The number of kills
        is left in a file. `recoveries`: of how many cycles one recovery is killed too, at a step
        by chance.
        """
        killed = outlasted = 0
        chance = random.Random(1)
        for step in steps:
            if outlasted == OUTLASTED:
                break
            cycle = folder / f"step-{step}"
            cycle.mkdir()
            again = recoveries and chance.randrange(recoveries) == 0
            burned = self.kill_and_recover(cycle, step, chance.randint(1, 60) if again else 0)
            killed, outlasted = killed + burned, 0 if burned else outlasted + 1
            shutil.rmtree(cycle)
        (folder / f"killed-{os.getpid()}").write_text(str(killed))


def fill_it(place: Place, scene: Scene) -> None:
    store = open_store(place, clock_at(DUE - timedelta(days=1)))
    fill(store, drafted(scene.texts, accounts=scene.accounts))
    store.close()


def check_books(place: Place, folder: Path, scene: Scene) -> None:
    store = open_store(place, clock_at(DUE + timedelta(hours=1)))
    items = list(publications(store))
    shown = {(doubt.post_key, doubt.part) for doubt in status(store).doubts}
    verdict = verify(store)
    store.close()
    assert verdict.faults == ()
    public = Counter(scene.published(folder))
    assert not [name for name, times in public.items() if times > 1], "published twice"
    for item in items:
        name, allowed = scene.called(item), PUBLIC[scene.safety]
        assert item.state in allowed, f"{name} was lost: {item.state}"
        assert public[name] in allowed[item.state], f"{name} is {item.state}: {public[name]}"
    doubts = {(item.post_key, item.part) for item in items if item.state is State.UNKNOWN}
    assert shown == doubts, "a doubt is not shown"
    scene.check(folder)


def every(stride: int, driver: int) -> Iterator[int]:
    """The steps of one of the drivers, numbered from 0."""
    return itertools.count(1 + driver * stride, DRIVERS * stride)
