"""A clock that is set forward while posts wait: nothing is armed, and everything is paused."""

from datetime import timedelta

from campaign.domain.states import State
from campaign.operations.control import pause, resume
from campaign.publisher.jumps import Jumps
from campaign.publisher.round import Round
from tests.books import actions, rows, states
from tests.publisher.stand import Stand

HOUR = timedelta(hours=1)


def play(stand: Stand, jumps: Jumps) -> Round:
    playing = Round(stand.store, "w", stand.timing, jumps)
    playing.play([], free=64, may_arm=True)
    jumps.pause(stand.store, "w")
    return playing


def test_clock_set_forward_pauses_everything(stand: Stand) -> None:
    stand.fill(every=3 * HOUR, texts=(("One.",), ("Two.",)))
    jumps = Jumps()
    assert len(play(stand, jumps).armed) == 1
    stand.clock.instant += 3 * HOUR
    assert play(stand, jumps).armed == []
    ((paused, reason),) = rows(stand.store.place, "SELECT paused, reason FROM control")
    assert paused
    assert reason.startswith("the clock was set forward by 3 h")
    assert states(stand.store) == [State.ARMED, State.QUEUED]
    resume(stand.store, "all", None, "Ada")
    assert len(play(stand, jumps).armed) == 1


def test_time_that_passes_and_a_clock_set_back_pause_nothing(stand: Stand) -> None:
    stand.fill(every=HOUR, texts=(("One.",), ("Two.",)))
    jumps = Jumps()
    assert len(play(stand, jumps).armed) == 1
    stand.pass_time(hours=1)
    assert len(play(stand, jumps).armed) == 1
    stand.clock.instant -= HOUR
    assert play(stand, jumps).armed == []
    assert rows(stand.store.place, "SELECT * FROM control") == []


def test_jump_is_kept_until_the_pause_is_written(stand: Stand) -> None:
    stand.fill()
    jumps = Jumps()
    Round(stand.store, "w", stand.timing, jumps).play([], free=0, may_arm=True)
    stand.clock.instant += timedelta(minutes=2)
    for _ in range(2):
        playing = Round(stand.store, "w", stand.timing, jumps)
        playing.play([], free=64, may_arm=True)
        assert playing.armed == []
    jumps.pause(stand.store, "w")
    ((reason,),) = rows(stand.store.place, "SELECT reason FROM control")
    assert "by 2 min" in reason


def test_several_workers_pause_once_and_beside_a_persons_reason(stand: Stand) -> None:
    stand.fill()
    several = [Jumps(), Jumps()]
    for jumps in several:
        Round(stand.store, "w", stand.timing, jumps).play([], free=0, may_arm=True)
    pause(stand.store, "all", "an earthquake", "Ada")
    stand.clock.instant += HOUR
    for jumps in several:
        assert play(stand, jumps).armed == []
    ((reason, by),) = rows(stand.store.place, "SELECT reason, person FROM control")
    assert reason.startswith("an earthquake; the clock was set forward by 60 min, so")
    assert by == "Ada and w"
    assert actions(stand.store) == ["paused", "paused"]
