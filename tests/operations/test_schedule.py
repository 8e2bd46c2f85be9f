"""`schedule`: the plan that was shown, applied whole or not at all, and again without effect."""

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from campaign.domain.campaign import ApprovalRule, Late, LatePolicy
from campaign.domain.outcome import Outcome
from campaign.domain.states import State
from campaign.errors import CampaignError, StalePlanError
from campaign.operations.audit import verify
from campaign.operations.draft import Drafted
from campaign.operations.plan import plan
from campaign.operations.schedule import schedule
from campaign.store.engine import Store, open_store
from tests.books import force, rows, states
from tests.factories import DUE, account, clock_at, drafted, fill
from tests.publisher.stand import FAILED, NOT_SENT, PUBLISHED, UNKNOWN, Stand, settled

if TYPE_CHECKING:
    from collections.abc import Callable

S = State
EDITOR = ApprovalRule(by=("editor",), people={"editor": ("Ada",)})


def everything(store: Store) -> list[tuple[object, ...]]:
    tables = ("campaign", "account", "post", "delivery", "approval", "audit")
    return [row for table in tables for row in rows(store.place, f"SELECT * FROM {table}")]


def signs(store: Store, wanted: Drafted) -> str:
    return "".join(change.sign for change in plan(wanted, store, store.clock.now()).changes)


def texts(store: Store) -> list[str]:
    query = "SELECT body ->> 'text' FROM delivery WHERE state <> 'cancelled' ORDER BY post_id, part"
    return [text for (text,) in rows(store.place, query)]


def keys(store: Store) -> list[str]:
    found = rows(store.place, "SELECT idempotency_key FROM delivery ORDER BY id")
    return [key for (key,) in found]


def send(stand: Stand, outcome: Outcome) -> None:
    """What is due goes out, and this comes of it."""
    stand.clock.skip_to(DUE)
    stand.sends(outcome)


def test_applying_twice_changes_nothing(store: Store) -> None:
    wanted = drafted([("One.",), ("Two, first.", "Two, second.")])
    fill(store, wanted)
    before = everything(store)
    assert signs(store, wanted) == "  "
    fill(store, wanted)
    assert everything(store) == before


def test_add_freezes_and_queues_what_the_files_say(store: Store) -> None:
    fill(store, drafted([("One.",), ("Two.", "Three.")]))
    assert texts(store) == ["1 One.", "2 Two.", "2 Three."]
    assert states(store) == [S.QUEUED] * 3
    assert len(set(keys(store))) == 3
    assert [row[0] for row in rows(store.place, "SELECT action FROM audit")] == (
        ["added", "added", "scheduled", "approved", "approved"]
    )


def test_two_databases_have_keys_of_their_own(tmp_path: Path) -> None:
    """Else a network would take a post of the second one for the first one's, sent once more."""
    found = []
    for name in ("one.db", "two.db"):
        store = open_store(tmp_path / name, clock_at())
        fill(store, drafted())
        found += rows(store.place, "SELECT idempotency_key FROM delivery")
        store.close()
    assert len(set(found)) == 2


def test_change_gives_new_bytes_and_new_keys_and_voids_the_approval(store: Store) -> None:
    fill(store, drafted([("One.",)], rule=EDITOR))
    force(store.place, "UPDATE post SET approved_hash = content_hash")
    before = keys(store)
    changed = drafted([("One, better.",)], rule=EDITOR)
    assert signs(store, changed) == "~"
    fill(store, changed)
    assert texts(store) == ["1 One, better."]
    assert states(store) == [S.DRAFT]
    assert rows(store.place, "SELECT approved_hash FROM post") == [(None,)]
    assert not set(before) & set(keys(store))


def test_change_of_what_is_queued_takes_it_out_of_the_queue(store: Store) -> None:
    fill(store, drafted([("One.",)]))
    fill(store, drafted([("One, better.",)], rule=EDITOR))
    assert states(store) == [S.DRAFT]


def test_move_keeps_words_keys_and_approval(store: Store) -> None:
    fill(store, drafted())
    before = keys(store), rows(store.place, "SELECT approved_hash, content_hash FROM post")
    moved = drafted(at=time(9, 30))
    assert signs(store, moved) == ">"
    fill(store, moved)
    assert (
        keys(store),
        rows(store.place, "SELECT approved_hash, content_hash FROM post"),
    ) == before
    assert states(store) == [S.QUEUED]
    ((ready_at,),) = rows(store.place, "SELECT ready_at FROM delivery")
    assert datetime.fromisoformat(str(ready_at)) == datetime(2021, 12, 18, 9, 30, tzinfo=UTC)


