"""What becomes a link, a hashtag or a mention on Bluesky."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.platforms.facets import find_facets

PIECES = ["https://example.org/a", "#Migrants", "@iom.example.org", "$UN", "é", "👩‍👩‍👧‍👦", " ", "(", ")",
          ".", "example.com", "الهجرة", "#", "@", "\n", "移民", "a"]  # fmt: skip


def did_of(handle: str) -> str | None:
    return f"did:{handle}" if handle.endswith("example.org") else None


def found(text: str) -> list[tuple[str, str]]:
    """What each facet covers, and what it leads to."""
    coded, seen = text.encode(), []
    for facet in find_facets(text, did_of):
        (feature,) = facet["features"]
        span = coded[facet["index"]["byteStart"] : facet["index"]["byteEnd"]]
        seen.append((span.decode(), feature.get("uri") or feature.get("tag") or feature["did"]))
    return seen


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nothing here.", []),
        ("Égalité : https://example.org/é.", [("https://example.org/é", "https://example.org/é")]),
        ("(https://example.org/a)", [("https://example.org/a", "https://example.org/a")]),
        ("https://example.org/a_(b)", [("https://example.org/a_(b)", "https://example.org/a_(b)")]),
        ("Read example.com, not 3.5 or e.g.this", [("example.com", "https://example.com")]),
        ("U.N. and file.doesnotexist", []),
        ("#MigrantsDay, #2026 #a1! a#b", [("#MigrantsDay", "MigrantsDay"), ("#a1", "a1")]),
        ("#" + "a" * 65, []),
        ("#يوم_المهاجرين", [("#يوم_المهاجرين", "يوم_المهاجرين")]),
        ("With @iom.example.org.", [("@iom.example.org", "did:iom.example.org")]),
        ("With @nobody.example and a@iom.example.org", []),
        ("Buy $un now", [("$un", "$UN")]),
        ("It costs $5", []),
    ],
)
def test_spans_are_those_of_the_app(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)))
def test_facets_of_any_text_are_sorted_disjoint_and_on_letters(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    coded, end = text.encode(), 0
    for facet in find_facets(text, did_of):
        start, stop = facet["index"]["byteStart"], facet["index"]["byteEnd"]
        assert end <= start < stop <= len(coded)
        coded[start:stop].decode()
        end = stop
