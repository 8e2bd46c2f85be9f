"""`python -m tests.chaos --cycles N --seed S`: kill -9 in cycles, each compared with an oracle.

One line for each dialect and database; Ctrl-C ends them early, and they say how far they came. A violation is shown with its seed, cycle and rows; exit 1.
"""

import argparse
import logging
import os
import random
import signal
import sys
import tempfile
from pathlib import Path

from campaign.platforms.base import DuplicateSafety
from campaign.store.migrate import upgrade_server
from tests.chaos.cycles import WORKERS, Line
from tests.conftest import TEMPLATE
from tests.postgres import NEEDED, Cluster, find_binaries
from tests.publisher.fuse import start_child

AT_ONCE = 2
# SIGKILL loses nothing that was written, so the disk can be left out where memory is a folder.
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--cycles", type=int, default=200, help="of REPLAY; half of it elsewhere")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--on", choices=list(WORKERS), action="append", help="only this database")
    parser.add_argument("--dialect", choices=list(DuplicateSafety), action="append")
    parser.add_argument("--threads", action="store_true", help="only threads of six parts")
    parser.add_argument("--slow", action="store_true", help="real processes, killed from outside")
    given = parser.parse_args()
    print(f"seed {given.seed}", flush=True)
    logging.getLogger("campaign").setLevel(logging.ERROR)  # each kill has its warnings
    wanted = given.on or list(WORKERS)
    binaries = find_binaries() if "postgresql" in wanted else None
    if "postgresql" in wanted and binaries is None:
        print(f"PostgreSQL is left out. {NEEDED}")
        wanted = [name for name in wanted if name != "postgresql"]
        if os.environ.get("CAMPAIGN_CI") == "1":
            return 1
    cluster = Cluster(binaries) if binaries else None
    try:
        if cluster:
            upgrade_server(cluster.create(name=TEMPLATE))
        with tempfile.TemporaryDirectory(prefix="campaign-chaos-", dir=MEMORY) as folder:
            lines = [
                Line(
                    database=name, safety=DuplicateSafety(safety), seed=given.seed,
                    folder=Path(folder) / f"{name}-{safety}", threads=given.threads,
                    cluster=cluster if name != "sqlite" else None, slow=given.slow,
                )
                for name in wanted
                for safety in given.dialect or DuplicateSafety
            ]  # fmt: skip
            return _play(lines, given.cycles)
    finally:
        if cluster:
            cluster.end()


def _play(waiting: list[Line], cycles: int) -> int:
    running, bad = set[int](), 0

    def end(*_: object) -> None:
        waiting.clear()
        for child in running:
            os.kill(child, signal.SIGINT)

    signal.signal(signal.SIGINT, end)
    while waiting or running:
        while waiting and len(running) < AT_ONCE:
            line = waiting.pop(0)
            line.folder.mkdir()
            running.add(start_child(lambda line=line: _one(line, cycles), seconds=0))  # type: ignore[misc]
        child, status = os.wait()
        running.discard(child)
        bad += status != 0
    return int(bad > 0)


def _one(line: Line, cycles: int) -> None:
    wanted = cycles if line.safety is DuplicateSafety.REPLAY else cycles // 2
    if violation := line.play(wanted):
        print(violation, flush=True)
        raise SystemExit(1)


if __name__ == "__main__":
    sys.exit(main())
