"""Our own queue as a contender: filled once through `schedule`, then copied for each round."""

import shutil
import sqlite3
import sys
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from bench.cluster import Cluster
from bench.contender import ROOT, WORK, Contender
from bench.filling import WINDOW, fill
from campaign.clock import SystemClock
from campaign.domain.audit import spell
from campaign.operations.audit import verify
from campaign.runtime import Runtime, open_runtime
from campaign.store.migrate import upgrade_server
from campaign.store.place import Server, read_place

POSTS = 3000
ACCOUNTS = 64
DAY = 86_400.0
COUNTS = {
    "published": "SELECT count(*) FROM delivery WHERE state = 'published'",
    "attempts": "SELECT count(*) FROM attempt",
    "published attempts": "SELECT count(*) FROM attempt WHERE outcome = 'published'",
    "armed records": "SELECT count(*) FROM audit WHERE action = 'armed'",
    "published records": "SELECT count(*) FROM audit WHERE action = 'published'",
}


def open_database(place: str) -> Runtime:
    return open_runtime(read_place(place), SystemClock())


class Ours(Contender):
    """The model is filled through plan, schedule and approval: 3,000 posts on 64 accounts."""

    place: str

    def __init__(self, posts: int) -> None:
        super().__init__()
        self.posts = posts

    @abstractmethod
    def prepare(self) -> None:
        """Fill the model."""

    @abstractmethod
    def ask(self, sql: str) -> int:
        """Run one statement beside the product; the first field of an answer, or 0."""

    def asked(self) -> int | None:
        """How many transactions its server has seen; None where there is no server to ask."""
        return None

    @abstractmethod
    def _copy_model(self) -> None: ...

    def setup(self, dues: Sequence[float]) -> None:
        """The model with the first posts moved to `dues`, the rest waiting until tomorrow."""
        self.clear()
        self._copy_model()
        if not dues:
            return
        rows = [f"({number}, '{_at(due)}', '{_end(due)}')" for number, due in enumerate(dues, 1)]
        given = f"WITH given (id, at, until) AS (VALUES {', '.join(rows)})"
        at, until = self._instant("given.at"), self._instant("given.until")
        self.ask(
            f"{given} UPDATE post SET due_at = {at}, not_before = {at}, not_after = {until}"
            " FROM given WHERE post.id = given.id"
        )
        self.ask(f"{given} UPDATE delivery SET ready_at = {at} FROM given WHERE post_id = given.id")

    def grow(self, waiting: int) -> None:
        """Copies of one post until so many wait for tomorrow: SQL, since no person plans them."""
        there = self.ask("SELECT count(*) FROM delivery WHERE state = 'queued'")
        if waiting <= there:
            return
        counted = (
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
            f" WHERE i < {waiting - there})"
        )
        columns = (
            "campaign_id, account, language, kind, excerpt_ref, text_hash, content_hash,"
            " approved_hash, local_time, zone, due_at, not_before, not_after, lateness"
        )
        self.ask(
            f"INSERT INTO post (key, {columns}) {counted} SELECT 'grown-{there}/' || n.i,"
            f" {columns} FROM n CROSS JOIN post WHERE post.id = {self.posts}"
        )
        self.ask(
            "INSERT INTO delivery (post_id, part, idempotency_key, body, state, ready_at)"
            " SELECT post.id, 1, post.key, model.body, 'draft', model.ready_at FROM post"
            f" CROSS JOIN delivery AS model WHERE model.post_id = {self.posts}"
            f" AND post.key LIKE 'grown-{there}/%'"
        )
        self.ask("UPDATE delivery SET state = 'queued' WHERE state = 'draft'")

    def command(self, workers: int, how: Mapping[str, str]) -> tuple[list[str], dict[str, str]]:
        del workers  # one process each
        environment = {"BENCH_RECORD": str(self.record), **how}
        return [sys.executable, "-m", "bench.worker", self.place], environment

    def pending(self) -> int:
        now = _at(datetime.now(UTC).timestamp())
        busy = self.ask("SELECT count(*) FROM delivery WHERE state = 'armed'")
        return busy + self.ask(
            f"SELECT count(*) FROM delivery WHERE state = 'queued' AND ready_at <= '{now}'"
        )

    def verify(self, count: int) -> None:
        """Beyond the records: all published, one attempt each, two audit records each, a chain."""
        super().verify(count)
        found = {what: self.ask(sql) for what, sql in COUNTS.items()}
        expected = dict.fromkeys(COUNTS, count)
        assert found == expected, f"{self.name}: {found}, expected {count} of each"
        runtime = open_database(self.place)
        verdict = verify(runtime.store)
        runtime.store.close()
        assert verdict.is_intact, f"{self.name}: {verdict.faults[:3]}"

    def _fill(self, place: str) -> None:
        runtime = open_database(place)
        tomorrow = datetime.now(UTC).timestamp() + DAY
        fill(runtime.store, [tomorrow] * self.posts, accounts=ACCOUNTS)
        assert verify(runtime.store).is_intact
        runtime.store.close()

    def _instant(self, field: str) -> str:
        return field


class OnSqlite(Ours):
    """One daemon on one file."""

    name = "campaign, SQLite"
    database = "sqlite"
    most_workers = 1

    def __init__(self, posts: int) -> None:
        super().__init__(posts)
        self.place = str(self.folder / "campaign.db")
        self._model = (ROOT / WORK / "model.db").resolve()

    def prepare(self) -> None:
        self._model.parent.mkdir(parents=True, exist_ok=True)
        for left in self._model.parent.glob("model.db*"):
            left.unlink()
        self._fill(str(self._model))

    def ask(self, sql: str) -> int:
        connection = sqlite3.connect(self.place, timeout=15)
        row = connection.execute(sql).fetchone()
        connection.commit()
        connection.close()
        return int(row[0]) if row else 0

    def _copy_model(self) -> None:
        shutil.copyfile(self._model, self.place)


class OnPostgresql(Ours):
    """Any number of daemons on one database of the bench's own cluster."""

    name = "campaign, PostgreSQL"
    database = "postgresql"

    def __init__(self, cluster: Cluster, posts: int) -> None:
        super().__init__(posts)
        self.cluster = cluster
        self.place = cluster.url("campaign")

    def prepare(self) -> None:
        place = self.cluster.make_anew("model")
        server = read_place(place)
        assert isinstance(server, Server)
        upgrade_server(server)
        self._fill(place)
        self.cluster.ask("VACUUM ANALYZE", "model")

    def ask(self, sql: str) -> int:
        return self.cluster.ask(sql, "campaign")

    def asked(self) -> int:
        """From beside it, so that asking does not count itself."""
        return self.cluster.ask(
            "SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = 'campaign'"
        )

    def grow(self, waiting: int) -> None:
        super().grow(waiting)
        self.ask("VACUUM ANALYZE")  # as autovacuum would, a minute later

    def _copy_model(self) -> None:
        self.cluster.make_anew("campaign", template="model")

    def _instant(self, field: str) -> str:
        return f"CAST({field} AS timestamptz)"


def _at(due: float) -> str:
    return spell(datetime.fromtimestamp(due, UTC))


def _end(due: float) -> str:
    return spell(datetime.fromtimestamp(due, UTC) + WINDOW)
