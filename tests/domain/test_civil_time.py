"""Zones with gaps and folds, the end of a day, working days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.domain.civil_time import (
    GapError,
    add_working_days,
    midnight_after,
    resolve,
    to_local,
)

ZONES = (
    "Europe/Zurich",
    "America/New_York",
    "America/Havana",
    "Africa/Cairo",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "UTC",
)


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return wall(year, month, day, hour, minute).replace(tzinfo=UTC)


def wall(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """What a clock on the wall shows, anywhere."""
    return datetime(year, month, day, hour, minute)  # noqa: DTZ001


def test_winter_and_summer() -> None:
    assert resolve(wall(2021, 12, 18, 8), "Europe/Zurich") == utc(2021, 12, 18, 7)
    assert resolve(wall(2021, 6, 20, 8), "Europe/Zurich") == utc(2021, 6, 20, 6)
    assert to_local(utc(2021, 12, 18, 7), "Europe/Zurich").hour == 8


@pytest.mark.parametrize(
    ("local", "zone"),
    [
        (wall(2021, 3, 28, 2, 30), "Europe/Zurich"),
        (wall(2021, 3, 28, 2, 0), "Europe/Zurich"),
        (wall(2021, 3, 28, 2, 59), "Europe/Zurich"),
        (wall(2021, 10, 3, 2, 15), "Australia/Lord_Howe"),  # half an hour
        (wall(2011, 12, 30, 10, 0), "Pacific/Apia"),  # a whole day
    ],
)
def test_gap_is_refused(local: datetime, zone: str) -> None:
    with pytest.raises(GapError, match=f"{local:%H:%M} does not exist on {local.day} "):
        resolve(local, zone)


def test_the_edges_of_a_gap_exist() -> None:
    before = resolve(wall(2021, 3, 28, 1, 59), "Europe/Zurich")
    after = resolve(wall(2021, 3, 28, 3, 0), "Europe/Zurich")
    assert after - before == timedelta(minutes=1)


def test_fold_means_the_first() -> None:
    assert resolve(wall(2021, 10, 31, 2, 30), "Europe/Zurich") == utc(2021, 10, 31, 0, 30)
    second = wall(2021, 10, 31, 2, 30).replace(fold=1)
    assert resolve(second, "Europe/Zurich") == utc(2021, 10, 31, 0, 30)


@given(
    local=st.datetimes(min_value=wall(2000, 1, 1), max_value=wall(2037, 1, 1)),
    zone=st.sampled_from(ZONES),
)
def test_an_instant_shows_the_time_it_was_made_from(local: datetime, zone: str) -> None:
    try:
        instant = resolve(local, zone)
    except GapError:
        return
    assert instant.tzinfo is UTC
    assert to_local(instant, zone).replace(tzinfo=None, fold=0) == local


def test_midnight_after() -> None:
    assert midnight_after(date(2021, 12, 18), "Europe/Zurich") == utc(2021, 12, 18, 23)
    assert midnight_after(date(2021, 12, 18), "America/New_York") == utc(2021, 12, 19, 5)


def test_midnight_that_the_clocks_skip_is_where_they_skip() -> None:
    """In Cairo 28 April 2023 began at 01:00, one second after 23:59:59 of the 27th."""
    assert midnight_after(date(2023, 4, 27), "Africa/Cairo") == utc(2023, 4, 27, 22)


def test_midnight_that_comes_twice_ends_the_day_the_first_time() -> None:
    """In Havana 01:00 of 7 November 2021 became 00:00 of the same day once more."""
    assert midnight_after(date(2021, 11, 6), "America/Havana") == utc(2021, 11, 7, 4)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2021, 12, 18), 1, date(2021, 12, 20)),  # Saturday, Monday
        (date(2021, 12, 17), 1, date(2021, 12, 20)),  # Friday, Monday
        (date(2021, 12, 18), -1, date(2021, 12, 17)),
        (date(2021, 12, 20), -1, date(2021, 12, 17)),
        (date(2021, 12, 15), 2, date(2021, 12, 17)),
        (date(2021, 12, 15), 5, date(2021, 12, 22)),
        (date(2021, 12, 18), 0, date(2021, 12, 18)),
    ],
)
def test_working_days(day: date, count: int, expected: date) -> None:
    assert add_working_days(day, count) == expected


@given(day=st.dates(date(2000, 1, 1), date(2099, 1, 1)), count=st.integers(1, 60))
def test_working_days_there_and_back(day: date, count: int) -> None:
    there = add_working_days(day, count)
    assert there.weekday() < 5
    assert (
        sum((day + timedelta(n)).weekday() < 5 for n in range(1, (there - day).days + 1)) == count
    )
    if day.weekday() < 5:
        assert add_working_days(there, -count) == day
