"""Two networks for crash tests: the outbox, which knows our keys, and a ledger, which does not.

A platform that is safe to repeat hides doubles, so the ledger appends whatever it is sent.
"""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from campaign.clock import Clock
from campaign.domain.campaign import Account
from campaign.domain.outcome import Receipt
from campaign.platforms.base import NONE, Capabilities, DuplicateSafety, Platform, Sending
from campaign.platforms.counting import NETWORKS
from campaign.platforms.outbox import Outbox

Step = Callable[[str], None]


class Ledger(Platform):
    """ASK: one synced line for each request; it can neither be read back nor be repeated."""

    name = "ledger"
    title = "Ledger"
    step: Step = staticmethod(lambda _name: None)

    def __init__(
        self, account: Account, *, clock: Clock, folder: Path, secrets: Mapping[str, str] = NONE
    ) -> None:
        super().__init__(account, clock=clock, folder=folder, secrets=secrets)
        self.path = folder / "ledger.txt"

    def capabilities(self) -> Capabilities:
        measure = NETWORKS["outbox"].measure
        return Capabilities(measure=measure, duplicate_safety=DuplicateSafety.ASK)

    def publish(self, sending: Sending) -> Receipt:
        type(self).step("before the first byte")
        line = f"{sending.post_key} {sending.part}\n".encode()
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            os.write(handle, line)
            type(self).step("after the last byte")
            os.fsync(handle)
        finally:
            os.close(handle)
        type(self).step("answered")
        return Receipt(remote_id=sending.key, published_at=self.clock.now())

    @staticmethod
    def published(folder: Path) -> list[str]:
        path = folder / "ledger.txt"
        return path.read_text().splitlines() if path.exists() else []


class SteppingOutbox(Outbox):
    """The outbox itself, with the same steps to be killed at."""

    step: Step = staticmethod(lambda _name: None)

    def publish(self, sending: Sending) -> Receipt:
        type(self).step("before the first byte")
        receipt = super().publish(sending)
        type(self).step("answered")
        return receipt

    def find(self, sending: Sending) -> Receipt | None:
        type(self).step("before looking")
        return super().find(sending)

    @staticmethod
    def published(folder: Path) -> list[str]:
        """Every file that is there, whole or not, by post and part."""
        names = sorted(path.name for path in (folder / "outbox").glob("*.json"))
        return [name.removesuffix(".json") for name in names]
