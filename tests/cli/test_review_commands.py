"""`approve`, `reject` and `revoke` as they are typed: on words shown, in a role, on record."""

import re
from datetime import timedelta

import pytest

from tests.books import rows
from tests.cli.conftest import RULE
from tests.cli.desk import HEADLINE, QUOTE, USUAL, Desk
from tests.publisher.stand import PUBLISHED

BEFORE = RULE.replace("legal]}", "legal], before: 2 hours}")
BOTH = {HEADLINE: "draft", QUOTE: "draft"}


@pytest.fixture
def office(desk: Desk) -> Desk:
    """Two posts that wait for comms (ann or ben) and legal (cy), until two hours before."""
    return desk.begins(BEFORE)


@pytest.fixture
def file_office(file_desk: Desk) -> Desk:
    return file_desk.begins(BEFORE)


def shown_to(desk: Desk, person: str, *words: str) -> str:
    """The hash that a script is told."""
    screen = desk.types("approve", *words, "--as", person)
    assert screen.code == 2
    return screen.err.split("--hash ")[1].split()[0]


# approve


def test_two_people_approve_and_it_is_queued(office: Desk) -> None:
    first = office.types("approve", "--as", "ann", answers=["y"])
    assert first.code == 0
    assert first.out.startswith("2 posts wait for comms (ann or ben) and legal (cy)\n\nheadline · ")
    assert "  │ International Migration Needs More Than Just Collective Attention" in first.out
    assert "  waiting for comms and legal, by Wed 15 Dec 08:00\n" in first.out
    assert "Approved: 2 posts.\nStill waiting for legal (cy): 2 posts.\n" in first.out
    assert first.last == "Next: they run  campaign approve"
    assert office.states() == BOTH

    second = office.types("approve", "--as", "cy", answers=["y"])
    assert "  approved by ann (comms); waiting for legal, by Wed 15 Dec 08:00\n" in second.out
    assert second.out.endswith(
        "Approved: 2 posts.\n\nNext: campaign run     (or, if it runs already,  campaign status)\n"
    )
    assert office.states() == {HEADLINE: "queued", QUOTE: "queued"}
    said = [(key, who, facts["role"]) for key, who, facts in office.records("approved")]
    assert said == [
        (HEADLINE, "ann", "comms"), (QUOTE, "ann", "comms"),
        (HEADLINE, "cy", "legal"), (QUOTE, "cy", "legal"),
    ]  # fmt: skip
    assert all(facts["identity"] == "claimed" for _, _, facts in office.records("approved"))
    assert office.works("audit", "verify").out.count("chain intact") == 1


def test_no_changes_nothing(office: Desk) -> None:
    for answers in (["n"], [""], []):
        screen = office.changes_nothing("approve", "--as", "ann", answers=answers)
        assert (screen.code, screen.err) == (1, "Nothing was approved.\n")
        assert "Approve these 2 posts as ann? [y/N]: " in screen.out


def test_a_pipe_is_not_asked_and_approves_nothing(office: Desk) -> None:
    screen = office.changes_nothing("approve", "headline", "--as", "ann")
    assert screen.code == 2
    assert "Nobody is here to be asked, so nothing was approved." in screen.err
    command = screen.last.removeprefix("Next: ")
    assert re.fullmatch("campaign approve headline --as ann --hash [0-9a-f]{12}", command)
    assert office.types(*command.split()[1:]).code == 0  # the command that it gives to paste
    assert [key for key, _, _ in office.records("approved")] == [HEADLINE]


def test_hash_of_other_words_is_refused(office: Desk) -> None:
    shown = shown_to(office, "ann", "headline")
    office.schedules(BEFORE + "\nhashtags: [MigrantsDay]")
    screen = office.changes_nothing("approve", "headline", "--as", "ann", "--hash", shown)
    assert screen.code == 1
    assert screen.err.startswith("The words have changed since they were shown")
    assert "nothing was approved" in screen.err


def test_hash_of_fewer_posts_is_refused(file_office: Desk) -> None:
    shown = shown_to(file_office, "ann", "headline")
    assert file_office.changes_nothing("approve", "--as", "ann", "--hash", shown).code == 1


