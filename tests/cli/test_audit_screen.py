"""`campaign audit` after a day: what went out, what a person found, and what is still to go."""

from datetime import timedelta

import pytest

from campaign.operations.resolve import resolve_there
from campaign.store.engine import open_store
from tests.cli.conftest import Person
from tests.factories import DUE, clock_at, database, drafted, fill
from tests.publisher.stand import UNKNOWN, Stand, settled

KEY = "test-2021/recommendation-1/en/press"


@pytest.fixture
def after_a_doubt(person: Person) -> Person:
    """Two posts: one that a person found on the network, one still to go."""
    clock = clock_at(DUE)
    store = open_store(database(person.folder), clock)
    fill(store, drafted([("One.",), ("Two.",)], every=timedelta(hours=2)))
    stand = Stand(store, clock)
    stand.play(settled(stand.arm(), UNKNOWN), may_arm=False)
    stand.pass_time(minutes=9)
    resolve_there(store, KEY, "https://example.org/1", "m.ito")
    store.close()
    return person


def test_audit_says_what_a_person_found_and_what_is_to_go(after_a_doubt: Person) -> None:
    screen = after_a_doubt.types("audit")
    assert screen.code == 0
    assert "18 December · 2 posts were due" in screen.out
    lines = screen.out.splitlines()
    (place,) = [n for n, line in enumerate(lines) if line.endswith("https://example.org/1")]
    assert lines[place + 1] == f"{'':19}found by m.ito at 08:09 (no answer)"
    assert "  To look at   1 post resolved by a person" in lines
    assert "  Still to go  1 post, Sat 18 Dec 10:00 (recommendation 2)" in lines
    assert "Next: for a spreadsheet  campaign audit --csv audit.csv" in lines
    assert screen.last == f"      for one post       campaign audit show {KEY}"


@pytest.mark.parametrize("columns", [80, 120])
def test_audit_keeps_to_the_terminal(after_a_doubt: Person, columns: int) -> None:
    after_a_doubt.patch.setenv("COLUMNS", str(columns))
    assert max(map(len, after_a_doubt.types("audit").out.splitlines())) <= columns
