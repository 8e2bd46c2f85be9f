"""The statement we ship, through both readers: what is found, and where it stands."""

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from campaign.domain.statement import Excerpt, Form, Statement
from campaign.reading.extract import read_statement
from campaign.shipped import folder
from tests.reading.conftest import DAYS


@pytest.fixture(scope="module")
def text() -> str:
    shipped = folder("messages") / "international-migrants-day" / "statement.en.md"
    return shipped.read_text("utf-8")


@pytest.fixture(scope="module")
def paths(text: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    markdown = tmp_path_factory.mktemp("md") / "statement.en.md"
    plain = markdown.with_suffix(".txt")
    for path in (markdown, plain):
        path.write_text(text, "utf-8")
    return markdown, plain


@pytest.fixture(scope="module", params=[0, 1], ids=["md", "txt"])
def statement(request: pytest.FixtureRequest, paths: tuple[Path, Path]) -> Statement:
    return read_statement(paths[request.param], language="en", observances=DAYS)


def excerpts(statement: Statement) -> Iterator[Excerpt]:
    yield statement.headline
    yield from statement.recommendations
    yield from statement.facts
    yield from statement.quotes


def test_both_readers_find_the_same(paths: tuple[Path, Path]) -> None:
    markdown, plain = (
        repr(dataclasses.asdict(read_statement(path, language="en", observances=DAYS)))
        for path in paths
    )
    assert markdown == plain.replace("statement.en.txt", "statement.en.md")


def test_seven_recommendations(statement: Statement) -> None:
    firsts = [item.text.split()[0] for item in statement.recommendations]
    assert firsts == [
        "Recognizing",
        "Maximizing",
        "Accelerating",
        "Opening",
        "Dismantling",
        "Partnering",
        "Making",
    ]
    assert {item.form for item in statement.recommendations} == {Form.GERUND}
    assert not [item.text for item in statement.recommendations if item.text[-1] in ".;,"]
    assert [item.number for item in statement.recommendations] == list(range(1, 8))


def test_places_point_at_the_words(statement: Statement, text: str) -> None:
    lines = text.split("\n")
    for excerpt in excerpts(statement):
        rest = lines[excerpt.place.line - 1][excerpt.place.column - 1 :]
        assert rest.startswith(excerpt.text.split()[0]), excerpt
    for link in statement.missing_links:
        assert lines[link.place.line - 1][link.place.column - 1 :].startswith(link.text)


def test_excerpts_are_verbatim(statement: Statement, text: str) -> None:
    bare = re.sub(r"\[([^]]+)\]\(#\)", r"\1", text).replace("14,000¹", "14,000")
    assert not [excerpt.text for excerpt in excerpts(statement) if excerpt.text not in bare]


def test_the_lead_in_is_taken_apart(statement: Statement) -> None:
    lead_in = statement.lead_in
    assert lead_in is not None
    assert (lead_in.organisation, lead_in.verb) == ("UN Network on Migration", "urges")
    assert lead_in.addressees == ("states", "all stakeholders")
    assert lead_in.ask
    assert lead_in.ask.startswith("to step up international cooperation")
    assert lead_in.ask.endswith("regular migration")


def test_the_figure_keeps_its_qualifier_and_caveat(statement: Statement) -> None:
    (fact,) = statement.facts
    assert (fact.value, fact.number_value, fact.qualifier) == ("nearly 14,000", 14000, "nearly")
    assert (fact.source, fact.caveat) == (
        "Missing Migrants Project",
        "Data represent minimum estimates",
    )


def test_a_pronoun_is_the_former_speaker(statement: Statement) -> None:
    first, second = statement.quotes
    assert (first.speaker, first.role) == (second.speaker, second.role)
    assert first.speaker == "António Vitorino"
    assert first.role
    assert first.role.endswith("Coordinator of the UN Network on Migration")


def test_opening_and_closing(statement: Statement) -> None:
    assert statement.headline.opening
    assert statement.headline.opening.startswith("On the occasion of International Migrants Day")
    assert statement.headline.opening.endswith("migration.")
    assert statement.closing
    assert statement.closing.startswith("As we head towards")
    assert statement.observance == "international-migrants-day"


def test_contacts_are_suppressed(statement: Statement) -> None:
    assert [contact.type for contact in statement.contacts] == [
        "organisation",
        "person",
        "email",
        "phone",
    ]
    forms = {"amara lindqvist", "press@example.org", "12025550147", "202 555 0147", "555-0147"}
    assert forms <= set(statement.suppressed)
    assert "press" not in statement.suppressed, "an ordinary word, though it is a mailbox"
    said = " ".join(excerpt.text for excerpt in excerpts(statement)).lower()
    assert not [form for form in statement.suppressed if form in said]
