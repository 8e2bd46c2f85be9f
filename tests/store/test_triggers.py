"""The database's own guard, asked past the product: raw SQL on a real file."""

import itertools
import sqlite3
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from campaign.domain.campaign import ApprovalRule
from campaign.domain.states import ALLOWED, MOVES, State
from campaign.store.engine import Store, open_store
from campaign.store.place import Server
from tests.books import opened
from tests.factories import clock_at, drafted, fill
from tests.postgres import Cluster

REFUSED = (sqlite3.IntegrityError, psycopg.IntegrityError)
AT = "2021-12-18T08:00:00.000000Z"
RULE = ApprovalRule(by=("editor",), people={"editor": ("Ada",)})


@pytest.fixture
def db(store: Store) -> Iterator[Any]:
    """One delivery, number 1, as a draft."""
    fill(store, drafted(rule=RULE))
    with opened(store.place) as connection:
        yield connection


def step(db: Any, before: State, after: State) -> None:
    """Take one move, with the attempt that it needs."""
    if after is State.ARMED:
        db.execute("UPDATE delivery SET gen = gen + 1")
        db.execute(
            "INSERT INTO attempt (delivery_id, gen, worker, armed_at)"
            f" SELECT id, gen, 'w', '{AT}' FROM delivery"
        )
    if (before, after) == (State.ARMED, State.QUEUED):
        db.execute("UPDATE attempt SET outcome = 'not_sent'")
    db.execute(f"UPDATE delivery SET state = '{after}'")


def spelled(outcome: str | None) -> str:
    return "NULL" if outcome is None else f"'{outcome}'"


def path_to(goal: State) -> list[State]:
    """The shortest way from a draft, by allowed moves."""
    ways = [[State.DRAFT]]
    for way in ways:
        if way[-1] is goal:
            return way
        ways += [[*way, move.after] for move in MOVES if move.before is way[-1]]
    raise AssertionError(goal)


def test_trigger_allows_exactly_the_table_of_moves(db: Any) -> None:
    allowed = set()
    for before, after in itertools.permutations(State, 2):
        db.execute("BEGIN")
        for pair in itertools.pairwise(path_to(before)):
            step(db, *pair)
        try:
            step(db, before, after)
            allowed.add((before, after))
        except REFUSED as error:
            assert "not allowed" in str(error)  # noqa: PT017
        db.execute("ROLLBACK")
    assert allowed == ALLOWED


@pytest.mark.parametrize("outcome", [None, "not_sent", "failed", "unknown", "published"])
def test_armed_needs_an_open_attempt_of_this_gen(db: Any, outcome: str | None) -> None:
    for pair in itertools.pairwise(path_to(State.QUEUED)):
        step(db, *pair)
    gen = 1 if outcome is None else 0  # open, but of another gen; or of this one, closed
    db.execute(
        "INSERT INTO attempt (delivery_id, gen, worker, armed_at, outcome)"
        f" VALUES (1, {gen}, 'w', '{AT}', {spelled(outcome)})"
    )
    with pytest.raises(REFUSED, match="without an open attempt"):
        db.execute("UPDATE delivery SET state = 'armed'")


@pytest.mark.parametrize("outcome", [None, "failed", "unknown", "published"])
def test_armed_is_queued_again_only_when_not_sent(db: Any, outcome: str | None) -> None:
    for pair in itertools.pairwise(path_to(State.ARMED)):
        step(db, *pair)
    db.execute(f"UPDATE attempt SET outcome = {spelled(outcome)}")
    with pytest.raises(REFUSED, match="may be public already"):
        db.execute("UPDATE delivery SET state = 'queued'")
    db.execute("UPDATE attempt SET outcome = 'not_sent'")
    db.execute("UPDATE delivery SET state = 'queued'")


@pytest.mark.parametrize("state", [*State, "sending"])
def test_insert_is_refused_except_as_a_draft(db: Any, state: str) -> None:
    insert = (
        "INSERT INTO delivery (post_id, part, idempotency_key, body, state, ready_at)"
        f" VALUES (1, 2, 'k', '{{}}', '{state}', '{AT}')"
    )
    if state == State.DRAFT:
        db.execute(insert)
        return
    with pytest.raises(REFUSED, match="begins as a draft"):
        db.execute(insert)


@pytest.mark.parametrize("statement", ["UPDATE audit SET actor = 'x'", "DELETE FROM audit"])
def test_audit_is_neither_rewritten_nor_deleted(db: Any, statement: str) -> None:
    with pytest.raises(REFUSED, match="never changed"):
        db.execute(statement)


@pytest.mark.parametrize("statement", ["UPDATE audit SET actor = 'x'", "TRUNCATE audit"])
def test_postgresql_audit_is_not_changed_by_a_replica_s_session_either(
    clean_server: Server, cluster: Cluster, statement: str
) -> None:
    cluster.clear(clean_server)
    store = open_store(clean_server, clock_at())
    fill(store, drafted())
    store.close()
    with opened(clean_server) as db:
        db.execute("SET session_replication_role = replica")
        with pytest.raises(psycopg.IntegrityError, match="never changed"):
            db.execute(statement)
        with pytest.raises(psycopg.IntegrityError, match="not allowed"):
            db.execute("UPDATE delivery SET state = 'failed'")
