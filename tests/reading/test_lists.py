"""Which list is the one that recommends; and the cases in which nobody may guess."""

from collections.abc import Callable

import pytest

from campaign.domain.statement import Form, Statement
from campaign.errors import ContentError, Problem
from campaign.reading.lead_in import Voice, classify, parse_call
from campaign.reading.words.en import ENGLISH
from tests.reading.conftest import OPENING, TITLE

Read = Callable[[str], Statement]
Problems = Callable[[str], list[Problem]]


@pytest.mark.parametrize(
    ("sentence", "voice"),
    [
        ("We urge States to:", Voice.CALL),
        ("We therefore call on all governments to:", Voice.CALL),
        ("States should:", Voice.CALL),
        ("Our recommendations:", Voice.CALL),
        ("We urge States not to:", Voice.NEGATIVE),
        ("We call on States to oppose:", Voice.NEGATIVE),
        ("We urge ministers to stop the efforts to:", Voice.NEGATIVE),
        ("We urge States to refrain from building dams, including by:", Voice.NEGATIVE),
        ("We urge States to protect not only rivers but also lakes by:", Voice.CALL),
        ("We commit to:", Voice.COMMITMENT),
        ("We call on States to act, because:", Voice.REASON),
        ("The licences that:", Voice.REASON),
        ("Speakers include:", Voice.PEOPLE),
        ("The following have signed the call:", Voice.PEOPLE),
        ("The Alliance condemns:", Voice.POSITION),
        ("Recalling the following:", Voice.RECITAL),
        ("In 2018 the Assembly called on States to:", Voice.UNKNOWN),
        ("The draft’s text calls on States to:", Voice.UNKNOWN),
        ("We urge States to act.", Voice.CALL),
        ("For example:", Voice.EXAMPLES),
    ],
)
def test_classify(sentence: str, voice: Voice) -> None:
    assert classify(sentence, ENGLISH) is voice


@pytest.mark.parametrize(
    ("sentence", "subject", "addressees", "ask"),
    [
        ("We urge States to:", None, ("States",), None),
        (
            "Today, the Water Alliance also calls upon States and cities to save rivers by:",
            "Water Alliance",
            ("States", "cities"),
            "to save rivers",
        ),
        (
            "We urge Parties to the Convention to ratify it, including through:",
            None,
            ("Parties to the Convention",),
            "to ratify it",
        ),
        (
            "We invite technology and software companies to:",
            None,
            ("technology and software companies",),
            None,
        ),
    ],
)
def test_parse_call(
    sentence: str, subject: str | None, addressees: tuple[str, ...], ask: str | None
) -> None:
    call = parse_call(sentence, ENGLISH)
    assert call
    assert (call.subject, call.addressees, call.ask) == (subject, addressees, ask)


@pytest.mark.parametrize(
    ("items", "texts"),
    [
        (
            "- Save rivers;\n- Dig wells; and\n- Share data.",
            ["Save rivers", "Dig wells", "Share data"],
        ),
        ("• Save rivers, and\n• Dig wells", ["Save rivers", "Dig wells"]),
        ("(a) Save rivers;\n\n(b) Dig wells.", ["Save rivers", "Dig wells"]),
        ("1. Save all\n   rivers.\n2. Dig wells.", ["Save all rivers", "Dig wells"]),
        ("- Trade with the U.S.\n- Dig wells", ["Trade with the U.S.", "Dig wells"]),
    ],
)
def test_items_lose_bullet_and_end_mark_only(read: Read, items: str, texts: list[str]) -> None:
    statement = read(f"{TITLE}{OPENING}\n\nWe urge States to:\n\n{items}\n")
    assert [item.text for item in statement.recommendations] == texts
    assert {item.form for item in statement.recommendations} == {Form.IMPERATIVE}


def test_a_negative_lead_in_stops(problems: Problems) -> None:
    (found,) = problems("We urge States not to:\n\n- sell rivers;\n- close wells.\n")
    assert "stopped or not done" in found.what
    assert found.line == 5


