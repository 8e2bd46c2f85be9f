"""The alarm: APScheduler holds the timetable and only rings. The database is the truth.

Nothing is done inside a job: a tick that works there loses wake-ups and delays the exit.
"""

import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from queue import Empty, SimpleQueue

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

DUE = "due"


class Every(BaseTrigger):  # type: ignore[misc]
    """So many seconds from now. An IntervalTrigger counts from the last ring: where a clock is set
    on by years, APScheduler would list each second of them first.
    """

    def __init__(self, seconds: float) -> None:
        self._interval = timedelta(seconds=seconds)

    def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
        return now + self._interval


class Alarm:
    """Rings by name: `due` at the moment set by `ring_in`, each housekeeping at its interval."""

    def __init__(self, housekeeping: dict[str, float], fallback: float = 1.0) -> None:
        """`housekeeping` maps a name to seconds. Without news `due` rings every `fallback` s."""
        # Not an Event: a signal's handler rings in the thread that waits, perhaps while that holds
        # the Event's lock. SimpleQueue.put may be called at any moment.
        self._rung: SimpleQueue[str] = SimpleQueue()
        self._fallback = fallback
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            daemon=True,
            executors={"default": ThreadPoolExecutor(1)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self._due = self._add(DUE, fallback)
        self._others = [
            (self._add(name, seconds), timedelta(seconds=seconds))
            for name, seconds in housekeeping.items()
        ]

    def _add(self, name: str, seconds: float):  # type: ignore[no-untyped-def]  # noqa: ANN202
        return self._scheduler.add_job(self.ring, Every(seconds), args=[name], id=name)

    def start(self) -> None:
        self._scheduler.start()

    def ring_in(self, seconds: float) -> None:
        """Move `due` to so many seconds from now, at most the fallback."""
        now = datetime.now(UTC)
        when = now + timedelta(seconds=min(max(seconds, 0), self._fallback))
        self._due.modify(next_run_time=when)
        for job, interval in self._others:
            if job.next_run_time > now + interval:  # the clock was set back
                job.modify(next_run_time=now + interval)

    def ring(self, name: str) -> None:
        """Ring now. Senders, signals and jobs all ring the same bell."""
        self._rung.put(name)

    def wait(self, timeout: float) -> set[str]:
        """Wait for a ring; returns the names that rang, empty after `timeout` seconds."""
        names = set[str]()
        with suppress(Empty):
            names.add(self._rung.get(timeout=timeout))
            while True:
                names.add(self._rung.get_nowait())
        return names

    def stop(self) -> None:
        # Without the pause a job that is just being submitted prints a traceback at shutdown.
        self._scheduler.pause()
        threading.Event().wait(0.02)
        self._scheduler.shutdown(wait=False)
