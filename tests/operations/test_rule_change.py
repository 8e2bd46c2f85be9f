"""A changed approval rule reaches the queue: shown, asked, applied to what is not sent, recorded."""

from dataclasses import replace
from datetime import timedelta

import pytest

from campaign.domain.campaign import ApprovalRule
from campaign.domain.deadline import Before
from campaign.domain.states import State
from campaign.operations.audit import verify
from campaign.operations.plan import plan
from campaign.operations.review import approve, reject, shown_hash, waiting
from campaign.store.engine import Store
from tests.books import rows, states
from tests.factories import SetClock, drafted, fill
from tests.publisher.stand import PUBLISHED, Stand, settled

S = State
PEOPLE = {"editor": ("Ada", "Cy"), "chief": ("Bo",)}
EDITOR = ApprovalRule(by=("editor",), people=PEOPLE)
BOTH = ApprovalRule(by=("editor", "chief"), people=PEOPLE)
TEXTS = [("One.",), ("Two.", "Three.")]


def said_yes(store: Store, person: str) -> None:
    approve(store, (), shown_hash(waiting(store)), person)


def rule(store: Store, wanted_rule: ApprovalRule | None) -> tuple[tuple[str, ...], int]:
    """Whose approvals a plan with nothing but this rule would void, and how many it keeps."""
    shown = plan(drafted(TEXTS, rule=wanted_rule), store, store.clock.now())
    assert not shown.pending
    assert shown.is_pending
    assert shown.rule_change
    return shown.rule_change.loses, shown.rule_change.keeps


def test_stricter_rule_alone_sends_what_it_does_not_find_approved_back(store: Store) -> None:
    fill(store, drafted(TEXTS, rule=EDITOR))
    said_yes(store, "Ada")
    assert set(states(store)) == {S.QUEUED}
    loses, keeps = rule(store, BOTH)
    assert (len(loses), keeps) == (2, 0)
    fill(store, drafted(TEXTS, rule=BOTH))
    assert set(states(store)) == {S.DRAFT}
    assert rows(store.place, "SELECT DISTINCT approved_hash FROM post") == [(None,)]
    query = "SELECT action, object FROM audit WHERE action IN ('amended', 'unapproved')"
    assert [action for action, _ in rows(store.place, query)] == ["amended", *["unapproved"] * 2]
    said_yes(store, "Bo")  # Ada's word still counts
    assert set(states(store)) == {S.QUEUED}
    assert verify(store).is_intact


def test_rule_named_for_the_first_time_voids_the_schedulers_approval(store: Store) -> None:
    fill(store, drafted(TEXTS))
    assert set(states(store)) == {S.QUEUED}
    fill(store, drafted(TEXTS, rule=EDITOR))
    assert set(states(store)) == {S.DRAFT}


def test_milder_rule_releases_what_it_finds_approved(store: Store) -> None:
    fill(store, drafted(TEXTS, rule=BOTH))
    said_yes(store, "Ada")
    assert set(states(store)) == {S.DRAFT}
    assert rule(store, EDITOR) == ((), 0)
    fill(store, drafted(TEXTS, rule=EDITOR))
    assert set(states(store)) == {S.QUEUED}


def test_milder_rule_releases_nothing_whose_time_is_over(store: Store, clock: SetClock) -> None:
    fill(store, drafted(TEXTS, rule=BOTH))
    said_yes(store, "Ada")
    clock.pass_time(timedelta(days=2))
    fill(store, drafted(TEXTS, rule=EDITOR))
    assert set(states(store)) == {S.DRAFT}


def test_rule_taken_away_lets_whoever_schedules_approve(store: Store) -> None:
    fill(store, drafted(TEXTS, rule=BOTH))
    fill(store, drafted(TEXTS), person="Eve")
    assert set(states(store)) == {S.QUEUED}
    assert rows(store.place, "SELECT DISTINCT role, person FROM approval") == [("scheduler", "Eve")]


def said_no(store: Store) -> None:
    keys = [each.stored.post.key for each in waiting(store)]
    reject(store, keys, "Ada", "the figure is wrong")


def test_rule_taken_away_overrules_no_no(store: Store) -> None:
    fill(store, drafted(TEXTS, rule=BOTH))
    said_no(store)
    fill(store, drafted(TEXTS), person="Eve")
    assert set(states(store)) == {S.DRAFT}
    assert rows(store.place, "SELECT * FROM approval WHERE decision = 'approve'") == []


