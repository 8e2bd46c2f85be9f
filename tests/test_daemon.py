"""The daemon itself, in a thread of its own: real file, real senders, real bell."""

import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import ClassVar

import pytest
import sqlalchemy as sa

from campaign import alarm
from campaign.clock import SkippingClock, SystemClock
from campaign.daemon import REAP, Daemon
from campaign.domain.campaign import Account
from campaign.domain.delivery import Looked
from campaign.domain.outcome import Receipt
from campaign.domain.states import State
from campaign.errors import CampaignError
from campaign.operations import control
from campaign.operations.audit import verify
from campaign.platforms.base import AccountBlocked, Platform, Rejected, Sending
from campaign.publisher.round import Round
from campaign.publisher.timing import Timing
from campaign.runtime import Runtime
from campaign.store import dialects
from campaign.store.control import blocked_accounts
from campaign.store.engine import Store, open_store
from campaign.store.place import folder_of
from campaign.store.presence import is_running, present
from tests.books import actions, database_file, outcomes, states
from tests.factories import DUE, SetClock, account, clock_at, database, drafted, fill
from tests.publisher.ledger import Ledger
from tests.publisher.stand import PUBLISHED, UNKNOWN, settled

S = State


class Gate(Ledger):
    """A ledger that the test holds shut: `requests` are those whose first byte went out."""

    requests: ClassVar[list[str]] = []
    open: ClassVar[threading.Semaphore]
    inside: ClassVar[int] = 0
    most: ClassVar[int] = 0
    errors: ClassVar[dict[str, BaseException]] = {}
    receipts: ClassVar[dict[str, Receipt]] = {}

    def publish(self, sending: Sending) -> Receipt:
        kind = type(self)
        kind.requests.append(sending.post_key)
        kind.inside += 1
        kind.most = max(kind.most, kind.inside)
        try:
            kind.open.acquire(timeout=10)
            if sending.post_key in kind.errors:
                raise kind.errors[sending.post_key]
            receipt = super().publish(sending)
            return kind.receipts.get(sending.post_key, receipt)
        finally:
            kind.inside -= 1


@pytest.fixture
def gate() -> type[Gate]:
    """Shut; `open.release(n)` lets n requests through."""

    class Fresh(Gate):
        requests: ClassVar[list[str]] = []
        errors: ClassVar[dict[str, BaseException]] = {}
        receipts: ClassVar[dict[str, Receipt]] = {}
        open = threading.Semaphore(0)

    return Fresh


def key(number: int) -> str:
    return f"test-2021/recommendation-{number}/en/press"


