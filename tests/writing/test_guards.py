"""A message says only what the statement or `facts:` says."""

from dataclasses import replace
from datetime import date

import pytest

from campaign.domain.campaign import Campaign
from campaign.domain.decisions import Decisions, Entry, Mention, OwnFact
from campaign.domain.statement import Place, Statement
from campaign.platforms.counting import NETWORKS
from campaign.writing.figures import dates, figures
from campaign.writing.guards import Guard
from campaign.writing.hashtags import camel_case

PLACE = Place(file="campaign.yaml", line=9)


@pytest.fixture(scope="session")
def guard(campaign: Campaign, statement: Statement) -> Guard:
    fact = OwnFact(
        key="agencies",
        texts={"en": Entry(text="30 agencies of the “One UN” take part", place=PLACE)},
        source="UN Network on Migration",
        as_of=date(2021, 11, 30),
    )
    mention = Mention(key="iom", name="IOM", handles={"x": "UNmigration"})
    decided = Decisions(facts=(fact,), mentions=(mention,))
    return Guard(replace(campaign, decided=decided), statement)


def declared(guard: Guard, text: str) -> list[str]:
    return guard.faults(["", ""], text, declared=True, ours=())


@pytest.mark.parametrize(
    "text",
    [
        "Nearly 14,000 migrants since December 2018",
        "Nearly 14 000 migrants",
        "14,000 migrants, the French way 14\u202f000",
        "١٤٬٠٠٠ and १४,००० in other digits, １４,０００ too",
        "On 18 December 2021, at 15:00 or 9:30",
        "30 agencies take part, as of 30 November 2021",
        "The Network says “fuels xenophobia” and “… the adoption of the GCM”",
        "“one un” takes part",
        "«some of them from falling into irregular status»",
        "See https://example.org/2049/a and #Vision2049",
        "The 2030 Agenda, in three years",
    ],
)
def test_what_the_statement_says_passes(guard: Guard, text: str) -> None:
    assert declared(guard, text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Nearly 15,000 migrants", '"15,000"'),
        ("Nearly 140,001 migrants", '"140,001"'),
        ("Nearly 14 migrants", '"14"'),
        ("14,000 million migrants", '"14,000 million"'),
        ("14,000% more", '"14,000%"'),
        ("१५,००० migrants", '"15,000"'),
        ("In 2019", '"2019"'),
        ("On 18 May", '"18 May"'),
        ("On May 18", '"May 18"'),
        ("He said “this fuels hatred” today", "“this fuels hatred”"),
        ('He said "this fuels hatred" today', "“this fuels hatred”"),
        ("«fuels hatred»", "“fuels hatred”"),
        ("„fuels hatred“", "“fuels hatred”"),
    ],
)
def test_what_nobody_said_is_found(guard: Guard, text: str, said: str) -> None:
    (fault,) = declared(guard, text)
    assert fault == f"It says {said}, which stands neither in the statement nor under facts:."


def test_furniture_is_checked_and_the_excerpt_is_not(guard: Guard) -> None:
    around = ["Call 3 of 7: “", "”, says 99 of us"]
    (fault,) = guard.faults(around, "Since 1951", declared=False, ours=range(8))
    assert '"99"' in fault
    assert guard.faults(["“", "”"], "Since 1951", declared=False, ours=()) == []
    (fault,) = guard.faults(["“", " and more”"], "Since 1951", declared=False, ours=())
    assert "“Since 1951 and more”" in fault


def test_a_forged_link_in_a_text(guard: Guard) -> None:
    (fault,) = declared(guard, "Read https://ехample.org/a.")
    assert fault.startswith("https://ехample.org/a mixes Cyrillic and Latin letters")


def test_mentions_are_declared_for_their_network(guard: Guard) -> None:
    x, mastodon = NETWORKS["x"], NETWORKS["mastodon"]
    assert guard.addressed("Thank you @iom and @unhcr.", x) == "Thank you @UNmigration and @unhcr."
    assert guard.addressed("Thank you @IOM.", mastodon) == "Thank you IOM."
    assert guard.mentions("@UNmigration @unmigration", x) == []
    assert guard.mentions("@UNmigration", mastodon) == [
        "It mentions @UNmigration, and mentions: does not declare it."
    ]
    assert guard.mentions("Write to a@b.org or https://social.example/@iom", x) == []
    assert guard.mentions("@a@social.example", mastodon) == [
        "It mentions @a@social.example, and mentions: does not declare it."
    ]


def test_spellings() -> None:
    assert set(figures("1,5 % and 1.5 per cent, 2.5 million, 1 234 567")) == {
        "1.5%", "2.5million", "1234567",
    }  # fmt: skip
    assert set(dates("18th December and May 3")) == {"18 December", "3 May"}


@pytest.mark.parametrize(
    ("tag", "better"),
    [
        ("migrantsday", "MigrantsDay"),
        ("internationalmigrantsday", "InternationalMigrantsDay"),
        ("MigrantsDay", None),
        ("migrants", None),
        ("qwertyday", None),
        ("день", None),
        ("day2021", None),
    ],
)
def test_hashtags(tag: str, better: str | None) -> None:
    assert camel_case(tag, "International Migrants Day: a day for migrants") == better


def test_a_comma_is_no_point() -> None:
    assert figures("2.125 million") != figures("2,125 million")
    assert figures("2,125 millions", "fr") != figures("2.125 millions", "fr")
    alike = [figures(text, "es").keys() for text in ("14.000", "14,000", "14 000")]
    assert alike[0] == alike[1] == alike[2] == {"14000"}
