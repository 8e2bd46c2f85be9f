"""The writer's round, asked step by step: settle, claim, arm, and a commit that fails."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from campaign.domain.campaign import ApprovalRule, Late, LatePolicy
from campaign.domain.outcome import Outcome, Result
from campaign.domain.states import State
from campaign.errors import StoreError, UsageError
from campaign.operations.audit import verify
from campaign.operations.control import pause, resume
from campaign.operations.resolve import resolve_absent
from campaign.operations.review import approve, shown_hash, waiting
from campaign.publisher.round import Round
from tests.books import actions, force, outcomes, rows, states
from tests.factories import DUE, account
from tests.publisher.stand import FAILED, NOT_SENT, PUBLISHED, RECEIPT, UNKNOWN, Stand, settled

if TYPE_CHECKING:
    from campaign.domain.delivery import Armed

S = State
KEY = "test-2021/recommendation-1/en/press"
BY_HAND: dict[State, tuple[State, ...]] = {
    S.UNKNOWN: (),
    S.FAILED: (S.FAILED,),
    S.QUEUED: (S.QUEUED,),
    S.PUBLISHED: (S.PUBLISHED,),
    S.DRAFT: (S.FAILED, S.DRAFT),
    S.CANCELLED: (S.FAILED, S.DRAFT, S.CANCELLED),
    S.SKIPPED: (S.QUEUED, S.SKIPPED),
}
RESULTS = {Result.PUBLISHED: PUBLISHED, Result.NOT_SENT: NOT_SENT, Result.FAILED: FAILED}
RESULTS |= {Result.UNKNOWN: UNKNOWN}
ENDS = {
    (S.ARMED, Result.PUBLISHED): S.PUBLISHED,
    (S.ARMED, Result.NOT_SENT): S.QUEUED,
    (S.ARMED, Result.FAILED): S.FAILED,
    (S.ARMED, Result.UNKNOWN): S.UNKNOWN,
    (S.UNKNOWN, Result.PUBLISHED): S.PUBLISHED,
    (S.UNKNOWN, Result.NOT_SENT): S.QUEUED,
    (S.UNKNOWN, Result.FAILED): S.FAILED,
    (S.FAILED, Result.PUBLISHED): S.PUBLISHED,
    (S.QUEUED, Result.PUBLISHED): S.PUBLISHED,
}


def test_late_answer_to_other_words_publishes_none_of_the_new_ones(stand: Stand) -> None:
    stand.fill()
    first = stand.doubt()
    stand.pass_time(minutes=15)
    resolve_absent(stand.store, KEY, "not on the page", "Ada")
    stand.fill([("Other words.",)])
    stand.play(settled(first, PUBLISHED))
    assert states(stand.store) == [S.QUEUED]
    assert actions(stand.store)[-2:] == ["stray", "paused"]
    assert stand.play().armed == []


@pytest.mark.parametrize("result", RESULTS)
@pytest.mark.parametrize("state", State)
def test_settle_moves_each_state_as_the_table_says(
    stand: Stand, state: State, result: Result
) -> None:
    stand.fill()
    if state is S.ARMED:
        sent = stand.arm().delivery
    else:
        sent = stand.doubt()
        stand.move(sent, *BY_HAND[state])
    stand.play(settled(sent, RESULTS[result]), may_arm=False)
    assert states(stand.store) == [ENDS.get((state, result), state)]
    assert outcomes(stand.store) == [result]  # its own attempt always hears the answer
    is_out = result is Result.PUBLISHED and state in {S.DRAFT, S.CANCELLED, S.SKIPPED}
    assert ("stray" in actions(stand.store)) is is_out
    assert ("paused" in actions(stand.store)) is is_out
    assert verify(stand.store).faults == (
        ("test-2021/recommendation-1/en/press part 1 is published without a record",)
        if state is S.PUBLISHED
        else ()
    )


def test_settle_gives_each_of_many_its_own_answer(stand: Stand) -> None:
    stand.fill([(f"{result}.",) for result in RESULTS])
    armed = stand.play().armed
    answers = zip(armed, RESULTS.values(), strict=True)
    stand.play(*reversed([settled(sent, outcome) for sent, outcome in answers]), may_arm=False)
    assert states(stand.store) == [ENDS[S.ARMED, result] for result in RESULTS]
    assert outcomes(stand.store) == list(RESULTS)
    assert verify(stand.store).is_intact


def test_settle_hears_an_answer_once(stand: Stand) -> None:
    stand.fill()
    armed = stand.arm()
    stand.play(settled(armed, PUBLISHED), settled(armed, FAILED))
    stand.play(settled(armed, NOT_SENT))
    assert (states(stand.store), outcomes(stand.store)) == ([S.PUBLISHED], [Result.PUBLISHED])
    assert actions(stand.store) == ["armed", "published"]


@pytest.mark.parametrize("outcome", RESULTS.values())
def test_settle_leaves_a_row_that_another_holds(stand: Stand, outcome: Outcome) -> None:
    """The row went on: gen 2 is armed, by another worker, when gen 1 answers."""
    stand.fill()
    first = stand.doubt()
    stand.send_again(first)
    (second,) = stand.play(worker="other").armed
    assert second.delivery.gen == first.gen + 1
    stand.play(settled(first, outcome), may_arm=False)
    assert states(stand.store) == [S.ARMED]
    assert outcomes(stand.store) == [outcome.result, None]
    assert actions(stand.store)[-1] == "stray"


@pytest.mark.parametrize("first_end", [UNKNOWN, PUBLISHED])
@pytest.mark.parametrize("second_end", [NOT_SENT, FAILED, UNKNOWN])
def test_settle_keeps_the_doubt_of_an_earlier_attempt(
    stand: Stand, first_end: Outcome, second_end: Outcome
) -> None:
    """What may be public is never queued again, nor called failed, by a later attempt's end."""
    stand.fill()
    first = stand.doubt()
    stand.send_again(first)
    second = stand.arm()
    stand.play(settled(first, first_end), settled(second, second_end), may_arm=False)
    assert states(stand.store) == [S.UNKNOWN]
    stand.play(settled(second, PUBLISHED), may_arm=False)
    assert states(stand.store) == [S.UNKNOWN if second_end is not UNKNOWN else S.PUBLISHED]