def until(condition: Callable[[], object], seconds: float = 5) -> None:
    """Wait for it, a moment at a time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.01)


@pytest.fixture
def runtime(file_store: Store, gate: type[Platform]) -> Runtime:
    clock, store = SkippingClock(DUE), file_store
    store.clock = clock
    return Runtime(
        store=store, clock=clock, folder=folder_of(store.place), adapter_of=lambda _name: gate
    )


@contextmanager
def running(daemon: Daemon, *, until_done: bool = False) -> Iterator[threading.Thread]:
    """It runs inside; afterwards it is stopped, and must have ended in good order."""
    ended: list[BaseException | None] = []

    def run() -> None:
        try:
            daemon.run(until_done=until_done)
            ended.append(None)
        except BaseException as error:  # noqa: BLE001
            ended.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield thread
    finally:
        daemon.stop()
        thread.join(15)
    assert not thread.is_alive()
    assert ended == [None]


def test_kill_file_stops_it_and_taking_it_away_lets_it_go_on(
    runtime: Runtime, gate: type[Gate]
) -> None:
    fill(runtime.store, drafted())
    gate.open.release()
    kill = runtime.folder / "KILL"
    kill.touch()
    with running(Daemon(runtime)):
        time.sleep(0.3)
        assert gate.requests == []
        kill.unlink()
        until(lambda: states(runtime.store) == [S.PUBLISHED])


@pytest.mark.parametrize("how", ["KILL", "stop"])
def test_nothing_is_sent_again_under_its_key_either(
    runtime: Runtime, gate: type[Gate], how: str
) -> None:
    """A look comes back that would let a part in doubt go out once more."""
    fill(runtime.store, drafted())
    daemon = Daemon(runtime, timing=Timing(quiesce=timedelta(0)))
    playing = Round(runtime.store, daemon.worker, daemon.timing)
    playing.play([], free=1, may_arm=True)
    (lost,) = playing.armed
    playing.play([settled(lost, UNKNOWN)], free=0, may_arm=False)
    if how == "KILL":
        daemon.kill_file.touch()
    else:
        daemon.stop()
    known = timedelta(hours=1)
    at = runtime.clock.now()
    looked = Looked(delivery=lost.delivery, at=at, certain=True, replay_for=known)
    daemon._returned = [looked]
    daemon._round()
    assert (states(runtime.store), outcomes(runtime.store)) == ([S.UNKNOWN], ["unknown"])
    daemon.kill_file.unlink(missing_ok=True)
    daemon.senders.is_stopping = False
    daemon._returned = [looked]
    daemon._round()
    assert states(runtime.store) == [S.ARMED]
    gate.open.release()


@pytest.mark.slow
def test_pause_is_effective_when_it_returns(
    runtime: Runtime, gate: type[Gate], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(control, "GUARD_SECONDS", 0.5)
    fill(runtime.store, drafted([(f"{n}.",) for n in range(40)]))
    other = open_store(runtime.store.place, runtime.clock)
    with running(Daemon(runtime, permits=2, timing=Timing(first_byte=0.4))):
        for _ in range(3):
            seen = len(gate.requests)
            gate.open.release()
            until(lambda: len(gate.requests) > seen)  # noqa: B023
        armed = control.pause(other, "all", "stop", "Ada")
        sent = list(gate.requests)
        assert set(armed) <= set(sent)
        gate.open.release(40)
        until(lambda: S.ARMED not in states(runtime.store))
        time.sleep(1.2)
        assert gate.requests == sent
        assert control.resume(other, "all", None, "Ada")
        until(lambda: set(states(runtime.store)) == {S.PUBLISHED})
    assert Counter(Counter(gate.published(runtime.folder)).values()) == {1: 40}
    other.close()


def test_pause_waits_for_the_answers_and_no_longer(
    runtime: Runtime, gate: type[Gate], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(control, "GUARD_SECONDS", 60)
    fill(runtime.store, drafted([("One.",), ("Two.",)]))
    other = open_store(runtime.store.place, runtime.clock)
    with running(Daemon(runtime, permits=1)), ThreadPoolExecutor(1) as pool:
        until(lambda: gate.requests)
        pausing = pool.submit(control.pause, other, "all", "stop", "Ada")
        with pytest.raises(TimeoutError):
            pausing.result(0.3)
        gate.open.release()
        assert pausing.result(20) == [gate.requests[0]]
    assert states(runtime.store) == [S.PUBLISHED, S.QUEUED]
    other.close()


@pytest.mark.parametrize("by_another_name", [False, True])
def test_second_daemon_on_the_file_is_refused(
    runtime: Runtime, tmp_path: Path, by_another_name: bool
) -> None:
    path = database_file(runtime.store)
    if by_another_name:
        (tmp_path / "elsewhere").mkdir()
        path = tmp_path / "elsewhere" / "other.db"
        path.symlink_to(database_file(runtime.store))
    other = open_store(path, runtime.clock)
    second = Runtime(store=other, clock=runtime.clock, folder=tmp_path)
    assert not is_running(path)
    with running(Daemon(runtime)):
        until(lambda: is_running(path))
        with pytest.raises(CampaignError, match="already works on"):
            Daemon(second).run()
    assert not is_running(path)
    other.close()


def test_stop_waits_for_answers_in_flight_and_leaves_the_rest_queued(
    runtime: Runtime, gate: type[Gate]
) -> None:
    fill(runtime.store, drafted([("One.",), ("Two.",), ("Three.",)]))
    daemon = Daemon(runtime, permits=1)
    with running(daemon) as thread:
        until(lambda: gate.requests)
        daemon.stop()
        time.sleep(0.1)
        gate.open.release(3)
        thread.join(5)
    assert states(runtime.store) == [S.PUBLISHED, S.QUEUED, S.QUEUED]
    assert len(gate.requests) == 1


def test_start_waits_for_no_lease_of_the_dead(runtime: Runtime, gate: type[Gate]) -> None:
    """On a file whoever held it is gone: a person hears of the doubt now, not two minutes later."""
    fill(runtime.store, drafted())
    Round(runtime.store, "dead", Timing()).play([], free=1, may_arm=True)
    with running(Daemon(runtime)):
        until(lambda: states(runtime.store) == [S.UNKNOWN])
    assert gate.requests == []


def test_second_stop_does_not_wait_and_the_next_start_shows_the_doubt(
    runtime: Runtime, gate: type[Gate]
) -> None:
    fill(runtime.store, drafted())
    daemon = Daemon(runtime)
    with running(daemon) as thread:
        until(lambda: gate.requests)
        daemon.stop()
        daemon.stop()
        thread.join(2)
        assert not thread.is_alive()
    assert states(runtime.store) == [S.ARMED]
    Daemon(runtime).run(until_done=True)
    assert states(runtime.store) == [S.UNKNOWN]
    gate.open.release()


def test_permits_are_never_exceeded(runtime: Runtime, gate: type[Gate]) -> None:
    fill(runtime.store, drafted([(f"{n}.",) for n in range(9)]))
    with running(Daemon(runtime, permits=2)):
        for done in range(1, 10):
            until(lambda: gate.inside == min(2, 10 - done))  # noqa: B023
            assert states(runtime.store).count(S.ARMED) <= 2
            gate.open.release()
            until(lambda: states(runtime.store).count(S.PUBLISHED) == done)  # noqa: B023
    assert gate.most == 2


def test_daemon_waits_while_the_database_is_locked(
    runtime: Runtime, gate: type[Gate], monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    monkeypatch.setattr(dialects, "BUSY_SECONDS", 0.1)
    fill(runtime.store, drafted([("One.",), ("Two.",)]))
    runtime.store.close()
    with running(Daemon(runtime, permits=1)):
        until(lambda: gate.requests)
        with closing(sqlite3.connect(database_file(runtime.store), isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            gate.open.release(2)  # an answer comes that cannot be written
            until(lambda: "Nothing is sent until it is back" in caplog.text)
            assert len(gate.requests) == 1
            other.execute("ROLLBACK")
        until(lambda: states(runtime.store) == [S.PUBLISHED, S.PUBLISHED])
    assert len(gate.requests) == 2
    assert outcomes(runtime.store) == ["published", "published"]
    assert caplog.text.count("Nothing is sent until it is back") == 1
    assert caplog.text.count("The database is back") == 1


@pytest.mark.slow
def test_daemon_waits_while_the_database_is_gone(
    runtime: Runtime, gate: type[Gate], caplog: pytest.LogCaptureFixture
) -> None:
    fill(runtime.store, drafted([("One.",), ("Two.",)]))
    path = database_file(runtime.store)
    with running(Daemon(runtime, permits=1)):
        until(lambda: gate.requests)
        path.rename(path.with_suffix(".away"))
        gate.open.release(2)
        until(lambda: "Nothing is sent until it is back" in caplog.text)
        assert "is not the file any more that it was" in caplog.text
        time.sleep(1.2)
        assert len(gate.requests) == 1
        path.with_suffix(".away").rename(path)
        until(lambda: states(runtime.store) == [S.PUBLISHED, S.PUBLISHED])
    assert Counter(gate.published(runtime.folder)).most_common(1)[0][1] == 1


@pytest.mark.slow
def test_idle_daemon_asks_nothing_but_whether_somebody_wrote(
    runtime: Runtime, gate: type[Gate]
) -> None:
    fill(runtime.store, drafted())
    gate.open.release()
    asked: list[str] = []
    with running(Daemon(runtime)):
        until(lambda: states(runtime.store) == [S.PUBLISHED])
        time.sleep(1.5)  # it looks round once more, since somebody wrote: it did
        sa.event.listen(
            runtime.store._engine,
            "before_cursor_execute",
            lambda _connection, _cursor, statement, *_: asked.append(statement),
        )
        time.sleep(3)
        idle = list(asked)
    assert set(idle) <= {"PRAGMA data_version", "BEGIN"}
    assert idle.count("PRAGMA data_version") <= 4


STUCK: dict[str, Callable[[Runtime, type[Gate]], object]] = {
    "a failed part": lambda _runtime, gate: gate.errors.update({key(1): Rejected("no")}),
    "a part in doubt": lambda _runtime, gate: gate.errors.update({key(1): OSError()}),
    "a blocked account": lambda _runtime, gate: gate.errors.update({key(1): AccountBlocked("no")}),
    "a pause": lambda runtime, _gate: control.pause(runtime.store, "all", None, "Ada"),
}


@pytest.mark.parametrize("what", STUCK)
def test_until_done_ends_behind_what_waits_for_a_person(
    runtime: Runtime, gate: type[Gate], what: str
) -> None:
    fill(runtime.store, drafted([("One.", "Two.")]))
    gate.open.release(9)
    STUCK[what](runtime, gate)
    with running(Daemon(runtime), until_done=True) as thread:
        thread.join(5)
        assert not thread.is_alive()
    assert states(runtime.store)[1] is S.QUEUED


def test_until_done_skips_to_each_time_and_ends(runtime: Runtime, gate: type[Gate]) -> None:
    fill(runtime.store, drafted([("One.",)] * 4, every=timedelta(hours=3)))
    gate.open.release(9)
    Daemon(runtime).run(until_done=True)
    assert states(runtime.store) == [S.PUBLISHED] * 4
    assert timedelta(hours=9) <= runtime.clock.now() - DUE < timedelta(hours=9, minutes=1)


def test_answer_that_cannot_be_written_holds_up_no_other(
    runtime: Runtime, gate: type[Gate], caplog: pytest.LogCaptureFixture
) -> None:
    fill(runtime.store, drafted([(f"{n}.",) for n in range(4)]))
    bad = Receipt(remote_id="r", published_at=DUE, extra={"cid": object()})  # type: ignore[dict-item]
    gate.receipts[key(2)] = bad
    with running(Daemon(runtime, permits=4)):
        until(lambda: len(gate.requests) == 4)
        gate.open.release(4)
        until(lambda: states(runtime.store).count(S.PUBLISHED) == 3)
    assert states(runtime.store)[1] is S.ARMED
    assert f"{key(2)} could not be written down" in caplog.text
    Daemon(runtime).run(until_done=True)
    assert states(runtime.store)[1] is S.UNKNOWN


def test_senders_that_all_hang_are_told_of_and_do_not_keep_it_from_stopping(
    runtime: Runtime, gate: type[Gate], caplog: pytest.LogCaptureFixture
) -> None:
    fill(runtime.store, drafted([("One.",), ("Two.",)]))
    daemon = Daemon(runtime, permits=1, timing=Timing(last_answers=0.1))
    with running(daemon):
        until(lambda: gate.requests)
        assert "what else is due waits" not in caplog.text
        daemon.alarm.ring(REAP)
        until(lambda: "what else is due waits" in caplog.text)
    assert states(runtime.store) == [S.ARMED, S.QUEUED]
    gate.open.release()


def test_nothing_is_sent_before_its_commit(runtime: Runtime, gate: type[Gate]) -> None:
    """While the commit of an arm hangs, what it arms stays here."""
    fill(runtime.store, drafted())
    early: list[str] = []
    arms: list[str] = []

    def arm(_c: object, _k: object, statement: str, *_: object) -> None:
        if statement.startswith("INSERT INTO attempt"):
            arms.append(statement)

    def hang(_connection: sa.Connection) -> None:
        if arms and not early:
            time.sleep(0.3)
            early.append(f"{len(gate.requests)} requests")

    sa.event.listen(runtime.store._engine, "before_cursor_execute", arm)
    sa.event.listen(runtime.store._engine, "commit", hang)
    gate.open.release(9)
    with running(Daemon(runtime)):
        until(lambda: gate.requests and early)
    assert early == ["0 requests"]


@pytest.mark.slow
@pytest.mark.parametrize("after", [False, True])
def test_commits_in_doubt_lose_and_double_nothing(
    runtime: Runtime, gate: type[Gate], after: bool
) -> None:
    """Some commits fail, before they happened or after they did."""
    fill(runtime.store, drafted([(f"{n}.",) for n in range(6)]))
    commits: list[int] = []

    def fail(connection: sa.Connection) -> None:
        commits.append(1)
        if len(commits) in {2, 3, 5, 8}:
            if after:
                connection.exec_driver_sql("COMMIT")
            raise sa.exc.OperationalError("COMMIT", None, Exception("disk I/O error"))

    sa.event.listen(runtime.store._engine, "commit", fail)
    gate.open.release(99)
    with running(Daemon(runtime, permits=2)):
        until(lambda: set(states(runtime.store)) == {S.PUBLISHED}, seconds=12)
    assert len(commits) > 8
    assert Counter(Counter(gate.requests).values()) == {1: 6}
    assert gate.most <= 2
    assert verify(runtime.store).is_intact


def test_what_comes_due_while_a_round_is_written_is_sent_at_once(
    file_store: Store, clock: SetClock, gate: type[Gate]
) -> None:
    """Too late for that round, and no longer ahead of the question what comes next."""
    fill(file_store, drafted())
    clock.instant = DUE - timedelta(milliseconds=1)
    runtime = Runtime(
        store=file_store, clock=clock, folder=folder_of(file_store.place), adapter_of=lambda _: gate
    )
    daemon = Daemon(runtime)
    sa.event.listen(
        file_store._engine, "commit", lambda _: clock.pass_time(timedelta(milliseconds=2))
    )
    with present(file_store, daemon._somebody_wrote) as daemon._watch:
        assert daemon._turn({alarm.DUE}) <= 0
        daemon._turn({alarm.DUE})
    assert states(file_store) == [S.ARMED]


def test_answer_in_hand_is_written_before_its_lease_counts_as_over(
    runtime: Runtime, gate: type[Gate]
) -> None:
    """The database was away for longer than a lease: nothing of that is in doubt."""
    fill(runtime.store, drafted())
    daemon = Daemon(runtime)
    playing = Round(runtime.store, daemon.worker, Timing())
    playing.play([], free=1, may_arm=True)
    daemon._returned = [settled(each, PUBLISHED) for each in playing.armed]
    runtime.clock.skip_to(DUE + timedelta(minutes=3))
    with present(runtime.store, daemon._somebody_wrote) as daemon._watch:
        daemon._turn({REAP})
    assert actions(runtime.store) == ["armed", "published"]


def test_lease_that_is_over_is_reaped_by_the_bell(runtime: Runtime, gate: type[Gate]) -> None:
    fill(runtime.store, drafted())
    Round(runtime.store, "dead", Timing()).play([], free=1, may_arm=True)
    runtime.clock.skip_to(DUE + timedelta(minutes=3))
    daemon = Daemon(runtime)
    with present(runtime.store, daemon._somebody_wrote) as daemon._watch:
        daemon._turn({REAP})
    assert states(runtime.store) == [S.UNKNOWN]


class MovedClock(SystemClock):
    """A machine's own, on the test's day, that somebody sets."""

    def __init__(self) -> None:
        self.ahead = DUE - super().now()

    def now(self) -> datetime:
        return super().now() + self.ahead


def test_clock_set_forward_stops_a_running_daemon(runtime: Runtime, gate: type[Gate]) -> None:
    fill(runtime.store, drafted([("One.",), ("Two.",)], every=timedelta(hours=3)))
    clock = MovedClock()
    runtime.store.clock = clock
    gate.open.release(9)
    with running(Daemon(replace(runtime, clock=clock))):
        until(lambda: states(runtime.store) == [S.PUBLISHED, S.QUEUED])
        clock.ahead += timedelta(hours=3)
        until(lambda: control.pauses(runtime.store))
    assert gate.requests == [key(1)]
    assert states(runtime.store) == [S.PUBLISHED, S.QUEUED]


def test_commit_in_doubt_is_settled_before_it_stops(runtime: Runtime, gate: type[Gate]) -> None:
    """Nothing of that round was sent, and it says so: no start has to ask."""
    fill(runtime.store, drafted())
    daemon = Daemon(runtime)

    def fail(connection: sa.Connection) -> None:
        if "armed" in actions_in(connection) and not daemon._stop_calls:
            connection.exec_driver_sql("COMMIT")
            daemon.stop()
            raise sa.exc.OperationalError("COMMIT", None, Exception("disk I/O error"))

    sa.event.listen(runtime.store._engine, "commit", fail)
    with running(daemon) as thread:
        thread.join(5)
    assert (states(runtime.store), outcomes(runtime.store)) == ([S.QUEUED], ["not_sent"])
    assert gate.requests == []


def actions_in(connection: sa.Connection) -> list[str]:
    return list(connection.scalars(sa.text("SELECT action FROM audit")))


@pytest.mark.slow
def test_daemon_notices_what_another_program_schedules(runtime: Runtime, gate: type[Gate]) -> None:
    gate.open.release()
    with running(Daemon(runtime)):
        time.sleep(0.2)
        other = open_store(runtime.store.place, clock_at())
        fill(other, drafted())
        other.close()
        until(lambda: states(runtime.store) == [S.PUBLISHED], seconds=2.5)
    assert actions(runtime.store) == ["armed", "published"]


def test_broken_adapter_stops_only_its_own_accounts(runtime: Runtime, gate: type[Gate]) -> None:
    def adapter_of(account: Account) -> type[Platform]:
        if account.platform == "broken":
            raise CampaignError('The adapter "broken" does not load.')
        return gate

    gate.open.release(9)
    accounts = [account("press"), account("radio", "broken")]
    fill(runtime.store, drafted(accounts=accounts))
    mixed = Runtime(
        store=runtime.store, clock=runtime.clock, folder=runtime.folder, adapter_of=adapter_of
    )
    Daemon(mixed).run(until_done=True)
    assert states(runtime.store) == [S.PUBLISHED, S.QUEUED]
    with runtime.store.read() as connection:
        assert list(blocked_accounts(connection)) == ["radio"]


def test_asking_whether_one_runs_leaves_nothing_behind(tmp_path: Path) -> None:
    assert not is_running(database(tmp_path))
    assert list(tmp_path.iterdir()) == []
