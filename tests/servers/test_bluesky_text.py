"""Bluesky: graphemes, bytes, syntax and lexicon against @atproto's own libraries."""

from pathlib import Path

import pytest
from hypothesis import given, settings

from campaign.platforms.counting import NETWORKS
from tests.servers import corpus
from tests.servers.bluesky import COLLECTION, CREATED
from tests.servers.oracle import Oracle

MEASURE = NETWORKS["bluesky"].measure


def wrong_counts(texts: tuple[str, ...], oracle: Oracle) -> list[tuple[str, int, int]]:
    answers = list(zip(texts, oracle.rich_text(*texts), strict=True))
    assert all(len(text.encode()) == answer["bytes"] for text, answer in answers)
    compared = [(text, MEASURE.count(text), answer["graphemes"]) for text, answer in answers]
    return [row for row in compared if row[1] != row[2]]


def test_every_message_of_the_shipped_campaign(oracle: Oracle) -> None:
    assert not wrong_counts(corpus.shipped(), oracle)


def test_every_message_of_every_statement_in_six_languages(shared: Path, oracle: Oracle) -> None:
    for texts in corpus.written(shared / "statements").values():
        assert not wrong_counts(texts, oracle)


@given(corpus.SPACED | corpus.GLUED)
@settings(max_examples=60, derandomize=True, deadline=None)
def test_any_text(oracle: Oracle, texts: list[str]) -> None:
    assert not wrong_counts(tuple(texts), oracle)


@pytest.mark.parametrize("text", ["a", "क्षि", "👨‍👩‍👧‍👦", "\r\n", "e\u0301"])
def test_what_fits_is_what_the_lexicon_takes(shared: Path, oracle: Oracle, text: str) -> None:
    lexicons = shared / "conformance" / "atproto" / "lexicons"
    for times in (119, 120, 121, 299, 300, 301):
        record = {"$type": COLLECTION, "text": text * times, "createdAt": CREATED}
        problem = oracle.record_problem(lexicons, record)
        assert (problem is None) == MEASURE.fits(text * times), problem


@pytest.mark.parametrize("what", ["tid", "handle", "datetime", "recordkey"])
def test_the_syntax_vectors_are_judged_right(shared: Path, oracle: Oracle, what: str) -> None:
    """So that `oracle.is_valid` may judge what an adapter makes."""
    folder = shared / "conformance" / "atproto" / "interop-test-files" / "syntax"
    for verdict in ("valid", "invalid"):
        lines = (folder / f"{what}_syntax_{verdict}.txt").read_text("utf-8").split("\n")
        vectors = [line for line in lines if line.strip() and not line.startswith("#")]
        answers = oracle.is_valid(what, *vectors)
        wrong = [
            one for one, ok in zip(vectors, answers, strict=True) if ok != (verdict == "valid")
        ]
        assert vectors
        assert not wrong
