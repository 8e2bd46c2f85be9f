"""`cancel`, `retry` and `resolve` as they are typed: what a person can still do, and never twice."""

import shlex

import pytest

from tests.books import outcomes, rows
from tests.cli.conftest import RULE
from tests.cli.desk import EVERYTHING, HEADLINE, LATE, NO_SCOPE, QUOTE, SCOPES, TITRE, Desk
from tests.publisher.stand import FAILED, PUBLISHED, UNKNOWN

SKIP = "late: {after: 30m, then: skip}"
URL = "https://social.example/@press/123"


def posts(number: int) -> str:
    return "1 post" if number == 1 else f"{number} posts"


# cancel


@pytest.mark.parametrize("words", SCOPES)
def test_each_scope_is_cancelled_and_comes_back(office: Desk, words: str) -> None:
    told, _, covered = SCOPES[words]
    typed = shlex.split(words)
    screen = office.types("cancel", *typed, "--reason", "overtaken", "--as", "ann")
    assert screen.code == 0
    assert screen.out == (
        f"Cancelled: {posts(len(covered))} ({told}).\n\n"
        f"Next: campaign status     and to bring one back  campaign retry {covered[0]}\n"
    )
    facts = {"person": "ann", "reason": "overtaken"}
    assert office.records("cancelled") == [(key, "ann", facts) for key in covered]
    left = {key: "cancelled" if key in covered else "queued" for key in EVERYTHING}
    assert office.states() == left
    told_json = office.told("status")
    by = {p["key"]: p["cancelled_by"] for c in told_json["campaigns"] for p in c["posts"]}
    assert by == {key: "ann" if key in covered else None for key in EVERYTHING}

    assert "= 0 sent" in office.works("plan").out
    office.works("schedule", "--yes")  # revives nothing
    assert office.states() == left
    back = office.types("retry", *typed, "--as", "cy")
    assert back.code == 0
    assert [record[:2] for record in office.records("retried")] == [(key, "cy") for key in covered]
    assert office.states() == dict.fromkeys(EVERYTHING, "queued")


def test_what_somebody_cancelled_does_not_come_back_with_what_failed(office: Desk) -> None:
    """Who mends an account and retries it has not read why somebody else cancelled a post of it."""
    office.works("cancel", "headline/en/outbox", "--reason", "wrong figure", "--as", "ann")
    office.is_at(11)
    assert office.sends(FAILED) == [QUOTE]
    screen = office.works("retry", "--account", "outbox", "--as", "cy")
    assert f"{QUOTE}  now\n" in screen.out
    assert f"Cancelled by a person, and still so: name it (1 post):\n  {HEADLINE}\n" in screen.out
    assert office.states() == {HEADLINE: "cancelled", QUOTE: "queued", TITRE: "queued"}
    assert [key for key, _, _ in office.records("retried")] == [QUOTE]
    office.works("retry", HEADLINE, "--as", "cy")
    assert office.states()[HEADLINE] == "queued"


def test_what_is_cancelled_is_said_by_the_next_plan(file_office: Desk) -> None:
    file_office.works("cancel", "--account", "outbox")
    assert "2 posts are cancelled and stay so:  campaign retry" in file_office.works("plan").out
    file_office.works("retry", "quote-1")
    assert "1 post is cancelled and stays so:  campaign retry" in file_office.works("plan").out


def test_what_has_begun_is_not_cancelled_and_is_named(office: Desk) -> None:
    office.is_at(10)
    assert office.sends(PUBLISHED) == [HEADLINE]
    screen = office.works("cancel", "--all", "--as", "ann")
    assert screen.out.startswith(
        "Cancelled: 2 posts (everything).\n"
        f"Public already, and not touched (1 post):\n  {HEADLINE}\n"
    )
    assert office.states() == {HEADLINE: "published", QUOTE: "cancelled", TITRE: "cancelled"}
    screen = office.changes_nothing("cancel", HEADLINE)
    assert (screen.code, screen.err) == (
        1,
        f"{HEADLINE} is public already. Nothing was cancelled.\n",
    )
    again = office.changes_nothing("cancel", "--language", "fr")
    assert (again.code, again.err) == (
        1,
        "All of it is cancelled already, so nothing is different now.\n",
    )
    office.is_at(13)
    assert office.sends(PUBLISHED) == []


