"""Idle with 100,000 posts waiting until tomorrow: processor time, questions, memory."""

import os
import time
from pathlib import Path

from bench.figure import Figure, Spread
from bench.ours import Ours
from bench.stage import Stage

WAITING = 100_000
SETTLE = 15.0  # a server's session counts its transactions up to 10 s after they were
WINDOW = 30.0


def measure(stage: Stage) -> list[Figure]:
    figures = []
    for ours in stage.ours:
        ours.setup([])
        ours.grow(WAITING)
        figures += _watch(ours)
    return figures


def _watch(ours: Ours) -> list[Figure]:
    with ours.working() as (process,):
        time.sleep(SETTLE)
        before, asked, start = _processor_time(process.pid), ours.asked(), time.monotonic()
        time.sleep(WINDOW)
        spent = _processor_time(process.pid) - before
        length = time.monotonic() - start
        asked_since = ours.asked()
        memory = _memory(process.pid)
    name = f"{ours.name}: idle, {WAITING:,} waiting"
    figures = [
        Figure(subject=name, unit="% CPU", ours=Spread([spent / length * 100]), at_most=0.2),
        Figure(subject=name, unit="MB resident", ours=Spread([memory]), at_most=100),
    ]
    if asked is not None and asked_since is not None:
        rate = Spread([(asked_since - asked) / length])
        figures.append(Figure(subject=name, unit="transactions/s", ours=rate, at_most=0.5))
    return figures


def _processor_time(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
