"""`python -m tests.chaos --cycles N --seed S`: kill -9 in cycles, each compared with an oracle.

One line for each dialect and database. A violation is shown with its seed, cycle and rows; exit 1.
"""

import argparse
import os
import random
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


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--cycles", type=int, default=60, help="for each line")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--on", choices=list(WORKERS), action="append", help="only this database")
    parser.add_argument("--dialect", choices=list(DuplicateSafety), action="append")
    given = parser.parse_args()
    print(f"seed {given.seed}", flush=True)
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
        pairs = [(name, safety) for name in wanted for safety in given.dialect or DuplicateSafety]
        with tempfile.TemporaryDirectory(prefix="campaign-chaos-") as folder:
            return _play(pairs, given.cycles, given.seed, Path(folder), cluster)
    finally:
        if cluster:
            cluster.end()


def _play(
    pairs: list[tuple[str, DuplicateSafety]], cycles: int, seed: int, folder: Path,
    cluster: Cluster | None,
) -> int:  # fmt: skip
    waiting, running, bad = list(pairs), set[int](), 0
    while waiting or running:
        while waiting and len(running) < AT_ONCE:
            name, safety = waiting.pop(0)
            place = folder / f"{name}-{safety}"
            place.mkdir()
            line = Line(
                name, DuplicateSafety(safety), seed, place, cluster if name != "sqlite" else None
            )
            running.add(start_child(lambda line=line: _one(line, cycles), seconds=0))  # type: ignore[misc]
        child, status = os.wait()
        running.discard(child)
        bad += status != 0
    return int(bad > 0)


def _one(line: Line, cycles: int) -> None:
    if violation := line.play(cycles):
        print(violation, flush=True)
        raise SystemExit(1)


if __name__ == "__main__":
    sys.exit(main())