def test_what_is_being_sent_is_paused_and_the_screen_says_how_to_go_on(office: Desk) -> None:
    office.is_at(10)
    assert office.arms() == [HEADLINE]
    screen = office.works("cancel", HEADLINE, "--as", "ann", "--reason", "overtaken")
    assert screen.out.startswith(
        f"On the way already, and paused in case it comes back unsent (1 post):\n  {HEADLINE}\n"
    )
    assert f"to let it go after all  campaign resume {HEADLINE}" in screen.out
    assert office.states()[HEADLINE] == "armed"
    paused = [(f"post:{HEADLINE}", "ann", {"person": "ann", "reason": "overtaken"})]
    assert office.records("paused") == paused
    assert f"post {HEADLINE}" in office.works("status").out


WRONG = NO_SCOPE | {
    "--language de": 'No language here is called "de". There are: en, fr.\n',
    "headlin": 'No post is called "headlin". Did you mean headline?\n',
}


@pytest.mark.parametrize("verb", ["cancel", "retry"])
@pytest.mark.parametrize("words", WRONG)
def test_wrong_words(file_office: Desk, verb: str, words: str) -> None:
    screen = file_office.changes_nothing(verb, *shlex.split(words))
    assert (screen.code, screen.out) == (2, "")
    assert screen.err == WRONG[words].format(verb=verb, example="recommendation-3")


# retry


def test_a_failed_post_goes_again(office: Desk) -> None:
    office.is_at(10)
    assert office.sends(FAILED) == [HEADLINE]
    status = office.works("status").out
    assert "It did not go out." in status
    assert f"campaign retry {HEADLINE}" in status
    screen = office.types("retry", HEADLINE, "--reason", "the token was renewed", "--as", "ann")
    assert screen.code == 0
    assert screen.out == f"{HEADLINE}  now\n\nNext: campaign status\n"
    ((key, who, facts),) = office.records("retried")
    assert (key, who) == (HEADLINE, "ann")
    assert (facts["was"], facts["reason"]) == ("failed", "the token was renewed")
    assert office.sends(PUBLISHED) == [HEADLINE]
    assert "chain intact" in office.works("audit", "verify").out


def test_a_skipped_post_gets_a_new_time_and_keeps_it(desk: Desk) -> None:
    desk.begins(SKIP)
    desk.is_at(10, 31)
    assert desk.sends(PUBLISHED) == []
    assert desk.states()[HEADLINE] == "skipped"
    screen = desk.types("retry", "headline", "--at", "14:30", "--as", "ann")
    assert screen.code == 0
    assert screen.out == f"{HEADLINE}  Wed 15 Dec 14:30 UTC\n\nNext: campaign status\n"

    plan = desk.works("plan")
    assert "nothing to change" in plan.out
    assert desk.changes_nothing("schedule", "--yes").code == 0
    # Other words do not take the time back either; another calendar line does.
    shown = desk.schedules(SKIP + "\nhashtags: [MigrantsDay]").out
    assert "  Wed 15 Dec 14:30    ~ headline" in shown
    assert "+ 0 add   ~ 2 change   > 0 move" in shown
    (first, *_) = desk.told("plan")["changes"]
    assert (first["key"], first["due_at"]) == (HEADLINE, "2021-12-15T14:30:00+00:00")
    assert first["local_time"] == "2021-12-15T14:30:00"
    moved = ("D 16:00 headline", "D 11:00 quote 1")
    assert (
        "was Wed 15 Dec 14:30; approval kept"
        in desk.schedules(SKIP + "\nhashtags: [MigrantsDay]", moved).out
    )
    desk.is_at(14, 30)
    assert HEADLINE not in desk.sends(PUBLISHED)
    desk.is_at(16)
    assert desk.sends(PUBLISHED) == [HEADLINE]


