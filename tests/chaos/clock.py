"""A clock that processes share through a file: it goes on where the killed one left it."""

import mmap
import struct
import time
from datetime import datetime, timedelta
from pathlib import Path

STORED = struct.Struct("dd")  # seconds that were skipped; when it began, on the monotonic clock


class SharedClock:
    """Runs at real speed from `start`, and `pass_time` moves it on for all of them.

    A process that is alone may skip what is idle (`skips`). Of several none may: their leases
    would end while they work.
    """

    def __init__(self, start: datetime, file: Path, *, skips: bool) -> None:
        self.skips = skips
        self._start = start
        if not file.exists():
            file.write_bytes(STORED.pack(0.0, time.monotonic()))
        with file.open("r+b") as opened:
            # Each is stored in one piece: struct.pack_into writes zeros first, and others read them.
            self._shared = memoryview(mmap.mmap(opened.fileno(), STORED.size)).cast("d")

    def now(self) -> datetime:
        skipped, since = self._shared
        return self._start + timedelta(seconds=time.monotonic() - since + skipped)

    def elapsed(self) -> float:
        return time.monotonic()

    def skip_to(self, when: datetime) -> None:
        if self.skips:
            self.pass_time((when - self.now()).total_seconds())

    def pass_time(self, seconds: float) -> None:
        """Never back."""
        self._shared[0] += max(0.0, seconds)

    def start_anew(self) -> None:
        self._shared[0], self._shared[1] = 0.0, time.monotonic()
