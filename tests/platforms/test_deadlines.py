"""One thread that cuts what lasts too long, and nothing else."""

import os
import threading
from time import monotonic

from campaign.platforms.deadlines import Deadlines


def test_what_is_over_in_time_is_not_cut_and_the_rest_is_in_its_order() -> None:
    deadlines, cut, done = Deadlines(), [], threading.Event()
    now = monotonic()
    with (
        deadlines.keep(now + 60, lambda: cut.append("never")),
        deadlines.keep(now + 0.6, done.set),
        deadlines.keep(now + 0.55, lambda: cut.append("first")),
    ):
        with deadlines.keep(now + 0.5, lambda: cut.append("over")):
            pass
        assert done.wait(10)
    assert cut == ["first"]


def test_one_that_cannot_be_cut_does_not_save_the_next() -> None:
    deadlines, done = Deadlines(), threading.Event()

    def fail() -> None:
        raise OSError

    with deadlines.keep(monotonic(), fail), deadlines.keep(monotonic() + 0.01, done.set):
        assert done.wait(10)


def test_past_deadline_cuts_at_once_and_many_share_one_thread() -> None:
    deadlines, done = Deadlines(), threading.Event()
    before = threading.active_count()
    with deadlines.keep(monotonic() - 1, done.set), deadlines.keep(monotonic() + 60, done.clear):
        assert done.wait(10)
        assert threading.active_count() == before + 1


def test_forked_process_cuts_too() -> None:
    deadlines = Deadlines()
    with deadlines.keep(monotonic() + 60, lambda: None):
        child = os.fork()
        if child == 0:
            done = threading.Event()
            with deadlines.keep(monotonic(), done.set):
                os._exit(0 if done.wait(10) else 1)
    assert os.waitpid(child, 0)[1] == 0
