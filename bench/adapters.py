"""Each adapter: its import with all that a sending needs, and a thousand posts judged by it."""

import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench.figure import Figure
from bench.stage import Stage
from bench.startup import compile_all
from campaign.clock import SystemClock
from campaign.domain.campaign import Account
from campaign.platforms.registry import adapter_names, load_adapter

POSTS = 1000
SENDS_WITH = {"x": "x_session", "bluesky": "bluesky_session", "outbox": "outbox"}
IMPORT = """\
import time
import campaign.platforms.base, campaign.platforms.registry
start = time.perf_counter()
campaign.platforms.registry.load_adapter({name!r})
import campaign.platforms.{module}
print((time.perf_counter() - start) * 1000)
"""


def measure(stage: Stage) -> list[Figure]:
    compile_all()
    trials: dict[str, Callable[[], float]] = {}
    for name in adapter_names():
        trials[f"campaign {name}, import, ms"] = partial(imported, name)
        trials[f"campaign {name}, {POSTS:,} posts, s"] = partial(judged, name)
    found = stage.rounds_of("adapters", trials)
    return [
        Figure(
            subject=subject.rpartition(", ")[0],
            unit=subject.rpartition(", ")[2],
            ours=spread,
            at_most=250 if subject.endswith("ms") else 2,
        )
        for subject, spread in found.items()
    ]


def imported(name: str) -> float:
    code = IMPORT.format(name=name, module=SENDS_WITH.get(name, "transport"))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout)


def judged(name: str) -> float:
    """Measured, linted and priced, as planning does with words that differ each time."""
    account = Account(name=name, platform=name, handle="one@social.example", language="en")
    adapter = load_adapter(name)(account, clock=SystemClock(), folder=Path())
    stamp = time.perf_counter_ns()
    texts = [
        f"Protect the wells of {stamp + number} villages, with @iom."
        f"\n#Water Our statement: https://example.org/{stamp + number}"
        for number in range(POSTS)
    ]
    start = time.perf_counter()
    for text in texts:
        body = {"language": "en", "text": text}
        if wrong := list(adapter.lint([body])):
            raise RuntimeError(f"{name} will not take it: {wrong[0]}")
        adapter.estimate([body])
    return time.perf_counter() - start
