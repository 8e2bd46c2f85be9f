"""PostgreSQL that cannot be used as asked: one sentence each, from the real server."""

import socket
from dataclasses import replace

import pytest
import sqlalchemy as sa

from campaign.clock import SystemClock
from campaign.errors import StoreError, UsageError
from campaign.operations.status import status
from campaign.store import dialects
from campaign.store.engine import open_store
from campaign.store.migrate import HEAD, upgrade_server
from campaign.store.place import Server, read_place
from tests.books import force, rows
from tests.factories import clock_at, drafted, fill
from tests.postgres import Cluster
from tests.store.pooler import Pooler

SECRET = "canary-5e1f"


def told(server: Server) -> str:
    """The sentence that opening it gives; never with the password."""
    with pytest.raises(StoreError) as caught:
        open_store(server, clock_at()).close()
    assert SECRET not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    "address",
    [f"postgresql://u:{SECRET}/x@h:5432/d", f"postgresql://u:{SECRET}@h:no/d", f"mysql://u:{SECRET}@h/d",
     f"postgresql://u:{SECRET}@h", "postgresql://", f"postgresql://u:{SECRET}@[::1/d",
     f"postgresql:/u:{SECRET}@h/d", f"postgres:u:{SECRET}@h/d", f"host=h password={SECRET} dbname=d"],
)  # fmt: skip
def test_address_that_cannot_be_read_is_not_repeated(address: str) -> None:
    with pytest.raises(UsageError, match="postgresql://USER") as caught:
        read_place(address)
    assert SECRET not in str(caught.value)


def test_address_is_read_in_full_and_shown_without_its_password() -> None:
    place = read_place(
        f"postgresql+psycopg://an%40na:{SECRET}%21@db.example:6000/camp?sslmode=require"
    )
    assert isinstance(place, Server)
    assert (place.user, place.password, place.port) == ("an@na", f"{SECRET}!", 6000)
    assert place.options == (("sslmode", "require"),)
    assert SECRET not in f"{place} {place!r}"
    assert read_place(str(place)) == replace(place, password=None)


def test_a_secret_among_the_options_is_not_shown() -> None:
    place = read_place(f"postgresql://u@h/d?password={SECRET}&host=/run/pg")
    assert str(place) == "postgresql://u@h/d?host=/run/pg"
    assert SECRET not in repr(place)


def test_server_that_is_not_there(clean_server: Server) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    nobody = Server(user="u", password=SECRET, host="127.0.0.1", port=port, name="d")
    assert told(nobody).startswith("No PostgreSQL server answers at postgresql://u@127.0.0.1:")
    assert "Nothing is known of the host" in told(replace(nobody, host="no-such-host.invalid"))
    assert "No PostgreSQL server" in told(replace(clean_server, options=(("host", "/tmp/none"),)))


def test_database_that_is_not_there(clean_server: Server) -> None:
    host = dict(clean_server.options)["host"]
    said = told(replace(clean_server, name="nowhere"))
    assert said.startswith("There is no database nowhere")
    assert said.endswith(f"createdb -h {host} -U campaign --encoding UTF8 -T template0 nowhere")


def test_wrong_password(cluster: Cluster, clean_server: Server) -> None:
    rules = cluster.folder / "data" / "pg_hba.conf"
    rules.write_text("local all locked scram-sha-256\n" + rules.read_text())
    cluster.execute(f"CREATE USER locked PASSWORD '{SECRET}'")
    cluster.execute("SELECT pg_reload_conf()")
    wrong = replace(clean_server, user="locked", password=f"{SECRET}-wrong")
    assert "does not take this password" in told(wrong)
    assert "does not take this password" in told(replace(wrong, password=None))


def test_user_that_may_only_read(cluster: Cluster, clean_server: Server) -> None:
    cluster.clear(clean_server)
    cluster.execute("CREATE USER reader")
    cluster.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader", clean_server.name)
    store = open_store(replace(clean_server, user="reader"), clock_at())
    with pytest.raises(StoreError, match="does not give this user the right"):
        fill(store, drafted())
    store.close()
    with pytest.raises(StoreError, match="does not give this user the right"):
        upgrade_server(replace(cluster.create(), user="reader"))


def test_standby(clean_server: Server) -> None:
    options = (*clean_server.options, ("options", "-c default_transaction_read_only=on"))
    store = open_store(replace(clean_server, options=options), clock_at())
    with pytest.raises(StoreError, match="is read-only"):
        fill(store, drafted())
    store.close()


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_text_that_is_not_utf8(cluster: Cluster, encoding: str) -> None:
    name = f"in_{encoding.lower()}"
    cluster.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING {encoding} LOCALE 'C'")
    said = told(cluster.server(name))
    assert f"keeps its text in {encoding}" in said
    assert said.endswith(f"--encoding UTF8 -T template0 {name}_utf8")  # the name is taken


