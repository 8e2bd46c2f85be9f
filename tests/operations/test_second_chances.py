"""`cancel`, `retry` and `resolve`: what a person can still do, and never a second time."""

from datetime import time, timedelta

import pytest

from campaign.domain.campaign import ApprovalRule, Late, LatePolicy
from campaign.domain.delivery import Looked
from campaign.domain.outcome import Outcome, Result
from campaign.domain.plan import Sign
from campaign.domain.states import State
from campaign.errors import CampaignError, UsageError
from campaign.operations.audit import verify
from campaign.operations.cancel import cancel
from campaign.operations.control import pauses
from campaign.operations.plan import plan
from campaign.operations.resolve import resolve_absent, resolve_there
from campaign.operations.retry import retry
from campaign.operations.review import approve, reject, shown_hash, waiting
from campaign.store.engine import Store
from tests.books import actions, every_row, outcomes, rows, states
from tests.factories import DUE, SetClock, account, clock_at, drafted, fill
from tests.publisher.stand import DUPLICATE, FAILED, NOT_SENT, PUBLISHED, UNKNOWN, Stand, settled

S = State
KEY = "test-2021/recommendation-1/en/press"
URL = "https://example.org/@press/123"
TWO = ApprovalRule(by=("editor", "chief"), people={"editor": ("Ada",), "chief": ("Bo",)})


@pytest.fixture
def clock() -> SetClock:
    return clock_at()


def pending(store: Store, **how: object) -> bool:
    return plan(drafted(**how), store, store.clock.now()).is_pending  # type: ignore[arg-type]


def sent(stand: Stand) -> int:
    return len(stand.play().armed)


# cancel


def test_cancelled_post_is_revived_by_no_schedule_and_by_retry(store: Store, stand: Stand) -> None:
    fill(store, drafted([("One.",), ("Two.",)]))
    met = cancel(store, f"post:{KEY}", "wrong day", "Ada")
    assert ([s.post.key for s in met.held], met.on_their_way, met.public) == ([KEY], [], [])
    assert states(store) == [S.CANCELLED, S.QUEUED]
    assert not plan(drafted([("One.",), ("Two.",)]), store, DUE).is_pending
    fill(store, drafted([("One.",), ("Two, better.",)]))
    assert states(store) == [S.CANCELLED, S.QUEUED]
    assert sent(stand) == 1
    (back,) = retry(store, f"post:{KEY}", None, None, "Ada")
    assert back.goes
    assert sent(stand) == 1
    assert verify(store).is_intact


def test_cancelled_post_goes_with_the_calendar_so_that_no_retry_sends_it_before_an_embargo(
    store: Store, stand: Stand
) -> None:
    fill(store, drafted([("One is one.",), ("Two.",)], at=time(9)))
    cancel(store, f"post:{KEY}", "not yet", "Ada")
    later = drafted([("One is only one.",), ("Two.",)], at=time(12))
    assert plan(later, store, DUE).count(Sign.MOVE) == 2
    fill(store, later)
    assert states(store) == [S.CANCELLED, S.QUEUED]
    assert not plan(later, store, DUE).is_pending
    (back,) = retry(store, f"post:{KEY}", None, None, "Ada")
    assert (back.goes, back.due_at) == (True, DUE.replace(hour=12))
    stand.pass_time(hours=3, minutes=59)
    assert sent(stand) == 0
    stand.pass_time(minutes=1)
    assert [str(each.delivery.body["text"]) for each in stand.play().armed] == [
        "1 One is one.",
        "2 Two.",
    ]


def test_time_that_a_person_gave_stays_while_it_is_cancelled(store: Store) -> None:
    fill(store, drafted(at=time(9)))
    cancel(store, "all", None, "Ada")
    retry(store, "all", "15:00", None, "Ada")
    cancel(store, "all", None, "Ada")
    assert not plan(drafted(at=time(9)), store, DUE).is_pending
    assert plan(drafted(at=time(12)), store, DUE).is_pending


def test_cancelled_post_can_be_moved_though_its_words_are_public_elsewhere(
    store: Store, stand: Stand
) -> None:
    fill(store, drafted(campaign_id="a-2021"))
    cancel(store, "all", None, "Ada")
    fill(store, drafted(campaign_id="b-2021"))
    stand.sends_one(PUBLISHED)
    fill(store, drafted(campaign_id="a-2021", at=time(17)))
    assert states(store) == [S.CANCELLED, S.PUBLISHED]


