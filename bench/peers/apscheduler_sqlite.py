"""APScheduler's own SQLAlchemy job store: the naive design, one job a post."""

import os
import signal
import threading
from collections.abc import Sequence
from datetime import UTC, datetime

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from bench.peers.job import record, serve


def _scheduler() -> BackgroundScheduler:
    return BackgroundScheduler(
        jobstores={"default": SQLAlchemyJobStore(url=f"sqlite:///{os.environ['BENCH_FILE']}")},
        executors={"default": ThreadPoolExecutor(10)},
        # Its default drops a job that is one second late.
        job_defaults={"misfire_grace_time": None, "coalesce": False},
        timezone=UTC,
    )


def setup() -> None:
    _scheduler().start(paused=True)


def enqueue(dues: Sequence[float]) -> None:
    scheduler = _scheduler()
    scheduler.start(paused=True)
    for number, due in enumerate(dues, 1):
        at = datetime.fromtimestamp(due, UTC)
        scheduler.add_job("bench.peers.job:record", "date", run_date=at, args=[number])
    scheduler.shutdown()


def work() -> None:
    assert callable(record)  # the jobs name it
    scheduler, stop = _scheduler(), threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    scheduler.start()
    # Version 3 does not hear of jobs that another process adds: woken once a second it looks.
    while not stop.wait(1.0):
        scheduler.wakeup()
    os._exit(0)


if __name__ == "__main__":
    serve(setup, enqueue, work)