def test_words_that_come_back_meet_the_no_they_had(store: Store) -> None:
    """Without a rule whoever schedules approves what the plan shows."""
    fill(store, drafted(TEXTS))
    reject(store, ["recommendation-2"], "Ada", "the figure is wrong")
    fill(store, drafted(TEXTS[:1]))
    fill(store, drafted(TEXTS), person="Eve")
    assert states(store) == [S.QUEUED, S.DRAFT, S.DRAFT]


def test_approval_of_somebody_who_left_the_role_is_void(store: Store) -> None:
    fill(store, drafted(TEXTS, rule=EDITOR))
    said_yes(store, "Ada")
    without = ApprovalRule(by=("editor",), people={"editor": ("Cy",)})
    loses, keeps = rule(store, without)
    assert (len(loses), keeps) == (2, 0)
    fill(store, drafted(TEXTS, rule=without))
    assert set(states(store)) == {S.DRAFT}


def test_no_of_a_role_that_falls_away_stands_until_somebody_lifts_it(store: Store) -> None:
    fill(store, drafted(TEXTS, rule=BOTH))
    said_no(store)
    said_yes(store, "Bo")
    chief = ApprovalRule(by=("chief",), people=PEOPLE)
    fill(store, drafted(TEXTS, rule=chief))
    assert set(states(store)) == {S.DRAFT}
    said_yes(store, "Bo")
    assert set(states(store)) == {S.QUEUED}


def test_people_who_decide_nothing_are_no_change(store: Store) -> None:
    fill(store, drafted(TEXTS, rule=EDITOR))
    more = ApprovalRule(by=("editor",), people=PEOPLE | {"guests": ("Eve",)})
    assert not plan(drafted(TEXTS, rule=more), store, store.clock.now()).is_pending


def test_other_working_days_are_a_change(store: Store) -> None:
    """The deadline counts them."""
    before = Before.parse("1 working day")
    fill(store, drafted(TEXTS, rule=replace(EDITOR, before=before)))
    moved = drafted(TEXTS, rule=replace(EDITOR, before=before, weekend=frozenset({4, 5})))
    (amendment,) = plan(moved, store, store.clock.now()).amendments
    assert (amendment.what, amendment.before, amendment.after) == ("weekend", "sat sun", "fri sat")
    fill(store, moved)
    assert not plan(moved, store, store.clock.now()).is_pending
    without = drafted(TEXTS, rule=replace(EDITOR, weekend=frozenset({4, 5})))
    fill(store, without)
    assert not plan(drafted(TEXTS, rule=EDITOR), store, store.clock.now()).is_pending


@pytest.mark.parametrize("answered", [False, True])
def test_what_is_sent_or_being_sent_is_left_alone(
    store: Store, clock: SetClock, answered: bool
) -> None:
    fill(store, drafted(TEXTS, rule=EDITOR))
    said_yes(store, "Ada")
    stand = Stand(store, clock)
    stand.clock.pass_time(
        plan(drafted(TEXTS), store, clock.now()).changes[0].wanted.post.due_at - clock.now()
    )
    first = stand.play(free=1).armed[0]
    if answered:
        stand.play(settled(first, PUBLISHED), may_arm=False)
    fill(store, drafted(TEXTS, rule=BOTH))
    assert states(store) == [S.PUBLISHED if answered else S.ARMED, S.DRAFT, S.DRAFT]


def test_rule_changed_since_the_plan_was_shown_is_stale(store: Store) -> None:
    fill(store, drafted(TEXTS, rule=EDITOR))
    first = plan(drafted(TEXTS, rule=BOTH), store, store.clock.now()).checksum
    assert plan(drafted(TEXTS), store, store.clock.now()).checksum != first


def test_title_alone_is_applied_and_touches_no_post(store: Store) -> None:
    fill(store, drafted(TEXTS, rule=EDITOR))
    before = rows(store.place, "SELECT * FROM post"), states(store)
    wanted = drafted(TEXTS, rule=EDITOR)
    object.__setattr__(wanted.campaign, "title", "A better title")
    (amendment,) = plan(wanted, store, store.clock.now()).amendments
    assert (amendment.before, amendment.after) == ("Test", "A better title")
    fill(store, wanted)
    assert rows(store.place, "SELECT title FROM campaign") == [("A better title",)]
    assert (rows(store.place, "SELECT * FROM post"), states(store)) == before
    assert not plan(wanted, store, store.clock.now()).is_pending