@pytest.mark.parametrize(
    ("scope", "left"),
    [
        ("all", []),
        ("campaign:test-2021", []),
        ("account:press", ["radio"]),
        ("platform:outbox", []),
        ("language:en", []),
        ("post:recommendation-1", []),
        (f"post:{KEY}", ["radio"]),
    ],
)
def test_cancel_takes_every_scope(store: Store, scope: str, left: list[str]) -> None:
    fill(store, drafted(accounts=[account(), account("radio")]))
    cancel(store, scope, None, "Ada")
    query = "SELECT account FROM post JOIN delivery ON post_id = post.id WHERE state = 'queued'"
    assert [name for (name,) in rows(store.place, query)] == left


def test_cancel_of_nothing_is_an_error(store: Store) -> None:
    fill(store, drafted())
    with pytest.raises(UsageError, match="There are: press"):
        cancel(store, "account:nobody", None, "Ada")
    cancel(store, "all", None, "Ada")
    with pytest.raises(CampaignError, match="cancelled already"):
        cancel(store, "all", None, "Ada")


def test_what_is_public_is_not_cancelled(store: Store, stand: Stand) -> None:
    fill(store, drafted())
    stand.play(settled(stand.arm(), PUBLISHED), may_arm=False)
    before = every_row(store.place)
    with pytest.raises(CampaignError, match="is public already"):
        cancel(store, "all", None, "Ada")
    assert every_row(store.place) == before


def test_what_is_being_sent_is_not_cancelled_but_waits_should_it_come_back(
    store: Store, stand: Stand
) -> None:
    fill(store, drafted())
    armed = stand.arm()
    met = cancel(store, "all", "overtaken", "Ada")
    assert (met.held, [s.post.key for s in met.on_their_way], met.public) == ([], [KEY], [])
    assert states(store) == [S.ARMED]
    stand.play(settled(armed, NOT_SENT), may_arm=False)
    stand.pass_time(minutes=1)
    assert sent(stand) == 0
    met = cancel(store, "all", "overtaken", "Ada")
    assert (states(store), met.on_their_way) == ([S.CANCELLED], [])
    assert pauses(store) == []  # nothing of it could go out
    (back,) = retry(store, "all", None, None, "Ada")
    assert back.pauses == (f"post:{KEY}",)
    assert [pause.scope for pause in pauses(store)] == [f"post:{KEY}"]


def test_what_was_rejected_while_in_doubt_is_not_sent_again(store: Store, stand: Stand) -> None:
    fill(store, drafted())
    stand.doubt()
    reject(store, [KEY], "Ada", "no")
    stand.pass_time(minutes=15)
    with pytest.raises(CampaignError, match="is not approved any more"):
        resolve_absent(store, KEY, "not on the page", "Ada", resend=True)
    resolve_absent(store, KEY, "not on the page", "Ada")
    (back,) = retry(store, "all", None, None, "Ada")
    assert not back.goes


def test_what_is_in_doubt_is_not_cancelled_and_not_sent_again_by_itself(
    store: Store, stand: Stand
) -> None:
    fill(store, drafted())
    stand.play(settled(stand.arm(), UNKNOWN), may_arm=False)
    cancel(store, "all", None, "Ada")
    stand.pass_time(minutes=2)
    look = stand.play().looks[0]
    absent = Looked(delivery=look, at=stand.clock.now(), certain=True, replay_for=timedelta(days=1))
    assert stand.play(absent).armed == []
    assert states(store) == [S.UNKNOWN]


def test_cancelled_longer_text_does_not_come_back_with_the_shorter_one(
    store: Store, stand: Stand
) -> None:
    fill(store, drafted([("One.", "Two.", "Three.")]))
    fill(store, drafted([("Better.",)]))
    cancel(store, "all", None, "Ada")
    retry(store, "all", None, None, "Ada")
    assert states(store) == [S.QUEUED, S.CANCELLED, S.CANCELLED]
    assert sent(stand) == 1


# retry


