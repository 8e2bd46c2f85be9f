"""Observance days by name, in the languages in which we know it."""

import pytest

from campaign.config.day import find_observance, near_observances, split_day
from campaign.reading.observances import load_observances


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("international-migrants-day 2026", "international-migrants-day"),
        ("International Women’s Day 2026", "international-womens-day"),
        ("Journée internationale des migrants 2026", "international-migrants-day"),
        ("国际移徙者日 2026", "international-migrants-day"),
        ("国际移民日2026", "international-migrants-day"),
        ("Día Mundial del Agua, 2026", "world-water-day"),
        ("Всемирный день беженцев 2026", "world-refugee-day"),
    ],
)
def test_a_name_in_any_of_the_six_languages(text: str, expected: str) -> None:
    name, year = split_day(text)
    found = find_observance(name, load_observances())
    assert found is not None
    assert (found.id, year) == (expected, "2026")


def test_no_two_days_share_a_name() -> None:
    for day in load_observances().values():
        for name in (*day.names.values(), *day.known_as):
            assert find_observance(name, load_observances()) == day


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("migrants day", "international-migrants-day"),
        ("world refuge day", "world-refugee-day"),
        ("Journée mondiale des réfugiés", "world-refugee-day"),
        ("childrens day", "world-childrens-day"),
    ],
)
def test_the_nearest_days(name: str, first: str) -> None:
    found = near_observances(name, load_observances())
    assert found[0] == first
    assert len(found) <= 3