def test_settle_waits_longer_after_each_try(stand: Stand) -> None:
    stand.fill(late=LatePolicy(after=timedelta(hours=9)))
    waits = []
    for _ in range(6):
        stand.play(settled(stand.arm(), NOT_SENT))
        waits.append(stand.ready_in())
        assert stand.play().armed == []
        stand.pass_time(seconds=waits[-1])
    least = [2, 8, 30, 60, 300, 300]
    assert all(a <= wait <= a * 1.25 for a, wait in zip(least, waits, strict=True))


@pytest.mark.parametrize(("asked", "waits"), [(1, (2, 2.5)), (900, (900, 900))])
def test_settle_does_not_come_before_the_network_wants_it(
    stand: Stand, asked: int, waits: tuple[float, float]
) -> None:
    stand.fill()
    later = DUE + timedelta(seconds=asked)
    limited = Outcome(result=Result.NOT_SENT, detail="slow down", retry_at=later)
    stand.play(settled(stand.arm(), limited))
    assert waits[0] <= stand.ready_in() <= waits[1]


def test_network_that_wants_to_wait_longer_than_a_post_may_does_not_keep_it_from_a_person(
    stand: Stand,
) -> None:
    stand.fill()
    limited = Outcome(result=Result.NOT_SENT, detail="wait", retry_at=DUE + timedelta(days=1))
    stand.play(settled(stand.arm(), limited))
    stand.pass_time(hours=1, milliseconds=1)
    stand.play()
    assert (states(stand.store), actions(stand.store)[-1]) == ([S.DRAFT], "held")


def test_settle_keeps_the_networks_time_for_a_replay_too(stand: Stand) -> None:
    stand.fill()
    first = stand.doubt()
    stand.send_again(first)
    later = stand.clock.now() + timedelta(seconds=900)
    limited = Outcome(result=Result.NOT_SENT, detail="slow down", retry_at=later)
    stand.play(settled(stand.arm(), limited))
    assert (states(stand.store), stand.ready_in()) == ([S.UNKNOWN], 900)


