"""The senders' threads: one request for each part, and no way for anything to escape them."""

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from campaign.domain.campaign import Account
from campaign.domain.delivery import Armed, Delivery, Looked, Settled
from campaign.domain.outcome import Outcome, Receipt, Result
from campaign.errors import CampaignError
from campaign.platforms.base import (
    Capabilities,
    DuplicateSafety,
    NotSent,
    OutcomeUnknown,
    Platform,
    Rejected,
    Sending,
)
from campaign.platforms.counting import NETWORKS
from campaign.publisher.sender import Senders
from campaign.publisher.timing import Timing
from tests.books import every_row, rows
from tests.factories import SetClock, account
from tests.publisher.stand import PUBLISHED, RECEIPT, Stand, settled

CANARY = "canary-7f3a"
Answer = Callable[[], object]


class Scripted(Platform):
    """Answers what the test tells it to, and counts what it was asked."""

    name = "scripted"
    title = "Scripted"
    answer: Answer = staticmethod(lambda: RECEIPT)
    safety = DuplicateSafety.REPLAY

    def __init__(self, account: Account, *, clock: SetClock, folder: Path) -> None:
        super().__init__(account, clock=clock, folder=folder)
        self.asked: list[Sending] = []

    def capabilities(self) -> Capabilities:
        measure = NETWORKS["outbox"].measure
        hour = timedelta(hours=1)
        return Capabilities(measure=measure, duplicate_safety=self.safety, replay_for=hour)

    def publish(self, sending: Sending) -> Receipt:
        self.asked.append(sending)
        return self.answer()  # type: ignore[return-value]

    def find(self, sending: Sending) -> Receipt | None:
        self.asked.append(sending)
        return self.answer()  # type: ignore[return-value]


class Sender:
    """One thread, and what it brings back."""

    def __init__(self, clock: SetClock, folder: Path, answer: Answer) -> None:
        self.platform = Scripted(account(), clock=clock, folder=folder)
        self.platform.answer = answer
        self.rung = threading.Event()
        self.senders = Senders(
            lambda _account: self.platform, clock, Timing(), count=1, ring=self.rung.set
        )

    def ask(self, item: Armed | Delivery) -> Settled | Looked:
        batch: Any = [item]
        self.senders.send(batch)
        back = self.senders.returned.get(timeout=5)
        assert self.rung.wait(5)
        return back

    def publish(self, armed: Armed) -> Outcome:
        back = self.ask(armed)
        assert isinstance(back, Settled)
        assert back.delivery == armed.delivery
        return back.outcome

    def look(self, delivery: Delivery) -> Looked:
        back = self.ask(delivery)
        assert isinstance(back, Looked)
        return back


def raises(error: BaseException) -> Answer:
    def answer() -> object:
        raise error

    return answer


def test_part_is_asked_for_once_with_all_that_it_needs(
    clock: SetClock, tmp_path: Path, armed: Armed
) -> None:
    sender = Sender(clock, tmp_path, lambda: RECEIPT)
    assert sender.publish(armed) == PUBLISHED
    (sending,) = sender.platform.asked
    delivery = armed.delivery
    assert (sending.key, sending.body, sending.part) == (delivery.key, delivery.body, 1)
    assert sending.post_key == delivery.post_key
    assert (sending.starts_by, sending.within) == (armed.stamp + 5.0, 45.0)


@pytest.mark.parametrize(("age", "result"), [(5.0, Result.PUBLISHED), (5.001, Result.NOT_SENT)])
def test_old_permission_is_not_used(
    clock: SetClock, tmp_path: Path, armed: Armed, age: float, result: Result
) -> None:
    sender = Sender(clock, tmp_path, lambda: RECEIPT)
    clock.seconds += age
    assert sender.publish(armed).result is result
    assert len(sender.platform.asked) == (result is Result.PUBLISHED)


def test_stopping_sender_asks_nothing(clock: SetClock, tmp_path: Path, armed: Armed) -> None:
    sender = Sender(clock, tmp_path, lambda: RECEIPT)
    sender.senders.is_stopping = True
    assert sender.publish(armed).result is Result.NOT_SENT
    assert sender.platform.asked == []


@pytest.mark.parametrize(
    ("error", "result"),
    [
        (NotSent("no line"), Result.NOT_SENT),
        (Rejected("too long"), Result.FAILED),
        (OutcomeUnknown("cut off"), Result.UNKNOWN),
        (ValueError("x"), Result.UNKNOWN),
        (SystemExit(1), Result.UNKNOWN),
        (KeyboardInterrupt(), Result.UNKNOWN),
        (MemoryError(), Result.UNKNOWN),
    ],
)
def test_whatever_is_raised_is_an_outcome_and_the_thread_lives(
    clock: SetClock, tmp_path: Path, armed: Armed, error: BaseException, result: Result
) -> None:
    sender = Sender(clock, tmp_path, raises(error))
    assert [sender.publish(armed).result for _ in range(2)] == [result, result]


