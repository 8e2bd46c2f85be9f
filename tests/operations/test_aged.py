"""The shipped statement of 2021 in a campaign of 2026: what is asked, and how it reads."""

from pathlib import Path

import pytest

from campaign.errors import CampaignError
from campaign.operations.draft import Drafted
from campaign.operations.plan import plan
from campaign.operations.schedule import schedule
from campaign.store.engine import open_store
from tests.factories import clock_at, database
from tests.operations.conftest import Refused, Write

IN_2026 = {
    "campaign": "International Migrants Day 2026",
    "day": "international-migrants-day 2026",
}
ROLE = "then IOM Director-General and Coordinator of the UN Network on Migration"
AGED = (
    "{fact 1: dated, quote 1: dated, quote 2: dated, recommendation 7: dated,"
    f" role António Vitorino: {ROLE}}}"
)
NOW = "and you publish in 2026."
EACH = [
    f'fact 1 says "nearly 14,000", a figure of 2021, {NOW}',
    f"quote 1 is what António Vitorino said in 2021, {NOW}",
    f"quote 2 is what António Vitorino said in 2021, {NOW}",
    f'recommendation 7 says "in advance of the IMRF", which was true in 2021, {NOW}',
    (
        "António Vitorino was Director-General of the International Organization for Migration and"
        " Coordinator of the UN Network on Migration in 2021."
    ),
]
LINK = "https://example.org/statement"


def texts(drafted: Drafted, name: str) -> list[str]:
    key = f"imd-2021/{name}"
    found = next(one for one in drafted.planned if one.post.key == key)
    return [part.text for part in found.message.parts]


def test_each_phrase_is_asked_for(write: Write) -> None:
    drafted = write(**IN_2026)
    assert [one.what for one in drafted.open] == EACH
    assert [one.mend for one in drafted.open] == [
        "Write under aged:  fact 1: dated  or  fact 1: skip ; or give a figure of today under facts:",
        "Write under aged:  quote 1: dated  or  quote 1: skip",
        "Write under aged:  quote 2: dated  or  quote 2: skip",
        "Write under aged:  recommendation 7: dated  or  recommendation 7: skip",
        'Write under aged:  role António Vitorino: "then …"  with the office.',
    ]
    assert len(drafted.planned) == 48


def test_only_what_is_posted_is_asked_for(write: Write) -> None:
    drafted = write(**IN_2026, calendar="\n  - D 08:00 recommendations 1-6 every 2h\n")
    assert drafted.open == ()


def test_decided_is_not_open(write: Write, tmp_path: Path) -> None:
    store = open_store(database(tmp_path), clock_at())
    accounts = "{press: {platform: outbox, handle: press}}"
    drafted = write(**IN_2026, accounts=accounts)
    with pytest.raises(CampaignError, match="5 decisions are open, so nothing was scheduled"):
        schedule(store, drafted, plan(drafted, store, store.clock.now()).checksum, "a.diallo")
    drafted = write(**IN_2026, accounts=accounts, aged=AGED)
    assert drafted.open == ()
    over, closing = drafted.notes
    assert over == (
        '"first International Migration Review Forum" (paragraph 2), "next May" (paragraph 2) and'
        ' "third anniversary" (paragraph 8) have passed; no post says them.'
    )
    assert closing == "The statement's closing sentence is of another year, so no post has it."
    schedule(store, drafted, plan(drafted, store, store.clock.now()).checksum, "a.diallo")


def test_the_same_year_asks_nothing(write: Write) -> None:
    drafted = write(day=None, date="2021-12-18")
    assert drafted.open == ()


def test_dated_words_on_x(write: Write) -> None:
    drafted = write(**IN_2026, aged=AGED)
    assert texts(drafted, "fact-1/en/x") == [
        (
            "“Since December 2018, nearly 14,000 migrants have lost their lives in attempting to"
            " reach new destinations.”\nData represent minimum estimates (Missing Migrants Project)."
            f" #MigrantsDay From 2021: {LINK}"
        )
    ]
    first, last = texts(drafted, "quote-1/en/x")
    assert first.startswith(f"António Vitorino, {ROLE}, 2021: “COVID-19-related")
    assert last.endswith(f"”\n#MigrantsDay From 2021: {LINK} 2/2")
    assert texts(drafted, "recommendation-7/en/x")[0].startswith("Call 7 of 7 (2021) to States")
    assert texts(drafted, "recommendation-6/en/x")[0].startswith("Call 6 to States")
    assert texts(drafted, "roundup/en/mastodon") == [
        (
            "Seven calls to States and all stakeholders for safe, orderly and regular migration."
            " Read all seven, and what lies behind them.\n"
            f"#MigrantsDay Our 2021 statement: {LINK}"
        )
    ]


def test_dated_words_on_linkedin(write: Write) -> None:
    drafted = write(**IN_2026, aged=AGED)
    (fact,) = texts(drafted, "fact-1/en/linkedin")
    assert "International Migrants Day 2021. Data represent minimum estimates" in fact
    assert "The figure is the statement's, not today's." in fact
    (call,) = texts(drafted, "recommendation-3/en/linkedin")
    assert "On International Migrants Day 2021, the UN Network on Migration urged States" in call
    assert call.endswith(
        f"This is one of the seven ways it named.\n\nOur 2021 statement: {LINK}\n#MigrantsDay"
    )
    (roundup,) = texts(drafted, "roundup/en/linkedin")
    assert roundup.startswith("Seven calls to States and all stakeholders (2021):")
    assert "As we head towards" not in roundup


def test_what_is_skipped_is_not_counted(write: Write) -> None:
    aged = AGED.replace("recommendation 7: dated", "recommendation 7: skip")
    drafted = write(**IN_2026, aged=aged, skip="[recommendation 2]")
    assert texts(drafted, "recommendation-3/en/mastodon")[0].startswith("Call 2 of 5 to States")
    (call,) = texts(drafted, "recommendation-3/en/linkedin")
    assert "one of the seven ways it named" in call
    (roundup,) = texts(drafted, "roundup/en/linkedin")
    assert roundup.startswith("Five calls to States")
    assert "Maximize" not in roundup


def test_bluesky_says_the_year_beside_the_card(write: Write) -> None:
    drafted = write(**IN_2026, aged=AGED)
    (text,) = texts(drafted, "recommendation-4/en/bluesky")
    assert text.endswith("\n#MigrantsDay From 2021")


def test_a_figure_of_today_is_not_dated(write: Write) -> None:
    facts = '{1: {text: "Since 2014, 80,000 migrants have died", source: MMP, as-of: 2026-11-30}}'
    aged = AGED.replace("fact 1: dated, ", "")
    drafted = write(**IN_2026, aged=aged, facts=facts)
    assert drafted.open == ()
    assert texts(drafted, "fact-1/en/x") == [
        (
            "Since 2014, 80,000 migrants have died.\n(MMP, 30 November 2026) #MigrantsDay"
            f" From 2021: {LINK}"
        )
    ]


def test_a_missing_date_is_said(write: Write) -> None:
    (note,) = write(**IN_2026, issued=None).notes
    assert note == (
        '"in advance of the IMRF" is true only at one time. Write the date of statement.en.md'
        " itself, as in  issued: 2026-12-18"
    )


def test_aged_names_what_is_there(refused: Refused) -> None:
    (problem,) = refused(**IN_2026, aged="{quote 3: dated}")
    assert problem.what == "statement.en.md has no quote 3."
    (problem,) = refused(**IN_2026, aged="{role Antonio Vitorino: then head of IOM}")
    assert problem.mend == "Did you mean role António Vitorino?"
