"""The same words never go out twice on one identity, by whatever door, unless the line says so."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta

import pytest

from campaign.domain.campaign import ApprovalRule
from campaign.domain.plan import Sign
from campaign.domain.states import State
from campaign.errors import CampaignError
from campaign.operations.cancel import cancel
from campaign.operations.draft import Drafted
from campaign.operations.plan import plan
from campaign.operations.resolve import resolve_absent
from campaign.operations.retry import retry
from campaign.operations.review import approve, reject, revoke, shown_hash, waiting
from campaign.store import audit
from campaign.store.engine import Store
from tests.books import actions, rows, states
from tests.factories import DUE, SetClock, account, clock_at, drafted, fill
from tests.publisher.stand import NOT_SENT, PUBLISHED, UNKNOWN, Stand, settled

S = State
A, B = "a-2021", "b-2021"


@pytest.fixture
def clock() -> SetClock:
    return clock_at()


def twice(first: time = time(8), second: time = time(17)) -> Drafted:
    """A line, and a later one that says `again`."""
    once = drafted(at=first)
    return replace(once, planned=once.planned + drafted(at=second, again=True).planned)


def test_two_cancelled_posts_of_the_same_words_are_not_retried_together(
    store: Store, stand: Stand
) -> None:
    for name in (A, B):
        fill(store, drafted(campaign_id=name))
        cancel(store, f"campaign:{name}", None, "Ada")
    with pytest.raises(CampaignError, match="say the same words on the same account"):
        retry(store, "post:recommendation-1", None, None, "Ada")
    assert states(store) == [S.CANCELLED] * 2
    retry(store, f"campaign:{B}", None, None, "Ada")
    assert len(stand.play().armed) == 1


@pytest.mark.parametrize("is_out", [False, True])
def test_doubt_is_not_sent_again_once_the_words_stand_elsewhere(
    store: Store, stand: Stand, is_out: bool
) -> None:
    fill(store, drafted(campaign_id=A))
    stand.sends_one(UNKNOWN)
    stand.pass_time(minutes=16)
    resolve_absent(store, A, "not on the page", "Ada")
    fill(store, drafted(campaign_id=B))
    if is_out:
        stand.sends_one(PUBLISHED)
    with pytest.raises(CampaignError, match=r"are (queued|published) as b-2021/"):
        resolve_absent(store, A, "sure", "Ada", resend=True)
    assert states(store) == [S.FAILED, S.PUBLISHED if is_out else S.QUEUED]


def test_line_before_one_that_says_again_can_be_moved(store: Store) -> None:
    fill(store, twice())
    moved = twice(first=time(9))
    assert [c.sign for c in plan(moved, store, DUE).changes] == [Sign.MOVE, Sign.SAME]
    fill(store, moved)


def test_line_before_one_that_says_again_can_be_retried_until_that_one_is_out(
    store: Store, stand: Stand
) -> None:
    fill(store, twice())
    stand.pass_time(hours=2)
    stand.play()
    assert states(store) == [S.DRAFT, S.QUEUED]
    retry(store, "post:recommendation-1/en/press", "11:00", None, "Ada")
    stand.clock.skip_to(DUE + timedelta(hours=4, minutes=1))
    stand.play()
    stand.clock.skip_to(DUE + timedelta(hours=9))
    stand.sends_one(PUBLISHED)
    assert states(store) == [S.DRAFT, S.PUBLISHED]
    with pytest.raises(CampaignError, match=r"are published as .*~again"):
        retry(store, "post:recommendation-1/en/press", None, None, "Ada")


def test_words_that_are_out_do_not_go_out_when_their_line_no_longer_says_again(
    store: Store, stand: Stand
) -> None:
    fill(store, drafted(again=True))
    stand.sends_one(PUBLISHED)
    with pytest.raises(CampaignError, match=r"are published as .*~again"):
        fill(store, drafted(at=time(9)))


def test_handle_in_other_letters_is_the_same_account(store: Store, stand: Stand) -> None:
    """Networks tell no handles apart by capitals."""
    fill(store, drafted(campaign_id=A))
    stand.sends_one(PUBLISHED)
    other = replace(account("newsroom"), handle="Press-OFFICE")
    with pytest.raises(CampaignError, match="would repeat words that are published as a-2021/"):
        fill(store, drafted(campaign_id=B, accounts=[other]))


def test_capitals_of_a_handle_change_nothing(store: Store) -> None:
    fill(store, drafted([("One.",), ("Two.",)]))
    spelled = replace(account(), handle="Press-Office")
    assert not plan(drafted([("One.",), ("Two.",)], accounts=[spelled]), store, DUE).is_pending
    fill(store, drafted([("One.",), ("Two.",), ("Three.",)], accounts=[spelled]))
    assert rows(store.place, "SELECT name, identity FROM account") == [("press", "press-office")]


def test_same_words_in_two_languages_are_a_repeat(store: Store) -> None:
    one = drafted()
    (english,) = one.planned
    key = english.post.key.replace("/en/", "/fr/")
    french = replace(english, post=replace(english.post, key=key, language="fr"))
    (repeat,) = plan(replace(one, planned=(english, french)), store, DUE).repeats
    assert (repeat.key, repeat.other_key) == (french.post.key, english.post.key)


def nothing(wanted: Drafted) -> Drafted:
    return replace(wanted, planned=())


def test_two_people_for_what_is_taken_out_and_put_back(store: Store, stand: Stand) -> None:
    both = ApprovalRule(by=("a", "b"), people={"a": ("Ada",), "b": ("Bo",)})
    wanted = drafted(rule=both)
    fill(store, wanted)
    for person in ("Ada", "Bo"):
        approve(store, (), shown_hash(waiting(store)), person)
    stand.sends_one(UNKNOWN)
    stand.pass_time(minutes=20)
    resolve_absent(store, "test-2021", "not on the page", "Ada")
    fill(store, nothing(wanted), "Ada")
    with pytest.raises(CampaignError, match="needs two people"):
        fill(store, wanted, "Ada")
    fill(store, wanted, "Bo")
    assert states(store) == [S.QUEUED]


EDITOR = ApprovalRule(by=("editor",), people={"editor": ("Ada",)})


@pytest.mark.parametrize("what", ["rejected", "revoked", "new rule"])
def test_what_is_being_sent_and_comes_back_does_not_go_against_a_decision_meanwhile(
    store: Store, stand: Stand, what: str
) -> None:
    """Nothing can stop it on the wire; but what never left needs its approval like everything."""
    fill(store, drafted())
    armed = stand.arm()
    if what == "revoked":
        met = revoke(store, ["recommendation-1"], "tester", None)
    elif what == "rejected":
        met = reject(store, ["recommendation-1"], "Ada", "no")
    else:
        fill(store, drafted(rule=EDITOR))
    if what in {"revoked", "rejected"}:
        assert [s.post.key for s in met.on_their_way] == ["test-2021/recommendation-1/en/press"]
        assert (met.held, met.public) == ([], [])
    stand.play(settled(armed, NOT_SENT), may_arm=False)
    assert states(store) == [S.DRAFT]  # at once: its account may be blocked, and nobody claims it
    assert [each.stored.states for each in waiting(store)] == [(S.DRAFT,)]
    stand.pass_time(minutes=10)
    assert stand.play().armed == []
    assert actions(store).count("held") == 1


@pytest.mark.parametrize("verb", [reject, revoke])
def test_second_part_that_comes_back_unsent_is_held_by_a_decision_meanwhile(
    store: Store, stand: Stand, verb: Callable[..., object]
) -> None:
    fill(store, drafted([("One.", "Two.")]))
    stand.sends_one(PUBLISHED)
    second = stand.arm()
    verb(store, ["recommendation-1"], "tester", "no")
    stand.play(settled(second, NOT_SENT), may_arm=False)
    assert states(store) == [S.PUBLISHED, S.DRAFT]
    stand.pass_time(minutes=10)
    assert stand.play().armed == []


def test_a_yes_after_a_no_to_what_was_being_sent_stands_in_the_audit(
    store: Store, stand: Stand
) -> None:
    """The yes from before is gone with the no: else the same person's next one would be none."""
    fill(store, drafted(rule=EDITOR), "Bo")
    says_yes(store)
    armed = stand.arm()
    reject(store, ["recommendation-1"], "Ada", "no")
    stand.play(settled(armed, NOT_SENT), may_arm=False)
    stand.pass_time(minutes=10)
    assert stand.play().armed == []
    says_yes(store)
    assert len(stand.play().armed) == 1
    with store.read() as connection:
        trail = audit.trail(connection, "test-2021/recommendation-1/en/press")
    said = [link.record.action for link in trail]
    assert [one for one in said if one in {"approved", "rejected"}] == [
        "approved",
        "rejected",
        "approved",
    ]


def says_yes(store: Store) -> None:
    shown = shown_hash(waiting(store))
    approve(store, ["recommendation-1"], shown, "Ada")
