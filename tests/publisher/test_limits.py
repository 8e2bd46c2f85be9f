"""An account's pace: how many, how far apart, and that two workers hold it together."""

from dataclasses import replace
from datetime import timedelta

import pytest

from campaign.domain.campaign import LatePolicy
from campaign.domain.outcome import Outcome
from campaign.domain.states import State
from campaign.store import queue
from campaign.store.engine import open_store
from campaign.store.place import Server
from tests.books import states
from tests.factories import SetClock, account
from tests.publisher.stand import NOT_SENT, PUBLISHED, UNKNOWN, Stand, settled

S = State
LATE = LatePolicy(after=timedelta(hours=12))


def fill(stand: Stand, posts: int, **settings: str) -> None:
    press = replace(account(), settings=settings)
    stand.fill([(f"{n}.",) for n in range(posts)], accounts=[press], late=LATE)


def test_limit_lets_so_many_go_and_moves_the_others(stand: Stand) -> None:
    fill(stand, 5, limit="2/hour")
    armed = stand.play().armed
    assert [item.delivery.id for item in armed] == [1, 2]
    assert states(stand.store) == [S.ARMED, S.ARMED, S.QUEUED, S.QUEUED, S.QUEUED]
    stand.play(*[settled(item, PUBLISHED) for item in armed])
    stand.pass_time(minutes=59)
    assert stand.play().armed == []
    stand.pass_time(minutes=1)
    assert stand.arm().delivery.id == 3
    stand.pass_time(minutes=1)  # they are late now
    assert stand.arm().delivery.id == 4


@pytest.mark.parametrize(("end", "free"), [(UNKNOWN, 0), (PUBLISHED, 0), (NOT_SENT, 1)])
def test_limit_counts_what_may_be_public_and_not_what_was_never_sent(
    stand: Stand, end: Outcome, free: int
) -> None:
    press = replace(account(), settings={"limit": "1/day"})
    stand.fill([("One.",), ("Two.",)], accounts=[press], late=LATE, every=timedelta(hours=1))
    stand.play(settled(stand.arm(), end), may_arm=False)
    stand.pass_time(hours=1)
    assert len(stand.play().armed) == free


def test_limit_of_one_account_leaves_the_others_alone(stand: Stand) -> None:
    accounts = [replace(account("press"), settings={"limit": "1/day"}), account("radio")]
    stand.fill([("One.",), ("Two.",)], accounts=accounts)
    armed = [item.delivery.account.name for item in stand.play().armed]
    assert sorted(armed) == ["press", "radio", "radio"]


def test_limit_counts_no_other_account(stand: Stand) -> None:
    accounts = [replace(account("press"), settings={"limit": "2/day"}), account("radio")]
    stand.fill([("One.",), ("Two.",)], accounts=accounts, late=LATE, every=timedelta(hours=1))
    stand.play(*[settled(item, PUBLISHED) for item in stand.play().armed], may_arm=False)
    stand.pass_time(hours=1)
    armed = [item.delivery.account.name for item in stand.play().armed]
    assert sorted(armed) == ["press", "radio"]


def test_spacing_holds_between_posts_and_not_within_a_thread(stand: Stand) -> None:
    press = replace(account(), settings={"spacing": "120"})
    stand.fill([("One.", "Two."), ("Three.",)], accounts=[press], late=LATE)
    first = stand.arm()
    (second,) = stand.play(settled(first, PUBLISHED)).armed
    assert second.delivery.part == 2
    stand.play(settled(second, PUBLISHED))
    stand.pass_time(seconds=119)
    assert stand.play().armed == []
    stand.pass_time(seconds=1)
    assert stand.arm().delivery.post_key.endswith("recommendation-2/en/press")


def test_moved_past_its_window_it_follows_its_late_policy_when_that_ends(stand: Stand) -> None:
    """Not a day later, when there is a place for it: until then nobody could give it a new time."""
    press = replace(account(), settings={"limit": "1/day"})
    stand.fill([("One.",), ("Two.",)], accounts=[press])
    stand.play(settled(stand.arm(), PUBLISHED))
    stand.pass_time(hours=1)
    assert stand.play().armed == []
    assert states(stand.store) == [S.PUBLISHED, S.QUEUED]
    stand.pass_time(milliseconds=1)
    assert stand.play().armed == []
    assert states(stand.store) == [S.PUBLISHED, S.DRAFT]


def test_milder_limit_counts_at_once_for_what_has_waited(stand: Stand) -> None:
    """Its slot was of the old one: until then its window could be over."""
    fill(stand, 3, limit="2/day")
    stand.play(*[settled(item, PUBLISHED) for item in stand.play().armed])
    assert stand.play().armed == []
    stand.pass_time(minutes=1)
    fill(stand, 3, limit="9/day")
    assert len(stand.play().armed) == 1


def test_what_is_late_goes_out_one_by_one_and_not_as_a_flood(stand: Stand) -> None:
    every = timedelta(minutes=10)
    stand.fill([("One.", "More."), ("Two.",), ("Three.",)], late=LATE, every=every)
    stand.pass_time(minutes=50)
    first = stand.arm()
    (second,) = stand.play(settled(first, PUBLISHED)).armed  # a begun thread goes on
    assert (first.delivery.part, second.delivery.part) == (1, 2)
    stand.play(settled(second, PUBLISHED))
    stand.pass_time(seconds=59)
    assert stand.play().armed == []
    stand.pass_time(seconds=1)
    assert stand.arm().delivery.post_key.endswith("recommendation-2/en/press")
    stand.pass_time(minutes=1)
    assert stand.arm().delivery.post_key.endswith("recommendation-3/en/press")


def test_flood_of_one_account_holds_up_no_other_and_nothing_punctual(stand: Stand) -> None:
    accounts = [account("press"), account("radio")]
    every = timedelta(minutes=50)
    stand.fill([("One.",), ("Two.",)], accounts=accounts, late=LATE, every=every)
    stand.fill([("Late too.",)], campaign_id="other", late=LATE)
    stand.pass_time(minutes=50)
    armed = [item.delivery.post_key for item in stand.play().armed]
    assert sorted(armed) == [
        "test-2021/recommendation-1/en/press",
        "test-2021/recommendation-1/en/radio",
        "test-2021/recommendation-2/en/press",
        "test-2021/recommendation-2/en/radio",
    ]


def test_two_workers_make_no_flood_together(clean_server: Server, clock: SetClock) -> None:
    stand = Stand(open_store(clean_server, clock), clock)
    stand.fill([("One.",), ("Two.",)], late=LATE)
    stand.pass_time(minutes=5)
    assert len(stand.play(worker="one").armed) == 1
    assert stand.play(worker="two").armed == []
    stand.store.close()


def test_account_that_another_worker_counts_is_left_to_it(
    clean_server: Server, clock: SetClock
) -> None:
    stand = Stand(open_store(clean_server, clock), clock)
    fill(stand, 2, limit="1/day")
    other = open_store(clean_server, clock)
    with other.write("other", alone=False) as tx:
        assert queue.lock_accounts(tx, ["press"]) == {"press"}
        playing = stand.play()
        assert (playing.armed, playing.moved) == ([], True)
    other.close()
    assert len(stand.play().armed) == 1
    stand.store.close()
