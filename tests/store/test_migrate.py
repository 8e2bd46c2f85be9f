"""Databases of other ages, and the indexes that keep a long queue fast."""

import multiprocessing
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from campaign.errors import StoreError
from campaign.operations.audit import verify
from campaign.operations.plan import plan
from campaign.shipped import folder
from campaign.store import control, migrate, queue
from campaign.store.engine import Store, Transaction, open_store
from campaign.store.migrate import upgrade_server
from campaign.store.place import Place, Server
from campaign.store.schema import metadata, post
from tests.books import every_row, force, rows
from tests.conftest import TEMPLATE
from tests.factories import DUE, clock_at, database, drafted, fill

OLD = Path(__file__).with_name("database-0001.sql")
KEPT = """SELECT key, content_hash, approved_hash, state, idempotency_key, gen, hash
    FROM post JOIN delivery ON post_id = post.id, (SELECT max(seq), hash FROM audit)
    ORDER BY delivery.id"""


def test_migrations_make_the_schema_that_the_code_sees(store: Store) -> None:
    with store.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_partial_indexes_have_the_conditions_that_the_code_sees(file_store: Store) -> None:
    seen = {
        (index.name, str(index.dialect_options["sqlite"]["where"]))
        for table in metadata.tables.values()
        for index in table.indexes
        if index.dialect_options["sqlite"]["where"] is not None
    }
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql LIKE '% WHERE %'"
    made = rows(file_store.place, query)
    assert {(name, sql.partition(" WHERE ")[2]) for name, sql in made} == seen


def test_head_is_the_newest_migration() -> None:
    names = sorted(path.name for path in Path(str(folder("migrations") / "versions")).glob("*.py"))
    assert names[-1].partition("_")[0] == migrate.HEAD


def test_newer_database_is_refused_with_a_sentence(store: Store) -> None:
    force(store.place, "UPDATE alembic_version SET version_num = '9999'")
    refused = r"made by a newer campaign.*9999.*Use the newer one"
    with pytest.raises(StoreError, match=refused):
        open_store(store.place, clock_at())
    with pytest.raises(StoreError, match=refused), store.write("w", alone=False):
        pass  # who had it open before


def test_older_database_is_refused_while_something_is_sent(store: Store) -> None:
    fill(store, drafted())
    force(store.place, "UPDATE alembic_version SET version_num = '0000'")
    force(store.place, "UPDATE delivery SET state = 'armed'")
    before = every_row(store.place)
    with pytest.raises(StoreError, match="Stop campaign run first"):
        bring_up(store.place)
    assert every_row(store.place) == before


def bring_up(place: Place) -> None:
    """What a person does: open the file, or give the command for the server."""
    if isinstance(place, Server):
        upgrade_server(place)
    else:
        open_store(place, clock_at()).close()


def old_database(folder: Path) -> Path:
    """Made by the first version: a part published, one unknown, one queued, one a draft."""
    path = database(folder)
    force(path, *[f"{line};" for line in OLD.read_text("utf-8").split(";\n") if line.strip()])
    return path


def test_database_of_the_first_version_is_copied_and_upgraded_whole(tmp_path: Path) -> None:
    path = old_database(tmp_path)
    before, kept = every_row(path), rows(path, KEPT)
    path.chmod(0o600)
    store = open_store(path, clock_at(DUE + timedelta(minutes=1)))
    copy = path.with_name("campaign.db.before-0003")
    assert (every_row(copy), copy.stat().st_mode & 0o777) == (before, 0o600)
    assert rows(path, KEPT) == kept
    assert rows(path, "SELECT DISTINCT retry_at, cancelled_by FROM post") == [(None, None)]
    assert rows(path, "SELECT DISTINCT resend_no FROM delivery") == [(0,)]
    with store.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, metadata) == []
    wanted = drafted([("One.",), ("Two.", "Three.")])
    assert not plan(wanted, store, store.clock.now()).is_pending
    assert verify(store).is_intact
    store.close()


def test_copy_is_of_the_older_database_though_another_program_is_quicker(tmp_path: Path) -> None:
    path = old_database(tmp_path)
    before = every_row(path)
    sa.event.listen(sa.Pool, "checkin", lambda *_: open_and_close(path), once=True)
    open_and_close(path)
    assert every_row(path.with_name("campaign.db.before-0003")) == before


