"""Each network counts by its own rule."""

import pytest

from campaign.platforms.counting import NETWORKS

FAMILY = "👨‍👩‍👧‍👦"  # four people and three joiners: seven code points
LINK = "https://example.org/statement"


def count(network: str, text: str) -> int:
    return NETWORKS[network].measure.count(text)


def test_networks_are_known_by_name() -> None:
    assert list(NETWORKS) == [
        "x",
        "mastodon",
        "bluesky",
        "linkedin",
        "facebook",
        "instagram",
        "threads",
        "telegram",
        "webhook",
        "outbox",
    ]
    assert all(network.name == name for name, network in NETWORKS.items())


@pytest.mark.parametrize(
    ("network", "limit"),
    [
        ("x", 280),
        ("mastodon", 500),
        ("bluesky", 300),
        ("linkedin", 3000),
        ("facebook", 63_206),
        ("instagram", 2200),
        ("threads", 500),
        ("telegram", 4096),
        ("webhook", 40_000),
        ("outbox", 40_000),
    ],
)
def test_limit_is_the_last_length_that_fits(network: str, limit: int) -> None:
    measure = NETWORKS[network].measure
    assert measure.limit == limit
    assert measure.fits("a" * limit)
    assert not measure.fits("a" * (limit + 1))


def test_no_threads_on_linkedin_facebook_instagram() -> None:
    assert [name for name, network in NETWORKS.items() if not network.threads] == [
        "linkedin",
        "facebook",
        "instagram",
    ]


def test_link_is_a_card_on_bluesky_only() -> None:
    assert [name for name, network in NETWORKS.items() if network.link_as_card] == ["bluesky"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 0),
        ("plain", 5),
        (FAMILY, 1),
        ("e\u0301", 1),
        (LINK, 23),
        (f"See {LINK}, today", 4 + 23 + 7),
        (f"({LINK})", 25),
        ("https://social.example/@user/1", 30),  # no such top-level domain: counted in full
        ("example.org", 11),  # without a scheme it is no link here
        (f"{LINK} {LINK}", 47),
        ("@migration@social.example hi", 13),
        ("@migration hi", 13),
        ("press@example.org", 17),
        ("Co.@iom", 7),
        ("日本語", 3),
        ("https://mastodon.social/@user@other.example", 23),
    ],
)
def test_mastodon(text: str, expected: int) -> None:
    assert count("mastodon", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("plain", 5), (FAMILY, 1), ("🇨🇭🇺🇳", 2), ("e\u0301", 1), ("\r\n", 1), (LINK, 29), ("日本", 2)],
)
def test_bluesky(text: str, expected: int) -> None:
    assert count("bluesky", text) == expected


def test_bluesky_bytes_are_a_second_limit() -> None:
    measure = NETWORKS["bluesky"].measure
    assert measure.fits(FAMILY * 120)
    assert measure.count(FAMILY * 121) == 121
    assert not measure.fits(FAMILY * 121)


@pytest.mark.parametrize("network", ["linkedin", "telegram"])
@pytest.mark.parametrize(
    ("text", "expected"), [("plain", 5), ("😀", 2), (FAMILY, 11), ("日本", 2), (LINK, 29)]
)
def test_utf16(network: str, text: str, expected: int) -> None:
    assert count(network, text) == expected


@pytest.mark.parametrize("network", ["facebook", "instagram", "webhook", "outbox"])
@pytest.mark.parametrize(("text", "expected"), [("plain", 5), ("😀", 1), (FAMILY, 7), (LINK, 29)])
def test_code_points(network: str, text: str, expected: int) -> None:
    assert count(network, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain 123", 9),
        ("👍", 4),
        (FAMILY, 25),
        ("❤️", 6),
        ("1️⃣", 7),
        ("🇨🇭", 8),
        ("日本", 2),
        ("é…“”", 4),
    ],
)
def test_threads(text: str, expected: int) -> None:
    assert count("threads", text) == expected