@pytest.mark.parametrize("verb", ["approve", "reject", "revoke"])
def test_unknown_post_names_the_nearest(file_office: Desk, verb: str) -> None:
    why = [] if verb == "approve" else ["--reason", "why"]
    screen = file_office.changes_nothing(verb, "headlin", "--as", "ann", *why, answers=["y"])
    assert (screen.code, screen.out) == (2, "")
    assert screen.err == 'No post is called "headlin". Did you mean headline?\n'


@pytest.mark.parametrize("verb", ["approve", "reject"])
def test_a_stranger_is_refused_and_told_who_may(file_office: Desk, verb: str) -> None:
    why = [] if verb == "approve" else ["--reason", "why"]
    screen = file_office.changes_nothing(verb, "headline", "--as", "eve", *why, answers=["y"])
    assert screen.code == 2
    assert screen.err == (
        f"eve may not {verb} {HEADLINE}. Its campaign names comms: ann, ben; legal: cy."
        " If you are one of them, say so: --as NAME\n"
    )


@pytest.mark.parametrize("verb", ["approve", "reject", "revoke", "pause", "cancel", "retry"])
@pytest.mark.parametrize("name", ["", "  ", "ann\nben", "\x1b[31mann"])
def test_a_name_is_a_name(file_office: Desk, verb: str, name: str) -> None:
    screen = file_office.changes_nothing(
        verb, "headline", "--as", name, "--reason", "why", answers=["y"]
    )
    assert screen.code == 2
    assert screen.err == "Whose name is that? Say yours in one line: --as NAME\n"


WRONG = [
    (["approve", "--urgent"], 'Say why it is urgent: --urgent --reason "…"'),
    (["approve", "--urgent", "--reason", " "], 'Say why it is urgent: --urgent --reason "…"'),
    (["approve", "--bogus"], "Next: campaign approve --help"),
    (["reject", "headline"], 'Next: campaign reject headline --reason "…"'),
    (["reject", "headline", "--as", "b"], 'Next: campaign reject headline --as b --reason "…"'),
    (["reject", "headline", "--reason", " "], 'Next: campaign reject headline --reason "…"'),
    (["reject"], "Next: campaign reject --help"),
    (["revoke"], "Next: campaign revoke --help"),
]


@pytest.mark.parametrize(("words", "last"), WRONG)
def test_wrong_usage(file_office: Desk, words: list[str], last: str) -> None:
    screen = file_office.changes_nothing(*words, answers=["y"])
    assert (screen.code, screen.last) == (2, last)


def test_the_second_yes_of_a_role_says_that_nothing_waits(file_office: Desk) -> None:
    file_office.approves("ann")
    screen = file_office.changes_nothing("approve", "--as", "ben", answers=["y"])
    assert screen.code == 0
    assert screen.out == (
        "Nothing waits for ben. 2 posts still to be approved by legal (cy).\n"
        "\nNext: campaign status\n"
    )


def test_an_edit_voids_exactly_its_own_and_a_move_keeps(office: Desk) -> None:
    office.both_approve()
    moved = ("D 10:00 headline", "D 11:30 quote 1")
    short = '\nshort: {quote 1: "more limited income security"}'
    plan = office.schedules(BEFORE, moved)
    assert "was Wed 15 Dec 11:00; approval kept" in plan.out
    assert office.states() == {HEADLINE: "queued", QUOTE: "queued"}
    own = '\nmessages: {thanks: {text: "Thank you."}}'
    office.schedules(BEFORE + own, (*moved, "D 12:00 thanks"))
    better = own.replace("Thank you.", "Thank you all.")
    office.both_approve()
    plan = office.schedules(BEFORE + better + short, (*moved, "D 12:00 thanks"))
    assert "1 post loses its approval (ann, cy) and needs a new one." in plan.out
    assert office.states() == {
        HEADLINE: "queued", QUOTE: "queued", "test-1/thanks/en/outbox": "draft",
    }  # fmt: skip


# the deadline


