"""What the publisher says in the audit of one part."""

from campaign.domain.delivery import Delivery
from campaign.domain.outcome import Outcome, Result
from campaign.domain.states import PERHAPS_PUBLIC, State
from campaign.store import control
from campaign.store.engine import Transaction


def record_arm(tx: Transaction, delivery: Delivery, **facts: str) -> None:
    tx.record_part("armed", delivery, account=delivery.account.name, **facts)


def record(tx: Transaction, action: str, sent: Delivery, outcome: Outcome) -> None:
    receipt = outcome.receipt
    facts = {"remote_id": receipt.remote_id, "url": receipt.url} if receipt else {}
    if outcome.detail:
        facts["detail"] = outcome.detail
    tx.record_part(action, sent, result=str(outcome.result), **facts)


def record_stray(tx: Transaction, sent: Delivery, state: State, outcome: Outcome) -> None:
    """An answer that finds its row elsewhere, in `state`. Where it says that it is public, and the
    row could still go out, its post is paused: it would be there twice.
    """
    record(tx, "stray", sent, outcome)
    if outcome.result is Result.PUBLISHED and state not in PERHAPS_PUBLIC:
        at = outcome.receipt.url if outcome.receipt and outcome.receipt.url else "the network"
        reason = f"an earlier sending of it turned up at {at}: it would be there twice"
        control.pause(tx, f"post:{sent.post_key}", reason, tx.actor)
