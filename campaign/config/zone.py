"""Time zones: is it one, and which city's was meant."""

import re
from zoneinfo import ZoneInfo, available_timezones

from campaign.config.model import CampaignKeys
from campaign.config.problems import nearest, quoted
from campaign.config.report import Report
from campaign.config.tree import Path

# Cities of the UN and abbreviations that people write and that are no key of the zone database.
MEANT = {
    "geneva": "Europe/Zurich",
    "bern": "Europe/Zurich",
    "switzerland": "Europe/Zurich",
    "bonn": "Europe/Berlin",
    "the hague": "Europe/Amsterdam",
    "washington": "America/New_York",
    "washington dc": "America/New_York",
    "montreal": "America/Toronto",
    "delhi": "Asia/Kolkata",
    "new delhi": "Asia/Kolkata",
    "islamabad": "Asia/Karachi",
    "beijing": "Asia/Shanghai",
    "cet": "Europe/Zurich",
    "cest": "Europe/Zurich",
    "met": "Europe/Zurich",
    "eet": "Europe/Athens",
    "wet": "Europe/Lisbon",
    "gmt": "Europe/London",
    "bst": "Europe/London",
    "est": "America/New_York",
    "edt": "America/New_York",
    "cst": "America/Chicago",
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "eat": "Africa/Nairobi",
    "ist": "Asia/Kolkata",
    "jst": "Asia/Tokyo",
}
BY_OFFSET = {
    -8: "America/Los_Angeles",
    -6: "America/Mexico_City",
    -5: "America/New_York",
    -4: "America/Santiago",
    -3: "America/Sao_Paulo",
    0: "Europe/London",
    1: "Europe/Zurich",
    2: "Europe/Athens",
    3: "Africa/Nairobi",
    4: "Asia/Dubai",
    5: "Asia/Karachi",
    6: "Asia/Dhaka",
    7: "Asia/Bangkok",
    8: "Asia/Manila",
    9: "Asia/Tokyo",
    10: "Australia/Sydney",
}
OFFSET = re.compile(r"(?:utc|gmt|etc/gmt)?\s*([+-]\d{1,2})(?::?00)?")
DATELINE = re.compile(r"^\s*([^\W\d_][\w’' .]{1,30}?)(?:,[^–—\n-]{0,40})?\s+[-–—]\s", re.MULTILINE)
EXAMPLE = "Europe/Zurich"


def read_zone(report: Report, keys: CampaignKeys, statement: str) -> str:
    """The campaign's zone. `statement` is the beginning of the statement, for a guess."""
    name = keys.timezone
    if name is None:
        if not report.has("timezone"):
            report.missing("timezone is missing; it is never guessed.", _guess(statement))
    else:
        check_zone(report, ("timezone",), name)
    return name or ""


def check_zone(report: Report, path: Path, name: str) -> bool:
    """Whether it is one; what it is not is reported with the city that was meant."""
    if is_zone(name):
        return True
    known = nearest_zone(name)
    mend = f"Did you mean {known}?" if known else f"Name a city, as in {EXAMPLE}."
    report.value(path, f"{quoted(name)} is not a time zone name.", mend)
    return False


def is_zone(name: str) -> bool:
    """A city's zone, or UTC. Names such as CET or Etc/GMT+1 are traps: we take none of them."""
    if name == "UTC":
        return True
    if "/" not in name or name.startswith(("Etc/", "posix/", "right/", "SystemV/")):
        return False
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def nearest_zone(name: str) -> str | None:
    """The zone that a city, an abbreviation, an offset or a misspelt name means."""
    word = name.strip().lower()
    if found := OFFSET.fullmatch(word):
        hours = int(found[1])
        return BY_OFFSET.get(-hours if word.startswith("etc") else hours)
    city = word.rsplit("/", 1)[-1].replace("_", " ")
    if city in MEANT:
        return MEANT[city]
    zones = sorted(zone for zone in available_timezones() if is_zone(zone))
    cities = {zone.rsplit("/", 1)[-1].replace("_", " ").lower(): zone for zone in zones}
    if close := nearest(city, cities) or nearest(city, MEANT):
        return cities.get(close[0]) or MEANT[close[0]]
    return next(iter(nearest(word, zones)), None)


def dated_from(statement: str) -> tuple[str, str] | None:
    """The city that a statement's dateline names, and its zone."""
    for found in DATELINE.finditer(statement):
        if zone := nearest_zone(found[1]):
            return found[1], zone
    return None


def _guess(statement: str) -> str:
    if found := dated_from(statement):
        return f"Add  timezone: {found[1]}  (the statement is dated {found[0]})."
    return f"Add the city whose clock counts, as in  timezone: {EXAMPLE}"
