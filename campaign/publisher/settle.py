"""Settle: what came back is written down, on its own attempt always, on its row if it is ours."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from campaign.domain.delivery import Delivery, Settled
from campaign.domain.outcome import Outcome, Receipt, Result, retry_after
from campaign.domain.states import State, is_allowed
from campaign.publisher.records import record, record_stray
from campaign.publisher.timing import Timing
from campaign.store import queue
from campaign.store.engine import Transaction


def settle(
    tx: Transaction,
    answers: Sequence[Settled],
    standing: Mapping[int, queue.Standing],
    timing: Timing,
) -> None:
    """Write outcomes down: always on their own attempts; on a delivery only if it is still ours.

    An outcome may come late, when the row was reaped, taken by another or given other words: the
    fence is gen, worker and words, compared for equality. `standing` is of locked rows.
    """
    for turn, each_once in enumerate(_one_each(answers)):
        if turn:
            standing = queue.lock(tx, standing)
        _settle(tx, each_once, standing, timing)


def _one_each(answers: Sequence[Settled]) -> Iterator[list[Settled]]:
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


def _settle(
    tx: Transaction,
    answers: list[Settled],
    standing: Mapping[int, queue.Standing],
    timing: Timing,
) -> None:
    published: dict[int, Receipt | None] = {}
    closed = queue.close_attempts(tx, answers)
    for item in closed:
        outcome, row = item.outcome, standing[item.delivery.id]
        state = _next_state(tx, item, row)
        if state is State.PUBLISHED:
            published[row.id] = outcome.receipt
        elif state is not None:
            queue.move(tx, row.id, state, **_columns(tx, item, state, timing))
        if state is State.QUEUED and not row.is_approved:
            withdraw(tx, item.delivery)  # at once: a paused or blocked one is claimed by nobody
    queue.publish(tx, published)


def _next_state(tx: Transaction, item: Settled, row: queue.Standing) -> State | None:
    """The state an answer moves its row to, on record; None where it stays as it is."""
    sent, outcome = item.delivery, item.outcome
    if outcome.blocked:
        queue.block_account(tx, sent.account.name, outcome.blocked)
        tx.record("blocked", f"account:{sent.account.name}", reason=outcome.blocked)
    if not row.is_still(sent):
        record_stray(tx, sent, row.state, outcome)
        return None
    state = _state_after(tx, row, outcome)
    if state is row.state:
        return None
    if not is_allowed(row.state, state):
        record_stray(tx, sent, row.state, outcome)  # a person has decided otherwise in the meantime
        return None
    record(tx, "requeued" if state is State.QUEUED else str(state), sent, outcome)
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


def withdraw(tx: Transaction, row: Delivery) -> None:
    """A no met it on its way, and it came back: it waits for approval again."""
    queue.move_parts(tx, row.post_id, State.QUEUED, State.DRAFT)
    tx.record("held", row.post_key, reason="its words are not approved")


def _columns(tx: Transaction, item: Settled, state: State, timing: Timing) -> dict[str, object]:
    if state is State.QUEUED:
        return {"ready_at": _retry_at(tx, item.delivery, item.outcome), "lease_until": None}
    if state is State.UNKNOWN:
        look_at = max(tx.now + timing.looks[0], item.outcome.retry_at or tx.now)
        return {"ready_at": look_at, "lease_until": None}
    return {"lease_until": None}


def _retry_at(tx: Transaction, row: Delivery, outcome: Outcome) -> datetime:
    wait = timedelta(seconds=retry_after(queue.not_sent_count(tx, row.id), row.key))
    return row.waits_until(max(tx.now + wait, outcome.retry_at or tx.now))