def test_after_the_deadline_only_urgent(office: Desk) -> None:
    office.approves("cy")
    office.is_at(8, 1)
    status = office.works("status").out
    assert "for comms, overdue since Wed 15 Dec 08:00: --urgent" in status
    unasked = office.changes_nothing("approve", "--as", "ann", answers=["n"])
    assert unasked.out.startswith("1 post waits for comms (ann or ben)\n\nquote 1 · ")
    assert "1 post had to be approved earlier, by Wed 15 Dec 08:00 UTC." in unasked.out
    named = office.changes_nothing("approve", "headline", "--as", "ann", answers=["y"])
    assert named.code == 1
    assert "[y/N]" not in named.out
    command = 'campaign approve headline --urgent --reason "…"'
    assert named.err.endswith(
        f"If it has to go out all the same:  {command}\nNothing was approved.\n"
    )

    why = "the spokesperson was travelling"
    urgent = ["approve", "headline", "--urgent", "--reason", why, "--as", "ann"]
    screen = office.works(*urgent, answers=["y"])
    assert "Approved: 1 post." in screen.out
    assert office.states() == {HEADLINE: "queued", QUOTE: "draft"}
    (_, _, facts) = office.records("approved")[-1]
    assert (facts["urgent"], facts["reason"], facts["role"]) == (True, why, "comms")
    shown = office.works("audit", "show", "headline").out
    assert f"role comms, reason {why}, urgent" in shown
    office.is_at(10)
    assert office.sends(PUBLISHED) == [HEADLINE]


def test_urgent_before_the_deadline_is_not_marked_as_urgent(file_office: Desk) -> None:
    file_office.approves("cy", "--urgent", "--reason", "sure is sure")
    assert all("urgent" not in facts for _, _, facts in file_office.records("approved"))


def test_urgent_is_for_the_same_people(file_office: Desk) -> None:
    file_office.is_at(8, 1)
    urgent = ["approve", "headline", "--urgent", "--reason", "why", "--as", "eve"]
    assert file_office.changes_nothing(*urgent, answers=["y"]).code == 2


def test_approved_late_it_goes_while_its_window_is_open(office: Desk) -> None:
    office.approves("cy")
    office.is_at(10, 59)
    office.approves("ann", "headline", "--urgent", "--reason", "late")
    assert office.sends(PUBLISHED) == [HEADLINE]


def test_after_its_window_never_and_it_wants_a_new_time(office: Desk) -> None:
    office.approves("cy")
    office.is_at(11, 1)
    shown = "0123456789ab"
    for how in ([], ["--urgent", "--reason", "late"], ["--hash", shown]):
        screen = office.changes_nothing("approve", "headline", "--as", "ann", *how, answers=["y"])
        assert screen.code == 1
        assert "[y/N]" not in screen.out
        assert "1 post was not approved in time, for Wed 15 Dec 10:00 UTC." in screen.err
        assert "campaign retry headline --at WHEN" in screen.last
        assert "Nothing was approved." in screen.err
    assert "not approved in time; needs a new time" in office.works("status").out
    assert office.sends(PUBLISHED) == []

    given = office.works("retry", "headline", "--at", "15:00", "--as", "ann")
    assert f"{HEADLINE}  Wed 15 Dec 15:00 UTC   waits for approval" in given.out
    assert given.last == "Next: campaign approve headline"
    office.approves("ann", "headline")
    assert office.states()[HEADLINE] == "queued"
    office.is_at(15)
    assert office.sends(PUBLISHED) == [HEADLINE]


def test_what_is_too_late_does_not_stop_the_rest(file_office: Desk) -> None:
    file_office.is_at(11, 1)
    screen = file_office.types(
        "approve", "--as", "ann", "--urgent", "--reason", "late", answers=["y"]
    )
    assert screen.code == 0
    assert "1 post was not approved in time, for Wed 15 Dec 10:00 UTC." in screen.out
    assert [key for key, _, _ in file_office.records("approved")] == [QUOTE]


