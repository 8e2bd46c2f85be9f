"""One statement in several languages. The reader is told that the English text is French."""

from dataclasses import replace
from pathlib import Path

import pytest

from campaign.domain.civil_time import to_local
from campaign.domain.plan import Planned
from campaign.domain.statement import Statement
from campaign.operations import draft as drafting
from campaign.operations.draft import Drafted
from campaign.operations.plan import plan
from campaign.operations.translations import outdated
from campaign.reading.extract import read_statement
from campaign.store.engine import open_store
from tests.factories import clock_at, database, fill
from tests.operations.conftest import SHIPPED, Refused, Write

STATEMENT = "{en: statement.en.md, fr: statement.fr.md}"
ACCOUNTS = (
    "{x: {handle: a}, un-m: {platform: mastodon, handle: a@b.example, language: [fr, en]},"
    " un-fr: {platform: x, handle: b, language: fr, stagger: 10m}}"
)
LINK = "{en: 'https://example.org/en', fr: 'https://example.org/fr'}"
BASE = {
    "statement": STATEMENT,
    "accounts": ACCOUNTS,
    "link": LINK,
    "hashtags": "{en: [MigrantsDay], fr: [JourneeDesMigrants]}",
}
# Each excerpt in other words: one account may not say the same twice.
FRENCH = {
    "regardless of": "whatever may be",
    "International Migration Needs": "La migration needs",
    "have lost their lives": "ont perdu la vie",
    "extensive job losses": "wide job losses",
    "The current politicization": "La politicization",
}
ITEM_4 = "- Opening avenues"


