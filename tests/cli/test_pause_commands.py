"""`pause` and `resume` as they are typed: effective at once, for exactly what was named."""

import json
import shlex

import pytest

from tests.cli.desk import HEADLINE, QUOTE, TITRE, Desk
from tests.publisher.stand import PUBLISHED

LATE = "late: {after: 3h, then: ask}"
EVERYTHING = [HEADLINE, QUOTE, TITRE]
SCOPES = {
    "--all": ("everything", ["all"], EVERYTHING),
    "--campaign test-2": ("campaign test-2", ["campaign:test-2"], [TITRE]),
    "--account outbox": ("account outbox", ["account:outbox"], [HEADLINE, QUOTE]),
    "--platform mastodon": ("platform mastodon", ["platform:mastodon"], [TITRE]),
    "--language fr": ("language fr", ["language:fr"], [TITRE]),
    "quote-1/en/outbox": ("post quote-1/en/outbox", [f"post:{QUOTE}"], [QUOTE]),
    "'quote 1'": ("post quote 1", [f"post:{QUOTE}"], [QUOTE]),
    "headline": ("post headline", [f"post:{HEADLINE}", f"post:{TITRE}"], [HEADLINE, TITRE]),
}


def two_campaigns(desk: Desk) -> Desk:
    """Two posts in English and one in French, all in time at noon."""
    desk.schedules(LATE)
    desk.schedules_french()
    return desk


@pytest.fixture
def office(desk: Desk) -> Desk:
    return two_campaigns(desk)


@pytest.fixture
def file_office(file_desk: Desk) -> Desk:
    return two_campaigns(file_desk)


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
    paused = json.loads(office.works("status", "--json").out)["paused"]
    assert [(one["scope"], one["reason"], one["person"]) for one in paused] == [
        (scope, "text under review", "ann") for scope in scopes
    ]
    assert "by ann: text under review" in office.works("status").out

    office.is_at(12)
    assert office.sends(PUBLISHED) == [key for key in EVERYTHING if key not in covered]
    assert office.sends(PUBLISHED) == []

    resumed = office.types("resume", *typed, "--reason", "reviewed", "--as", "cy")
    assert resumed.code == 0
    assert resumed.out == (
        f"Resumed: {told}. What is overdue follows the rule for late posts.\n\n"
        "Next: campaign status\n"
    )
    facts = {"person": "cy", "reason": "reviewed"}
    assert office.records("resumed") == [(scope, "cy", facts) for scope in scopes]
    assert json.loads(office.works("status", "--json").out)["paused"] == []
    assert office.sends(PUBLISHED) == covered
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
    desk.schedules("late: {after: 1h, then: skip}")
    desk.works("pause", "--all")
    desk.is_at(14)
    desk.works("resume", "--all")
    assert desk.sends(PUBLISHED) == []
    assert desk.states() == {HEADLINE: "skipped", QUOTE: "skipped"}


def test_one_of_two_pauses_is_lifted_and_the_other_is_told(office: Desk) -> None:
    office.works("pause", "--language", "fr", "--reason", "translation")
    office.works("pause", "--all")
    office.is_at(12)
    screen = office.types("resume", "--all")
    assert screen.code == 0
    assert screen.out == (
        "Resumed: everything. What is overdue follows the rule for late posts.\n"
        "Still paused: language fr.\n\n"
        "Next: campaign status     and for the rest  campaign resume --language fr\n"
    )
    assert office.sends(PUBLISHED) == [HEADLINE, QUOTE]


def test_a_pause_that_is_not_there_is_not_lifted(office: Desk) -> None:
    office.works("pause", "--language", "fr")
    before = office.dump()
    screen = office.types("resume", "--all")
    assert screen.code == 0
    assert screen.out == (
        "There was no pause of everything, so nothing is different now.\n"
        "Still paused: language fr.\n\n"
        "Next: campaign status     and for the rest  campaign resume --language fr\n"
    )
    assert office.dump() == before


def test_a_second_pause_of_the_same_keeps_it_paused(office: Desk) -> None:
    office.works("pause", "--all", "--reason", "earthquake", "--as", "ann")
    office.works("pause", "--all", "--as", "cy")
    assert [who for _, who, _ in office.records("paused")] == ["ann", "cy"]
    office.works("resume", "--all")
    assert json.loads(office.works("status", "--json").out)["paused"] == []


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


SAY_WHAT = (
    "Say what: --all, --campaign, --account, --platform, --language, or one POST."
    " For example:  campaign {verb} --all\n"
)
WRONG = {
    "": SAY_WHAT,
    "--all --account outbox": SAY_WHAT,
    "--language fr headline": SAY_WHAT,
    "--account outbx": 'No account here is called "outbx". Did you mean outbox? There are: outbox,'
    " toots.\n",
    "--platform twitter": 'No platform here is called "twitter". There are: mastodon, outbox.\n',
    "--language FR": 'No language here is called "FR". Did you mean fr? There are: en, fr.\n',
    "--campaign test-3": 'No campaign here is called "test-3". Did you mean test-2? There are:'
    " test-1, test-2.\n",
    "thanks": 'No post is called "thanks". See them: campaign status --all\n',
    "qoute-1": 'No post is called "qoute-1". Did you mean quote-1?\n',
    "outbox": '"outbox" means 2 posts, and is an account:  campaign {verb} --account outbox\n',
    "fr": '"fr" means 1 post, and is a language:  campaign {verb} --language fr\n',
    "--bogus": "No such option '--bogus'.\n\nNext: campaign {verb} --help\n",
    "headline quote-1": "Got unexpected extra argument (quote-1)\n\nNext: campaign {verb} --help\n",
}


@pytest.mark.parametrize("verb", ["pause", "resume"])
@pytest.mark.parametrize("words", WRONG)
def test_a_pause_of_nothing_is_an_error(file_office: Desk, verb: str, words: str) -> None:
    before = file_office.dump()
    screen = file_office.types(verb, *shlex.split(words))
    assert (screen.code, screen.out) == (2, "")
    assert screen.err == WRONG[words].format(verb=verb)
    assert file_office.dump() == before


def test_a_reason_is_one_line_and_steers_no_terminal(file_office: Desk) -> None:
    file_office.works("pause", "--all", "--reason", "fire\n\x1b[2J in\tthe house \udcff ")
    ((_, _, facts),) = file_office.records("paused")
    assert facts["reason"] == "fire [2J in the house ?"
    assert "\x1b" not in file_office.works("status").out
