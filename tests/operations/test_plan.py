"""`plan`: a value. It writes nothing, and its checksum is that of what would be done."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from campaign.domain.plan import Sign
from campaign.operations.draft import Drafted
from campaign.operations.plan import plan
from campaign.store.engine import Store
from tests.books import database_file
from tests.factories import DUE, SetClock, drafted, fill


def test_plan_without_a_database_is_all_new() -> None:
    first = plan(drafted([("One.",), ("Two.",)]), None, DUE)
    assert (first.is_first, first.count(Sign.ADD), len(first.pending)) == (True, 2, 2)


def test_plan_is_the_same_without_a_database_and_with_an_empty_one(store: Store) -> None:
    wanted = drafted()
    assert plan(wanted, None, DUE) == plan(wanted, store, DUE)


def test_plan_writes_nothing(file_store: Store) -> None:
    fill(file_store, drafted())
    file_store.close()
    path = database_file(file_store)
    before = path.read_bytes()
    plan(drafted([("One, better.",)]), file_store, DUE)
    file_store.close()
    assert path.read_bytes() == before


DIFFERENT: dict[str, Drafted] = {
    "words": drafted([("One, better.",)]),
    "time": drafted(at=time(9)),
    "one more": drafted([("One.",), ("Two.",)]),
    "none": Drafted(campaign=drafted().campaign, statement=drafted().statement, planned=()),
    "another campaign": drafted(campaign_id="other-2021"),
}


@pytest.mark.parametrize("filled", [False, True])
@pytest.mark.parametrize("what", DIFFERENT)
def test_checksum_tells_plans_apart(store: Store, what: str, filled: bool) -> None:
    if filled:
        fill(store, drafted())
    same = plan(drafted(), store, DUE).checksum
    assert plan(drafted(), store, DUE).checksum == same
    assert plan(DIFFERENT[what], store, DUE).checksum != same


def test_post_whose_time_is_over_is_missed_unless_it_is_known(
    store: Store, clock: SetClock
) -> None:
    wanted = drafted([("One.",), ("Two.",)], every=timedelta(hours=3))
    late = DUE + timedelta(hours=1, seconds=1)
    first = plan(wanted, store, late)
    assert [item.post.excerpt_ref for item in first.missed] == ["recommendation-1"]
    fill(store, wanted)
    assert plan(wanted, store, late).missed == ()


def test_plan_says_what_it_moves_to_a_time_that_is_over(store: Store, clock: SetClock) -> None:
    """The first of three was taken out at half past ten: the others would come two hours sooner."""
    three = drafted([("One.",), ("Two.",), ("Three.",)], every=timedelta(hours=2))
    fill(store, three)
    clock.skip_to(DUE + timedelta(hours=1, minutes=30))
    _, *later = three.planned
    sooner = [
        replace(one, post=replace(one.post, due_at=one.post.due_at - hours, not_after=end - hours))
        for one in later
        for hours, end in [(timedelta(hours=2), one.post.not_after)]
    ]
    made = plan(replace(three, planned=tuple(sooner)), store, clock.now())
    assert [note for note in made.notes if "over" in note] == [
        (
            "1 post would come at a time that is over (recommendation 2): nothing sends it then. Give it a"
            " time to come."
        )
    ]