def test_failed_post_goes_again_with_the_same_key(store: Store, stand: Stand) -> None:
    fill(store, drafted())
    first = stand.arm()
    stand.play(settled(first, FAILED), may_arm=False)
    retry(store, f"post:{KEY}", None, "it works again", "Ada")
    assert stand.arm().delivery.key == first.delivery.key
    assert actions(store) == ["armed", "failed", "retried", "armed"]
    assert not pending(store)  # the time given by hand is no reason to move it back


def test_retry_at_a_time_waits_for_it(store: Store, stand: Stand) -> None:
    fill(store, drafted(late=LatePolicy(after=timedelta(hours=1), then=Late.SKIP)))
    stand.pass_time(hours=2)
    stand.play()
    assert states(store) == [S.SKIPPED]
    (given,) = retry(store, "all", "14:30", None, "Ada")
    assert given.due_at == DUE.replace(hour=14, minute=30)
    assert sent(stand) == 0
    stand.clock.skip_to(given.due_at)
    assert sent(stand) == 1


@pytest.mark.parametrize("text", ["soon", "25:00", "2021-13-01 10:00", "07:00", "2021-12-17 10:00"])
def test_retry_at_no_time_is_refused(store: Store, stand: Stand, text: str) -> None:
    fill(store, drafted())
    stand.sends_one(FAILED)
    with pytest.raises(UsageError, match=r"is not a time|is over"):
        retry(store, "all", text, None, "Ada")
    assert states(store) == [S.FAILED]


def test_late_draft_needs_a_new_time_and_its_approval(store: Store, stand: Stand) -> None:
    fill(store, drafted(rule=TWO))
    stand.pass_time(hours=2)
    (given,) = retry(store, "all", None, None, "Ada")
    assert not given.goes
    for person in ("Ada", "Bo"):
        approve(store, (), shown_hash(waiting(store)), person)
    assert sent(stand) == 1


def test_begun_thread_goes_on_after_a_retry(store: Store, stand: Stand) -> None:
    fill(store, drafted([("One.", "Two.", "Three.")]))
    stand.sends_one(PUBLISHED)
    stand.sends_one(FAILED)
    stand.pass_time(hours=5)
    retry(store, "all", None, None, "Ada")
    assert states(store) == [S.PUBLISHED, S.QUEUED, S.QUEUED]
    assert stand.arm().delivery.part == 2


@pytest.mark.parametrize("outcome", [None, UNKNOWN, PUBLISHED])
def test_what_is_public_or_in_doubt_is_never_retried(
    store: Store, stand: Stand, outcome: object
) -> None:
    fill(store, drafted())
    armed = stand.arm()
    if outcome:
        stand.play(settled(armed, outcome), may_arm=False)  # type: ignore[arg-type]
    with pytest.raises(CampaignError, match="Nothing was retried"):
        retry(store, "all", None, None, "Ada")


def test_words_that_are_public_under_another_name_are_never_retried(
    store: Store, stand: Stand
) -> None:
    fill(store, drafted(campaign_id="a-2021"))
    cancel(store, "all", None, "Ada")
    fill(store, drafted(campaign_id="b-2021"))
    stand.sends_one(PUBLISHED)
    with pytest.raises(CampaignError, match="are published as b-2021"):
        retry(store, "campaign:a-2021", None, None, "Ada")


def test_what_a_plan_took_out_is_not_brought_back_by_a_retry(store: Store, stand: Stand) -> None:
    """Else a retry of what failed on an account would send what nobody asks for any more."""
    fill(store, drafted([("One.",), ("Two.",)]))
    fill(store, drafted([("One.",)]))
    stand.sends_one(FAILED)
    given = retry(store, "account:press", None, None, "Ada")
    assert [one.key for one in given] == [KEY]
    with pytest.raises(CampaignError, match="was taken out of the campaign file"):
        retry(store, "post:recommendation-2", None, None, "Ada")
    assert states(store) == [S.QUEUED, S.CANCELLED]


def test_what_a_plan_took_out_is_not_brought_back_by_taking_back_a_cancel(store: Store) -> None:
    fill(store, drafted([("One.",), ("Two.",)]))
    fill(store, drafted([("One.",)]))
    met = cancel(store, "account:press", None, "Ada")
    assert [stored.post.key for stored in met.held] == [KEY]
    retry(store, "account:press", None, None, "Ada")
    assert states(store) == [S.QUEUED, S.CANCELLED]


