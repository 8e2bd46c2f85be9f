"""Each situation of a running campaign, from its files to the rows: exactly the posts it touches."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from campaign.domain.plan import Plan, Sign
from campaign.errors import CampaignError
from campaign.operations.plan import plan
from campaign.operations.schedule import schedule
from campaign.store.engine import Store
from tests.books import rows
from tests.factories import SetClock, clock_at
from tests.operations.newsroom import Call, Newsroom
from tests.publisher.stand import PUBLISHED, UNKNOWN, Stand, settled

pytestmark = pytest.mark.slow

Edit = tuple[str, int, int]
Touched = dict[str, set[str]]
EVERYWHERE = ("en/x", "en/un-m", "fr/un-m", "en/box")
ENGLISH = ("en/x", "en/un-m", "en/box")
CALLS = ("recommendation-1", "recommendation-2", "recommendation-3")
ALL = ("headline", *CALLS, "thanks")


@pytest.fixture
def clock() -> SetClock:
    return clock_at(datetime(2021, 12, 18, 6, 0, tzinfo=UTC))  # an hour before the first call


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path / "one", "one", [Call(0), Call(1), Call(2)])


def keys(*refs: str, on: Sequence[str] = EVERYWHERE, end: str = "") -> set[str]:
    return {f"{ref}/{place}{end}" for ref in refs for place in on}


def show(room: Newsroom, store: Store) -> Plan:
    return plan(room.draft(), store, store.clock.now())


def touched(made: Plan) -> Touched:
    """The plan by its signs, without what is unchanged."""
    found: Touched = {}
    for change in made.changes:
        if change.sign is not Sign.SAME:
            found.setdefault(str(change.sign), set()).add(change.key.partition("/")[2])
    return found


def apply(room: Newsroom, store: Store) -> Plan:
    shown = show(room, store)
    removed = shown.count(Sign.REMOVE)
    return schedule(store, room.draft(), shown.checksum, "Eve", removing=removed, simulated=True)


def books(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every post, by key."""
    query = (
        "SELECT post.key, post.*, delivery.* FROM post JOIN delivery ON delivery.post_id = post.id"
        " ORDER BY delivery.id"
    )
    found: dict[str, list[tuple[Any, ...]]] = {}
    for key, *row in rows(store.place, query):
        found.setdefault(key.partition("/")[2], []).append(tuple(row))
    return found


def test_first_plan_adds_all_of_it(store: Store, room: Newsroom) -> None:
    made = show(room, store)
    assert touched(made) == {"+": keys(*ALL)}
    assert made.is_first
    assert apply(room, store).count(Sign.ADD) == len(books(store)) == 20
    assert touched(show(room, store)) == {}


SITUATIONS: dict[str, tuple[list[Edit], Touched]] = {
    "nothing": ([], {}),
    "one edit": (
        [("correct", 2, 1)],
        {"~": keys("recommendation-3")},
    ),
    "one edit in English": (
        [("correct_one_language", 2, 2)],
        {"~": keys("recommendation-3", on=ENGLISH)},
    ),
    "one edit in French": (
        [("correct_one_language", 2, 1)],
        {"~": keys("recommendation-3", on=["fr/un-m"])},
    ),
    "an edit that makes a thread": (
        [("correct", 0, 3)],
        {"~": keys("recommendation-1")},
    ),
    "a move": ([("move", 1, 1)], {">": keys(*CALLS)}),
    "a closer interval": ([("move", 0, 0)], {">": keys(*CALLS[1:])}),
    "a removed line": ([("line", 2, 0)], {"-": keys("thanks")}),
    "a removed item": (
        [("take_out", 0, 0)],
        {"-": keys(CALLS[0]), ">": keys(*CALLS[1:])},
    ),
    "a removed account": ([("leave_out", 2, 0)], {"-": keys(*ALL, on=["en/box"])}),
    "a removed language": ([("languages", 0, 0)], {"-": keys(*ALL, on=["fr/un-m"])}),
    "a renamed account": ([("rename_account", 1, 0), ("rename_account", 1, 1)], {}),
    "a handle in capitals": ([("capitals", 1, 0)], {}),
    "another handle under another name": (
        [("handle", 1, 1)],
        {"-": keys(*ALL, on=["en/box"]), "+": keys(*ALL, on=["en/drawer"])},
    ),
    "a retitled campaign": ([("retitle", 5, 0)], {}),
    "a renamed message of one's own": (
        [("rename_own", 1, 0)],
        {"-": keys("thanks"), "+": keys("gratitude")},
    ),
    "an item inserted in the middle": (
        [("insert", 4, 1)],
        {"+": keys("recommendation-4"), ">": keys(*CALLS[1:])},
    ),
    "an item inserted in the middle, and the next one corrected": (
        [("insert", 4, 1), ("correct", 2, 2)],
        {"+": keys("recommendation-4"), "~": keys(CALLS[1]), ">": keys(CALLS[2])},
    ),
    "two items swapped": ([("swap", 0, 2)], {">": keys(CALLS[0], CALLS[2])}),
    "a template": ([("furniture", 3, 1)], {"~": keys(*CALLS)}),
    "a hashtag": ([("furniture", 0, 1)], {"~": keys(*ALL)}),
    "the link": ([("furniture", 1, 2)], {"~": keys("headline", *CALLS)}),
    "the lead of an account": (
        [("furniture", 2, 1)],
        {"~": keys("headline", *CALLS, on=["en/un-m", "fr/un-m"])},
    ),
    "a line that says again": (
        [("line", 3, 0)],
        {"+": keys(CALLS[0], end="~again")},
    ),
    "the headline": ([("correct_headline", 1, 0)], {"~": keys("headline")}),
}


