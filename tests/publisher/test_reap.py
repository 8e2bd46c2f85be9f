"""Leases that are over, and what a start finds of a dead process."""

import pytest

from campaign.domain.states import State
from campaign.publisher.reap import NO_ANSWER, reap
from tests.books import actions, outcomes, states
from tests.publisher.stand import NOT_SENT, PUBLISHED, Stand, settled

S = State


def test_armed_becomes_unknown_once_its_lease_is_over(stand: Stand) -> None:
    stand.fill()
    stand.arm()
    stand.pass_time(seconds=119)
    assert reap(stand.store, "r", stand.timing) == 0
    stand.pass_time(seconds=1)
    assert reap(stand.store, "r", stand.timing) == 1
    assert (states(stand.store), outcomes(stand.store)) == ([S.UNKNOWN], ["unknown"])
    assert actions(stand.store) == ["armed", "unknown"]
    assert stand.ready_in() == 30
    assert reap(stand.store, "r", stand.timing) == 0


def test_start_reaps_everything_at_once_and_says_so(
    stand: Stand, caplog: pytest.LogCaptureFixture
) -> None:
    stand.fill([("One.",), ("Two.",)])
    stand.play(free=1)
    assert reap(stand.store, "r", stand.timing, everything=True) == 1
    assert states(stand.store) == [S.UNKNOWN, S.QUEUED]
    assert f"test-2021/recommendation-1/en/press part 1: {NO_ANSWER}" in caplog.text


@pytest.mark.parametrize("hours", [0, 1, 24, 1000])
def test_armed_is_never_queued_by_time_alone(stand: Stand, hours: int) -> None:
    stand.fill()
    stand.arm()
    stand.pass_time(hours=hours, minutes=3)
    reap(stand.store, "r", stand.timing)
    assert stand.play().armed == []
    assert states(stand.store) == [S.UNKNOWN]


def test_late_answer_ends_the_doubt(stand: Stand) -> None:
    stand.fill()
    stand.play(settled(stand.doubt(), PUBLISHED))
    assert (states(stand.store), outcomes(stand.store)) == ([S.PUBLISHED], ["published"])


def test_late_not_sent_queues_it_again(stand: Stand) -> None:
    stand.fill()
    stand.play(settled(stand.doubt(), NOT_SENT))
    stand.pass_time(seconds=3)
    assert stand.arm().delivery.gen == 2
