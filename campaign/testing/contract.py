"""What every adapter has to do, as tests. Subclass it once for each adapter.

The subclass says how its network speaks (a Dialect); the network itself, the faults and what each
must be called come from here. What an adapter cannot do by its duplicate safety is skipped.
"""

import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from campaign.clock import SystemClock
from campaign.domain.outcome import Receipt
from campaign.platforms.base import (
    DuplicateSafety,
    OutcomeUnknown,
    PlatformError,
    RateLimited,
)
from campaign.testing.fake import FakeNetwork, Published
from campaign.testing.faults import FAULTS, Fault
from campaign.testing.looking import Looking
from campaign.testing.planning import Planning
from campaign.testing.secrecy import Secrecy
from campaign.testing.stand import HANGS, KEY, TEXTS

ASKED = 90  # seconds
# What is not to be believed: a minute, or a day at most.
WAITS = {"past": 60, "nonsense": 60, "without": 60, "years": 86_400}


def waits(now: datetime) -> dict[str, Mapping[str, str]]:
    """The ways in which networks ask to wait so long, by what they are called."""
    at, date = now + timedelta(seconds=ASKED), "%a, %d %b %Y %H:%M:%S GMT"
    epoch, iso = str(int(at.timestamp())), at.isoformat().replace("+00:00", "Z")
    return {
        "Retry-After in seconds": {"Retry-After": str(ASKED)},
        "Retry-After as a date": {"Retry-After": f"{at:{date}}"},
        "Retry-After in the past": {"Retry-After": f"{now - timedelta(days=1):{date}}"},
        "Retry-After that is nonsense": {"Retry-After": "soon"},
        "Retry-After of many years": {"Retry-After": "999999999"},
        "without any": {},
        "x-rate-limit-reset as a moment": {"x-rate-limit-reset": epoch},
        "X-RateLimit-Reset as an ISO date": {"X-RateLimit-Reset": iso},
        "X-RateLimit-Reset as a moment": {"X-RateLimit-Reset": epoch},
        "ratelimit-reset as a moment": {"ratelimit-reset": epoch},
        "RateLimit-Reset in seconds": {"RateLimit-Reset": str(ASKED)},
        "x-rate-limit-reset in the past": {"x-rate-limit-reset": "1600000000"},
    }


