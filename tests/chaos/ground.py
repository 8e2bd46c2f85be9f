"""The ground that workers are killed on: a network in its own process, a warm store, a campaign."""

import gc
import os
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path

from campaign.domain.plan import Planned
from campaign.operations.draft import Drafted
from campaign.platforms.base import DuplicateSafety
from campaign.publisher.timing import Timing
from campaign.store.engine import open_store
from campaign.store.place import Place
from tests.chaos.books import SECRET, Found, account, compare
from tests.chaos.oracle import Chaotic, Entry, Oracle
from tests.chaos.workers import TIMING, Worker, fork, shared_clock, spawn, warm
from tests.conftest import TEMPLATE
from tests.factories import DUE, clock_at, database, drafted, fill
from tests.postgres import Cluster
from tests.publisher.fuse import Fuse

MIXED = (
    ("One.",), ("Two.",), ("Three.", "three again."), ("Four.",),
    ("A.", "b.", "c.", "d.", "e.", "f."), ("Six.",), ("Seven.",), ("Eight.",),
)  # fmt: skip
ACCOUNTS = [account(f"press-{number}") for number in range(30)]
_numbers = count(1)


class Ground:
    """`cluster` is None for SQLite, whose file is in `room`. `texts`: the parts of each post."""

    def __init__(
        self, folder: Path, safety: DuplicateSafety, seed: int, cluster: Cluster | None,
        texts: Sequence[Sequence[str]] = MIXED, room: Path | None = None,
    ) -> None:  # fmt: skip
        os.environ["CHAOS_TOKEN"] = SECRET
        self.folder = folder
        self.safety = safety
        self.oracle = Oracle(folder, seed, keeps_keys=safety is DuplicateSafety.REPLAY)
        Chaotic.port, Chaotic.safety = self.oracle.port, safety
        self.is_alone = cluster is None
        self.clock = shared_clock(folder, skips=self.is_alone)
        self._cluster = cluster
        self._wanted = spread(drafted(texts, accounts=ACCOUNTS))
        self._number = 0
        self._template = folder / "template.db"
        self.place: Place = database(room or folder)
        if cluster:
            self.place = cluster.create(TEMPLATE, f"chaos_{os.getpid()}_{next(_numbers)}")
        else:
            self._fill(self._template)
        self._fill_anew()
        self.store = open_store(self.place, self.clock)
        warm(self.store, self.clock)
        gc.freeze()

    def begin(self) -> None:
        """Another campaign: nothing of it has been sent, and it is due."""
        self._number += 1
        Chaotic.cycle = str(self._number)
        self._fill_anew()
        self.clock.start_anew()
        self.clock.skips = self.is_alone

    def fork(self, fuse: Fuse | None = None, timing: Timing = TIMING) -> Worker:
        return fork(self.store, self.clock, self.folder, fuse, timing)

    def spawn(self) -> Worker:
        return spawn(self.place, self.clock, self.folder)

    def rest(self, looks: int = len(TIMING.looks)) -> None:
        """One worker, undisturbed, with what time it needs, until nothing moves any more."""
        self.clock.skips = True
        self.clock.pass_time(TIMING.arm_lease.total_seconds())
        for look in TIMING.looks[:looks]:
            assert self.fork().ended(wait=True) == 0, "the recovery was killed"
            self.clock.pass_time(look.total_seconds())

    def compare(self, entries: Sequence[Entry]) -> Found:
        return compare(self.place, entries, clock_at(self.clock.now() + timedelta(hours=1)))

    def entries(self) -> list[Entry]:
        """What has come since the last call."""
        return self.oracle.entries()

    def close(self) -> None:
        self.oracle.close()

    def _fill_anew(self) -> None:
        if isinstance(self.place, Path):
            shutil.copy(self._template, self.place)
        elif self._cluster:
            self._cluster.clear(self.place)
            self._fill(self.place)

    def _fill(self, place: Place) -> None:
        store = open_store(place, clock_at(DUE - timedelta(days=1)))
        fill(store, self._wanted)
        store.close()


def spread(wanted: Drafted) -> Drafted:
    """Each post on one account: of one account's, those that are late would go out one by one."""

    def is_its_turn(one: Planned) -> bool:
        account = ACCOUNTS[one.message.number % len(ACCOUNTS)]
        return one.post.account.name == account.name

    return replace(wanted, planned=tuple(filter(is_its_turn, wanted.planned)))
