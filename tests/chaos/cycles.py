"""Kill cycles: workers at work on one campaign after another, killed, replaced, and watched.

A cycle is one kill of one worker. Whoever comes next is the recovery, on the same database.
"""

import gc
import os
import random
import shutil
import time
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from campaign.clock import Clock
from campaign.platforms.base import DuplicateSafety
from campaign.publisher.reap import NO_ANSWER
from campaign.store.engine import open_store
from campaign.store.place import Place
from tests.books import rows
from tests.chaos.books import SECRET, Found, account, compare
from tests.chaos.oracle import Chaotic, Entry, Oracle
from tests.chaos.tally import PARTS, STATES, TRIED, Tally
from tests.chaos.workers import TIMING, Worker, fork, shared_clock, spawn, warm
from tests.conftest import TEMPLATE
from tests.factories import DUE, clock_at, database, drafted, fill
from tests.postgres import Cluster
from tests.publisher.fuse import Fuse

MIXED = (
    ("One.",), ("Two.",), ("Three.", "three again."), ("Four.",),
    ("A.", "b.", "c.", "d.", "e.", "f."), ("Six.",), ("Seven.",), ("Eight.",),
)  # fmt: skip
THREADS = (("A.", "b.", "c.", "d.", "e.", "f."),)
PARTS_EACH = 420  # parts of a campaign
WORKERS = {"sqlite": 1, "postgresql": 8}
FUSE = 150  # a fuse is at most so many steps long, some five rounds
LIFE = 0.12  # a worker killed from outside has lived at most so many seconds more
START = 1.5  # seconds that a slow one takes to start
LATE_EVERY = 10  # in each tenth campaign the window ends while it goes out
CUT_EVERY = 50  # each fiftieth cycle kills all workers at once
LATE = timedelta(hours=2)


@dataclass(slots=True)
class Line:
    """One line of the report: a dialect on a database."""

    database: str
    safety: DuplicateSafety
    seed: int
    folder: Path
    cluster: Cluster | None
    threads: bool = False
    slow: bool = False

    def play(self, cycles: int) -> str | None:
        """All cycles; prints the line. Returns what was violated, if anything."""
        os.environ["CHAOS_TOKEN"] = SECRET
        field = Field(self)
        begun = time.monotonic()
        try:
            while sum(field.kills.values()) < cycles and not field.total.faults:
                field.campaign(cycles)
        finally:
            field.oracle.close()
        total, kills = field.total, field.kills
        if total.faults:
            return f"{self.title}: seed {self.seed}, kill {kills.total()}\n{field.show()}"
        steps = ", ".join(f"{kind} {count}" for kind, count in sorted(kills.items()))
        took = time.monotonic() - begun
        print(
            f"{self.title}: {kills.total()} cycles, killed at: {steps}; {field.doubts} left in"
            f" doubt, {field.sent} requests; {total.lost} lost, {total.double} double,"
            f" {total.unknown} unknown; {took:.0f} s, {took / kills.total() * 1000:.0f} ms a cycle",
            flush=True,
        )
        return None

    @property
    def title(self) -> str:
        what = ("threads, " if self.threads else "") + ("slow, " if self.slow else "")
        return f"{what}{self.safety} on {self.database}"


