"""Doubts: when they are looked at, and the one case in which a part is sent again."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from campaign.domain.campaign import LatePolicy
from campaign.domain.delivery import Delivery, Looked
from campaign.domain.outcome import Outcome, Receipt
from campaign.domain.states import State
from campaign.operations.audit import verify
from campaign.operations.control import pause, pauses
from campaign.operations.resolve import resolve_absent, resolve_there
from campaign.operations.retry import retry
from tests.books import actions, force, outcomes, states
from tests.factories import account
from tests.publisher.stand import (
    DUPLICATE,
    NOT_SENT,
    PUBLISHED,
    RECEIPT,
    UNKNOWN,
    Stand,
    settled,
)

S = State
REPLAY = timedelta(hours=1)
KEY = "test-2021/recommendation-1/en/press"


def looked(stand: Stand, delivery: Delivery, **found: Any) -> Looked:
    return Looked(delivery=delivery, at=stand.clock.now(), **found)


def absent(stand: Stand, delivery: Delivery, replay_for: timedelta | None = REPLAY) -> Looked:
    return looked(stand, delivery, certain=True, replay_for=replay_for)


def doubt(stand: Stand, seconds: float = 60, **how: Any) -> Delivery:
    """One part in doubt, armed `seconds` ago."""
    stand.fill(**how)
    armed = stand.arm()
    stand.play(settled(armed, UNKNOWN))
    stand.pass_time(seconds=seconds)
    return armed.delivery


def test_looks_come_further_and_further_apart(stand: Stand) -> None:
    doubt(stand, 0)
    begun, looks = stand.clock.now(), []
    for _ in range(8):
        stand.pass_time(seconds=stand.ready_in() - 0.001)
        assert stand.play().looks == []
        stand.pass_time(milliseconds=1)
        (look,) = stand.play().looks
        assert stand.play().looks == []  # taken: nobody else looks now
        stand.play(looked(stand, look))
        looks.append((stand.clock.now() - begun).total_seconds())
    minute, day = 60, 86_400
    assert looks[:5] == [30, 2 * minute, 10 * minute, 30 * minute, 120 * minute]
    assert [round(look / day, 1) for look in looks[5:]] == [1.1, 2.1, 3.1]
    assert states(stand.store) == [S.UNKNOWN]


def test_looks_need_a_permit(stand: Stand) -> None:
    doubt(stand)
    assert stand.play(free=0).looks == []
    assert len(stand.play(free=1).looks) == 1


def test_look_that_finds_it_publishes_it(stand: Stand) -> None:
    delivery = doubt(stand)
    stand.play(looked(stand, delivery, receipt=RECEIPT, certain=True))
    assert (states(stand.store), outcomes(stand.store)) == ([S.PUBLISHED], ["published"])
    assert actions(stand.store) == ["armed", "unknown", "published"]
    assert verify(stand.store).is_intact


def look(stand: Stand) -> Delivery:
    """A look that is under way, a quarter of an hour after the sending."""
    doubt(stand, 15 * 60)
    (taken,) = stand.play().looks
    return taken


def test_look_that_finds_it_after_somebody_said_it_is_not_there_stops_the_second_sending(
    stand: Stand,
) -> None:
    taken = look(stand)
    resolve_absent(stand.store, KEY, "not on the page", "Ada", resend=True)
    assert stand.play(looked(stand, taken, receipt=RECEIPT, certain=True)).armed == []
    assert (states(stand.store), outcomes(stand.store)) == ([S.PUBLISHED], ["published"])
    assert verify(stand.store).is_intact


def test_look_that_finds_it_while_the_second_sending_is_on_its_way_lets_no_third_follow(
    stand: Stand,
) -> None:
    taken = look(stand)
    resolve_absent(stand.store, KEY, "not on the page", "Ada", resend=True)
    second = stand.arm()
    stand.play(looked(stand, taken, receipt=RECEIPT, certain=True))
    assert outcomes(stand.store) == ["published", None]
    stand.play(settled(second, NOT_SENT))
    stand.pass_time(minutes=1)
    assert stand.play().armed == []
    assert states(stand.store) == [S.UNKNOWN]


@pytest.mark.parametrize("retried", [False, True])
def test_look_that_finds_what_was_given_up_publishes_it(stand: Stand, retried: bool) -> None:
    taken = look(stand)
    resolve_absent(stand.store, KEY, "not on the page", "Ada")
    if retried:
        retry(stand.store, f"post:{KEY}", None, None, "Ada")
    stand.play(looked(stand, taken, receipt=RECEIPT, certain=True))
    assert states(stand.store) == [S.PUBLISHED]
    assert stand.play().armed == []


def test_look_that_finds_what_has_other_words_by_now_pauses_them(stand: Stand) -> None:
    """The old ones are public: whether the new ones go out beside them is for a person to say."""
    taken = look(stand)
    resolve_absent(stand.store, KEY, "not on the page", "Ada")
    stand.fill([("Other words.",)])
    stand.play(looked(stand, taken, receipt=RECEIPT, certain=True))
    assert states(stand.store) == [S.QUEUED]
    assert actions(stand.store)[-2:] == ["stray", "paused"]
    (pause,) = pauses(stand.store)
    assert (pause.scope, "https://example.org/1" in str(pause.reason)) == (f"post:{KEY}", True)
    assert stand.play().armed == []


def refused_as_double(stand: Stand, *before: Outcome) -> Delivery:
    """Armed a minute ago, after attempts that ended as told."""
    stand.fill()
    for outcome in before:
        stand.play(settled(stand.arm(), outcome))
        stand.pass_time(seconds=60)
    armed = stand.arm()
    stand.play(settled(armed, DUPLICATE))
    assert states(stand.store) == [S.UNKNOWN]
    return armed.delivery


def test_double_of_another_post_is_refused_once_ours_is_surely_not_there(stand: Stand) -> None:
    delivery = refused_as_double(stand, NOT_SENT)
    stand.pass_time(seconds=59)
    stand.play(absent(stand, delivery, None))
    assert states(stand.store) == [S.UNKNOWN]
    stand.pass_time(seconds=1)
    stand.play(absent(stand, delivery, None))
    assert (states(stand.store), outcomes(stand.store)) == ([S.FAILED], ["not_sent", "failed"])
    assert actions(stand.store)[-2:] == ["unknown", "failed"]
    assert verify(stand.store).is_intact


def test_double_that_is_found_was_published(stand: Stand) -> None:
    delivery = refused_as_double(stand)
    stand.pass_time(seconds=60)
    stand.play(looked(stand, delivery, receipt=RECEIPT, certain=True))
    assert (states(stand.store), outcomes(stand.store)) == ([S.PUBLISHED], ["published"])


def test_look_that_fails_refuses_no_double(stand: Stand) -> None:
    delivery = refused_as_double(stand)
    stand.pass_time(seconds=60)
    stand.play(looked(stand, delivery))
    assert states(stand.store) == [S.UNKNOWN]


def test_double_after_a_doubt_may_be_of_our_own(stand: Stand) -> None:
    """The first attempt may be what is there, where the look did not find it."""
    first = doubt(stand)
    (again,) = stand.play(absent(stand, first)).armed
    stand.play(settled(again, DUPLICATE))
    stand.pass_time(seconds=60)
    stand.play(absent(stand, again.delivery, None))
    assert (states(stand.store), outcomes(stand.store)) == ([S.UNKNOWN], ["unknown", "duplicate"])


def test_look_that_began_too_early_says_nothing_however_long_it_took(stand: Stand) -> None:
    double = refused_as_double(stand)
    stand.pass_time(seconds=31)
    early = absent(stand, double, None)
    stand.pass_time(seconds=40)
    stand.play(early)
    assert states(stand.store) == [S.UNKNOWN]


def test_nothing_is_sent_again_after_a_look_that_began_too_early(stand: Stand) -> None:
    early = absent(stand, doubt(stand, 31))
    stand.pass_time(seconds=40)
    assert stand.play(early).armed == []
    assert states(stand.store) == [S.UNKNOWN]


def test_person_may_say_that_a_double_is_there(stand: Stand) -> None:
    delivery = refused_as_double(stand)
    resolve_there(stand.store, delivery.post_key, "https://example.org/1", "Ada")
    assert (states(stand.store), outcomes(stand.store)) == ([S.PUBLISHED], ["published"])


def test_look_says_since_when_and_what_is_taken(stand: Stand) -> None:
    """The same words stand there twice by calendar: the other one's id is not this one's."""
    stand.fill([("One.",)])
    stand.fill([("One.",)], campaign_id="test-2022", again=True)
    first, second = stand.play().armed
    stand.play(settled(first, PUBLISHED), settled(second, UNKNOWN))
    begun = stand.clock.now()
    stand.pass_time(seconds=60)
    (look,) = stand.play().looks
    assert (look.since, look.taken) == (begun, frozenset({RECEIPT.remote_id}))
    stand.play(looked(stand, look, receipt=RECEIPT, certain=True))
    assert states(stand.store) == [S.PUBLISHED, S.UNKNOWN]


def test_what_another_account_has_is_not_taken(stand: Stand) -> None:
    """Two servers may give the same id."""
    stand.fill(accounts=[account("press"), account("radio")])
    press, radio = sorted(stand.play().armed, key=lambda item: item.delivery.account.name)
    stand.play(settled(radio, PUBLISHED), settled(press, UNKNOWN))
    stand.pass_time(seconds=60)
    (look,) = stand.play().looks
    assert look.taken == frozenset()
    stand.play(looked(stand, look, receipt=RECEIPT, certain=True))
    assert states(stand.store) == [S.PUBLISHED, S.PUBLISHED]


def test_absent_part_is_armed_again_with_the_same_key(stand: Stand) -> None:
    delivery = doubt(stand)
    (again,) = stand.play(absent(stand, delivery)).armed
    assert (again.delivery.key, again.delivery.gen) == (delivery.key, delivery.gen + 1)
    assert again.stamp == stand.clock.elapsed()
    assert outcomes(stand.store) == ["unknown", None]
    stand.play(settled(again, PUBLISHED))
    assert states(stand.store) == [S.PUBLISHED]
    assert actions(stand.store) == ["armed", "unknown", "armed", "published"]


def test_replay_takes_the_permit_its_look_gave_back(stand: Stand) -> None:
    stand.fill([("One.",), ("Two.",)])
    (first,) = stand.play(free=1).armed
    stand.play(settled(first, UNKNOWN), free=0)
    stand.pass_time(seconds=60)
    armed = stand.play(absent(stand, first.delivery), free=1).armed
    assert [item.delivery.id for item in armed] == [first.delivery.id]


NOT_AGAIN = {
    "within 60 s": (59, REPLAY, True, None),
    "after the network forgot our key": (3600, REPLAY, True, None),
    "not certain": (60, REPLAY, False, None),
    "a network without keys": (60, None, True, None),
    "past its window": (3601, timedelta(days=9), True, None),
    "not approved": (60, REPLAY, True, "UPDATE post SET approved_hash = NULL"),
    "blocked": (60, REPLAY, True, "UPDATE account SET blocked_reason = 'key expired'"),
}


@pytest.mark.parametrize("why", NOT_AGAIN)
def test_absent_part_stays_unknown(stand: Stand, why: str) -> None:
    seconds, replay_for, certain, by_hand = NOT_AGAIN[why]
    delivery = doubt(stand, seconds)
    if by_hand:
        force(stand.store.place, by_hand)
    found = looked(stand, delivery, certain=certain, replay_for=replay_for)
    assert stand.play(found).armed == []
    assert (states(stand.store), outcomes(stand.store)) == ([S.UNKNOWN], ["unknown"])


@pytest.mark.parametrize("scope", ["all", "post:recommendation-1"])
def test_absent_part_stays_unknown_while_paused(stand: Stand, scope: str) -> None:
    delivery = doubt(stand)
    pause(stand.store, scope, None, "Ada")
    assert stand.play(absent(stand, delivery)).armed == []
    assert states(stand.store) == [S.UNKNOWN]


def test_absent_part_stays_unknown_while_nothing_may_be_armed(stand: Stand) -> None:
    delivery = doubt(stand)
    assert stand.play(absent(stand, delivery), may_arm=False).armed == []
    assert states(stand.store) == [S.UNKNOWN]


@pytest.mark.parametrize("receipt", [None, RECEIPT])
def test_look_of_an_older_turn_is_passed_over(stand: Stand, receipt: Receipt | None) -> None:
    delivery = doubt(stand)
    (again,) = stand.play(absent(stand, delivery)).armed
    stand.play(settled(again, UNKNOWN))
    stand.pass_time(seconds=60)
    assert stand.play(replace(absent(stand, delivery), receipt=receipt)).armed == []
    assert states(stand.store) == [S.UNKNOWN]


def test_quiet_is_counted_from_the_last_attempt(stand: Stand) -> None:
    delivery = doubt(stand)
    (again,) = stand.play(absent(stand, delivery)).armed
    stand.play(settled(again, UNKNOWN))
    stand.pass_time(seconds=59)
    assert stand.play(absent(stand, again.delivery)).armed == []
    stand.pass_time(seconds=1)
    assert len(stand.play(absent(stand, again.delivery)).armed) == 1


def test_key_is_known_for_an_hour_from_the_first_attempt(stand: Stand) -> None:
    """Counted from the last one, each replay would let an older key pass for known."""
    delivery = doubt(stand, late=LatePolicy(after=timedelta(hours=9)))
    (again,) = stand.play(absent(stand, delivery)).armed
    stand.play(settled(again, UNKNOWN))
    stand.pass_time(minutes=59)
    assert stand.play(absent(stand, again.delivery)).armed == []
    assert states(stand.store) == [S.UNKNOWN]