@pytest.mark.parametrize("answer", [None, True, "https://example.org/1"])
def test_answer_without_a_receipt_is_unknown(
    clock: SetClock, tmp_path: Path, armed: Armed, answer: object
) -> None:
    assert Sender(clock, tmp_path, lambda: answer).publish(armed).result is Result.UNKNOWN


class Broken(Receipt):
    @property
    def remote_id(self) -> str:
        raise ValueError("no id")


def test_receipt_that_breaks_when_it_is_read_is_unknown_and_the_thread_lives(
    clock: SetClock, tmp_path: Path, armed: Armed
) -> None:
    sender = Sender(clock, tmp_path, lambda: object.__new__(Broken))
    for _ in range(2):
        assert sender.publish(armed).result is Result.UNKNOWN


@pytest.mark.parametrize("error", [CampaignError("Nothing here can publish."), SystemExit(CANARY)])
def test_adapter_that_cannot_be_made_sends_nothing(
    clock: SetClock, tmp_path: Path, armed: Armed, error: BaseException
) -> None:
    sender = Sender(clock, tmp_path, lambda: RECEIPT)
    sender.senders._platform_of = lambda _account: raises(error)()  # type: ignore[assignment, return-value]
    outcome = sender.publish(armed)
    assert outcome.result is Result.NOT_SENT
    assert outcome.blocked
    assert CANARY not in repr(outcome)


@pytest.mark.parametrize(
    ("safety", "replay_for"),
    [(DuplicateSafety.REPLAY, timedelta(hours=1)), (DuplicateSafety.LOOKUP, None)],
)
def test_look_says_whether_it_is_there(
    clock: SetClock, tmp_path: Path, armed: Armed, safety: DuplicateSafety,
    replay_for: timedelta | None,
) -> None:  # fmt: skip
    there = Sender(clock, tmp_path, lambda: RECEIPT)
    there.platform.safety = safety
    found = there.look(armed.delivery)
    assert found.receipt == RECEIPT
    gone = Sender(clock, tmp_path, lambda: None)
    gone.platform.safety = safety
    assert gone.look(armed.delivery) == Looked(
        delivery=armed.delivery, at=clock.now(), certain=True, replay_for=replay_for
    )


@pytest.mark.parametrize("error", [OutcomeUnknown("cannot be asked"), SystemExit(CANARY)])
def test_look_that_fails_leaves_the_doubt(
    clock: SetClock, tmp_path: Path, armed: Armed, error: BaseException
) -> None:
    looked = Sender(clock, tmp_path, raises(error)).look(armed.delivery)
    assert (looked.receipt, looked.certain) == (None, False)
    assert CANARY not in looked.detail


def test_look_that_answers_no_receipt_leaves_the_doubt(
    clock: SetClock, tmp_path: Path, armed: Armed
) -> None:
    looked = Sender(clock, tmp_path, lambda: True).look(armed.delivery)
    assert (looked.receipt, looked.certain) == (None, False)


def test_secret_in_an_exception_reaches_no_record(
    stand: Stand, clock: SetClock, tmp_path: Path, armed: Armed, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    error = RuntimeError(f"Bearer {CANARY}")
    error.__cause__ = ValueError(CANARY)
    sender = Sender(clock, tmp_path, raises(error))
    stand.play(settled(armed, sender.publish(armed)))
    stand.pass_time(seconds=60)
    stand.play(sender.look(armed.delivery))
    assert rows(stand.store.place, "SELECT detail FROM attempt") == [("it ended in RuntimeError",)]
    assert CANARY not in str(every_row(stand.store.place))
    assert CANARY not in caplog.text


def test_threads_are_as_many_as_there_are_permits(
    clock: SetClock, tmp_path: Path, armed: Armed
) -> None:
    gate = threading.Semaphore(0)
    sender = Sender(clock, tmp_path, lambda: RECEIPT if gate.acquire(timeout=5) else None)
    sender.senders._count = 2
    sender.senders.send([armed, replace(armed), replace(armed)])
    assert len(sender.senders._threads) == 2
    gate.release(3)
    back = [sender.senders.returned.get(timeout=5) for _ in range(3)]
    assert back == [settled(armed, PUBLISHED)] * 3
