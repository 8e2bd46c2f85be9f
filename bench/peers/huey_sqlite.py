"""huey on SQLite, each commit synced; one process a worker."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime

from huey import SqliteHuey

from bench.peers.job import record, serve

queue = SqliteHuey("bench", filename=os.environ["BENCH_FILE"], fsync=True, results=False, utc=True)


@queue.task(name="noop")
def noop(number: int) -> None:
    record(number)


def setup() -> None:
    queue.flush()


def enqueue(dues: Sequence[float]) -> None:
    for number, due in enumerate(dues, 1):
        noop.schedule(args=(number,), eta=datetime.fromtimestamp(due, UTC).replace(tzinfo=None))


def work() -> None:
    queue.create_consumer(workers=int(os.environ["BENCH_WORKERS"]), worker_type="process").run()


if __name__ == "__main__":
    serve(setup, enqueue, work)