def test_empty_older_newer_and_foreign_database(cluster: Cluster) -> None:
    server = cluster.create()
    assert "is empty. Bring it up once" in told(server)
    assert "campaign db upgrade" in told(server)
    assert upgrade_server(server) == (None, HEAD)
    assert upgrade_server(server) == (HEAD, HEAD)
    open_store(server, clock_at()).close()
    force(server, "UPDATE alembic_version SET version_num = '0000'")
    assert f"has version 0000, and this campaign needs {HEAD}" in told(server)
    force(server, "UPDATE alembic_version SET version_num = '9999'")
    assert "made by a newer campaign" in told(server)
    with pytest.raises(StoreError, match="made by a newer campaign"):
        upgrade_server(server)
    other = cluster.create()
    cluster.execute("CREATE TABLE account (name text)", other.name)
    assert "another program's database" in told(other)
    with pytest.raises(StoreError, match="another program's database"):
        upgrade_server(other)


def test_upgrade_takes_as_long_as_it_needs(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialects, "TURN_SECONDS", 0.2)
    server = cluster.create()
    slow = "CREATE FUNCTION slow() RETURNS event_trigger LANGUAGE plpgsql AS"
    cluster.execute(f"{slow} 'BEGIN PERFORM pg_sleep(0.3); END'", server.name)
    then = "CREATE EVENT TRIGGER slow ON ddl_command_end WHEN tag IN ('ALTER TABLE')"
    cluster.execute(f"{then} EXECUTE FUNCTION slow()", server.name)
    assert upgrade_server(server) == (None, HEAD)


def test_older_database_keeps_its_rows_and_names_the_account_of_each_attempt(
    cluster: Cluster,
) -> None:
    server = cluster.create("template_campaign")
    store = open_store(server, clock_at())
    fill(store, drafted())
    store.close()
    force(
        server,
        "INSERT INTO attempt (delivery_id, gen, worker, armed_at) VALUES (1, 1, 'w', now())",
        "DROP INDEX attempt_account",
        "DROP INDEX delivery_lease",
        "CREATE INDEX delivery_busy ON delivery (lease_until)",
        "ALTER TABLE attempt DROP COLUMN account",
        "ALTER TABLE post DROP COLUMN retry_at, DROP COLUMN cancelled_by",
        "ALTER TABLE delivery DROP COLUMN resend_no",
        "UPDATE alembic_version SET version_num = '0001'",
    )
    assert upgrade_server(server) == ("0001", HEAD)
    assert rows(server, "SELECT account FROM attempt") == [("press",)]


def test_worker_notices_an_upgrade_while_it_runs(cluster: Cluster) -> None:
    server = cluster.create("template_campaign")
    store = open_store(server, clock_at())
    force(server, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="newer campaign"), store.write("w", alone=False):
        pass
    store.close()


def test_settings_of_the_session(clean_server: Server) -> None:
    """A write sees what was committed before each statement; a read sees one moment."""
    store = open_store(clean_server, clock_at())
    names = ("synchronous_commit", "transaction_isolation", "lock_timeout", "timezone")

    def shown(connection: sa.Connection) -> list[object]:
        return [connection.exec_driver_sql(f"SHOW {name}").scalar() for name in names]

    for _ in range(2):  # the second time by connections that were lent before
        with store.read() as connection:
            assert shown(connection) == ["on", "repeatable read", "15s", "UTC"]
        with store.write("w", alone=False) as tx:
            assert shown(tx.connection) == ["on", "read committed", "15s", "UTC"]
    store.close()


def test_time_is_the_servers(clean_server: Server) -> None:
    ahead = SystemClock()
    store = open_store(clean_server, ahead)
    with store.write("w") as tx:
        now = tx.connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
        assert 0 <= (now - tx.now).total_seconds() < 5
    assert abs((store.clock.now() - tx.now).total_seconds()) < 5
    store.close()


def test_what_a_colleague_schedules_while_one_reads_is_not_seen_in_half(
    clean_server: Server,
) -> None:
    """A read asks for the parts, then for their posts: both are of one moment, as on SQLite."""
    store, other = open_store(clean_server, clock_at()), open_store(clean_server, clock_at())
    fill(store, drafted())

    def schedule(_c: object, _k: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT post.id"):
            fill(other, drafted([("One.",), ("Two.",)]))

    sa.event.listen(store._engine, "before_cursor_execute", schedule)
    assert [len(each.posts) for each in status(store).campaigns] == [1]
    sa.event.remove(store._engine, "before_cursor_execute", schedule)
    assert [len(each.posts) for each in status(store).campaigns] == [2]
    store.close()
    other.close()


@pytest.mark.parametrize("by_transaction", [True, False])
def test_pooler(cluster: Cluster, clean_server: Server, by_transaction: bool) -> None:
    cluster.clear(clean_server)
    pooler = Pooler(cluster.folder / ".s.PGSQL.5432", by_transaction=by_transaction)
    through = replace(clean_server, host="127.0.0.1", port=pooler.port, options=())
    if by_transaction:
        assert "a pooler in transaction mode, which takes locks away" in told(through)
    else:
        store = open_store(through, clock_at())
        fill(store, drafted())
        store.close()
        assert rows(clean_server, "SELECT count(*) FROM post") == [(1,)]
    pooler.close()
