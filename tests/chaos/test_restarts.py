"""D1: the PostgreSQL server is stopped and comes back while three workers drain a campaign."""

import itertools
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from campaign.platforms.base import DuplicateSafety
from tests.chaos.ground import MIXED, Ground
from tests.chaos.sizes import size
from tests.conftest import running
from tests.postgres import Cluster

HOWS = {"fast": signal.SIGINT, "immediate": signal.SIGQUIT, "kill -9": signal.SIGKILL}
WORKERS = 3


@pytest.fixture
def durable() -> Iterator[Cluster]:
    """As in production: the other one forgets what it has committed."""
    yield from running(durable=True)


@pytest.mark.slow
@pytest.mark.parametrize("safety", [DuplicateSafety.REPLAY, DuplicateSafety.ASK])
def test_server_that_comes_back_loses_and_doubles_nothing(
    durable: Cluster, tmp_path: Path, safety: DuplicateSafety
) -> None:
    ground = Ground(tmp_path, safety, 1, durable, MIXED * (size("D1_POSTS") // len(MIXED)))
    chance, hows = random.Random(1), itertools.cycle(HOWS)
    unknown = 0
    try:
        for how in itertools.islice(hows, size("D1")):
            ground.begin()
            entries = ground.entries()
            workers = [ground.fork() for _ in range(WORKERS)]
            while len(entries) < size("D1_POSTS") * chance.uniform(0.1, 0.5):
                time.sleep(0.01)
                entries += ground.entries()
            durable.stop(HOWS[how])
            time.sleep(chance.uniform(0, 1))
            durable.start()
            for worker in workers:
                while worker.ended() is None:
                    ground.clock.pass_time(0.2)  # what was not sent waits for a while
                    time.sleep(0.02)
            ground.rest()
            found = ground.compare(entries + ground.entries())
            assert not found.faults, how
            unknown += found.unknown
    finally:
        ground.close()
    print(f"D1, {safety}: {size('D1')} restarts: 0 lost, 0 double, {unknown} unknown")
