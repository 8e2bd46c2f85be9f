"""The database's own guard, asked past the product: raw SQL on a real file."""

import itertools
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from campaign.domain.campaign import ApprovalRule
from campaign.domain.states import ALLOWED, MOVES, State
from campaign.store.engine import Store
from tests.factories import drafted, fill

RULE = ApprovalRule(by=("editor",), people={"editor": ("Ada",)})


@pytest.fixture
def db(store: Store) -> Iterator[sqlite3.Connection]:
    """One delivery, number 1, as a draft."""
    fill(store, drafted(rule=RULE))
    with closing(sqlite3.connect(store.place, isolation_level=None)) as connection:
        yield connection


def step(db: sqlite3.Connection, before: State, after: State) -> None:
    """Take one move, with the attempt that it needs."""
    if after is State.ARMED:
        db.execute("UPDATE delivery SET gen = gen + 1")
        db.execute(
            "INSERT INTO attempt (delivery_id, gen, worker, armed_at)"
            " SELECT id, gen, 'w', '' FROM delivery"
        )
    if (before, after) == (State.ARMED, State.QUEUED):
        db.execute("UPDATE attempt SET outcome = 'not_sent'")
    db.execute("UPDATE delivery SET state = ?", (after,))


def path_to(goal: State) -> list[State]:
    """The shortest way from a draft, by allowed moves."""
    ways = [[State.DRAFT]]
    for way in ways:
        if way[-1] is goal:
            return way
        ways += [[*way, move.after] for move in MOVES if move.before is way[-1]]
    raise AssertionError(goal)


def test_trigger_allows_exactly_the_table_of_moves(db: sqlite3.Connection) -> None:
    allowed = set()
    for before, after in itertools.permutations(State, 2):
        db.execute("BEGIN")
        for pair in itertools.pairwise(path_to(before)):
            step(db, *pair)
        try:
            step(db, before, after)
            allowed.add((before, after))
        except sqlite3.IntegrityError as error:
            assert "not allowed" in str(error)  # noqa: PT017
        db.execute("ROLLBACK")
    assert allowed == ALLOWED


@pytest.mark.parametrize("outcome", [None, "not_sent", "failed", "unknown", "published"])
def test_armed_needs_an_open_attempt_of_this_gen(
    db: sqlite3.Connection, outcome: str | None
) -> None:
    for pair in itertools.pairwise(path_to(State.CLAIMED)):
        step(db, *pair)
    db.execute(
        "INSERT INTO attempt (delivery_id, gen, worker, armed_at, outcome)"
        " VALUES (1, ?, 'w', '', ?)",
        (1 if outcome is None else 0, outcome),  # open, but of another gen; or of this one, closed
    )
    with pytest.raises(sqlite3.IntegrityError, match="without an open attempt"):
        db.execute("UPDATE delivery SET state = 'armed'")


@pytest.mark.parametrize("outcome", [None, "failed", "unknown", "published"])
def test_armed_is_queued_again_only_when_not_sent(
    db: sqlite3.Connection, outcome: str | None
) -> None:
    for pair in itertools.pairwise(path_to(State.ARMED)):
        step(db, *pair)
    db.execute("UPDATE attempt SET outcome = ?", (outcome,))
    with pytest.raises(sqlite3.IntegrityError, match="may be public already"):
        db.execute("UPDATE delivery SET state = 'queued'")
    db.execute("UPDATE attempt SET outcome = 'not_sent'")
    db.execute("UPDATE delivery SET state = 'queued'")


@pytest.mark.parametrize("state", [*State, "sending"])
def test_insert_is_refused_except_as_a_draft(db: sqlite3.Connection, state: str) -> None:
    insert = (
        "INSERT INTO delivery (post_id, part, idempotency_key, body, state, ready_at)"
        " VALUES (1, 2, 'k', '{}', ?, '')"
    )
    if state == State.DRAFT:
        db.execute(insert, (state,))
        return
    with pytest.raises(sqlite3.IntegrityError, match="begins as a draft"):
        db.execute(insert, (state,))


@pytest.mark.parametrize("statement", ["UPDATE audit SET actor = 'x'", "DELETE FROM audit"])
def test_audit_is_neither_rewritten_nor_deleted(db: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        db.execute(statement)
