"""An account's pace as a value."""

from datetime import UTC, datetime, timedelta

import pytest

from campaign.domain.pace import Pace, pace_of, read_limit

NOW = datetime(2021, 12, 18, 8, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "0/day", "100", "100/year", "-1/day", "1.5/hour", "day/1"])
def test_limit_that_is_none(text: str) -> None:
    assert read_limit(text) is None


MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def test_settings_without_a_pace_have_none() -> None:
    assert pace_of({"folder": "x"}, MINUTE) is None
    assert pace_of({"limit": "17 / day"}, MINUTE) == Pace(limit=17, period=DAY)
    assert pace_of({"spacing": "120"}, MINUTE) == Pace(spacing=2 * MINUTE)


def test_what_is_late_keeps_a_minute_or_the_spacing_of_its_account() -> None:
    late = timedelta(minutes=1, seconds=1)
    assert pace_of({}, late) == Pace(spacing=MINUTE)
    assert pace_of({"spacing": "120"}, late) == Pace(spacing=2 * MINUTE)
    limited = {"limit": "17/day", "spacing": "30"}
    assert pace_of(limited, late) == Pace(limit=17, period=DAY, spacing=MINUTE)


def test_free_slot_is_when_the_oldest_that_counts_falls_out() -> None:
    pace = Pace(limit=2, period=timedelta(hours=1))
    used = [NOW - timedelta(minutes=minutes) for minutes in (50, 40, 10)]
    assert pace.free_at(used[:1], 1) is None
    assert pace.free_at(used[:2], 1) == used[0] + timedelta(hours=1)
    assert pace.free_at(used, 1) == used[1] + timedelta(hours=1)


def test_later_of_limit_and_spacing_counts() -> None:
    pace = Pace(limit=1, period=timedelta(minutes=1), spacing=timedelta(minutes=5))
    assert pace.free_at([NOW], 1) == NOW + timedelta(minutes=5)
    assert pace.free_at([NOW], 2) == NOW + timedelta(minutes=1)
