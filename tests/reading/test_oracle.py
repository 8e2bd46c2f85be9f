"""The seed statement against the extraction made by hand; it lies beside the checkout."""

import json
from pathlib import Path
from typing import Any

import pytest

from campaign.domain.statement import Statement
from campaign.reading.extract import read_statement
from campaign.reading.observances import load_observances


@pytest.fixture(scope="module")
def expected(shared: Path) -> dict[str, Any]:
    text = (shared / "statements" / "00-seed.expected.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@pytest.fixture(scope="module", params=[".txt", ".md"])
def seed(
    request: pytest.FixtureRequest, shared: Path, tmp_path_factory: pytest.TempPathFactory
) -> Statement:
    path = tmp_path_factory.mktemp("seed") / f"seed{request.param}"
    path.write_bytes((shared / "statements" / "00-seed.txt").read_bytes())
    return read_statement(path, language="en", observances=load_observances())


def test_the_frame(seed: Statement, expected: dict[str, Any]) -> None:
    assert seed.lead_in is not None
    assert {
        "headline": seed.headline.text,
        "dateline": seed.dateline,
        "occasion": seed.observance,
        "organisation": seed.organisation,
        "organisation_aliases": list(seed.organisation_aliases),
        "lead_in": seed.lead_in.text,
        "addressees": list(seed.lead_in.addressees),
        "acronyms": dict(seed.acronyms),
    } == {
        "occasion": expected["occasion"]["id"],
        **{
            key: expected[key]
            for key in (
                "headline",
                "dateline",
                "organisation",
                "organisation_aliases",
                "lead_in",
                "addressees",
                "acronyms",
            )
        },
    }


def test_the_recommendations(seed: Statement, expected: dict[str, Any]) -> None:
    found = [
        {
            "n": item.number,
            "text": item.text,
            "form": item.form,
            "links": [(link.text, link.target) for link in item.links],
        }
        for item in seed.recommendations
    ]
    assert found == [
        {
            "n": item["n"],
            "text": item["text"],
            "form": item["form"],
            "links": [(link["text"], None) for link in item.get("links", [])],
        }
        for item in expected["recommendations"]
    ]


def test_the_statistics(seed: Statement, expected: dict[str, Any]) -> None:
    found = [
        {
            "text": fact.text,
            "value": fact.value,
            "number": fact.number_value,
            "qualifier": fact.qualifier,
            "marker": fact.footnote and fact.footnote.marker,
            "footnote": fact.footnote and fact.footnote.text,
        }
        for fact in seed.facts
    ]
    assert found == [{key: fact[key] for key in found[0]} for fact in expected["statistics"]]


def test_the_quotes(seed: Statement, expected: dict[str, Any]) -> None:
    found = [
        {"n": quote.number, "text": quote.text, "speaker": quote.speaker, "role": quote.role}
        for quote in seed.quotes
    ]
    assert found == [{key: quote[key] for key in found[0]} for quote in expected["quotes"]]


def test_what_must_not_be_posted(seed: Statement, expected: dict[str, Any]) -> None:
    contacts = [{"type": contact.type, "value": contact.value} for contact in seed.contacts]
    assert contacts == expected["contacts"]["items"]
    for text in expected["contacts"]["forbidden_substrings"]:
        if "." not in text or "@" in text:
            assert any(form in text.lower() for form in seed.suppressed), text
    for start, text in zip(expected["boilerplate"], seed.boilerplate, strict=True):
        assert text.startswith(start)


def test_footnotes_links_and_what_expires(seed: Statement, expected: dict[str, Any]) -> None:
    assert [(note.marker, note.text) for note in seed.footnotes] == [
        (note["marker"], note["text"]) for note in expected["footnotes"]
    ]
    assert [(link.text, link.where) for link in seed.missing_links] == [
        (link["text"], link["where"]) for link in expected["links_missing"]
    ]
    assert set(seed.expiring) == {phrase["text"] for phrase in expected["expiring"]}


def test_a_letter_with_requests(shared: Path) -> None:
    (path,) = (shared / "statements").glob("06-*-en.txt")
    (oracle,) = (shared / "statements").glob("06-*.expected.json")
    statement = read_statement(path, language="en", observances=load_observances())
    wanted = json.loads(oracle.read_text("utf-8"))["recommendations"]
    assert [item.text for item in statement.recommendations] == wanted
    assert statement.lead_in
    assert statement.lead_in.addressees == ()
