"""No part goes out through a key of another account: the network is asked whose it is first."""

import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from campaign.domain.campaign import Account
from campaign.domain.delivery import Armed
from campaign.domain.outcome import Result
from campaign.platforms.base import AccountBlocked, NotSent, Rejected, Verified
from campaign.platforms.registry import load_adapter
from campaign.publisher.owners import KEPT, Owners
from tests.factories import SetClock, account
from tests.publisher.stand import PUBLISHED, RECEIPT
from tests.publisher.test_sender import CANARY, Scripted, Sender, raises


def asking(
    clock: SetClock, folder: Path, whose: Callable[[], object]
) -> tuple[Sender, list[object]]:
    sender = Sender(clock, folder, lambda: RECEIPT)
    asked: list[object] = []

    def verify() -> object:
        asked.append(None)
        return whose()

    sender.platform.verify = verify  # type: ignore[assignment, method-assign]
    return sender, asked


def test_key_of_another_account_sends_nothing_and_blocks(
    clock: SetClock, tmp_path: Path, armed: Armed
) -> None:
    sender, _ = asking(clock, tmp_path, raises(AccountBlocked("It opens another account.")))
    outcome = sender.publish(armed)
    assert (outcome.result, outcome.blocked) == (Result.NOT_SENT, "It opens another account.")
    assert sender.platform.asked == []


@pytest.mark.parametrize("there", [None, RECEIPT])
def test_what_stands_at_another_account_ends_no_doubt(
    clock: SetClock, tmp_path: Path, armed: Armed, there: object
) -> None:
    """Partners post the same words: found with their key, ours would count as published."""
    sender, _ = asking(clock, tmp_path, raises(AccountBlocked("It opens another account.")))
    sender.platform.answer = lambda: there
    looked = sender.look(armed.delivery)
    assert (looked.receipt, looked.certain) == (None, False)
    assert looked.detail == "It opens another account."
    assert sender.platform.asked == []


@pytest.mark.parametrize("error", [NotSent("No line."), Rejected(CANARY), ValueError(CANARY)])
def test_network_that_could_not_be_asked_gets_nothing(
    clock: SetClock, tmp_path: Path, armed: Armed, error: Exception
) -> None:
    sender, asked = asking(clock, tmp_path, raises(error))
    for _ in range(2):
        outcome = sender.publish(armed)
        assert (outcome.result, outcome.blocked) == (Result.NOT_SENT, None)
        assert CANARY not in repr(outcome)
    assert len(asked) == 2
    assert sender.platform.asked == []


def test_it_is_asked_once_a_day_and_anew_for_other_secrets(
    clock: SetClock, tmp_path: Path, armed: Armed
) -> None:
    sender, asked = asking(clock, tmp_path, lambda: Verified(handle="press-office"))
    now = armed

    def publish() -> int:
        nonlocal now
        now = replace(now, stamp=clock.elapsed())
        assert sender.publish(now) == PUBLISHED
        return len(asked)

    assert [publish(), publish()] == [1, 1]
    sender.platform.secrets = {"token": "of another account, perhaps"}
    assert [publish(), publish()] == [2, 2]
    sender.platform.account = replace(account(), handle="somebody-else")
    assert [publish(), publish()] == [3, 3]
    clock.seconds += KEPT
    assert [publish(), publish()] == [4, 4]


def test_answer_that_took_too_long_sends_nothing(
    clock: SetClock, tmp_path: Path, armed: Armed
) -> None:
    def slowly() -> Verified:
        clock.seconds += 6
        return Verified(handle="press-office")

    sender, _ = asking(clock, tmp_path, slowly)
    assert sender.publish(armed).result is Result.NOT_SENT
    assert sender.publish(replace(armed, stamp=clock.elapsed())) == PUBLISHED


def test_many_at_once_ask_once_and_nobody_waits_longer_than_may_be(
    clock: SetClock, tmp_path: Path
) -> None:
    owners, platform = Owners(clock), Scripted(account(), clock=clock, folder=tmp_path)
    asked: list[object] = []
    gate = threading.Event()

    def verify() -> Verified:
        asked.append(None)
        assert gate.wait(5)
        return Verified(handle="press-office")

    platform.verify = verify  # type: ignore[method-assign]
    said: list[object] = []
    threads = [
        threading.Thread(target=lambda: said.append(owners.refuse(platform, 5))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    while not asked:
        pass
    waited = owners.refuse(platform, 0.01)
    assert waited is not None
    assert waited.result is Result.NOT_SENT
    gate.set()
    for thread in threads:
        thread.join(5)
    assert said == [None] * 8
    assert len(asked) == 1


def test_secrets_are_not_kept(clock: SetClock, tmp_path: Path) -> None:
    owners, platform = Owners(clock), Scripted(account(), clock=clock, folder=tmp_path)
    platform.secrets = {"token": CANARY}
    assert owners.refuse(platform, 1) is None
    assert CANARY not in repr(vars(owners))


@pytest.mark.parametrize("name", ["bluesky", "mastodon", "webhook", "x"])
def test_library_that_does_not_load_sends_nothing(
    clock: SetClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """It is imported by the question, so not while something is being sent."""
    for module in ("transport", "x_session"):
        monkeypatch.setitem(sys.modules, f"campaign.platforms.{module}", None)
    adapter = load_adapter(name)
    ours = Account(name=name, platform=name, handle="one@social.example", language="en")
    secrets = dict.fromkeys(adapter.needs, CANARY)
    outcome = Owners(clock).refuse(
        adapter(ours, clock=clock, folder=tmp_path, secrets=secrets), patience=5
    )
    assert outcome is not None
    assert (outcome.result, "ModuleNotFoundError" in str(outcome.detail)) == (Result.NOT_SENT, True)