def thinks(desk: Desk, minutes_after_eight: int) -> None:
    """Whoever is asked says yes, but only then."""

    def slowly(question: str, _refused: str) -> None:
        assert question.startswith("Approve ")
        desk.is_at(8 + minutes_after_eight // 60, minutes_after_eight % 60)

    desk.person.patch.setattr("campaign.cli.review.confirm", slowly)


@pytest.mark.parametrize(
    ("minutes", "says"),
    [(1, "had to be approved by Wed 15 Dec 08:00"), (181, f"The time of {HEADLINE} has passed.")],
)
def test_a_yes_that_comes_too_late_is_none(file_office: Desk, minutes: int, says: str) -> None:
    thinks(file_office, minutes)
    screen = file_office.changes_nothing("approve", "headline", "--as", "ann", answers=[])
    assert screen.code == 1
    assert says in screen.err
    assert "Nothing was approved." in screen.err


def test_words_that_change_while_somebody_reads_are_not_approved(file_office: Desk) -> None:
    def meanwhile(_question: str, _refused: str) -> None:
        file_office.schedules(BEFORE + "\nhashtags: [MigrantsDay]")

    file_office.person.patch.setattr("campaign.cli.review.confirm", meanwhile)
    screen = file_office.types("approve", "headline", "--as", "ann", answers=[])
    assert screen.code == 1
    assert "The words have changed since they were shown" in screen.err
    assert file_office.records("approved") == []


def test_a_new_rule_that_touches_no_approval_says_nothing_of_any(file_office: Desk) -> None:
    screen = file_office.schedules(BEFORE.replace("[ann, ben]", "[ben]"))
    assert "~ people who " in screen.out
    assert "lose their approval" not in screen.out


def test_who_has_left_the_role_has_not_approved(file_office: Desk) -> None:
    file_office.both_approve()
    screen = file_office.schedules(BEFORE.replace("[ann, ben]", "[ben]"))
    assert "2 posts lose their approval, 0 keep it" in screen.out
    assert file_office.states() == BOTH
    assert "for comms, by" in file_office.works("status").out
    file_office.approves("ben")
    assert file_office.states() == {HEADLINE: "queued", QUOTE: "queued"}


# reject


def test_rejected_it_does_not_go_out(office: Desk) -> None:
    office.both_approve()
    screen = office.types("reject", "headline", "--reason", "the figure is old", "--as", "cy")
    assert screen.code == 0
    assert screen.out == (
        "Rejected: 1 post. It does not go out until its words change.\n\n"
        "Next: mend the words, then  campaign schedule      see it  campaign status\n"
    )
    assert office.states() == {HEADLINE: "draft", QUOTE: "queued"}
    assert office.records("rejected") == [
        (
            HEADLINE,
            "cy",
            {"identity": "claimed", "person": "cy", "reason": "the figure is old", "role": "legal"},
        )
    ]
    assert "by cy (legal): the figure is old" in office.works("status").out
    (post, _) = office.told("status")["campaigns"][0]["posts"]
    assert (post["rejected_by"], post["reason"], post["waits_for"]) == (
        "cy", "the figure is old", ["comms", "legal"],
    )  # fmt: skip
    unasked = office.types("approve", "--as", "ann", answers=["y"])
    assert "Nothing waits for ann." in unasked.out
    assert "1 post was rejected: its words have to change" in unasked.out
    assert "campaign approve test-1/headline/en/outbox" in unasked.out
    office.is_at(11)
    assert office.sends(PUBLISHED) == [QUOTE]


def test_what_is_rejected_and_too_late_is_told_once(office: Desk) -> None:
    office.works("reject", "headline", "--reason", "old", "--as", "cy")
    office.is_at(11, 1)
    status = office.works("status").out
    assert status.count("headline · outbox") == 1
    assert "by cy (legal): old" in status


def test_schedule_does_not_ask_for_a_yes_to_what_was_rejected(file_office: Desk) -> None:
    file_office.works("reject", "headline", "--reason", "old", "--as", "cy")
    screen = file_office.schedules(BEFORE, ("D 10:00 headline", "D 11:30 quote 1"))
    assert "Waiting for approval: 1 post, by Wed 15 Dec 09:30 UTC." in screen.out


def test_other_words_after_a_no_are_asked_for_anew(office: Desk) -> None:
    office.works("reject", "headline", "--reason", "no hashtag", "--as", "cy")
    office.schedules(BEFORE + "\nhashtags: [MigrantsDay]")
    office.both_approve("headline")
    assert office.states()[HEADLINE] == "queued"


def test_the_same_role_lifts_its_no_and_nobody_else(office: Desk) -> None:
    office.works("reject", "headline", "--reason", "wait", "--as", "cy")
    office.approves("ann", "headline")
    assert office.states()[HEADLINE] == "draft"
    screen = office.approves("cy", "headline")
    assert "  rejected by cy (legal): wait\n" in screen
    assert office.states()[HEADLINE] == "queued"


def test_two_noes_are_lifted_by_the_two_roles_that_said_them(office: Desk) -> None:
    office.works("reject", "headline", "--reason", "old", "--as", "cy")
    office.works("reject", "headline", "--reason", "dull", "--as", "ann")
    shown = office.approves("cy", "headline")
    assert "  rejected by cy (legal): old\n  rejected by ann (comms): dull\n" in shown
    assert office.states()[HEADLINE] == "draft"
    shown = office.approves("ben", "headline")
    assert "rejected by cy" not in shown
    assert office.states()[HEADLINE] == "queued"


def test_a_no_after_it_was_sent_is_too_late_and_says_so(office: Desk) -> None:
    office.both_approve()
    office.is_at(10)
    assert office.sends(PUBLISHED) == [HEADLINE]
    screen = office.works("reject", "outbox", "--reason", "stop", "--as", "cy")
    assert screen.out.startswith("Rejected: 1 post.")
    assert f"Public already, too late to stop: {HEADLINE}." in screen.out
    assert [key for key, _, _ in office.records("rejected")] == [QUOTE]
    alone = office.changes_nothing("reject", "headline", "--reason", "stop", "--as", "cy")
    assert alone.code == 1
    assert alone.err == f"Nothing was rejected. Public already, too late to stop: {HEADLINE}.\n"


@pytest.mark.parametrize("verb", ["reject", "revoke"])
def test_a_no_while_it_is_being_sent_counts_and_says_so(office: Desk, verb: str) -> None:
    office.both_approve()
    office.is_at(10)
    assert office.arms() == [HEADLINE]
    screen = office.works(verb, "headline", "--reason", "stop", "--as", "cy")
    done = "Rejected: 1 post." if verb == "reject" else "Taken back: your approval of 1 post."
    assert screen.out.startswith(
        f"{done}\nOn the way already, and held if it comes back unsent: {HEADLINE}.\n"
    )
    assert "Waiting for" not in screen.out
    assert [key for key, _, _ in office.records(f"{verb.removesuffix('e')}ed")] == [HEADLINE]


def begun_thread(desk: Desk) -> str:
    """The first part of a thread of two is public, the second waits."""
    desk.writes(BEFORE, USUAL[1:])
    text = (desk.person.folder / "campaign.yaml").read_text("utf-8")
    on_x = text.replace("outbox: {handle: press-office}", "un-x: {platform: x, handle: UN}")
    desk.person.writes("campaign.yaml", on_x)
    desk.works("schedule", "--yes")
    desk.both_approve()
    desk.is_at(11)
    (key,) = desk.sends(PUBLISHED)
    return key


def approved_by(desk: Desk) -> list[list[str]]:
    return [part["approved_by"] for part in desk.told("audit")]


@pytest.mark.parametrize("verb", ["reject", "revoke"])
def test_what_went_out_stays_approved_by_whom_it_was(desk: Desk, verb: str) -> None:
    """The rest of a thread is stopped; the proof of what is public says what was so."""
    begun_thread(desk)
    assert approved_by(desk) == [["ann", "cy"]] * 2
    desk.clock.pass_time(timedelta(seconds=10))
    desk.works(verb, "quote-1", "--as", "cy", "--reason", "the speaker is wrong")
    left: list[str] = [] if verb == "reject" else ["ann"]
    assert approved_by(desk) == [["ann", "cy"], left]
    assert desk.sends(PUBLISHED) == []
    assert "ann, cy" in desk.works("audit").out


def test_a_begun_thread_can_be_finished_after_its_window(desk: Desk) -> None:
    """Its time is that of its first part: no new one could be given to it."""
    key = begun_thread(desk)
    desk.works("reject", "quote-1", "--as", "cy", "--reason", "wait")
    desk.is_at(13)
    assert "rejected" in desk.works("status").out
    assert "needs a new time" not in desk.works("status").out
    desk.approves("ann", "quote-1", "--urgent", "--reason", "half of it is public")
    assert desk.sends(PUBLISHED) == []
    assert "for legal, overdue since" not in desk.works("status").out  # legal has said no
    desk.approves("cy", "quote-1", "--urgent", "--reason", "half of it is public")
    assert desk.sends(PUBLISHED) == [key]


def test_a_yes_taken_back_from_a_begun_thread_can_be_given_again(desk: Desk) -> None:
    key = begun_thread(desk)
    desk.works("revoke", "quote-1", "--as", "cy")
    desk.is_at(13)
    status = desk.works("status").out
    assert "for legal, overdue since" in status
    assert "needs a new time" not in status
    again = desk.types("retry", "quote-1")
    assert (again.code, again.err) == (
        1,
        f"{key} waits for approval:  campaign approve {key}. Nothing was retried.\n",
    )
    desk.approves("cy", "quote-1", "--urgent", "--reason", "half of it is public")
    assert desk.sends(PUBLISHED) == [key]


def test_a_no_to_a_begun_thread_says_that_it_has_begun(desk: Desk) -> None:
    key = begun_thread(desk)
    screen = desk.works("reject", "quote-1", "--as", "cy", "--reason", "wait")
    assert screen.out == (
        "Rejected: 1 post.\n"
        f"Begun already, so only the rest of it is stopped: {key}.\n\n"
        "Next: campaign status\n"
    )


def test_a_yes_after_the_first_part_is_for_the_rest(desk: Desk) -> None:
    key = begun_thread(desk)
    desk.clock.pass_time(timedelta(seconds=10))
    desk.works("reject", key, "--as", "cy", "--reason", "wait")
    for person in ("ben", "cy"):
        desk.approves(person, key, "--urgent", "--reason", "it was right")
    assert approved_by(desk) == [["ann", "cy"], ["ben", "cy"]]
    assert desk.sends(PUBLISHED) == [key]
    assert approved_by(desk) == [["ann", "cy"], ["ben", "cy"]]


# revoke


def test_a_yes_is_taken_back(office: Desk) -> None:
    office.both_approve()
    screen = office.types("revoke", "headline", "--as", "ann", "--reason", "second thoughts")
    assert screen.code == 0
    assert screen.out == (
        "Taken back: your approval of 1 post.\nWaiting for comms (ann or ben) again: 1 post.\n"
        "\nNext: campaign status\n"
    )
    assert office.states() == {HEADLINE: "draft", QUOTE: "queued"}
    (record,) = office.records("revoked")
    assert record == (
        HEADLINE, "ann", {"person": "ann", "reason": "second thoughts", "role": "comms"},
    )  # fmt: skip
    assert "for comms, by Wed 15 Dec 08:00" in office.works("status").out
    office.approves("ben", "headline")
    assert office.states()[HEADLINE] == "queued"


def test_who_said_no_yes_has_none_to_take_back(file_office: Desk) -> None:
    file_office.approves("ann")
    for person in ("cy", "eve"):
        screen = file_office.changes_nothing("revoke", "headline", "--as", person)
        assert screen.code == 2
        assert (
            f"{person} has approved none of these posts, so nothing was taken back." in screen.err
        )
        assert screen.err.endswith('To stop them:  campaign reject headline --reason "…"\n')


def test_a_yes_taken_back_after_it_was_sent_changes_nothing(office: Desk) -> None:
    office.both_approve()
    office.is_at(10)
    office.sends(PUBLISHED)
    screen = office.changes_nothing("revoke", "headline", "--as", "ann")
    assert screen.code == 1
    assert screen.err == (
        f"Nothing was taken back. Public already, too late to stop: {HEADLINE}.\n"
    )


# whom it waits for


def test_status_says_who_is_waited_for(office: Desk) -> None:
    def posts() -> list[list[str]]:
        told = office.told("status")
        return [post["waits_for"] for post in told["campaigns"][0]["posts"]]

    assert (
        "first of 2 posts  for comms and legal, by Wed 15 Dec 08:00" in office.works("status").out
    )
    assert posts() == [["comms", "legal"]] * 2
    office.approves("ben", "headline")
    assert "first of 2 posts  for comms and legal, by" in office.works("status").out
    assert posts() == [["legal"], ["comms", "legal"]]
    office.approves("ben")
    assert "first of 2 posts  for legal, by Wed 15 Dec 08:00" in office.works("status").out
    office.approves("cy")
    assert " for legal" not in office.works("status").out
    assert posts() == [[], []]


def test_without_a_rule_whoever_schedules_approves_and_the_audit_says_so(desk: Desk) -> None:
    desk.begins()
    assert desk.states() == {HEADLINE: "queued", QUOTE: "queued"}
    assert [(who, facts["role"]) for _, who, facts in desk.records("approved")] == [
        ("zed", "scheduler")
    ] * 2
    screen = desk.types("approve", answers=["y"])
    assert (screen.code, screen.out) == (
        0,
        "Nothing waits for approval.\n\nNext: campaign status\n",
    )
    assert len(rows(desk.place, "SELECT * FROM approval")) == 2
