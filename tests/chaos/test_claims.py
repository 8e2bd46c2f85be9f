"""D5: sixteen workers take what is due, all at once, and none of it twice."""

import os
from collections import Counter
from pathlib import Path

import pytest

from campaign.operations.audit import verify
from campaign.publisher.round import Round
from campaign.store.engine import Store, open_store
from campaign.store.place import Server
from tests.books import rows
from tests.chaos.sizes import size
from tests.chaos.workers import TIMING
from tests.factories import clock_at, drafted, fill
from tests.publisher.fuse import start_child

WORKERS = 16
PERMITS = 8


def claim_all(store: Store, name: str, file: Path) -> None:
    """Rounds without an answer to any of them, until nothing is due."""
    armed = []
    while True:
        playing = Round(store, name, TIMING)
        playing.play([], free=PERMITS, may_arm=True)
        if not playing.moved:
            break
        armed += [f"{item.delivery.id} {item.delivery.gen}" for item in playing.armed]
    file.write_text("\n".join(armed))


@pytest.mark.slow
def test_workers_claim_no_row_twice(clean_server: Server, tmp_path: Path) -> None:
    wanted = size("D5")
    store = open_store(clean_server, clock_at())
    fill(store, drafted([(f"{n}.",) for n in range(wanted)]))
    store.close()
    files = [tmp_path / f"w{number}" for number in range(WORKERS)]
    children = [
        start_child(lambda file=file: claim_all(store, file.name, file), seconds=500)  # type: ignore[misc]
        for file in files
    ]
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * WORKERS
    armed = Counter(line for file in files for line in file.read_text().splitlines())
    assert set(armed.values()) == {1}
    assert len(armed) == wanted - len(_left(clean_server))
    assert _left(clean_server) == []
    assert set(rows(clean_server, "SELECT gen, outcome FROM attempt")) == {(1, None)}
    assert len([file for file in files if file.stat().st_size]) > 1, "one worker did it all"
    assert verify(store).is_intact
    store.close()
    print(f"D5: {WORKERS} workers, {wanted} due rows: 0 double claims")


def _left(server: Server) -> list[tuple[int]]:
    return rows(server, "SELECT id FROM delivery WHERE state <> 'armed'")