def test_settle_blocks_the_account_and_leaves_its_posts_queued(stand: Stand) -> None:
    stand.fill([("One.",), ("Two.",)], accounts=[account("press"), account("radio")])
    blocked = Outcome(result=Result.NOT_SENT, detail="key expired", blocked="key expired")
    by_account = {a.delivery.account.name: a for a in stand.play(free=2).armed}
    stand.play(settled(by_account["press"], blocked), settled(by_account["radio"], PUBLISHED))
    stand.pass_time(seconds=60)
    assert {a.delivery.account.name for a in stand.play().armed} <= {"radio"}
    assert states(stand.store).count(S.QUEUED) == 2
    found = rows(stand.store.place, "SELECT name, blocked_reason FROM account ORDER BY name")
    assert found == [("press", "key expired"), ("radio", None)]
    assert resume(stand.store, "account:press", None, "Ada")
    assert len(stand.play().armed) == 2


def test_settle_keeps_the_receipt_and_hands_it_to_the_part_behind(stand: Stand) -> None:
    stand.fill([("One.", "Two.")])
    armed = stand.arm()
    assert (armed.delivery.part, armed.delivery.parent) == (1, None)
    (behind,) = stand.play(settled(armed, PUBLISHED)).armed
    assert (behind.delivery.part, behind.delivery.parent) == (2, RECEIPT)


@pytest.mark.parametrize(
    ("then", "after", "state", "action"),
    [
        (Late.ASK, timedelta(hours=1), S.DRAFT, "held"),
        (Late.SKIP, timedelta(hours=1), S.SKIPPED, "skipped"),
        (Late.SEND, timedelta(hours=16), S.DRAFT, "held"),  # the day itself ends at midnight
    ],
)
def test_claim_obeys_the_late_policy_when_the_window_is_over(
    stand: Stand, then: Late, after: timedelta, state: State, action: str
) -> None:
    stand.fill([("One.", "Two.")], late=LatePolicy(after=timedelta(hours=1), then=then))
    stand.clock.pass_time(after)
    playing = stand.play(free=0)
    assert (playing.armed, states(stand.store)) == ([], [S.QUEUED, S.QUEUED])
    stand.pass_time(microseconds=1)
    assert stand.play().armed == []
    assert states(stand.store) == [state, state]
    assert actions(stand.store) == [action]


@pytest.mark.parametrize("then", Late)
def test_claim_takes_what_is_late_but_inside_its_window(stand: Stand, then: Late) -> None:
    stand.fill(late=LatePolicy(after=timedelta(hours=1), then=then))
    stand.pass_time(hours=1)
    assert stand.arm().delivery.part == 1


def test_claim_sends_what_is_late_where_the_campaign_says_send(stand: Stand) -> None:
    stand.fill(late=LatePolicy(after=timedelta(hours=1), then=Late.SEND))
    stand.pass_time(hours=15)
    assert stand.arm().delivery.part == 1


def test_claim_comes_never_before_the_time(stand: Stand) -> None:
    stand.clock.instant = DUE - timedelta(microseconds=1)
    stand.fill()
    assert stand.play().armed == []
    stand.pass_time(microseconds=1)
    stand.arm()


@pytest.mark.parametrize("approved", ["NULL", "'other'"])
def test_claim_takes_back_what_is_not_approved(stand: Stand, approved: str) -> None:
    stand.fill([("One.", "Two.")])
    force(stand.store.place, f"UPDATE post SET approved_hash = {approved}")
    assert stand.play().armed == []
    assert states(stand.store) == [S.DRAFT, S.DRAFT]
    assert actions(stand.store) == ["held"]


SCOPES = ["all", "campaign:test-2021", "account:press", "platform:outbox", "language:en"]


@pytest.mark.parametrize("scope", [*SCOPES, f"post:{KEY}", "post:recommendation-1"])
def test_claim_obeys_a_pause_of_every_scope(stand: Stand, scope: str) -> None:
    stand.fill()
    assert pause(stand.store, scope, "wait", "Ada") == []
    assert stand.play().armed == []
    assert states(stand.store) == [S.QUEUED]
    assert resume(stand.store, scope, None, "Ada")
    stand.arm()


@pytest.mark.parametrize("other", ["campaign:none", "post:recommendation-2", "sender:x", "all:x"])
def test_claim_is_not_stopped_by_a_scope_that_is_none(stand: Stand, other: str) -> None:
    stand.fill()
    with pytest.raises(UsageError):
        pause(stand.store, other, None, "Ada")
    stand.arm()


def test_claim_lets_another_accounts_pause_pass(stand: Stand) -> None:
    stand.fill(accounts=[account("press"), account("radio")])
    pause(stand.store, "account:radio", None, "Ada")
    assert stand.arm().delivery.account.name == "press"


