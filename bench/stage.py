"""What the parts share: how many rounds, who takes part, and how rounds are interleaved."""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bench.cluster import Cluster
from bench.contender import Peer
from bench.figure import Spread
from bench.ours import Ours


@dataclass(frozen=True, kw_only=True)
class Stage:
    rounds: int
    ours: list[Ours]
    peers: list[Peer]
    installed: frozenset[str]
    cluster: Cluster | None

    def rounds_of(self, what: str, trials: Mapping[str, Callable[[], float]]) -> dict[str, Spread]:
        """Every round tries each trial once, so that the machine's drift hits all alike.

        A peer's trial that fails is named, and has no figure; one of ours ends the bench.
        """
        found: dict[str, list[float]] = {name: [] for name in trials}
        for number in range(self.rounds):
            for name, trial in trials.items():
                try:
                    figure = trial()
                except (AssertionError, RuntimeError, IndexError) as error:
                    if name.startswith("campaign"):
                        raise
                    print(f"{what}: {name} failed: {error}", file=sys.stderr)
                    continue
                found[name].append(figure)
                load = os.getloadavg()[0]
                told = f"round {number + 1}, {what}, {name}: {figure:,.2f} (load {load:.1f})"
                print(told, file=sys.stderr, flush=True)
        return {name: Spread(values) for name, values in found.items() if values}
