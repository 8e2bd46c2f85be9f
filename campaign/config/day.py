"""D: an observance day with its year, or a plain date."""

import re
from collections.abc import Mapping
from datetime import date

from campaign.config.guesses import did_you_mean_one_of, meant_dates
from campaign.config.model import CampaignKeys
from campaign.config.problems import listed, nearest, quoted
from campaign.config.report import Report
from campaign.config.times import DATE, read_date
from campaign.domain.observance import Observance

NAME_AND_YEAR = re.compile(r"(?P<name>.*?)[\s,]*(?P<year>\d{4})?")
EXAMPLE = "international-migrants-day 2021"


def read_day(
    report: Report, keys: CampaignKeys, observances: Mapping[str, Observance]
) -> tuple[date, Observance | None]:
    """The date of D, and the observance when the file names one."""
    if keys.day is not None and keys.date is not None:
        what = "day and date are both here, and only one can say when D is."
        report.key(("date",), what, "Keep day for an observance day, date for any other.")
    elif keys.day is not None:
        return _observance(report, keys.day, keys.campaign or "", observances)
    elif keys.date is not None:
        return _date(report, keys.date), None
    elif not report.has("day") and not report.has("date"):
        what = "The day of the campaign is missing."
        report.missing(what, f"Add  day: {EXAMPLE}  or  date: 2021-12-18")
    return date.min, None


def _date(report: Report, text: str) -> date:
    day = read_date(text)
    if day is None:
        written = DATE.fullmatch(text)
        what = f"{quoted(text)} is not a date{' of this century' if written else ''}."
        mend = "Write year, month and day: 2021-12-18."
        report.value(("date",), what, did_you_mean_one_of(meant_dates(text), mend))
    return day or date.min


def _observance(
    report: Report, text: str, title: str, observances: Mapping[str, Observance]
) -> tuple[date, Observance | None]:
    name, year = split_day(text)
    observance = find_observance(name, observances)
    if observance is None:
        _unknown_day(report, text, name, observances)
        return date.min, None
    if year is None:
        in_title = re.search(r"\b20\d\d\b", title)
        example = f"{observance.id} {in_title[0] if in_title else '2026'}"
        report.value(("day",), "The year is missing.", f"Write it behind the name: {example}")
        return date.min, observance
    if not 2000 <= int(year) < 2100:
        what = f"{quoted(text)} does not exist in this century."
        report.value(("day",), what, "Is the year right?")
    elif (day := observance.date_in(int(year))) is not None:
        return day, observance
    else:
        report.value(("day",), *not_held(observance, int(year)))
    return date.min, observance


def not_held(observance: Observance, year: int) -> tuple[str, str]:
    """What to say of a year without the day, and what to write."""
    years = [str(one) for one in observance.years_around(year)]
    return (
        f"{observance.name('en')} is not held in {year}.",
        f"It is held in {listed(years)}: write  day: {observance.id} {years[-1]}",
    )


def split_day(text: str) -> tuple[str, str | None]:
    """The name, and the year where there is one."""
    found = NAME_AND_YEAR.fullmatch(" ".join(text.split()))
    return (found["name"], found["year"]) if found else (text, None)


def find_observance(name: str, observances: Mapping[str, Observance]) -> Observance | None:
    """By its id or one of its names, however it is spelt with capitals, spaces or hyphens."""
    return _by_name(observances).get(_slug(name))


def near_observances(name: str, observances: Mapping[str, Observance]) -> list[str]:
    """The ids of the three days that may be meant, best first."""
    slug, by_name = _slug(name), _by_name(observances)
    likely = [other for other in by_name if slug and slug in other] + nearest(slug, by_name, 6)
    return list(dict.fromkeys(by_name[other].id for other in likely))[:3]


def _by_name(observances: Mapping[str, Observance]) -> dict[str, Observance]:
    names = {
        _slug(name): one
        for one in observances.values()
        for name in (*one.names.values(), *one.known_as)
    }
    return names | dict(observances)


def _unknown_day(
    report: Report, text: str, name: str, observances: Mapping[str, Observance]
) -> None:
    if read_date(text):
        report.value(("day",), f"{text} is a date, not a name.", f"Write  date: {text}")
        return
    close = near_observances(name, observances)
    mend = (
        f"Did you mean {listed(close, 'or')}?"
        if close
        else "For any other day write  date: 2021-12-18"
    )
    report.value(("day",), f"{quoted(name)} is not an observance day we know.", mend)


def _slug(name: str) -> str:
    plain = re.sub(r"[’']", "", name.lower())
    return re.sub(r"[\W_]+", "-", plain).strip("-")
