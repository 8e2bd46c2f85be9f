"""`python -m tests.chaos.faked WORDS…`: the real `campaign`, where libfaketime sets the clock.

libfaketime 0.9 answers EINVAL to time.sleep when it leaves the monotonic clock alone; waiting for
an event still works.
"""

import sys
import threading
import time

from campaign.alarm import DUE, Alarm
from campaign.cli import main


def _sleep(seconds: float, /) -> None:
    threading.Event().wait(seconds)


def ring(seconds: float) -> None:
    """Print each ring of a housekeeping, as the daemon's loop would hear it."""
    alarm = Alarm({"reap": 0.5})
    alarm.start()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        alarm.ring_in(0.2)
        for name in alarm.wait(1) - {DUE}:
            print(name, flush=True)


if __name__ == "__main__":
    time.sleep = _sleep  # type: ignore[assignment]
    if sys.argv[1] == "alarm":
        ring(float(sys.argv[2]))
    else:
        main()
