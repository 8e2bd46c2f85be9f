"""The bell: whoever rings it, a signal's handler too, may do so at any moment."""

import os
import signal
import time
from datetime import UTC, datetime, timedelta

from campaign.alarm import Alarm
from tests.publisher.fuse import start_child

RINGS = 200


def waits_while_signals_ring() -> None:
    """A handler runs in the very thread that waits, between any two of its steps."""
    alarm, rung = Alarm({}), 0

    def ring(*_: object) -> None:
        nonlocal rung
        rung += 1
        alarm.ring("stop")

    signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, 0.001, 0.001)
    heard = 0
    while rung < RINGS:
        heard += alarm.wait(0.0) == {"stop"}
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    heard += alarm.wait(0.0) == {"stop"}
    assert heard > 0


def test_a_signal_may_ring_while_its_own_thread_waits() -> None:
    child = start_child(waits_while_signals_ring, seconds=20)
    assert os.waitpid(child, 0)[1] == 0


def test_rings_of_one_moment_are_heard_together_and_once() -> None:
    alarm = Alarm({})
    for name in ("answer", "stop", "answer"):
        alarm.ring(name)
    assert alarm.wait(5) == {"answer", "stop"}
    begun = time.monotonic()
    assert alarm.wait(0.05) == set()
    assert time.monotonic() - begun >= 0.05


def test_a_clock_that_is_set_on_is_no_reason_to_count_each_second_of_it() -> None:
    """A machine without a clock of its own starts in 1970: so many times do not fit into memory."""
    alarm = Alarm({"reap": 30.0})
    alarm.start()
    later = datetime.now(UTC) + timedelta(days=10)
    for job in alarm._scheduler.get_jobs():
        assert len(job._get_run_times(later)) == 1
    alarm.stop()
