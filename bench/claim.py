"""What claiming and arming 64 due posts costs while 1,000 to 1,000,000 others wait: flat."""

import time
from datetime import timedelta
from typing import NoReturn

from bench.figure import Figure, Spread
from bench.ours import Ours, open_database
from bench.stage import Stage
from campaign.store import queue
from campaign.store.engine import Store

SIZES = (1_000, 100_000, 1_000_000)
DUE = 64
TRIES = 20


def measure(stage: Stage) -> list[Figure]:
    figures = []
    for ours in stage.ours:
        ours.setup([time.time() - 5] * DUE)
        found: dict[int, Spread] = {}
        for size in SIZES:
            ours.grow(size)
            found[size] = Spread([_claim(ours.place) for _ in range(TRIES)])
        small, middle, large = SIZES
        figures += [
            _flat(ours, middle, small, found, at_most=None),
            _flat(ours, large, middle, found, at_most=1.25),
        ]
    return figures


def _flat(
    ours: Ours, size: int, other: int, found: dict[int, Spread], *, at_most: float | None
) -> Figure:
    return Figure(
        subject=f"{ours.name}: claim and arm of {DUE} with {size:,} waiting",
        unit="ms",
        ours=found[size],
        beside=f"with {other:,}",
        theirs=found[other],
        at_most=at_most,
    )


class TakenBack(Exception):
    """Ends the transaction, so that the next try finds the same posts."""

    def __init__(self, spent: float) -> None:
        super().__init__()
        self.milliseconds = spent * 1000


def _claim(place: str) -> float:
    """Milliseconds for finding, looking once more and arming, without the commit."""
    runtime = open_database(place)
    try:
        _claim_and_take_back(runtime.store)
    except TakenBack as end:
        return end.milliseconds
    finally:
        runtime.store.close()


def _claim_and_take_back(store: Store) -> NoReturn:
    with store.write("bench") as tx:
        queue.due(tx, 1)  # the first use compiles the statements
        start = time.perf_counter()
        rows = queue.due(tx, DUE)
        looks = queue.last_looks(tx, rows)
        armed = queue.arm(tx, rows, "bench", tx.now + timedelta(seconds=120))
        assert len(armed) == len(looks) == DUE
        raise TakenBack(time.perf_counter() - start)
