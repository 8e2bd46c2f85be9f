"""The watchdog counts ticks without a beat, and ends the program after too many."""

import multiprocessing
import threading
import time

import pytest

from campaign.watchdog import EXIT, Watchdog


def test_loop_that_beats_is_left_alone() -> None:
    barked = threading.Event()
    dog = Watchdog(silent=5, tick=0.02, bark=barked.set)
    dog.start()
    for _ in range(20):
        dog.beat()
        time.sleep(0.01)
    assert not barked.is_set()
    dog.stop()


def test_watchdog_barks_once_at_a_loop_that_hangs() -> None:
    barked = threading.Semaphore(0)
    Watchdog(silent=2, tick=0.01, bark=barked.release).start()
    assert barked.acquire(timeout=5)
    assert not barked.acquire(timeout=0.1)


def test_stopped_watchdog_barks_no_more() -> None:
    barked = threading.Event()
    dog = Watchdog(silent=2, tick=0.02, bark=barked.set)
    dog.start()
    dog.stop()
    assert not barked.wait(0.2)


def hang() -> None:
    Watchdog(silent=3, tick=0.02).start()
    time.sleep(20)


@pytest.mark.slow
def test_loop_that_hangs_ends_the_program() -> None:
    process = multiprocessing.get_context("fork").Process(target=hang)
    process.start()
    process.join(10)
    assert process.exitcode == EXIT
