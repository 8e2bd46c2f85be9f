"""Ending a doubt: what may be public is looked for, and sent again only under the same key."""

from dataclasses import replace

from campaign.domain.delivery import Delivery, Looked, Settled
from campaign.domain.outcome import Outcome, Receipt, Result
from campaign.domain.states import PERHAPS_PUBLIC, State, is_allowed
from campaign.publisher.records import record, record_arm, record_stray
from campaign.publisher.timing import Timing
from campaign.store import doubts, queue
from campaign.store.engine import Transaction


def take_looks(tx: Transaction, limit: int, timing: Timing) -> list[Delivery]:
    """Unknown deliveries whose look is due. Taking one moves its next look on, so that no other
    worker looks at the same time and a crash costs one look.
    """
    rows = queue.to_look_at(tx, limit) if limit > 0 else []
    looks = []
    for row in rows:
        tried = queue.attempt_times(tx, row.id)
        next_look = timing.next_look(tx.now - tried.doubt_since)
        queue.set_ready(tx, row.id, tried.doubt_since + next_look)
        looks.append(replace(row, since=tried.first, taken=queue.taken_ids(tx, row)))
    return looks


def conclude(
    tx: Transaction, looked: Looked, worker: str, timing: Timing, *, may_arm: bool
) -> Delivery | None:
    """Write down what a look found. Returns the delivery when it is armed again, with its key."""
    row = queue.get(tx, looked.delivery.id)
    if row is None:
        return None
    if looked.receipt is not None:
        if looked.receipt.remote_id not in queue.taken_ids(tx, row):
            _found(tx, row, looked.delivery, looked.receipt)
        return None
    if row.state is not State.UNKNOWN or row.gen != looked.delivery.gen:
        return None
    if _is_anothers(tx, row, looked, timing):
        _refused(tx, row)
        return None
    if may_arm and _may_replay(tx, row, looked, timing):
        return _replay(tx, row, worker, timing)
    return None


def _found(tx: Transaction, row: Delivery, looked_for: Delivery, receipt: Receipt) -> None:
    """It is public, also where a person has said in the meantime that it is not."""
    detail = "found by looking after a doubt"
    outcome = Outcome(result=Result.PUBLISHED, detail=detail, receipt=receipt)
    is_still = (row.gen, row.content_hash) == (looked_for.gen, looked_for.content_hash)
    if is_still and is_allowed(row.state, State.PUBLISHED):
        queue.close_attempts(tx, [Settled(delivery=row, outcome=outcome)])
        queue.publish(tx, {row.id: receipt})
        record(tx, "published", row, outcome)
    elif row.key != looked_for.key or row.state not in PERHAPS_PUBLIC:
        queue.close_attempts(tx, [Settled(delivery=looked_for, outcome=outcome)])
        record_stray(tx, looked_for, row.state, outcome)


def _is_anothers(tx: Transaction, row: Delivery, looked: Looked, timing: Timing) -> bool:
    """The network refused it as being there already, and what is there is not ours."""
    if not looked.certain or not doubts.was_only_refused(tx, row.id):
        return False
    last = queue.attempt_times(tx, row.id).last
    return looked.at - last >= timing.quiesce  # a new post is not to be seen everywhere at once


def _refused(tx: Transaction, row: Delivery) -> None:
    detail = "refused as a double of another post: of those since it was sent, none is this one"
    outcome = Outcome(result=Result.FAILED, detail=detail)
    queue.close_attempts(tx, [Settled(delivery=row, outcome=outcome)])
    queue.move(tx, row.id, State.FAILED, lease_until=None)
    record(tx, "failed", row, outcome)


def _may_replay(tx: Transaction, row: Delivery, looked: Looked, timing: Timing) -> bool:
    """Certainly absent, the lost request surely over, and the network still knows our key."""
    if not looked.certain or looked.replay_for is None:
        return False
    tried = queue.attempt_times(tx, row.id)
    is_quiet = looked.at - tried.last >= timing.quiesce
    is_known = tx.now - tried.first < looked.replay_for
    if not is_quiet or not is_known:
        return False
    return queue.last_looks(tx, [row])[row.id].allows(State.UNKNOWN, tx.now)


def _replay(tx: Transaction, row: Delivery, worker: str, timing: Timing) -> Delivery:
    (armed,) = queue.arm(tx, [row], worker, tx.now + timing.arm_lease)
    record_arm(tx, armed, detail="again, with the same key: it was not there")
    return armed
