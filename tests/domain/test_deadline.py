"""By when a campaign must be approved."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.domain.civil_time import to_local
from campaign.domain.deadline import Before, Unit, deadline

FRIDAY_AND_SATURDAY = frozenset((4, 5))


def at(zone: str, text: str, before: str, weekend: frozenset[int] = frozenset((5, 6))) -> str:
    """The deadline of a post due at a UTC time, on the clock of `zone`."""
    due = datetime.fromisoformat(text).replace(tzinfo=UTC)
    found = deadline(Before.parse(before), due, zone, weekend)
    assert found.tzinfo is UTC
    return f"{to_local(found, zone):%a %d %b %Y %H:%M}"


@pytest.mark.parametrize(
    ("due", "before", "expected"),
    [
        ("2021-12-18T07:00", "1 working day", "Fri 17 Dec 2021 08:00"),  # Saturday
        ("2021-12-18T07:00", "2 working days", "Thu 16 Dec 2021 08:00"),
        ("2021-12-20T09:00", "1 working day", "Fri 17 Dec 2021 10:00"),  # Monday
        ("2026-12-11T09:00", "1 working day", "Thu 10 Dec 2026 10:00"),
        ("2027-12-11T09:00", "1 working day", "Fri 10 Dec 2027 10:00"),
        ("2021-12-18T07:00", "2 days", "Thu 16 Dec 2021 08:00"),
        ("2021-12-20T07:00", "1 day", "Sun 19 Dec 2021 08:00"),
        ("2021-12-18T07:00", "12 hours", "Fri 17 Dec 2021 20:00"),
    ],
)
def test_deadline_in_zurich(due: str, before: str, expected: str) -> None:
    assert at("Europe/Zurich", due, before) == expected


def test_the_weekend_of_the_file_counts() -> None:
    """Sunday is a working day in Amman, Friday is not."""
    due = "2026-12-20T06:00"
    assert at("Asia/Amman", due, "1 working day", FRIDAY_AND_SATURDAY) == "Thu 17 Dec 2026 09:00"


def test_days_keep_the_clock_time_and_hours_elapse() -> None:
    """In the night of 27 March 2021 Zurich loses an hour."""
    assert at("Europe/Zurich", "2021-03-28T08:00", "1 day") == "Sat 27 Mar 2021 10:00"
    assert at("Europe/Zurich", "2021-03-28T08:00", "24 hours") == "Sat 27 Mar 2021 09:00"


def test_a_deadline_in_a_gap_comes_sooner() -> None:
    assert at("Europe/Zurich", "2021-03-29T00:30", "1 day") == "Sun 28 Mar 2021 01:30"


@pytest.mark.parametrize(
    "text", ["", "soon", "1", "0 days", "-1 day", "1.5 days", "100 days", "1 week", "1d"]
)
def test_what_is_no_distance(text: str) -> None:
    with pytest.raises(ValueError, match="working days, days or hours"):
        Before.parse(text)


@given(count=st.integers(1, 99), unit=st.sampled_from(Unit))
def test_a_distance_reads_as_it_is_written(count: int, unit: Unit) -> None:
    before = Before(count=count, unit=unit)
    assert Before.parse(str(before)) == before


@given(
    due=st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)),  # noqa: DTZ001
    zone=st.sampled_from(["Europe/Zurich", "America/Havana", "Australia/Lord_Howe", "UTC"]),
    count=st.integers(1, 99),
    unit=st.sampled_from(Unit),
)
def test_a_deadline_is_before_the_post(due: datetime, zone: str, count: int, unit: Unit) -> None:
    aware = due.replace(tzinfo=UTC)
    found = deadline(Before(count=count, unit=unit), aware, zone)
    assert found < aware
    if unit is Unit.WORKING_DAY:
        assert to_local(found, zone).weekday() < 5
        assert aware - found >= timedelta(days=count) - timedelta(hours=2)
