"""Mastodon: its own cases of what counts how much, and graphemes against JavaScript's.

No server here counts as Mastodon does: mastodon_mock counts code points, links in full. The cases
say in our words what Mastodon's specification checks:
https://github.com/mastodon/mastodon/blob/main/spec/validators/status_length_validator_spec.rb
"""

from pathlib import Path

import pytest
from hypothesis import given, settings

from campaign.platforms.counting import NETWORKS
from tests.servers import corpus
from tests.servers.oracle import Oracle

MEASURE = NETWORKS["mastodon"].measure
LONG_LINK = "http://" + "b" * 30 + ".com/example"

CASES = [
    ("a" * 500, True),
    ("a" * 501, False),
    ("a" * 520, False),
    ("a" * 476 + " " + LONG_LINK, True),  # a link is 23
    ("a" * 477 + " " + LONG_LINK, False),
    ("a" * 476 + LONG_LINK, False),  # behind a letter it is none
    ("http://example.com/" + "b" * 5000 + "#?", False),  # too long to be one
    ("a" * 475 + " @alice@" + "b" * 30 + ".com", True),  # a remote mention is its name
    ("a" * 494 + " @alice@" + "b" * 30 + ".com", False),
    ("@alice@" + "b" * 500 + ".com", False),  # no host is so long
    ("\u2728" * 500, True),
    ("\u2728" * 501, False),
    ("🏳️‍🌈" * 500, True),
    ("🏳️‍🌈" * 501, False),
    ("e\u0301" * 500, True),
]


@pytest.mark.parametrize(("text", "fits"), CASES, ids=range(len(CASES)))
def test_mastodons_own_cases(text: str, fits: bool) -> None:
    assert MEASURE.fits(text) == fits


def as_mastodon_counts(texts: tuple[str, ...], oracle: Oracle) -> list[int]:
    """By other people's code alone: twitter-text's links, @atproto's graphemes. No mentions."""
    plain = []
    for text, answer in zip(texts, oracle.tweet(*texts), strict=True):
        for url in sorted(set(answer["urls"]), key=len, reverse=True):
            text = text.replace(url, "x" * 23)  # noqa: PLW2901
        plain.append(text)
    return [answer["graphemes"] for answer in oracle.rich_text(*plain)]


def test_every_message_of_every_statement_in_six_languages(shared: Path, oracle: Oracle) -> None:
    written = corpus.written(shared / "statements")
    for texts in [corpus.shipped(), *written.values()]:
        assert [MEASURE.count(text) for text in texts] == as_mastodon_counts(texts, oracle)


@given(corpus.SPACED)
@settings(max_examples=30, derandomize=True, deadline=None)
def test_any_text_without_a_mention(oracle: Oracle, texts: list[str]) -> None:
    local = tuple(text.replace("@", "").replace("＠", "") for text in texts)
    assert [MEASURE.count(text) for text in local] == as_mastodon_counts(local, oracle)
