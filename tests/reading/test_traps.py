"""Figures, quotes, footnotes and contacts in statements of our own, each with its trap."""

from collections.abc import Callable

import pytest

from campaign.domain.statement import Contact, Statement
from tests.reading.conftest import CALL, OPENING, TITLE

Read = Callable[[str], Statement]


@pytest.mark.parametrize("marker", ["¹", "[1]", "(1)", "<sup>1</sup>"])
def test_a_footnote_marker_is_no_digit(read_body: Read, marker: str) -> None:
    body = f"Nearly 2,000{marker} wells ran dry.\n\n{marker} Well Watch – Counted by hand."
    (fact,) = read_body(body).facts
    assert (fact.text, fact.number_value) == ("Nearly 2,000 wells ran dry", 2000)
    assert (fact.source, fact.caveat) == ("Well Watch", "Counted by hand")


@pytest.mark.parametrize(
    "body",
    [
        "Nearly 14,0001 wells ran dry.",
        "Nearly 2,000¹ wells ran dry, and no note says how we know.",
        "In 2021 wells ran dry.",
        "The 2030 Agenda speaks of wells.",
        "COVID-19 closed wells.",
        "Article 1400 protects wells.",
        "We mark the third anniversary, or some 12 years.",
        "Resolutions 59/209 and 67/221 speak of wells.",
        "He spoke of “nearly 2,000 wells” that day.",
        "Write to room 4000 for wells.",
        "Wells serve 35%¹ of villages.",
        "Nearly 2,000¹ wells² ran dry.\n\n¹ Well Watch – Minimum.\n\n² Bo Ko – Estimate.",
    ],
)
def test_no_statistic(read_body: Read, body: str) -> None:
    assert read_body(body).facts == ()


@pytest.mark.parametrize(
    ("body", "value", "number"),
    [
        ("In 2019, over 40 villages moved.", "over 40", 40),
        ("Some 1.5 million people went thirsty.", "Some 1.5 million", 1_500_000),
        ("Wells serve 35% of villages.", "35%", 35),
        ("By then 12,500 wells were dry.", "12,500", 12_500),
    ],
)
def test_a_statistic(read_body: Read, body: str, value: str, number: float) -> None:
    (fact,) = read_body(body).facts
    assert (fact.value, fact.number_value, fact.text) == (value, number, body.removesuffix("."))


def test_quotes_have_a_speaker(read_body: Read) -> None:
    quotes = read_body(
        "“We thirst,” said Ada N. Obi, Head of Wells. A “green room” is no quote.\n\n"
        "“Rain fails,” she added.\n\n"
        "«Act now», Jo Ito of the Bank said.\n\n"
        "“We go,” said Li Wu, adding that all go."
    ).quotes
    assert [(quote.text, quote.speaker, quote.role) for quote in quotes] == [
        ("We thirst", "Ada N. Obi", "Head of Wells"),
        ("Rain fails", "Ada N. Obi", "Head of Wells"),
        ("Act now", "Jo Ito", None),
        ("We go", "Li Wu", None),
    ]


def test_a_pronoun_without_a_former_speaker_is_nobody(read_body: Read) -> None:
    assert read_body("“We thirst,” he said.").quotes == ()


@pytest.mark.parametrize("rest", ["“only if all pay.”", "“only if” all pay."])
def test_an_interrupted_quote_is_not_halved(read_body: Read, rest: str) -> None:
    assert read_body(f"“We agree,” said Ada Obi, {rest}").quotes == ()


def test_the_names_of_the_organisation(read_body: Read) -> None:
    statement = read_body(
        "The Alliance works with the World Health Organization (WHO) and Ada Lee (Al)."
    )
    assert statement.organisation == "Water Alliance"
    assert statement.organisation_aliases == ("the Alliance",)
    assert statement.acronyms == {"WHO": "World Health Organization"}
    assert statement.observance == "world-water-day"
    assert statement.dateline == "Nairobi, 22 March"


def test_two_days_at_once_are_no_answer(read: Read) -> None:
    both = "For World Water Day and International Migrants Day\n\n"
    assert read(f"{both}We all act on this now and always.\n\n{CALL}").observance is None


def test_contacts(read: Read) -> None:
    contact = "Media contact: Ann Li, +1 (202) 555-0147, annli@water.example"
    statement = read(f"{TITLE}{OPENING}\n\n{CALL}\nWe go on with this.\n\n{contact}\n")
    assert set(statement.contacts) == {
        Contact(type="person", value="Ann Li"),
        Contact(type="phone", value="+1 (202) 555-0147"),
        Contact(type="email", value="annli@water.example"),
    }
    assert {"ann li", "annli", "12025550147", "202-555-0147"} <= set(statement.suppressed)
    assert statement.closing == "We go on with this."


def test_a_quote_is_no_closing_sentence(read: Read) -> None:
    body = "“We thirst,” said Ann Li, Head of Wells.\n\n“Rain fails,” Ms. Li added."
    statement = read(f"{TITLE}{OPENING}\n\n{CALL}\n{body}\n\nWe go on with this.\n")
    assert len(statement.quotes) == 2
    assert statement.closing == "We go on with this."


def test_a_quote_at_the_end_leaves_no_closing_sentence(read: Read) -> None:
    body = "Ann Li said: “We thirst.\n\n“Rain fails us all.”"
    assert read(f"{TITLE}{OPENING}\n\n{CALL}\n{body}\n").closing is None


def test_a_quoted_speaker_may_be_named(read: Read) -> None:
    body = "“We thirst,” said Ann Li, Head of Wells."
    contact = "For more information:\n\nAnn Li\n\nannli@water.example\n"
    statement = read(f"{TITLE}{OPENING}\n\n{body}\n\n{CALL}\n{contact}")
    assert "ann li" not in statement.suppressed
    assert "annli" in statement.suppressed


@pytest.mark.parametrize("target", ["#", "", "javascript:x", "/about", "page.html"])
def test_links_that_lead_nowhere(read_body: Read, target: str) -> None:
    (link,) = read_body(f"Read [the report]({target}) of today.").missing_links
    assert (link.text, link.target, link.where) == ("the report", None, "paragraph 2")
    assert (link.place.line, link.place.column) == (5, 7)


def test_a_link_that_leads_somewhere(read_body: Read) -> None:
    assert read_body("Read [it](https://water.example/a) now.").missing_links == ()
