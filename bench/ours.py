"""Our own queue as a contender: filled once through `schedule`, then copied for each round."""

import shutil
import sqlite3
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.contender import ROOT, WORK, Contender
from bench.filling import WINDOW, fill
from campaign.clock import SystemClock
from campaign.domain.audit import spell
from campaign.operations.audit import verify
from campaign.platforms.base import Platform
from campaign.platforms.registry import load_adapter
from campaign.runtime import Runtime, open_runtime

POSTS = 3000
ACCOUNTS = 64
TOMORROW = 86_400.0


def open_database(
    place: str, adapter_of: Callable[[str], type[Platform]] = load_adapter
) -> Runtime:
    return open_runtime(Path(place), SystemClock(), adapter_of=adapter_of)


class OnSqlite(Contender):
    """One daemon on one file."""

    name = "campaign on SQLite"
    database = "sqlite"
    most_workers = 1

    def __init__(self) -> None:
        super().__init__()
        self.place = str(self.folder / "campaign.db")
        self._model = (ROOT / WORK / "model.db").resolve()

    def prepare(self) -> None:
        """Fill the model through plan, schedule and approval: 3,000 posts on 64 accounts."""
        self._model.parent.mkdir(parents=True, exist_ok=True)
        for left in self._model.parent.glob("model.db*"):
            left.unlink()
        runtime = open_database(str(self._model))
        soon = datetime.now(UTC).timestamp() + TOMORROW
        fill(runtime.store, [soon] * POSTS, accounts=ACCOUNTS)
        assert verify(runtime.store).is_intact
        runtime.store.close()

    def setup(self, dues: Sequence[float]) -> None:
        """The model with the first posts moved to `dues`, the rest waiting until tomorrow."""
        self.clear()
        shutil.copyfile(self._model, self.place)
        with sqlite3.connect(self.place) as connection:
            for number, due in enumerate(dues, 1):
                at = spell(datetime.fromtimestamp(due, UTC))
                end = spell(datetime.fromtimestamp(due, UTC) + WINDOW)
                moved = (at, at, end, number)
                connection.execute(
                    "UPDATE post SET due_at = ?, not_before = ?, not_after = ? WHERE id = ?", moved
                )
                connection.execute(
                    "UPDATE delivery SET ready_at = ? WHERE post_id = ?", (at, number)
                )
        connection.close()

    def command(self, workers: int, how: Mapping[str, str]) -> tuple[list[str], dict[str, str]]:
        environment = {"BENCH_RECORD": str(self.record), **how}
        return [sys.executable, "-m", "bench.worker", self.place], environment

    def pending(self) -> int:
        connection = sqlite3.connect(self.place, timeout=15)
        busy = connection.execute(
            "SELECT count(*) FROM delivery WHERE state IN ('claimed', 'armed')"
        ).fetchone()[0]
        queued = connection.execute(
            "SELECT count(*) FROM delivery WHERE state = 'queued' AND ready_at <= ?",
            (spell(datetime.now(UTC)),),
        ).fetchone()[0]
        connection.close()
        return int(busy + queued)

    def verify(self, count: int) -> None:
        """Beyond the records: all published, one attempt each, two audit records each, a chain."""
        super().verify(count)
        runtime = open_database(self.place)
        found = {what: self._count(sql) for what, sql in COUNTS.items()}
        expected = dict.fromkeys(COUNTS, count)
        assert found == expected, f"{self.name}: {found}, expected {count} of each"
        verdict = verify(runtime.store)
        runtime.store.close()
        assert verdict.is_intact, f"{self.name}: {verdict.faults[:3]}"

    def _count(self, sql: str) -> int:
        connection = sqlite3.connect(self.place)
        found = connection.execute(sql).fetchone()[0]
        connection.close()
        return int(found)


COUNTS = {
    "published": "SELECT count(*) FROM delivery WHERE state = 'published'",
    "attempts": "SELECT count(*) FROM attempt",
    "published attempts": "SELECT count(*) FROM attempt WHERE outcome = 'published'",
    "armed records": "SELECT count(*) FROM audit WHERE action = 'armed'",
    "published records": "SELECT count(*) FROM audit WHERE action = 'published'",
}
