"""PB2: pauses race eight busy workers. Once one is effective, no first byte reaches the network."""

import random
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from campaign.daemon import Daemon
from campaign.operations import control
from campaign.platforms.base import DuplicateSafety
from campaign.publisher.timing import Timing
from campaign.runtime import Runtime
from campaign.store.engine import open_store
from tests.books import rows
from tests.chaos.ground import Ground
from tests.chaos.oracle import Chaotic
from tests.chaos.sizes import size
from tests.chaos.workers import HANGS, PERMITS, TIMING, Worker
from tests.factories import clock_at
from tests.postgres import Cluster
from tests.publisher.fuse import start_child

WORKERS = 8
FIRST_BYTE = 0.3
GUARD = FIRST_BYTE + control.GUARD_SECONDS - Timing().first_byte  # the product's margin
POSTS_EACH = 30  # for one pause


@pytest.fixture
def ground(tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ground]:
    monkeypatch.setattr(control, "GUARD_SECONDS", GUARD)
    texts = [(f"{n}.",) for n in range(size("PB2") * POSTS_EACH)]
    ground = Ground(tmp_path, DuplicateSafety.REPLAY, 2, cluster, texts)
    ground.begin()
    yield ground
    ground.close()


def work(ground: Ground) -> None:
    runtime = Runtime(
        store=ground.store, clock=ground.clock, folder=ground.folder,
        adapter_of=lambda _name: Chaotic,
    )  # fmt: skip
    Daemon(runtime, permits=PERMITS, timing=replace(TIMING, first_byte=FIRST_BYTE)).run()


@pytest.mark.slow
def test_nothing_reaches_the_network_after_a_pause_is_effective(ground: Ground) -> None:
    seconds = HANGS + size("PB2") * 5
    workers = [Worker(start_child(lambda: work(ground), seconds=seconds)) for _ in range(WORKERS)]
    store = open_store(ground.place, clock_at(ground.clock.now()))
    chance, took, busy = random.Random(2), [], 0
    try:
        for _ in range(size("PB2")):
            time.sleep(chance.uniform(0.02, 0.15))
            begun = time.monotonic()
            armed = control.pause(store, "all", "stop", "Ada")
            effective = time.monotonic()
            took.append(effective - begun)
            time.sleep(0.2)
            entries = ground.entries()
            assert not [e for e in entries if float(e["came"]) > effective]
            busy += bool(armed)
            ground.clock.pass_time(3)
            assert control.resume(store, "all", None, "Ada")
    finally:
        for worker in workers:
            worker.kill()
        ends = [worker.ended(wait=True) for worker in workers]
        store.close()
    assert ends == [signal.SIGKILL] * WORKERS
    assert busy, "no pause met anything under way"
    assert armed_while_paused(ground) == []
    worst = sorted(took)[min(len(took) - 1, int(len(took) * 0.99))]
    print(
        f"PB2: {len(took)} pauses, {busy} while parts were under way: 0 first bytes after one;"
        f" p99 {worst * 1000:.0f} ms until it was effective"
    )


def armed_while_paused(ground: Ground) -> list[str]:
    paused, found = False, []
    for action, key in rows(ground.place, "SELECT action, object FROM audit ORDER BY seq"):
        paused = action == "paused" or (paused and action != "resumed")
        if paused and action == "armed":
            found.append(key)
    return found
