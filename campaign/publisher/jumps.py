"""A clock that is set forward: embargoes would end too early, so everything waits for a person."""

import logging
from datetime import datetime, timedelta

from campaign.store import control
from campaign.store.engine import Store

log = logging.getLogger(__name__)

FORWARD = timedelta(seconds=60)
FOUND = "the clock was set forward"


class Jumps:
    """Compares two clocks from write to write: instants can be set, elapsed time cannot.

    A clock that is set back needs nobody: what is out is out, and the rest waits for its time.
    """

    def __init__(self) -> None:
        self._last: tuple[datetime, float] | None = None
        self._ahead = timedelta(0)

    def see(self, now: datetime, elapsed: float) -> bool:
        """Whether the clock was set forward: from then on, until everything is paused."""
        if self._last is not None:
            then, at = self._last
            ahead = now - then - timedelta(seconds=elapsed - at)
            self._ahead = max(self._ahead, ahead if ahead > FORWARD else timedelta(0))
        self._last = (now, elapsed)
        return bool(self._ahead)

    def pause(self, store: Store, worker: str) -> None:
        """Pause everything, if need be. Raises StoreError; nothing is armed until it is done."""
        if not self._ahead:
            return
        reason = (
            f"{FOUND} by {_length(self._ahead)}, so posts could have gone out"
            " too early. Look at the time, and at what comes next, then resume"
        )
        with store.write(worker) as tx:
            everything = (one for one in control.pauses(tx.connection) if one.scope == "all")
            if not any(FOUND in (one.reason or "") for one in everything):
                control.pause(tx, "all", reason, worker)
        log.warning("Everything is paused: %s: campaign resume --all", reason)
        self._ahead = timedelta(0)


def _length(length: timedelta) -> str:
    minutes = round(length / timedelta(minutes=1))
    if minutes < 120:
        return f"{minutes} min"
    hours = round(minutes / 60)
    return f"{hours} h" if hours < 48 else f"{round(hours / 24)} days"