def test_now_is_not_before_its_own_time(office: Desk) -> None:
    """It was cancelled two days ahead: an embargo may stand behind its time."""
    office.works("cancel", "quote-1")
    screen = office.works("retry", "quote-1")
    assert screen.out == f"{QUOTE}  Wed 15 Dec 11:00 UTC\n\nNext: campaign status\n"
    earlier = office.types("retry", "quote-1", "--at", "2021-12-14 10:00")
    assert earlier.code == 1  # it is in the queue again
    office.works("cancel", "quote-1")
    earlier = office.changes_nothing("retry", "quote-1", "--at", "2021-12-14 10:00")
    assert (earlier.code, earlier.err) == (
        2,
        (
            f"{QUOTE} may not go out before 15 Dec 2021 11:00 (UTC). Give a later time, or change its"
            " line in the campaign file and schedule.\n"
        ),
    )


def test_what_was_never_approved_waits_and_what_was_rejected_says_so(desk: Desk) -> None:
    desk.begins(RULE)
    desk.works("reject", "quote-1", "--reason", "dull", "--as", "cy")
    desk.is_at(13)
    screen = desk.works("retry", "--all", "--at", "15:00")
    assert screen.out == (
        f"{HEADLINE}  Wed 15 Dec 15:00 UTC   waits for approval\n"
        f"{QUOTE}  Wed 15 Dec 15:00 UTC   rejected: it waits for other words\n\n"
        "Next: campaign approve\n"
    )
    assert desk.states() == {HEADLINE: "draft", QUOTE: "draft"}
    desk.both_approve()
    desk.is_at(15)
    assert desk.sends(PUBLISHED) == [HEADLINE]


TIMES = {
    "soon": '"soon" is not a time. Write 14:30 for today, or 2026-12-18 14:30. UTC time.\n',
    "": '"" is not a time. Write 14:30 for today, or 2026-12-18 14:30. UTC time.\n',
    "2021-13-01 10:00": '"2021-13-01 10:00" is not a time. Write 14:30 for today, or 2026-12-18'
    " 14:30. UTC time.\n",
    "09:00": "09:00 is over in UTC. Give a later time, or leave --at out: now.\n",
}


@pytest.mark.parametrize("when", TIMES)
def test_no_time_at_all(file_office: Desk, when: str) -> None:
    file_office.is_at(10)
    file_office.sends(FAILED)
    screen = file_office.changes_nothing("retry", HEADLINE, "--at", when)
    assert (screen.code, screen.err) == (2, TIMES[when])


NOT_RETRIED = {
    "published": "is public already. Nothing was retried.\n",
    "unknown": "may be public: nobody knows yet. Look first:  campaign status. Nothing was"
    " retried.\n",
    "armed": "is being sent. Nothing was retried.\n",
    "queued": "is in the queue already and goes out at its time. Nothing was retried.\n",
    "draft": f"waits for approval:  campaign approve {HEADLINE}. Nothing was retried.\n",
}


@pytest.mark.parametrize("state", NOT_RETRIED)
def test_what_is_public_or_on_its_way_is_never_retried(file_desk: Desk, state: str) -> None:
    file_desk.begins(RULE if state == "draft" else LATE)
    if state not in {"queued", "draft"}:
        file_desk.is_at(10)
    if state == "armed":
        file_desk.arms()
    elif state in {"published", "unknown"}:
        file_desk.sends(PUBLISHED if state == "published" else UNKNOWN)
    assert file_desk.states()[HEADLINE] == state
    screen = file_desk.changes_nothing("retry", "headline")
    assert (screen.code, screen.err) == (1, f"{HEADLINE} {NOT_RETRIED[state]}")


