"""pgqueuer on PostgreSQL with asyncpg and uvloop; BENCH_BATCH is its batch_size, by default 10."""

import os
import time
from collections.abc import Sequence
from datetime import timedelta

import asyncpg
import uvloop
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver, AsyncpgPoolDriver
from pgqueuer.models import Job
from pgqueuer.qm import QueueManager
from pgqueuer.queries import Queries

from bench.peers.job import record, serve

PG = os.environ["BENCH_PG"]


async def _setup() -> None:
    connection = await asyncpg.connect(PG)
    await Queries(AsyncpgDriver(connection)).install()
    await connection.close()


async def _enqueue(dues: Sequence[float]) -> None:
    connection = await asyncpg.connect(PG)
    queries, jobs = Queries(AsyncpgDriver(connection)), list(enumerate(dues, 1))
    for start in range(0, len(jobs), 1000):
        batch = jobs[start : start + 1000]
        waits = [timedelta(seconds=max(0.0, due - time.time())) for _, due in batch]
        payloads: list[bytes | None] = [str(number).encode() for number, _ in batch]
        await queries.enqueue(["noop"] * len(batch), payloads, [0] * len(batch), list(waits))
    await connection.close()


async def _work() -> None:
    pool = await asyncpg.create_pool(PG, min_size=2, max_size=4)
    manager = QueueManager(Queries(AsyncpgPoolDriver(pool)))

    @manager.entrypoint("noop")
    async def noop(job: Job) -> None:
        record(int(job.payload or b"0"))

    await manager.run(batch_size=int(os.environ.get("BENCH_BATCH", "10")))


if __name__ == "__main__":
    serve(
        lambda: uvloop.run(_setup()),
        lambda dues: uvloop.run(_enqueue(dues)),
        lambda: uvloop.run(_work()),
    )
