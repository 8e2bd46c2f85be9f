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
        reach: dict[str, timedelta] = {}
        for row in rows:
            if pace := self._pace(row):
                name = row.account.name
                reach[name] = max(pace.reach, reach.get(name, pace.reach))
        ours = queue.lock_accounts(tx, reach) if reach else set()
        self._used = {name: queue.attempts_since(tx, name, tx.now - reach[name]) for name in ours}

    def is_elsewhere(self, row: Delivery) -> bool:
        return self._pace(row) is not None and row.account.name not in self._used

    def wait_until(self, row: Delivery) -> datetime | None:
        """When the row may go, if not now. If now, it is counted."""
        pace, used = self._pace(row), self._used.get(row.account.name, [])
        free_at = pace.free_at(used, row.part) if pace else None
        if free_at is not None and free_at > self._now:
            return free_at
        used.append(self._now)
        return None

    def _pace(self, row: Delivery) -> Pace | None:
        return pace_of(row.account.settings, self._now - row.due_at)
