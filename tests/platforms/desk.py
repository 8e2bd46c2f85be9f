"""The real daemon with one real adapter and its network: what a person at a desk would see of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from campaign.clock import SkippingClock
from campaign.daemon import Daemon
from campaign.operations.audit import verify
from campaign.publisher.timing import Timing
from campaign.runtime import Runtime
from campaign.store.control import blocked_accounts
from campaign.store.engine import open_store
from campaign.testing import FakeNetwork
from campaign.testing.stand import Stand
from tests.books import outcomes, states
from tests.factories import DUE, clock_at, database, drafted, fill
from tests.platforms.networks import keep_secrets

LOOKS = 4  # a doubt is looked at after 30 s, 2, 10 and 30 min


@dataclass
class Desk:
    """`texts`: the parts of each post. `handle`: another one than the key opens."""

    stand: Stand
    network: FakeNetwork
    folder: Path
    handle: str = ""
    texts: Sequence[Sequence[str]] = (("One.",),)

    def __post_init__(self) -> None:
        named = self.stand.account_at(self.network.url)
        self.account = replace(named, handle=self.handle or named.handle)
        keep_secrets(self.folder, self.account, self.stand.secrets_at(self.network.url))
        store = open_store(database(self.folder), clock_at(DUE - timedelta(days=1)))
        fill(store, drafted(self.texts, accounts=[self.account]))
        store.close()

    def run(self) -> None:
        """The daemon at the time of the post, until every look of the first half hour is over."""
        clock = SkippingClock(DUE)
        store = open_store(database(self.folder), clock)
        runtime = Runtime(store=store, clock=clock, folder=self.folder)
        for minutes in (2, 9, 21, 0)[:LOOKS]:
            Daemon(runtime, permits=2, timing=Timing(answer=2.0)).run(until_done=True)
            clock.skip_to(clock.now() + timedelta(minutes=minutes))
        self.states = states(store)
        self.outcomes = outcomes(store)
        with store.read() as connection:
            self.blocked = blocked_accounts(connection)
        assert verify(store).is_intact
        store.close()

    @property
    def asked(self) -> int:
        """How many visible requests there were."""
        return len(self.network.visible)

    @property
    def public(self) -> list[str]:
        return [post.text for post in self.network.dialect.posts]
