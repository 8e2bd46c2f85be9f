"""How late: 1,000 posts due at one instant, and lone posts at random instants. Never early."""

import random
import time
from collections.abc import Callable, Sequence
from functools import partial

from bench.contender import Contender
from bench.drain import wait_until_done
from bench.figure import Figure, Spread
from bench.stage import Stage

BURST = 1000
LONE = 12
LEAD = 20.0  # until then everybody is filled, up, and waiting


def measure(stage: Stage) -> list[Figure]:
    figures = []
    for ours in stage.ours:
        racing = [ours, *(peer for peer in stage.peers if peer.database == ours.database)]
        figures += _burst(stage, racing) + _lone(stage, racing)
    return figures


def _burst(stage: Stage, racing: Sequence[Contender]) -> list[Figure]:
    found: dict[str, dict[str, list[float]]] = {}

    def trial(contender: Contender) -> float:
        late = lateness(contender, lambda: [time.time() + LEAD] * BURST)
        kept = found.setdefault(contender.name, {})
        for name, value in (("p50", late[BURST // 2]), ("p99", late[-BURST // 100])):
            kept.setdefault(name, []).append(value)
        return late[-BURST // 100]

    spreads = stage.rounds_of("burst p99, ms", {each.name: partial(trial, each) for each in racing})
    ours, peers = racing[0].name, [c.name for c in racing[1:] if c.name in spreads]
    best = min(peers, key=lambda name: spreads[name].median, default="")
    middle = Spread(found[ours]["p50"])
    return [
        Figure(subject=f"{ours}: burst of 1,000, p50 late", unit="ms", ours=middle),
        Figure(
            subject=f"{ours}: burst of 1,000, p99 late",
            unit="ms",
            ours=spreads[ours],
            beside=best,
            theirs=spreads.get(best),
            at_most=1.0 if best else None,
        ),
    ]


def _lone(stage: Stage, racing: Sequence[Contender]) -> list[Figure]:
    def dues() -> list[float]:
        start = time.time() + LEAD
        return sorted(start + random.uniform(0, 10) for _ in range(LONE))

    earliest: list[float] = []

    def trial(contender: Contender) -> float:
        late = lateness(contender, dues)
        if contender is racing[0]:
            earliest.append(late[0])
        return late[-1]

    spreads = stage.rounds_of(
        "lone posts, worst ms", {each.name: partial(trial, each) for each in racing}
    )
    ours, peers = racing[0].name, [c.name for c in racing[1:] if c.name in spreads]
    best = min(peers, key=lambda name: spreads[name].median, default="")
    return [
        Figure(
            subject=f"{ours}: lone posts, worst of {LONE} late",
            unit="ms",
            ours=spreads[ours],
            at_most=10.0,
        ),
        Figure(
            subject=f"{ours}: lone posts, worst of {LONE} late",
            unit="ms",
            ours=spreads[ours],
            beside=best,
            theirs=spreads.get(best),
        ),
        Figure(
            subject=f"{ours}: the earliest lone post",
            unit="ms",
            ours=Spread(earliest),
            at_least=0.0,
        ),
    ]


def lateness(contender: Contender, dues: Callable[[], list[float]]) -> list[float]:
    """Milliseconds late of each job, sorted. Raises AssertionError when the end state is wrong."""
    chosen = dues()
    contender.setup(chosen)
    assert time.time() < chosen[0] - 2, (
        f"{contender.name}: the set-up took until the posts were due"
    )
    with contender.working():
        wait_until_done(contender, len(chosen))
    late = sorted((at - chosen[number - 1]) * 1000 for number, at in contender.records())
    contender.verify(len(chosen))
    return late
