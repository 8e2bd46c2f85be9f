"""Armed rows whose holder is gone become unknown. Never more: they may be public."""

import logging

from campaign.domain.delivery import Delivery, Settled
from campaign.domain.outcome import Outcome, Result
from campaign.domain.states import State
from campaign.publisher.timing import Timing
from campaign.store import queue
from campaign.store.engine import Store, Transaction

log = logging.getLogger(__name__)

NO_ANSWER = "the program that sent it ended before the answer came; it may be public"


def reap(store: Store, worker: str, timing: Timing, *, everything: bool = False) -> int:
    """Reap leases that are over; with `everything`, all of them. Returns how many rows moved.

    `everything` is for the start on SQLite, where the lock file says that whoever held the rows
    is dead.
    """
    with store.write(worker, alone=False) as tx:
        rows = queue.held(tx, None if everything else tx.now)
        for row in rows:
            _give_up(tx, row, timing)
    for row in rows:
        log.warning("%s part %s: %s", row.post_key, row.part, NO_ANSWER)
    return len(rows)


def _give_up(tx: Transaction, row: Delivery, timing: Timing) -> None:
    lost = Outcome(result=Result.UNKNOWN, detail=NO_ANSWER)
    queue.close_attempts(tx, [Settled(delivery=row, outcome=lost)])
    look_at = tx.now + timing.looks[0]
    queue.move(tx, row.id, State.UNKNOWN, lease_until=None, ready_at=look_at)
    tx.record_part("unknown", row, detail=NO_ANSWER)
