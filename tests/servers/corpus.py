"""Texts to count: what the product writes, and what people and keyboards come up with."""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from campaign.domain.campaign import Campaign
from campaign.domain.statement import Statement
from campaign.errors import ContentError
from campaign.operations.draft import draft
from campaign.platforms.counting import NETWORKS
from campaign.reading.choice import UndecidedError
from campaign.reading.extract import read_statement
from campaign.shipped import folder
from campaign.writing.compose import Composer

LINK = "https://example.org/statement"

_PIECES = [
    # scripts and spaces
    "word", "Two Words", " ", " ", " ", "\n", "\r\n", "\t", "\u00a0", "é", "e\u0301", "ﬁ", "ß",
    "日本語", "の", "한국", "हिन्दी", "क्षि", "தமிழ்", "ไทย", "Призыв", "مهاجر", "עברית", "\u200f", "\u200e",
    "\u2066", "\u2069", "\u202b", "\u202c", "\u200d", "\u200c", "\u2060", "\u00ad",
    # emoji: families, flags, skin, keycaps, tags, bare and lone halves
    "😀", "👨‍👩‍👧‍👦", "👩🏽‍🚀", "👍🏽", "🏳️‍🌈", "🇨🇭", "🇺🇳", "🇨", "1️⃣", "#️⃣", "❤️", "❤", "©", "™", "☎",
    "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🏽", "\ufe0f", "\u20e3",
    # punctuation
    ".", ",", ":", ";", "!", "?", "…", "“", "”", "‘", "’", "«", "»", "–", "—", "(", ")", "[", "]", "、",
    "。", "،", "؟", "¿", "€", "→", "•", "&", "<", ">", "'", '"', "/", "-", "_", "=", "%", "~", "*", "+", "$",
    # addresses, with a scheme and without, mentions, hashtags
    LINK, f" {LINK} ", f"({LINK})", f"{LINK}.", "https://un.org/a?b=c&d=e#f", "http://", "https://",
    "HTTPS://Example.ORG", "example.com", "www.iom.int/x", "un.org", ".org", ".com", "U.N.", "e.g.",
    "https://en.wikipedia.org/wiki/A_(b)", "https://例え.jp", "https://xn--r8jz45g.jp", "https://t.co/x1",
    "https://социальный.рф/а", "press@example.org", "@UNMigration", "@user@social.example", "@a.bsky.social",
    "＠user", "@", "#MigrantsDay", "#1", "#日本", "＃x", "#", "$UN", "ftp://x.org", "https://localhost/",
    "https://user:pw@example.org/", "https://example.org:8080/", "https://1.2.3.4/",
]  # fmt: skip

_PIECE = st.sampled_from(_PIECES)


def _many(one: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(one, min_size=40, max_size=40)


SPACED = _many(st.lists(_PIECE, max_size=16).map(" ".join))
"""As people write: something between a word, an address and an emoji."""

GLUED = _many(st.lists(_PIECE, max_size=8).map("".join) | st.text(max_size=40))
"""As nobody writes."""


@cache
def shipped() -> tuple[str, ...]:
    """Every part of the shipped campaign."""
    file = Path(str(folder("messages"))) / "international-migrants-day" / "campaign.yaml"
    planned = draft(file).planned
    return tuple(part.text for one in planned for part in one.message.parts)


@cache
def written(statements: Path) -> dict[str, tuple[str, ...]]:
    """By language: every part, for X, Mastodon and Bluesky, of every statement beside us.

    None of those is Chinese, so a statement of our own stands in.
    """
    texts: dict[str, list[str]] = {}
    for oracle in sorted(statements.glob("*.expected.json")):
        language = json.loads(oracle.read_text("utf-8"))["language"]
        path = oracle.with_name(oracle.name.replace(".expected.json", ".txt"))
        texts.setdefault(language, []).extend(_messages(_read(path, language)))
    chinese = Path(__file__).with_name("statement.zh.txt")
    texts["zh"] = list(_messages(_read(chinese, "zh")))
    return {language: tuple(found) for language, found in texts.items()}


def _read(path: Path, language: str) -> Statement:
    try:
        return read_statement(path, language=language, observances={})
    except UndecidedError as error:
        pick = [one.number for one in error.candidates]
        return read_statement(path, language=language, observances={}, pick=pick)


def _messages(statement: Statement) -> Iterator[str]:
    """What cannot be said without a person's decision is left out."""
    campaign = Campaign(
        id="test", title="Test", day=date(2026, 12, 18), zone="UTC", file="campaign.yaml",
        statement=statement.file, language=statement.language, accounts=(), calendar=(),
        link=LINK, hashtags=("MigrantsDay",),
    )  # fmt: skip
    composer = Composer(campaign, statement, [folder("messages") / "templates"], None)
    for kind, numbers in composer.available().items():
        for number in numbers:
            for name in ("x", "mastodon", "bluesky"):
                try:
                    message = composer.compose(kind, number, NETWORKS[name])
                except ContentError:
                    continue
                yield from (part.text for part in message.parts)
