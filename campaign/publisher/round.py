"""The writer's round: settle, conclude, claim, arm, look. One transaction, one commit, in one
straight line.
"""

from collections.abc import Sequence

from campaign.domain.campaign import Late
from campaign.domain.delivery import Armed, Delivery, Looked, Settled
from campaign.domain.states import State
from campaign.publisher import reconcile
from campaign.publisher.jumps import Jumps
from campaign.publisher.limits import Limits
from campaign.publisher.records import record_arm
from campaign.publisher.settle import settle, withdraw
from campaign.publisher.timing import Timing
from campaign.store import queue
from campaign.store.engine import Store, Transaction


class Round:
    """One round of one worker.

    After `play`, `armed` holds what goes to the senders. If the commit fails it holds what is in
    doubt: nothing of it was sent, and the caller settles each as not sent. `now` is its instant.
    """

    def __init__(
        self, store: Store, worker: str, timing: Timing, jumps: Jumps | None = None
    ) -> None:
        self.store = store
        self.worker = worker
        self.timing = timing
        self._jumps = jumps
        self.now = store.clock.now()
        self.armed: list[Armed] = []
        self.looks: list[Delivery] = []
        self.moved = False

    def play(self, returned: Sequence[Settled | Looked], *, free: int, may_arm: bool) -> None:
        """Write down what came back, then take up to `free` due deliveries to the wire.

        Raises StoreError when the database cannot be written; then nothing may be sent.
        """
        answers = [item for item in returned if isinstance(item, Settled)]
        found = [item for item in returned if isinstance(item, Looked)]
        with self.store.write(self.worker, alone=False) as tx:
            self.now = tx.now
            if self._jumps and self._jumps.see(tx.now, self.store.clock.elapsed()):
                may_arm = False
            standing = queue.lock(tx, {item.delivery.id for item in returned}) if returned else {}
            settle(tx, answers, standing, self.timing)
            armed = self._conclude(tx, found, may_arm=may_arm)
            if may_arm:
                armed += self._arm(tx, self._claim(tx, free - len(armed)))
            self.looks = reconcile.take_looks(tx, free - len(armed), self.timing)
            # Taken before the commit: one that hangs must not let an old permission through.
            stamp = self.store.clock.elapsed()
            self.armed = [Armed(delivery=each, stamp=stamp) for each in armed]
        self.moved = bool(returned or self.armed or self.looks or self.moved)

    def _conclude(self, tx: Transaction, found: list[Looked], *, may_arm: bool) -> list[Delivery]:
        """Write down what looks found; what is certainly not there may go out under its key."""
        again = [
            reconcile.conclude(tx, item, self.worker, self.timing, may_arm=may_arm)
            for item in found
        ]
        return [row for row in again if row is not None]

    def _claim(self, tx: Transaction, free: int) -> list[Delivery]:
        """Lock due rows, and choose those that may go; the others are decided on at once."""
        rows = queue.due(tx, free) if free > 0 else []
        limits = Limits(tx, rows)
        ours = []
        for row in rows:
            if row.is_too_late(tx.now):
                expire(tx, row)
                self.moved = True
            elif not row.is_approved:
                withdraw(tx, row)
                self.moved = True
            elif limits.is_elsewhere(row):
                self.moved = True  # look again at once: the other worker takes what it may
            elif later := limits.wait_until(row):
                queue.set_ready(tx, row.id, row.waits_until(later))
                self.moved = True
            else:
                ours.append(row)
        return ours

    def _arm(self, tx: Transaction, claimed: list[Delivery]) -> list[Delivery]:
        """What is refused stays queued: the next claim decides what becomes of it."""
        looks = queue.last_looks(tx, claimed)
        good = [row for row in claimed if looks[row.id].allows(State.QUEUED, tx.now)]
        armed = queue.arm(tx, good, self.worker, tx.now + self.timing.arm_lease)
        for delivery in armed:
            record_arm(tx, delivery)
        return armed


def expire(tx: Transaction, row: Delivery) -> None:
    """A post whose window is over: all its queued parts go with part 1, and it is said aloud."""
    skip = row.lateness is Late.SKIP
    reason = "its time had passed before it could go out"
    queue.move_parts(tx, row.post_id, State.QUEUED, State.SKIPPED if skip else State.DRAFT)
    queue.set_reason(tx, row.post_id, reason)
    tx.record("skipped" if skip else "held", row.post_key, reason=reason)
