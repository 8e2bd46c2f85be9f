"""Dates and durations as the campaign file writes them."""

import re
from datetime import date, timedelta

DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def read_date(text: str) -> date | None:
    """A date of this century written YYYY-MM-DD."""
    found = DATE.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found and text[:2] == "20" else None
    except ValueError:
        return None


def read_duration(text: str) -> timedelta | None:
    """`90m`, `2h` or `1d`."""
    found = re.fullmatch(r"(\d{1,4})([mhd])", text)
    return timedelta(**{UNITS[found[2]]: int(found[1])}) if found else None
