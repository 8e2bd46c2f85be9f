"""An account's pace, held by all workers together: counted from rows, under the account's lock."""

from datetime import datetime

from campaign.domain.delivery import Delivery
from campaign.domain.pace import Pace, pace_of
from campaign.store import queue
from campaign.store.engine import Transaction


class Limits:
    """For the rows of one claim. An account that another worker counts just now is left to it."""

    def __init__(self, tx: Transaction, rows: list[Delivery]) -> None:
        self._now = tx.now
        paces = {row.account.name: pace_of(row.account.settings) for row in rows}
        self._paces: dict[str, Pace] = {name: pace for name, pace in paces.items() if pace}
        self._ours = queue.lock_accounts(tx, self._paces) if self._paces else set()
        self._used = {
            name: queue.attempts_since(tx, name, tx.now - self._paces[name].reach)
            for name in self._ours
        }

    def is_elsewhere(self, row: Delivery) -> bool:
        name = row.account.name
        return name in self._paces and name not in self._ours

    def wait_until(self, row: Delivery) -> datetime | None:
        """When the row may go, if not now. If now, it is counted."""
        name = row.account.name
        pace = self._paces.get(name)
        if pace is None:
            return None
        free_at = pace.free_at(self._used[name], row.part)
        if free_at is not None and free_at > self._now:
            return free_at
        self._used[name] = [*self._used[name], self._now]
        return None
