"""`approve`: bound to the words that were shown, and to a person's role."""

from datetime import timedelta

import pytest

from campaign.domain.campaign import ApprovalRule
from campaign.domain.states import State
from campaign.errors import CampaignError, StalePlanError, UsageError
from campaign.operations.review import approve, reject, shown_hash, waiting
from campaign.store.engine import Store
from tests.books import rows, states
from tests.factories import DUE, SetClock, drafted, fill

S = State
TWO = ApprovalRule(by=("editor", "chief"), people={"editor": ("Ada", "Cy"), "chief": ("Bo", "Cy")})


@pytest.fixture
def pending(store: Store) -> Store:
    """Two posts that wait for an editor and the chief."""
    fill(store, drafted([("One.",), ("Two.", "Three.")], rule=TWO))
    return store


def shown(store: Store, *names: str) -> str:
    return shown_hash(waiting(store, names))


def untouched(store: Store) -> bool:
    return rows(store.place, "SELECT * FROM approval") == [] and set(states(store)) == {S.DRAFT}


def test_two_roles_are_needed_and_each_is_recorded(pending: Store) -> None:
    (first, second) = approve(pending, (), shown(pending), "Ada")
    assert (first.given, first.missing) == (second.given, second.missing) == (
        ("editor",), ("chief",),
    )  # fmt: skip
    assert set(states(pending)) == {S.DRAFT}
    approve(pending, (), shown(pending), "Bo")
    assert set(states(pending)) == {S.QUEUED}
    assert waiting(pending) == []
    query = "SELECT post_id, role, person, identity FROM approval ORDER BY id"
    assert [row[:3] for row in rows(pending.place, query)] == [
        (1, "editor", "Ada"), (2, "editor", "Ada"), (1, "chief", "Bo"), (2, "chief", "Bo"),
    ]  # fmt: skip
    told = rows(pending.place, "SELECT actor FROM audit WHERE action = 'approved' ORDER BY seq")
    assert told == [("Ada",), ("Ada",), ("Bo",), ("Bo",)]


def test_same_role_twice_is_recorded_once(pending: Store) -> None:
    approve(pending, (), shown(pending), "Ada")
    approve(pending, (), shown(pending), "Ada")
    assert len(rows(pending.place, "SELECT * FROM approval")) == 2
    assert set(states(pending)) == {S.DRAFT}


def test_one_person_in_both_roles_is_enough(pending: Store) -> None:
    approve(pending, (), shown(pending), "Cy")
    assert set(states(pending)) == {S.QUEUED}


def test_named_post_alone_is_approved(pending: Store) -> None:
    approve(pending, ("recommendation-2",), shown(pending, "recommendation-2"), "Cy")
    assert states(pending) == [S.DRAFT, S.QUEUED, S.QUEUED]


@pytest.mark.parametrize("person", ["Eve", "ada", ""])
def test_person_without_a_role_is_refused(pending: Store, person: str) -> None:
    with pytest.raises(
        UsageError, match=r"may not approve .* names editor: Ada, Cy; chief: Bo, Cy"
    ):
        approve(pending, (), shown(pending), person)
    assert untouched(pending)


def test_words_changed_since_they_were_shown_are_refused(pending: Store) -> None:
    before = shown(pending)
    fill(pending, drafted([("One, better.",), ("Two.", "Three.")], rule=TWO))
    with pytest.raises(StalePlanError, match="nothing was approved"):
        approve(pending, (), before, "Cy")
    assert untouched(pending)


def test_post_added_since_they_were_shown_is_not_approved_unseen(pending: Store) -> None:
    before = shown(pending)
    fill(pending, drafted([("One.",), ("Two.", "Three."), ("Four.",)], rule=TWO))
    with pytest.raises(StalePlanError, match="nothing was approved"):
        approve(pending, (), before, "Cy")
    assert untouched(pending)


def test_no_that_came_since_the_words_were_shown_is_not_overruled_unread(pending: Store) -> None:
    before = shown(pending)
    reject(pending, ["recommendation-1"], "Bo", "the figure is old")
    with pytest.raises(StalePlanError, match="nothing was approved"):
        approve(pending, (), before, "Cy")
    assert set(states(pending)) == {S.DRAFT}
    approve(pending, (), shown(pending), "Cy")  # having read it
    assert set(states(pending)) == {S.QUEUED}


@pytest.mark.parametrize("late", [False, True])
def test_approval_is_taken_up_to_the_windows_end(
    pending: Store, clock: SetClock, late: bool
) -> None:
    clock.skip_to(DUE + timedelta(hours=1, microseconds=late))
    if not late:
        approve(pending, (), shown(pending), "Cy")
        assert set(states(pending)) == {S.QUEUED}
        return
    with pytest.raises(CampaignError, match=r"has passed.*Nothing was approved"):
        approve(pending, (), shown(pending), "Cy")
    assert untouched(pending)


def test_change_voids_the_approval_and_a_move_keeps_it(pending: Store) -> None:
    approve(pending, (), shown(pending), "Ada")
    moved = drafted([("One.",), ("Two.", "Three, better.")], rule=TWO, every=timedelta(minutes=5))
    fill(pending, moved)
    assert {item.stored.post.excerpt_ref: item.given for item in waiting(pending)} == {
        "recommendation-1": ("editor",),
        "recommendation-2": (),
    }
    approve(pending, (), shown(pending), "Bo")
    assert states(pending) == [S.QUEUED, S.DRAFT, S.DRAFT]


def test_old_words_that_come_back_keep_the_approval_they_had(pending: Store) -> None:
    """An approval is of words: those it was given for."""
    approve(pending, (), shown(pending), "Cy")
    fill(pending, drafted([("One, better.",), ("Two.", "Three.")], rule=TWO))
    assert states(pending)[0] is S.DRAFT
    fill(pending, drafted([("One.",), ("Two.", "Three.")], rule=TWO))
    assert states(pending)[0] is S.QUEUED
