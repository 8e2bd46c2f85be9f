"""D4: the line to the server breaks exactly while an arm or an answer is being committed."""

import random
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from campaign.clock import SkippingClock
from campaign.daemon import Daemon
from campaign.domain.states import State
from campaign.operations.audit import verify
from campaign.runtime import Runtime
from campaign.store.engine import Store, open_store
from campaign.store.place import Server
from tests.books import states
from tests.chaos.proxy import Proxy
from tests.chaos.sizes import size
from tests.factories import DUE, clock_at, drafted, fill
from tests.publisher.ledger import Ledger


class Cuts:
    """Which commits break: one in three of those that arm or settle something, at random."""

    def __init__(self, most: int) -> None:
        self.made = Counter[str]()
        self._most = most
        self._chance = random.Random(4)
        self._doing: set[str] = set()

    def listen(self, store: Store) -> None:
        sa.event.listen(store._engine, "before_cursor_execute", self._see)
        sa.event.listen(store._engine, "begin", lambda _connection: self._doing.clear())

    def _see(self, _connection: Any, _cursor: Any, statement: str, *_: object) -> None:
        if statement.startswith("INSERT INTO attempt"):
            self._doing.add("arm")
        if statement.startswith("UPDATE attempt"):
            self._doing.add("settle")

    def __call__(self) -> str | None:
        if not self._doing or self.made.total() >= self._most or self._chance.random() > 0.5:
            return None
        how = self._chance.choice(["before", "after"])
        self.made[f"{how} {'+'.join(sorted(self._doing))}"] += 1
        return how


@pytest.mark.slow
def test_line_cut_while_committing_loses_and_doubles_nothing(
    clean_server: Server, tmp_path: Path
) -> None:
    wanted = size("D4")
    plain = open_store(clean_server, clock_at(DUE))
    fill(plain, drafted([(f"{n}.", f"{n}, more.") for n in range(wanted * 2)]))
    cuts = Cuts(wanted)
    with Proxy(clean_server, cuts) as proxy:
        store = open_store(proxy.server, SkippingClock(DUE))
        cuts.listen(store)
        runtime = Runtime(
            store=store, clock=store.clock, folder=tmp_path, adapter_of=lambda _name: Ledger
        )
        daemon = Daemon(runtime, permits=2)
        thread = threading.Thread(target=daemon.run, kwargs={"until_done": True})
        thread.start()
        thread.join(60 + wanted * 5)
        daemon.stop()
        assert not thread.is_alive()
        store.close()
    assert cuts.made.total() == wanted, cuts.made
    assert set(states(plain)) == {State.PUBLISHED}
    assert Counter(Counter(Ledger.published(tmp_path)).values()) == {1: wanted * 4}
    assert verify(plain).is_intact
    plain.close()
    print(f"D4: cut {dict(cuts.made)}: 0 lost, 0 double")
