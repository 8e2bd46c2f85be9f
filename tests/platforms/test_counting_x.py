"""X's weight: by hand, against twitter-text's own cases, and the fast path against the library."""

import subprocess
import sys
import unicodedata
import warnings
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from campaign.platforms import weighted
from campaign.platforms.weighted import weigh

LINK = "https://example.org/statement"


def library(text: str) -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import twitter_text
    weight: int = twitter_text.parse_tweet(text).weightedLength
    return weight


BY_HAND = [
    ("", 0),
    ("plain words", 11),
    ("two\nlines", 9),
    ("António", 7),
    ("Anto\u0301nio", 7),  # counted after NFC
    ("“quoted” – ‘so’", 15),
    ("wait…", 6),
    ("a → b", 6),
    ("€5", 3),
    ("日本語", 6),
    ("我们口渴，等待：雨！", 20),
    ("안녕", 4),
    ("ひらがな", 8),
    ("النداء 1 من 7", 13),
    ("Призыв", 6),
    ("ếạ", 4),
    ("5′ 3″", 5),
    ("COVID\u201119", 8),
    ("COVID\u201019", 8),
    ("\u2066RTL\u2069", 7),
    (LINK, 23),
    (f"Read {LINK}", 28),
    (f"{LINK} {LINK}", 47),
    (f"{LINK}.", 24),
    (f"({LINK})", 25),
    ("http://x.com", 23),
    ("https://sub.un.org/a/b?c=d&e=f", 23),
    ("example.com", 23),
    ("see example.com now", 31),
    ("www.iom.int/news", 23),
    ("https://t.co/abc/def", 27),
    ("a.b", 3),
    ("e.g. this, i.e. that", 20),
    ("U.N. and 3.5 and v1.2", 21),
    ("end.Next", 23),
    ("press@example.org", 17),
    ("@UNMigration #MigrantsDay", 25),
    ("https://nowhere", 15),
    ("😀", 2),
    ("👨‍👩‍👧‍👦", 2),
    ("👍🏽", 2),
    ("🇨🇭", 2),
    ("1️⃣", 2),
    ("❤️", 2),
    ("©", 2),
    ("😀😀 ok", 7),
]


@pytest.mark.parametrize(("text", "expected"), BY_HAND)
def test_weight_by_hand(text: str, expected: int) -> None:
    assert weigh(text) == expected
    assert library(text) == expected


PIECES = st.sampled_from([
    "word", "two words", " ", " ", " ", "\n", ". ", ", ", ".", ":", "…", "“", "”", "–", "(", ")",
    "é", "e\u0301", "日", "の", "，", "：", "م", "Ж", "€", "@", "#", "/", "-", "_", "&", "?", "=", "%", "'", '"',
    "https://", "http://", "example", ".org", ".com", ".int", ".co", "un.org", "U.N.", "e.g.",
    LINK, f" {LINK} ", "https://un.org/a?b=c", "https://t.co/x1", "😀", "👨‍👩‍👧", "🇨🇭", "©", "1️⃣",
    "\u200d", "\ufe0f", "\u2011", "\t", "\r\n", "\u00a0", "\u2028", "0", "9", "A", "z", "＠", "xn--",
])  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join))
@settings(max_examples=600, deadline=None)
def test_fast_path_agrees_with_the_library(text: str) -> None:
    assert weigh(text) == weighted._weigh_by_library(unicodedata.normalize("NFC", text))


@given(st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_any_text_agrees_with_the_library(text: str) -> None:
    assert weigh(text) == weighted._weigh_by_library(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize("shape", [
    "水{c}水", "1{c}", "{c}{c}", f"{{c}} {LINK}", f"{LINK} {{c}}", f"{LINK}{{c}}", f"{{c}}{LINK}",
    "a.{c}b", "un.org{c}", "{c}un.org", "@a{c}b #x{c}y", "{c}\u20e3", "{c}\ufe0f", "u{c}org",
])  # fmt: skip
def test_full_width_agrees_with_the_library(shape: str) -> None:
    for point in range(0xFF01, 0xFF61):
        text = shape.format(c=chr(point))
        assert weigh(text) == weighted._weigh_by_library(text), text


@pytest.mark.parametrize(
    ("text", "expected"),
    [("好。un.org", 27), ("مهاجرun.org", 28), ("。.un.org", 26), ("日本語un.org", 29), ("\r\n", 2)],
)
def test_x_sees_more_than_the_library_does(text: str, expected: int) -> None:
    """As twitter-text in JavaScript counts; tests/servers asks it."""
    assert weigh(text) == expected
    assert library(text) <= expected


def test_top_level_domains_begin_as_the_fast_path_expects() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from twitter_text.regexp.valid_cctld import valid_cctld
        from twitter_text.regexp.valid_gtld import valid_gtld
    for pattern in (valid_cctld.pattern, valid_gtld.pattern):
        for domain in pattern.removeprefix("(?:(?:").split(")(?=")[0].split("|"):
            assert weighted._MAYBE_DOMAIN.search(f"a.{domain}"), domain


def test_twitter_texts_own_cases(shared: Path) -> None:
    cases = YAML(typ="safe").load(shared / "conformance" / "twitter-text" / "validate.yml")
    counted = [group for name, group in cases["tests"].items() if name.endswith("CounterTest")]
    rows = [row for group in counted for row in group]
    assert len(rows) >= 24
    wrong = [row for row in rows if weigh(row["text"]) != row["expected"]["weightedLength"]]
    assert all(row in cases["tests"]["WeightedTweetsCounterTest"] for row in wrong)
    assert len(wrong) == 2  # these two weigh an emoji's code points one by one: config v2


def test_ordinary_text_does_not_import_the_library() -> None:
    code = (
        "import sys; from campaign.platforms.counting import NETWORKS\n"
        "for n in ('x', 'mastodon'):\n"
        f"    NETWORKS[n].measure.count('“Call 1” – for the U.N. … #Tag Our text: {LINK} 1/2 我们，')\n"
        "assert 'twitter_text' not in sys.modules\n"
        "NETWORKS['x'].measure.count('see example.com')\n"
        "assert 'twitter_text' in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