def test_cancelled_post_that_a_new_rule_does_not_find_approved_can_be_approved(
    store: Store, stand: Stand
) -> None:
    fill(store, drafted())
    cancel(store, "all", None, "Ada")
    fill(store, drafted(rule=TWO))
    (back,) = retry(store, "all", None, None, "Ada")
    assert not back.goes
    for person in ("Ada", "Bo"):
        assert sent(stand) == 0
        approve(store, (), shown_hash(waiting(store)), person)
    assert sent(stand) == 1


def test_rest_of_a_thread_that_a_new_rule_does_not_find_approved_can_be_approved(
    store: Store, stand: Stand
) -> None:
    fill(store, drafted([("One.", "Two.", "Three.")]))
    stand.sends_one(PUBLISHED)
    stand.sends_one(FAILED)
    fill(store, drafted([("One.", "Two.", "Three.")], rule=TWO))
    (back,) = retry(store, "all", None, None, "Ada")
    assert not back.goes
    assert states(store) == [S.PUBLISHED, S.DRAFT, S.DRAFT]
    for person in ("Ada", "Bo"):
        assert sent(stand) == 0
        approve(store, (), shown_hash(waiting(store)), person)
    assert sent(stand) == 1


def test_retry_says_what_a_blocked_account_holds(store: Store, stand: Stand) -> None:
    fill(store, drafted())
    stand.sends_one(Outcome(result=Result.NOT_SENT, detail="no", blocked="the key is old"))
    cancel(store, "all", None, "Ada")
    (back,) = retry(store, "all", None, None, "Ada")
    assert back.pauses == ("account:press",)


# resolve


def doubt(stand: Stand) -> None:
    stand.sends_one(UNKNOWN)
    stand.pass_time(minutes=15)


def test_it_is_there(store: Store, stand: Stand) -> None:
    fill(store, drafted([("One.", "Two.")]))
    doubt(stand)
    resolve_there(store, KEY, URL, "Ada")
    assert states(store) == [S.PUBLISHED, S.QUEUED]
    second = stand.arm().delivery
    assert second.parent is not None
    assert (second.parent.remote_id, second.parent.url) == ("123", URL)
    assert verify(store).is_intact


def test_it_is_there_after_all(store: Store, stand: Stand) -> None:
    """Somebody looked too early, or at the wrong page: else a retry is all that is left."""
    fill(store, drafted([("One.", "Two.")]))
    doubt(stand)
    resolve_absent(store, KEY, "not on the page", "Ada")
    resolve_there(store, KEY, URL, "Bo")
    assert (states(store), outcomes(store)) == ([S.PUBLISHED, S.QUEUED], ["published"])
    assert stand.arm().delivery.parent is not None
    assert verify(store).is_intact


@pytest.mark.parametrize("url", ["", "example", "ftp://example.org", "https://"])
def test_it_is_there_needs_an_address(store: Store, stand: Stand, url: str) -> None:
    fill(store, drafted())
    doubt(stand)
    with pytest.raises(UsageError, match="Copy the whole address"):
        resolve_there(store, KEY, url, "Ada")
    assert states(store) == [S.UNKNOWN]


@pytest.mark.parametrize("late", [UNKNOWN, DUPLICATE])
def test_no_doubt_that_comes_late_undoes_a_persons_word(
    store: Store, stand: Stand, late: Outcome
) -> None:
    """Else a retry would not know that the network may still keep the first one's key."""
    fill(store, drafted())
    first = stand.doubt()
    stand.pass_time(minutes=15)
    resolve_absent(store, KEY, "not on the page", "Ada")
    stand.play(settled(first, late), may_arm=False)
    assert outcomes(store) == ["absent"]
    retry(store, "all", None, None, "Ada")
    assert stand.arm().delivery.key != first.key


def test_it_is_not_there_and_is_given_up(store: Store, stand: Stand) -> None:
    fill(store, drafted())
    doubt(stand)
    resolve_absent(store, KEY, "not on the page", "Ada")
    assert (states(store), outcomes(store)) == ([S.FAILED], ["absent"])
    assert sent(stand) == 0


