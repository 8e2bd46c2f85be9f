"""How numbers, times and names are written on screens."""

from datetime import datetime, timedelta

from campaign.domain.civil_time import to_local


def count(number: int, noun: str) -> str:
    """`1 post`, `1,200 posts`."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def moment(instant: datetime, zone: str) -> str:
    """`Fri 18 Dec 12:00` in `zone`."""
    return f"{to_local(instant, zone):%a %d %b %H:%M}"


def second(instant: datetime, zone: str) -> str:
    """`18 Dec 12:00:04` in `zone`."""
    return f"{to_local(instant, zone):%d %b %H:%M:%S}"


def city(zone: str) -> str:
    """`Zurich` for Europe/Zurich."""
    return zone.rpartition("/")[2].replace("_", " ")


def span(length: timedelta) -> str:
    """`3 days`, `2 h`, `1 min 42 s`: two units at most."""
    seconds = int(length.total_seconds())
    if seconds >= 2 * 86400:
        return count(seconds // 86400, "day")
    units = [(86400, "day"), (3600, "h"), (60, "min"), (1, "s")]
    pieces: list[str] = []
    for size, name in units:
        if seconds >= size and len(pieces) < 2:
            pieces.append(f"{seconds // size} {name}")
            seconds %= size
    return " ".join(pieces) or "0 s"


def names(words: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def spread(left: str, right: str, width: int) -> str:
    """Two texts on one line, the second at the right edge where there is room."""
    return left + right.rjust(max(width - len(left), len(right) + 3))
