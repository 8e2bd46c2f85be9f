"""What was meant by a date, a time or a distance that is written in another way than ours."""

import re
from datetime import date

from campaign.config.times import read_date

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
NUMBERS = re.compile(r"(\d{1,4})[-./ ](\d{1,2})[-./ ](\d{1,4})")
WORDS = re.compile(r"[^\W\d_]{3,}|\d+")
CLOCK = re.compile(r"(\d{1,2})(?:[:.h]\s?(\d\d))?\s?(?:h|uhr|am|pm|a\.m\.|p\.m\.)?", re.IGNORECASE)
UNITS = {
    "m": re.compile(r"m|min|mins|minutes?", re.IGNORECASE),
    "h": re.compile(r"h|hr|hrs|hours?", re.IGNORECASE),
    "d": re.compile(r"d|days?", re.IGNORECASE),
}


def meant_dates(text: str) -> list[str]:
    """`2026-06-12` for `12.6.2026` or `12 June 2026`; both readings of `12/06/2026`."""
    text = text.strip()
    if found := NUMBERS.fullmatch(text):
        one, two, three = map(int, found.groups())
        tried = [(one, two, three)] if one > 31 else [(three, two, one), (three, one, two)]
    else:
        words = WORDS.findall(text)
        month = [MONTHS.index(w[:3].lower()) + 1 for w in words if w[:3].lower() in MONTHS]
        days = [int(word) for word in words if word.isdigit() and len(word) <= 2]
        years = [int(word) for word in words if word.isdigit() and len(word) == 4]
        parts = (years, month, days)
        tried = [(years[0], month[0], days[0])] if all(len(p) == 1 for p in parts) else []
    return list(dict.fromkeys(filter(None, (_date(*one) for one in tried))))


def _date(year: int, month: int, day: int) -> str | None:
    try:
        written = date(year, month, day).isoformat()
    except ValueError:
        return None
    return written if read_date(written) else None


def meant_time(text: str) -> str | None:
    """`17:30` for `17h30`, `17.30` or `5:30 pm`."""
    found = CLOCK.fullmatch(text.strip())
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), text.lower().replace(".", "")
    if half.endswith(("am", "pm")):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.endswith("pm") else 0)
    elif found[2] is None and not half.endswith(("h", "uhr")):
        return None
    if (hour, minute) == (24, 0):
        return "00:00 of the next day"
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def meant_duration(text: str, unit: str = "") -> str | None:
    """`2h` for `2 hours`; a number alone counts in `unit`, where there is one."""
    found = re.fullmatch(r"(\d{1,4})\s*([^\W\d_]*)\.?", text.strip())
    if not found:
        return None
    if not found[2]:
        return f"{found[1]}{unit}" if unit else None
    return next(
        (f"{found[1]}{one}" for one, words in UNITS.items() if words.fullmatch(found[2])), None
    )


def meant_address(text: str) -> str | None:
    """`https://www.example.org` for `<www.example.org>`."""
    bare = text.strip().strip("<>\"'“”„«»() ")
    if re.fullmatch(r"https?://\S+", bare, re.IGNORECASE):
        return bare if bare != text else None
    return f"https://{bare}" if re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", bare) else None


def meant_handle(text: str) -> str | None:
    """The account's name in its page's address: `UNSchools` for `https://x.com/UNSchools`."""
    found = re.fullmatch(
        r"https?://(?P<host>[^/\s]+)/(?P<name>@?[\w.-]+)/?(?:\?\S*)?", text.strip()
    )
    if not found:
        return None
    name = found["name"]
    return f"{name[1:]}@{found['host']}" if name.startswith("@") else name


def did_you_mean_one_of(found: list[str], otherwise: str) -> str:
    return f"Did you mean {' or '.join(found)}?" if found else otherwise
