"""What every peer is asked to do, and the no-op job that all of them carry. Standard library only.

    python -m bench.peers.NAME setup | enqueue | work        the instants come in as JSON

A job is one append of (number, now) to a file, about 2 µs: the same for every peer and for us.
"""

import json
import os
import struct
import sys
import time
from collections.abc import Callable, Sequence
from functools import cache

LINE = struct.Struct("<qd")


@cache
def _file() -> int:
    return os.open(os.environ["BENCH_RECORD"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)


def record(number: int) -> None:
    os.write(_file(), LINE.pack(number, time.time()))


def serve(
    setup: Callable[[], None],
    enqueue: Callable[[Sequence[float]], None],
    work: Callable[[], None],
) -> None:
    """Do what the command line says. `enqueue` gets one Unix time for each job."""
    match sys.argv[1]:
        case "setup":
            setup()
        case "enqueue":
            enqueue(json.load(sys.stdin))
        case "work":
            work()