@pytest.mark.parametrize("held", ["press", "radio"])
@pytest.mark.parametrize("how", ["a pause", "a block"])
def test_claim_leaves_its_permit_to_what_may_go(stand: Stand, how: str, held: str) -> None:
    """What is held stands first in the queue, one time in two."""
    accounts = [account("press"), account("radio")]
    stand.fill(accounts=accounts)
    if how == "a pause":
        pause(stand.store, f"account:{held}", None, "Ada")
    else:
        force(stand.store.place, f"UPDATE account SET blocked_reason = 'x' WHERE name = '{held}'")
    (armed,) = stand.play(free=1).armed
    assert armed.delivery.account.name != held


def test_claim_decides_on_what_is_held_when_it_is_free_again(stand: Stand) -> None:
    stand.fill()
    pause(stand.store, "all", None, "Ada")
    stand.pass_time(hours=2)
    stand.play()
    assert (states(stand.store), actions(stand.store)) == ([S.QUEUED], ["paused"])
    resume(stand.store, "all", None, "Ada")
    assert stand.play().armed == []
    assert states(stand.store) == [S.DRAFT]


@pytest.mark.parametrize("end", [NOT_SENT, FAILED, UNKNOWN])
def test_claim_waits_for_the_part_before(stand: Stand, end: Outcome) -> None:
    stand.fill([("One.", "Two.", "Three.")])
    armed = stand.arm()
    assert stand.play().armed == []
    stand.play(settled(armed, end))
    assert states(stand.store)[1:] == [S.QUEUED, S.QUEUED]


def test_claim_finishes_a_begun_thread_past_its_window(stand: Stand) -> None:
    stand.fill([("One.", "Two.")])
    first = stand.arm()
    stand.pass_time(hours=2)
    (second,) = stand.play(settled(first, PUBLISHED)).armed
    assert second.delivery.part == 2


@pytest.mark.parametrize("stop", ["pause", "block", "approval"])
def test_claim_stops_a_begun_thread_for_a_person(stand: Stand, stop: str) -> None:
    stand.fill([("One.", "Two.")])
    first = stand.arm()
    stand.play(settled(first, PUBLISHED), may_arm=False)
    by_hand = {
        "pause": "INSERT INTO control VALUES ('all', true, '', '', '2021-12-18T08:00:00.000000Z')",
        "block": "UPDATE account SET blocked_reason = 'key expired'",
        "approval": "UPDATE post SET approved_hash = NULL",
    }
    force(stand.store.place, by_hand[stop])
    assert stand.play().armed == []
    assert states(stand.store)[0] is S.PUBLISHED


def test_claim_takes_no_more_than_there_are_permits(stand: Stand) -> None:
    stand.fill([(f"{n}.",) for n in range(5)])
    assert stand.play(free=0).armed == []
    first = stand.play(free=2).armed
    assert [armed.delivery.id for armed in first] == [1, 2]  # oldest first
    assert len(stand.play(*[settled(a, PUBLISHED) for a in first], free=2).armed) == 2


def test_claim_counts_its_turns_and_names_its_worker(stand: Stand) -> None:
    stand.fill()
    for gen in (1, 2):
        armed = stand.arm()
        assert (armed.delivery.gen, armed.delivery.worker) == (gen, "w")
        stand.play(settled(armed, NOT_SENT))
        stand.pass_time(seconds=10)


def test_round_claims_and_arms_nothing_when_it_may_not(stand: Stand) -> None:
    stand.fill()
    assert stand.play(may_arm=False).armed == []
    assert states(stand.store) == [S.QUEUED]


AT_ARM = {
    "not approved": "UPDATE post SET approved_hash = NULL",
    "too early": "UPDATE post SET not_before = '2031-01-01T00:00:00.000000Z'",
    "too late": "UPDATE post SET not_after = '2011-01-01T00:00:00.000000Z'",
    "blocked": "UPDATE account SET blocked_reason = 'key expired'",
    "paused": "INSERT INTO control VALUES ('platform:outbox', true, '', '', '2021-12-18T08:00:00.000000Z')",
}


