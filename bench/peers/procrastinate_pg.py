"""procrastinate on PostgreSQL, ten jobs at once."""

import asyncio
import os
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime

from procrastinate import App, PsycopgConnector

from bench.peers.job import record, serve

app = App(connector=PsycopgConnector(conninfo=os.environ["BENCH_PG"], min_size=1, max_size=12))


@app.task(name="noop")
async def noop(number: int) -> None:
    record(number)


async def _setup() -> None:
    async with app.open_async():
        await app.schema_manager.apply_schema_async()


async def _enqueue(dues: Sequence[float]) -> None:
    numbers = defaultdict(list)
    for number, due in enumerate(dues, 1):
        numbers[due].append({"number": number})
    async with app.open_async():
        for due, jobs in numbers.items():
            at = datetime.fromtimestamp(due, UTC)
            for start in range(0, len(jobs), 1000):
                batch = jobs[start : start + 1000]
                await noop.configure(schedule_at=at).batch_defer_async(*batch)


async def _work() -> None:
    async with app.open_async():
        await app.run_worker_async(concurrency=10, wait=True)


if __name__ == "__main__":
    serve(
        lambda: asyncio.run(_setup()),
        lambda dues: asyncio.run(_enqueue(dues)),
        lambda: asyncio.run(_work()),
    )
