"""`python -m bench [PART…]`: peers and ourselves in one go, as ratios of the same run.

Every round runs each contender once, so that the machine's drift hits all alike; a figure is the
median of the rounds, with the lowest and the highest. After each run the end state is checked: each
job done once; for ours also one attempt and two audit records a post, and the chain recomputed.
"""

import argparse
import os
import platform
import signal
import sqlite3
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path

from bench import adapters, claim, drain, idle, large, lateness, rate, sending, startup, words
from bench.cluster import Cluster, cluster
from bench.contender import peers
from bench.figure import Figure, table
from bench.install import install
from bench.ours import POSTS, OnPostgresql, OnSqlite, Ours
from bench.stage import Stage

PARTS: dict[str, Callable[[Stage], list[Figure]]] = {
    "startup": startup.measure,
    "adapters": adapters.measure,
    "words": words.measure,
    "large": large.measure,
    "drain": drain.measure,
    "lateness": lateness.measure,
    "rate": rate.measure,
    "sending": sending.measure,
    "idle": idle.measure,
    "claim": claim.measure,
}
NEED_A_QUEUE = set(PARTS) - {"startup", "adapters", "words", "large", "sending"}
DATABASES = ("sqlite", "postgresql")


def main() -> None:
    given = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # the cluster ends with us
    parts = given.parts or list(PARTS)
    installed = frozenset(install())
    has_queue = bool(NEED_A_QUEUE & set(parts))
    wants_server = has_queue and "postgresql" in given.on
    with cluster() if wants_server else nullcontext() as server:
        if wants_server and server is None:
            print("PostgreSQL is left out: it is not installed (apt: postgresql).")
        stage = Stage(
            rounds=given.rounds,
            ours=_ours(server, given.on, given.posts) if has_queue else [],
            peers=peers(set(installed), server),
            installed=installed,
            cluster=server,
        )
        for part in parts:
            print(f"\n{part}\n{table(PARTS[part](stage))}", flush=True)
    print(f"\n{_circumstances(given, parts)}")


def _ours(server: Cluster | None, on: Sequence[str], posts: int) -> list[Ours]:
    ours: list[Ours] = [OnSqlite(posts)] if "sqlite" in on else []
    if server is not None:
        ours.append(OnPostgresql(server, posts))
    for each in ours:
        print(f"Filling {each.name} with {posts:,} posts ...", file=sys.stderr, flush=True)
        each.prepare()
    return ours


def _circumstances(given: argparse.Namespace, parts: Sequence[str]) -> str:
    model = ""
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next((line.partition(": ")[2] for line in lines if "model name" in line), "")
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    return (
        f"{os.cpu_count()} × {model or platform.machine()}, {platform.system()}, Python"
        f" {platform.python_version()}, SQLite {sqlite3.sqlite_version}; load at the end {load}."
        f" Medians of {given.rounds} interleaved rounds [lowest-highest].\nMade by: python -m bench"
        f" {' '.join(parts)} --rounds {given.rounds} --posts {given.posts}"
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--posts", type=int, default=POSTS, help="how many are drained")
    parser.add_argument("--on", nargs="+", choices=DATABASES, default=list(DATABASES))
    given = parser.parse_args()
    for part in given.parts:
        if part not in PARTS:
            parser.error(f"there is no part {part}; there are {', '.join(PARTS)}")
    return given


if __name__ == "__main__":
    main()
