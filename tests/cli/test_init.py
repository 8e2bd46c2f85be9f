"""`init`: what is asked, what is understood, and that what it writes always loads."""

from pathlib import Path

import pytest

from campaign.operations.draft import draft
from tests.cli.conftest import STATEMENT, Person, snapshot

CALLS = [f"- Support plan number {n} of the communities.\n" for n in range(1, 13)]
FLAGS = [
    "init", "mine", "--statement", str(STATEMENT), "--day", "international-migrants-day 2035",
    "--timezone", "Europe/Zurich", "--account", "outbox=press-office",
]  # fmt: skip


def test_flags_need_no_questions(person: Person) -> None:
    screen = person.types(*FLAGS)
    assert screen.code == 0
    assert screen.out.startswith("statement.en.md: a headline, 7 recommendations, 1 fact and 2")
    assert screen.last == "Next: cd mine && campaign check"
    drafted = draft(person.folder / "mine/campaign.yaml")
    assert drafted.campaign.id == "imd-2035"
    assert drafted.campaign.title == "International Migrants Day 2035"
    assert len(drafted.planned) == 12


def test_what_it_writes_passes_check(person: Person) -> None:
    person.types(*FLAGS)
    screen = person.types("check", "mine/campaign.yaml")
    assert screen.code == 0
    assert "no problems, 1 to decide" in screen.out  # the links that lead nowhere


def test_language_comes_from_the_name_or_is_asked_once(person: Person) -> None:
    (person.folder / "call.md").write_text(STATEMENT.read_text("utf-8"), "utf-8")
    flags = [flag if flag != str(STATEMENT) else "call.md" for flag in FLAGS]
    screen = person.types(*flags)
    assert screen.code == 2
    assert "say --language too" in screen.err
    assert not (person.folder / "mine").exists()
    screen = person.types(*flags, answers=["english", "en", ""])
    assert screen.code == 0, screen.text
    assert screen.out.count("In which language is the statement?") == 2
    campaign = draft(person.folder / "mine/campaign.yaml").campaign
    assert campaign.statement == "statement.en.md"


def test_without_a_statement_it_says_how_to_begin(person: Person) -> None:
    screen = person.types("init")
    assert screen.code == 2
    assert "A campaign begins with a statement, and none is named." in screen.err
    assert "campaign init --example" in screen.err
    person.writes("our statement.md", "# Title\n")
    screen = person.types("init")
    assert screen.err.startswith("Which statement? Perhaps  campaign init --statement 'our")
    assert sorted(snapshot(person.folder)) == ["our statement.md"]


@pytest.mark.parametrize("name", ["gone.en.md", ".", "statement.en.docx"])
def test_a_statement_that_cannot_be_read(person: Person, name: str) -> None:
    flags = [flag if flag != str(STATEMENT) else name for flag in FLAGS]
    screen = person.types(*flags, "--language", "en")
    assert screen.code == 1
    assert screen.err.strip()
    assert "fault in campaign" not in screen.err
    assert snapshot(person.folder) == {}


def test_example_is_ready_to_rehearse_and_to_edit(person: Person) -> None:
    screen = person.types("init", "a b", "--example")
    assert screen.last == "Next: cd 'a b' && campaign rehearse"
    assert (person.folder / "a b/statement.en.md").stat().st_mode & 0o200
    assert len(draft(person.folder / "a b/campaign.yaml").planned) == 48


def test_questions_are_asked_again_until_understood(person: Person) -> None:
    answers = [
        "migrants", "international migrants day", "Foo day 2035", "2035-02-30",
        "international migrants day 2035", "Geneva", "",
        "example.org", "https://example.org/s", "x", "y=a", "outbox=a outbox=b", "x=@me, outbox=us",
    ]  # fmt: skip
    screen = person.types("init", "mine", "--statement", str(STATEMENT), answers=answers)
    assert screen.code == 0, screen.text
    for sentence in (
        '"migrants" is not a day we know. Did you mean international-migrants-day?',
        "The year is missing. Write it behind the name: international-migrants-day",
        '"2035-02-30" is not a day we know',
        "not a time zone name. Did you mean Europe/Zurich?",
        '"example.org" is not a web address',
        "Write x=your-name",
        '"y" is not a network we know',
        "outbox is named twice",
    ):
        assert sentence in screen.out
    campaign = draft(person.folder / "mine/campaign.yaml").campaign
    assert campaign.zone == "Europe/Zurich"  # Enter took the guess
    assert campaign.link == "https://example.org/s"
    assert {account.name: account.handle for account in campaign.accounts} == {
        "x": "me", "outbox": "us",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("--day", "foo", '"foo" is not a day we know'),
        ("--day", "18.12.2035", "Any other day is written as a date"),
        ("--timezone", "CET", "Did you mean Europe/Zurich?"),
        ("--link", "nowhere", "is not a web address"),
        ("--account", "fax=1", "is not a network we know"),
        ("--language", "english", "is not a language code"),
    ],
)
def test_bad_flag_is_refused_and_writes_nothing(
    person: Person, option: str, value: str, says: str
) -> None:
    screen = person.types(*FLAGS, option, value)
    assert screen.code == 2
    assert says in screen.err
    assert snapshot(person.folder) == {}


def test_script_is_told_every_option_it_lacks(person: Person) -> None:
    screen = person.types("init", "--statement", str(STATEMENT), "--timezone", "UTC")
    assert screen.code == 2
    assert "say --day and --account too" in screen.err


def test_a_folder_in_use_is_left_alone_before_any_question(person: Person) -> None:
    person.types(*FLAGS)
    screen = person.changes_nothing(*FLAGS, answers=[])
    assert screen.code == 1
    assert "is there already, so nothing was written" in screen.err


def test_end_of_input_at_a_question_ends_quietly(person: Person) -> None:
    screen = person.types("init", "mine", "--statement", str(STATEMENT), answers=[""])
    assert screen.code == 1
    assert screen.err.strip() == "Stopped."
    assert snapshot(person.folder) == {}


@pytest.mark.parametrize(
    "text",
    [
        f"# Title\n\nWe call on States to:\n\n{CALLS[0]}{CALLS[1]}",
        f"# Title\n\nWe call on States to:\n\n{''.join(CALLS)}",
    ],
    ids=["no fact, no quote", "twelve calls"],
)
def test_whatever_the_statement_holds_the_campaign_loads(person: Person, text: str) -> None:
    person.writes("statement.en.md", text)
    flags = [flag if flag != str(STATEMENT) else "statement.en.md" for flag in FLAGS]
    screen = person.types(*flags)
    assert screen.code == 0, screen.text
    assert draft(person.folder / "mine/campaign.yaml").planned


def test_the_statement_may_lie_in_the_folder_already(person: Person) -> None:
    person.writes("statement.en.md", STATEMENT.read_text("utf-8"))
    words = [word for word in FLAGS if word != "mine"]
    words[words.index(str(STATEMENT))] = "statement.en.md"
    screen = person.types(*words)
    assert screen.last == "Next: campaign check"
    assert Path(person.folder / "campaign.yaml").exists()
