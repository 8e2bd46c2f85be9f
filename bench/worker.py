"""Our side of a race: the real daemon, as `campaign run` starts it, on a quiet platform.

python -m bench.worker DATABASE      the record's place and the send's length in the environment
"""

import logging
import os
import signal
import sys
from dataclasses import replace
from datetime import timedelta
from threading import Event
from typing import ClassVar

from bench.filling import number_of
from bench.ours import open_database
from bench.peers.job import record
from campaign.daemon import Daemon
from campaign.domain.measure import Measure
from campaign.domain.outcome import Receipt
from campaign.platforms.base import Capabilities, DuplicateSafety, Platform, Sending

SECONDS = float(os.environ.get("BENCH_SEND_SECONDS", "0"))


class Quiet(Platform):
    """Knows our keys: the same key gets the same receipt, and is recorded once."""

    name = "bench"
    _receipts: ClassVar[dict[str, Receipt]] = {}

    def capabilities(self) -> Capabilities:
        return Capabilities(
            measure=Measure(limit=500, unit="characters", count=len),
            duplicate_safety=DuplicateSafety.REPLAY,
            replay_for=timedelta(days=1),
        )

    def publish(self, sending: Sending) -> Receipt:
        if SECONDS:
            Event().wait(SECONDS)
        fresh = Receipt(remote_id=sending.key[:16], published_at=self.clock.now())
        kept = self._receipts.setdefault(sending.key, fresh)
        if kept is fresh:
            record(number_of(sending.post_key))
        return kept

    def find(self, sending: Sending) -> Receipt | None:
        return self._receipts.get(sending.key)


def main() -> None:
    logging.basicConfig(format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    logging.getLogger("campaign").setLevel(logging.INFO)
    runtime = replace(open_database(sys.argv[1]), adapter_of=lambda _: Quiet)
    daemon = Daemon(runtime, permits=int(os.environ.get("BENCH_PERMITS", "64")))
    signal.signal(signal.SIGTERM, lambda *_: daemon.stop())
    daemon.run()


if __name__ == "__main__":
    main()
