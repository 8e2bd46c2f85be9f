"""Kill cycles: workers forked from a warm parent and killed, a recovery, and the books compared."""

import os
import random
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from campaign.clock import SkippingClock
from campaign.daemon import Daemon
from campaign.platforms.base import DuplicateSafety
from campaign.runtime import Runtime
from campaign.store.engine import open_store
from campaign.store.place import Place
from tests.books import rows
from tests.chaos.books import SECRET, Found, account, compare
from tests.chaos.oracle import Chaotic, Entry, Oracle
from tests.conftest import TEMPLATE
from tests.factories import DUE, clock_at, database, drafted, fill
from tests.postgres import Cluster
from tests.publisher.fuse import Fuse, in_child, start_child

TEXTS = (
    ("One.",), ("Two.",), ("Three.", "three again."), ("Four.",),
    ("A.", "b.", "c.", "d.", "e.", "f."), ("Six.",), ("Seven.",), ("Eight.",),
)  # fmt: skip
WORKERS = {"sqlite": 1, "postgresql": 8}
LATE_EVERY = 10  # each tenth recovery begins when the window is over
AGAIN_EVERY = 7  # each seventh is killed, too


class Steady(SkippingClock):
    """Of several workers none may skip alone: their leases would end while they work."""

    def skip_to(self, when: datetime) -> None:
        """It goes on at its own speed."""


@dataclass(slots=True)
class Line:
    """One line of the report: a dialect on a database."""

    database: str
    safety: DuplicateSafety
    seed: int
    folder: Path
    cluster: Cluster | None

    def play(self, cycles: int) -> str | None:
        """All cycles; prints the line. Returns what was violated, if anything."""
        os.environ["CHAOS_TOKEN"] = SECRET
        field = Field(self)
        begun, total, kills = time.monotonic(), Found(), Counter[str]()
        try:
            for cycle in range(1, cycles + 1):
                found, killed = field.cycle(cycle)
                total += found
                kills += killed
                if found.faults:
                    return f"{self.title}: seed {self.seed}, cycle {cycle}\n{field.show(found)}"
        finally:
            field.oracle.close()
        total += field.stragglers()
        if total.faults:
            return f"{self.title}: seed {self.seed}\n" + "\n".join(total.faults)
        steps = ", ".join(f"{kind} {count}" for kind, count in sorted(kills.items()))
        print(
            f"{self.title}: {cycles} cycles, {kills.total()} kills ({steps}), {total.lost} lost,"
            f" {total.double} double, {total.unknown} unknown, {time.monotonic() - begun:.0f} s",
            flush=True,
        )
        return None

    @property
    def title(self) -> str:
        return f"{self.safety} on {self.database}"


