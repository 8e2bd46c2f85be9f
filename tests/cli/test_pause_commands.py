"""`pause` and `resume` as they are typed: effective at once, for exactly what was named."""

import shlex

import pytest

from tests.cli.desk import EVERYTHING, HEADLINE, NO_SCOPE, QUOTE, SAY_WHAT, SCOPES, Desk
from tests.publisher.stand import PUBLISHED


@pytest.mark.parametrize("words", SCOPES)
def test_each_scope_stops_what_it_covers_and_nothing_else(office: Desk, words: str) -> None:
    told, scopes, covered = SCOPES[words]
    typed = shlex.split(words)
    screen = office.types("pause", *typed, "--reason", "text under review", "--as", "ann")
    assert screen.code == 0
    of_it = "Nothing" if words == "--all" else "Nothing of it"
    assert screen.out == (
        f"Paused: {told}. {of_it} is sent from now on.\n\n"
        f"Next: campaign status     and to go on  campaign resume {words}\n"
    )
    facts = {"person": "ann", "reason": "text under review"}
    assert office.records("paused") == [(scope, "ann", facts) for scope in scopes]
    paused = office.told("status")["paused"]
    assert [(one["scope"], one["reason"], one["person"]) for one in paused] == [
        (scope, "text under review", "ann") for scope in scopes
    ]
    assert "by ann: text under review" in office.works("status").out

    office.is_at(12)
    assert sorted(office.sends_all(PUBLISHED)) == sorted(set(EVERYTHING) - set(covered))

    resumed = office.types("resume", *typed, "--reason", "reviewed", "--as", "cy")
    assert resumed.code == 0
    assert resumed.out == (
        f"Resumed: {told}. What is overdue follows the rule for late posts.\n\n"
        "Next: campaign status\n"
    )
    facts = {"person": "cy", "reason": "reviewed"}
    assert office.records("resumed") == [(scope, "cy", facts) for scope in scopes]
    assert office.told("status")["paused"] == []
    assert sorted(office.sends_all(PUBLISHED)) == sorted(covered)
    assert office.states() == dict.fromkeys(EVERYTHING, "published")


def test_resume_floods_nothing(office: Desk) -> None:
    """After eight hours nothing that was due goes out by itself: a person is asked."""
    office.works("pause", "--all")
    office.is_at(18)
    screen = office.works("resume", "--all")
    assert "What is overdue follows the rule for late posts." in screen.out
    assert office.sends(PUBLISHED) == []
    assert office.states() == dict.fromkeys(EVERYTHING, "draft")
    assert " ".join(office.works("status").out.split()).count("needs a new time") == 3


def test_what_is_paused_is_skipped_after_its_time_where_the_file_says_so(desk: Desk) -> None:
    desk.begins("late: {after: 1h, then: skip}")
    desk.works("pause", "--all")
    desk.is_at(14)
    desk.works("resume", "--all")
    assert desk.sends(PUBLISHED) == []
    assert desk.states() == {HEADLINE: "skipped", QUOTE: "skipped"}


FRENCH_STAYS = (
    "Still paused: language fr.\n\n"
    "Next: campaign status     and for the rest  campaign resume --language fr\n"
)


def test_one_of_two_pauses_is_lifted_and_the_other_is_told(office: Desk) -> None:
    office.works("pause", "--language", "fr", "--reason", "translation")
    office.works("pause", "--all")
    office.is_at(12)
    screen = office.types("resume", "--all")
    assert screen.code == 0
    assert screen.out == (
        "Resumed: everything. What is overdue follows the rule for late posts.\n" + FRENCH_STAYS
    )
    assert office.sends_all(PUBLISHED) == [HEADLINE, QUOTE]


def test_a_pause_that_is_not_there_is_not_lifted(office: Desk) -> None:
    office.works("pause", "--language", "fr")
    screen = office.changes_nothing("resume", "--all")
    assert screen.code == 0
    assert screen.out == (
        "There was no pause of everything, so nothing is different now.\n" + FRENCH_STAYS
    )


def test_a_second_pause_of_the_same_keeps_it_paused(office: Desk) -> None:
    office.works("pause", "--all", "--reason", "earthquake", "--as", "ann")
    office.works("pause", "--all", "--as", "cy")
    office.works("pause", "--all", "--reason", "a mourning", "--as", "cy")
    assert [who for _, who, _ in office.records("paused")] == ["ann", "cy", "cy"]
    (pause,) = office.told("status")["paused"]  # who resumes reads every reason
    assert (pause["person"], pause["reason"]) == ("ann and cy", "earthquake; a mourning")
    office.works("resume", "--all")
    assert office.told("status")["paused"] == []
    office.works("pause", "--all", "--as", "cy")
    (pause,) = office.told("status")["paused"]
    assert (pause["person"], pause["reason"]) == ("cy", None)


def test_a_second_pause_without_a_reason_keeps_the_first_ones(file_office: Desk) -> None:
    file_office.works("pause", "--all", "--reason", "Elections")
    file_office.works("pause", "--all")
    assert "Elections" in file_office.works("status").out
    file_office.works("resume", "--all")
    file_office.works("pause", "--all")
    assert "Elections" not in file_office.works("status").out


def test_what_was_on_its_way_is_named_and_only_that(office: Desk) -> None:
    office.person.patch.setattr("campaign.operations.control.GUARD_SECONDS", 0.01)
    office.is_at(10)
    assert office.arms() == [HEADLINE]
    french = office.works("pause", "--language", "fr")
    assert "on their way" not in french.out
    screen = office.works("pause", "--all")
    assert f"Already on their way before: {HEADLINE}.\n" in screen.out


def test_a_pause_never_asks(file_office: Desk) -> None:
    """In an emergency, in a script, over a bad line: one line, and it is so."""
    screen = file_office.types("pause", "--all")
    assert screen.code == 0
    assert "[y/N]" not in screen.out
    file_office.is_at(12)
    assert file_office.sends(PUBLISHED) == []


WRONG = NO_SCOPE | {
    "--language fr headline": SAY_WHAT,
    "--account nobody": 'No account here is called "nobody". There are: outbox, toots.\n',
    "--platform twitter": 'No platform here is called "twitter". There are: mastodon, outbox.\n',
    "--language FR": 'No language here is called "FR". Did you mean fr? There are: en, fr.\n',
    "--campaign test-3": 'No campaign here is called "test-3". Did you mean test-2? There are:'
    " test-1, test-2.\n",
    "thanks": 'No post is called "thanks". See them: campaign status --all\n',
    "qoute-1": 'No post is called "qoute-1". Did you mean quote-1?\n',
    "outbox": '"outbox" means 2 posts, and is an account:  campaign {verb} --account outbox\n',
    "fr": '"fr" means 1 post, and is a language:  campaign {verb} --language fr\n',
}


@pytest.mark.parametrize("verb", ["pause", "resume"])
@pytest.mark.parametrize("words", WRONG)
def test_a_pause_of_nothing_is_an_error(file_office: Desk, verb: str, words: str) -> None:
    screen = file_office.changes_nothing(verb, *shlex.split(words))
    assert (screen.code, screen.out) == (2, "")
    assert screen.err == WRONG[words].format(verb=verb, example="--all")


def test_a_reason_is_one_line_and_steers_no_terminal(file_office: Desk) -> None:
    file_office.works("pause", "--all", "--reason", "fire\n\x1b[2J in\tthe house \udcff ")
    ((_, _, facts),) = file_office.records("paused")
    assert facts["reason"] == "fire [2J in the house ?"
    assert "\x1b" not in file_office.works("status").out
