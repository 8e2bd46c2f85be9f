"""How an adapter looks for what may be there."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from campaign.platforms import transport
from campaign.platforms.base import (
    DuplicateSafety,
    NotSent,
    OutcomeUnknown,
    Platform,
    PlatformError,
)
from campaign.testing.fake import FakeNetwork
from campaign.testing.faults import FAULTS
from campaign.testing.stand import TEXTS, ShiftedClock, Stand

AT_ONCE = 0.1  # whether a busy machine had begun or not, nothing was sent


class Looking(Stand):
    def test_what_is_there_is_found(self, network: FakeNetwork, tmp_path: Path) -> None:
        self.need(DuplicateSafety.LOOKUP, DuplicateSafety.REPLAY)
        sending = self.sending(TEXTS["marks of code"])
        receipt = self.made(network, tmp_path).publish(sending)
        found = self.looked(self.made(network, tmp_path), sending)
        if found is None and self.safety is DuplicateSafety.REPLAY:  # it cannot be read
            found = self.made(network, tmp_path).publish(sending)
            assert len(network.dialect.posts) == 1
            network.requests.pop()
        assert found is not None
        assert (found.remote_id, found.extra) == (receipt.remote_id, receipt.extra)
        assert len(network.visible) == 1

    def test_what_is_not_there_is_not_found(self, network: FakeNetwork, tmp_path: Path) -> None:
        self.need(DuplicateSafety.LOOKUP)
        network.dialect.add("Something else.")
        assert self.find(self.made(network, tmp_path), self.sending()) is None

    def test_older_post_of_the_same_words_is_not_ours(
        self, network: FakeNetwork, tmp_path: Path
    ) -> None:
        self.need(DuplicateSafety.LOOKUP)
        network.dialect.now = datetime.now(UTC) - timedelta(days=3)
        network.dialect.add(TEXTS["plain"])
        network.dialect.now = None
        assert self.find(self.made(network, tmp_path), self.sending()) is None

    def test_post_of_another_part_is_not_ours(self, network: FakeNetwork, tmp_path: Path) -> None:
        self.need(DuplicateSafety.LOOKUP)
        taken = self.made(network, tmp_path).publish(self.sending())
        sending = self.sending(taken=frozenset({taken.remote_id}))
        assert self.find(self.made(network, tmp_path), sending) is None

    def test_two_that_fit_leave_the_doubt(self, network: FakeNetwork, tmp_path: Path) -> None:
        self.need(DuplicateSafety.LOOKUP)
        for _ in range(2):
            network.dialect.add(TEXTS["plain"])
        with pytest.raises(OutcomeUnknown):
            self.find(self.made(network, tmp_path), self.sending())

    @pytest.mark.parametrize("question", ["whose account it is", "whether it is there"])
    def test_fault_of_what_nobody_sees_proves_nothing(
        self, network: FakeNetwork, tmp_path: Path, question: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Nothing was sent then; and a look that failed is never taken for "not there"."""
        self.ask(self.made(network, tmp_path), question)
        if not network.reached:
            pytest.skip("it asks nobody")
        wrong = []
        for name, fault in FAULTS.items():
            network.unseen_fault = fault
            if fault.how in ("hang", "drip", "reset-in-body"):  # a question has no body
                monkeypatch.setattr(transport, "READ", AT_ONCE)
                monkeypatch.setattr(transport.Line.ask, "__kwdefaults__", {"within": AT_ONCE})
            else:
                monkeypatch.undo()
            folder = tmp_path / name.replace(" ", "-")
            folder.mkdir()
            told = self.ask(self.made(network, folder), question)
            if told is not self.unseen_meaning(name):
                wrong.append((name, told))
        assert network.visible == []
        assert not wrong

    def ask(self, adapter: Platform, question: str) -> object:
        """What it raises, or else what it answers."""
        try:
            return self.find(adapter, self.sending()) if "there" in question else adapter.verify()
        except PlatformError as error:
            return type(error)

    def unseen_meaning(self, name: str) -> type[PlatformError]:
        """Override where the network's own words mean something else to those who ask."""
        means = FAULTS[name].means
        return NotSent if means is OutcomeUnknown else means

    @pytest.mark.parametrize("minutes", [-10, 10])
    def test_wrong_clock_breaks_neither_sending_nor_replay(
        self, network: FakeNetwork, tmp_path: Path, minutes: int
    ) -> None:
        clock = ShiftedClock(timedelta(minutes=minutes))
        since = clock.now() - timedelta(seconds=5)
        sending = self.sending(since=since)
        first = self.made(network, tmp_path, clock).publish(sending)
        if self.safety is DuplicateSafety.REPLAY:
            again = self.made(network, tmp_path, clock).publish(sending)
            assert again.remote_id == first.remote_id
        assert len(network.dialect.posts) == 1

    @pytest.mark.parametrize("minutes", [-10, 10])
    def test_wrong_clock_never_says_that_it_is_not_there(
        self, network: FakeNetwork, tmp_path: Path, minutes: int
    ) -> None:
        self.need(DuplicateSafety.LOOKUP)
        clock = ShiftedClock(timedelta(minutes=minutes))
        sending = self.sending(since=clock.now() - timedelta(seconds=5))
        sent = self.made(network, tmp_path, clock).publish(sending)
        try:
            found = self.find(self.made(network, tmp_path, clock), sending)
        except PlatformError:
            return
        assert found is not None
        assert found.remote_id == sent.remote_id
