"""X: our weight and our links against twitter-text, its suite and its living JavaScript."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from ruamel.yaml import YAML

from campaign.platforms.counting import NETWORKS
from campaign.platforms.weighted import replace_links, weigh
from tests.servers import corpus
from tests.servers.oracle import Oracle

MEASURE = NETWORKS["x"].measure
INVALID = set("\ufffe\uffff\ufeff")  # refused before anything is counted: writing.checks.controls
BROKEN = re.compile(r"https?://(?![a-z0-9])", re.IGNORECASE)


@pytest.fixture(scope="session")
def suite(shared: Path) -> dict[str, Any]:
    """twitter-text's conformance suite: what stands under `tests`, of all files."""
    folder = shared / "conformance" / "twitter-text"
    names = ("validate", "extract", "tlds")
    return {name: YAML(typ="safe").load(folder / f"{name}.yml")["tests"] for name in names}


def wrong_weights(texts: tuple[str, ...], oracle: Oracle) -> list[tuple[str, int, int]]:
    answers = zip(texts, oracle.tweet(*texts), strict=True)
    compared = [(text, weigh(text), answer["weight"]) for text, answer in answers]
    return [row for row in compared if row[1] != row[2]]


@pytest.mark.parametrize(
    "group", ["WeightedTweetsWithDiscountedEmojiCounterTest", "UnicodeDirectionalMarkerCounterTest"]
)
def test_weight_and_validity_of_the_suite(suite: dict[str, Any], group: str) -> None:
    rows = suite["validate"][group]
    assert rows
    for row in rows:
        text, expected = row["text"], row["expected"]
        assert weigh(text) == expected["weightedLength"], row["description"]
        fits = 0 < weigh(text) <= MEASURE.limit
        assert (fits and not INVALID & set(text)) == expected["valid"], row["description"]


def test_weight_of_the_suite_before_emoji_were_discounted(suite: dict[str, Any]) -> None:
    """Its rows are of config v2. The two that differ count the code points of an emoji."""
    rows = suite["validate"]["WeightedTweetsCounterTest"]
    wrong = [row for row in rows if weigh(row["text"]) != row["expected"]["weightedLength"]]
    assert len(rows) >= 20
    assert len(wrong) == 2
    assert all(weigh(row["text"]) < row["expected"]["weightedLength"] for row in wrong)


@pytest.mark.parametrize(
    ("file", "group"),
    [
        ("extract", "urls"),
        ("extract", "tco_urls_with_params"),
        ("validate", "tweets"),
        ("tlds", "country"),
        ("tlds", "generic"),
    ],
)
def test_weight_of_every_link_of_the_suite(
    suite: dict[str, Any], oracle: Oracle, file: str, group: str
) -> None:
    """Its expected links say what a link is; the living library, what the text then weighs."""
    texts = tuple(row["text"] for row in suite[file][group])
    assert texts
    assert not wrong_weights(texts, oracle)


def test_links_with_a_scheme_are_those_of_the_suite(suite: dict[str, Any], oracle: Oracle) -> None:
    """replace_links is what Mastodon's count stands on."""
    for group in ("urls", "tco_urls_with_params"):
        for row in suite["extract"][group]:
            found = oracle.tweet(row["text"])[0]["urls"]
            text = row["text"]
            for url in found:
                text = text.replace(url, "\0", 1)
            assert replace_links(row["text"], "\0") == text, row["description"]


def test_every_message_of_the_shipped_campaign(oracle: Oracle) -> None:
    texts = corpus.shipped()
    assert len(texts) >= 50
    assert not wrong_weights(texts, oracle)


def test_every_message_of_every_statement_in_six_languages(shared: Path, oracle: Oracle) -> None:
    written = corpus.written(shared / "statements")
    assert set(written) == {"ar", "en", "es", "fr", "ru", "zh"}
    for texts in written.values():
        assert len(texts) >= 10
        assert not wrong_weights(texts, oracle)


@given(corpus.SPACED)
@settings(max_examples=30, derandomize=True, deadline=None)
def test_any_text(oracle: Oracle, texts: list[str]) -> None:
    """A lone © or ® is 1 for twitter-text and 2 here, and on the safe side."""
    plain = tuple(text.replace("©", "c").replace("®", "r") for text in texts)
    assert not wrong_weights(plain, oracle)
    assert not [row for row in wrong_weights(tuple(texts), oracle) if row[1] < row[2]]


@given(corpus.GLUED)
@settings(max_examples=30, derandomize=True, deadline=None)
def test_no_text_is_lighter_than_it_is_for_x(oracle: Oracle, texts: list[str]) -> None:
    """Where the library and the JavaScript differ we take the larger one: a text that X refuses
    would be refused when its hour has come. Left out: a scheme with no host behind it.
    """
    whole = tuple(text for text in texts if not BROKEN.search(text))
    assert not [row for row in wrong_weights(whole, oracle) if row[1] < row[2]]
