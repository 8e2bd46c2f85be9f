"""Kill cycles: workers at work on one campaign after another, killed, replaced, and watched.

A cycle is one kill of one worker. Whoever comes next is the recovery, on the same database.
"""

import random
import signal
import time
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from campaign.platforms.base import DuplicateSafety
from campaign.publisher.reap import NO_ANSWER
from tests.books import rows
from tests.chaos.books import Found
from tests.chaos.ground import MIXED, Ground
from tests.chaos.oracle import Chaotic, Entry
from tests.chaos.tally import PARTS, STATES, TRIED, Tally
from tests.chaos.workers import Worker
from tests.postgres import Cluster
from tests.publisher.fuse import Fuse

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
        """All cycles, or those until SIGINT; prints the line. Returns what was violated, if anything."""
        field = Field(self)
        begun = time.monotonic()
        try:
            signal.signal(signal.SIGINT, lambda *_: field.stop())
            while not field.is_over(cycles):
                field.campaign(cycles)
        finally:
            field.close()
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
        self._stopped = False
        self._size = WORKERS[line.database]
        self._campaigns = self._born = 0
        self._workers: list[Worker] = []
        texts = list(THREADS if line.threads else MIXED)
        texts *= PARTS_EACH // sum(map(len, texts))
        self.ground = Ground(line.folder, line.safety, line.seed, line.cluster, texts)

    def campaign(self, cycles: int) -> None:
        """Kill until it is all out or the cycles are; then let it end, and compare the books."""
        self._begin()
        late_at = self.chance.randint(1, 40) if self._campaigns % LATE_EVERY == 0 else 0
        cycle = 0
        while not self.is_over(cycles):
            cycle += 1
            if not self._cycle(is_cut=self._size > 1 and cycle % CUT_EVERY == 0):
                break
            if cycle == late_at:
                self._kill_all()  # a clock that jumps would let an old permission through
                self.ground.clock.pass_time(LATE.total_seconds())
        if not self.total.faults:
            self._end()

    def is_over(self, cycles: int) -> bool:
        return self._stopped or self.kills.total() >= cycles or bool(self.total.faults)

    def stop(self) -> None:
        self._stopped = True

    def close(self) -> None:
        self._kill_all()
        self.ground.close()

    def show(self) -> str:
        """What broke, and the rows of the posts that it broke for."""
        faults = self.total.faults
        key = next((key for key in self._keys() if any(key in fault for fault in faults)), "")
        lines = [str(entry) for entry in self._tally.entries if entry["name"].startswith(key)]
        for table, column in (("post", "key"), ("audit", "object")):
            query = f"SELECT * FROM {table} WHERE {column} = ?"
            lines += map(str, rows(self.ground.place, query, key))
        for table, column in (("delivery", "id"), ("attempt", "delivery_id")):
            query = (
                f"SELECT {table}.* FROM {table} JOIN delivery d ON d.id = {table}.{column}"
                " JOIN post ON post.id = d.post_id WHERE post.key = ?"
            )
            lines += map(str, rows(self.ground.place, query, key))
        return "\n".join([*faults, *lines])

    def _keys(self) -> list[str]:
        """The longest first: one may begin as another does."""
        names = self._tally.names.values()
        return sorted({name.rpartition(" ")[0] for name in names}, key=len, reverse=True)

    def _begin(self) -> None:
        self._campaigns += 1
        self.ground.begin()
        self._tally = Tally(rows(self.ground.place, PARTS))

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
        self.ground.clock.pass_time(self.chance.uniform(0, 2))
        self._check()
        return True

    def _bear(self) -> Worker:
        """Each second one with a fuse: on one worker's line their lengths come in turn."""
        self._born += 1
        if self.line.slow:
            return self.ground.spawn()
        fuse = None
        if self._born % 2:
            report = self.line.folder / f"burned-{self._born % (4 * self._size)}"
            report.unlink(missing_ok=True)
            in_turn = self._born // 2 % FUSE + 1
            fuse = Fuse(in_turn if self._size == 1 else self.chance.randint(1, FUSE), report)
        return self.ground.fork(fuse)

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
        before = rows(self.ground.place, STATES)
        entries = self._entries()
        tried = rows(self.ground.place, TRIED) if entries else []
        self.total += self._tally.add(before, entries, tried)

    def _entries(self) -> list[Entry]:
        """Those of a campaign whose books are closed would be a part sent after its end."""
        entries = self.ground.entries()
        late = [entry for entry in entries if entry["cycle"] != Chaotic.cycle]
        self.total.faults += [f"I1: {entry} came after its campaign" for entry in late]
        self.sent += len(entries)
        return entries

    def _end(self) -> None:
        """One worker, undisturbed, with what time it needs; and everything is compared."""
        self._kill_all()
        self.ground.rest()
        self._check()
        self.total += self.ground.compare(self._tally.entries)
        lost = "SELECT count(*) FROM audit WHERE action = 'unknown' AND CAST(facts AS TEXT) LIKE ?"
        self.doubts += rows(self.ground.place, lost, f"%{NO_ANSWER}%")[0][0]
