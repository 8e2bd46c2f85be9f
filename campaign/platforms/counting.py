"""Every network we know, each with its limit and its own way to count."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType

import regex

from campaign.domain.measure import Measure, Network
from campaign.platforms.weighted import LINK_WEIGHT, replace_links, weigh

_GRAPHEME = regex.compile(r"\X")
_EMOJI = regex.compile(r"[\p{Extended_Pictographic}\p{Emoji_Presentation}\u20e3]")
_REMOTE_MENTION = re.compile(
    r"(?<![=/\w])(@[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?)@[\w.-]{0,252}\w(?!\w)",
    re.IGNORECASE | re.ASCII,
)


@lru_cache(maxsize=4096)  # a text is counted for every account that posts it
def graphemes(text: str) -> int:
    """What a reader takes for one character (UAX 29). Bluesky; PLATFORMS §4."""
    if text.isascii() and "\r" not in text:
        return len(text)
    return len(_GRAPHEME.findall(text))


def mastodon_characters(text: str) -> int:
    """Graphemes; a link counts 23, a remote mention without its server. PLATFORMS §3."""
    text = replace_links(text, "x" * LINK_WEIGHT)
    return graphemes(_REMOTE_MENTION.sub(r"\1", text))


def utf16_units(text: str) -> int:
    """UTF-16 code units: most emoji count 2. LinkedIn, Telegram; PLATFORMS §5, §7."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def threads_characters(text: str) -> int:
    """Code points, but an emoji counts its UTF-8 bytes. PLATFORMS §6."""
    if text.isascii():
        return len(text)
    return sum(
        len(cluster.encode("utf-8", "surrogatepass")) if _EMOJI.search(cluster) else len(cluster)
        for cluster in _GRAPHEME.findall(text)
    )


def code_points(text: str) -> int:
    """Unicode code points. Facebook, Instagram, webhook, outbox; PLATFORMS §6, §8, §9."""
    return len(text)


def _network(
    name: str,
    title: str,
    measure: tuple[int, str, Callable[[str], int]],
    *,
    max_bytes: int | None = None,
    threads: bool = True,
    link_as_card: bool = False,
) -> Network:
    limit, unit, count = measure
    return Network(
        name=name,
        title=title,
        measure=Measure(limit=limit, unit=unit, count=count, max_bytes=max_bytes),
        threads=threads,
        link_as_card=link_as_card,
    )


_KNOWN = (
    _network("x", "X", (280, "weighted characters", weigh)),
    _network("mastodon", "Mastodon", (500, "graphemes", mastodon_characters)),
    _network(
        "bluesky", "Bluesky", (300, "graphemes", graphemes), max_bytes=3000, link_as_card=True
    ),
    _network("linkedin", "LinkedIn", (3000, "UTF-16 units", utf16_units), threads=False),
    _network("facebook", "Facebook", (63_206, "code points", code_points), threads=False),
    _network("instagram", "Instagram", (2200, "code points", code_points), threads=False),
    _network("threads", "Threads", (500, "characters", threads_characters)),
    _network("telegram", "Telegram", (4096, "UTF-16 units", utf16_units)),
    _network("webhook", "Webhook", (40_000, "code points", code_points)),
    _network("outbox", "Outbox", (40_000, "code points", code_points)),
)

NETWORKS: Mapping[str, Network] = MappingProxyType({network.name: network for network in _KNOWN})