# resolve


@pytest.fixture
def doubtful(office: Desk) -> Desk:
    """The headline was sent at ten, and nobody knows what became of it."""
    office.is_at(10)
    assert office.sends(UNKNOWN) == [HEADLINE]
    return office


def test_it_is_there(doubtful: Desk) -> None:
    status = doubtful.works("status")
    assert "UNKNOWN: it may be public." in status.out
    assert f"It is there       campaign resolve {HEADLINE} --url URL" in status.out
    assert status.last.startswith("Next: look at the network")
    (doubt,) = doubtful.told("status")["in_doubt"]
    assert (doubt["key"], doubt["part"]) == (HEADLINE, 1)

    screen = doubtful.types("resolve", HEADLINE, "--url", URL, "--as", "ann")
    assert screen.code == 0
    assert screen.out == f"{HEADLINE} is published: {URL}\n\nNext: campaign status\n"
    assert doubtful.states()[HEADLINE] == "published"
    ((key, who, facts),) = doubtful.records("resolved")
    assert (key, who, facts["url"], facts["detail"]) == (HEADLINE, "ann", URL, "found by ann")
    audit = doubtful.works("audit").out
    assert "1 post resolved by a person" in audit
    assert "found by ann at 10:00" in audit
    assert doubtful.sends(PUBLISHED) == []


def test_it_is_not_there(doubtful: Desk) -> None:
    doubtful.is_at(10, 15)
    screen = doubtful.types(
        "resolve", HEADLINE, "--absent", "--reason", "not on the page", "--as", "ann"
    )
    assert screen.code == 0
    assert screen.out == (
        f"{HEADLINE} is given up: it is not there, and is not sent again.\n\n"
        f"Next: to send it after all  campaign retry {HEADLINE}     (by another person, where two"
        " roles approve)\n"
    )
    assert doubtful.states()[HEADLINE] == "failed"
    ((key, who, facts),) = doubtful.records("resolved")
    assert (key, who) == (HEADLINE, "ann")
    assert (facts["reason"], facts["detail"]) == ("not on the page", "not there")
    assert doubtful.sends(PUBLISHED) == []


def test_it_is_not_there_and_is_sent_again_after_a_quarter_of_an_hour(doubtful: Desk) -> None:
    again = ["resolve", HEADLINE, "--absent", "--resend", "--reason", "looked", "--as", "ann"]
    early = doubtful.changes_nothing(*again)
    assert (early.code, early.err) == (
        1,
        (
            f"{HEADLINE} was sent less than 15 minutes ago and may still arrive. Look again in 15 min."
            " Nothing is sent until then. Nothing was changed.\n"
        ),
    )
    key = "SELECT idempotency_key FROM delivery WHERE state IN ('unknown', 'queued') ORDER BY id"
    (old, *_) = rows(doubtful.place, key)
    doubtful.is_at(10, 15)
    screen = doubtful.types(*again)
    assert screen.code == 0
    assert screen.out == (
        f"{HEADLINE} is in the queue once more, under a new key.\n\nNext: campaign status\n"
    )
    (new, *_) = rows(doubtful.place, key)
    assert new != old
    assert [facts["detail"] for _, _, facts in doubtful.records("resolved")] == [
        "not there; sent again"
    ]
    assert doubtful.sends(PUBLISHED) == [HEADLINE]
    with doubtful.worker() as stand:
        assert outcomes(stand.store) == ["absent", "published"]


