from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from campaign.domain.statement import Kind
from campaign.preview.characters import columns, wrap
from campaign.preview.terminal import preview_lines

from .factory import (
    ARABIC,
    CAMPAIGN,
    NETWORKS,
    NOON,
    UN_BLUESKY,
    UN_X,
    arabic,
    part,
    planned,
    thread,
)


def test_a_local_line_shows_both_clocks() -> None:
    asia = planned()
    own = datetime(2026, 12, 18, 18)  # noqa: DTZ001
    there = replace(asia, post=replace(asia.post, local_time=own, zone="Asia/Bangkok"))
    lines = preview_lines(CAMPAIGN, there, networks=NETWORKS, now=NOON)
    assert lines[0].endswith("Fri 18 Dec 12:00 Zurich (18:00 Bangkok)")


def test_thread_reads_like_the_paper() -> None:
    state = "approved by a.diallo (comms); waiting for legal"
    lines = preview_lines(CAMPAIGN, thread(), networks=NETWORKS, now=NOON, state=state)
    assert "\n".join(lines) == (
        "recommendation 3 · English · un-x (@UNMigration) · Fri 18 Dec 12:00 Zurich · thread of 2\n"
        "\n"
        "  1/2  279 of 280\n"
        "  │ Call 3 to States and all stakeholders:\n"
        "  │ Accelerate the implementation of the 2030 Agenda for Sustainable Development by addressing the\n"
        "  │ adverse drivers and structural factors that hinder people from building and maintaining\n"
        "  │ sustainable livelihoods in their countries of origin, 1/2\n"
        "  2/2  102 of 280\n"
        "  │ and thus compel them to seek a future elsewhere.\n"
        "  │ #MigrantsDay From 2021: https://example.org/statement 2/2\n"
        "\n"
        '  Why a thread   one post would be 378 of 280. Cut before "and thus"; no word lost.\n'
        '  For one post   add to the campaign file  short: {recommendation 3: "…"}\n'
        "  Words          Accelerating → Accelerate; everything else as in statement.en.md:27\n"
        "  State          approved by a.diallo (comms); waiting for legal"
    )


def test_right_to_left_text_is_never_wrapped() -> None:
    lines = preview_lines(CAMPAIGN, arabic(), networks=NETWORKS, now=NOON)
    assert lines[0] == (
        "recommendation 1 · Arabic (right to left) · un-x-ar (@UNMigrationAR)"
        " · Fri 18 Dec 12:00 Zurich"
    )
    assert lines[2] == "  1 post  198 of 280"
    assert lines[3:7] == [f"  │ {line}" for line in ARABIC.split("\n")]
    assert "  Words          as in statement.ar.md:41, nothing converted" in lines
    assert lines[-1].endswith("trust the page, not the terminal.")


def test_right_to_left_paragraph_in_an_english_post_is_not_wrapped() -> None:
    long = ARABIC.split("\n")[1] * 3
    lines = preview_lines(
        CAMPAIGN, planned(part(f"In Arabic:\n{long}")), networks=NETWORKS, now=NOON
    )
    assert f"  │ {long}" in lines


@pytest.mark.parametrize("width", [100, 60])
def test_lines_stay_within_the_width(width: int) -> None:
    wide = part(
        "所有移民的人权" * 40 + " " + "x" * 250 + " words " * 40, card="https://a.example/" * 9
    )
    account = replace(UN_X, name="a-very-long-account-name-of-a-partner", handle="WithALongHandle")
    state = "approved by " + ", ".join(["somebody.with.a.long.name"] * 9)
    lines = preview_lines(
        CAMPAIGN,
        planned(wide, wide, account=account, converted=(("Accelerating" * 9, "Accelerate" * 9),)),
        networks=NETWORKS,
        now=NOON,
        state=state,
        width=width,
    )
    assert max(columns(line) for line in lines) <= width
    assert "".join("".join(lines).split()).count("x" * 20) > 0


def test_single_post_has_no_reason_for_a_thread_and_no_state() -> None:
    lines = preview_lines(CAMPAIGN, planned(kind=Kind.HEADLINE), networks=NETWORKS, now=NOON)
    assert lines[0].startswith("headline · English · un-x")
    assert lines[0].endswith("Zurich")
    assert lines[-1] == "  Words          as in statement.en.md:27, nothing converted"


def test_empty_lines_of_a_post_stay() -> None:
    lines = preview_lines(CAMPAIGN, planned(part("one\n\ntwo")), networks=NETWORKS, now=NOON)
    assert lines[3:6] == ["  │ one", "  │", "  │ two"]


def test_card_is_named_once() -> None:
    post = planned(part("Read.", card="https://example.org/a"), account=UN_BLUESKY)
    lines = preview_lines(CAMPAIGN, post, networks=NETWORKS, now=NOON)
    assert lines[-1] == ("  Card           https://example.org/a, shown as a card and not counted")


def test_control_characters_are_named_not_printed() -> None:
    lines = preview_lines(
        CAMPAIGN, planned(part("a\x1b[31mb\u202ec\td")), networks=NETWORKS, now=NOON
    )
    assert lines[3] == "  │ a[U+001B][31mb[U+202E]c[U+0009]d"


@pytest.mark.parametrize("hours", [1, 0])
def test_an_embargo_stands_on_every_post_until_it_is_over(hours: int) -> None:
    campaign = replace(CAMPAIGN, embargo=NOON + timedelta(hours=hours))
    bangkok = replace(UN_X, zone="Asia/Bangkok")
    lines = preview_lines(campaign, planned(account=bangkok), networks=NETWORKS, now=NOON)
    told = "  EMBARGO until Fri 18 Dec 13:00 Zurich = Fri 18 Dec 19:00 Bangkok"
    assert (lines[1] == told) == bool(hours)
    assert ("EMBARGO" in "".join(lines)) == bool(hours)


def test_time_is_the_campaigns_own() -> None:
    lines = preview_lines(
        replace(CAMPAIGN, zone="America/New_York"), planned(), networks=NETWORKS, now=NOON
    )
    assert "Fri 18 Dec 06:00 New York" in lines[0]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("one two", ["one", "two"]),
        ("toolong", ["toolo", "ng"]),
        ("a bc\u00a0»", ["a", "bc\u00a0»"]),
        ("移民移民", ["移民", "移民"]),
        ("e\u0301e\u0301e\u0301e\u0301e\u0301", ["e\u0301" * 5]),
    ],
)
def test_wrap_counts_columns(text: str, lines: list[str]) -> None:
    assert wrap(text, 5) == lines
