"""A few kill cycles of each dialect on each database, and proof that the harness can see a fault."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from campaign.store.engine import Store, open_store
from tests.books import force, rows
from tests.chaos import books
from tests.chaos.mutants import MUTANTS, ROOT, Mutant
from tests.chaos.oracle import Entry
from tests.chaos.tally import PARTS, Tally
from tests.conftest import missing
from tests.factories import DUE, clock_at, database, drafted, fill
from tests.postgres import NEEDED, find_binaries


@pytest.mark.slow
@pytest.mark.parametrize("on", ["sqlite", "postgresql"])
def test_killed_in_cycles_nothing_is_lost_or_doubled(on: str) -> None:
    if on == "postgresql" and find_binaries() is None:
        missing(NEEDED)
    done = _chaos("--seed", "7", "--cycles", "50", "--on", on)
    assert done.count(" 0 lost, 0 double") == 3


@pytest.mark.slow
def test_real_processes_killed_from_outside_lose_and_double_nothing() -> None:
    words = ["--seed", "7", "--cycles", "5", "--on", "sqlite", "--dialect", "replay", "--slow"]
    assert "5 cycles, killed at: random 5;" in _chaos(*words)


@pytest.mark.slow
def test_threads_killed_within_keep_their_order_and_repeat_no_part() -> None:
    words = ["--seed", "7", "--cycles", "20", "--on", "sqlite", "--dialect", "replay", "--threads"]
    assert " 0 lost, 0 double" in _chaos(*words)


def _chaos(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tests.chaos", *words],
        capture_output=True, text=True, timeout=1800, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@contextmanager
def made(folder: Path, parts: tuple[str, ...] = ("One.",)) -> Iterator[Store]:
    store = open_store(database(folder), clock_at(DUE - timedelta(days=1)))
    fill(store, drafted((parts,), accounts=[books.account()]))
    yield store
    store.close()


NAME = "test-2021/recommendation-1/en/press 1"
SENT = {
    "cycle": "1", "name": NAME, "key": "k", "text": "1 One.", "parent": "", "kind": "public",
    "at": DUE.isoformat(), "id": "r-1",
}  # fmt: skip
TRIED = (
    "INSERT INTO attempt (delivery_id, gen, worker, armed_at, account)"
    " VALUES (1, 1, 'w', '2021-12-18T08:00:00.000000Z', 'press')"
)
EARLY = SENT | {"at": (DUE - timedelta(seconds=1)).isoformat()}
LATE = SENT | {"at": (DUE + timedelta(hours=2)).isoformat()}
FAULTS = {
    "I1": ("unknown", [SENT, SENT | {"id": "r-2"}]),
    "I2": ("unknown", [SENT, SENT | {"kind": "dropped"}]),
    "I3": ("queued", []),
    "I5": ("unknown", [SENT | {"text": "Other."}]),
    "I6: test-2021/recommendation-1/en/press 1 was sent too early": ("unknown", [EARLY]),
    "I6: test-2021/recommendation-1/en/press 1 was sent too late": ("unknown", [LATE]),
    "I7": ("published", [SENT]),
    "I9": ("published", []),
    "I9: test-2021/recommendation-1/en/press 1 is called failed": ("failed", [SENT]),
    "order": ("unknown", [SENT | {"name": NAME[:-1] + "2", "parent": "other"}]),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_broken_promise_is_seen(tmp_path: Path, fault: str) -> None:
    state, entries = FAULTS[fault]
    with made(tmp_path) as store:
        force(store.place, TRIED, f"UPDATE delivery SET state = '{state}'")
        found = books.compare(store.place, entries, clock_at())
    assert [line for line in found.faults if line.startswith(fault)], found.faults


def test_kept_promises_are_not_called_broken(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        force(store.place, TRIED, "UPDATE delivery SET state = 'unknown'")
        found = books.compare(store.place, [SENT], clock_at())
    assert (found.faults, found.unknown) == ([], 1)


AT_ONCE: dict[str, tuple[str, list[Entry], int]] = {
    "I1": ("unknown", [SENT, SENT | {"id": "r-2"}], 2),
    "I2: test-2021/recommendation-1/en/press 1 was": ("unknown", [SENT], 0),
    "I2: other 1 is in no row": ("queued", [SENT | {"name": "other 1"}], 0),
    "I3: rows are gone": ("", [], 0),
    "I5": ("unknown", [SENT | {"text": "Other."}], 1),
    "I6: test-2021/recommendation-1/en/press 1 was sent too early": ("unknown", [EARLY], 1),
    "I6: test-2021/recommendation-1/en/press 1 was sent too late": ("unknown", [LATE], 1),
    "I9: test-2021/recommendation-1/en/press 1 is called published": ("published", [], 1),
    "I9: test-2021/recommendation-1/en/press 1 is called failed": ("failed", [SENT], 1),
    "order": ("unknown", [SENT | {"name": NAME[:-1] + "2", "parent": "other"}], 1),
}


@pytest.mark.parametrize("fault", AT_ONCE)
def test_broken_promise_is_seen_at_once(tmp_path: Path, fault: str) -> None:
    state, entries, tried = AT_ONCE[fault]
    with made(tmp_path, ("One.", "One, more.")) as store:
        tally = Tally(rows(store.place, PARTS))
    found = tally.add([(1, state), (2, "queued")][state == "" :], entries, [(1, tried), (2, tried)])
    assert [line for line in found.faults if line.startswith(fault)], found.faults


def test_kept_promises_are_not_called_broken_at_once(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        tally = Tally(rows(store.place, PARTS))
    assert tally.add([(1, "published")], [SENT], [(1, 1)]).faults == []


def test_part_that_was_published_and_is_not_any_more_is_seen(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        tally = Tally(rows(store.place, PARTS))
    assert tally.add([(1, "published")], [SENT], [(1, 1)]).faults == []
    assert tally.add([(1, "queued")], [], []).faults == [f"I3: {NAME} was published"]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_mutant_fits_the_code(mutant: Mutant) -> None:
    """So that whoever changes such a line changes its mutant, too."""
    assert (ROOT / mutant.file).read_text().count(mutant.old) == 1
