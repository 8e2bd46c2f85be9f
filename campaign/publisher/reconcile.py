"""Ending a doubt: what may be public is looked for, and sent again only under the same key."""

from dataclasses import replace

from campaign.domain.delivery import Delivery, Looked, Settled
from campaign.domain.outcome import Outcome, Result
from campaign.domain.states import State
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
        first, _last, doubt = queue.attempt_times(tx, row.id)
        queue.set_ready(tx, row.id, doubt + timing.next_look(tx.now - doubt))
        looks.append(replace(row, since=first, taken=queue.taken_ids(tx, row)))
    return looks


def conclude(
    tx: Transaction, looked: Looked, worker: str, timing: Timing, *, may_arm: bool
) -> Delivery | None:
    """Write down what a look found. Returns the delivery when it is armed again, with its key."""
    row = queue.get(tx, looked.delivery.id)
    if row is None or row.state is not State.UNKNOWN or row.gen != looked.delivery.gen:
        return None
    if looked.receipt is not None:
        if looked.receipt.remote_id not in queue.taken_ids(tx, row):
            _found(tx, row, looked)
        return None
    if _is_anothers(tx, row, looked, timing):
        _refused(tx, row)
        return None
    if may_arm and _may_replay(tx, row, looked, timing):
        return _replay(tx, row, worker, timing)
    return None


def _found(tx: Transaction, row: Delivery, looked: Looked) -> None:
    assert looked.receipt is not None
    outcome = Outcome(result=Result.PUBLISHED, detail="found", receipt=looked.receipt)
    queue.close_attempts(tx, [Settled(delivery=row, outcome=outcome)])
    queue.publish(tx, {row.id: looked.receipt})
    tx.record_part(
        "published",
        row,
        result=str(Result.PUBLISHED),
        detail="found by looking after a doubt",
        remote_id=looked.receipt.remote_id,
        url=looked.receipt.url,
    )


def _is_anothers(tx: Transaction, row: Delivery, looked: Looked, timing: Timing) -> bool:
    """The network refused it as being there already, and what is there is not ours."""
    if not looked.certain or not doubts.was_only_refused(tx, row.id):
        return False
    _first, last, _since = queue.attempt_times(tx, row.id)
    return tx.now - last >= timing.quiesce  # a new post is not to be seen everywhere at once


def _refused(tx: Transaction, row: Delivery) -> None:
    detail = "refused as a double of another post: of those since it was sent, none is this one"
    queue.close_attempts(
        tx, [Settled(delivery=row, outcome=Outcome(result=Result.FAILED, detail=detail))]
    )
    queue.move(tx, row.id, State.FAILED, lease_until=None)
    tx.record_part("failed", row, result=str(Result.FAILED), detail=detail)


def _may_replay(tx: Transaction, row: Delivery, looked: Looked, timing: Timing) -> bool:
    """Certainly absent, the lost request surely over, and the network still knows our key."""
    if not looked.certain or looked.replay_for is None:
        return False
    first, last, _since = queue.attempt_times(tx, row.id)
    is_quiet = tx.now - last >= timing.quiesce
    is_known = tx.now - first < looked.replay_for
    return is_quiet and is_known and bool(queue.armable(tx, [row.id], State.UNKNOWN))


def _replay(tx: Transaction, row: Delivery, worker: str, timing: Timing) -> Delivery:
    again = replace(row, gen=row.gen + 1)
    queue.set_gen(tx, again.id, again.gen)
    (armed,) = queue.arm(tx, [again], worker, tx.now + timing.arm_lease)
    tx.record_part(
        "armed",
        armed,
        account=armed.account.name,
        detail="again, with the same key: it was not there",
    )
    return armed
