"""Several daemons on one PostgreSQL: each post once, whoever sends it, whatever breaks."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from campaign.alarm import Alarm
from campaign.clock import SystemClock
from campaign.daemon import Daemon
from campaign.domain.campaign import Late, LatePolicy
from campaign.domain.states import State
from campaign.errors import StoreError
from campaign.operations import control
from campaign.operations.audit import verify
from campaign.publisher.round import Round
from campaign.publisher.timing import Timing
from campaign.runtime import Runtime
from campaign.store.engine import Store, open_store
from campaign.store.place import Server
from campaign.store.presence import running
from tests.books import rows, states
from tests.factories import DUE, clock_at, drafted, fill
from tests.postgres import Cluster
from tests.publisher.ledger import Ledger

S = State


def until(condition: Callable[[], object], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.02)


@pytest.fixture
def common(cluster: Cluster, clean_server: Server) -> Server:
    cluster.clear(clean_server)
    return clean_server


@contextmanager
def working(
    server: Server, folder: Path, *, permits: int = 4, alarm: Alarm | None = None
) -> Iterator[Daemon]:
    """A daemon at work in a thread, on the test's own day."""
    store = open_store(server, clock_at())
    runtime = Runtime(
        store=store, clock=store.clock, folder=folder, adapter_of=lambda _name: Ledger
    )
    daemon = Daemon(runtime, permits=permits)
    daemon.alarm = alarm or daemon.alarm
    thread = threading.Thread(target=daemon.run)
    thread.start()
    try:
        yield daemon
    finally:
        daemon.stop()
        thread.join(20)
        store.close()
    assert not thread.is_alive()


def filled(server: Server, posts: int) -> Store:
    store = open_store(server, clock_at())
    texts = [(f"{n}.", f"{n}, more.") if n % 3 == 0 else (f"{n}.",) for n in range(posts)]
    fill(store, drafted(texts))
    return store


@pytest.mark.slow
def test_workers_share_the_posts_and_send_each_part_once(common: Server, tmp_path: Path) -> None:
    store = filled(common, 60)
    with ExitStack() as stack:
        daemons = [stack.enter_context(working(common, tmp_path)) for _ in range(4)]
        until(lambda: running(store) == 4)
        until(lambda: set(states(store)) == {S.PUBLISHED}, 60)
    assert len({daemon.worker for daemon in daemons}) == 4
    sent = Ledger.published(tmp_path)
    assert Counter(Counter(sent).values()) == {1: 80}
    for post in {line.split()[0] for line in sent}:  # the parts of a thread, in their order
        parts = [line.split()[1] for line in sent if line.split()[0] == post]
        assert parts == sorted(parts)
    assert len({worker for (worker,) in rows(common, "SELECT worker FROM attempt")}) > 1
    assert verify(store).is_intact
    until(lambda: running(store) == 0)
    store.close()


@pytest.mark.slow
def test_worker_hears_at_once_what_a_person_schedules(common: Server, tmp_path: Path) -> None:
    with working(common, tmp_path, alarm=Alarm({}, 600)):  # nothing else rings
        store = open_store(common, clock_at())
        until(lambda: running(store) == 1)
        time.sleep(0.5)
        fill(store, drafted())
        until(lambda: states(store) == [S.PUBLISHED], 8)  # after 10 s it looks by itself
        store.close()


@pytest.mark.slow
def test_server_that_stops_and_comes_back_is_told_of_and_loses_and_doubles_nothing(
    cluster: Cluster, common: Server, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = filled(common, 40)
    with working(common, tmp_path, permits=2):
        until(lambda: len(Ledger.published(tmp_path)) > 5)
        cluster.stop()
        until(lambda: "Nothing is sent until it is back" in caplog.text)
        at_rest = len(Ledger.published(tmp_path))
        time.sleep(3.2)
        assert len(Ledger.published(tmp_path)) <= at_rest + 2
        assert caplog.text.count("Nothing is sent until it is back") <= 2  # as it fell, and gone
        cluster.start()
        until(lambda: set(states(store)) == {S.PUBLISHED}, 60)
    assert "The database is back" in caplog.text
    assert Counter(Counter(Ledger.published(tmp_path)).values()) == {1: 54}
    store.close()  # its own line broke too
    assert verify(store).is_intact
    store.close()


@pytest.mark.slow
def test_pause_waits_for_rounds_under_way_and_stops_all_later_ones(common: Server) -> None:
    store = filled(common, 8)
    other = open_store(common, clock_at())
    paused = threading.Event()

    def pause() -> None:
        control.pause(other, "all", "stop", "Ada")
        paused.set()

    with store.write("w", alone=False) as tx:
        thread = threading.Thread(target=pause)
        thread.start()
        assert not paused.wait(0.3)  # it meets no round half done
        tx.record("armed", "nothing")
    assert paused.wait(10)
    thread.join()
    playing = Round(store, "w", Timing())
    playing.play([], free=64, may_arm=True)
    assert playing.armed == []
    store.close()
    other.close()


def test_lock_that_does_not_come_is_told(common: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("campaign.store.dialects.TURN_SECONDS", 0.2)
    store, other = open_store(common, clock_at()), open_store(common, clock_at())
    with (
        store.write("Ada"),
        pytest.raises(StoreError, match="a lock was waited for in vain"),
        other.write("Bo"),
    ):
        pass
    store.close()
    other.close()


def test_post_that_is_late_is_decided_by_the_servers_clock(common: Server) -> None:
    store = open_store(common, SystemClock())
    fill(store, drafted(late=LatePolicy(after=timedelta(hours=1), then=Late.SKIP)))
    assert store.clock.now() - DUE > timedelta(days=1)
    playing = Round(store, "w", Timing())
    playing.play([], free=64, may_arm=True)
    assert playing.armed == []
    store.close()


def test_pause_outlasts_a_worker_that_is_frozen_in_its_round(
    common: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server ends its session after a while. Until then nobody else arms anything."""
    monkeypatch.setattr(
        "campaign.store.dialects.PostgreSQL.SETTINGS",
        (
            ("synchronous_commit", "on"),
            ("lock_timeout", "200ms"),
            ("idle_in_transaction_session_timeout", "1s"),
        ),
    )
    store, frozen = filled(common, 1), open_store(common, clock_at())

    def stand_still() -> None:
        with frozen.write("w", alone=False) as tx:
            assert control.pause(store, "all", "stop", "Ada") == []
            tx.execute(sa.text("SELECT 1"))

    with pytest.raises(StoreError, match="idle-in-transaction"):
        stand_still()
    playing = Round(store, "w", Timing())
    playing.play([], free=64, may_arm=True)
    assert playing.armed == []
    store.close()
    frozen.close()