@pytest.mark.parametrize("why", AT_ARM)
def test_arm_looks_once_more_and_leaves_what_may_not_go(stand: Stand, why: str) -> None:
    """After the rows were chosen, and before the last look, something is different."""
    stand.fill()
    meanwhile = [AT_ARM[why]]

    def change(_c: sa.Connection, cursor: Any, statement: str, *_: object) -> None:
        if "AS is_paused" in statement and meanwhile:
            cursor.connection.execute(meanwhile.pop())

    sa.event.listen(stand.store._engine, "before_cursor_execute", change)
    assert stand.play().armed == []
    assert not meanwhile
    assert states(stand.store) == [S.QUEUED]
    assert outcomes(stand.store) == []


def test_arm_stamps_before_the_commit(stand: Stand) -> None:
    stand.fill()
    engine = stand.store._engine

    def slow(_connection: sa.Connection) -> None:
        stand.clock.seconds += 60

    sa.event.listen(engine, "commit", slow)
    stamp = stand.clock.seconds
    armed = stand.arm()
    sa.event.remove(engine, "commit", slow)
    assert (armed.stamp, stand.clock.seconds) == (stamp, stamp + 60)


def break_commit(stand: Stand, *, after: bool) -> None:
    """The next commit fails: before it happens, or after it really did."""

    def fail(connection: sa.Connection) -> None:
        sa.event.remove(stand.store._engine, "commit", fail)
        if after:
            connection.exec_driver_sql("COMMIT")
        raise sa.exc.OperationalError("COMMIT", None, Exception("disk I/O error"))

    sa.event.listen(stand.store._engine, "commit", fail)


@pytest.mark.parametrize("after", [False, True])
def test_round_whose_arms_are_in_doubt_sends_each_part_once(stand: Stand, after: bool) -> None:
    stand.fill([("One.",), ("Two.",)])
    break_commit(stand, after=after)
    lost = Round(stand.store, "w", stand.timing)
    with pytest.raises(StoreError):
        lost.play([], free=64, may_arm=True)
    assert len(lost.armed) == 2
    assert states(stand.store) == [S.ARMED if after else S.QUEUED] * 2
    nothing_sent = [settled(armed, NOT_SENT) for armed in lost.armed]
    sent: list[Armed] = stand.play(*nothing_sent).armed
    stand.pass_time(seconds=3)
    sent += stand.play(*[settled(armed, PUBLISHED) for armed in sent]).armed
    stand.play(*[settled(armed, PUBLISHED) for armed in sent])
    assert sorted(armed.delivery.id for armed in sent) == [1, 2]
    assert states(stand.store) == [S.PUBLISHED, S.PUBLISHED]
    assert verify(stand.store).is_intact


def test_arm_that_never_happened_says_nothing_of_another_workers(stand: Stand) -> None:
    """The other one has the same turn of the same row, and it is on the wire."""
    stand.fill()
    break_commit(stand, after=False)
    lost = Round(stand.store, "w", stand.timing)
    with pytest.raises(StoreError):
        lost.play([], free=64, may_arm=True)
    (theirs,) = stand.play(worker="other").armed
    assert theirs.delivery.gen == lost.armed[0].delivery.gen
    stand.play(settled(lost.armed[0], NOT_SENT))
    stand.pass_time(seconds=10)
    assert stand.play().armed == []
    assert (states(stand.store), outcomes(stand.store)) == ([S.ARMED], [None])


@pytest.mark.parametrize("after", [False, True])
def test_round_whose_answers_are_in_doubt_writes_them_once(stand: Stand, after: bool) -> None:
    stand.fill([("One.",), ("Two.",)])
    one, two = stand.play().armed
    answers = [settled(one, PUBLISHED), settled(two, UNKNOWN)]
    break_commit(stand, after=after)
    with pytest.raises(StoreError):
        stand.play(*answers)
    stand.play(*answers)
    assert states(stand.store) == [S.PUBLISHED, S.UNKNOWN]
    assert actions(stand.store) == ["armed", "armed", "published", "unknown"]
    assert verify(stand.store).is_intact


def test_round_needs_every_role_before_anything_is_armed(stand: Stand) -> None:
    rule = ApprovalRule(by=("editor", "chief"), people={"editor": ("Ada",), "chief": ("Bo",)})
    stand.fill(rule=rule)
    for person in ("Ada", "Bo"):
        assert stand.play().armed == []
        approve(stand.store, (), shown_hash(waiting(stand.store)), person)
    stand.arm()
