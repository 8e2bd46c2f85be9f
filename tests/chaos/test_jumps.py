"""TM2: the real daemon on a clock that is wrong, that is set while it runs, or that is days later."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from campaign.domain.campaign import Late, LatePolicy
from campaign.domain.states import State
from campaign.store.engine import open_store
from tests.books import rows
from tests.chaos.sizes import size
from tests.conftest import missing
from tests.factories import DUE, clock_at, database, drafted, fill

LIBRARY = "faketime/libfaketime.so.1"
JUMPS = {
    "3 h on": timedelta(hours=3), "1 day back": timedelta(days=-1),
    "1 h back": timedelta(hours=-1), "3 days on": timedelta(days=3),
}  # fmt: skip
HALF = timedelta(minutes=30)
AFTER = {
    Late.ASK: timedelta(hours=1),
    Late.SKIP: timedelta(hours=1),
    Late.SEND: timedelta(hours=24),
}

pytestmark = pytest.mark.slow


class Faked:
    """A clock for other processes, set through libfaketime's file."""

    def __init__(self, folder: Path, library: Path) -> None:
        self._file = folder / "offset"
        self._environment = {
            **os.environ, "LD_PRELOAD": str(library), "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_DONT_FAKE_MONOTONIC": "1", "FAKETIME_NO_CACHE": "1",
        }  # fmt: skip

    def set(self, now: datetime) -> timedelta:
        """Returns how far it is ahead of the machine's own clock."""
        ahead = now.timestamp() - time.time()
        new = self._file.with_suffix(".new")
        new.write_text(f"{ahead:+.3f}")
        new.replace(self._file)
        return timedelta(seconds=ahead)

    @contextmanager
    def run(self, *words: object) -> Iterator["subprocess.Popen[str]"]:
        command = [sys.executable, "-m", "tests.chaos.faked", *map(str, words)]
        process = subprocess.Popen(
            command, env=self._environment, text=True, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            said = process.communicate(timeout=30)[0]
        assert "Traceback" not in said, said


@pytest.fixture
def faked(tmp_path: Path) -> Faked:
    found = [*Path("/usr/lib").glob(f"*/{LIBRARY}"), *Path("/usr/lib").glob(LIBRARY)]
    if not found:
        missing("libfaketime is missing: apt-get install libfaketime")
    return Faked(tmp_path, found[0])


def scheduled(folder: Path, every: timedelta, posts: int = 2) -> Path:
    store = open_store(database(folder), clock_at(DUE - timedelta(days=9)))
    fill(store, drafted([(f"{n}.",) for n in range(posts)], every=every))
    store.close()
    return database(folder)


def until(condition: Callable[[], object], seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.05)


def sent(folder: Path) -> list[Path]:
    return sorted((folder / "outbox").glob("*.json"), key=lambda path: path.stat().st_mtime)


def test_nothing_is_early_where_the_clock_is_years_wrong(tmp_path: Path, faked: Faked) -> None:
    every = timedelta(seconds=2)
    path = scheduled(tmp_path, every, 3)
    ahead = faked.set(DUE - timedelta(seconds=4))
    with faked.run("run", "--database", path):
        until(lambda: len(sent(tmp_path)) == 3)
    for number, file in enumerate(sent(tmp_path)):
        really_due = (DUE + number * every - ahead).timestamp()
        assert 0 <= file.stat().st_mtime - really_due < 30


@pytest.mark.parametrize("jump", list(JUMPS)[: size("TM2")])
def test_clock_set_while_it_runs_sends_nothing_early(
    tmp_path: Path, faked: Faked, jump: str
) -> None:
    path = scheduled(tmp_path, HALF)
    faked.set(DUE - timedelta(seconds=1))
    with faked.run("run", "--database", path):
        until(lambda: sent(tmp_path))
        first = sent(tmp_path)
        faked.set(DUE + JUMPS[jump])
        if jump.endswith("on"):
            until(lambda: rows(path, "SELECT scope FROM control WHERE paused"))
        else:
            time.sleep(4)
        assert sent(tmp_path) == first
    reasons = [reason for (reason,) in rows(path, "SELECT reason FROM control")]
    if jump.endswith("on"):
        (reason,) = reasons
        assert reason.startswith(f"the clock was set forward by {jump.removesuffix(' on')}")
    else:
        assert reasons == []
    assert rows(path, "SELECT state FROM delivery ORDER BY id") == [("published",), ("queued",)]


@pytest.mark.parametrize(
    ("late_by", "ends"),
    [
        (timedelta(hours=3), {Late.ASK: "draft", Late.SKIP: "skipped", Late.SEND: "published"}),
        (timedelta(days=3), {Late.ASK: "draft", Late.SKIP: "skipped", Late.SEND: "draft"}),
    ],
    ids=["3 h", "3 days"],
)
def test_start_that_is_late_does_what_late_says(
    tmp_path: Path, faked: Faked, late_by: timedelta, ends: dict[Late, str]
) -> None:
    path = database(tmp_path)
    store = open_store(path, clock_at(DUE - timedelta(days=1)))
    for then, after in AFTER.items():
        late = LatePolicy(after=after, then=then)
        fill(store, drafted([(f"{then}.",)], campaign_id=f"{then}-2021", late=late))
    store.close()
    faked.set(DUE + late_by)
    query = "SELECT lateness, state FROM delivery JOIN post ON post.id = post_id"
    with faked.run("run", "--database", path):
        until(lambda: State.QUEUED not in dict(rows(path, query)).values())
        until(lambda: State.ARMED not in dict(rows(path, query)).values())
    assert dict(rows(path, query)) == ends
    assert len(sent(tmp_path)) == list(ends.values()).count("published")


def test_housekeeping_goes_on_after_the_clock_was_set_back(faked: Faked) -> None:
    """APScheduler counts to the next ring by the clock: a day back would be a day of silence."""
    faked.set(DUE)
    with faked.run("alarm", 40) as process:
        assert process.stdout is not None
        rings = (line for line in process.stdout if line == "reap\n")
        assert next(rings, None)
        faked.set(DUE - timedelta(days=1))
        assert [next(rings, None) for _ in range(5)] == ["reap\n"] * 5
