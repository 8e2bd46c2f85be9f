"""Our file of observance days against the compiled list it was made from."""

import json
from datetime import date
from pathlib import Path

import pytest

from campaign.domain.observance import Observance
from campaign.reading.observances import load_observances


def test_migrants_day_has_its_six_names() -> None:
    day = load_observances()["international-migrants-day"]
    assert day.date_in(2021) == date(2021, 12, 18)
    assert set(day.names) == {"en", "fr", "es", "ru", "ar", "zh"}
    assert day.name("es") == "Día Internacional del Migrante"
    assert day.name("sw") == "International Migrants Day"


def test_every_day_has_a_date_and_an_english_name() -> None:
    for name, day in load_observances().items():
        assert day.id == name == name.lower()
        assert any(day.date_in(year) for year in range(2020, 2025))
        assert day.name("en")


def test_days_are_those_of_the_compiled_list(shared: Path) -> None:
    compiled = json.loads((shared / "un-days.json").read_text("utf-8"))["days"]
    expected = {one["id"]: (one["rule"], one["names"]["en"]) for one in compiled}
    ours = {one.id: (rule(one), one.names["en"]) for one in load_observances().values()}
    assert ours == expected


def rule(day: Observance) -> str:
    """As the compiled list spells it."""
    if day.nth:
        weekday = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[day.weekday]
        nth = "last:" if day.nth < 0 else f"nth:{day.nth}-"
        return f"{nth}{weekday}-{day.month:02}"
    every = f";every:{day.every}-from-{day.since}" if day.every > 1 else ""
    return f"{day.month:02}-{day.day:02}{every}"


def test_names_that_nobody_has_checked_are_known_and_never_printed(shared: Path) -> None:
    compiled = json.loads((shared / "un-days.json").read_text("utf-8"))["days"]
    names = {one["id"]: one["names"] for one in compiled}
    for day in load_observances().values():
        if day.id == "international-migrants-day":
            assert day.names == names[day.id]
        else:
            assert set(day.names) == {"en"}
            others = [name for code, name in names[day.id].items() if code != "en"]
            assert list(day.known_as) == others
            assert all(day.name(code) == day.names["en"] for code in names[day.id])


@pytest.mark.parametrize(
    ("name", "expected"),
    [  # as the days' own pages date them
        ("girls-in-ict-day", "2025-04-24"),
        ("world-migratory-bird-day", "2025-05-10"),
        ("international-day-of-cooperatives", "2025-07-05"),
        ("world-maritime-day", "2025-09-25"),
        ("world-habitat-day", "2025-10-06"),
        ("road-traffic-victims-day", "2024-11-17"),
        ("world-philosophy-day", "2024-11-21"),
        ("world-statistics-day", "2025-10-20"),
        ("world-tourism-day", "2025-09-27"),
    ],
)
def test_movable_days(name: str, expected: str) -> None:
    day = date.fromisoformat(expected)
    assert load_observances()[name].date_in(day.year) == day


def test_a_day_that_is_not_held_every_year() -> None:
    day = load_observances()["world-statistics-day"]
    assert [year for year in range(2005, 2032) if day.date_in(year)] == [
        *(2010, 2015, 2020, 2025, 2030)
    ]
    assert day.years_around(2026) == (2025, 2030)
    assert day.years_around(2008) == (2010,)


def test_days_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        load_observances()["x"] = None  # type: ignore[index]
