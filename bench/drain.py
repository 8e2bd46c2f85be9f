"""Draining 3,000 due posts with sends that do nothing, from the first send to the durable end."""

import time

from bench.contender import Contender
from bench.ours import POSTS

LIMIT = 120.0


def drain(contender: Contender, workers: int, count: int = POSTS, **how: str) -> float:
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
    figures = []
    for ours in stage.ours:
        for workers in range(1, ours.most_workers + 1):
            figures += _race(stage, ours, workers)
    return figures
