"""The watchdog: ends a program whose loop has stopped beating, so that a supervisor restarts it."""

import logging
import os
import threading
from collections.abc import Callable

log = logging.getLogger(__name__)

SILENT = 60  # ticks of a second
EXIT = 75  # EX_TEMPFAIL: try again


def end_program() -> None:
    os._exit(EXIT)  # the loop hangs: nothing that waits for it may be waited for


class Watchdog:
    """Counts ticks without a beat, not time: a machine that slept, or a program that was stopped
    for an hour, has one long tick and goes on.
    """

    def __init__(
        self, *, silent: int = SILENT, tick: float = 1.0, bark: Callable[[], None] = end_program
    ) -> None:
        self._silent = silent
        self._tick = tick
        self._bark = bark
        self._beats = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)

    def beat(self) -> None:
        self._beats += 1

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._ended.set()

    def _watch(self) -> None:
        seen, silent = self._beats, 0
        while not self._ended.wait(self._tick):
            silent = silent + 1 if self._beats == seen else 0
            seen = self._beats
            if silent >= self._silent:
                log.critical("The loop has not moved for a minute. This program ends; start it.")
                self._bark()
                return
