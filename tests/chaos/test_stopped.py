"""K4: a worker that stands still at any step of its own, while another one takes its rows over.

SIGSTOP, as when a machine sleeps or a container is frozen. It goes on when its leases are over, its
rows have been reaped, and mostly everything is out.
"""

import os
import random
import signal
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from campaign.platforms.base import DuplicateSafety
from campaign.store.dialects import PostgreSQL
from tests.chaos.ground import Ground
from tests.chaos.sizes import size
from tests.chaos.workers import TIMING
from tests.postgres import Cluster
from tests.publisher.fuse import Fuse

# A worker that stands still in the middle of a write must not hold the others up for long.
IMPATIENT = (
    ("synchronous_commit", "on"),
    ("lock_timeout", "10s"),
    ("idle_in_transaction_session_timeout", "400ms"),
    ("timezone", "UTC"),
)
STEPS = 200  # a worker takes a little more until all is out
FORGETFUL = replace(TIMING, first_byte=0.1)  # its permission is over when it goes on


@pytest.fixture(params=DuplicateSafety)
def ground(
    request: pytest.FixtureRequest, tmp_path: Path, cluster: Cluster,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Ground]:  # fmt: skip
    monkeypatch.setattr(PostgreSQL, "SETTINGS", IMPATIENT)
    ground = Ground(tmp_path, request.param, 4, cluster)
    yield ground
    ground.close()


@pytest.mark.slow
def test_worker_that_stood_still_doubles_nothing(ground: Ground, tmp_path: Path) -> None:
    chance, stood = random.Random(4), Counter[str]()
    report = tmp_path / "burned"
    while stood.total() < size("K4") // 3:
        ground.begin()
        fuse = Fuse(chance.randint(1, STEPS), report, signal.SIGSTOP)
        worker = ground.fork(fuse, chance.choice([TIMING, FORGETFUL]))
        _, status = os.waitpid(worker.pid, os.WUNTRACED)
        ground.rest(looks=3)
        if os.WIFSTOPPED(status):
            stood[report.read_text()] += 1
            os.kill(worker.pid, signal.SIGCONT)
            assert worker.ended(wait=True) == 0
            ground.rest(looks=3)
        found = ground.compare(ground.entries())
        assert not found.faults, stood
    print(f"K4, {ground.safety}: stood still at {dict(stood)}: 0 double")