def test_two_roles_mean_two_people(desk: Desk) -> None:
    desk.begins(RULE)
    desk.both_approve()
    desk.is_at(10)
    assert desk.sends(UNKNOWN) == [HEADLINE]
    desk.is_at(10, 20)
    assert "(--resend needs a second person and is possible now)" in desk.works("status").out
    again = ["resolve", "headline", "--absent", "--resend", "--reason", "looked", "--as"]
    alone = desk.changes_nothing(*again, "ann")
    assert alone.code == 1
    assert f"Sending {HEADLINE} again needs two people" in alone.err
    desk.works("resolve", "headline", "--absent", "--reason", "looked", "--as", "ann")
    for words in ([*again, "ann"], ["retry", "headline", "--as", "ann"]):
        screen = desk.types(*words)
        assert screen.code == 1
        assert "needs two people" in screen.err
    assert desk.works(*again, "cy").out.startswith(f"{HEADLINE} is in the queue once more")
    assert desk.sends(PUBLISHED) == [HEADLINE]


def test_status_keeps_to_the_screen_when_the_time_is_over(doubtful: Desk) -> None:
    doubtful.is_at(14)
    status = doubtful.works("status").out
    assert "(its time is over: afterwards  campaign retry --at  gives it a new one)" in status
    assert max(map(len, status.splitlines())) <= 100


def test_a_name_with_a_space_can_be_pasted_back(file_office: Desk) -> None:
    file_office.is_at(11)
    assert file_office.sends(UNKNOWN) == [HEADLINE, QUOTE]
    asked = file_office.types("resolve", "quote 1")
    assert asked.code == 2
    command = shlex.split(asked.err.splitlines()[1].replace("URL", URL))
    assert file_office.types(*command[1:]).code == 0
    assert file_office.states()[QUOTE] == "published"


SAY_FOUND = (
    "Say what you found:\n  campaign resolve headline --url URL\n"
    '  campaign resolve headline --absent --reason "…"\n'
)
RESOLVED_WRONG = {
    "headline": (2, SAY_FOUND),
    "headline --url https://a.example/1 --absent --reason x": (2, SAY_FOUND),
    "headline --absent": (2, SAY_FOUND),
    "headline --absent --reason ' '": (2, SAY_FOUND),
    "headline --resend --reason x": (2, SAY_FOUND),
    "headline --resend --url https://a.example/1": (2, SAY_FOUND),
    "headline --url ''": (2, SAY_FOUND),
    "headlin --url https://a.example/1": (
        2,
        'No post is called "headlin". Did you mean headline?\n',
    ),
    "quote-1 --absent --reason x": (
        2,
        (
            f"{QUOTE} is not in doubt, so there is nothing to resolve. What happened to it: "
            f" campaign audit show {QUOTE}\n"
        ),
    ),
    "": (2, "Missing argument 'POST'.\n\nNext: campaign resolve --help\n"),
    "headline --bogus": (2, "No such option '--bogus'.\n\nNext: campaign resolve --help\n"),
}


@pytest.mark.parametrize("words", RESOLVED_WRONG)
def test_resolved_wrongly(file_office: Desk, words: str) -> None:
    file_office.is_at(10)
    file_office.sends(UNKNOWN)
    screen = file_office.changes_nothing("resolve", *shlex.split(words))
    assert (screen.code, screen.err) == RESOLVED_WRONG[words]


@pytest.mark.parametrize(
    "url", ["example", "ftp://example.org/1", "https://", "https://a b.example/1"]
)
def test_an_address_is_an_address(file_office: Desk, url: str) -> None:
    file_office.is_at(10)
    file_office.sends(UNKNOWN)
    screen = file_office.changes_nothing("resolve", HEADLINE, "--url", url)
    assert screen.code == 2
    assert screen.err.endswith("Copy the whole address of the post.\n")


def test_several_in_doubt_are_named_one_by_one(office: Desk) -> None:
    office.is_at(12)
    assert sorted(office.sends_all(UNKNOWN)) == sorted(EVERYTHING)
    screen = office.changes_nothing("resolve", "headline", "--url", URL)
    assert (screen.code, screen.err) == (
        2,
        f'"headline" means 2 posts in doubt ({HEADLINE}, {TITRE}). Name one in full.\n',
    )