def test_two_calls_stop_with_both_lines(problems: Problems) -> None:
    (found,) = problems("We urge States to:\n\n- a\n- b\n\nCities must:\n\n- c\n- d\n")
    assert "(lines 5 and 10)" in found.what


def test_lists_of_reasons_and_people_recommend_nothing(read: Read) -> None:
    lists = "We act because:\n\n- rivers die\n\nSpeakers:\n\n- Ann Li\n"
    statement = read(f"{TITLE}{OPENING}\n\n{lists}")
    assert statement.recommendations == ()
    assert statement.lead_in is None


def test_an_ask_in_prose_is_offered_and_no_recommendation(read: Read) -> None:
    statement = read(f"{TITLE}{OPENING}\n\nRivers die. We urge States to act.\n")
    assert statement.recommendations == ()
    assert "We urge States to act." in statement.prose_calls


def test_a_list_below_unknown_words_is_asked_about(problems: Problems) -> None:
    (found,) = problems("This is what it takes:\n\n- save rivers\n- dig wells\n")
    assert "No list is surely" in found.what
    assert "1 = line 5, “This is what it takes:” (2 items, the first “save rivers”)" in found.mend
    assert "pick: [0]  for none" in found.mend


def test_somebody_elses_call_stops(problems: Problems) -> None:
    (found,) = problems("The River Bank calls on States to:\n\n- sell rivers;\n- close wells.\n")
    assert '"River Bank" calls' in found.what


def test_a_list_in_an_item_stops(problems: Problems) -> None:
    found = problems("We urge States to:\n\n- save:\n  - rivers\n  - lakes\n- dig wells\n")
    assert [problem.line for problem in found] == [8, 9]


def test_a_list_that_breaks_off_stops(problems: Problems) -> None:
    (found,) = problems("We urge States to:\n\n- save rivers; and\n\nA break.\n\n- dig wells\n")
    assert "breaks off" in found.what
    assert found.line == 7


def test_no_headline(read: Read) -> None:
    with pytest.raises(ContentError, match="No headline"):
        read(f"{OPENING}\n\nWe urge States to:\n\n- save rivers\n- dig wells\n")


def test_a_number_in_brackets_stays_an_item(read: Read) -> None:
    items = "(1) Keep Article 5(1);\n(2) Keep Article 5(2)."
    statement = read(f"{TITLE}{OPENING}\n\nWe urge States to:\n\n{items}\n")
    assert [item.text for item in statement.recommendations] == [
        "Keep Article 5(1)",
        "Keep Article 5(2)",
    ]


def test_a_second_paragraph_in_an_item_stops(problems: Problems) -> None:
    (found,) = problems("We urge States to:\n\n- save rivers\n\n  and lakes\n\n- dig wells\n")
    assert "second paragraph" in found.what
    assert found.line == 9


def test_an_empty_item_stops(problems: Problems) -> None:
    (found,) = problems("We urge States to:\n\n- save rivers;\n- ;\n- dig wells.\n")
    assert "no words" in found.what


def test_a_dash_at_the_start_of_a_line_is_no_bullet(read: Read) -> None:
    body = "All wells of the river\n– many of which are dry –\nare now closed to all of us."
    items = "We urge States to:\n\n- save rivers\n- dig wells\n"
    statement = read(f"{TITLE}{OPENING}\n\n{items}\n{body}\n")
    assert statement.closing == body.replace("\n", " ")


def test_front_matter_and_comments_vanish(read: Read) -> None:
    front = "---\ntitle: A b c\n---\n"
    items = "We urge States to:\n\n- save rivers\n\n<!-- -->\n\n- dig wells\n"
    statement = read(f"{front}{TITLE}{OPENING}\n\n{items}")
    assert statement.headline.text == TITLE.strip()
    assert statement.headline.place.line == 4
    assert len(statement.recommendations) == 2
