"""An account's pace, held by all workers together: counted from rows, under the account's lock."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from campaign.domain.delivery import Delivery
from campaign.domain.pace import Pace, pace_of
from campaign.store import queue
from campaign.store.engine import Transaction


class Limits:
    """For the rows of one claim. An account that another worker counts just now is left to it."""

    def __init__(self, tx: Transaction, rows: Iterable[Delivery]) -> None:
        self._now = tx.now
        self._paces: dict[int, Pace] = {}
        reach: dict[str, timedelta] = {}
        for row in rows:
            if pace := pace_of(row.account.settings, tx.now - row.due_at):
                name = row.account.name
                self._paces[row.id] = pace
                reach[name] = max(pace.reach, reach.get(name, pace.reach))
        ours = queue.lock_accounts(tx, reach) if reach else set()
        self._used = {name: queue.attempts_since(tx, name, tx.now - reach[name]) for name in ours}

    def is_elsewhere(self, row: Delivery) -> bool:
        return row.id in self._paces and row.account.name not in self._used

    def wait_until(self, row: Delivery) -> datetime | None:
        """When the row may go, if not now. If now, it is counted."""
        pace, used = self._paces.get(row.id), self._used.get(row.account.name, [])
        free_at = pace.free_at(used, row.part) if pace else None
        if free_at is not None and free_at > self._now:
            return free_at
        used.append(self._now)
        return None
