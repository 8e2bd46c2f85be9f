"""What the contract's tests stand on: an adapter, its account, its network, one part to send."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar

import pytest

from campaign.clock import SystemClock
from campaign.domain.campaign import Account
from campaign.domain.outcome import Receipt
from campaign.platforms.base import (
    Body,
    DuplicateSafety,
    NotSent,
    Platform,
    PlatformError,
    Sending,
)
from campaign.secrets import Secrets
from campaign.testing.fake import Dialect, FakeNetwork
from campaign.testing.faults import FAULTS, Fault

TEXTS = {
    "plain": "Recognize migrants, regardless of their status.",
    "accents": "Reconnaître les migrants : « égalité » — œuvre",
    "arabic": "الهجرة الآمنة والمنظمة",
    "chinese": "移民的贡献",
    "hindi": "प्रवासियों का सम्मान करें",
    "emoji": "Together 👩‍👩‍👧‍👦 🇨🇭 1️⃣ 👍🏽",
    "marks of code": 'A <b>bold</b> & "quoted" text: {x} [y](z) *a* _b_ `c` \\ | @ # $1',
    "lines": "First line.\n\nSecond line.",
    "link": "Read it: https://example.org/a?b=c&d=e",
}
KEY = "mzxw6ytboi2dqmjrmzxw6ytboi2dqmjrmzxw6ytboi2dqmjr"
DUE = datetime(2026, 12, 18, 9, 0, tzinfo=UTC)
SOON = 0.4  # seconds a test waits for an answer that does not come
PATIENT = 5.0  # and for one that does
HANGS = 8.0  # longer than that, it does not keep to its deadline


class ShiftedClock(SystemClock):
    """A machine whose clock is wrong."""

    def __init__(self, by: timedelta) -> None:
        self.by = by

    def now(self) -> datetime:
        return super().now() + self.by


class Stand:
    """Say `adapter`, `secrets` and `dialect`; and, where the usual does not fit, the rest.

    `means`: what this network's adapter raises for a fault, where the table in `faults` says
    otherwise. `accepts`: faults that are none here, a 2xx whose words nobody needs. `texts`: what
    the network shows in their place; `None` leaves one out.
    """

    adapter: ClassVar[type[Platform]]
    handle: ClassVar[str] = "un-network"
    settings: ClassVar[Mapping[str, str]] = MappingProxyType({})
    secrets: ClassVar[Mapping[str, str]] = MappingProxyType({})
    means: ClassVar[Mapping[str, type[PlatformError]]] = MappingProxyType({})
    accepts: ClassVar[frozenset[str]] = frozenset()
    texts: ClassVar[Mapping[str, str | None]] = MappingProxyType({})

    def dialect(self) -> Dialect:
        """A network without posts."""
        raise NotImplementedError

    def settings_at(self, url: str) -> Mapping[str, str]:
        """Settings that lead the adapter to the fake network."""
        return {**self.settings, "server": url, "allow_loopback": "true"}

    def secrets_at(self, url: str) -> Mapping[str, str]:  # noqa: ARG002
        """Secrets, for networks whose address is one."""
        return self.secrets

    @pytest.fixture
    def network(self) -> Iterator[FakeNetwork]:
        with FakeNetwork(self.dialect(), tells_time=True) as network:
            yield network

    def account_at(self, url: str) -> Account:
        settings = self.settings_at(url)
        return Account(
            name="un-test",
            platform=self.adapter.name,
            handle=self.handle,
            language="en",
            settings=settings,
        )

    def made(
        self, network: FakeNetwork, folder: Path, clock: SystemClock | None = None
    ) -> Platform:
        secrets = Secrets(self.secrets_at(network.url))
        return self.adapter(
            self.account_at(network.url),
            clock=clock or SystemClock(),
            folder=folder,
            secrets=secrets,
        )

    def planned(self) -> Platform:
        """As it is while planning: no network, no secrets."""
        return self.adapter(
            self.account_at("https://social.example"), clock=SystemClock(), folder=Path("nowhere")
        )

    def sending(self, text: str = TEXTS["plain"], **more: Any) -> Sending:
        body: Body = {"language": "en", "text": text}
        now = datetime.now(UTC)
        given: dict[str, Any] = {
            "post_key": "imd-2021/recommendation-1/en/un-test",
            "part": 1,
            "key": KEY,
            "body": body,
            "within": PATIENT,
            "since": now - timedelta(seconds=5),
            "due_at": DUE,
        }
        return Sending(**(given | more))

    @property
    def safety(self) -> DuplicateSafety:
        return self.planned().capabilities().duplicate_safety

    def need(self, *safeties: DuplicateSafety) -> None:
        if self.safety not in safeties:
            pytest.skip(f"{self.adapter.name} is {self.safety}")

    def meaning(self, name: str) -> type[PlatformError]:
        return self.means.get(name, FAULTS[name].means)

    def find(self, adapter: Platform, sending: Sending) -> Receipt | None:
        return adapter.find(replace(sending, within=PATIENT))

    def looked(self, adapter: Platform, sending: Sending) -> Receipt | None:
        """Override where a REPLAY network cannot be read back."""
        return self.find(adapter, sending)

    def broken(
        self, network: FakeNetwork, folder: Path, fault: Fault
    ) -> tuple[BaseException, float]:
        """What an adapter raises for a fault, and how long after its deadline."""
        network.fault = fault
        within = SOON if fault.how in ("hang", "drip") else PATIENT
        while True:
            adapter = self.made(network, folder)
            begun = time.monotonic()
            with pytest.raises(BaseException) as caught:  # noqa: PT011  (which one is asked behind it)
                adapter.publish(self.sending(within=within))
            if fault.means is NotSent or type(caught.value) is not NotSent or within > PATIENT:
                return caught.value, time.monotonic() - begun - within
            within *= 4  # a busy machine had not even begun