def test_move_of_the_window_alone_is_a_move(store: Store) -> None:
    fill(store, drafted())
    assert signs(store, drafted(late=LatePolicy(after=timedelta(hours=2), then=Late.ASK))) == ">"


def test_remove_cancels_and_adding_again_revives(store: Store, stand: Stand) -> None:
    both, one = drafted([("One.",), ("Two.",)]), drafted([("One.",)])
    fill(store, both)
    assert signs(store, one) == " -"
    fill(store, one)
    assert states(store) == [S.QUEUED, S.CANCELLED]
    assert signs(store, one) == " "
    assert signs(store, both) == " +"
    fill(store, both)
    assert states(store) == [S.QUEUED, S.QUEUED]
    send(stand, PUBLISHED)
    assert states(store) == [S.PUBLISHED, S.PUBLISHED]


def test_key_is_the_same_for_the_same_words(store: Store) -> None:
    """Whatever happened in between: the network would know them again."""
    first, second = drafted([("One.", "Two.")]), drafted([("One.", "Better.")])
    fill(store, first)
    before = keys(store)
    fill(store, second)
    assert not set(keys(store)) & set(before)
    fill(store, first)
    assert keys(store) == before


def test_removed_post_is_never_sent(store: Store, stand: Stand) -> None:
    fill(store, drafted([("One.",), ("Two.",)]))
    fill(store, drafted([("One.",)]))
    send(stand, PUBLISHED)
    assert states(store) == [S.PUBLISHED, S.CANCELLED]


@pytest.mark.parametrize("state", [S.DRAFT, S.QUEUED, S.FAILED, S.SKIPPED])
@pytest.mark.parametrize("step", ["change", "move", "remove"])
def test_post_of_every_state_that_is_not_public_can_be_edited(
    store: Store, state: State, step: str
) -> None:
    fill(store, drafted([("One.",), ("Two.", "Three.")]))
    moved = f"UPDATE delivery SET state = '{state}' WHERE post_id = 2"
    force(store.place, moved, guarded=True)
    steps: dict[str, Callable[[], Drafted]] = {
        "change": lambda: drafted([("One.",), ("Two, better.", "Three.")]),
        "move": lambda: drafted([("One.",), ("Two.", "Three.")], every=timedelta(hours=1)),
        "remove": lambda: drafted([("One.",)]),
    }
    wanted = steps[step]()
    fill(store, wanted)
    assert not plan(wanted, store, store.clock.now()).pending
    stays = state is S.FAILED and step == "move"  # a new time alone does not try it again
    end = {"change": S.QUEUED, "move": S.FAILED if stays else S.QUEUED, "remove": S.CANCELLED}
    if (state, step) == (S.DRAFT, "move"):
        end["move"] = S.QUEUED
    assert states(store)[1:] == [end[step]] * 2
    assert verify(store).is_intact


@pytest.mark.parametrize("first", [("1.",), ("1.", "2."), ("1.", "2.", "3.")])
@pytest.mark.parametrize("second", [("a.",), ("a.", "b."), ("a.", "b.", "c.", "d.")])
def test_threads_grow_and_shrink(
    store: Store, stand: Stand, first: tuple[str, ...], second: tuple[str, ...]
) -> None:
    for parts in (first, second, first, second):
        fill(store, drafted([parts]))
        assert texts(store) == [f"1 {part}" for part in parts]
    for _ in second:
        send(stand, PUBLISHED)
    shown = [state for state in states(store) if state is not S.CANCELLED]
    assert shown == [S.PUBLISHED] * len(second)