class Field:
    """Where the cycles of one line play: an oracle, and a filled database made anew for each."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.chance = random.Random(f"{line.seed} {line.title}")
        self.oracle = Oracle(
            line.folder, line.seed, keeps_keys=line.safety is DuplicateSafety.REPLAY
        )
        Chaotic.port, Chaotic.safety = self.oracle.port, line.safety
        self.place: Place = database(line.folder)
        self.template = line.folder / "template.db"
        if line.cluster is None:
            _fill(self.template)
        else:
            self.place = line.cluster.create(TEMPLATE, f"chaos_{line.safety}_{os.getpid()}")
        self.entries: list[Entry] = []
        self.counted: Counter[tuple[str, str]] = Counter()
        self.steps, self.span = self._measure()

    def cycle(self, number: int) -> tuple[Found, Counter[str]]:
        """Kill each worker once, recover, compare."""
        self._make_anew(str(number))
        killed = self._kill_workers(number)
        late = timedelta(hours=2 if number % LATE_EVERY == 0 else 0)
        start = timedelta(minutes=4) + late
        if number % AGAIN_EVERY == 0:
            fuse = Fuse(self.chance.randint(1, self.steps))
            status = in_child(lambda: self._recover(start, fuse))
            assert status in {0, signal.SIGKILL}
            killed["recovery"] += status == signal.SIGKILL
            start += timedelta(minutes=8)
        assert in_child(lambda: self._recover(start, None)) == 0, "the recovery failed"
        self.entries = [e for e in self.oracle.entries() if e["cycle"] == Chaotic.cycle]
        self.counted += Counter(
            (e["cycle"], e["name"]) for e in self.entries if e["kind"] == "public"
        )
        clock = clock_at(DUE + start + timedelta(hours=1))
        return compare(self.place, self.entries, clock), killed

    def stragglers(self) -> Found:
        """Requests that were counted after their own cycle's books were closed."""
        late = [(e["cycle"], e["name"]) for e in self.oracle.entries() if e["kind"] == "public"]
        twice = [name for name in late if (self.counted + Counter(late))[name] > 1]
        return Found([f"I1: {name} is public twice" for name in twice], double=len(twice))

    def show(self, found: Found) -> str:
        """What broke, and the rows as they stand."""
        tables = ("delivery", "attempt", "audit")
        lines = [str(row) for table in tables for row in rows(self.place, f"SELECT * FROM {table}")]
        return "\n".join([*found.faults, *map(str, self.entries), *lines])

    def _measure(self) -> tuple[int, float]:
        """How many steps and seconds an undisturbed run of one worker takes."""
        self._make_anew("0")
        count = self.line.folder / "steps"

        def work() -> None:
            fuse = Fuse(0)
            self._work(SkippingClock(DUE), fuse)
            count.write_text(str(fuse.steps))

        begun = time.monotonic()
        assert in_child(work) == 0
        self.oracle.entries()
        return int(count.read_text()), time.monotonic() - begun

    def _make_anew(self, cycle: str) -> None:
        Chaotic.cycle = cycle
        if isinstance(self.place, Path):
            shutil.copy(self.template, self.place)
        else:
            assert self.line.cluster is not None
            self.line.cluster.clear(self.place)
            _fill(self.place)

    def _work(self, clock: SkippingClock, fuse: Fuse | None) -> None:
        store = open_store(self.place, clock)
        runtime = Runtime(
            store=store, clock=clock, folder=self.line.folder, adapter_of=lambda _name: Chaotic
        )
        if fuse:
            fuse.lay(runtime, Chaotic)
        Daemon(runtime, permits=3).run(until_done=True)

    def _recover(self, start: timedelta, fuse: Fuse | None) -> None:
        clock = SkippingClock(DUE + start)
        for _ in range(3):  # a doubt is looked at after 30 s and after 2 min
            self._work(clock, fuse)
            clock.skip_to(clock.now() + timedelta(minutes=2))

    def _kill_workers(self, number: int) -> Counter[str]:
        """Half of them at a step of their own, half from outside at a random microsecond."""
        clock, count = Steady(DUE), WORKERS[self.line.database]
        reports, children = [], []
        for worker in range(count):
            at_step = (worker + number) % 2 == 0
            in_turn = (number // 2) % self.steps + 1
            length = in_turn if count == 1 else self.chance.randint(1, self.steps // 4)
            report = self.line.folder / f"burned-{worker}"
            report.unlink(missing_ok=True)
            fuse = Fuse(length if at_step else 0, report)
            reports.append(report)
            children.append(start_child(self._worker(clock, fuse), seconds=60))
        random_ones = self._kill_at_random(children)
        kinds = (report.read_text() for report in reports if report.exists())
        return Counter({"random": random_ones}) + Counter(kinds)

    def _worker(self, clock: SkippingClock, fuse: Fuse) -> Callable[[], None]:
        return lambda: self._work(clock, fuse)

    def _kill_at_random(self, children: Sequence[int]) -> int:
        """Returns how many were alive to be killed; the others had burned, or were done."""
        begun, killed = time.monotonic(), 0
        moments = sorted(self.chance.uniform(0, self.span) for _ in children)
        for child, moment in zip(children, moments, strict=True):
            time.sleep(max(0, begun + moment - time.monotonic()))
            os.kill(child, signal.SIGKILL)  # it is not yet waited for, so the number is its own
        for child in children:
            status = os.waitpid(child, 0)[1]
            assert status in {0, signal.SIGKILL}, f"a worker ended with {status}"
            killed += status == signal.SIGKILL
        burned = len(list(self.line.folder.glob("burned-*")))
        return max(0, killed - burned)


def _fill(place: Place) -> None:
    store = open_store(place, clock_at(DUE - timedelta(days=1)))
    fill(store, drafted(TEXTS, accounts=[account()]))
    store.close()
