"""One thread for all requests of a process, which cuts off what lasts longer than it may.

A thread for each request would cost more than the rest of the request does, and twice as many
threads would wait.
"""

import heapq
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from time import monotonic


@dataclass(slots=True, order=True)
class _Deadline:
    at: float
    cut: Callable[[], None] | None = field(compare=False)  # None: it was over in time


class Deadlines:
    def __init__(self) -> None:
        self._begin()
        # A forked process has the list, and neither the thread nor whoever held the lock.
        os.register_at_fork(after_in_child=self._begin)

    def _begin(self) -> None:
        self._changed = threading.Condition()
        self._heap: list[_Deadline] = []
        self._thread: threading.Thread | None = None

    @contextmanager
    def keep(self, at: float, cut: Callable[[], None]) -> Iterator[None]:
        """Calls `cut` from another thread at `at` (monotonic), unless this block ends before."""
        deadline = _Deadline(at, cut)
        with self._changed:
            heapq.heappush(self._heap, deadline)
            if self._thread is None:
                self._thread = threading.Thread(target=self._serve, name="deadlines", daemon=True)
                self._thread.start()
            elif self._heap[0] is deadline:
                self._changed.notify()
        try:
            yield
        finally:
            deadline.cut = None

    def _serve(self) -> None:
        while True:
            with self._changed:
                while not (self._heap and self._heap[0].at <= monotonic()):
                    self._changed.wait(self._heap[0].at - monotonic() if self._heap else None)
                cut = heapq.heappop(self._heap).cut
            if cut is not None:
                with suppress(Exception):  # one that cannot be cut must not keep the others alive
                    cut()


DEADLINES = Deadlines()