@pytest.mark.parametrize("outcome", [None, UNKNOWN, PUBLISHED])
@pytest.mark.parametrize("later", [(("Better.", "Two."),), (("One.",),), ()])
def test_post_that_may_be_public_is_untouched(
    store: Store, stand: Stand, outcome: Outcome | None, later: tuple[tuple[str, ...], ...]
) -> None:
    wanted = drafted([("One.", "Two."), ("Other.",)])
    fill(store, wanted)
    stand.clock.skip_to(DUE)
    first = stand.play(free=1).armed[0]
    if outcome:
        stand.play(settled(first, outcome), may_arm=False)
    query = "SELECT body, idempotency_key, state FROM delivery WHERE post_id = 1"
    before = rows(store.place, query)
    changed = drafted(later or [("One.", "Two.")], at=time(8, 30))
    if not later:
        changed = Drafted(campaign=changed.campaign, statement=changed.statement, planned=())
    assert signs(store, changed)[0] == "="
    fill(store, changed)
    assert rows(store.place, query) == before


@pytest.mark.parametrize("meanwhile", ["files", "queue", "sent"])
def test_stale_checksum_is_refused_and_nothing_is_changed(
    store: Store, stand: Stand, meanwhile: str
) -> None:
    fill(store, drafted([("One.",), ("Two.",)]))
    shown = drafted([("One, better.",), ("Two.",)])
    checksum = plan(shown, store, store.clock.now()).checksum
    if meanwhile == "files":
        shown = drafted([("One, best.",), ("Two.",)])
    elif meanwhile == "queue":
        fill(store, drafted([("One.",), ("Two.",)], at=time(9)))
    else:
        send(stand, PUBLISHED)
    before = everything(store)
    with pytest.raises(StalePlanError, match="Nothing was scheduled"):
        schedule(store, shown, checksum, "Ada", simulated=True)
    assert everything(store) == before


@pytest.mark.parametrize("outcome", [None, UNKNOWN, PUBLISHED])
def test_repeat_on_the_same_identity_is_refused_unless_meant(
    store: Store, stand: Stand, outcome: Outcome | None
) -> None:
    fill(store, drafted(campaign_id="first-2021"))
    if outcome:
        send(stand, outcome)
    before = everything(store)
    with pytest.raises(CampaignError, match=r"would repeat words that are .* as first-2021/"):
        fill(store, drafted())
    assert everything(store) == before
    fill(store, drafted(again=True))
    assert len(states(store)) == 2


def test_repeat_of_what_still_waits_for_approval_elsewhere_is_refused(store: Store) -> None:
    fill(store, drafted(campaign_id="first-2021", rule=EDITOR))
    with pytest.raises(CampaignError, match="would repeat words that are draft"):
        fill(store, drafted())


def test_repeat_on_another_identity_is_none(store: Store) -> None:
    fill(store, drafted(campaign_id="first-2021"))
    fill(store, drafted(accounts=[account("radio")]))
    assert len(states(store)) == 2


@pytest.mark.parametrize("outcome", [FAILED, NOT_SENT])
def test_repeat_of_what_never_went_out_elsewhere_may_go_once_it_is_removed(
    store: Store, stand: Stand, outcome: Outcome
) -> None:
    first = drafted(campaign_id="first-2021")
    fill(store, first)
    send(stand, outcome)
    fill(store, Drafted(campaign=first.campaign, statement=first.statement, planned=()))
    fill(store, drafted())
    assert states(store) == [S.CANCELLED, S.QUEUED]


def test_identity_of_a_name_cannot_be_changed(store: Store) -> None:
    fill(store, drafted())
    before = everything(store)
    other = account()
    object.__setattr__(other, "handle", "somebody-else")
    with pytest.raises(CampaignError, match="Give the new account another name"):
        fill(store, drafted([("Other.",)], accounts=[other], campaign_id="x-2021"))
    assert everything(store) == before


def test_platform_without_an_adapter_is_refused(store: Store) -> None:
    wanted = drafted(accounts=[account("pigeon", "pigeon")])
    checksum = plan(wanted, store, store.clock.now()).checksum
    with pytest.raises(CampaignError, match="nothing was scheduled"):
        schedule(store, wanted, checksum, "Ada")
    assert everything(store) == []


def test_held_post_goes_once_it_has_a_new_time(store: Store, stand: Stand) -> None:
    fill(store, drafted())
    stand.clock.skip_to(DUE + timedelta(hours=2))
    stand.play()
    assert states(store) == [S.DRAFT]
    fill(store, drafted())
    assert states(store) == [S.DRAFT]
    fill(store, drafted(at=time(11)))
    assert states(store) == [S.QUEUED]
