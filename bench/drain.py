"""Draining 3,000 due posts with sends that do nothing, from the first send to the durable end."""

import time
from collections.abc import Callable
from functools import partial

from bench.contender import Contender
from bench.figure import Figure
from bench.limits import pgbench
from bench.ours import OnPostgresql, Ours
from bench.stage import Stage

LIMIT = 120.0
PGBENCH = "pgbench, 100 a commit, bare SQL"
# Beside whom, with how many workers, and how many times as fast we want to be.
GOALS: dict[int, dict[str, float | None]] = {
    1: {
        "huey": 3.0,
        "APScheduler's store": 8.0,
        "procrastinate": 10.0,
        "pgqueuer": 1.0,
        "pgqueuer, batch 100": None,
        "graphile-worker": None,
        "graphile-worker, localQueue": None,
    },
    2: {"procrastinate": 1.0, "pgqueuer": 1.0, "graphile-worker, localQueue": None},
}


def drain(contender: Contender, workers: int, count: int, **how: str) -> float:
    """Jobs a second. Raises AssertionError when the end state is wrong."""
    contender.setup([time.time() - 5] * count)
    with contender.working(workers, **how):
        finished = wait_until_done(contender, count)
    first = contender.records()[0][1]
    contender.verify(count)
    return (count - 1) / (finished - first)


def wait_until_done(contender: Contender, count: int, limit: float = LIMIT) -> float:
    """The Unix time at which `count` jobs were durably done.

    The queue's own table is asked only when all have been sent: asking must not slow the race.
    """
    until = time.monotonic() + limit
    while contender.done() < count and time.monotonic() < until:
        time.sleep(0.005)
    if contender.pending() is None:
        return contender.records()[-1][1]
    while contender.pending() and time.monotonic() < until:
        time.sleep(0.005)
    return time.time()


def measure(stage: Stage) -> list[Figure]:
    return [figure for ours in stage.ours for figure in _race(stage, ours)]


def _race(stage: Stage, ours: Ours) -> list[Figure]:
    racing = [ours, *(peer for peer in stage.peers if peer.database == ours.database)]
    trials: dict[str, Callable[[], float]] = {}
    for contender in racing:
        for workers in range(1, contender.most_workers + 1):
            trials[_called(contender.name, workers)] = partial(
                drain, contender, workers, ours.posts
            )
    if isinstance(ours, OnPostgresql):
        trials[PGBENCH] = partial(pgbench, ours.cluster)
    found = stage.rounds_of("drain, jobs/s", trials)
    figures = []
    for workers in range(1, ours.most_workers + 1):
        name = _called(ours.name, workers)
        beside = [(_called(peer, workers), goal) for peer, goal in GOALS[workers].items()]
        beside += [(PGBENCH, 0.1)] if workers == 1 else [(_called(ours.name, 1), 1.2)]
        figures += [
            Figure(
                subject=f"{name}: {ours.posts:,} due",
                unit="posts/s",
                ours=found[name],
                beside=other,
                theirs=found[other],
                at_least=goal,
            )
            for other, goal in beside
            if other in found
        ]
    return figures


def _called(name: str, workers: int) -> str:
    return f"{name}, {workers} worker{'s' * (workers > 1)}"
