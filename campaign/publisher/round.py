"""The writer's round: settle, claim, arm. One transaction, one commit, in one straight line."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from campaign.domain.campaign import Late
from campaign.domain.delivery import Armed, Delivery, Looked, Settled
from campaign.domain.outcome import Outcome, Receipt, Result, retry_after
from campaign.domain.states import State, is_allowed
from campaign.publisher import reconcile
from campaign.publisher.jumps import Jumps
from campaign.publisher.limits import Limits
from campaign.publisher.timing import Timing
from campaign.store import queue
from campaign.store.engine import Store, Transaction


class Round:
    """One round of one worker.

    After `play`, `armed` holds what goes to the senders. If the commit fails it holds what is in
    doubt: nothing of it was sent, and the caller settles each as not sent.
    """

    def __init__(
        self, store: Store, worker: str, timing: Timing, jumps: Jumps | None = None
    ) -> None:
        self.store = store
        self.worker = worker
        self.timing = timing
        self._jumps = jumps
        self.armed: list[Armed] = []
        self.looks: list[Delivery] = []
        self.moved = False

    def play(self, returned: Sequence[Settled | Looked], *, free: int, may_arm: bool) -> None:
        """Write down what came back, then take up to `free` due deliveries to the wire.

        Raises StoreError when the database cannot be written; then nothing may be sent.
        """
        with self.store.write(self.worker, alone=False) as tx:
            if self._jumps and self._jumps.see(tx.now, self.store.clock.elapsed()):
                may_arm = False
            if returned:
                self._settle(tx, returned, may_arm=may_arm)
            if may_arm:
                self._arm(tx, self._claim(tx, free - len(self.armed)))
            self.looks = reconcile.take_looks(tx, free - len(self.armed), self.timing)
            self._stamp()
        self.moved = bool(returned or self.armed or self.looks or self.moved)

    def _settle(
        self, tx: Transaction, returned: Sequence[Settled | Looked], *, may_arm: bool
    ) -> None:
        standing = queue.lock(tx, {item.delivery.id for item in returned})
        settled = [item for item in returned if isinstance(item, Settled)]
        for turn, answers in enumerate(_one_each(settled)):
            if turn:
                standing = queue.lock(tx, standing)
            settle(tx, answers, standing, self.timing)
        for item in returned:
            if isinstance(item, Looked):
                again = reconcile.conclude(tx, item, self.worker, self.timing, may_arm=may_arm)
                self.armed += [Armed(delivery=again, stamp=0)] if again is not None else []

    def _claim(self, tx: Transaction, free: int) -> list[Delivery]:
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
                queue.set_ready(tx, row.id, later)
                self.moved = True
            else:
                ours.append(row)
        return queue.claim(tx, ours, self.worker, tx.now + self.timing.claim_lease)

    def _arm(self, tx: Transaction, claimed: list[Delivery]) -> None:
        ours = queue.claimed_by(tx, self.worker)
        may_go = queue.armable(tx, ours, State.CLAIMED) if ours else set()
        good = [row for row in claimed if row.id in may_go]
        for delivery in queue.arm(tx, good, self.worker, tx.now + self.timing.arm_lease):
            record_arm(tx, delivery)
            self.armed.append(Armed(delivery=delivery, stamp=0))
        for refused in set(ours) - {delivery.id for delivery in good}:
            queue.move(tx, refused, State.QUEUED)  # the next claim decides what becomes of it

    def _stamp(self) -> None:
        """Taken before the commit: a commit that hangs must not let an old permission through."""
        elapsed = self.store.clock.elapsed()
        self.armed = [Armed(delivery=armed.delivery, stamp=elapsed) for armed in self.armed]


def record_arm(tx: Transaction, delivery: Delivery) -> None:
    tx.record_part("armed", delivery, account=delivery.account.name)


def expire(tx: Transaction, row: Delivery) -> None:
    """A post whose window is over: all its queued parts go with part 1, and it is said aloud."""
    skip = row.lateness is Late.SKIP
    reason = "its time had passed before it could go out"
    queue.move_parts(tx, row.post_id, State.QUEUED, State.SKIPPED if skip else State.DRAFT)
    queue.set_reason(tx, row.post_id, reason)
    tx.record("skipped" if skip else "held", row.post_key, reason=reason)


def withdraw(tx: Transaction, row: Delivery) -> None:
    reason = "its approval is for other words"
    queue.move_parts(tx, row.post_id, State.QUEUED, State.DRAFT)
    queue.set_reason(tx, row.post_id, reason)
    tx.record("held", row.post_key, reason=reason)


def _one_each(answers: list[Settled]) -> Iterator[list[Settled]]:
    """In turns in which each delivery comes once, so that a second answer sees what the first did.

    By account within a turn: whoever blocks several accounts locks them in one order.
    """
    waiting = sorted(answers, key=lambda item: item.delivery.account.name)
    while waiting:
        turn: dict[int, Settled] = {}
        for item in waiting:
            turn.setdefault(item.delivery.id, item)
        yield list(turn.values())
        waiting = [item for item in waiting if turn[item.delivery.id] is not item]


def settle(
    tx: Transaction,
    answers: Sequence[Settled],
    standing: Mapping[int, queue.Standing],
    timing: Timing,
) -> None:
    """Write outcomes of different deliveries down: always on their own attempts; on a delivery
    only if it is still ours.

    An outcome may come late, when the row was reaped or taken by another: the fence is gen and
    worker, compared for equality.
    """
    published: dict[int, Receipt | None] = {}
    for item in queue.close_attempts(tx, answers):
        outcome, row = item.outcome, standing[item.delivery.id]
        state = _settled(tx, item, row)
        if state is State.PUBLISHED:
            published[row.id] = outcome.receipt
        elif state is not None:
            queue.move(tx, row.id, state, **_columns(tx, item, state, timing))
    queue.publish(tx, published)


def _settled(tx: Transaction, item: Settled, row: queue.Standing) -> State | None:
    """The state an answer moves its row to, on record; None where it stays as it is."""
    sent, outcome = item.delivery, item.outcome
    if outcome.blocked:
        queue.block_account(tx, sent.account.name, outcome.blocked)
        tx.record("blocked", f"account:{sent.account.name}", reason=outcome.blocked)
    if (row.gen, row.worker) != (sent.gen, sent.worker):
        _record(tx, "stray", sent, outcome)
        return None
    state = _state_after(tx, row, outcome)
    if state is row.state:
        return None
    if not is_allowed(row.state, state):
        _record(tx, "stray", sent, outcome)  # a person has decided otherwise in the meantime
        return None
    _record(tx, "requeued" if state is State.QUEUED else str(state), sent, outcome)
    return state


def _state_after(tx: Transaction, row: queue.Standing, outcome: Outcome) -> State:
    if outcome.result is Result.PUBLISHED:
        return State.PUBLISHED
    if row.state not in {State.ARMED, State.UNKNOWN}:
        return row.state
    if queue.has_earlier_doubt(tx, row):
        return State.UNKNOWN  # an earlier attempt may be public: only a proof ends the doubt
    after = {Result.NOT_SENT: State.QUEUED, Result.FAILED: State.FAILED}
    return after.get(outcome.result, State.UNKNOWN)


def _columns(tx: Transaction, item: Settled, state: State, timing: Timing) -> dict[str, object]:
    if state is State.QUEUED:
        return {"ready_at": _retry_at(tx, item.delivery, item.outcome), "lease_until": None}
    if state is State.UNKNOWN:
        look_at = max(tx.now + timing.looks[0], item.outcome.retry_at or tx.now)
        return {"ready_at": look_at, "lease_until": None}
    return {"lease_until": None}


def _retry_at(tx: Transaction, row: Delivery, outcome: Outcome) -> datetime:
    wait = timedelta(seconds=retry_after(queue.not_sent_count(tx, row.id), row.key))
    return max(tx.now + wait, outcome.retry_at or tx.now)


def _record(tx: Transaction, action: str, sent: Delivery, outcome: Outcome) -> None:
    receipt: Receipt | None = outcome.receipt
    facts = {"remote_id": receipt.remote_id, "url": receipt.url} if receipt else {}
    if outcome.detail:
        facts["detail"] = outcome.detail
    tx.record_part(action, sent, result=str(outcome.result), **facts)
