"""`accounts verify`: good keys lift a block, wrong ones make one, silence changes nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from campaign.errors import CampaignError, UsageError
from campaign.operations.accounts import Checked, unready, verify
from campaign.platforms.base import AccountBlocked, NotSent, Platform, Verified
from campaign.platforms.outbox import Outbox
from campaign.runtime import Runtime, open_runtime
from campaign.store.control import blocked_accounts
from tests.books import actions, force
from tests.factories import account, clock_at, database, drafted, fill

CANARY = "canary-7f3a"


class Telling(Outbox):
    """Says of an account what the test wants it to say."""

    said: Callable[[Platform], Verified] = staticmethod(lambda _self: Verified(handle=None))

    def verify(self) -> Verified:
        return type(self).said(self)


@pytest.fixture
def runtime(tmp_path: Path) -> Iterator[Runtime]:
    made = open_runtime(database(tmp_path), clock_at(), adapter_of=lambda _account: Telling)
    fill(made.store, drafted(accounts=[account("press"), account("radio")]))
    yield made
    made.store.close()


def says(patch: pytest.MonkeyPatch, answer: Verified | Exception) -> None:
    def said(_self: Platform) -> Verified:
        if isinstance(answer, Exception):
            raise answer
        return answer

    patch.setattr(Telling, "said", staticmethod(said))


def ask(runtime: Runtime, *names: str) -> list[Checked]:
    return verify(runtime, names, "Ada")


def blocked(runtime: Runtime) -> dict[str, str]:
    with runtime.store.read() as connection:
        return blocked_accounts(connection)


def block(runtime: Runtime) -> None:
    force(runtime.store.place, "UPDATE account SET blocked_reason = 'key expired'")


def test_good_key_lifts_the_block(runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    block(runtime)
    says(monkeypatch, Verified(handle="press-office", rights=("write",)))
    (checked,) = ask(runtime, "press")
    assert (checked.is_good, checked.unblocked, checked.problem) == (True, True, None)
    assert list(blocked(runtime)) == ["radio"]
    assert actions(runtime.store)[-1] == "verified"
    assert not ask(runtime, "press")[0].unblocked


def test_network_that_cannot_be_asked_lifts_nothing(runtime: Runtime) -> None:
    block(runtime)
    before = actions(runtime.store)
    assert [checked.is_good for checked in ask(runtime)] == [False, False]
    assert sorted(blocked(runtime)) == ["press", "radio"]
    assert actions(runtime.store) == before


def test_wrong_account_blocks_it(runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    def said(platform: Platform) -> Verified:
        platform.refuse_other("radio-office")
        return Verified(handle="radio-office")

    monkeypatch.setattr(Telling, "said", staticmethod(said))
    press, radio = ask(runtime)
    assert press.is_blocked
    assert press.problem is not None
    assert "opens radio-office on Outbox, not press-office" in press.problem
    assert radio.is_good
    assert blocked(runtime) == {"press": press.problem}


@pytest.mark.parametrize(
    "error", [NotSent("No line."), CampaignError("No token."), ValueError(CANARY)]
)
def test_silence_changes_nothing(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    before = actions(runtime.store)
    says(monkeypatch, error)
    (checked,) = ask(runtime, "press")
    assert checked.problem
    assert CANARY not in checked.problem
    assert (blocked(runtime), actions(runtime.store)) == ({}, before)


def test_key_that_is_not_accepted_blocks(runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    says(monkeypatch, AccountBlocked("The key has expired."))
    ask(runtime, "press")
    assert blocked(runtime) == {"press": "The key has expired."}


def test_unknown_account_is_said(runtime: Runtime) -> None:
    with pytest.raises(UsageError, match="There are: press, radio"):
        ask(runtime, "telly")


def test_account_is_asked_with_its_own_settings(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def said(platform: Platform) -> Verified:
        asked.append(platform.account.name)
        return Verified(handle=platform.account.handle)

    monkeypatch.setattr(Telling, "said", staticmethod(said))
    ask(runtime)
    assert asked == ["press", "radio"]


def test_what_keeps_an_account_from_sending_is_known_without_asking(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    says(monkeypatch, AssertionError("a network was asked"))
    accounts = [account("press"), account("radio")]
    assert list(unready(runtime, accounts)) == []
    monkeypatch.setattr(Telling, "needs", {"token": "the key"})
    missing, _ = unready(runtime, accounts)
    assert missing.startswith("The token of press is missing: env:CAMPAIGN_PRESS_TOKEN")

    def broken(self: Platform, *_words: object, **_more: object) -> None:
        raise RuntimeError(CANARY)

    monkeypatch.setattr(Telling, "needs", {})
    monkeypatch.setattr(Telling, "__init__", broken)
    assert list(unready(runtime, accounts[:1])) == ["The adapter of press ended in RuntimeError."]
