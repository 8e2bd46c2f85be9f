"""Our file of observance days against the compiled list it was made from."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

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
        assert day.date_in(2021)
        assert day.name("en")


def test_days_are_those_on_which_two_sources_agree(shared: Path) -> None:
    compiled = json.loads((shared / "un-days.json").read_text("utf-8"))["days"]
    expected = {
        one["id"]: (one["rule"], one["names"]["en"])
        for one in compiled
        if re.fullmatch(r"\d\d-\d\d", one["rule"]) and one["cross_check"] == "agrees"
    }
    ours = {
        one.id: (f"{one.month:02}-{one.day:02}", one.names["en"])
        for one in load_observances().values()
    }
    assert ours == expected


def test_other_languages_are_left_to_people(shared: Path) -> None:
    compiled = json.loads((shared / "un-days.json").read_text("utf-8"))["days"]
    names = {one["id"]: one["names"] for one in compiled}
    for day in load_observances().values():
        if day.id == "international-migrants-day":
            assert day.names == names[day.id]
        else:
            assert set(day.names) == {"en"}


def test_days_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        load_observances()["x"] = None  # type: ignore[index]
