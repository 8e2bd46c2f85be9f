"""A few kill cycles of each dialect on each database, and proof that the harness can see a fault."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from campaign.store.engine import Store, open_store
from tests.books import force
from tests.chaos import books
from tests.chaos.mutants import MUTANTS, ROOT, Mutant
from tests.conftest import missing
from tests.factories import DUE, clock_at, database, drafted, fill
from tests.postgres import NEEDED, find_binaries


@pytest.mark.slow
@pytest.mark.parametrize("on", ["sqlite", "postgresql"])
def test_killed_in_cycles_nothing_is_lost_or_doubled(on: str) -> None:
    if on == "postgresql" and find_binaries() is None:
        missing(NEEDED)
    cycles = {"sqlite": "6", "postgresql": "4"}[on]
    words = ["-m", "tests.chaos", "--seed", "7", "--cycles", cycles, "--on", on]
    done = subprocess.run(
        [sys.executable, *words], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(" 0 lost, 0 double") == 3


@contextmanager
def made(folder: Path) -> Iterator[Store]:
    store = open_store(database(folder), clock_at(DUE - timedelta(days=1)))
    fill(store, drafted((("One.",),), accounts=[books.account()]))
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


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_mutant_fits_the_code(mutant: Mutant) -> None:
    """So that whoever changes such a line changes its mutant, too."""
    assert (ROOT / mutant.file).read_text().count(mutant.old) == 1
