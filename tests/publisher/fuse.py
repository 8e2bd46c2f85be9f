"""Processes that kill themselves with SIGKILL, or stop, at a chosen step of their own."""

import os
import signal
import sys
import traceback
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from campaign.runtime import Runtime


class Fuse:
    """Counts steps; at step `length` the process kills itself, or does what `signal_` does.
    Length 0 only counts.

    What kind of step it was is left in the file `report`. `passes_over`: kinds that do not count.
    """

    def __init__(
        self,
        length: int,
        report: Path | None = None,
        signal_: int = signal.SIGKILL,
        *,
        passes_over: Collection[str] = (),
    ) -> None:
        self.length = length
        self.steps = 0
        self.report = report
        self._signal = signal_
        self.passes_over = passes_over

    def burn(self, kind: str) -> None:
        if kind in self.passes_over:
            return
        self.steps += 1
        if self.steps == self.length:
            if self.report is not None:
                self.report.write_text(kind)
            os.kill(os.getpid(), self._signal)

    def lay(self, runtime: Runtime, network: Any) -> None:
        engine = runtime.store._engine
        sa.event.listen(engine, "before_cursor_execute", lambda *_: self.burn("statement"))
        sa.event.listen(engine, "commit", lambda *_: self.burn("commit"))  # just before it
        sa.event.listen(engine, "checkin", lambda *_: self.burn("committed"))  # just after it
        network.step = staticmethod(lambda _name: self.burn("platform"))


def in_child(work: Callable[[], None]) -> int:
    """Run `work` in a forked child; returns its wait status."""
    return os.waitpid(start_child(work, seconds=120), 0)[1]


def start_child(work: Callable[[], None], *, seconds: int) -> int:
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        signal.alarm(seconds)  # a child that hangs ends, and its status says so
        try:
            work()
        except BaseException:  # noqa: BLE001
            with suppress(OSError):  # the disk that is full may be under the standard error
                os.write(2, traceback.format_exc().encode())
            os._exit(1)
        os._exit(0)
    return child
