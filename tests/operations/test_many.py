"""Edits of more posts than one statement takes: each does to each post what it does to one."""

import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from campaign.domain.campaign import ApprovalRule
from campaign.domain.plan import Sign
from campaign.domain.states import State
from campaign.errors import StalePlanError
from campaign.operations.audit import verify
from campaign.operations.cancel import cancel
from campaign.operations.draft import Drafted
from campaign.operations.plan import plan
from campaign.operations.schedule import schedule
from campaign.store.bulk import PIECE
from campaign.store.engine import Store
from tests.books import force, rows, states
from tests.factories import DUE, SetClock, account, drafted
from tests.publisher.stand import PUBLISHED, Stand, settled

pytestmark = pytest.mark.slow

S = State
MANY = PIECE + 20
OLD, NEW = "Old words.", "New words."
EDITOR = ApprovalRule(by=("editor",), people={"editor": ("Ada",)})
LATER = timedelta(hours=2)


def many(words: str = OLD, *, parts: int = 1) -> Drafted:
    accounts = [account(f"press-{number}") for number in range(MANY)]
    return drafted([[words] * parts], rule=EDITOR, accounts=accounts)


def moved(wanted: Drafted) -> Drafted:
    """Two hours later, all of them."""
    posts = [
        replace(
            one,
            post=replace(
                one.post,
                local_time=one.post.local_time + LATER,
                due_at=one.post.due_at + LATER,
                not_before=one.post.not_before + LATER,
                not_after=one.post.not_after + LATER,
            ),
        )
        for one in wanted.planned
    ]
    return replace(wanted, planned=tuple(posts))


EDITS: dict[str, Callable[[], Drafted]] = {
    "change": lambda: many(NEW),
    "move": lambda: moved(many()),
    "remove": lambda: replace(many(), planned=()),
}


def apply(store: Store, wanted: Drafted) -> None:
    """As a person does who knows how much is removed."""
    shown = plan(wanted, store, store.clock.now())
    removing = shown.count(Sign.REMOVE)
    schedule(store, wanted, shown.checksum, "tester", removing=removing, simulated=True)


def approve_all(store: Store) -> None:
    force(
        store.place,
        "UPDATE post SET approved_hash = content_hash",
        "UPDATE delivery SET state = 'queued'",
        guarded=True,
    )


@pytest.mark.parametrize("step", EDITS)
def test_each_post_ends_as_it_would_alone(store: Store, step: str) -> None:
    apply(store, many())
    approve_all(store)
    before = [S.DRAFT, S.QUEUED, S.FAILED, S.SKIPPED, S.UNKNOWN, S.PUBLISHED]
    lines = [f"WHEN {place} THEN '{state}'" for place, state in enumerate(before)]
    force(
        store.place,
        f"UPDATE delivery SET state = CASE id % {len(before)} {' '.join(lines)} END",
        guarded=True,
    )
    apply(store, EDITS[step]())
    public = [S.UNKNOWN, S.PUBLISHED]
    after = {
        "change": [S.DRAFT] * 4,
        "move": [S.DRAFT, S.QUEUED, S.FAILED, S.DRAFT],
        "remove": [S.CANCELLED] * 4,
    }[step] + public
    found = rows(store.place, "SELECT id, state FROM delivery ORDER BY id")
    assert [state for _, state in found] == [after[id_ % len(before)] for id_, _ in found]
    approved = rows(store.place, "SELECT count(*) FROM post WHERE approved_hash IS NOT NULL")
    kept = MANY if step != "change" else sum(id_ % len(before) >= 4 for id_, _ in found)
    assert approved == [(kept,)]


@pytest.mark.parametrize(("before", "after"), [(1, 3), (3, 1)])
def test_threads_grow_and_shrink(store: Store, before: int, after: int) -> None:
    apply(store, many(parts=before))
    wanted = many(NEW, parts=after)
    apply(store, wanted)
    expected = [S.DRAFT] * after + [S.CANCELLED] * (before - after)
    assert states(store) == expected * MANY
    assert not plan(wanted, store, store.clock.now()).pending
    keys = rows(store.place, "SELECT count(DISTINCT idempotency_key) FROM delivery")
    assert keys == [(MANY * max(before, after),)]


def test_each_edit_has_its_record(store: Store) -> None:
    for wanted in (many(), many(NEW), moved(many(NEW)), replace(many(), planned=()), many()):
        apply(store, wanted)
    found = Counter(rows(store.place, "SELECT action FROM audit"))
    verbs = {"added": 2, "changed": 1, "moved": 1, "removed": 1}
    assert {verb: found[(verb,)] for verb in verbs} == {
        verb: times * MANY for verb, times in verbs.items()
    }


def test_many_are_cancelled_by_their_person(store: Store) -> None:
    apply(store, many())
    cancel(store, "all", "enough", "Ada")
    assert states(store) == [S.CANCELLED] * MANY
    assert rows(store.place, "SELECT DISTINCT cancelled_by FROM post") == [("Ada",)]


@pytest.mark.parametrize("step", EDITS)
def test_an_edit_beside_a_worker_meets_each_post_before_or_after_it_is_armed(
    store: Store, clock: SetClock, step: str
) -> None:
    """Both begin at once. Who is told that the queue has moved on looks again, as a person does."""
    apply(store, many())
    approve_all(store)
    clock.skip_to(DUE)
    wanted = EDITS[step]()

    def work() -> None:
        stand = Stand(store, clock)
        for _ in range(5):
            armed = stand.play(free=4).armed
            stand.play(*[settled(one, PUBLISHED) for one in armed], may_arm=False)

    is_done = False
    while not is_done:
        shown = plan(wanted, store, clock.now())
        worker = threading.Thread(target=work)
        worker.start()
        with suppress(StalePlanError):
            removing = shown.count(Sign.REMOVE)
            schedule(store, wanted, shown.checksum, "Bo", removing=removing, simulated=True)
            is_done = True
        worker.join(60)
    Stand(store, clock).play()
    rest = {"change": S.DRAFT, "move": S.QUEUED, "remove": S.CANCELLED}[step]
    found = Counter(states(store))
    assert set(found) <= {S.PUBLISHED, rest}
    assert found[S.PUBLISHED] == len(rows(store.place, "SELECT id FROM attempt"))
    if step == "change":
        words = rows(store.place, "SELECT state, body ->> 'text' FROM delivery")
        assert {state for state, text in words if NEW in text} <= {S.DRAFT}
        assert {state for state, text in words if OLD in text} <= {S.PUBLISHED}
    assert verify(store).is_intact