class Field:
    """Where the cycles of one line play: an oracle, a warm store, and a campaign at a time."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.chance = random.Random(f"{line.seed} {line.title}")
        self.kills, self.total = Counter[str](), Found()
        self.doubts = self.sent = 0
        self._size = WORKERS[line.database]
        self._number = self._born = 0
        self._workers: list[Worker] = []
        self.oracle = Oracle(
            line.folder, line.seed, keeps_keys=line.safety is DuplicateSafety.REPLAY
        )
        Chaotic.port, Chaotic.safety = self.oracle.port, line.safety
        self.clock = shared_clock(line.folder, skips=self._size == 1)
        self.place: Place = database(line.folder)
        if line.cluster:
            self.place = line.cluster.create(TEMPLATE, f"chaos_{os.getpid()}")
        self._template = line.folder / "template.db"
        if line.cluster is None:
            _fill(self._template, line)
        self._fill_place()
        self.store = open_store(self.place, self.clock)
        warm(self.store, self.clock)
        gc.freeze()

    def campaign(self, cycles: int) -> None:
        """Kill until it is all out or the cycles are; then let it end, and compare the books."""
        self._begin()
        late_at = self.chance.randint(1, 40) if self._number % LATE_EVERY == 0 else 0
        cycle = 0
        while self.kills.total() < cycles and not self.total.faults:
            cycle += 1
            if not self._cycle(is_cut=self._size > 1 and cycle % CUT_EVERY == 0):
                break
            self.clock.pass_time(LATE.total_seconds() if cycle == late_at else 0)
        if not self.total.faults:
            self._end()

    def show(self) -> str:
        """What broke, and the rows of the posts that it broke for."""
        faults = self.total.faults
        key = next((key for key in self._keys() if any(key in fault for fault in faults)), "")
        lines = [str(entry) for entry in self._tally.entries if entry["name"].startswith(key)]
        for table, column in (("post", "key"), ("audit", "object")):
            query = f"SELECT * FROM {table} WHERE {column} = ?"
            lines += map(str, rows(self.place, query, key))
        for table, column in (("delivery", "id"), ("attempt", "delivery_id")):
            query = (
                f"SELECT {table}.* FROM {table} JOIN delivery d ON d.id = {table}.{column}"
                " JOIN post ON post.id = d.post_id WHERE post.key = ?"
            )
            lines += map(str, rows(self.place, query, key))
        return "\n".join([*faults, *lines])

    def _keys(self) -> list[str]:
        """The longest first: one may begin as another does."""
        names = self._tally.names.values()
        return sorted({name.rpartition(" ")[0] for name in names}, key=len, reverse=True)

    def _begin(self) -> None:
        self._number += 1
        Chaotic.cycle = str(self._number)
        self._fill_place()
        self.clock.start_anew()
        self.clock.skips = self._size == 1
        self._tally = Tally(rows(self.place, PARTS))

    def _fill_place(self) -> None:
        if isinstance(self.place, Path):
            shutil.copy(self._template, self.place)
        elif self.line.cluster:
            self.line.cluster.clear(self.place)
            _fill(self.place, self.line)

    def _cycle(self, *, is_cut: bool) -> bool:
        """One kill, or all at once; False when a worker found nothing more to do."""
        while len(self._workers) < self._size:
            self._workers.append(self._bear())
        if is_cut:
            self._kill_all()
        else:
            worker, status = self._next_end()
            self._workers.remove(worker)
            if status == 0:
                return False
            self.kills[worker.step()] += 1
        self.clock.pass_time(self.chance.uniform(0, 2))
        self._check()
        return True

    def _bear(self) -> Worker:
        """Each second one with a fuse: on one worker's line their lengths come in turn."""
        self._born += 1
        if self.line.slow:
            return spawn(self.place, self.clock, self.line.folder)
        fuse = None
        if self._born % 2:
            report = self.line.folder / f"burned-{self._born % (4 * self._size)}"
            report.unlink(missing_ok=True)
            in_turn = self._born // 2 % FUSE + 1
            fuse = Fuse(in_turn if self._size == 1 else self.chance.randint(1, FUSE), report)
        return fork(self.store, self.clock, self.line.folder, fuse)

    def _next_end(self) -> tuple[Worker, int]:
        """Whoever ends by itself, or at a random moment one without a fuse, killed from outside."""
        life = LIFE / self._size if self._size > 1 else LIFE
        moment = time.monotonic() + self.chance.uniform(0, life + START * self.line.slow)
        fuseless = [worker for worker in self._workers if worker.report is None]
        while time.monotonic() < moment or not fuseless:
            for worker in self._workers:
                if (status := worker.ended()) is not None:
                    return worker, status
            time.sleep(0.001)
        worker = self.chance.choice(fuseless)
        worker.kill()
        status = worker.ended(wait=True)
        assert status is not None
        return worker, status

    def _kill_all(self) -> None:
        for worker in self._workers:
            worker.kill()
        for worker in self._workers:
            if worker.ended(wait=True):
                self.kills[worker.step()] += 1
        self._workers = []

    def _check(self) -> None:
        """While the others go on: what the database says first is in the ledger afterwards."""
        before = rows(self.place, STATES)
        entries = self._entries()
        tried = rows(self.place, TRIED) if entries else []
        self.total += self._tally.add(before, entries, tried)

    def _entries(self) -> list[Entry]:
        """Those of a campaign whose books are closed would be a part sent after its end."""
        entries = self.oracle.entries()
        late = [entry for entry in entries if entry["cycle"] != Chaotic.cycle]
        self.total.faults += [f"I1: {entry} came after its campaign" for entry in late]
        self.sent += len(entries)
        return entries

    def _end(self) -> None:
        """One worker, undisturbed, with what time it needs; and everything is compared."""
        self._kill_all()
        self.clock.skips = True
        self.clock.pass_time(TIMING.arm_lease.total_seconds())
        for look in TIMING.looks:
            worker = fork(self.store, self.clock, self.line.folder)
            assert worker.ended(wait=True) == 0, "the recovery was killed"
            self.clock.pass_time(look.total_seconds())
        self._check()
        found = compare(self.place, self._tally.entries, _at_rest(self.clock))
        self.total += found
        lost = "SELECT count(*) FROM audit WHERE action = 'unknown' AND CAST(facts AS TEXT) LIKE ?"
        self.doubts += rows(self.place, lost, f"%{NO_ANSWER}%")[0][0]


def _at_rest(clock: Clock) -> Clock:
    return clock_at(clock.now() + timedelta(hours=1))


def _fill(place: Place, line: Line) -> None:
    texts = THREADS if line.threads else MIXED
    posts = texts * (PARTS_EACH // sum(map(len, texts)))
    store = open_store(place, clock_at(DUE - timedelta(days=1)))
    fill(store, drafted(posts, accounts=[account()]))
    store.close()