def test_foreign_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = database(tmp_path)
    force(path, "CREATE TABLE account (name)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program's database"):
        open_store(path, clock_at())
    assert path.read_bytes() == before


def open_and_close(path: Path) -> None:
    open_store(path, clock_at()).close()


@pytest.mark.slow
def test_two_programs_that_make_one_database_both_succeed(tmp_path: Path) -> None:
    fork = multiprocessing.get_context("fork")
    both = [fork.Process(target=open_and_close, args=(database(tmp_path),)) for _ in range(2)]
    for process in both:
        process.start()
    for process in both:
        process.join()
    assert [process.exitcode for process in both] == [0, 0]
    assert rows(database(tmp_path), "SELECT count(*) FROM installation") == [(1,)]


QUERIES: dict[str, tuple[str, Callable[[Transaction], object]]] = {
    "due": ("delivery_due", lambda tx: queue.due(tx, 64)),
    "next_ready, queued": ("delivery_due", lambda tx: queue.next_ready(tx.connection, tx.now)),
    "next_ready, unknown": ("delivery_look", lambda tx: queue.next_ready(tx.connection, tx.now)),
    "held": ("delivery_lease", lambda tx: queue.held(tx, tx.now)),
    "held, all": ("delivery_lease", lambda tx: queue.held(tx, None)),
    "to_look_at": ("delivery_look", lambda tx: queue.to_look_at(tx, 64)),
    "can_go_on, held": ("delivery_lease", lambda tx: queue.can_go_on(tx.connection)),
    "can_go_on, free": ("delivery_due", lambda tx: queue.can_go_on(tx.connection)),
    "armed": ("delivery_lease", lambda tx: control.armed(tx.connection)),
}


LATER = "2031-01-01T00:00:00Z"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def long_queue(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """Ten thousand parts wait, a few are due; the planner has counted them."""
    if request.param == "sqlite":
        place: Place = database(tmp_path_factory.mktemp("long"))
    else:
        place = request.getfixturevalue("cluster").create(TEMPLATE)
    store = open_store(place, clock_at(DUE - timedelta(days=1)))
    fill(store, drafted([("One.", "Two.")] * 50))
    make_long(place, 10_000)
    store.clock = clock_at()
    yield store
    store.close()


def make_long(place: Place, number: int) -> None:
    """Let so many parts more wait, copies of the first post."""
    series = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {number})"
    columns = [column.name for column in post.c if column.name not in {"id", "key"}]
    names = ", ".join(columns)
    force(
        place,
        f"INSERT INTO post (id, key, {names})"
        f" {series} SELECT 1000 + i, 'more-' || i, {names} FROM post, n WHERE id = 1",
        "INSERT INTO delivery (id, post_id, part, idempotency_key, body, state, ready_at)"
        f" {series} SELECT 1000 + i, 1000 + i, 1, 'k' || i, '{{}}', 'queued', '{LATER}' FROM n",
        "ANALYZE",
    )


@pytest.mark.parametrize("name", QUERIES)
def test_queries_of_the_queue_use_their_partial_index(long_queue: Store, name: str) -> None:
    index, ask = QUERIES[name]
    asked: list[tuple[str, Any]] = []

    def hear(_db: object, _cursor: object, statement: str, values: object, *_: object) -> None:
        asked.append((statement, values))

    sa.event.listen(long_queue._engine, "before_cursor_execute", hear)
    with long_queue.write("w") as tx:
        ask(tx)
    sa.event.remove(long_queue._engine, "before_cursor_execute", hear)
    plans = []
    with long_queue.read() as connection:
        how = "EXPLAIN QUERY PLAN" if isinstance(long_queue.place, Path) else "EXPLAIN"
        for statement, values in asked:
            if statement.startswith("SELECT"):
                explained = connection.exec_driver_sql(f"{how} {statement}", values)
                plans.append(" ".join(str(row[-1]) for row in explained))
    reading = [plan for plan in plans if "delivery" in plan]
    assert any(index in plan for plan in reading)
    whole = r"SCAN delivery(?! USING INDEX)|Seq Scan on (delivery|post)"
    assert not [plan for plan in reading if re.search(whole, plan)]