class PlatformContract(Planning, Looking, Secrecy):
    """Publishing; with what planning, looking and secrets have to do."""

    @pytest.mark.parametrize("name", TEXTS)
    def test_text_stands_there_as_it_was_approved(
        self, network: FakeNetwork, tmp_path: Path, name: str
    ) -> None:
        text = TEXTS[name]
        expected = self.texts.get(name, text)
        if expected is None:
            pytest.skip("this network cannot carry it")
        receipt = self.made(network, tmp_path).publish(self.sending(text))
        (post,) = network.dialect.posts
        assert post.text == expected
        assert len(network.visible) == 1
        self.check_receipt(receipt, post)

    def check_receipt(self, receipt: Receipt, post: Published) -> None:
        """Override where the network names no id, or another."""
        assert receipt.remote_id == post.id
        assert receipt.url is None or receipt.url.startswith(("https://", "http://127.0.0.1"))
        assert receipt.published_at.utcoffset() == timedelta(0)
        assert abs(receipt.published_at - datetime.now(UTC)) < timedelta(minutes=1)
        assert all(isinstance(value, str) for value in receipt.extra.values())

    def test_parts_of_a_thread_hang_together(self, network: FakeNetwork, tmp_path: Path) -> None:
        if not self.planned().capabilities().threads:
            pytest.skip("no threads here")
        parent: Receipt | None = None
        for part in (1, 2, 3):
            parent = self.made(network, tmp_path).publish(
                self.sending(f"Part {part}.", part=part, key=f"{KEY[:-1]}{part}", parent=parent)
            )
        posts = network.dialect.posts
        assert [post.text for post in posts] == ["Part 1.", "Part 2.", "Part 3."]
        self.check_thread(posts)

    def check_thread(self, posts: Sequence[Published]) -> None:
        """Each answers the one before. Override where the network has another shape."""
        assert [post.parent for post in posts] == [None, posts[0].id, posts[1].id]

    @pytest.mark.parametrize("name", FAULTS)
    def test_fault_is_called_by_its_name(
        self, network: FakeNetwork, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fault = FAULTS[name]
        self.forbid_sleep(monkeypatch)
        if name in self.accepts:
            network.fault = fault
            assert self.made(network, tmp_path).publish(self.sending()).remote_id
            assert len(network.dialect.posts) == len(network.visible) == 1
            return
        error, late = self.broken(network, tmp_path, fault)
        assert type(error) is self.meaning(name), (name, error)
        assert late < HANGS, "it waited on"
        assert len(network.dialect.posts) <= fault.applied
        assert len(network.visible) <= 1, "asked again"
        network.fault = None
        self.check_doubt(network, tmp_path, name)

    def check_doubt(self, network: FakeNetwork, folder: Path, name: str) -> None:
        """After a fault: what is there is found, what is not is not; a replay makes one post."""
        if self.meaning(name) is not OutcomeUnknown:
            return
        adapter, sending = self.made(network, folder), self.sending()
        there = len(network.dialect.posts)
        if self.safety is DuplicateSafety.ASK:
            with pytest.raises(OutcomeUnknown):
                adapter.find(sending)
            return
        found = self.looked(adapter, sending)
        if found is not None:
            assert found.remote_id == network.dialect.posts[0].id
        if self.safety is DuplicateSafety.LOOKUP:
            assert (found is not None) == bool(there), "found what is not there, or overlooked it"
        else:
            self.made(network, folder).publish(sending)
            assert len(network.dialect.posts) == 1

    def forbid_sleep(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(_seconds: float) -> None:
            raise AssertionError("an adapter never sleeps")

        monkeypatch.setattr(time, "sleep", refuse)

    def test_refusals_that_it_knows(self, network: FakeNetwork, tmp_path: Path) -> None:
        for name, (reply, means) in network.dialect.refusals.items():
            fault = Fault(means=OutcomeUnknown, status=reply.status, body=reply.content(),
                          headers=reply.headers)  # fmt: skip
            error, _ = self.broken(network, tmp_path, fault)
            assert type(error) is means, (name, error)
            assert str(error).count(" ") > 2, (name, error)

    def test_wait_is_read_from_every_form(self, network: FakeNetwork, tmp_path: Path) -> None:
        """As seconds, a moment or a date, in the headers that networks use, and in bodies."""
        if self.meaning("429") is not RateLimited:
            pytest.skip("it never asks to wait")
        now = datetime.now(UTC)
        told = {form: replace(FAULTS["429"], headers=head) for form, head in waits(now).items()}
        for form, reply in network.dialect.waits.items():
            told[form] = replace(
                FAULTS["429"], status=reply.status, body=reply.content(), headers=reply.headers
            )
        for form, fault in told.items():
            error, _ = self.broken(network, tmp_path, fault)
            assert isinstance(error, RateLimited), (form, error)
            wait = (error.retry_at - now).total_seconds()
            expected = next((n for words, n in WAITS.items() if words in form), ASKED)
            assert abs(wait - expected) < 20, (form, wait)

    def test_same_part_twice_at_once_makes_one_post(
        self, network: FakeNetwork, tmp_path: Path
    ) -> None:
        self.need(DuplicateSafety.REPLAY)
        self.made(network, tmp_path).verify()
        together = threading.Barrier(2)

        def publish(_number: int) -> str | None:
            adapter = self.made(network, tmp_path)
            together.wait(10)
            try:
                return adapter.publish(self.sending()).remote_id
            except OutcomeUnknown:
                return None  # an honest answer too

        with ThreadPoolExecutor(2) as pool:
            told = set(pool.map(publish, range(2)))
        assert len(network.dialect.posts) == 1
        assert len(told - {None}) == 1

    def test_permission_that_is_too_old_sends_nothing(
        self, network: FakeNetwork, tmp_path: Path
    ) -> None:
        late = self.sending(starts_by=SystemClock().elapsed() - 0.1)
        with pytest.raises(PlatformError) as caught:
            self.made(network, tmp_path).publish(late)
        assert type(caught.value) is FAULTS["refused"].means
        assert network.visible == []
