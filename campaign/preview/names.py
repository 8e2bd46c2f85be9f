"""How languages, handles, places and times are named on screens."""

import re
from datetime import datetime
from urllib.parse import urlsplit

from campaign.domain.languages import LANGUAGES

RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def language_name(code: str) -> str:
    """`French` for `fr`, `Portuguese (BR)` for `pt-BR`, the code itself where we know no name."""
    base, _, region = code.partition("-")
    name = LANGUAGES.get(base.lower())
    if name is None:
        return code
    return f"{name} ({region})" if region else name


def reads_right_to_left(code: str) -> bool:
    return code.partition("-")[0].lower() in RIGHT_TO_LEFT


def at_handle(handle: str) -> str:
    """`@handle`, except where the handle is a number, an address or a name with spaces."""
    return f"@{handle}" if re.fullmatch(r"[A-Za-z_][\w.@-]*", handle) else handle


def short_day(local: datetime) -> str:
    """`Fri 18 Dec`, in English whatever the machine's locale."""
    return f"{_DAYS[local.weekday()][:3]} {local.day} {_MONTHS[local.month - 1][:3]}"


def long_day(local: datetime) -> str:
    """`Friday 18 December 2026`."""
    return f"{_DAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]} {local.year}"


def count(number: int, noun: str, plural: str = "") -> str:
    """`1 post`, `1,200 posts`; `plural` where it is not the noun and an s."""
    return f"{number:,} " + (noun if number == 1 else plural or f"{noun}s")


def host(url: str) -> str:
    """The host as the network resolves it: a look-alike letter shows as xn--…"""
    try:
        return (urlsplit(url).hostname or "").encode("idna").decode()
    except (UnicodeError, ValueError):
        return ""


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