@pytest.mark.parametrize("resend", [False, True])
def test_nobody_knows_for_a_quarter_of_an_hour_that_it_is_not_there(
    store: Store, stand: Stand, resend: bool
) -> None:
    """Given up, its words could go out by an edit or another campaign while it still arrives."""
    fill(store, drafted())
    stand.sends_one(UNKNOWN)
    stand.pass_time(minutes=14, seconds=59)
    with pytest.raises(CampaignError, match=r"may still arrive.* 1 min"):
        resolve_absent(store, KEY, "looked", "Ada", resend=resend)
    assert states(store) == [S.UNKNOWN]
    stand.pass_time(seconds=1)
    resolve_absent(store, KEY, "looked", "Ada", resend=resend)


def test_resend_has_another_key(store: Store, stand: Stand) -> None:
    fill(store, drafted())
    first = stand.arm()
    stand.play(settled(first, UNKNOWN), may_arm=False)
    stand.pass_time(minutes=15)
    resolve_absent(store, KEY, "looked", "Ada", resend=True)
    again = stand.arm()
    assert again.delivery.key != first.delivery.key
    stand.play(settled(again, PUBLISHED), may_arm=False)
    assert states(store) == [S.PUBLISHED]
    assert verify(store).is_intact


@pytest.mark.parametrize("resend", [False, True])
def test_nobody_denies_what_the_network_itself_has_said(
    store: Store, stand: Stand, resend: bool
) -> None:
    """The first sending's answer came while the second one was on its way."""
    fill(store, drafted())
    first = stand.doubt()
    stand.pass_time(minutes=15)
    resolve_absent(store, KEY, "looked", "Ada", resend=True)
    second = stand.arm()
    stand.play(settled(first, PUBLISHED), settled(second, UNKNOWN), may_arm=False)
    stand.pass_time(minutes=15)
    with pytest.raises(CampaignError, match="network itself has said"):
        resolve_absent(store, KEY, "looked", "Ada", resend=resend)
    assert (states(store), outcomes(store)) == ([S.UNKNOWN], ["published", "unknown"])


def test_resend_after_the_window_wants_a_new_time(store: Store, stand: Stand) -> None:
    fill(store, drafted())
    first = stand.arm()
    stand.play(settled(first, UNKNOWN), may_arm=False)
    stand.pass_time(hours=1, seconds=1)
    with pytest.raises(CampaignError, match=r"retry .* --at WHEN"):
        resolve_absent(store, KEY, "looked", "Ada", resend=True)
    resolve_absent(store, KEY, "looked", "Ada")
    retry(store, f"post:{KEY}", None, None, "Ada")
    assert stand.arm().delivery.key != first.delivery.key


def test_two_roles_mean_two_people_for_a_resend(store: Store, stand: Stand) -> None:
    fill(store, drafted(rule=TWO))
    for person in ("Ada", "Bo"):
        approve(store, (), shown_hash(waiting(store)), person)
    doubt(stand)
    stand.pass_time(minutes=20)
    with pytest.raises(CampaignError, match="needs two people"):
        resolve_absent(store, KEY, "looked", "Ada", resend=True)
    resolve_absent(store, KEY, "looked", "Ada")
    for again in (
        lambda: resolve_absent(store, KEY, "looked", "Ada", resend=True),
        lambda: retry(store, f"post:{KEY}", None, None, "Ada"),
    ):
        with pytest.raises(CampaignError, match="needs two people"):
            again()
    resolve_absent(store, KEY, "looked too", "Bo", resend=True)
    assert states(store) == [S.QUEUED]


@pytest.mark.parametrize("resend", [False, True])
def test_late_answer_wins_over_a_persons_word(store: Store, stand: Stand, resend: bool) -> None:
    fill(store, drafted())
    first = stand.arm()
    stand.play(settled(first, UNKNOWN), may_arm=False)
    stand.pass_time(minutes=15)
    resolve_absent(store, KEY, "looked", "Ada", resend=resend)
    stand.play(settled(first, PUBLISHED), may_arm=False)
    assert states(store) == [S.PUBLISHED]
    assert sent(stand) == 0


def test_what_is_not_in_doubt_is_not_resolved(store: Store, stand: Stand) -> None:
    fill(store, drafted())
    with pytest.raises(UsageError, match="is not in doubt"):
        resolve_absent(store, KEY, "looked", "Ada")
    stand.sends_one(PUBLISHED)
    with pytest.raises(UsageError, match="is not in doubt"):
        resolve_there(store, KEY, URL, "Ada")