@pytest.fixture(autouse=True)
def french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file in "French", which the reader reads with the words it has for English."""

    def read(path: Path, *, language: str, **others: object) -> Statement:
        read = read_statement(path, language="en", **others)  # type: ignore[arg-type]
        return replace(read, language=language)

    monkeypatch.setattr(drafting, "read_statement", read)
    file = tmp_path / "statement.fr.md"
    text = (SHIPPED / "statement.en.md").read_text("utf-8")
    for english, other in FRENCH.items():
        text = text.replace(english, other)
    file.write_text(text, "utf-8")
    return file


def without(file: Path, text: str) -> None:
    lines = file.read_text("utf-8").splitlines(keepends=True)
    rest = [line for line in lines if text not in line]
    assert len(rest) == len(lines) - 1
    file.write_text("".join(rest), "utf-8")


def of(drafted: Drafted, account: str) -> list[Planned]:
    return [one for one in drafted.planned if one.post.account.name == account]


def keys(drafted: Drafted, account: str) -> list[str]:
    return [one.post.key.removeprefix("imd-2021/") for one in of(drafted, account)]


def test_one_post_for_each_language_of_an_account(write: Write) -> None:
    drafted = write(**BASE)
    assert len(of(drafted, "x")) == 12
    assert len(of(drafted, "un-fr")) == 12
    assert len(of(drafted, "un-m")) == 24
    assert {one.post.language for one in of(drafted, "un-fr")} == {"fr"}
    assert {one.post.language for one in of(drafted, "x")} == {"en"}
    assert drafted.translations[0].language == "fr"
    assert drafted.open == ()


def test_languages_follow_each_other_in_the_accounts_order(write: Write) -> None:
    drafted = write(**BASE, calendar="\n  - D 08:00 recommendations 1-2 every 2h\n")
    assert [
        (one.post.key, f"{to_local(one.post.due_at, one.post.zone):%H:%M}")
        for one in of(drafted, "un-m")
    ] == [
        ("imd-2021/recommendation-1/fr/un-m", "08:00"),
        ("imd-2021/recommendation-1/en/un-m", "08:05"),
        ("imd-2021/recommendation-2/fr/un-m", "10:00"),
        ("imd-2021/recommendation-2/en/un-m", "10:05"),
    ]


def test_words_link_and_hashtags_are_the_languages(write: Write) -> None:
    drafted = write(**BASE, calendar="\n  - D 08:00 recommendation 1 on un-m\n")
    french, english = (one.message.parts[0].text for one in drafted.planned)
    assert "whatever may be" in french
    assert "regardless of" in english
    assert french.endswith("#JourneeDesMigrants Notre déclaration\u00a0: https://example.org/fr")
    assert english.endswith("#MigrantsDay Our statement: https://example.org/en")
    assert all(one.message.language == one.post.bodies[0]["language"] for one in drafted.planned)


def test_in_takes_some_languages(write: Write) -> None:
    drafted = write(**BASE, calendar="\n  - D 08:00 headline in fr\n  - D 10:00 headline in en\n")
    assert keys(drafted, "un-m") == ["headline/fr/un-m", "headline/en/un-m"]
    assert keys(drafted, "x") == ["headline/en/x"]


def test_counts_must_match(refused: Refused, french: Path) -> None:
    without(french, ITEM_4)
    (problem,) = refused(**BASE)
    assert problem.where == "statement.fr.md"
    assert problem.what == (
        "6 recommendations here, 7 in statement.en.md. They must match one to one."
    )
    assert problem.mend == (
        "No partner in French for English 4, “Opening avenues for regular migration…”. Add it, or"
        " write  skip: {fr: [recommendation 4]}  to leave it out in French only."
    )


def test_counts_need_not_match_where_nothing_is_posted(write: Write, french: Path) -> None:
    without(french, ITEM_4)
    assert len(write(**BASE, calendar="\n  - D 08:00 headline\n").planned) == 4


def test_skip_in_one_language_keeps_the_numbers(write: Write, french: Path) -> None:
    without(french, ITEM_4)
    drafted = write(**BASE, skip="{fr: [recommendation 4]}")
    assert "recommendation-4/en/un-m" in keys(drafted, "un-m")
    assert "recommendation-4/fr/un-m" not in keys(drafted, "un-m")
    last = next(one for one in drafted.planned if "recommendation-7/fr/un-m" in one.post.key)
    assert "Multi-Partner Trust Fund" in last.message.words
    times = {one.post.local_time.hour for one in of(drafted, "un-fr") if one.post.due_at.day == 18}
    assert times == {8, 10, 12, 16, 17, 18, 20}


def test_what_is_missing_is_said(write: Write) -> None:
    accounts = (
        "{x: {handle: a}, un-m: {platform: mastodon, handle: a@b.example, language: [en, es]}}"
    )
    own = '{thanks: {text: {fr: "Merci."}}}'
    drafted = write(
        **BASE | {"accounts": accounts}, messages=own, calendar="\n  - D 08:00 thanks\n"
    )
    assert drafted.planned == ()
    assert drafted.notes == (
        "un-m speaks Spanish, but statement: has no file in Spanish.",
        "thanks has no text in English, so it is left out.",
    )


def test_own_words_by_language(write: Write) -> None:
    own = '{thanks: {text: {fr: "Merci.", en: "Thank you."}}}'
    drafted = write(**BASE, messages=own, calendar="\n  - D 08:00 thanks on un-m\n")
    assert [one.message.words for one in drafted.planned] == ["Merci.", "Thank you."]


def test_a_translation_that_was_not_edited_is_said(write: Write, tmp_path: Path) -> None:
    store = open_store(database(tmp_path), clock_at(clock_at().now().replace(month=11)))
    fill(store, write(**BASE))
    edited = write(("human rights of all migrants, regard", "rights of all, regard"), **BASE)
    shown = plan(edited, store, store.clock.now())
    assert list(outdated(shown)) == [
        "recommendation 1 was edited in English; French was not. Do they still say the same?"
    ]


def test_right_to_left_posts_have_hashtags_and_link_on_lines_of_their_own(
    write: Write, french: Path
) -> None:
    french.rename(french.with_name("statement.ar.md"))
    drafted = write(
        statement="{ar: statement.ar.md}",
        calendar="\n  - D-3 10:00 fact\n  - D 10:00 recommendation 1\n  - D 11:00 thanks\n",
        messages="{thanks: {text: شكرا, link: 'https://example.org/a'}}",
    )
    for one in drafted.planned:
        lines = one.message.parts[-1].text.split("\n")
        assert "#MigrantsDay" in lines
        if one.post.account.platform != "bluesky":
            assert any(line.startswith("https://") and " " not in line for line in lines)
    assert not any("\u2066" in part.text for one in drafted.planned for part in one.message.parts)


def test_languages_of_accounts_and_lines_are_checked(refused: Refused) -> None:
    accounts = "{x: {handle: a, language: [en, en], stagger: soon}}"
    twice, stagger = refused(**BASE | {"accounts": accounts})
    assert twice.what == "en is in the list twice."
    assert stagger.what == '"soon" is not a distance of up to 12h.'
    (problem,) = refused(**BASE | {"accounts": "{x: {handle: a, language: es}}"})
    assert problem.what == "x speaks es, and the statement en and fr."
    (problem,) = refused(**BASE, calendar="\n  - D 08:00 headline in de\n")
    assert problem.what == '"de" is not a language here.'
    assert problem.mend == "There are en and fr."
    (problem,) = refused(**BASE | {"hashtags": "{en: [A], es: [B]}"})
    assert problem.what == '"es" is not a language of the statement.'


def test_one_account_does_not_say_the_same_in_two_languages(refused: Refused, french: Path) -> None:
    text = french.read_text("utf-8").replace("La migration needs", "International Migration Needs")
    french.write_text(text, "utf-8")
    (problem,) = refused(**BASE)
    assert problem.what.startswith("headline (en) says word for word what headline (fr, ")
    assert problem.mend.startswith("Translate it, or leave one language out of un-m.")