@pytest.mark.parametrize("what", SITUATIONS)
def test_situation_touches_exactly_these_posts(store: Store, room: Newsroom, what: str) -> None:
    edits, expected = SITUATIONS[what]
    apply(room, store)
    before = books(store)
    for edit in edits:
        room.edit(*edit)
    made = show(room, store)
    assert touched(made) == expected
    apply(room, store)
    after, new = books(store), expected.get("+", set())
    changed = {key for key in before if before[key] != after[key]}
    assert changed == {key for sign in "~>-" for key in expected.get(sign, ())}
    assert after.keys() - before.keys() == new
    assert touched(show(room, store)) == {}
    assert not show(room, store).is_pending


@pytest.mark.parametrize("what", SITUATIONS)
def test_situation_touches_nothing_that_may_be_public(
    store: Store, clock: SetClock, room: Newsroom, what: str
) -> None:
    """The headline and the first call went out, on one account nobody knows: they are `=`."""
    edits, expected = SITUATIONS[what]
    apply(room, store)
    stand, gone = Stand(store, clock), set[str]()
    clock.skip_to(datetime(2021, 12, 18, 7, 5, tzinfo=UTC))
    while armed := stand.play().armed:  # what is late goes out a minute apart
        outcomes = [UNKNOWN if one.delivery.account.name == "box" else PUBLISHED for one in armed]
        sent = [settled(one, outcome) for one, outcome in zip(armed, outcomes, strict=True)]
        stand.play(*sent, may_arm=False)
        gone |= {one.delivery.post_key.partition("/")[2] for one in armed}
        stand.pass_time(minutes=1)
    assert gone == keys("headline", CALLS[0])
    before = books(store)
    for edit in edits:
        room.edit(*edit)
    shown = touched(show(room, store))
    assert shown.pop("=") == gone
    apply(room, store)
    after = books(store)
    assert {key for key in gone if before[key] != after[key]} == set()
    assert not any(gone & found for found in shown.values())
    for sign, found in shown.items():
        assert found <= expected[sign]


def test_what_was_taken_out_and_is_put_back_is_the_same_row(store: Store, room: Newsroom) -> None:
    apply(room, store)
    first = books(store)
    room.edit("take_out", 1, 0)
    apply(room, store)
    room.edit("put_back", 0, 0)
    made = show(room, store)
    assert touched(made) == {"+": keys(CALLS[1]), ">": keys(CALLS[0], CALLS[2])}
    apply(room, store)
    now = books(store)
    assert now.keys() == first.keys()
    assert {key: row[0][0] for key, row in now.items()} == {
        key: row[0][0] for key, row in first.items()
    }


@pytest.mark.parametrize("is_out", [False, True])
def test_another_handle_under_the_same_name_is_no_change_of_words(
    store: Store, clock: SetClock, room: Newsroom, is_out: bool
) -> None:
    """It is another account: its posts must not pass for those of the first one."""
    apply(room, store)
    if is_out:
        stand = Stand(store, clock)
        for _ in range(12):
            stand.sends(PUBLISHED)
            clock.pass_time(timedelta(hours=1))
    room.edit("handle", 1, 0)
    with pytest.raises(CampaignError, match="Give the new account another name"):
        show(room, store)


def test_retitled_campaign_is_a_change_of_its_own(store: Store, room: Newsroom) -> None:
    apply(room, store)
    room.edit("retitle", 5, 0)
    made = show(room, store)
    assert [(one.what, one.before, one.after) for one in made.amendments] == [
        ("title", "A day", "A day 5")
    ]
    apply(room, store)
    assert rows(store.place, "SELECT title FROM campaign") == [("A day 5",)]
