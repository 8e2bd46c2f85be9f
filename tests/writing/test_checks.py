"""Contacts and invisible controls never reach a post."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.writing.checks import faults

SECRETS = ("amara lindqvist", "press@example.org", "+12025550147", "alindqvist")


@pytest.mark.parametrize(
    "text",
    [
        "Ask Amara Lindqvist today",
        "ask AMARA  LINDQVIST",
        "ask Amara\nLindqvist",
        "ask Amara\u00a0Lindqvist",
        "ask Ama\u00adra Lind\u200bqvist",
        "write to press@example.org",
        "Press@Example.ORG",
        "Call +12025550147",
        "call +1 202 555 0147",
        "call +1-202-555-0147",
        "call (202) 555-0147",
        "call 202.555.0147",
        "call 001 202/555 01 47",
        "call +1 202\u2011555\u20110147",
        "call ٢٠٢٥٥٥٠١٤٧",
        "call ２０２５５５０１４７",
        "#AlindqvistSays",
    ],
)
def test_suppressed_is_refused(text: str) -> None:
    assert len(faults(text, SECRETS)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Nearly 14,000 migrants since 2018, and 12 million in 2025",
        "Amara is a name, and so is Lindqvist",
        "Call 1 of 7: 202, 555 and 0147 are numbers",
        "example.org/statement",
        "A family 👨‍👩‍👧 and می‌خواهم keep their joiners\nand lines\tand tabs",
    ],
)
def test_innocent_text_passes(text: str) -> None:
    assert faults(text, SECRETS) == []


@pytest.mark.parametrize("control", list("\u202a\u202e\u2066\u2069\ufeff\ufdd0\x00\x1b\x85\ud800"))
def test_controls_are_refused(control: str) -> None:
    (fault,) = faults(f"a{control}b", ())
    assert f"U+{ord(control):04X}" in fault


SEPARATORS = st.text(alphabet=" -.\u00a0\u2011/()\u2013", max_size=3)


@given(st.lists(SEPARATORS, min_size=11, max_size=11), st.text(max_size=20), st.text(max_size=20))
def test_a_number_is_found_however_it_is_written(
    between: list[str], before: str, after: str
) -> None:
    spaced = "".join(digit + gap for digit, gap in zip("12025550147", between, strict=True))
    assert faults(f"{before} {spaced} {after}", SECRETS)
