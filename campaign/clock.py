"""The one place where time comes from. Everything else is handed a Clock, or `tx.now`."""

import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """`now` is an aware UTC instant; `elapsed` counts seconds and never jumps."""

    def now(self) -> datetime: ...

    def elapsed(self) -> float: ...

    def skip_to(self, when: datetime) -> None:
        """Jump over idle time to `when`, where the clock can. A real clock stays as it is."""


class SystemClock:
    """The machine's clock. `elapsed` goes on while the machine sleeps, where the system can."""

    # Linux's monotonic clock stops while the machine sleeps, and its boot-time clock does not.
    _source = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))

    def now(self) -> datetime:
        return datetime.now(UTC)

    def elapsed(self) -> float:
        return time.clock_gettime(self._source) if self._source is not None else time.monotonic()

    def skip_to(self, when: datetime) -> None:
        """A real day cannot be skipped."""


class CarriedClock:
    """A server's clock, carried on from one reading to the next by this machine's elapsed time.

    So workers whose machines disagree share one clock, and setting a machine's clock moves nothing.
    """

    def __init__(self, own: Clock) -> None:
        self._own = own
        self._reading = (own.now(), own.elapsed())

    def set(self, now: datetime) -> None:
        self._reading = (now, self._own.elapsed())

    def now(self) -> datetime:
        at, since = self._reading
        return at + timedelta(seconds=self._own.elapsed() - since)

    def elapsed(self) -> float:
        return self._own.elapsed()

    def skip_to(self, when: datetime) -> None:
        self._own.skip_to(when)


class SkippingClock:
    """A rehearsal's clock: starts anywhere, runs at real speed, and skips what is idle."""

    def __init__(self, start: datetime) -> None:
        self._lock = threading.Lock()
        self._start = start
        self._since = time.monotonic()

    def now(self) -> datetime:
        with self._lock:
            return self._start + self._run()

    def elapsed(self) -> float:
        return time.monotonic()

    def skip_to(self, when: datetime) -> None:
        with self._lock:
            if when > self._start + self._run():
                self._start, self._since = when, time.monotonic()

    def _run(self) -> timedelta:
        return timedelta(seconds=time.monotonic() - self._since)
